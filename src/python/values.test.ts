import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testEach } from '../../fixtures/present.ts';
import {
  any,
  anyBytes,
  anyFloat,
  anyInteger,
  longInteger,
  optimizationText,
} from '../../properties/inputs/values.ts';
import { anyText } from '../../properties/inputs/texts.ts';
import { encodeValue, valueText } from '../conformance/codec.ts';
import { sameMessage } from './compare.ts';
import { Thrown } from './exceptions.ts';
import { live, type Live } from './objects.ts';
import { characters, reprOf, strOf, truthOf, typeName } from './operations.ts';
import { releaseOf, type Release } from './releases.ts';
import { textSource, valueSource } from './source.ts';
import { Str, str } from './text.ts';
import { askPython, drawn, newestScope } from './testing.ts';
import { py, sameValue, type Value } from './values.ts';

const everyKind = (release: Release): fc.Arbitrary<Value> =>
  fc.oneof(
    { arbitrary: any(release).value, weight: 6 },
    { arbitrary: any(release).object, weight: 3 },
    { arbitrary: fc.oneof(optimizationText(release), anyText), weight: 2 },
    { arbitrary: anyFloat, weight: 2 },
    { arbitrary: fc.oneof(anyInteger, anyBytes), weight: 1 },
  );

/** Integers that are too long for some releases, and objects that hold one. */
const long: fc.Arbitrary<Value> = fc
  .tuple(
    longInteger,
    fc.constantFrom<(int: bigint) => Value>(
      (int) => int,
      py.list,
      (is) => py.object({ is }),
    ),
  )
  .map(([int, holding]) => holding(int));

/** The type of the result or of the exception, and its text. */
type Result = readonly [type: string, text: Str];

/** Applied in this order to one object, which may answer differently each time. */
const operations = `
def attempt(operation, operand):
    try:
        result = operation(operand)
        return [type(result).__name__, points(str.__str__(result) if isinstance(result, str) else str(result))]
    except BaseException as error:
        return ["raises " + type(error).__name__, points(str(error))]

def answer(encoded):
    operand = value(encoded)
    return [attempt(operation, operand) for operation in (str, bool, repr, str, bool)]
`;

function results(value: Value, release: Release): Result[] {
  const operand = live(value, release.unicode);
  const text = (): Live => strOf(operand, release);
  const truth = (): boolean => truthOf(operand, release);
  const representation = (): Str => reprOf(operand, release);
  return [text, truth, representation, text, truth].map((operation) => attempt(operation));
}

function attempt(operation: () => Live): Result {
  try {
    const result = operation();
    if (typeof result === 'boolean') return ['bool', str(result ? 'True' : 'False')];
    return [typeName(result), characters(result as Str)];
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    return [`raises ${error.type}`, error.text];
  }
}

const shown = ([type, text]: Result): string => `${type} ${textSource(text)}`;

testEach('str(), bool() and repr() of 3000 values, and what they raise', {}, async (interpreter) => {
  const release = releaseOf(interpreter.version);
  const values = [...drawn(everyKind(release), 3000), ...drawn(long, 60)];
  const answers = await askPython<Array<[string, number[]]>>(
    interpreter,
    operations,
    values.map(encodeValue),
  );
  const differences = values.flatMap((value, i) => {
    const ours = results(value, release);
    const theirs = answers[i]!.map(([type, points]): Result => [type, Str.fromCodePoints(points)]);
    return theirs.every(([type, text], j) => type === ours[j]![0] && sameMessage(text, ours[j]![1]))
      ? []
      : [{ value: valueSource(value), ours: ours.map(shown), theirs: theirs.map(shown) }];
  });
  expect(answers).toHaveLength(values.length);
  expect(differences).toEqual([]);
});

describe('two values are the same', () => {
  const { release } = newestScope;

  test('when they are written the same', () => {
    fc.assert(
      fc.property(everyKind(release), everyKind(release), (a, b) => {
        const written = (value: Value): string => valueText(value);
        expect(sameValue(a, b)).toBe(written(a) === written(b));
      }),
      { numRuns: 1000 },
    );
  });

  test('as a copy of their parts', () => {
    fc.assert(
      fc.property(fc.clone(everyKind(release), 2), ([a, b]) => {
        expect(sameValue(a, b)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test.each<readonly [string, Value, Value]>([
    ['zero and minus zero', py.float(0), py.float(-0)],
    ['an int and a float', 1n, py.float(1)],
    ['an int and a bool', 1n, true],
    ['None and False', null, false],
    ['a str and bytes', str('a'), py.bytes('a')],
    ['bytes and the start of them', py.bytes([1, 2]), py.bytes([1])],
    ['different bytes', py.bytes([1, 2]), py.bytes([1, 3])],
    ['a list and a tuple', py.list(1n), py.tuple(1n)],
    ['a list and the start of it', py.list(1n, 2n), py.list(1n)],
    ['a surrogate pair and its character', py.str([0xd83d, 0xde00]), str('\u{1f600}')],
    ['an object that answers None and one that does not answer', py.object({ str: null }), py.object()],
    [
      'a method that raises with no message and with an empty one',
      py.pathLike(py.raises('OSError')),
      py.pathLike(py.raises('OSError', '')),
    ],
    [
      'a method that raises and one that raises another type',
      py.pathLike(py.raises('OSError')),
      py.pathLike(py.raises('ValueError')),
    ],
    ['an answer and a sequence of it', py.pathLike(str('a')), py.pathLike(py.sequence(str('a')))],
    ['an object and a float', py.object(), py.float(1)],
    ['an object and a list', py.object(), py.list()],
    ['objects that hold different values', py.object({ is: 1n }), py.object({ is: 2n })],
    ['an object that holds a value and one that holds none', py.object({ is: 1n }), py.object()],
    ['an answer of a list and a sequence', py.pathLike(py.list(1n)), py.pathLike(py.sequence(1n))],
    [
      'a method that raises and a sequence',
      py.pathLike(py.raises('OSError')),
      py.pathLike(py.sequence(py.raises('OSError'))),
    ],
    ['different sequences', py.pathLike(py.sequence(1n)), py.pathLike(py.sequence(2n))],
    ['a sequence and the start of it', py.pathLike(py.sequence(1n, 1n)), py.pathLike(py.sequence(1n))],
    ['a str and an instance of a subclass', str('a'), py.object({ is: str('a') })],
  ])('but not %s', (_, a, b) => {
    expect(sameValue(a, b)).toBe(false);
    expect(sameValue(b, a)).toBe(false);
  });

  test('nan is the same as itself', () => {
    expect(sameValue(py.float(Number.NaN), py.float(Number.NaN))).toBe(true);
  });
});

describe('a value is written in short', () => {
  test('as a text, or as its code points', () => {
    expect(py.str('a\u{1f600}').codePoints()).toEqual([0x61, 0x1f600]);
    expect(py.str([0xd83d, 0xde00]).codePoints()).toEqual([0xd83d, 0xde00]);
  });

  test('as a number, however it is given', () => {
    expect([py.int(7), py.int('7'), py.int(7n)]).toEqual([7n, 7n, 7n]);
  });

  test('as an exception with a message or without', () => {
    expect(py.raises('OSError')).toStrictEqual({ kind: 'raise', type: 'OSError' });
    expect(py.raises('OSError', 'm')).toStrictEqual(py.raises('OSError', str('m')));
  });
});
