/* The laws of spec/5-debug-override.md. */
import * as fc from './inputs/arbitraries.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import type { Call } from '../src/python/call.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { holdsTag, raises, returns, sameResult, sameText, warns } from './expect.ts';
import { call, type Options } from './inputs/calls.ts';
import { cacheFolder, dottedName, join, path } from './inputs/paths.ts';
import { anyLevel, aState, stateOf } from './inputs/states.ts';
import { any, anyDebugOverride, anyOptimization, hideable, raising } from './inputs/values.ts';
import { law, type Statement, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import {
  isSequence,
  objectOf,
  ofRaise,
  where,
  withOptimization,
  withOverride,
  withState,
  withoutEquality,
} from './seen.ts';

const deprecated = {
  category: 'DeprecationWarning',
  message: str("the debug_override parameter is deprecated; use 'optimization' instead"),
};

/** The call that must have the same result as one with a debug override of this truth value. */
const judged = (state: State, path: Str, truth: boolean, { release }: Scope): Call =>
  release.has('optimization')
    ? call(state, path, { optimization: truth ? Str.empty : 1n })
    : call({ ...state, optimize: truth ? 0n : 1n }, path);

type Override = { readonly value: Value; readonly truth: boolean };

/** A law about debug overrides of which only the truth value matters. */
const standsFor = (
  rule: string,
  says: Statement,
  overrides: (scope: Scope) => fc.Arbitrary<Override>,
  always: readonly Override[] = [],
): Law =>
  law({
    rule,
    says,
    input: (scope) => fc.record({ state: stateOf(scope), path: path(scope), override: overrides(scope) }),
    always: (scope) => always.map((override) => ({ state: aState(scope), path: str('a.py'), override })),
    calls: (one, scope) => [
      judged(one.state, one.path, one.override.truth, scope),
      call(one.state, one.path, { debugOverride: one.override.value }),
    ],
    holds: ({ state }, outcomes) => {
      sameText(outcomes, 1, 0);
      holdsTag(outcomes, 1, state);
    },
  });

/** Values that are true, then values that are false. */
const judgedValues: readonly Override[] = [
  ...[
    1n,
    -1n,
    2n,
    str('x'),
    str('False'),
    str('0'),
    str(' '),
    py.float(0.5),
    py.float(Number.NaN),
    py.bytes('\0'),
    py.list(0n),
    py.list(py.list()),
    py.tuple(null),
    py.pathLike(str('')),
    py.object(),
    py.object({ bool: true }),
    py.object({ is: str('x') }),
    py.object({ is: 0n, bool: true }),
    py.object({ str: str('') }),
  ].map((value) => ({ value, truth: true })),
  ...[
    0n,
    str(''),
    py.float(0),
    py.float(-0),
    py.bytes(''),
    py.list(),
    py.tuple(),
    py.object({ bool: false }),
    py.object({ is: str('') }),
    py.object({ is: 0n }),
    py.object({ is: str('x'), bool: false }),
  ].map((value) => ({ value, truth: false })),
];
const truths = fc.constantFrom(...judgedValues);

const conflicting: readonly Value[] = [1n, 2n, str('x'), true];
const falseOptimizations: readonly Value[] = [
  str(''),
  0n,
  false,
  py.float(0),
  py.bytes(''),
  py.list(),
  py.tuple(),
];

/** A debug override other than None. */
const given = ({ release }: Scope): fc.Arbitrary<Value> =>
  mixed<Value>(
    fc.boolean(),
    anyDebugOverride(release).map((value) => value ?? false),
  );

export const laws: Law[] = [
  law({
    rule: 'debug-decides-the-extension',
    says: ({ returned }) => where(returned, 'kind', 'warnings', 'segment', 'extension'),
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { optimize: anyLevel }),
        dottedName: dottedName(scope),
        debugOverride: fc.constantFrom(undefined, null, true, false),
      }),
    calls: ({ state, dottedName: { name }, debugOverride }) => [call(state, name, { debugOverride })],
    holds: ({ state, dottedName: { base }, debugOverride }, outcomes, scope) => {
      const ending = (debugOverride ?? state.optimize === 0n) ? '.pyc' : '.pyo';
      returns(outcomes, 0, join(cacheFolder(scope), base, '.', state.cacheTag ?? '', ending));
    },
  }),

  law({
    rule: 'debug-override-warns',
    says: {
      decides: ({ override }) => where(override !== null, 'warnings'),
      control: ({ call }) => withOverride(call, true),
    },
    needs: ['warnings'],
    input: (scope) => fc.record({ state: stateOf(scope), path: path(scope), debugOverride: given(scope) }),
    calls: ({ state, path: text, debugOverride }) => {
      const one = call(state, text, { debugOverride });
      return [one, one];
    },
    holds: (_, outcomes) => {
      warns(outcomes, 0, [deprecated]);
      warns(outcomes, 1, [deprecated]);
    },
  }),

  law({
    rule: 'debug-none-is-silent',
    says: ({ override, record: { misfit } }) => where(misfit === undefined && override === null, 'warnings'),
    needs: ['warnings'],
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        options: oneOf(
          fc.constantFrom<Options>({}, { debugOverride: null }),
          fc.record<Options>({
            debugOverride: fc.constantFrom(null, undefined),
            optimization: anyOptimization(scope.release),
          }),
        ),
      }),
    calls: ({ state, path: text, options }) => [call(state, text, options)],
    holds: ({ state, options }, outcomes) => {
      warns(outcomes, 0, []);
      if ((options.optimization ?? null) === null) holdsTag(outcomes, 0, state);
    },
  }),

  standsFor(
    'debug-true-is-empty-optimization',
    {
      decides: ({ returned, override }) => where(returned && override === true, 'kind', 'segment'),
      twin: ({ call, takesOptimization }) =>
        takesOptimization ? withOptimization(call, Str.empty) : undefined,
    },
    () => fc.constant({ value: true, truth: true }),
  ),

  standsFor(
    'debug-false-is-level-one',
    {
      decides: ({ returned, override }) => where(returned && override === false, 'kind', 'segment'),
      twin: ({ call, takesOptimization }) => (takesOptimization ? withOptimization(call, 1n) : undefined),
    },
    () => fc.constant({ value: false, truth: false }),
  ),

  law({
    rule: 'debug-both-given-raises',
    says: ({ step }) => where(step === 'both given', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        debugOverride: given(scope),
        optimization: mixed<Value>(
          fc.constantFrom(...conflicting),
          anyOptimization(scope.release).map((value) => value ?? 1n),
        ),
      }),
    always: (scope) =>
      [true, false].flatMap((debugOverride) =>
        conflicting.map((optimization) => ({
          state: aState(scope),
          path: str('a.py'),
          debugOverride,
          optimization,
        })),
      ),
    calls: ({ state, path: text, ...options }) => [call(state, text, options)],
    holds: (_, outcomes) =>
      raises(outcomes, 0, 'TypeError', str('debug_override or optimization must be set to None')),
  }),

  law({
    rule: 'debug-empty-optimization-counts-as-given',
    says: (seen) => where(seen.step === 'both given' && seen.isFalse(seen.optimization), ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        debugOverride: given(scope),
        optimization: fc.constantFrom(...falseOptimizations),
      }),
    always: (scope) =>
      falseOptimizations.map((optimization) => ({
        state: aState(scope),
        path: str('a.py'),
        debugOverride: false,
        optimization,
      })),
    calls: ({ state, path: text, ...options }) => [call(state, text, options)],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  standsFor(
    'debug-judged-by-truth',
    {
      decides: ({ returned, override }) =>
        where(returned && override !== null && typeof override !== 'boolean', 'kind', 'segment', 'extension'),
      twin: ({ call, record: { chosen }, takesOptimization }) =>
        withOverride(call, takesOptimization ? chosen instanceof Str : chosen === true),
    },
    () => truths,
    judgedValues,
  ),

  law({
    rule: 'debug-compared-with-none-by-identity',
    says: {
      decides: (seen) =>
        where(
          seen.override !== null && objectOf(seen.written('debug_override'))?.eq !== undefined,
          ...ofRaise,
          'warnings',
          'segment',
          'extension',
        ),
      twin: withoutEquality,
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { optimize: fc.constant(2n) }),
        path: path(scope),
        truth: fc.option(fc.boolean(), { nil: undefined }),
        eq: mixed<Value>(fc.constant(true), any(scope.release).value),
      }),
    calls: ({ state, path: text, truth, eq }, scope) => [
      call(state, text, { debugOverride: py.object(truth === undefined ? { eq } : { eq, bool: truth }) }),
      judged(state, text, truth ?? true, scope),
    ],
    holds: ({ state }, outcomes, { release }) => {
      sameResult(outcomes, 0, 1);
      holdsTag(outcomes, 0, state);
      if (release.has('optimization')) warns(outcomes, 0, [deprecated]);
    },
  }),

  law({
    rule: 'debug-ignores-interpreter-level',
    says: {
      decides: ({ returned, override, level }) =>
        where(returned && override !== null && level !== 0n, 'segment', 'extension'),
      twin: ({ call }) => withState(call, { optimize: 0n }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        levels: fc.tuple(anyLevel, anyLevel),
        path: path(scope),
        debugOverride: given(scope),
      }),
    calls: ({ state, levels, path: text, debugOverride }) =>
      levels.map((optimize) => call({ ...state, optimize }, text, { debugOverride })),
    holds: ({ state, debugOverride }, outcomes) => {
      sameResult(outcomes, 1, 0);
      if (typeof debugOverride === 'boolean') holdsTag(outcomes, 1, state);
    },
  }),

  standsFor(
    'debug-truth-asked-once',
    (seen) =>
      where(
        seen.record.chosen !== undefined && isSequence(objectOf(seen.written('debug_override'))?.bool),
        ...ofRaise,
        'segment',
        'extension',
      ),
    ({ release }) =>
      fc
        .record({ first: fc.boolean(), later: fc.array(any(release).answer, { minLength: 1, maxLength: 2 }) })
        .map(({ first, later }) => ({
          // The second answer is the opposite, so that a function that tests the truth twice is detected.
          value: py.object({ bool: py.sequence(first, !first, ...later) }),
          truth: first,
        })),
  ),

  law({
    rule: 'debug-truth-must-be-bool',
    says: ({ step, record: { origin } }) => where(step === 'truth' && origin === 'mistyped', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        answer: mixed<Value>(
          fc.constantFrom<Value>(1n, 0n, null, str(''), str('True')),
          any(scope.release).value.map((value) => (typeof value === 'boolean' ? 1n : value)),
        ),
      }),
    calls: ({ state, path: text, answer }) => [
      call(state, text, { debugOverride: py.object({ bool: answer }) }),
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  law({
    rule: 'debug-truth-error-passes-through',
    says: ({ step, record: { origin } }) => where(step === 'truth' && origin === 'raised', ...ofRaise),
    input: (scope) => fc.record({ state: stateOf(scope), path: path(scope), error: raising }),
    always: (scope) => hideable.map((error) => ({ state: aState(scope), path: str('a.py'), error })),
    calls: ({ state, path: text, error }) => [
      call(state, text, { debugOverride: py.object({ bool: error }) }),
    ],
    holds: ({ error }, outcomes) =>
      raises(outcomes, 0, error.type, error.type === 'KeyError' ? undefined : (error.message ?? Str.empty)),
  }),
];
