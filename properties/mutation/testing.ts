/*
 * Checks the goldens against the reference in this process: its answers at the first and the last release of each
 * outcome, and the rules that decide.
 */
import { expect, test } from 'vitest';
import { capturedFor } from '../../fixtures/calls.ts';
import { withWarnings } from '../../fixtures/fresh.ts';
import { capturedTargets, readGoldens, type Golden } from '../../fixtures/goldens.ts';
import { readChapters } from '../../src/conformance/chapters.ts';
import { decodeCall, decodeOutcome } from '../../src/conformance/codec.ts';
import { rulesThatDecide } from '../../src/conformance/deciding.ts';
import { sameOutcome } from '../../src/python/compare.ts';
import { parseVersion } from '../../src/python/releases.ts';
import { answer } from '../../src/reference.ts';

const chapters = readChapters();
const rules = new Map(chapters.flatMap((chapter) => chapter.rules).map((rule) => [rule.id, rule]));
/** Longer calls add little, and take as long as all others together. */
const longest = 2000;

for (const { name } of chapters) {
  const file = readGoldens(name);
  const captured = capturedTargets(file);
  const short = file.goldens.filter(({ call }) => JSON.stringify(call).length <= longest);
  const groupOf = ({ rule, platform, id }: Golden): string => `${rule ?? id.slice(0, 1)} on ${platform}`;

  for (const group of new Set(short.map(groupOf))) {
    let read: ReturnType<typeof decoded> | undefined;
    test(`${name}: ${group}`, () => {
      read ??= decoded(short.filter((golden) => groupOf(golden) === group));
      for (const { id, rule, side, platform, call, given } of read) {
        for (const { target, outcome } of given) {
          expect(sameOutcome(answer(call, target), outcome), id).toBe(true);
        }
        if (rule === null || side === undefined) continue;
        const decides = rulesThatDecide(call, capturedFor(rules.get(rule)!, platform, captured)!);
        expect(decides.includes(rule), id).toBe(side === 'for');
      }
    });
  }
}

function decoded(goldens: readonly Golden[]) {
  return goldens.map(({ id, rule, side, platform, call, outcomes }) => ({
    id,
    rule,
    side,
    platform,
    call: decodeCall(call),
    given: outcomes.flatMap(({ versions, outcome }) =>
      [...new Set(versions)].map((version) => ({
        target: { version: parseVersion(version)!, platform },
        outcome: withWarnings(decodeOutcome(outcome)),
      })),
    ),
  }));
}
