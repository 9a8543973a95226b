import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '.', '__pycache__', '\u{1f600}'),
  maxLength: 12,
});

test('the pieces give the text, and with what stands instead the other one', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const pieces = differenceOf(one, other);
      expect(pieces.map((piece) => piece.text).join('')).toBe(one);
      expect(pieces.map((piece) => piece.instead ?? piece.text).join('')).toBe(other);
      expect(pieces.every((piece) => piece.instead === undefined)).toBe(one === other);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test('no more is marked than differs', () => {
  expect(differenceOf('/p/w/.pkg/m.py', '/p/w/pkg/m.py')).toEqual([
    { text: '/p/w/' },
    { text: '.', instead: '' },
    { text: 'pkg/m.py' },
  ]);
  expect(differenceOf('__pycache__/a.pyc', '/__pycache__/a.pyc')).toEqual([
    { text: '', instead: '/' },
    { text: '__pycache__/a.pyc' },
  ]);
  expect(differenceOf('a\\b\\c', 'a/b/c')).toEqual([
    { text: 'a' },
    { text: '\\', instead: '/' },
    { text: 'b' },
    { text: '\\', instead: '/' },
    { text: 'c' },
  ]);
});

test('of long texts that share nothing all is marked', () => {
  const [one, other] = ['a.'.repeat(600), 'b/'.repeat(600)];
  expect(differenceOf(one, other)).toEqual([{ text: one, instead: other }]);
});
