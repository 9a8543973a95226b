/* Makes `npx pycache-spec` in this checkout run what was built here. */
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../conformance/package.ts';

const program = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');
const folder = join(packageRoot(), 'node_modules', '.bin');
const link = join(folder, 'pycache-spec');

chmodSync(program, 0o755);
if (process.platform !== 'win32') {
  mkdirSync(folder, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(relative(folder, program), link);
}
