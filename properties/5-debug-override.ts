/* The laws of spec/5-debug-override.md. */
import fc from 'fast-check';
import { mixed, oneOf } from './inputs/draw.ts';
import { Str, str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { raises, sameResult, sameText, warns } from './expect.ts';
import { call } from './inputs/calls.ts';
import { path } from './inputs/paths.ts';
import { anyLevel, stateOf } from './inputs/states.ts';
import { any, anyDebugOverride, anyOptimization, raising } from './inputs/values.ts';
import { law, type Law, type Scope } from './property.ts';

const deprecated = {
  category: 'DeprecationWarning',
  message: str("the debug_override parameter is deprecated; use 'optimization' instead"),
};

/** What a debug override stands for. */
const noOptimization = Str.empty;
const levelOne = 1n;

/** A law about debug overrides that do what an optimization does. */
const standsFor = (
  rule: string,
  overrides: (scope: Scope) => fc.Arbitrary<{ value: Value; optimization: Value }>,
): Law =>
  law({
    rule,
    input: (scope) => fc.record({ state: stateOf(scope), path, override: overrides(scope) }),
    calls: (one) => [
      call(one.state, one.path, { optimization: one.override.optimization }),
      call(one.state, one.path, { debugOverride: one.override.value }),
    ],
    holds: (_, outcomes) => sameText(outcomes, 1, 0),
  });

const judged = (truth: boolean): { optimization: Value } => ({
  optimization: truth ? noOptimization : levelOne,
});

/** Values that are true, and values that are false. */
const truths = oneOf(
  fc
    .constantFrom<Value>(
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
    )
    .map((value) => ({ value, ...judged(true) })),
  fc
    .constantFrom<Value>(
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
    )
    .map((value) => ({ value, ...judged(false) })),
);

/** A debug override other than None. */
const given = ({ release }: Scope): fc.Arbitrary<Value> =>
  mixed<Value>(
    fc.boolean(),
    anyDebugOverride(release).map((value) => value ?? false),
  );

export const laws: Law[] = [
  law({
    rule: 'debug-override-warns',
    needs: ['warnings'],
    input: (scope) => fc.record({ state: stateOf(scope), path, debugOverride: given(scope) }),
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
    needs: ['warnings'],
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        options: fc.record(
          { debugOverride: fc.constant(null), optimization: anyOptimization(scope.release) },
          { requiredKeys: [] },
        ),
      }),
    calls: ({ state, path: text, options }) => [call(state, text, options)],
    holds: (_, outcomes) => warns(outcomes, 0, []),
  }),

  standsFor('debug-true-is-empty-optimization', () => fc.constant({ value: true, ...judged(true) })),

  standsFor('debug-false-is-level-one', () => fc.constant({ value: false, ...judged(false) })),

  law({
    rule: 'debug-both-given-raises',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        debugOverride: given(scope),
        optimization: mixed<Value>(
          fc.constantFrom<Value>(1n, 2n, str('x'), true),
          anyOptimization(scope.release).map((value) => value ?? 1n),
        ),
      }),
    calls: ({ state, path: text, ...options }) => [call(state, text, options)],
    holds: (_, outcomes) =>
      raises(outcomes, 0, 'TypeError', str('debug_override or optimization must be set to None')),
  }),

  law({
    rule: 'debug-empty-optimization-counts-as-given',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        debugOverride: given(scope),
        optimization: fc.constantFrom<Value>(
          str(''),
          0n,
          false,
          py.float(0),
          py.bytes(''),
          py.list(),
          py.tuple(),
        ),
      }),
    calls: ({ state, path: text, ...options }) => [call(state, text, options)],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  standsFor('debug-judged-by-truth', () => truths),

  law({
    rule: 'debug-compared-with-none-by-identity',
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { optimize: fc.constant(2n) }),
        path,
        truth: fc.option(fc.boolean(), { nil: undefined }),
        eq: mixed<Value>(fc.constant(true), any(scope.release).value),
      }),
    calls: ({ state, path: text, truth, eq }) => [
      call(state, text, { debugOverride: py.object(truth === undefined ? { eq } : { eq, bool: truth }) }),
      call(state, text, judged(truth ?? true)),
    ],
    holds: (_, outcomes) => {
      sameResult(outcomes, 0, 1);
      warns(outcomes, 0, [deprecated]);
    },
  }),

  law({
    rule: 'debug-ignores-interpreter-level',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        levels: fc.tuple(anyLevel, anyLevel),
        path,
        debugOverride: given(scope),
      }),
    calls: ({ state, levels, path: text, debugOverride }) =>
      levels.map((optimize) => call({ ...state, optimize }, text, { debugOverride })),
    holds: (_, outcomes) => sameResult(outcomes, 1, 0),
  }),

  standsFor('debug-truth-asked-once', ({ release }) =>
    fc
      .record({ first: fc.boolean(), later: fc.array(any(release).answer, { minLength: 1, maxLength: 2 }) })
      .map(({ first, later }) => ({
        // The opposite comes second, to be seen where truth is asked again.
        value: py.object({ bool: py.sequence(first, !first, ...later) }),
        ...judged(first),
      })),
  ),

  law({
    rule: 'debug-truth-must-be-bool',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
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
    input: (scope) => fc.record({ state: stateOf(scope), path, error: raising }),
    calls: ({ state, path: text, error }) => [
      call(state, text, { debugOverride: py.object({ bool: error }) }),
    ],
    holds: ({ error }, outcomes) =>
      raises(outcomes, 0, error.type, error.type === 'KeyError' ? undefined : (error.message ?? Str.empty)),
  }),
];
