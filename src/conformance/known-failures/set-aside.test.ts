import { describe, expect, test } from 'vitest';
import { Str, str } from '../../python/text.ts';
import { tallyOf, type Tally } from '../books.ts';
import type { Event, Known } from '../events.ts';
import { merge } from '../merge.ts';
import { chapters, check, subject, type Wrong } from '../testing.ts';
import { verdictOf } from '../verdict.ts';
import { applyKnownFailures } from './apply.ts';
import { excusesOf } from './excuses.ts';
import { parseKnownFailures, type KnownFailures } from './file.ts';

const allRules = chapters.flatMap(({ rules }) => rules.map(({ id }) => id));
const read = (text: string): KnownFailures => parseKnownFailures(text, 'known.txt');

const judged = (list: KnownFailures, tally: Tally): Known =>
  applyKnownFailures(list, tally, allRules, '2026-06-15');

async function eventsOf(
  wrong: Wrong,
  list: KnownFailures,
  shard: { index: number; of: number } | null = null,
): Promise<readonly Event[]> {
  const known = { excuses: excusesOf(list), judge: (tally: Tally) => judged(list, tally) };
  return (await check(subject(wrong), { runs: 5, seed: 1, shard, known })).events;
}

/** Writes True as in C. */
const lower: Wrong = (call, right) =>
  right.kind === 'return' && call.kwargs.some(([name, value]) => name === 'optimization' && value === true)
    ? { ...right, value: str((right.value as Str).units.replace('.opt-True.', '.opt-true.')) }
    : right;
/** The same, and raises another exception if there is no tag. */
const noTag: Wrong = (call, right) =>
  right.kind === 'raise' && right.message?.is('sys.implementation.cache_tag is None') === true
    ? { ...right, type: 'OSError' }
    : lower(call, right);
/** The same, and changes the same part under the same rule in another way. */
const upper: Wrong = (call, right) =>
  call.kwargs.some(([name, value]) => name === 'optimization' && value === false) && right.kind === 'return'
    ? { ...right, value: str((right.value as Str).units.replace('.opt-False.', '.opt-0.')) }
    : lower(call, right);

const fault = `fault opt-bool-by-name in segment
  call: cache_from_source('a.py', optimization=True)
  kind: bug
  reason: x`;

const newsOf = (tally: Tally): string[] =>
  tally.failures.filter(({ known }) => known === null).map(({ rule }) => rule);

describe('where some rules are selected, what is excused of them hides nothing of another', () => {
  /** Loses a directory that begins with an unusual character. No selected chapter is about that. */
  const lost: Wrong = (call, right) => {
    const outcome = lower(call, right);
    return outcome.kind === 'return' && outcome.value instanceof Str
      ? {
          ...outcome,
          value: str(outcome.value.units.replace(/^(.*\/)?[^/a-z_][^/]*\/__pycache__/u, 'x/__pycache__')),
        }
      : outcome;
  };
  test.each([fault, 'rule opt-bool-by-name\n  kind: bug\n  reason: x'])('%s', async (entry) => {
    const list = read(entry);
    const known = { excuses: excusesOf(list), judge: (tally: Tally) => judged(list, tally) };
    const selection = { chapter: 'optimization' };
    const of = async (wrong: Wrong): Promise<string> =>
      (await check(subject(wrong), { runs: 30, seed: 1, selection, known })).verdict;
    expect(await of(lower)).toBe('conformant');
    expect(await of(lost)).not.toBe('conformant');
  });
});

describe('a fault of the list', () => {
  test('excuses what shows it, and its rule does not count as passed', async () => {
    const tally = tallyOf(await eventsOf(lower, read(fault)));
    expect([verdictOf(tally), newsOf(tally), tally.known!.stale]).toEqual(['conformant', [], []]);
    expect(tally.rules.find(({ id }) => id === 'opt-bool-by-name')).toMatchObject({
      verdict: 'fail',
      excuse: { kind: 'bug' },
    });
  });

  test('excuses no other, and none of the same rule that goes wrong in another way', async () => {
    expect(newsOf(tallyOf(await eventsOf(noTag, read(fault))))).toEqual(['tag-none-raises']);
    const tally = tallyOf(await eventsOf(upper, read(fault)));
    expect([verdictOf(tally), newsOf(tally)]).toEqual(['broken', ['opt-bool-by-name']]);
  });

  test('hides nothing behind an entry of a whole rule', async () => {
    const whole = 'rule tag-none-raises\n  kind: by-design\n  reason: x';
    const both: Wrong = (call, right) => {
      const outcome = noTag(call, right);
      return outcome === right ? upper(call, right) : outcome;
    };
    const tally = tallyOf(await eventsOf(both, read(`${fault}\n\n${whole}`)));
    expect([verdictOf(tally), newsOf(tally).includes('opt-bool-by-name')]).toEqual(['broken', true]);
  });

  test('is stale where its call holds, or fails in another way, which is told', async () => {
    const holding = tallyOf(await eventsOf((_, right) => right, read(fault)));
    expect([verdictOf(holding), holding.known!.stale.map(({ why }) => why)]).toEqual([
      'stale',
      ['its call no longer fails like this: remove the entry'],
    ]);
    const raising: Wrong = (call, right) =>
      lower(call, right) === right
        ? right
        : { kind: 'raise', type: 'OSError', message: Str.empty, warnings: [] };
    const tally = tallyOf(await eventsOf(raising, read(fault)));
    expect([verdictOf(tally), newsOf(tally)]).toEqual(['broken', ['opt-bool-by-name']]);
    expect(tally.known!.stale).toHaveLength(1);
  });
});

describe('in shards', () => {
  const list = read(
    `${fault}\n\ncall *cache_tag=None*\n  kind: by-design\n  fails: *raises OSError*\n  reason: x`,
  );
  const joined = (parts: ReadonlyArray<readonly Event[]>, from: KnownFailures): Tally => {
    const events = merge(parts.map((events, i) => ({ name: String(i), events })));
    return tallyOf([...events.slice(0, -1), judged(from, tallyOf(events)), ...events.slice(-1)]);
  };
  const shards = async (wrong: Wrong, from: KnownFailures): Promise<Array<readonly Event[]>> => [
    await eventsOf(wrong, from, { index: 1, of: 2 }),
    await eventsOf(wrong, from, { index: 2, of: 2 }),
  ];

  test('what was set aside in each is known in the whole', async () => {
    const tally = joined(await shards(noTag, list), list);
    expect([verdictOf(tally), tally.known!.stale]).toEqual(['conformant', []]);
    expect(tally.known!.entries).toHaveLength(2);
  });

  test('what was set aside is not known where nobody says so', async () => {
    const parts = await shards(noTag, list);
    const events = merge(parts.map((one, i) => ({ name: String(i), events: one })));
    expect(verdictOf(tallyOf(events))).toBe('broken');
  });

  test('a list that they were made without excuses nothing', async () => {
    const tally = joined(await shards(noTag, read('')), list);
    expect(verdictOf(tally)).toBe('broken');
    expect(tally.known!.stale.map(({ why }) => why)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('the run did not have this entry') as unknown),
    );
  });

  test('those of two lists are not of one run', async () => {
    const [one] = await shards(noTag, list);
    const [, other] = await shards(noTag, read(fault));
    expect(() => joined([one!, other!], list)).toThrow('they differ in the list of known failures');
  });
});
