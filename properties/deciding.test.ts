/* Tests what the rules decide about calls, whatever the outcome: that it can be true. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callText, decodeCall, encodeCall } from '../src/conformance/codec.ts';
import { rulesOf } from '../src/conformance/deciding.ts';
import type { Call } from '../src/python/call.ts';
import { sameMessage, sameWarnings } from '../src/python/compare.ts';
import { releaseOf } from '../src/python/releases.ts';
import { everyTarget, type Target } from '../src/reference.ts';
import { properties, sayOf, Seen, twinOf, type Part } from './index.ts';
import { pieces, piecesOf } from './parts.ts';

const nameOf = ({ version, platform }: Target): string => `${version.join('.')} on ${platform}`;
const targets = everyTarget().map((target) => [nameOf(target), target] as const);

/** Calls of all chapters. */
const callsOf = ({ version, platform }: Target): fc.Arbitrary<Call> => {
  const scope = { release: releaseOf(version), platform, fixed: {} };
  return fc.oneof(...properties.map(({ calls }) => calls(scope)));
};
const sayIn = (seen: Seen): ReturnType<typeof sayOf> => {
  const rules = rulesOf(seen.target);
  return sayOf(seen, (rule) => rules.has(rule));
};

/** The parts of each kind of outcome: a return has the pieces of a path, a raise a type and a message. */
const had: Readonly<Record<'return' | 'raise', ReadonlySet<Part>>> = {
  return: new Set(['kind', 'warnings', 'class', 'steadiness', ...pieces]),
  raise: new Set(['kind', 'warnings', 'type', 'message', 'steadiness']),
};

/** Rules whose twin differs in what they decide, and why. */
const otherwise: Record<string, string> = {
  'tag-read-at-each-call': 'has another tag, and each of both is the one that was set',
};

describe('a rule', () => {
  test.each(targets)('decides only parts that the outcome has, or may have: %s', (_, target) => {
    fc.assert(
      fc.property(callsOf(target), (call) => {
        const seen = new Seen(call, target);
        for (const [rule, parts] of sayIn(seen)) {
          const others = parts.filter((part) => !had[seen.expected.kind].has(part));
          // A rule that decides whether the call raises also decides parts of the other outcome.
          expect([rule, parts.includes('kind') ? [] : others]).toEqual([rule, []]);
          expect([rule, new Set(parts).size]).toEqual([rule, parts.length]);
          expect(parts.length).toBeGreaterThan(0);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test.each(targets)('that has a twin for a call decides the same of both: %s', (_, target) => {
    const pieceOf = ({ expected, record }: Seen, part: Part): string | undefined =>
      piecesOf(expected, record, target.platform).find(([piece]) => piece === part)?.[1];
    const isSame = (a: Seen, b: Seen, part: Part): boolean => {
      const [one, other] = [a.expected, b.expected];
      if (part === 'warnings') return sameWarnings(one.warnings, other.warnings);
      if (part === 'kind' || one.kind !== other.kind) return one.kind === other.kind;
      if (one.kind !== 'raise' || other.kind !== 'raise') return pieceOf(a, part) === pieceOf(b, part);
      if (part === 'type') return one.type === other.type;
      return part !== 'message' || sameMessage(one.message, other.message);
    };
    fc.assert(
      fc.property(callsOf(target), (call) => {
        const seen = new Seen(call, target);
        for (const [rule, parts] of sayIn(seen)) {
          const twin = twinOf(rule, seen);
          if (twin === undefined || callText(twin) === callText(call) || rule in otherwise) continue;
          expect(callText(decodeCall(encodeCall(twin)))).toBe(callText(twin));
          const other = new Seen(twin, target);
          const shown = JSON.stringify(encodeCall(call));
          expect([rule, shown, parts.filter((part) => !isSame(seen, other, part))]).toEqual([
            rule,
            shown,
            [],
          ]);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
