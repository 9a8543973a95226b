import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageVersion } from '../conformance/package.ts';
import { manualPage } from './man.ts';
import { entries } from './table.ts';
import { runCommand, runProgram } from './testing.ts';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pycache-spec-'));
  file = join(folder, 'pycache-spec.1');
  writeFileSync(file, manualPage());
});
afterAll(() => rmSync(folder, { recursive: true }));

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

test('the command prints it', async () => {
  expect(await runCommand(['man'])).toEqual({ code: 0, out: manualPage(), err: '' });
});

describe('the manual page', () => {
  test('is ASCII, and tells the version', () => {
    expect(manualPage()).toMatch(/^[\n -~]*$/);
    expect(manualPage()).toContain(`"pycache\\-spec ${packageVersion()}"`);
  });

  test.skipIf(!has('man'))('is read by man, with every command, option, example and exit code', async () => {
    const { code, out, err } = await runProgram(['man', '-l', '-P', 'cat', file], {
      env: { MANWIDTH: '200', LC_ALL: 'C', MANROFFOPT: '-ww' },
    });
    expect([code, err]).toEqual([0, '']);
    // oxlint-disable-next-line no-control-regex
    const text = out.replaceAll(/.\u0008|\u001b\[[\d;]*m/g, '').replaceAll(/\s+/g, ' ');
    for (const [name, { about, options, examples, exits }] of entries) {
      expect(text).toContain(` pycache-spec ${name}`);
      expect(text).toContain(about.replaceAll('…', '...'));
      for (const option of Object.keys(options)) expect(text).toContain(`--${option}`);
      for (const [line] of examples) expect(text).toContain(`pycache-spec ${line}`);
      for (const [number, means] of exits) expect(text).toContain(`${number} ${means}`);
    }
  });

  test.skipIf(!has('groff'))('is without a warning of groff', async () => {
    const { code, err } = await runProgram(['groff', '-man', '-ww', '-Tascii', '-z', file]);
    expect([code, err]).toEqual([0, '']);
  });

  test.skipIf(!has('mandoc'))('is without a remark of mandoc, but that it has no date', async () => {
    const { out, err } = await runProgram(['mandoc', '-Tlint', file]);
    const remarks = (out + err).split('\n').filter((line) => line !== '' && !line.includes('missing date'));
    expect(remarks).toEqual([]);
  });
});
