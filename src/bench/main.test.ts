import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runProgram } from '../cli/testing.ts';
import { packageRoot } from '../conformance/package.ts';

const program = join(packageRoot(), 'dist', 'src', 'bench', 'main.js');

test.each([
  [['speed'], "'speed'"],
  [['throughput', 'more'], "'more' is unexpected"],
  [['--round', '3'], "bench has no option '--round'; did you mean --rounds?"],
  [['--rounds', '0'], "--rounds takes a whole number from 1 to 1000, not '0'"],
  [['--runs', 'many'], '--runs takes a whole number'],
  [['--long', '9'], '--long takes a whole number'],
  [['--json', 'speed'], "and no 'speed'"],
  [['--json', '--slow', 'graalpy'], '--slow takes NAME=EXE'],
  [['--python', 'no-such-python'], "cannot start 'no-such-python'"],
])('wrong usage ends with 2 and says what is wrong: %j', async (args, text) => {
  const { code, out, err } = await runProgram([process.execPath, program, ...args]);
  expect(err).toContain(text);
  expect(out).toBe('');
  expect(code).toBe(2);
});

test('--help tells how it is called, with every option', async () => {
  const { code, out } = await runProgram([process.execPath, program, '--help']);
  for (const option of ['python', 'runs', 'rounds', 'seed', 'long', 'seeds', 'build', 'slow'])
    expect(out).toContain(`--${option} `);
  expect(code).toBe(0);
});
