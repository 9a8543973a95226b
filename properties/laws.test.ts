/* Checks each law against the reference in this process, for every target of its rule. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import { releaseOf } from '../src/python/releases.ts';
import { answer, everyTarget } from '../src/reference.ts';
import { properties } from './index.ts';

const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const laws = properties.flatMap((chapter) => chapter.laws);

test.each(laws)('the law of $rule holds of the reference', (law) => {
  const applicable = everyTarget().filter((target) => appliesTo(rules.get(law.rule)!, target));
  expect(applicable.length).toBeGreaterThan(0);
  for (const [i, target] of applicable.entries()) {
    const scope = { release: releaseOf(target.version), platform: target.platform, fixed: {} };
    const check = (one: ReturnType<typeof law.always>[number]): void =>
      one.judge(one.calls.map((call) => answer(call, target)));
    // The calls that every check makes are many, and the same for many releases.
    if (i % 8 === 0 || target === applicable.at(-1)) law.always(scope).forEach(check);
    fc.assert(fc.property(law.cases(scope), check), { seed: 1, numRuns: 30 });
  }
});
