import { expect, test } from 'vitest';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import { sameOutcome } from '../src/python/compare.ts';
import { changes, formatVersion, oldestKnown, type Since } from '../src/python/releases.ts';
import { answer, everyTarget } from '../src/reference.ts';
import { rulesThatDecide } from '../src/conformance/deciding.ts';

const rules = readChapters().flatMap((chapter) => chapter.rules);

test.each(rules)('$id: its examples are what the reference gives', ({ examples }) => {
  for (const { source, call, target, outcome } of examples) {
    expect(sameOutcome(answer(call, target), outcome), source).toBe(true);
  }
});

test.each(rules)('$id: decides the examples for it, and not those against it', (rule) => {
  for (const { side, source, call, target } of rule.examples) {
    expect(rulesThatDecide(call, target).includes(rule.id), source).toBe(side === 'for');
  }
});

test.each(rules)('$id: applies to what the examples for it are about', (rule) => {
  const strange = rule.examples.filter(({ side, target }) => side === 'for' && !appliesTo(rule, target));
  expect(strange).toEqual([]);
});

test.each(rules)('$id: applies from and until what the table of changes says', (rule) => {
  const bounds: Since[] = [[oldestKnown], ...Object.values(changes)];
  const isBound = (since: Since | undefined): boolean =>
    since === undefined ||
    bounds.some((one) => one.map(formatVersion).join() === since.map(formatVersion).join());
  expect([isBound(rule.since), isBound(rule.before)]).toEqual([true, true]);
  expect(everyTarget().some((target) => appliesTo(rule, target))).toBe(true);
});
