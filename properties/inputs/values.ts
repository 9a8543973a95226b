import * as fc from './arbitraries.ts';
import { oneOf } from './draw.ts';
import { listed, orListed } from './listed.ts';
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
import type { Scope } from '../scope.ts';
import { anyPath, wildPath } from './paths.ts';
import { anyText, text } from './texts.ts';

/** Zero, one, two, and sizes at which the representation of integers changes. */
const notableIntegers = [
  0n,
  1n,
  2n,
  3n,
  10n,
  -1n,
  2n ** 31n,
  2n ** 32n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  2n ** 63n,
  2n ** 64n,
  2n ** 64n + 1n,
  -(2n ** 53n),
];

/** Any integer. Notable ones are more likely, the first of them most. */
export const anyInteger: fc.Arbitrary<bigint> = oneOf(
  { arbitrary: listed(...notableIntegers.slice(0, 6)), weight: 4 },
  { arbitrary: listed(...notableIntegers), weight: 2 },
  { arbitrary: orListed(fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }), ...notableIntegers), weight: 2 },
);

/** Around the number of digits that a release may reject. */
export const longInteger: fc.Arbitrary<bigint> = orListed(
  fc
    .record({ digits: fc.integer({ min: 4298, max: 4302 }), less: listed(0n, 1n), sign: listed(1n, -1n) })
    .map(({ digits, less, sign }) => sign * (10n ** BigInt(digits) - less)),
  ...notableIntegers,
);

/** Floats around which the form of the repr changes, the plainest first. */
const notableFloats = [
  0,
  1,
  0.5,
  -0,
  2,
  -1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e15,
  1e16,
  1e17,
  1e22,
  9999999999999998,
  123456789012345680,
  1e100,
  1e-4,
  1e-5,
  0.00012,
  5e-324,
];

/** Any float. Notable ones are more likely. */
export const anyFloat = oneOf(
  { arbitrary: listed(...notableFloats), weight: 2 },
  { arbitrary: orListed(fc.double(), ...notableFloats), weight: 1 },
).map(py.float);

export const anyBytes = oneOf(
  { arbitrary: listed('', '2', 'a.py').map(py.bytes), weight: 1 },
  { arbitrary: fc.array(oneOf(fc.integer({ min: 0x20, max: 0x7e }), fc.nat(255))).map(py.bytes), weight: 2 },
);

/** Text of at least one character, all alphanumeric. */
export const alphanumericText = (release: Release): fc.Arbitrary<Str> => text(alphanumeric(release), 1);

/** Alphanumeric text with one character, in any position, that is not alphanumeric. */
const spoiledText = (release: Release): fc.Arbitrary<Str> => {
  const maybe = oneOf(fc.constant(Str.empty), alphanumericText(release));
  return fc
    .tuple(maybe, oneOf(listed(...spoilers), orListed(notAlphanumeric(release), ...spoilers)), maybe)
    .map(([before, point, after]) => Str.join('', [before, Str.fromCodePoints([point]), after]));
};

/** An underscore, a sign, a space, a line break, NUL, a combining mark, a dash and a surrogate. */
const spoilers = [0x5f, 0x2d, 0x20, 0x0a, 0, 0x301, 0x2013, 0xdce9];

/** Text for the alphanumeric check: alphanumeric, or almost. */
export const optimizationText = (release: Release): fc.Arbitrary<Str> =>
  oneOf(
    listed('', '0', 'x', 'X', '-1', '007', 'None', 'True', 'False', 'none').map(str),
    alphanumericText(release),
    spoiledText(release),
    spoiledText(release),
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
  .tuple(listed(...exceptionTypes), fc.option(anyText, { nil: undefined }))
  .map(([type, message]) => py.raises(type, message));

/** Methods that raise exceptions which programs catch to find out whether a method or a value exists. */
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

/** Every kind of value, and objects whose methods return them. */
export function any(release: Release): fc.LetrecValue<Kinds> {
  const kinds = made.get(release) ?? anyOf(release);
  made.set(release, kinds);
  return kinds;
}

const anyOf = (release: Release): fc.LetrecValue<Kinds> =>
  fc.letrec<Kinds>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: listed<Value>(null, true, false), weight: 3 },
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

