import fc from 'fast-check';
import { oneOf } from './draw.ts';
import type { Call } from '../../src/python/call.ts';
import type { State } from '../../src/python/interpreter.ts';
import { str, type Str } from '../../src/python/text.ts';
import type { Value } from '../../src/python/values.ts';
import type { Scope } from '../property.ts';
import { plainPath, wildPath } from './paths.ts';
import { anyLevel, anyPrefix, anyWorkingDirectory, stateOf, wildTag } from './states.ts';
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
  readonly state: fc.Arbitrary<State>;
  readonly path: fc.Arbitrary<Value>;
  readonly debugOverride: fc.Arbitrary<Value | undefined>;
  readonly optimization: fc.Arbitrary<Value | undefined>;
};

const callsOf = ({
  state: states,
  path: paths,
  debugOverride,
  optimization,
}: CallParts): fc.Arbitrary<Call> =>
  fc
    .record({ state: states, path: paths, debugOverride, optimization })
    .map(({ state, path: value, ...options }) => call(state, value, options));

/** What may be given for a parameter, where the release has it. */
export const optionalOverride = (
  { release }: Scope,
  values: fc.Arbitrary<Value | undefined> = anyDebugOverride(release),
): fc.Arbitrary<Value | undefined> => (release.has('no-debug-override') ? fc.constant(undefined) : values);

export const optionalOptimization = (
  { release }: Scope,
  values: fc.Arbitrary<Value | undefined> = anyOptimization(release),
): fc.Arbitrary<Value | undefined> => (release.has('optimization') ? values : fc.constant(undefined));

const plainParts = (scope: Scope): CallParts => ({
  state: stateOf(scope),
  path: plainPath(scope),
  debugOverride: fc.constant(undefined),
  optimization: optionalOptimization(scope, fc.constantFrom(undefined, str(''), 1n, 2n, str('x'))),
});

const wildState = (scope: Scope): fc.Arbitrary<State> =>
  stateOf(scope, {
    cacheTag: anyTag,
    optimize: anyLevel,
    pycachePrefix: oneOf(
      { arbitrary: fc.constant(null), weight: 2 },
      { arbitrary: anyPrefix(scope), weight: 1 },
    ),
    cwd: anyWorkingDirectory(scope),
  });

const anyTag: fc.Arbitrary<Str | null> = oneOf(
  { arbitrary: wildTag, weight: 3 },
  { arbitrary: fc.constant(null), weight: 1 },
);

const wildParts = (scope: Scope): CallParts => ({
  state: wildState(scope),
  path: oneOf({ arbitrary: wildPath(scope), weight: 1 }, { arbitrary: anyPathValue(scope), weight: 1 }),
  debugOverride: maybe(anyDebugOverride(scope.release)),
  optimization: maybe(anyOptimization(scope.release)),
});

/** The part of a call that a chapter speaks of. */
export type Topic =
  | 'call'
  | 'path'
  | 'cacheTag'
  | 'optimization'
  | 'debugOverride'
  | 'pathLike'
  | 'order'
  | 'pycachePrefix'
  | 'windows';

/** Calls that are plain but for what a chapter speaks of, and one in four wild throughout. */
export function callsAbout(topic: Topic, scope: Scope): fc.Arbitrary<Call> {
  const plain = plainParts(scope);
  const wild = wildParts(scope);
  const below = stateOf(scope, { pycachePrefix: anyPrefix(scope), cwd: anyWorkingDirectory(scope) });
  const usual: Record<Topic, () => fc.Arbitrary<Call>> = {
    call: () => anyArguments(scope),
    path: () => callsOf({ ...plain, path: wildPath(scope) }),
    cacheTag: () => callsOf({ ...plain, state: stateOf(scope, { cacheTag: anyTag }) }),
    optimization: () =>
      callsOf({
        ...plain,
        state: stateOf(scope, { optimize: anyLevel }),
        optimization: anyOptimization(scope.release),
      }),
    debugOverride: () =>
      callsOf({
        ...plain,
        debugOverride: wild.debugOverride,
        optimization: oneOf(fc.constant(undefined), fc.constant(undefined), plain.optimization),
      }),
    pathLike: () => callsOf({ ...plain, path: anyPathValue(scope) }),
    order: () => callsOf(wild),
    pycachePrefix: () => callsOf({ ...plain, state: below, path: wildPath(scope) }),
    windows: () => callsOf({ ...plain, state: oneOf(plain.state, below), path: wildPath(scope) }),
  };
  return oneOf(
    { arbitrary: usual[topic](), weight: 3 },
    { arbitrary: oneOf(callsOf(wild), anyArguments(scope)), weight: 1 },
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
      state: wildState(scope),
      first: fc.array(wildPath(scope), { maxLength: 1 }),
      more: fc.array(value, { maxLength: 3 }),
      kwargs: fc.uniqueArray(fc.tuple(keyword, oneOf(wildPath(scope), value)), {
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
