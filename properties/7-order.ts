/* The laws of spec/7-order.md. */
import * as fc from './inputs/arbitraries.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import type { Call } from '../src/python/call.ts';
import { str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { raises, warns } from './expect.ts';
import { call, optionalOptimization, optionalOverride } from './inputs/calls.ts';
import { path } from './inputs/paths.ts';
import { anyLevel, aState, stateOf } from './inputs/states.ts';
import { any, anyDebugOverride, anyOptimization } from './inputs/values.ts';
import { law, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import { givesOverride, isObject, ofRaise, where, wouldRaise } from './seen.ts';

const deprecated = {
  category: 'DeprecationWarning',
  message: str("the debug_override parameter is deprecated; use 'optimization' instead"),
};

/** Methods that raise, each with an exception that identifies the step. */
const raisesPath = py.pathLike(py.raises('OSError', 'path'));
const raisesTruth = py.object({ bool: py.raises('LookupError', 'truth') });
const raisesText = py.object({ str: py.raises('RuntimeError', 'text') });

const badPath = fc.constantFrom<Value>(null, raisesPath, py.pathLike(1n), py.bytes('b.py'), 2n, py.list());
/** Values that are not paths, and the exceptions that they raise. */
const unfit = ({ release, platform }: Scope): fc.Arbitrary<[value: Value, error: string]> =>
  release.has('path-like')
    ? fc.constantFrom<[Value, string]>(
        [raisesPath, 'OSError'],
        [null, 'TypeError'],
        [py.bytes('b.py'), 'TypeError'],
        [py.pathLike(1n), 'TypeError'],
      )
    : fc.constantFrom<[Value, string]>(
        [py.list(), 'AttributeError'],
        [raisesPath, platform === 'posix' ? 'AttributeError' : 'TypeError'],
        [null, platform === 'posix' ? 'AttributeError' : 'TypeError'],
        [py.bytes('b.py'), 'TypeError'],
      );
const badTruth = fc.constantFrom<Value>(raisesTruth, py.object({ bool: 1n }), py.object({ bool: null }));
const badOptimization = fc.constantFrom<Value>(
  raisesText,
  str('_'),
  -1n,
  py.object({ str: 1n }),
  py.float(1),
);

export const laws: Law[] = [
  law({
    rule: 'order-call-before-warning',
    says: ({ step, call }) => where(step === 'arguments' && givesOverride(call), 'kind', 'type', 'warnings'),
    raises: true,
    needs: ['warnings'],
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cacheTag: fc.constantFrom(null, str('x')) }),
        path: mixed<Value>(path(scope), badPath),
        debugOverride: mixed<Value>(fc.boolean(), oneOf(badTruth, anyDebugOverride(scope.release))),
        optimization: mixed<Value>(badOptimization, anyOptimization(scope.release)),
        misfit: fc.constantFrom<
          (path: Value, debugOverride: Value, optimization: Value) => Pick<Call, 'args' | 'kwargs'>
        >(
          (_, debugOverride) => ({ args: [], kwargs: [['debug_override', debugOverride]] }),
          (text, debugOverride, optimization) => ({
            args: [text, debugOverride, optimization],
            kwargs: [],
          }),
          (text, debugOverride, optimization) => ({
            args: [text, debugOverride],
            kwargs: [['level', optimization]],
          }),
          (text, debugOverride, optimization) => ({
            args: [text, debugOverride],
            kwargs: [['debug_override', optimization]],
          }),
        ),
      }),
    calls: ({ state, path: text, debugOverride, optimization, misfit }) => [
      { state, ...misfit(text, debugOverride, optimization) },
    ],
    holds: (_, outcomes) => {
      raises(outcomes, 0, 'TypeError');
      warns(outcomes, 0, []);
    },
  }),

  law({
    rule: 'order-warning-before-error',
    says: {
      decides: ({ step, override }) => where(step !== undefined && override !== null, 'warnings'),
      // Without an exception, there is no order.
      allows: ({ got }) => got.kind === 'return',
    },
    needs: ['warnings'],
    // At least one fault after the warning.
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        debugOverride: mixed<Value>(fc.boolean(), any(scope.release).object),
        fault: oneOf(
          fc.record({ path: badPath }),
          fc.record({ optimization: badOptimization }),
          fc.record({ debugOverride: badTruth }),
          fc.record({ noTag: fc.constant(true) }),
        ),
      }),
    calls: ({ state, debugOverride, fault }) => {
      const faults: { path?: Value; optimization?: Value; debugOverride?: Value; noTag?: boolean } = fault;
      return [
        call(
          faults.noTag === true ? { ...state, cacheTag: null } : state,
          faults.path ?? (faults.path === null ? null : str('b.py')),
          {
            debugOverride: faults.debugOverride ?? debugOverride,
            optimization: faults.optimization,
          },
        ),
      ];
    },
    holds: (_, outcomes) => warns(outcomes, 0, [deprecated]),
  }),

  law({
    rule: 'order-both-given-before-truth',
    says: (seen) =>
      where(
        seen.step === 'both given' &&
          (isObject(seen.override) ||
            isObject(seen.optimization) ||
            !seen.isPathText ||
            seen.call.state.cacheTag === null),
        ...ofRaise,
      ),
    raises: true,
    always: (scope) => [
      { state: aState(scope), noTag: false, path: str('a.py'), debugOverride: true, optimization: 1n },
    ],
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        noTag: fc.boolean(),
        path: mixed<Value>(badPath, path(scope)),
        debugOverride: mixed<Value>(badTruth, fc.boolean()),
        optimization: mixed<Value>(badOptimization, fc.constantFrom<Value>(str(''), 1n)),
      }),
    calls: ({ state, noTag, path: value, ...options }) => [
      call(noTag ? { ...state, cacheTag: null } : state, value, options),
    ],
    holds: (_, outcomes) =>
      raises(outcomes, 0, 'TypeError', str('debug_override or optimization must be set to None')),
  }),

  law({
    rule: 'order-truth-before-path',
    says: (seen) =>
      where(seen.step === 'truth' && (!seen.isPathText || seen.call.state.cacheTag === null), 'kind', 'type'),
    always: (scope) => [{ state: aState(scope), noTag: false, path: str('a.py') }],
    input: (scope) =>
      fc.record({ state: stateOf(scope), noTag: fc.boolean(), path: mixed<Value>(badPath, path(scope)) }),
    calls: ({ state, noTag, path: value }) => [
      call(noTag ? { ...state, cacheTag: null } : state, value, { debugOverride: raisesTruth }),
    ],
    holds: (_, outcomes) => raises(outcomes, 0, 'LookupError', str('truth')),
  }),

  law({
    rule: 'order-path-before-tag',
    says: ({ step, call, optimization, release }) =>
      where(
        step === 'path' && (call.state.cacheTag === null || wouldRaise(optimization, release)),
        'kind',
        'type',
      ),
    always: (scope) => [
      {
        state: aState(scope),
        noTag: false,
        path: [
          null,
          scope.release.has('path-like') || scope.platform === 'win32' ? 'TypeError' : 'AttributeError',
        ] as [Value, string],
        options: {},
      },
    ],
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { optimize: anyLevel }),
        noTag: fc.boolean(),
        path: unfit(scope),
        options: oneOf(
          fc.record({ optimization: optionalOptimization(scope, badOptimization) }),
          fc.record({ debugOverride: optionalOverride(scope, fc.boolean()) }),
          fc.constant({}),
        ),
      }),
    calls: ({ state, noTag, path: [value], options }) => [
      call(noTag ? { ...state, cacheTag: null } : state, value, options),
    ],
    holds: ({ path: [, error] }, outcomes) => raises(outcomes, 0, error),
  }),

  law({
    rule: 'order-tag-before-optimization',
    says: ({ step, optimization, release }) =>
      where(step === 'tag' && wouldRaise(optimization, release), 'kind', 'type'),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cacheTag: fc.constant(null), optimize: anyLevel }),
        path: path(scope),
        optimization: mixed<Value>(badOptimization, anyOptimization(scope.release)),
      }),
    calls: ({ state, path: text, optimization }) => [call(state, text, { optimization })],
    holds: (_, outcomes) => raises(outcomes, 0, 'NotImplementedError'),
  }),
];
