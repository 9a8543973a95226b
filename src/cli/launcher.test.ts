import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../conformance/package.ts';
import { runProgram } from './testing.ts';

/* A separate checkout, in which the built command may be missing or broken. */
let checkout = '';
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
  mkdirSync(join(checkout, 'src', 'cli'), { recursive: true });
  cpSync(
    join(packageRoot(), 'src', 'cli', 'pycache-spec.mjs'),
    join(checkout, 'src', 'cli', 'pycache-spec.mjs'),
  );
});
afterAll(() => rmSync(checkout, { recursive: true }));

const launch = (): ReturnType<typeof runProgram> =>
  runProgram([process.execPath, join(checkout, 'src', 'cli', 'pycache-spec.mjs'), 'check']);

test('a checkout that is not built says so, with the code of wrong usage', async () => {
  const { code, err } = await launch();
  expect(err).toBe('pycache-spec: this checkout is not built yet; npm ci builds it.\n');
  expect(code).toBe(2);
});

test.each([
  ['cannot be loaded', "import 'no-such-package-at-all';"],
  ['fails while it runs', "throw new Error('a fault');"],
])('a command that %s does not end with the code of a verdict', async (_, text) => {
  const folder = join(checkout, 'dist', 'src', 'cli');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.js'), text);
  const { code, err } = await launch();
  expect(err).toContain('it could not be started');
  expect(code).toBe(3);
});
