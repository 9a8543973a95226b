/* Tests `npm run deps` with a dependency that need not be fetched. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../conformance/package.ts';
import { runProgram, type Ended } from './testing.ts';

const folders: string[] = [];
let folder = '';
/** The dependency is a folder beside it. */
const dependencies = { beside: 'file:beside' };
const lock = (version: string): string =>
  JSON.stringify({
    name: 'x',
    version,
    lockfileVersion: 3,
    packages: {
      '': { name: 'x', version, dependencies },
      beside: { version: '1.0.0' },
      'node_modules/beside': { resolved: 'beside', link: true },
    },
  });
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const installed = (): string => join(folder, 'node_modules', '.installed.json');
const install = (): Promise<Ended> =>
  runProgram([process.execPath, join(packageRoot(), 'src', 'cli', 'dependencies.mjs'), folder]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dependencies-'));
  folders.push(folder);
  mkdirSync(join(folder, 'beside'));
  put('beside/package.json', JSON.stringify({ name: 'beside', version: '1.0.0' }));
  put('package.json', JSON.stringify({ name: 'x', version: '1.0.0', dependencies }));
  put('package-lock.json', lock('1.0.0'));
});
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true })));

test('what is there is not installed again, until the lock file is another', async () => {
  expect(await install()).toMatchObject({
    code: 0,
    err: expect.stringContaining(`installing the dependencies of ${folder}`) as unknown,
  });
  expect(readFileSync(installed(), 'utf8')).toBe(lock('1.0.0'));
  const before = statSync(installed()).ino;
  expect(await install()).toMatchObject({ code: 0, err: '' });
  expect(statSync(installed()).ino).toBe(before);
  put('package-lock.json', lock('1.0.1'));
  expect(await install()).toMatchObject({ code: 0, err: expect.stringContaining('installing') as unknown });
  expect(readFileSync(installed(), 'utf8')).toBe(lock('1.0.1'));
});

test('what cannot be installed ends it, and is tried anew', async () => {
  put(
    'package.json',
    JSON.stringify({ name: 'x', version: '1.0.0', dependencies: { 'not-locked': '1.0.0' } }),
  );
  for (const _ of [1, 2]) {
    const { code, err } = await install();
    expect(code).toBe(1);
    expect(err).toContain(`npm ci failed in ${folder}`);
  }
});
