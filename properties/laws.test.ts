/* Each law against the reference in this process, for every series. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capturedSeries } from '../fixtures/interpreters.ts';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import { parseVersion, releaseOf } from '../src/python/releases.ts';
import { answer, type Target } from '../src/reference.ts';
import { properties } from './index.ts';

const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const targets = capturedSeries.map((series): Target => ({
  version: parseVersion(series)!,
  platform: 'posix',
}));
const laws = properties.flatMap((chapter) => chapter.laws);

test.each(laws)('the law of $rule holds of the reference', (law) => {
  const applicable = targets.filter((target) => appliesTo(rules.get(law.rule)!, target));
  expect(applicable.length).toBeGreaterThan(0);
  for (const target of applicable) {
    const scope = { release: releaseOf(target.version), platform: target.platform, fixed: {} };
    const check = (one: ReturnType<typeof law.always>[number]): void =>
      one.judge(one.calls.map((call) => answer(call, target)));
    law.always(scope).forEach(check);
    fc.assert(fc.property(law.cases(scope), check), { seed: 1, numRuns: 50 });
  }
});
