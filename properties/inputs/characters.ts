import fc from 'fast-check';
import { oneOf } from './draw.ts';
import type { Release, UnicodeVersion } from '../../src/python/releases.ts';
import { boundariesOf, isAlphanumeric } from '../../src/python/unicode.ts';

/** A letter of a plain name; shrinks to `a`. */
export const letter: fc.Arbitrary<number> = fc.integer({ min: 0x61, max: 0x7a });

const notable = [
  ...' \t\n\r\0\\:;,%{}~$*?"\'#&|<>()[]!@=+-_^`',
  '\u0085', // the control that ends a line
  '\u00a0', // no-break space
  '\u00ad', // soft hyphen
  '\u0301', // combining acute
  '\u0130', // a capital whose lower case is two characters
  '\u00df', // a small letter whose upper case is two
  '\ufb01', // a ligature that compatibility composition takes apart
  '\u200b', // zero width space
  '\u2028', // line separator
  '\u2024', // one dot leader, a dot under compatibility composition
  '\u2044', // fraction slash
  '\u2215', // division slash
  '\uff0e', // fullwidth dot
  '\uff0f', // fullwidth slash
  '\ufeff', // byte order mark
  '\ufffd', // what decoders put for what they cannot read
  '\uffff',
  '\u{1f600}',
  '\u{10ffff}',
].map((character) => character.codePointAt(0)!);

const surrogate = oneOf(
  fc.integer({ min: 0xd800, max: 0xdbff }),
  fc.integer({ min: 0xdc00, max: 0xdfff }),
  // What bytes that are no text become in a path.
  fc.integer({ min: 0xdc80, max: 0xdcff }),
);

/** Any code point, those that programs stumble over more often. */
export const anyCharacter: fc.Arbitrary<number> = oneOf(
  { arbitrary: letter, weight: 2 },
  { arbitrary: fc.integer({ min: 0x20, max: 0x7e }), weight: 3 },
  { arbitrary: fc.constantFrom(...notable), weight: 3 },
  { arbitrary: fc.integer({ min: 0, max: 0x24f }), weight: 1 },
  { arbitrary: surrogate, weight: 1 },
  { arbitrary: fc.integer({ min: 0, max: 0xffff }), weight: 1 },
  { arbitrary: fc.integer({ min: 0, max: 0x10ffff }), weight: 1 },
);

export const charactersBut = (excluded: string, from = anyCharacter): fc.Arbitrary<number> => {
  const points = new Set(Array.from(excluded, (character) => character.charCodeAt(0)));
  return from.map((point) => (points.has(point) ? 0x61 : point));
};

type Range = readonly [first: number, last: number];

/** The ranges of the alphanumeric code points, and those between them. */
export function alphanumericRanges(unicode: UnicodeVersion): { inside: Range[]; outside: Range[] } {
  const edges = [0, ...boundariesOf('alphanumeric', unicode), 0x110000];
  const ranges = edges.slice(1).map((end, i): Range => [edges[i]!, end - 1]);
  return {
    inside: ranges.filter((_, i) => i % 2 === 1),
    outside: ranges.filter(([first, last], i) => i % 2 === 0 && first <= last),
  };
}

/** Letters and numbers of Unicode 16, 17 and 18. */
const lateAlphanumerics = [
  0x1c89, 0xa7cb, 0x105c0, 0x10d40, 0x16100, 0x1ccf0, 0x323b0, 0x33479, 0x558, 0xa7dd, 0x10ed9, 0x12550,
  0x18e00, 0x3d000,
];

function inRanges(ranges: readonly Range[]): fc.Arbitrary<number> {
  const whole = fc.constantFrom(...ranges).chain(([first, last]) => fc.integer({ min: first, max: last }));
  const edges = fc.constantFrom(...ranges.flatMap(([first, last]) => [first, last]));
  return oneOf(edges, whole);
}

const perUnicode = <T>(make: (unicode: UnicodeVersion) => T): ((release: Release) => T) => {
  const made = new Map<UnicodeVersion, T>();
  return ({ unicode }) => {
    const one = made.get(unicode) ?? make(unicode);
    made.set(unicode, one);
    return one;
  };
};

/** A code point for which `str.isalnum()` is true in the release; ASCII half of the time. */
export const alphanumeric = perUnicode((unicode) =>
  oneOf(
    fc.constantFrom(...Array.from('0123456789abcxyzABCXYZ', (c) => c.charCodeAt(0))),
    inRanges(alphanumericRanges(unicode).inside),
  ),
);

/** A code point for which it is false. */
export const notAlphanumeric = perUnicode((unicode) => {
  const isOutside = (point: number): boolean => !isAlphanumeric(point, unicode);
  return oneOf(
    { arbitrary: fc.constantFrom(...Array.from('_-. /\\\n+', (c) => c.charCodeAt(0))), weight: 2 },
    { arbitrary: fc.constantFrom(...notable.filter(isOutside)), weight: 2 },
    { arbitrary: inRanges(alphanumericRanges(unicode).outside), weight: 2 },
    { arbitrary: surrogate, weight: 1 },
    { arbitrary: fc.constantFrom(...lateAlphanumerics.filter(isOutside)), weight: 1 },
  );
});

/** A combining mark in every version of Unicode here. */
export const combiningMark: fc.Arbitrary<number> = oneOf(
  fc.integer({ min: 0x300, max: 0x36f }),
  fc.constantFrom(0x93e, 0x93f, 0x94d, 0x20dd, 0x20e3, 0x3099, 0xfe0f, 0xfe20, 0x1d165),
);
