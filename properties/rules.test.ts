import fc from 'fast-check';
import { expect, test } from 'vitest';
import { properties, type Scope } from './index.ts';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import { formatVersion, releaseOf } from '../src/python/releases.ts';
import { everyTarget, type Target } from '../src/reference.ts';
import { rulesThatDecide } from '../src/conformance/deciding.ts';

const chapters = readChapters();
const rules = new Map(chapters.flatMap((chapter) => chapter.rules).map((rule) => [rule.id, rule]));
const laws = properties.flatMap((chapter) => chapter.laws);
const scopeOf = ({ version, platform }: Target): Scope => ({
  release: releaseOf(version),
  platform,
  fixed: {},
});

test('each rule stands in one place', () => {
  expect(chapters.flatMap((chapter) => chapter.rules).length).toBe(rules.size);
});

test('each chapter has a file of laws with its name, and each of its rules a law there, in its order', () => {
  expect(properties.map(({ chapter }) => chapter)).toEqual(chapters.map(({ name }) => name));
  for (const [i, chapter] of chapters.entries()) {
    expect(properties[i]!.laws.map(({ rule }) => rule)).toEqual(chapter.rules.map(({ id }) => id));
  }
});

test.each(laws)(
  "the inputs of $rule's law reach the place where the reference cites it, wherever it applies",
  (law) => {
    for (const target of everyTarget().filter((one) => appliesTo(rules.get(law.rule)!, one))) {
      const calls = fc
        .sample(law.cases(scopeOf(target)), { seed: 1, numRuns: 40 })
        .flatMap((one) => one.calls);
      const reached = calls.filter((call) => rulesThatDecide(call, target).includes(law.rule));
      expect(reached.length, `${formatVersion(target.version)} ${target.platform}`).toBeGreaterThan(0);
    }
  },
);

test.each(everyTarget())(
  'the reference cites rules that apply, at Python $version on $platform',
  (target) => {
    const cited = properties.flatMap((chapter) =>
      fc
        .sample(chapter.calls(scopeOf(target)), { seed: 1, numRuns: 200 })
        .flatMap((call) => rulesThatDecide(call, target)),
    );
    const strange = [...new Set(cited)].filter((id) => {
      const rule = rules.get(id);
      return rule === undefined || !appliesTo(rule, target);
    });
    expect(strange).toEqual([]);
  },
);
