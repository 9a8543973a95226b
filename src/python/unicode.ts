import type { UnicodeVersion } from './releases.ts';
import type { Str } from './text.ts';
import { toggles } from './unicode-data.ts';

/**
 * A set of code points as its ascending boundaries: the first in the set, the first no longer in it, and so on. The
 * symmetric difference of two sets is then that of their boundaries.
 */
type Boundaries = readonly number[];
export type CharacterProperty = 'alphanumeric' | 'printable';

/** `str.isalnum()` of one character: whether it is in a category of letters or numbers. */
export const isAlphanumeric = (point: number, unicode: UnicodeVersion): boolean =>
  point < 0x80 ? asciiAlphanumeric(point) : contains(boundariesOf('alphanumeric', unicode), point);

/**
 * `str.isprintable()` of one character: whether it is the space, or none of control, format, separator, surrogate,
 * private-use and unassigned.
 */
export const isPrintable = (point: number, unicode: UnicodeVersion): boolean =>
  point < 0x80 ? point >= 0x20 && point < 0x7f : contains(boundariesOf('printable', unicode), point);

/** `str.isalnum()` of a text that is not empty. */
export function isalnum(text: Str, unicode: UnicodeVersion): boolean {
  return !/[^\dA-Za-z]/.test(text.units) || everyAlphanumeric(text, unicode);
}

/** A separate function, so that the closure is created only when it is needed. */
const everyAlphanumeric = (text: Str, unicode: UnicodeVersion): boolean =>
  text.every((point) => isAlphanumeric(point, unicode));

const asciiAlphanumeric = (point: number): boolean =>
  (point >= 0x61 && point <= 0x7a) || (point >= 0x41 && point <= 0x5a) || (point >= 0x30 && point <= 0x39);

/** Whether the number of boundaries at or before the point is odd. */
function contains(boundaries: Boundaries, point: number): boolean {
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (boundaries[middle]! <= point) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}

const unpacked: Readonly<Record<CharacterProperty, Map<UnicodeVersion, Boundaries>>> = {
  alphanumeric: new Map(),
  printable: new Map(),
};

/** The whole set, in the form described at `Boundaries`. */
export function boundariesOf(property: CharacterProperty, unicode: UnicodeVersion): Boundaries {
  let boundaries = unpacked[property].get(unicode);
  if (boundaries === undefined) {
    boundaries = [];
    for (const [version, packed] of toggles[property]) {
      boundaries = symmetricDifference(boundaries, unpack(packed));
      if (version === unicode) break;
    }
    unpacked[property].set(unicode, boundaries);
  }
  return boundaries;
}

/** Encodes the gaps between boundaries in base 36. */
export function pack(boundaries: Boundaries): string {
  return boundaries.map((boundary, i) => (boundary - (boundaries[i - 1] ?? 0)).toString(36)).join(' ');
}

function unpack(packed: string): Boundaries {
  let boundary = 0;
  return Array.from(packed.matchAll(/\w+/g), ([gap]) => (boundary += Number.parseInt(gap, 36)));
}

/** The elements that are in exactly one of two ascending lists. */
export function symmetricDifference(a: Boundaries, b: Boundaries): Boundaries {
  const alone: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one = Infinity, other = Infinity] = [a[i], b[j]];
    if (one <= other) i++;
    if (other <= one) j++;
    if (one !== other) alone.push(Math.min(one, other));
  }
  return alone;
}
