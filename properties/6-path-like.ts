/* The laws of spec/6-path-like.md. */
import * as fc from './inputs/arbitraries.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import { Str, str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { holdsTag, raises, same, textOf } from './expect.ts';
import { call, optionalOptimization } from './inputs/calls.ts';
import { path } from './inputs/paths.ts';
import { aState, stateOf } from './inputs/states.ts';
import { any, anyBytes, anyFloat, anyInteger, hideable, raising } from './inputs/values.ts';
import { Instance } from '../src/python/objects.ts';
import { law, type Statement, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import {
  fspathOf,
  givesBytes,
  isSequence,
  kindOf,
  objectOf,
  ofRaise,
  raisesFirst,
  where,
  withPath,
} from './seen.ts';
import { pieces } from './parts.ts';

/** A law about values that are equivalent to a path given as text. */
const standsFor = (
  rule: string,
  says: Statement,
  values: (text: Str, scope: Scope) => fc.Arbitrary<Value>,
): Law =>
  law({
    rule,
    says,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope).chain((text) => fc.record({ text: fc.constant(text), value: values(text, scope) })),
        optimization: optionalOptimization(scope, fc.constantFrom(undefined, str(''), 2n)),
      }),
    calls: ({ state, path: { text, value }, optimization }) => [
      call(state, text, { optimization }),
      call(state, value, { optimization }),
    ],
    holds: ({ state }, outcomes) => {
      textOf(outcomes, 0);
      same(outcomes, 1, 0);
      holdsTag(outcomes, 1, state);
    },
  });

/** A law about paths that raise. */
const refuses = (
  rule: string,
  says: Statement,
  values: (scope: Scope) => fc.Arbitrary<Value>,
  always: readonly Value[] = [],
): Law =>
  law({
    rule,
    says,
    raises: true,
    input: (scope) => fc.record({ state: stateOf(scope), value: values(scope) }),
    always: (scope) => always.map((value) => ({ state: aState(scope), value })),
    calls: ({ state, value }) => [call(state, value)],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  });

const isBytesOrText = (value: Value): boolean => {
  if (value === null || typeof value !== 'object') return false;
  return (
    value.kind === 'str' || value.kind === 'bytes' || (value.kind === 'object' && value.is instanceof Str)
  );
};

const noPath: readonly Value[] = [
  null,
  1n,
  true,
  py.float(1),
  py.list(str('a.py')),
  py.tuple(str('a'), str('b.py')),
];
/** A value that is neither text nor bytes. */
const noPathText = ({ release }: Scope): fc.Arbitrary<Value> =>
  mixed<Value>(
    fc.constantFrom(...noPath),
    any(release).value.map((value) => (isBytesOrText(value) ? py.list(value) : value)),
  );