/** For each kind of value, a false one and a true one. */
const truths: readonly Value[] = [
  0n,
  1n,
  -1n,
  str(''),
  str('0'),
  py.float(0),
  py.float(-0),
  py.float(0.5),
  py.float(Number.NaN),
  py.bytes(''),
  py.bytes('\0'),
  py.list(),
  py.list(0n),
  py.tuple(),
  py.tuple(null),
  py.pathLike(Str.empty),
  py.object(),
  py.object({ bool: false }),
  py.object({ str: Str.empty }),
  py.object({ str: str('x'), bool: false }),
  py.object({ eq: py.raises('ValueError'), bool: true }),
  py.object({ is: Str.empty }),
  py.object({ is: str('x') }),
  py.object({ is: str('x'), str: Str.empty }),
  py.object({ is: str('x'), bool: false }),
  py.object({ is: 0n }),
  py.object({ is: 0n, str: str('x') }),
  py.object({ is: 0n, bool: true }),
];

/** Any debug override. */
export const anyDebugOverride = (release: Release): fc.Arbitrary<Value> =>
  orListed(
    oneOf(
      { arbitrary: listed<Value>(null, true, false), weight: 2 },
      { arbitrary: listed(...truths), weight: 5 },
      { arbitrary: any(release).value, weight: 1 },
      { arbitrary: any(release).object, weight: 1 },
    ),
    null,
    true,
    false,
  );

/** Values whose text may surprise. */
const surprising: readonly Value[] = [
  py.bytes(''),
  py.list(),
  py.tuple(),
  py.pathLike(str('x')),
  py.object(),
  py.object({ bool: false }),
  py.object({ bool: false, str: str('x') }),
  py.object({ eq: py.raises('ValueError'), str: str('x') }),
  py.object({ is: str('x'), str: str('y') }),
  py.object({ is: 1n }),
  py.object({ is: 1n, str: str('x') }),
  py.object({ str: py.sequence(py.raises('ValueError'), str('x')) }),
];

/** Any optimization. */
export const anyOptimization = (release: Release): fc.Arbitrary<Value> =>
  oneOf(
    { arbitrary: optimizationText(release), weight: 5 },
    { arbitrary: listed<Value>(0n, 1n, 2n, true, false, null), weight: 2 },
    { arbitrary: listed(...surprising), weight: 3 },
    { arbitrary: any(release).value, weight: 1 },
    { arbitrary: any(release).object, weight: 1 },
    {
      arbitrary: oneOf({ arbitrary: anyInteger, weight: 3 }, { arbitrary: longInteger, weight: 1 }),
      weight: 1,
    },
    { arbitrary: anyFloat, weight: 1 },
  );

/** Values that are not text, some of which stand for one. */
const paths: readonly Value[] = [
  py.object({ is: Str.empty }),
  py.object({ is: str('a.py'), eq: true }),
  py.object({ is: str('a.py'), eq: py.raises('ValueError') }),
  py.pathLike(Str.empty),
  py.pathLike(py.sequence(py.raises('ValueError'), str('a.py'))),
  py.pathLike(py.pathLike(str('a.py'))),
  py.pathLike(py.object()),
  py.pathLike(py.raises('AttributeError')),
  py.pathLike(py.raises('TypeError')),
  py.pathLike(py.raises('KeyboardInterrupt')),
  py.bytes(''),
  py.object(),
  py.object({ str: str('a.py') }),
  py.object({ is: 1n }),
  py.object({ is: 1n, str: str('a.py') }),
];

/** Any path value. */
export const anyPathValue = (scope: Scope): fc.Arbitrary<Value> =>
  oneOf(
    { arbitrary: wildPath(scope), weight: 1 },
    { arbitrary: listed(...paths), weight: 5 },
    { arbitrary: any(scope.release).pathLike, weight: 2 },
    { arbitrary: any(scope.release).value, weight: 1 },
  );
