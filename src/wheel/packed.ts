/* The package as npm packs it, and what it needs to run. */
import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../conformance/package.ts';

const root = packageRoot();

type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> };

/** The folders of the dependencies and of theirs, such as `node_modules/fast-check`, in the versions of the lock file. */
async function dependencies(): Promise<string[]> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  return Object.entries(lock.packages)
    .filter(([folder, { dev }]) => folder !== '' && dev !== true)
    .map(([folder]) => folder);
}

/**
 * Packs what is built as npm would, and unpacks it with its dependencies inside: from there the command runs alone.
 *
 * @param folder where the folder `package` is made
 */
export async function unpackPackage(folder: string): Promise<void> {
  const run = promisify(execFile);
  // Its scripts would build anew, and take away meanwhile what others run.
  const options = ['--silent', '--ignore-scripts', '--pack-destination', folder];
  await run('npm', ['pack', ...options], { cwd: root, shell: process.platform === 'win32' });
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
  await run('tar', ['-xzf', packed], { cwd: folder });
  await rm(join(folder, packed));
  for (const dependency of await dependencies()) {
    await cp(join(root, dependency), join(folder, 'package', dependency), { recursive: true });
  }
}
