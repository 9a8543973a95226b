import * as fc from './arbitraries.ts';
import { oneOf } from './draw.ts';
import { signatureOf } from '../../src/cache-from-source.ts';
import type { Call } from '../../src/python/call.ts';
import type { Release } from '../../src/python/releases.ts';
import type { State } from '../../src/python/interpreter.ts';
import { str, type Str } from '../../src/python/text.ts';
import { py, type Value } from '../../src/python/values.ts';
import type { Scope } from '../scope.ts';
import { listed, orListed } from './listed.ts';
import { plainPath, wildPath } from './paths.ts';
import { anyLevel, anyPrefix, anyWorkingDirectory, ownTag, stateOf, wildTag } from './states.ts';
import { alphanumericText, any, anyDebugOverride, anyOptimization, anyPathValue } from './values.ts';

/** The keyword arguments of a call in canonical form. An undefined one is omitted. */
export type Options = {
  readonly debugOverride?: Value | undefined;
  readonly optimization?: Value | undefined;
};

/** A call in canonical form: the path by position, all else by keyword. */
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

/** The keywords of a call that match no parameter, or one that already has a value. */
const misfits = ({ args, kwargs }: Call, release: Release): string[] => {
  const { parameters, positional } = signatureOf(release);
  const free = new Set(parameters.slice(Math.min(args.length, positional)));
  return kwargs.flatMap(([name]) => (free.has(name) ? [] : [name]));
};

/** Whether a call has only one outcome: if keyword arguments arrive in any order, at most one of them may be wrong. */
export const isSettled = (call: Call, release: Release): boolean =>
  release.has('keywords-in-order') || misfits(call, release).length <= 1;

/** The call reduced to one outcome: of several wrong keywords, only the first is kept. */
export function settled(call: Call, { release }: Scope): Call {
  if (isSettled(call, release)) return call;
  const [, ...others] = misfits(call, release);
  return { ...call, kwargs: call.kwargs.filter(([name]) => !others.includes(name)) };
}

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

/** Values for a parameter, or undefined if the release does not have it. */
export const optionalOverride = (
  { release }: Scope,
  values: fc.Arbitrary<Value | undefined> = anyDebugOverride(release),
): fc.Arbitrary<Value | undefined> => (release.has('no-debug-override') ? fc.constant(undefined) : values);

export const optionalOptimization = (
  { release }: Scope,
  values: fc.Arbitrary<Value | undefined> = anyOptimization(release),
): fc.Arbitrary<Value | undefined> => (release.has('optimization') ? values : fc.constant(undefined));

/** A state with any cache tag and level that the subject can be given. */
const variedState = (
  scope: Scope,
  parts: Partial<Record<'pycachePrefix' | 'cwd', fc.Arbitrary<Str | null>>> = {},
): fc.Arbitrary<State> =>
  stateOf(scope, {
    ...parts,
    ...(scope.fixed.cacheTag === undefined
      ? { cacheTag: oneOf({ arbitrary: ownTag(scope), weight: 3 }, { arbitrary: wildTag, weight: 1 }) }
      : {}),
    ...(scope.fixed.optimize === undefined ? { optimize: anyLevel } : {}),
  });

/** Parts of a call that returns. Each part shows in the result, whatever the others are. */
const goodParts = (scope: Scope): CallParts => ({
  state: variedState(scope),
  path: oneOf({ arbitrary: plainPath(scope), weight: 1 }, { arbitrary: wildPath(scope), weight: 2 }),
  debugOverride: fc.constant(undefined),
  optimization: optionalOptimization(
    scope,
    fc.oneof(
      {
        arbitrary: listed<Value | undefined>(undefined, str(''), 0n, 1n, 2n, str('x'), true),
        weight: 3,
      },
      { arbitrary: alphanumericText(scope.release), weight: 1 },
    ),
  ),
});

const wildState = (scope: Scope): fc.Arbitrary<State> =>
  stateOf(scope, {
    cacheTag: oneOf(
      { arbitrary: ownTag(scope), weight: 2 },
      { arbitrary: wildTag, weight: 1 },
      { arbitrary: fc.constant(null), weight: 1 },
    ),
    optimize: anyLevel,
    pycachePrefix: oneOf(
      { arbitrary: fc.constant(null), weight: 2 },
      { arbitrary: anyPrefix(scope), weight: 1 },
    ),
    cwd: anyWorkingDirectory(scope),
  });

/** Mostly unusual tags, and None. */
const anyTag = (scope: Scope): fc.Arbitrary<Str | null> =>
  oneOf(
    { arbitrary: ownTag(scope), weight: 1 },
    { arbitrary: wildTag, weight: 5 },
    { arbitrary: fc.constant(null), weight: 2 },
  );

const wildParts = (scope: Scope): CallParts => ({
  state: wildState(scope),
  path: oneOf({ arbitrary: wildPath(scope), weight: 1 }, { arbitrary: anyPathValue(scope), weight: 1 }),
  debugOverride: maybe(anyDebugOverride(scope.release)),
  optimization: maybe(anyOptimization(scope.release)),
});

/** The part of a call that a chapter is about. */
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

