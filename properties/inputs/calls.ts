import fc from 'fast-check';
import { oneOf } from './draw.ts';
import type { Call } from '../../src/python/call.ts';
import type { State } from '../../src/python/interpreter.ts';
import { str, type Str } from '../../src/python/text.ts';
import type { Value } from '../../src/python/values.ts';
import type { Scope } from '../property.ts';
import { path, plainPath } from './paths.ts';
import { anyLevel, ownLevel, ownTag, stateOf, wildTag } from './states.ts';
import { any, anyDebugOverride, anyOptimization, anyPathValue } from './values.ts';

/** The keyword arguments of a call in canonical form; what is undefined is not given. */
export type Options = {
  readonly debugOverride?: Value | undefined;
  readonly optimization?: Value | undefined;
};

/** A call in canonical form: the path by position, the rest by keyword. */
export const call = (
  state: State,
  pathValue: Value,
  { debugOverride, optimization }: Options = {},
): Call => ({
  state,
  args: [pathValue],
  kwargs: [
    ...(debugOverride === undefined ? [] : [['debug_override', debugOverride] as const]),
    ...(optimization === undefined ? [] : [['optimization', optimization] as const]),
  ],
});

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

type CallParts = {
  readonly cacheTag: fc.Arbitrary<Str | null>;
  readonly optimize: fc.Arbitrary<bigint>;
  readonly path: fc.Arbitrary<Value>;
  readonly debugOverride: fc.Arbitrary<Value | undefined>;
  readonly optimization: fc.Arbitrary<Value | undefined>;
};

const callsOf = (
  scope: Scope,
  { cacheTag, optimize, path: paths, debugOverride, optimization }: CallParts,
): fc.Arbitrary<Call> =>
  fc
    .record({ state: stateOf(scope, { cacheTag, optimize }), path: paths, debugOverride, optimization })
    .map(({ state, path: value, ...options }) => call(state, value, options));

const plainParts = (scope: Scope): CallParts => ({
  cacheTag: ownTag(scope),
  optimize: ownLevel(scope),
  path: plainPath,
  debugOverride: fc.constant(undefined),
  optimization: fc.constantFrom(undefined, str(''), 1n, 2n, str('x')),
});

const wildParts = ({ release }: Scope): CallParts => ({
  cacheTag: oneOf({ arbitrary: wildTag, weight: 3 }, { arbitrary: fc.constant(null), weight: 1 }),
  optimize: anyLevel,
  path: oneOf({ arbitrary: path, weight: 1 }, { arbitrary: anyPathValue(release), weight: 1 }),
  debugOverride: maybe(anyDebugOverride(release)),
  optimization: maybe(anyOptimization(release)),
});

/** The part of a call that a chapter speaks of. */
export type Topic = 'call' | 'path' | 'cacheTag' | 'optimization' | 'debugOverride' | 'pathLike' | 'order';

/** Calls that are plain but for what a chapter speaks of, and one in four wild throughout. */
export function callsAbout(topic: Topic, scope: Scope): fc.Arbitrary<Call> {
  const plain = plainParts(scope);
  const wild = wildParts(scope);
  const usual: Record<Topic, () => fc.Arbitrary<Call>> = {
    call: () => anyArguments(scope),
    path: () => callsOf(scope, { ...plain, path }),
    cacheTag: () => callsOf(scope, { ...plain, cacheTag: wild.cacheTag }),
    optimization: () =>
      callsOf(scope, { ...plain, optimization: anyOptimization(scope.release), optimize: wild.optimize }),
    debugOverride: () =>
      callsOf(scope, {
        ...plain,
        debugOverride: wild.debugOverride,
        optimization: oneOf(fc.constant(undefined), fc.constant(undefined), plain.optimization),
      }),
    pathLike: () => callsOf(scope, { ...plain, path: anyPathValue(scope.release) }),
    order: () => callsOf(scope, wild),
  };
  return oneOf(
    { arbitrary: usual[topic](), weight: 3 },
    { arbitrary: oneOf(callsOf(scope, wild), anyArguments(scope)), weight: 1 },
  );
}

/** Names that are no parameters, some of which look like one. */
export const unknownKeyword: fc.Arbitrary<string> = oneOf(
  fc.constantFrom(
    'optimisation',
    'optimizations',
    'Optimization',
    'paths',
    'pathh',
    'debug',
    'debug_overide',
    'p',
    'level',
    'self',
  ),
  fc.constantFrom('\u00f6ptimization', 'pa\u0442h', 'source', 'filename', 'o', '_', ''),
  fc.string({ unit: fc.constantFrom(...'abdeghimnoprtuvz_OPD') }),
).filter((name) => name !== 'path' && name !== 'debug_override' && name !== 'optimization');

/** Any arguments by position and by keyword, fitting or not. */
const anyArguments = (scope: Scope): fc.Arbitrary<Call> => {
  const { value } = any(scope.release);
  const keyword = oneOf(
    { arbitrary: fc.constantFrom('path', 'debug_override', 'optimization'), weight: 4 },
    { arbitrary: unknownKeyword, weight: 1 },
  );
  return fc
    .record({
      state: stateOf(scope, wildParts(scope)),
      first: fc.array(path, { maxLength: 1 }),
      more: fc.array(value, { maxLength: 3 }),
      kwargs: fc.uniqueArray(fc.tuple(keyword, oneOf(path, value)), {
        selector: ([name]) => name,
        maxLength: 3,
      }),
    })
    .map(({ state, first, more, kwargs }) => ({
      state,
      args: first.length === 0 ? [] : [...first, ...more],
      kwargs,
    }));
};
