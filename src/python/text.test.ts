import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '../../properties/inputs/characters.ts';
import { Str, isSurrogate, str } from './text.ts';

/* The model of a text is the list of its code points. */

const high = 0xd83d;
const low = 0xde00;
const pair = 0x1f600;

/** Surrogates beside each other, the character that they are not, and separators, among others. */
const points: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.constantFrom(high, low, pair, 0x2f, 0x2e), weight: 3 },
    { arbitrary: anyCharacter, weight: 2 },
  ),
  { maxLength: 12 },
);
/** Few enough to be often the same, or the same but for a seam. */
const fewPoints = fc.oneof(
  fc.array(fc.constantFrom(high, low, pair, 0x61), { maxLength: 3 }),
  fc.array(fc.constantFrom([pair], [high, low]), { maxLength: 2 }).map((parts) => parts.flat()),
);
const separator = fc.constantFrom('/', '.', '//', './');

const pointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!);
const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
/** A unit offset: what Str counts in, where the model counts characters. */
const unitsBefore = (text: readonly number[], index: number): number =>
  text.slice(0, index).reduce((units, point) => units + (point > 0xffff ? 2 : 1), 0);
const holds = (arbitrary: fc.Arbitrary<number[]>, law: (text: number[]) => void): void =>
  fc.assert(
    fc.property(arbitrary, (text) => {
      law(text);
    }),
    { numRuns: 500 },
  );

describe('a text is a list of code points', () => {
  test('the code points that a text is made of come back', () =>
    holds(points, (text) => expect(Str.fromCodePoints(text).codePoints()).toEqual(text)));

  test('a JavaScript string is read as JavaScript reads it', () => {
    fc.assert(
      fc.property(points, (text) => {
        const string = String.fromCodePoint(...text);
        expect(str(string).codePoints()).toEqual(pointsOf(string));
        expect(Str.fromCodePoints(text).units).toBe(string);
      }),
    );
  });

  test('a high surrogate and a low one that follows are two characters or one, as they were given', () => {
    expect(Str.fromCodePoints([high, low]).codePoints()).toEqual([high, low]);
    expect(Str.fromCodePoints([pair]).codePoints()).toEqual([pair]);
    expect(Str.fromCodePoints([high, low]).units).toBe(Str.fromCodePoints([pair]).units);
  });

  test.each([-1, 0x110000, 1.5, Number.NaN])('%s is no code point', (point) => {
    expect(() => Str.fromCodePoints([0x61, point])).toThrow(RangeError);
  });

  test('a text is empty when it has no code points', () =>
    holds(fewPoints, (text) => expect(Str.fromCodePoints(text).isEmpty).toBe(text.length === 0)));

  test('a text has surrogates when one of its code points is one', () =>
    holds(points, (text) => expect(Str.fromCodePoints(text).hasSurrogates).toBe(text.some(isSurrogate))));
});

describe('two texts are equal when their code points are', () => {
  test('as they were made', () => {
    fc.assert(
      fc.property(fewPoints, fewPoints, (a, b) => {
        expect(Str.fromCodePoints(a).equals(Str.fromCodePoints(b))).toBe(isSame(a, b));
      }),
      { numRuns: 1000 },
    );
  });

  test('and a text is a JavaScript string when that has the same code points', () => {
    fc.assert(
      fc.property(fewPoints, fewPoints, (a, b) => {
        const string = String.fromCodePoint(...b);
        expect(Str.fromCodePoints(a).is(string)).toBe(isSame(a, pointsOf(string)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('joining', () => {
  test('a text that is cut anywhere and put together again is the same text', () => {
    fc.assert(
      fc.property(points, fc.nat(12), (text, cut) => {
        const joined = Str.fromCodePoints(text.slice(0, cut)).concat(Str.fromCodePoints(text.slice(cut)));
        expect(joined.codePoints()).toEqual(text);
        expect(joined.equals(Str.fromCodePoints(text))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('join puts the separator between the parts, and nowhere else', () => {
    fc.assert(
      fc.property(fc.constantFrom('', '/', ', '), fc.array(fewPoints, { maxLength: 5 }), (glue, parts) => {
        const joined = Str.join(
          glue,
          parts.map((part) => Str.fromCodePoints(part)),
        );
        expect(joined.codePoints()).toEqual(
          parts.flatMap((part, i) => (i === 0 ? part : [...pointsOf(glue), ...part])),
        );
      }),
    );
  });
});

describe('cutting', () => {
  test('a slice between two characters has the code points between them', () => {
    fc.assert(
      fc.property(points, fc.nat(12), fc.nat(12), (text, start, end) => {
        const sliced = Str.fromCodePoints(text).slice(unitsBefore(text, start), unitsBefore(text, end));
        expect(sliced.codePoints()).toEqual(text.slice(start, end));
        expect(sliced.equals(Str.fromCodePoints(text.slice(start, end)))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('a slice without an end goes to the end of the text', () => {
    fc.assert(
      fc.property(points, fc.nat(12), (text, start) => {
        const sliced = Str.fromCodePoints(text).slice(unitsBefore(text, start));
        expect(sliced.codePoints()).toEqual(text.slice(start));
      }),
    );
  });

  test('rpartition cuts at the last separator, or gives the whole text last', () => {
    fc.assert(
      fc.property(points, separator, (text, wanted) => {
        const sought = pointsOf(wanted);
        const at = text.findLastIndex((_, i) => isSame(text.slice(i, i + sought.length), sought));
        const [start, found, rest] = Str.fromCodePoints(text).rpartition(wanted);
        expect([start.codePoints(), found, rest.codePoints()]).toEqual(
          at < 0 ? [[], '', text] : [text.slice(0, at), wanted, text.slice(at + sought.length)],
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('rstrip takes every such character off the end, and no other', () => {
    fc.assert(
      fc.property(points, fc.nat(4), (text, slashes) => {
        const ended = [...text, ...Array.from({ length: slashes }, () => 0x2f)];
        const kept = ended.slice(0, ended.findLastIndex((point) => point !== 0x2f) + 1);
        expect(Str.fromCodePoints(ended).rstrip('/').codePoints()).toEqual(kept);
      }),
    );
  });
});