export const laws: Law[] = [
  law({
    rule: 'like-only-text-before-path-like',
    says: (seen) => where(seen.step === 'path' && kindOf(seen.record.path!) !== 'bytes', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        value: oneOf(
          path(scope).map((text): Value => py.pathLike(text)),
          noPathText(scope),
        ),
      }),
    calls: ({ state, value }) => [call(state, value)],
    // On Windows, the function inspects the value itself before it calls a method.
    holds: (_, outcomes, { platform }) => {
      const [outcome] = outcomes;
      const looked = platform === 'win32' && outcome?.kind === 'raise' && outcome.type === 'TypeError';
      if (!looked) raises(outcomes, 0, 'AttributeError');
    },
  }),

  standsFor(
    'like-fspath-gives-the-path',
    {
      decides: (seen) => where(seen.record.fspath !== undefined && !seen.isPathText, ...ofRaise, ...pieces),
      twin: ({ call, record: { fspath } }) => (fspath === undefined ? undefined : withPath(call, fspath)),
    },
    (text) =>
      fc.constantFrom(
        py.pathLike(text),
        py.pathLike(py.object({ is: text })),
        py.pathLike(py.object({ is: text, str: str('x.py') })),
      ),
  ),

  standsFor(
    'like-fspath-asked-once',
    {
      decides: (seen) =>
        where(
          (seen.record.fspath !== undefined || seen.step === 'path') &&
            isSequence(fspathOf(seen.written('path'))),
          ...ofRaise,
          ...pieces,
        ),
      twin: ({ call, record: { fspath } }) => (fspath === undefined ? undefined : withPath(call, fspath)),
    },
    (text, { release }) =>
      fc
        .array(any(release).answer, { minLength: 1, maxLength: 2 })
        .map((later) => py.pathLike(py.sequence(text, str('asked/twice.py'), ...later))),
  ),

  law({
    rule: 'like-fspath-error-passes-through',
    says: (seen) => where(seen.step === 'path' && raisesFirst(seen), ...ofRaise),
    input: (scope) => fc.record({ state: stateOf(scope), error: raising }),
    always: (scope) => hideable.map((error) => ({ state: aState(scope), error })),
    calls: ({ state, error }) => [call(state, py.pathLike(error))],
    holds: ({ error }, outcomes) =>
      raises(outcomes, 0, error.type, error.type === 'KeyError' ? undefined : (error.message ?? Str.empty)),
  }),

  refuses(
    'like-fspath-must-give-str',
    (seen) =>
      where(
        seen.step === 'path' &&
          fspathOf(seen.written('path')) !== undefined &&
          !raisesFirst(seen) &&
          !givesBytes(seen),
        ...ofRaise,
      ),
    (scope) => noPathText(scope).map(py.pathLike),
    [...noPath, py.object(), py.pathLike(str('a.py'))].map(py.pathLike),
  ),

  refuses(
    'like-bytes-raise',
    (seen) => where(seen.step === 'path' && givesBytes(seen), 'kind', 'type'),
    (scope) =>
      mixed(
        path(scope).map((text) => py.bytes(text.units.replaceAll(/[^\0-\xff]/g, '?'))),
        anyBytes,
      ).chain((bytes) =>
        scope.release.has('path-like')
          ? fc.constantFrom<Value>(bytes, py.pathLike(bytes))
          : fc.constant<Value>(bytes),
      ),
  ),

  refuses(
    'like-other-types-raise',
    (seen) =>
      where(
        seen.step === 'path' && fspathOf(seen.written('path')) === undefined && !givesBytes(seen),
        ...ofRaise,
      ),
    ({ release }) =>
      mixed<Value>(
        fc.constantFrom<Value>(
          null,
          true,
          false,
          0n,
          1n,
          py.float(1),
          py.list(),
          py.list(str('a.py')),
          py.tuple(str('a.py')),
          py.object(),
        ),
        oneOf<fc.Arbitrary<Value>[]>(
          anyInteger,
          anyFloat,
          fc.array(any(release).value, { maxLength: 2 }).map((items) => py.list(...items)),
          fc.array(any(release).value, { maxLength: 2 }).map((items) => py.tuple(...items)),
          any(release).object.map(({ is, ...methods }) =>
            py.object(is instanceof Str || is === undefined ? methods : { is, ...methods }),
          ),
        ),
      ),
  ),

  refuses(
    'like-str-method-makes-no-path',
    (seen) => where(seen.step === 'path' && objectOf(seen.written('path'))?.str !== undefined, ...ofRaise),
    (scope) =>
      fc
        .tuple(path(scope), fc.option(anyInteger, { nil: undefined }))
        .map(([text, held]) => py.object(held === undefined ? { str: text } : { is: held, str: text })),
  ),

  standsFor(
    'like-str-subclass-is-accepted',
    {
      decides: ({ record: { path, fspath } }) =>
        where(
          fspath !== undefined && path instanceof Instance && path.base instanceof Str,
          ...ofRaise,
          ...pieces,
        ),
      twin: ({ call, record: { fspath } }) => (fspath === undefined ? undefined : withPath(call, fspath)),
    },
    (text, { release }) =>
      fc
        .record({ str: any(release).answer, bool: any(release).answer }, { requiredKeys: [] })
        .map((methods) => py.object({ is: text, ...methods })),
  ),
];
