import type fc from 'fast-check';
import { str } from '../src/python/text.ts';
import { holdsTag } from './expect.ts';
import { call } from './inputs/calls.ts';
import { oneOf } from './inputs/draw.ts';
import { aState } from './inputs/states.ts';
import type { LawCase, Scope } from './scope.ts';

/** LawCases of calls that raise, some with a plain call that does not: what always raises fails at these. */
export const contrasted = (cases: fc.Arbitrary<LawCase>, scope: Scope): fc.Arbitrary<LawCase> =>
  oneOf({ arbitrary: cases, weight: 9 }, { arbitrary: cases.map((one) => withPlain(one, scope)), weight: 1 });

function withPlain(one: LawCase, scope: Scope): LawCase {
  const state = aState(scope);
  return {
    calls: [...one.calls, call(state, str('a.py'))],
    judge: (outcomes) => {
      one.judge(outcomes);
      holdsTag(outcomes, one.calls.length, state);
    },
  };
}
