import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faulty, runCommand, type Ended } from './testing.ts';

let folder: string;
let [well, wrong, cut] = ['', '', ''];
const run = async (fault: string): Promise<string> => {
  const file = join(folder, `${fault}.jsonl`);
  const options = [
    '--chapter',
    'path',
    '--runs',
    '5',
    '--seed',
    '1',
    '--counterexamples',
    join(folder, 'found'),
  ];
  await runCommand(['check', ...options, '--report', `jsonl=${file}`, '--', ...faulty(fault)]);
  return file;
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
  [well, wrong] = await Promise.all([run('none'), run('first dot')]);
  cut = join(folder, 'cut.jsonl');
  writeFileSync(cut, readFileSync(well, 'utf8').slice(0, -10));
});
afterAll(() => rmSync(folder, { recursive: true }));

const diff = (...args: readonly string[]): Promise<Ended> => runCommand(['diff', ...args]);
const last = ({ out }: Ended): string | undefined => out.trimEnd().split('\n').at(-1);

describe('diff', () => {
  test('of a run with itself exits with 0', async () => {
    const same = await diff(wrong, wrong);
    expect(last(same)).toMatch(/^nothing got worse; \d+ still broken$/);
    expect(same.code).toBe(0);
  });

  test('shows what is broken, and exits with 1', async () => {
    const worse = await diff(well, wrong);
    expect(worse.err).toBe('');
    expect(worse.out).toMatch(/^ {2}path-last-dot-ends-the-name {2}/m);
    expect(worse.out).toMatch(/^ {6}got +"it's cut\.pyc"$/m);
    expect(last(worse)).toMatch(/^worse: \d+ rules? broken$/);
    expect(worse.code).toBe(1);
    const better = await diff(wrong, well);
    expect(last(better)).toMatch(/^nothing got worse; \d+ rules? fixed$/);
    expect(better.code).toBe(0);
  });

  test('tells it to a program', async () => {
    const { out, code } = await diff('--json', well, wrong);
    expect(JSON.parse(out)).toMatchObject({ worse: true, exitCode: 1, fixed: [] });
    expect(code).toBe(1);
  });

  test('of a run that was cut is incomplete, and exits with 3, but for a rule that is broken', async () => {
    for (const pair of [
      [cut, well],
      [wrong, cut],
    ] as const) {
      const { out, code } = await diff(...pair);
      expect(out).toMatch(/^incomplete: the run (before|after) is incomplete: its report has no end; /m);
      expect(code).toBe(3);
    }
    const worse = await diff(cut, wrong);
    expect(last(worse)).toMatch(/^worse: \d+ rules? broken; incomplete: the run before is incomplete: /);
    expect(worse.code).toBe(1);
  });

  test('reads one of them from stdin', async () => {
    const { code } = await runCommand(['diff', '-', wrong], { input: readFileSync(well) });
    expect(code).toBe(1);
  });

  test.each<readonly [name: string, args: () => string[], says: RegExp]>([
    ['one report', () => [well], /diff takes two reports\. /],
    ['three reports', () => [well, well, well], /is unexpected\. /],
    ['stdin twice', () => ['-', '-'], /only one of the reports can be stdin\. /],
    [
      'a file that there is not',
      () => [well, 'no-such-file'],
      /no-such-file cannot be read: there is no such file\. /,
    ],
    [
      'another file',
      () => ['package.json', well],
      /package\.json: it is JSON, but no report of a run; wanted is /,
    ],
  ])('of %s says so and exits with 2', async (_, args, says) => {
    const { code, out, err } = await diff(...args());
    expect(err).toMatch(says);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
