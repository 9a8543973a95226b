import { expect, test } from 'vitest';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import { sameOutcome } from '../src/python/compare.ts';
import { newestKnown } from '../src/python/releases.ts';
import { answer, rulesThatDecide, type Target } from '../src/reference.ts';

const target: Target = { version: newestKnown, platform: 'posix' };
const rules = readChapters().flatMap((chapter) => chapter.rules);

test.each(rules)('$id: its examples are what the reference gives', ({ examples }) => {
  for (const { source, call, outcome } of examples) {
    expect(sameOutcome(answer(call, target), outcome), source).toBe(true);
  }
});

test.each(rules)('$id: decides the examples for it, and not those against it', ({ id, examples }) => {
  for (const { side, source, call } of examples) {
    expect(rulesThatDecide(call, target).includes(id), source).toBe(side === 'for');
  }
});

test('every rule applies to the newest release', () => {
  expect(rules.filter((rule) => !appliesTo(rule, target))).toEqual([]);
});
