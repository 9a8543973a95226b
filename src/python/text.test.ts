import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '../../properties/inputs/characters.ts';
import { Str, isSurrogate, str } from './text.ts';

/* The model of a text is the list of its code points. */

const high = 0xd83d;
const low = 0xde00;
const pair = 0x1f600;

/** Among other characters, adjacent surrogates, the character that they would form, and separators. */
const points: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.constantFrom(high, low, pair, 0x2f, 0x2e), weight: 3 },
    { arbitrary: anyCharacter, weight: 2 },
  ),
  { maxLength: 12 },
);
/** Few enough to be equal often, or equal except for a seam. */
const fewPoints = fc.oneof(
  fc.array(fc.constantFrom(high, low, pair, 0x61), { maxLength: 3 }),
  fc.array(fc.constantFrom([pair], [high, low]), { maxLength: 2 }).map((parts) => parts.flat()),
);
const separator = fc.constantFrom('/', '.');
const affix = fc.constantFrom('/', '.', '//', './');

const pointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!);
const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
/** An offset in units, which Str uses, for an index in characters, which the model uses. */
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

describe('the ends of the ranges of surrogates', () => {
  const [highs, lows] = [
    [0xd800, 0xdbff],
    [0xdc00, 0xdfff],
  ];

  test('are surrogates, and their neighbours are not', () => {
    expect([...highs, ...lows].every(isSurrogate)).toBe(true);
    expect([0xd7ff, 0xe000].some(isSurrogate)).toBe(false);
  });

  test('a high one and a low one may be two characters', () => {
    for (const [one, other] of highs.flatMap((one) => lows.map((other) => [one, other]))) {
      const text = Str.fromCodePoints([one!, other!]);
      expect(text.codePoints()).toEqual([one, other]);
      expect(text.equals(str(text.units))).toBe(false);
    }
  });

  test('any others are never one character', () => {
    for (const [one, other] of [
      [0xd7ff, 0xdc00],
      [0xdc00, 0xdc00],
      [0xdfff, 0xdfff],
      [0xd800, 0xd800],
      [0xd800, 0xdbff],
      [0xd800, 0xe000],
    ] as const) {
      const text = Str.fromCodePoints([one, other]);
      expect(text.equals(str(text.units))).toBe(true);
    }
  });
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
        expect(joined).toEqual(Str.fromCodePoints(text));
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

test.each<readonly [points: readonly number[], times: number]>([
  [[0x61, 0x62], 3],
  [[high, low], 2],
  [[low, high], 3],
  [[low, 0x61, high], 3],
  [[low, 0x61], 2],
  [[0x61, high, low, 0x62], 2],
  [[], 5],
  [[low], 0],
])('a text of %j, %i times', (own, times) => {
  const text = Str.fromCodePoints(own).repeat(times);
  expect(text.codePoints()).toEqual(Array.from({ length: times }, () => own).flat());
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

  test('a slice that ends between two surrogates keeps nothing of their being two', () => {
    const two = Str.fromCodePoints([0x61, 0xd800, 0xdc00]);
    expect(two.slice(0, 2).equals(Str.fromCodePoints([0x61, 0xd800]))).toBe(true);
    expect(two.slice(2).equals(Str.fromCodePoints([0xdc00]))).toBe(true);
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

  test('partition cuts at the first separator, or gives the whole text first', () => {
    fc.assert(
      fc.property(points, separator, (text, wanted) => {
        const sought = pointsOf(wanted);
        const at = text.findIndex((_, i) => isSame(text.slice(i, i + sought.length), sought));
        const [start, found, rest] = Str.fromCodePoints(text).partition(wanted);
        expect([start.codePoints(), found, rest.codePoints()]).toEqual(
          at < 0 ? [text, '', []] : [text.slice(0, at), wanted, text.slice(at + sought.length)],
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

  test('lstrip takes every such character off the start, and no other', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0x2f, 0x5c)), points, (separators, text) => {
        const begun = [...separators, ...text];
        const first = begun.findIndex((point) => point !== 0x2f && point !== 0x5c);
        const kept = first < 0 ? [] : begun.slice(first);
        expect(Str.fromCodePoints(begun).lstrip('\\/').codePoints()).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });

  test('rstrip sees what a text was put together of', () => {
    const parts = fc.array(fc.oneof(points, fc.constantFrom([0x2f], [0x2f, 0x2f], [])), { maxLength: 4 });
    fc.assert(
      fc.property(parts, fc.constantFrom('', '/', 'a'), (parts, glue) => {
        const texts = parts.map((part) => Str.fromCodePoints(part));
        for (const joined of [
          texts.reduce((whole, part) => whole.concat(part), Str.empty),
          texts.reduce((whole, part) => whole.append(glue, part), Str.empty),
        ]) {
          const whole = joined.codePoints();
          const kept = whole.slice(0, whole.findLastIndex((point) => point !== 0x2f) + 1);
          expect(joined.rstrip('/').codePoints()).toEqual(kept);
          expect(joined.rstrip('/').concat(str('/')).rstrip('/').codePoints()).toEqual(kept);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('rstrip takes any of several characters', () => {
    expect(str(String.raw`a/b\/\/`).rstrip('\\/').units).toBe('a/b');
    expect(str(String.raw`\/\/`).rstrip('\\/').isEmpty).toBe(true);
    expect(str('a\\/').rstrip('/').units).toBe('a\\');
  });

  test('removePrefix takes a text off the start once, and where it stands there', () => {
    fc.assert(
      fc.property(points, fc.constantFrom('./', '.\\', '/'), (text, prefix) => {
        const one = Str.fromCodePoints(text);
        const prefixed = Str.fromCodePoints([...pointsOf(prefix), ...text]);
        expect(prefixed.removePrefix(prefix).codePoints()).toEqual(text);
        const kept = isSame(text.slice(0, prefix.length), pointsOf(prefix)) ? prefix.length : 0;
        expect(one.removePrefix(prefix).codePoints()).toEqual(text.slice(kept));
      }),
      { numRuns: 500 },
    );
    expect(str('././a').removePrefix('./').units).toBe('./a');
    expect(str('a./').removePrefix('./').units).toBe('a./');
    expect(str('.').removePrefix('./').units).toBe('.');
  });

  test('without its first character a text has the others, be the first of one unit or of two', () => {
    fc.assert(
      fc.property(fewPoints, points, (start, rest) => {
        const text = [...start, ...rest];
        expect(Str.fromCodePoints(text).withoutFirst().codePoints()).toEqual(text.slice(1));
      }),
      { numRuns: 1000 },
    );
    expect(Str.fromCodePoints([pair]).withoutFirst().isEmpty).toBe(true);
    expect(Str.fromCodePoints([high, low]).withoutFirst().codePoints()).toEqual([low]);
    expect(Str.empty.withoutFirst().isEmpty).toBe(true);
  });
});

test('the last character of one unit is one character', () => {
  expect(str('\uffffa').withoutFirst().units).toBe('a');
  expect(str('\uffffa').codePoints()).toEqual([0xffff, 0x61]);
});

test.each([0, 1, 63, 64, 65, 127, 4095, 4096, 4159, 4160, 4161, 8256, 20_000])(
  'a character is found %i units before the end, and the last one of several',
  (behind) => {
    for (const before of [0, 1, 64, 4096, 10_000]) {
      const text = str(`${'a'.repeat(before)}/${'b'.repeat(behind)}`);
      expect(text.lastIndexOfAny('/')).toBe(before);
      expect(text.lastIndexOfAny('\\/')).toBe(before);
      expect(text.lastIndexOfAny('.')).toBe(-1);
      expect(str(`/.${text.units}`).lastIndexOfAny('./')).toBe(before + 2);
      expect(str(`/./${text.units.slice(before + 1)}`).lastIndexOfAny('./\\')).toBe(2);
      expect(
        text.rpartition('/').map((part) => (typeof part === 'string' ? part : part.units.length)),
      ).toEqual([before, '/', behind]);
    }
  },
);

test('what stands in no text is no character either', () => {
  expect(str('a/undefined').lastIndexOfAny('/')).toBe(1);
});

describe('what a text begins and ends with, and where a character is last,', () => {
  test('is told by its code points', () => {
    fc.assert(
      fc.property(points, affix, (text, sought) => {
        const one = Str.fromCodePoints(text);
        const its = pointsOf(sought);
        expect(one.startsWith(sought)).toBe(isSame(text.slice(0, its.length), its));
        expect(one.endsWith(sought)).toBe(
          text.length >= its.length && isSame(text.slice(text.length - its.length), its),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('is an offset in units, of any of the characters', () => {
    fc.assert(
      fc.property(points, fc.constantFrom('/', './', '\\/', '\\'), (text, characters) => {
        const at = text.findLastIndex((point) => pointsOf(characters).includes(point));
        expect(Str.fromCodePoints(text).lastIndexOfAny(characters)).toBe(at < 0 ? -1 : unitsBefore(text, at));
      }),
      { numRuns: 500 },
    );
  });
});

describe('through UTF-16', () => {
  /** Replaces each pair of surrogates by the character that it forms. */
  const joined = (text: readonly number[]): number[] => pointsOf(String.fromCodePoint(...text));

  test('surrogates that can be one character become one, and nothing else changes', () => {
    fc.assert(
      fc.property(fc.oneof(points, fewPoints), (text) => {
        const through = Str.fromCodePoints(text).throughUtf16();
        expect(through.codePoints()).toEqual(joined(text));
        expect(through.units).toBe(Str.fromCodePoints(text).units);
      }),
      { numRuns: 1000 },
    );
    expect(Str.fromCodePoints([low, high, high, low]).throughUtf16().codePoints()).toEqual([low, high, pair]);
  });

  test('a text without such surrogates is itself', () => {
    for (const text of ['', 'a.py', '\u{1f600}']) {
      const one = str(text);
      expect(one.throughUtf16()).toBe(one);
    }
    const alone = Str.fromCodePoints([low, 0x61, high]);
    expect(alone.throughUtf16()).toBe(alone);
  });
});

test('a slice ends where the text does', () => {
  expect(str('ab').slice(1, 9).codePoints()).toEqual([0x62]);
  expect(str('ab').slice(5, 9).isEmpty).toBe(true);
});

describe('of any other text', () => {
  test('it is told by its code points whether one begins with it', () => {
    fc.assert(
      fc.property(fewPoints, fewPoints, (text, start) => {
        const begins = isSame(text.slice(0, start.length), start);
        expect(Str.fromCodePoints(text).startsWithStr(Str.fromCodePoints(start))).toBe(begins);
      }),
      { numRuns: 2000 },
    );
  });

  test('a part of a character is no start', () => {
    expect(Str.fromCodePoints([pair]).startsWithStr(Str.fromCodePoints([high]))).toBe(false);
    expect(Str.fromCodePoints([high, low]).startsWithStr(Str.fromCodePoints([high]))).toBe(true);
    expect(Str.fromCodePoints([high, low]).startsWithStr(Str.fromCodePoints([pair]))).toBe(false);
  });

  test('the occurrences of a character are counted', () => {
    fc.assert(
      fc.property(points, separator, (text, sought) => {
        const count = text.filter((point) => point === sought.codePointAt(0)).length;
        expect(Str.fromCodePoints(text).count(sought)).toBe(count);
      }),
    );
  });

  test('texts that are split at one place in the same way differ if they are not at another', () => {
    const split = [high, low];
    const [one, other] = [
      [...split, ...split, pair],
      [...split, pair, ...split],
    ].map((points) => Str.fromCodePoints(points));
    expect(one!.units).toBe(other!.units);
    expect(one!.equals(other!)).toBe(false);
  });
});
