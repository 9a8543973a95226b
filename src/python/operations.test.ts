import { describe, expect, test } from 'vitest';
import { live } from './objects.ts';
import { truthOf, typeName } from './operations.ts';
import { releaseOf } from './releases.ts';
import { str } from './text.ts';
import { py, type Value } from './values.ts';

const release = releaseOf([3, 15, 0]);
const { unicode } = release;

test.each<readonly [Value, type: string, truth: boolean]>([
  [null, 'NoneType', false],
  [true, 'bool', true],
  [false, 'bool', false],
  [0n, 'int', false],
  [-1n, 'int', true],
  [str(''), 'str', false],
  [str('0'), 'str', true],
  [py.float(-0), 'float', false],
  [py.float(Number.NaN), 'float', true],
  [py.bytes([]), 'bytes', false],
  [py.bytes([0]), 'bytes', true],
  [py.list(), 'list', false],
  [py.list(null), 'list', true],
  [py.tuple(), 'tuple', false],
  [py.tuple(null), 'tuple', true],
  [py.pathLike(str('')), 'PathLike', true],
  [py.object(), 'Object', true],
  [py.object({ is: str('') }), 'Object', false],
  [py.object({ is: 1n }), 'Object', true],
  [py.object({ is: 1n, bool: false }), 'Object', false],
])('%o is of type %s and counts as %s', (value, type, truth) => {
  expect(typeName(live(value, unicode))).toBe(type);
  expect(truthOf(live(value, unicode), release)).toBe(truth);
});

describe('a truth that is no bool', () => {
  test.each([
    ['3.15', [3, 15, 0], 'Object.__bool__() must return a bool, not int'],
    ['3.14', [3, 14, 0], '__bool__ should return bool, returned int'],
  ] as const)('is told by %s: %j %s', (_, version, message) => {
    const object = live(py.object({ bool: 1n }), unicode);
    expect(() => truthOf(object, releaseOf(version))).toThrow(`TypeError: ${message}`);
  });
});
