import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapter, faulty, runCommand, type Ended } from './testing.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const found = join(folder, 'found');
  const options = [
    '--rule',
    'path-last-dot-ends-the-name',
    '--runs',
    '20',
    '--seed',
    '1',
    '--counterexamples',
    found,
  ];
  await runCommand(['check', ...options, '--', ...faulty('first dot')]);
  file = join(
    found,
    readdirSync(found).find((name) => name.startsWith('path-last-dot-'))!,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const replay = (...args: readonly string[]): Promise<Ended> => runCommand(['replay', ...args]);
const last = ({ out }: Ended): string | undefined => out.trimEnd().split('\n').at(-1);

describe('replay', () => {
  test('of the subject that failed says that it fails as it did, and exits with 1', async () => {
    const again = await replay(file, '--', ...faulty('first dot'));
    expect(again.err).toBe('');
    expect(again.out).toMatch(/^path-last-dot-ends-the-name {2}.*spec\/2-path\.md$/m);
    expect(again.out).toMatch(/^ +got +"it's cut\.pyc"$/m);
    expect(last(again)).toMatch(/^It fails as it did when pycache-spec \S+ found it\.$/);
    expect(again.code).toBe(1);
  });

  test('asks what it failed with, where nothing else is named, and says so', async () => {
    const again = await replay(file);
    expect(again.err).toMatch(
      /^pycache-spec: running \S+ \S+implementation\.mjs 'first dot' .*, as recorded in the file\.\n$/,
    );
    expect(last(again)).toMatch(/^It fails as it did/);
    expect(again.code).toBe(1);
    const other = await replay(file, '--python', 'no-such-python');
    expect(other.err).toMatch(/^pycache-spec: cannot start 'no-such-python'/);
  });

  test.each<readonly [command: unknown]>([[undefined], [[]], [['node', 1]], ['node']])(
    'of a file with the command %j asks what check would ask',
    async (command) => {
      const saved = join(folder, 'without.json');
      writeFileSync(
        saved,
        JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), command }),
      );
      const { err } = await runCommand(['replay', saved], { env: { PATH: folder } });
      expect(err).toBe('pycache-spec: no Python is on the PATH, so the reference itself is checked.\n');
    },
  );

  test('of one that is right says that it holds, and exits with 0', async () => {
    const holds = await replay(file, '--', ...faulty('none'));
    expect(last(holds)).toMatch(/^It holds/);
    expect(holds.code).toBe(0);
  });

  test('passes on what the adapter prints', async () => {
    const { code, err } = await replay(file, '--', ...faulty('talkative'));
    expect(err).toMatch(/^adapter \| \{"kind":"return",.*\n/);
    expect(code).toBe(0);
  });

  test('of one that lacks what the calls need says so, and exits with 3', async () => {
    const lacking = { supports: [], fixed: { cache_tag: 'x-1', optimize: 0 } };
    const lacks = await replay(file, '--', ...faulty('none', lacking));
    expect(last(lacks)).toMatch(/^It says nothing: the calls need what the subject does not support: /);
    expect(lacks.code).toBe(3);
  });

  test.each<readonly [name: string, command: readonly string[], says: RegExp]>([
    ['it does not speak', [process.execPath, '-e', ''], /pycache-spec: the adapter failed: /],
    ['it fails at a call', adapter('error'), /The adapter failed: .*no memory/],
  ])('of an adapter that fails exits with 4: %s', async (_, command, says) => {
    const { code, out, err } = await replay(file, '--', ...command);
    expect(out + err).toMatch(says);
    expect(code).toBe(4);
  });

  test.each<readonly [name: string, args: () => string[], says: RegExp]>([
    ['no file', () => [], /replay takes a counterexample file that check saved\. /],
    ['two files', () => [file, file], /is unexpected\. /],
    [
      'a file that there is not',
      () => ['no-such-file'],
      /no-such-file cannot be read: there is no such file\. /,
    ],
    [
      'another file',
      () => ['package.json'],
      /package\.json is not a counterexample: its "format" is not .*; replay takes a file that check saved/,
    ],
    ['a file that is not JSON', () => ['README.md'], /README\.md is not a counterexample: it is not JSON/],
    [
      'the report of a run',
      () => {
        const report = join(folder, 'report.jsonl');
        writeFileSync(report, '{"type":"start"}\n{"type":"end"}\n');
        return [report];
      },
      /it is the report of a whole run, which diff and merge take; replay takes a file/,
    ],
    ['a program that there is not', () => [file, '--', 'no-such-program'], /cannot start 'no-such-program'/],
  ])('of %s says so and exits with 2', async (_, args, says) => {
    const { code, out, err } = await replay(...args());
    expect(err).toMatch(says);
    expect(err).toMatch(/^pycache-spec: [^\n]*\n$/);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
