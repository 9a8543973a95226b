import fc from 'fast-check';
import { oneOf } from './draw.ts';
import type { Release } from '../../src/python/releases.ts';
import { Str, str } from '../../src/python/text.ts';
import {
  py,
  type Answer,
  type Obj,
  type PathLike,
  type Raises,
  type Sequence,
  type Value,
} from '../../src/python/values.ts';
import { alphanumeric, notAlphanumeric } from './characters.ts';
import type { Scope } from '../property.ts';
import { anyPath, wildPath } from './paths.ts';
import { anyText, text } from './texts.ts';

/** Zero, one and two, sizes at which integers change their form, and any. */
export const anyInteger: fc.Arbitrary<bigint> = oneOf(
  { arbitrary: fc.constantFrom(0n, 1n, 2n, 3n, 10n, -1n), weight: 4 },
  { arbitrary: fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      2n ** 31n,
      2n ** 32n,
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 53n + 1n,
      2n ** 63n,
      2n ** 64n,
      -(2n ** 53n),
    ),
    weight: 1,
  },
);

/** Around the number of digits at which a release may refuse. */
export const longInteger: fc.Arbitrary<bigint> = fc
  .record({
    digits: fc.integer({ min: 4298, max: 4302 }),
    less: fc.constantFrom(0n, 1n),
    sign: fc.constantFrom(1n, -1n),
  })
  .map(({ digits, less, sign }) => sign * (10n ** BigInt(digits) - less));

/** Floats at which the repr changes its form, and any. */
export const anyFloat = oneOf(
  fc.constantFrom(0, -0, 1, 2, 0.5, -1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.constantFrom(
    1e15,
    1e16,
    1e17,
    1e22,
    9999999999999998,
    123456789012345680,
    1e-4,
    1e-5,
    0.00012,
    5e-324,
    1e100,
  ),
  fc.double(),
).map(py.float);

export const anyBytes = fc.array(oneOf(fc.integer({ min: 0x20, max: 0x7e }), fc.nat(255))).map(py.bytes);

/** Text of alphanumeric characters alone, at least one. */
export const alphanumericText = (release: Release): fc.Arbitrary<Str> => text(alphanumeric(release), 1);

/** Text that is judged: alphanumeric, or all but. */
export const optimizationText = (release: Release): fc.Arbitrary<Str> =>
  oneOf(
    fc.constantFrom('', '0', '1', '2', 'x', 'True', 'False', 'None', 'none', 'O', 'opt').map(str),
    alphanumericText(release),
    fc
      .tuple(text(alphanumeric(release)), notAlphanumeric(release), text(alphanumeric(release)))
      .map(([before, point, after]) => Str.join('', [before, Str.fromCodePoints([point]), after])),
    anyText,
  );

const exceptionTypes = [
  'ValueError',
  'TypeError',
  'OSError',
  'KeyError',
  'RuntimeError',
  'AttributeError',
  'StopIteration',
  'NotImplementedError',
  'KeyboardInterrupt',
  'CustomError',
];

/** A method that raises. */
export const raising: fc.Arbitrary<Raises> = fc
  .tuple(fc.constantFrom(...exceptionTypes), fc.option(anyText, { nil: undefined }))
  .map(([type, message]) => py.raises(type, message));

/** Methods that raise what programs catch to see whether there is such a method, or such a value. */
export const hideable: readonly Raises[] = [
  'AttributeError',
  'TypeError',
  'ValueError',
  'NotImplementedError',
].map((type) => py.raises(type, str('hidden')));

type Kinds = {
  value: Value;
  items: Value[];
  pathLike: PathLike;
  object: Obj;
  answer: Answer;
  sequence: Sequence;
};

const made = new Map<Release, fc.LetrecValue<Kinds>>();

/** Every kind of value, and objects whose methods answer with them. */
export function any(release: Release): fc.LetrecValue<Kinds> {
  const kinds = made.get(release) ?? anyOf(release);
  made.set(release, kinds);
  return kinds;
}

const anyOf = (release: Release): fc.LetrecValue<Kinds> =>
  fc.letrec<Kinds>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: fc.constantFrom<Value>(null, true, false), weight: 3 },
      { arbitrary: anyInteger, weight: 3 },
      { arbitrary: optimizationText(release), weight: 3 },
      { arbitrary: anyFloat, weight: 1 },
      { arbitrary: anyBytes, weight: 1 },
      { arbitrary: tie('items').map((items) => py.list(...items)), weight: 1 },
      { arbitrary: tie('items').map((items) => py.tuple(...items)), weight: 1 },
      { arbitrary: tie('pathLike'), weight: 1 },
      { arbitrary: tie('object'), weight: 3 },
    ),
    items: fc.array(tie('value'), { maxLength: 3 }),
    pathLike: tie('answer').map(py.pathLike),
    object: fc
      .record(
        {
          is: oneOf(optimizationText(release), anyPath(), anyInteger),
          str: tie('answer'),
          bool: tie('answer'),
          eq: tie('answer'),
        },
        { requiredKeys: [] },
      )
      .map(py.object),
    answer: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: oneOf(anyPath(), optimizationText(release)), weight: 4 },
      { arbitrary: fc.boolean(), weight: 3 },
      { arbitrary: raising, weight: 2 },
      { arbitrary: tie('value'), weight: 2 },
      { arbitrary: tie('sequence'), weight: 2 },
    ),
    sequence: fc
      .array(tie('answer'), { minLength: 1, maxLength: 3 })
      .map((answers) => py.sequence(...answers)),
  }));

/** What may be given as a debug override. */
export const anyDebugOverride = (release: Release): fc.Arbitrary<Value> =>
  oneOf(
    { arbitrary: fc.constantFrom<Value>(true, false, null), weight: 2 },
    {
      arbitrary: fc.constantFrom<Value>(0n, 1n, 2n, str(''), str('x'), py.list(), py.list(0n), py.tuple()),
      weight: 2,
    },
    { arbitrary: any(release).value, weight: 2 },
    { arbitrary: any(release).object, weight: 1 },
  );

/** What may be given as an optimization. */
export const anyOptimization = (release: Release): fc.Arbitrary<Value> =>
  oneOf(
    { arbitrary: optimizationText(release), weight: 4 },
    { arbitrary: fc.constantFrom<Value>(0n, 1n, 2n, true, false, null), weight: 2 },
    { arbitrary: any(release).value, weight: 2 },
    { arbitrary: any(release).object, weight: 1 },
    {
      arbitrary: oneOf({ arbitrary: anyInteger, weight: 20 }, { arbitrary: longInteger, weight: 1 }),
      weight: 1,
    },
  );

/** What may be given as a path. */
export const anyPathValue = (scope: Scope): fc.Arbitrary<Value> =>
  oneOf(
    { arbitrary: wildPath(scope), weight: 3 },
    { arbitrary: any(scope.release).pathLike, weight: 3 },
    { arbitrary: any(scope.release).value, weight: 2 },
  );