/** Calls that return, except for the part that a chapter is about. One in three is unusual in every part. */
export function callsAbout(topic: Topic, scope: Scope): fc.Arbitrary<Call> {
  const good = goodParts(scope);
  const wild = wildParts(scope);
  const below = variedState(scope, { pycachePrefix: anyPrefix(scope), cwd: anyWorkingDirectory(scope) });
  const usual: Record<Topic, () => fc.Arbitrary<Call>> = {
    call: () => anyArguments(scope),
    path: () => callsOf({ ...good, path: wildPath(scope) }),
    cacheTag: () => callsOf({ ...good, state: stateOf(scope, { cacheTag: anyTag(scope) }) }),
    optimization: () =>
      callsOf({
        ...good,
        optimization: oneOf(
          { arbitrary: fc.constant(undefined), weight: 1 },
          { arbitrary: anyOptimization(scope.release), weight: 7 },
        ),
      }),
    debugOverride: () =>
      callsOf({
        ...good,
        debugOverride: anyDebugOverride(scope.release),
        optimization: oneOf(
          { arbitrary: fc.constant(undefined), weight: 5 },
          { arbitrary: good.optimization, weight: 1 },
        ),
      }),
    pathLike: () => callsOf({ ...good, path: anyPathValue(scope) }),
    order: () => oneOf(callsOf(wild), withFaults(scope)),
    pycachePrefix: () => callsOf({ ...good, state: below, path: wildPath(scope) }),
    windows: () => callsOf({ ...good, state: oneOf(good.state, below), path: wildPath(scope) }),
  };
  const calls = oneOf(
    { arbitrary: usual[topic](), weight: 2 },
    { arbitrary: oneOf(callsOf(wild), anyArguments(scope), withFaults(scope)), weight: 1 },
  );
  return scope.release.has('keywords-in-order') ? calls : calls.map((one) => settled(one, scope));
}

/** What makes a call raise. */
type Fault =
  | 'tag'
  | 'path'
  | 'arguments'
  | 'optimization'
  | 'truth'
  | 'both given'
  | 'working directory'
  | 'place';

/**
 * Pairs of faults that are possible in the release. Pairs with a late fault are drawn most often, because they are the
 * rarest elsewhere.
 */
function twoFaults({ release }: Scope): fc.Arbitrary<readonly Fault[]> {
  const takesOptimization = release.has('optimization');
  const takesOverride = !release.has('no-debug-override');
  const early: Fault[] = [
    'tag',
    'path',
    'arguments',
    ...(takesOptimization ? (['optimization'] as const) : []),
    ...(takesOverride ? (['truth'] as const) : []),
    ...(takesOptimization && takesOverride ? (['both given'] as const) : []),
  ];
  const late: Fault[] = release.has('pycache-prefix') ? ['working directory', 'place'] : [];
  const alone = [...early, ...late].map((fault) => [fault]);
  const amongEarly = listed(...early.flatMap((one, i) => early.slice(i + 1).map((other) => [one, other])));
  if (late.length === 0) return orListed(amongEarly, ...alone);
  const withLate = listed(...late.flatMap((one) => early.map((other) => [one, other])));
  return orListed(oneOf({ arbitrary: amongEarly, weight: 1 }, { arbitrary: withLate, weight: 3 }), ...alone);
}

/** Calls that are plain except for their faults. */
function withFaults(scope: Scope): fc.Arbitrary<Call> {
  return fc
    .record({
      state: stateOf(scope),
      prefix: anyPrefix(scope),
      path: plainPath(scope),
      keyword: unknownKeyword,
      noPath: listed<Value>(null, 1n, py.bytes('a.py'), py.pathLike(py.raises('OSError', 'path'))),
      noTruth: listed<Value>(
        py.object({ bool: py.raises('LookupError', 'truth') }),
        py.object({ bool: null }),
      ),
      noOptimization: listed<Value>(str('_'), -1n, py.object({ str: py.raises('RuntimeError', 'text') })),
      truth: fc.boolean(),
      optimization: listed<Value>(str('x'), 1n),
      faults: twoFaults(scope),
    })
    .map(({ state, faults, ...parts }) => {
      const has = (fault: Fault): boolean => faults.includes(fault);
      const refused = str(scope.platform === 'posix' ? '//a.py' : 'a\0\\a.py');
      const made = call(
        {
          ...state,
          ...(has('tag') ? { cacheTag: null } : {}),
          ...(has('working directory') ? { pycachePrefix: parts.prefix, cwd: null } : {}),
          ...(has('place') ? { pycachePrefix: parts.prefix } : {}),
        },
        has('path')
          ? parts.noPath
          : has('place')
            ? refused
            : has('working directory')
              ? str('a.py')
              : parts.path,
        {
          debugOverride: has('truth') ? parts.noTruth : has('both given') ? parts.truth : undefined,
          optimization: has('optimization')
            ? parts.noOptimization
            : has('both given')
              ? parts.optimization
              : undefined,
        },
      );
      return has('arguments') ? { ...made, kwargs: [...made.kwargs, [parts.keyword, null]] } : made;
    });
}

/** Names that are not parameters, some of which resemble one. */
export const unknownKeyword: fc.Arbitrary<string> = oneOf(
  listed(
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
  listed('\u00f6ptimization', 'pa\u0442h', 'source', 'filename', 'o', '_', ''),
  fc.string({ unit: listed(...'abdeghimnoprtuvz_OPD') }),
).filter((name) => name !== 'path' && name !== 'debug_override' && name !== 'optimization');

/** Any positional and keyword arguments, whether or not they fit. */
const anyArguments = (scope: Scope): fc.Arbitrary<Call> => {
  const { value } = any(scope.release);
  const keyword = oneOf(
    { arbitrary: listed('path', 'debug_override', 'optimization'), weight: 2 },
    { arbitrary: unknownKeyword, weight: 1 },
  );
  return fc
    .record({
      state: wildState(scope),
      first: fc.array(wildPath(scope), { maxLength: 1 }),
      more: fc.array(value, { maxLength: 3 }),
      kwargs: fc.uniqueArray(fc.tuple(keyword, orListed(oneOf(wildPath(scope), value), null)), {
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
