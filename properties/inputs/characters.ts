import * as fc from './arbitraries.ts';
import type { Release, UnicodeVersion } from '../../src/python/releases.ts';
import { boundariesOf, isAlphanumeric } from '../../src/python/unicode.ts';

type Range = readonly [first: number, last: number];

/** A class of characters. Its ranges are equally likely, whatever their lengths. */
type Class = { readonly weight: number; readonly ranges: readonly Range[] };

/** How many numbers belong to a class of weight 1. */
const room = 0x110000;

/**
 * Characters, each drawn as a single number: most of what is drawn is text, and nested choices for each character would
 * cost more than everything else. A lower number means a plainer character.
 */
export class Characters extends fc.Drawable<number> {
  /** The largest number. */
  readonly last: number;
  /** Maps a number, from 0 on, to a character. */
  readonly at: (number: number) => number;

  constructor(last: number, at: (number: number) => number) {
    super(
      (random) => at(random.nextInt(0, last)),
      () => fc.noBias(fc.nat(last)).map(at),
    );
    this.last = last;
    this.at = at;
  }

  /** These characters, each mapped by `make`. */
  as(make: (point: number) => number): Characters {
    return new Characters(this.last, (number) => make(this.at(number)));
  }
}

/** Characters of these classes, the plainest first. */
function ofClasses(...classes: readonly Class[]): Characters {
  const all = classes.reduce((sum, { weight }) => sum + weight, 0);
  return new Characters(all * room - 1, (number) => {
    let left = number;
    for (const { weight, ranges } of classes) {
      if (left < weight * room) return inRanges(ranges, left / (weight * room));
      left -= weight * room;
    }
    return 0;
  });
}

/** @param part at least 0 and below 1 */
function inRanges(ranges: readonly Range[], part: number): number {
  const place = part * ranges.length;
  const [first, last] = ranges[Math.floor(place)]!;
  return first + Math.floor((place % 1) * (last - first + 1));
}

const kind = (weight: number, ...ranges: Range[]): Class => ({ weight, ranges });
const these = (weight: number, points: Iterable<number>): Class => ({
  weight,
  ranges: Array.from(points, (point): Range => [point, point]),
});
const those = (weight: number, text: string): Class =>
  these(
    weight,
    Array.from(text, (character) => character.codePointAt(0)!),
  );

/** A letter of a plain name. Shrinks to `a`. */
export const letter: Characters = ofClasses(kind(1, [0x61, 0x7a]));

const notable = [
  ...' \t\n\r\0\\:;,%{}~$*?"\'#&|<>()[]!@=+-_^`',
  '\u0085', // next line
  '\u00a0', // no-break space
  '\u00ad', // soft hyphen
  '\u0301', // combining acute
  '\u0130', // a capital whose lower case is two characters
  '\u00df', // a small letter whose upper case is two characters
  '\ufb01', // a ligature that compatibility composition splits
  '\u200b', // zero width space
  '\u2028', // line separator
  '\u2024', // one dot leader, a dot under compatibility composition
  '\u2044', // fraction slash
  '\u2215', // division slash
  '\uff0e', // fullwidth dot
  '\uff0f', // fullwidth slash
  '\ufeff', // byte order mark
  '\ufffd', // the replacement character of decoders
  '\uffff',
  '\u{1f600}',
  '\u{10ffff}',
].map((character) => character.codePointAt(0)!);

const surrogates = (weight: number): Class =>
  // The last range holds the surrogates that stand for undecodable bytes in a path.
  kind(weight, [0xd800, 0xdbff], [0xdc00, 0xdfff], [0xdc80, 0xdcff]);

/** Any code point. Those that often cause trouble are more likely. */
export const anyCharacter: Characters = ofClasses(
  kind(2, [0x61, 0x7a]),
  kind(3, [0x20, 0x7e]),
  these(3, notable),
  kind(1, [0, 0x24f]),
  surrogates(1),
  kind(1, [0, 0xffff]),
  kind(1, [0, 0x10ffff]),
);

export const charactersBut = (excluded: string, from = anyCharacter): Characters => {
  const points = new Set(Array.from(excluded, (character) => character.charCodeAt(0)));
  return from.as((point) => (points.has(point) ? 0x61 : point));
};

/** The ranges of alphanumeric code points, and the ranges between them. */
export function alphanumericRanges(unicode: UnicodeVersion): { inside: Range[]; outside: Range[] } {
  const edges = [0, ...boundariesOf('alphanumeric', unicode), 0x110000];
  const ranges = edges.slice(1).map((end, i): Range => [edges[i]!, end - 1]);
  return {
    inside: ranges.filter((_, i) => i % 2 === 1),
    outside: ranges.filter(([first, last], i) => i % 2 === 0 && first <= last),
  };
}

/** Letters and numbers that are new in Unicode 16, 17 and 18. */
const lateAlphanumerics = [
  0x1c89, 0xa7cb, 0x105c0, 0x10d40, 0x16100, 0x1ccf0, 0x323b0, 0x33479, 0x558, 0xa7dd, 0x10ed9, 0x12550,
  0x18e00, 0x3d000,
];

/** The first and the last character of each range. */
const endsOf = (ranges: readonly Range[]): Iterable<number> => new Set(ranges.flat());

const perUnicode = <T>(make: (unicode: UnicodeVersion) => T): ((release: Release) => T) => {
  const made = new Map<UnicodeVersion, T>();
  return ({ unicode }) => {
    const one = made.get(unicode) ?? make(unicode);
    made.set(unicode, one);
    return one;
  };
};

/** A code point for which `str.isalnum()` is true in the release; ASCII half of the time. */
export const alphanumeric = perUnicode((unicode) => {
  const { inside } = alphanumericRanges(unicode);
  return ofClasses(those(2, '0123456789abcxyzABCXYZ'), these(1, endsOf(inside)), kind(1, ...inside));
});

/** A code point for which `str.isalnum()` is false in the release. */
export const notAlphanumeric = perUnicode((unicode) => {
  const isOutside = (point: number): boolean => !isAlphanumeric(point, unicode);
  const { outside } = alphanumericRanges(unicode);
  return ofClasses(
    those(2, '_-. /\\\n+'),
    these(2, notable.filter(isOutside)),
    these(1, endsOf(outside)),
    kind(1, ...outside),
    surrogates(1),
    these(1, lateAlphanumerics.filter(isOutside)),
  );
});

/** A character that is a combining mark in every version of Unicode used here. */
export const combiningMark: Characters = ofClasses(
  kind(1, [0x300, 0x36f]),
  these(1, [0x93e, 0x93f, 0x94d, 0x20dd, 0x20e3, 0x3099, 0xfe0f, 0xfe20, 0x1d165]),
);
