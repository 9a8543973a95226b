import type fc from 'fast-check';
import type { FunctionName } from '../src/python/call.ts';
import { str } from '../src/python/text.ts';
import { holdsTag, returns } from './expect.ts';
import { bytecodeCall } from './inputs/bytecode.ts';
import { call } from './inputs/calls.ts';
import { oneOf } from './inputs/draw.ts';
import { aState } from './inputs/states.ts';
import type { LawCase, Scope } from './scope.ts';

/**
 * Adds a plain call that does not raise to some of the cases that raise, so that a function that always raises fails.
 */
export const contrasted = (
  cases: fc.Arbitrary<LawCase>,
  scope: Scope,
  name: FunctionName,
): fc.Arbitrary<LawCase> =>
  oneOf(
    { arbitrary: cases, weight: 9 },
    { arbitrary: cases.map((one) => withPlain(one, scope, name)), weight: 1 },
  );

function withPlain(one: LawCase, scope: Scope, name: FunctionName): LawCase {
  const state = aState(scope);
  const isBack = name === 'source_from_cache';
  return {
    calls: [...one.calls, isBack ? bytecodeCall(state, scope) : call(state, str('a.py'))],
    judge: (outcomes) => {
      one.judge(outcomes);
      if (isBack) returns(outcomes, one.calls.length, str('a.py'));
      else holdsTag(outcomes, one.calls.length, state);
    },
  };
}
