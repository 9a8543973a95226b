import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pypy, testEach, testWith } from '../../fixtures/present.ts';
import { publishedCharacters, type CharacterSets } from '../../fixtures/published-unicode.ts';
import { askCharacters } from '../../fixtures/unicode.ts';
import { anyCharacter } from '../../properties/inputs/characters.ts';
import { knownSeries, parseVersion, releaseOf, type UnicodeVersion } from './releases.ts';
import {
  boundariesOf,
  isAlphanumeric,
  isPrintable,
  pack,
  symmetricDifference,
  type CharacterProperty,
} from './unicode.ts';
import { toggles } from './unicode-data.ts';

const properties: ReadonlyArray<
  readonly [CharacterProperty, (point: number, unicode: UnicodeVersion) => boolean]
> = [
  ['alphanumeric', isAlphanumeric],
  ['printable', isPrintable],
];
const versions = toggles.alphanumeric.map(([version]) => version);

const unicodeOf = (series: string): UnicodeVersion => releaseOf(parseVersion(series)!).unicode;

const tablesOf = (unicode: UnicodeVersion): CharacterSets => ({
  alphanumeric: boundariesOf('alphanumeric', unicode),
  printable: boundariesOf('printable', unicode),
});

test.each(properties)('%s: the table has the Unicode version of every series, oldest first', (property) => {
  expect(toggles[property].map(([version]) => version)).toEqual([...new Set(knownSeries.map(unicodeOf))]);
});

testEach(
  'every one of the 0x110000 code points is alphanumeric and printable here if it is there',
  {},
  async (interpreter) => {
    const { unicode } = releaseOf(interpreter.version);
    expect(interpreter.unicode).toBe(unicode);
    expect(await askCharacters(interpreter)).toEqual(tablesOf(unicode));
  },
);

testWith(
  'PyPy with a Unicode version of the tables',
  versions.some((version) => version === pypy?.unicode) ? pypy : undefined,
  'every code point is alphanumeric and printable as in CPython with that version',
  async (interpreter) => {
    expect(await askCharacters(interpreter)).toEqual(tablesOf(interpreter.unicode as UnicodeVersion));
  },
);

test.each(versions)(
  'Unicode %s: every code point is alphanumeric and printable as its published category says',
  async (unicode) => {
    expect(await publishedCharacters(unicode)).toEqual(tablesOf(unicode));
  },
);

// Counted by CPython of each series, except the printable characters of 3.4, which are from the published categories.
test.each([
  ['3.4', 102161, 109959],
  ['3.5', 111024, 120504],
  ['3.6', 118258, 128003],
  ['3.7', 127072, 137204],
  ['3.8', 127397, 137750],
  ['3.9', 133022, 143680],
  ['3.10', 133022, 143680],
  ['3.11', 133547, 144516],
  ['3.12', 137935, 148998],
  ['3.13', 138557, 149625],
  ['3.14', 142939, 154810],
  ['3.15', 147596, 159613],
])('CPython %s has %d alphanumeric and %d printable characters', (series, alphanumerics, printables) => {
  const unicode = unicodeOf(series);
  const count = (holds: typeof isAlphanumeric): number => {
    let held = 0;
    for (let point = 0; point < 0x110000; point++) if (holds(point, unicode)) held++;
    return held;
  };
  expect([count(isAlphanumeric), count(isPrintable)]).toEqual([alphanumerics, printables]);
});

describe.each(properties)('%s', (property, holds) => {
  /** By definition of the boundaries, without a search. */
  const listed = (point: number, unicode: UnicodeVersion): boolean =>
    boundariesOf(property, unicode).filter((boundary) => boundary <= point).length % 2 === 1;

  test.each(versions)(
    'Unicode %s: ASCII, which is decided without the table, is as in the table',
    (unicode) => {
      const ascii = Array.from({ length: 0x80 }, (_, point) => point);
      expect(ascii.filter((point) => holds(point, unicode))).toEqual(
        ascii.filter((point) => listed(point, unicode)),
      );
    },
  );

  test.each(versions)('Unicode %s: the search finds what the table says', (unicode) => {
    const edge = fc
      .constantFrom(...boundariesOf(property, unicode))
      .chain((boundary) => fc.constantFrom(boundary - 1, boundary, boundary + 1));
    fc.assert(
      fc.property(fc.oneof(anyCharacter, edge, fc.constantFrom(0, 0x10ffff)), (point) => {
        expect(holds(point, unicode)).toBe(listed(point, unicode));
      }),
    );
  });

  test.each(versions)(
    'Unicode %s: the boundaries ascend, and none lies past the last code point',
    (unicode) => {
      const boundaries = boundariesOf(property, unicode);
      expect(boundaries).toEqual([...new Set(boundaries)].toSorted((a, b) => a - b));
      expect(boundaries.at(-1)).toBeLessThanOrEqual(0x110000);
    },
  );

  test('what is unpacked from the table packs into the table again', () => {
    const sets = [[], ...versions.map((unicode) => boundariesOf(property, unicode))];
    const packed = versions.map((unicode, i) => [unicode, pack(symmetricDifference(sets[i]!, sets[i + 1]!))]);
    expect(packed).toEqual(toggles[property]);
  });
});

test('pack writes the gaps between boundaries in base 36', () => {
  expect(pack([0x30, 0x3a, 0x10000])).toBe('1c a 1eiu');
});

test('the symmetric difference has what is in one set and not in the other', () => {
  const ascending = fc.uniqueArray(fc.nat(20)).map((set) => set.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(ascending, ascending, (a, b) => {
      const range = Array.from({ length: 21 }, (_, i) => i);
      expect(symmetricDifference(a, b)).toEqual(range.filter((x) => a.includes(x) !== b.includes(x)));
    }),
  );
});
