import { describe, expect, test } from 'vitest';
import { columnsOf } from './columns.ts';
import { firstLines, wrapped } from './layout.ts';

test('text is broken between words, each line behind the indent', () => {
  expect(wrapped('one two  three\nfour', '  ', 9)).toBe('  one two\n  three\n  four');
  expect(wrapped('one longerthanthat', '', 5)).toBe('one\nlongerthanthat');
});

describe('the first lines of a text', () => {
  test('are all of it where it is short', () => {
    expect(firstLines('one two three.', 2, 9)).toEqual(['one two', 'three.']);
  });

  test('end in an ellipsis where there is more, in no more columns', () => {
    expect(firstLines('one two. Three four', 1, 9)).toEqual(['one two…']);
    expect(firstLines('one twoo, three', 1, 9)).toEqual(['one…']);
    expect(firstLines('one two three four', 2, 9)).toEqual(['one two', 'three…']);
  });

  test('break a word that is too long', () => {
    expect(firstLines('abcdefgh ij', 9, 3)).toEqual(['abc', 'def', 'gh', 'ij']);
  });
});

test('a terminal gives two columns to some characters, and none to others', () => {
  expect(['a', '宽', '😀', 'e\u0301', '한', 'ß', ''].map(columnsOf)).toEqual([1, 2, 2, 1, 2, 1, 0]);
});
