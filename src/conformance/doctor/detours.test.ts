import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../properties/inputs/texts.ts';
import { Str, str } from '../../python/text.ts';
import { detourOf, holds } from './detours.ts';

const points = (...all: number[]): Str => Str.fromCodePoints(all);
/** The text as it comes back, in the middle of a path. */
const within = (text: Str): Str => str('dir/').concat(text).concat(str('.tag.pyc'));

describe('what became of a text', () => {
  test.each<readonly [words: string, sent: Str | string, came: Str | string]>([
    ['two surrogates became one character, as in UTF-16', points(0xd83d, 0xdc0d), '\u{1f40d}'],
    ['surrogates became "?"', points(0x61, 0xd800), 'a?'],
    ['surrogates became U+FFFD', points(0x61, 0xd800), 'a\uFFFD'],
    [
      'each surrogate became three U+FFFD, one for each byte of its UTF-8',
      points(0x61, 0xd800),
      `a${'\uFFFD'.repeat(3)}`,
    ],
    ['surrogates were removed', points(0x61, 0xd800, 0x62), 'ab'],
    ['surrogates became escape sequences', points(0x61, 0xd800), String.raw`a\ud800`],
    ['its UTF-8 was read as Latin-1', 'n\u00e9', 'n\u00c3\u00a9'],
    ['its UTF-8 was read as Windows-1252', '\u2126', '\u00e2\u201e\u00a6'],
    ['it was normalized to NFC', 'e\u0301', '\u00e9'],
    ['it was normalized to NFD', '\u00e9', 'e\u0301'],
    ['it was normalized to NFKC', '\u00e9\ufb01', '\u00e9fi'],
    ['it was normalized to NFKD', '\u00e9\ufb01', 'e\u0301fi'],
    ['each character beyond the BMP became two surrogates', '\u{1f40d}', points(0xd83d, 0xdc0d)],
    ['each character beyond the BMP was truncated to its lower 16 bits', '\u{1f40d}', '\uf40d'],
    ['characters beyond the BMP became "?"', '\u00e9\u{1f40d}', '\u00e9?'],
    ['characters beyond the BMP became "??"', '\u00e9\u{1f40d}', '\u00e9??'],
    ['characters beyond the BMP became U+FFFD', '\u00e9\u{1f40d}', '\u00e9\uFFFD'],
    ['characters beyond the BMP were removed', '\u00e9\u{1f40d}', '\u00e9'],
    ['characters beyond ASCII became "?"', 'n\u00e9', 'n?'],
    ['characters beyond ASCII became U+FFFD', 'n\u00e9', 'n\uFFFD'],
    ['each UTF-8 byte of characters beyond ASCII became U+FFFD', 'n\u00e9', 'n\uFFFD\uFFFD'],
    ['characters beyond ASCII were removed', 'n\u00e9o', 'no'],
    ['characters beyond ASCII became escape sequences', '\u{1f40d}', String.raw`\ud83d\udc0d`],
    ['its digits were converted through a float', '9007199254740993', '9007199254740992'],
    ['NUL was removed', 'a\0b', 'ab'],
    ['it was escaped once too often', 'a"b', String.raw`a\"b`],
    ['backslashes became slashes', String.raw`a\b`, 'a/b'],
    ['backslashes were doubled', String.raw`a\b"`, String.raw`a\\b"`],
    ['backslashes were removed', String.raw`a\b`, 'ab'],
    ['its line ends were changed', 'a\nb', 'a\r\nb'],
    ['its line ends were changed', 'a\rb', 'a\nb'],
    ['line ends and control characters became spaces', 'a\nb', 'a b'],
    ['line ends and control characters were removed', 'a\nb\u2028c', 'abc'],
    ['surrounding spaces were removed', ' a ', 'a'],
    ['its letters became lower case', 'Ab', 'ab'],
    ['its letters became upper case', 'Ab', 'AB'],
  ])('%s', (words, sent, came) => {
    const [from, to] = [sent, came].map((one) => (typeof one === 'string' ? str(one) : one));
    expect(detourOf(from!, within(to!))).toBe(words);
  });

  test('it was truncated at NUL', () => {
    expect(detourOf(str('before\0after'), str('before.tag.pyc'))).toBe('it was truncated at NUL');
  });

  test('it was truncated at its first line end', () => {
    expect(detourOf(str('before\nafter'), str('before.tag.pyc'))).toBe(
      'it was truncated at its first line end',
    );
  });

  test('it was cut', () => {
    expect(detourOf(str('x'.repeat(1000)), str(`${'x'.repeat(512)}.tag`))).toBe(
      'only its first 512 characters arrived',
    );
  });

  test('nothing is said where nothing is known', () => {
    expect(detourOf(str('name'), str('other.pyc'))).toBeUndefined();
  });
});

test('a text holds what stands in it, code point by code point', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (before, text, after) => {
      expect(holds(before.concat(text).concat(after), text)).toBe(true);
    }),
  );
  expect(holds(str('\u{1f40d}'), points(0xd83d))).toBe(false);
  expect(holds(points(0xd83d, 0xdc0d), str('\u{1f40d}'))).toBe(false);
  expect(holds(points(11), points(1))).toBe(false);
});
