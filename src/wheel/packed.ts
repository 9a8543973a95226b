/* The package as npm packs it, together with its dependencies. */
import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../conformance/package.ts';

const root = packageRoot();

type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> };

/**
 * The folders of all dependencies, such as `node_modules/fast-check`, including indirect ones, in the versions of the
 * lock file.
 */
async function dependencies(): Promise<string[]> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  return Object.entries(lock.packages)
    .filter(([folder, { dev }]) => folder !== '' && dev !== true)
    .map(([folder]) => folder);
}

/**
 * Packs the built package like npm, and unpacks it together with its dependencies, so that the command runs from there
 * alone.
 *
 * @param folder where to create the folder `package`
 */
export async function unpackPackage(folder: string): Promise<void> {
  const run = promisify(execFile);
  // The package's scripts would rebuild it, and remove files that other processes use.
  const options = ['--silent', '--ignore-scripts', '--pack-destination', folder];
  await run('npm', ['pack', ...options], { cwd: root, shell: process.platform === 'win32' });
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
  await run('tar', ['-xzf', packed], { cwd: folder });
  await rm(join(folder, packed));
  for (const dependency of await dependencies()) {
    await cp(join(root, dependency), join(folder, 'package', dependency), { recursive: true });
  }
}
