import fc from 'fast-check';
import { expect, test } from 'vitest';
import { properties, type Scope } from './index.ts';
import { readChapters } from '../src/conformance/chapters.ts';
import { changes, newestKnown, releaseOf } from '../src/python/releases.ts';
import { rulesThatDecide, type Target } from '../src/reference.ts';

const chapters = readChapters();
const rules = chapters.flatMap((chapter) => chapter.rules);
const target: Target = { version: newestKnown, platform: 'posix' };
const scope: Scope = { release: releaseOf(newestKnown), platform: 'posix', fixed: {} };
const laws = properties.flatMap((chapter) => chapter.laws);

test('each rule stands in one place', () => {
  expect(rules.length).toBe(new Set(rules.map(({ id }) => id)).size);
});

test('each chapter has a file of laws with its name, and each of its rules a law there, in its order', () => {
  expect(properties.map(({ chapter }) => chapter)).toEqual(chapters.map(({ name }) => name));
  for (const [i, chapter] of chapters.entries()) {
    expect(properties[i]!.laws.map(({ rule }) => rule)).toEqual(chapter.rules.map(({ id }) => id));
  }
});

test.each(laws)("the inputs of $rule's law reach the place where the reference cites it", (law) => {
  const calls = fc.sample(law.cases(scope), { seed: 1, numRuns: 200 }).flatMap((one) => one.calls);
  const reached = calls.filter((call) => rulesThatDecide(call, target).includes(law.rule));
  expect(reached.length).toBeGreaterThan(0);
});

test('the reference cites no rule that is not in a chapter', () => {
  const known = new Set(rules.map(({ id }) => id));
  const cited = properties.flatMap((chapter) =>
    fc
      .sample(chapter.calls(scope), { seed: 1, numRuns: 2000 })
      .flatMap((call) => rulesThatDecide(call, target)),
  );
  expect([...new Set(cited)].filter((id) => !known.has(id))).toEqual([]);
});

test('a rule that came later than the oldest release applies from the releases in the table of changes', () => {
  const limited = rules.find(({ id }) => id === 'opt-integer-past-the-digit-limit-raises')!;
  expect(limited.since).toEqual(changes['integer-limit']);
});
