/* Only the functions that a hello names are asked, and only their rules are judged. */
import { expect, test } from 'vitest';
import { chaptersOf } from '../../properties/index.ts';
import { functionOf, functions, type FunctionName } from '../python/call.ts';
import { str } from '../python/text.ts';
import { check, hello, subject } from './testing.ts';

const cases: ReadonlyArray<readonly [named: readonly FunctionName[]]> = [
  [['cache_from_source']],
  [['source_from_cache']],
  [functions],
];

test.each(cases)('of one with %j no other function is asked, and no rule of it counts', async (named) => {
  const one = subject(undefined, { ...hello, functions: named });
  const { tally } = await check(one);
  expect(new Set(one.asked.map(functionOf))).toEqual(new Set(named));
  expect(tally.chapters.map(({ name }) => name).toSorted()).toEqual(
    named
      .flatMap(chaptersOf)
      .filter((name) => name !== '9-windows')
      .toSorted(),
  );
  expect(tally.rules.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
});

test.each(functions)('of one with both, what is wrong in %s is found in its chapters alone', async (name) => {
  const one = subject(
    (call, right) =>
      functionOf(call) === name && right.kind === 'return' ? { ...right, value: str('wrong') } : right,
    { ...hello, functions },
  );
  const { tally } = await check(one);
  const chapters = new Set(
    tally.rules.filter(({ verdict }) => verdict === 'fail').map(({ chapter }) => chapter),
  );
  expect(chapters.size).toBeGreaterThan(0);
  expect([...chapters].filter((chapter) => !chaptersOf(name).includes(chapter))).toEqual([]);
});
