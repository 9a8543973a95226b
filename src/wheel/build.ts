/*
 * The wheel, which brings the command to those who have Python and no Node. A build backend of Python makes it, so that
 * its metadata and its record of files are as the standard wants them.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../conformance/package.ts';
import { unpackPackage } from './packed.ts';

/**
 * Builds the wheel of what is built of this checkout; the same files give the same bytes.
 *
 * @param into the folder that it is put into
 * @returns its path
 * @throws Error where pip is missing, or cannot get the backend
 */
export async function buildWheel(into: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pycache-spec-wheel-'));
  try {
    const [source, made] = [join(folder, 'source'), join(folder, 'made')];
    await cp(join(packageRoot(), 'src', 'wheel'), source, { recursive: true });
    await unpackPackage(join(source, 'pycache_spec'));
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--wheel-dir', made];
    await promisify(execFile)('python3', ['-m', 'pip', 'wheel', ...options, source]).catch(
      (cause: unknown) => {
        throw new Error('The wheel takes python3 with pip, and hatchling, which pip gets.', { cause });
      },
    );
    const [name = ''] = await readdir(made);
    await cp(join(made, name), join(into, name));
    return join(into, name);
  } finally {
    await rm(folder, { recursive: true });
  }
}
