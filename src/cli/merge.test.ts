import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faulty, runCommand, type Ended } from './testing.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'merge-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);
const merge = (...args: readonly string[]): Promise<Ended> =>
  runCommand(['merge', '--counterexamples', inFolder('found'), ...args]);

const shards = new Map<string, Promise<string>>();
/** The report of one part of a run. */
function shard(text: string, fault = 'none', list = ''): Promise<string> {
  const listed = list === '' ? '' : ' with a list';
  const file = inFolder(`${fault} ${text.replace('/', ' of ')}${listed}.jsonl`);
  const checked = shards.get(file) ?? checkShard(text, fault, file, list);
  shards.set(file, checked);
  return checked;
}

const part = ['--chapter', 'path', '--runs', '5', '--seed', '1'];

async function checkShard(text: string, fault: string, file: string, list: string): Promise<string> {
  const options = [...part, '--shard', text];
  const kept = ['--report', `jsonl=${file}`, '--counterexamples', inFolder('found by check')];
  const known = list === '' ? [] : ['--known-failures', list];
  await runCommand(['check', ...options, ...kept, ...known, '--', ...faulty(fault)]);
  return file;
}
const last = ({ out }: Ended): string | undefined => out.trimEnd().split('\n').at(-1);

describe('merge', () => {
  test('of the shards of a conformant subject says so, and writes reports', async () => {
    const files = [await shard('1/2'), await shard('2/2')];
    const merged = await merge(
      ...files,
      '--report',
      `junit=${inFolder('a.xml')}`,
      '--report',
      `jsonl=${inFolder('a.jsonl')}`,
    );
    expect(merged.err).toBe('');
    expect(last(merged)).toMatch(/^conformant: \d+ rules checked, [\d,]+ calls in \d+\.\d s$/);
    expect(merged.code).toBe(0);
    expect(readFileSync(inFolder('a.xml'), 'utf8')).toMatch(/^<\?xml /);

    const again = await merge(inFolder('a.jsonl'));
    expect(again.out).toBe(merged.out);
    const { out, code } = await merge(inFolder('a.jsonl'), '--report', 'json=-');
    expect(JSON.parse(out)).toMatchObject({ verdict: 'conformant', scope: { shard: null } });
    expect(code).toBe(0);
  });

  test('of the shards of one that is not shows the call, and the command that asks it again', async () => {
    const merged = await merge(await shard('2/2', 'first dot'), await shard('1/2', 'first dot'));
    expect(merged.out).toMatch(/^ +got +"it's cut\.pyc"$/m);
    const [, again] = /^ +again +npx pycache-spec (replay .*)$/m.exec(merged.out)!;
    expect(last(merged)).toMatch(/^not conformant: /);
    expect(merged.code).toBe(1);

    const replayed = await runCommand(again!.split(' '));
    expect(replayed.out).toMatch(/^ +got +"it's cut\.pyc"$/m);
    expect(replayed.code).toBe(1);
  });

  test('judges the list of known failures anew', async () => {
    const files = [await shard('1/2', 'first dot'), await shard('2/2', 'first dot')];
    const list = inFolder('known-failures.txt');
    await merge(...files, '--known-failures', list, '--update-known-failures');
    const fill = (): void =>
      writeFileSync(
        list,
        readFileSync(list, 'utf8').replaceAll(/^( *reason:).*$/gm, '$1 it is cut at the first dot'),
      );
    fill();
    const without = await merge(...files, '--known-failures', list);
    expect([without.code, without.out]).toEqual([
      1,
      expect.stringContaining('the run did not have this entry'),
    ]);
    const updates = ['--known-failures', list, '--update-known-failures'];
    const found = ['--counterexamples', inFolder('found by check')];
    await runCommand(['check', ...part, ...updates, ...found, '--', ...faulty('first dot')]);
    fill();
    const listed = [await shard('1/2', 'first dot', list), await shard('2/2', 'first dot', list)];
    const merged = await merge(...listed, '--known-failures', list);
    expect(last(merged)).toMatch(/^conformant but for \d+ known failures?: /);
    expect(merged.code).toBe(0);
    expect((await merge(await shard('1/1', 'none', list), '--known-failures', list)).code).toBe(5);
  });

  test('of shards of which one is missing or cut is incomplete, and names it', async () => {
    const [one, two] = [await shard('1/2'), await shard('2/2')];
    const missing = await merge(two);
    expect(last(missing)).toMatch(/^incomplete: shard 1\/2 is missing; /);
    expect(missing.code).toBe(3);
    const cut = await runCommand(['merge', two, '-'], { input: readFileSync(one, 'utf8').slice(0, -10) });
    expect(last(cut)).toMatch(/^incomplete: shard 1\/2: its report has no end/);
    expect(cut.code).toBe(3);
  });
});

test.each<readonly [name: string, files: (one: string) => string[], says: RegExp]>([
  ['no file', () => [], /merge takes the reports of the shards\. /],
  [
    'a file that there is not',
    () => ['no-such-file'],
    /no-such-file cannot be read: there is no such file\. /,
  ],
  ['another file', () => ['package.json'], /package\.json: it is JSON, but no report of a run; wanted is /],
  ['a shard twice', (one) => [one, one], / are both shard 1\/2: give each of them once\. /],
  ['stdin twice', () => ['-', '-'], /only one of the reports can be stdin\. /],
  ['no such format', (one) => [one, '--report', 'pdf=a.pdf'], /there is no format 'pdf'/],
])('merge of %s says so and exits with 2', async (_, files, says) => {
  const { code, out, err } = await merge(...files(await shard('1/2')));
  expect(err).toMatch(/^pycache-spec: .*\(See pycache-spec merge --help\.\)\n$/);
  expect(err).toMatch(says);
  expect(out).toBe('');
  expect(code).toBe(2);
});
