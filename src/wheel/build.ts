/*
 * Builds the wheel, which provides the command to users of Python without Node. A Python build backend creates it, so
 * that its metadata and its record of files follow the standard.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../conformance/package.ts';
import { unpackPackage } from './packed.ts';

/**
 * Builds the wheel from the built checkout. Identical files give an identical wheel.
 *
 * @param into the folder for the wheel
 * @returns the path of the wheel
 * @throws Error if pip is missing, or cannot get the backend
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
