/* The laws of spec/5-debug-override.md. */
import fc from 'fast-check';
import { mixed, oneOf } from './inputs/draw.ts';
import type { Call } from '../src/python/call.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { raises, returns, sameResult, sameText, warns } from './expect.ts';
import { call } from './inputs/calls.ts';
import { cacheFolder, dottedName, join, path } from './inputs/paths.ts';
import { anyLevel, stateOf } from './inputs/states.ts';
import { any, anyDebugOverride, anyOptimization, raising } from './inputs/values.ts';
import { law, type Law, type Scope } from './property.ts';

const deprecated = {
  category: 'DeprecationWarning',
  message: str("the debug_override parameter is deprecated; use 'optimization' instead"),
};

/** The call whose result a debug override of that truth has. */
const judged = (state: State, path: Str, truth: boolean, { release }: Scope): Call =>
  release.has('optimization')
    ? call(state, path, { optimization: truth ? Str.empty : 1n })
    : call({ ...state, optimize: truth ? 0n : 1n }, path);

type Override = { readonly value: Value; readonly truth: boolean };

/** A law about debug overrides that are judged by their truth. */
const standsFor = (rule: string, overrides: (scope: Scope) => fc.Arbitrary<Override>): Law =>
  law({
    rule,
    input: (scope) => fc.record({ state: stateOf(scope), path: path(scope), override: overrides(scope) }),
    calls: (one, scope) => [
      judged(one.state, one.path, one.override.truth, scope),
      call(one.state, one.path, { debugOverride: one.override.value }),
    ],
    holds: (_, outcomes) => sameText(outcomes, 1, 0),
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
    .map((value) => ({ value, truth: true })),
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
    .map((value) => ({ value, truth: false })),
);

/** A debug override other than None. */
const given = ({ release }: Scope): fc.Arbitrary<Value> =>
  mixed<Value>(
    fc.boolean(),
    anyDebugOverride(release).map((value) => value ?? false),
  );

export const laws: Law[] = [
  law({
    rule: 'debug-decides-the-extension',
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
    needs: ['warnings'],
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        options: fc.record(
          { debugOverride: fc.constant(null), optimization: anyOptimization(scope.release) },
          { requiredKeys: [] },
        ),
      }),
    calls: ({ state, path: text, options }) => [call(state, text, options)],
    holds: (_, outcomes) => warns(outcomes, 0, []),
  }),

  standsFor('debug-true-is-empty-optimization', () => fc.constant({ value: true, truth: true })),

  standsFor('debug-false-is-level-one', () => fc.constant({ value: false, truth: false })),

  law({
    rule: 'debug-both-given-raises',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
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
        path: path(scope),
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
        path: path(scope),
        truth: fc.option(fc.boolean(), { nil: undefined }),
        eq: mixed<Value>(fc.constant(true), any(scope.release).value),
      }),
    calls: ({ state, path: text, truth, eq }, scope) => [
      call(state, text, { debugOverride: py.object(truth === undefined ? { eq } : { eq, bool: truth }) }),
      judged(state, text, truth ?? true, scope),
    ],
    holds: (_, outcomes, { release }) => {
      sameResult(outcomes, 0, 1);
      if (release.has('optimization')) warns(outcomes, 0, [deprecated]);
    },
  }),

  law({
    rule: 'debug-ignores-interpreter-level',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        levels: fc.tuple(anyLevel, anyLevel),
        path: path(scope),
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
        truth: first,
      })),
  ),

  law({
    rule: 'debug-truth-must-be-bool',
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
    input: (scope) => fc.record({ state: stateOf(scope), path: path(scope), error: raising }),
    calls: ({ state, path: text, error }) => [
      call(state, text, { debugOverride: py.object({ bool: error }) }),
    ],
    holds: ({ error }, outcomes) =>
      raises(outcomes, 0, error.type, error.type === 'KeyError' ? undefined : (error.message ?? Str.empty)),
  }),
];
