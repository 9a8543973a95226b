// node src/cli/dependencies.mjs FOLDER…: installs the dependencies that a folder's package.json lists, unless they are
// installed. Some tests and commands need them; `npm ci` does not have to fetch them for everyone.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

for (const folder of process.argv.slice(2)) {
  const wanted = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules', '.installed.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8')) continue;
  console.error(`installing the dependencies of ${folder}`);
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  } catch {
    console.error(`npm ci failed in ${folder}; what it said stands above`);
    process.exit(1);
  }
  copyFileSync(wanted, installed);
}
