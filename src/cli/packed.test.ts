/*
 * Tests that the packed npm package contains all that the command needs: it is run from there, with only the two
 * dependencies.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot, packageVersion } from '../conformance/package.ts';
import { unpackPackage } from '../wheel/packed.ts';
import { runProgram, type Ended } from './testing.ts';

const root = packageRoot();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: Record<string, string>;
  man: string;
  files: string[];
};

let project = '';
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
  await unpackPackage(project);
});
afterAll(() => rmSync(project, { recursive: true }));

const run = (...args: readonly string[]): Promise<Ended> =>
  runProgram([process.execPath, join(project, 'package', manifest.bin['pycache-spec']!), ...args], {
    cwd: project,
  });

describe('what npm packs', () => {
  test.each([
    [['--version'], packageVersion()],
    [['--help'], 'Start with one of these:'],
    [['path', 'a.py', '--python-version', '3.13'], '__pycache__/a.cpython-313.pyc'],
    [['explain', '/m.py'], 'path-root-is-lost'],
    [['rules', 'path-root-is-lost'], 'captured from CPython: '],
    [['completion', 'bash'], 'complete -F _pycache_spec pycache-spec'],
    [['man'], '.TH PYCACHE'],
    [['adapter', 'python'], join('package', 'src', 'adapters', 'python.py')],
  ])('%j', async (args, says) => {
    const { code, out, err } = await run(...args);
    expect([err, code]).toEqual(['', 0]);
    expect(out).toContain(says);
  });

  test('checks', async () => {
    const own = [process.execPath, join(project, 'package', manifest.bin['pycache-spec']!), 'serve'];
    const { code, out } = await run('check', '--runs', '1', '--chapter', '2', '--', ...own);
    expect(out).toMatch(/^conformant: /m);
    expect(code).toBe(0);
  });

  test('has the manual page, where one was built', () => {
    expect(manifest.files).toContain(manifest.man);
    expect(manifest.man).toMatch(/\.1$/);
  });
});
