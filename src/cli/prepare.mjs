// npm runs this when the checkout is installed or packed: it builds from scratch. It also runs when npx links a
// checkout that was never installed and has no compiler yet; the command then says what to do.
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

if (existsSync('node_modules/typescript')) {
  rmSync('dist', { recursive: true, force: true });
  execFileSync('npm', ['run', '--silent', 'build'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  writeFileSync('dist/pycache-spec.1', execFileSync(process.execPath, ['src/cli/pycache-spec.mjs', 'man']));
}
