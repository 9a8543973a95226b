/*
 * V8 has many kinds of strings, and looks up a method at each call if it is called on many kinds. The most frequently
 * used methods are therefore taken from the prototype once.
 */
// oxlint-disable-next-line typescript/unbound-method
const { charCodeAt, codePointAt, endsWith, indexOf, lastIndexOf, slice, startsWith } = String.prototype;
const unitAt = (units: string, at: number): number => charCodeAt.call(units, at);
const cut = (units: string, start: number, end: number): string => slice.call(units, start, end);
const find = (units: string, text: string, from = 0): number => indexOf.call(units, text, from);
const beginsWith = (units: string, text: string): boolean => startsWith.call(units, text);

/** The seams of every text without any. Most texts have none, and are recognized by this list. */
const noSeams: readonly number[] = [];

/**
 * Python's `str`: a sequence of code points from U+0000 to U+10FFFF, including surrogates.
 *
 * JavaScript strings are sequences of UTF-16 units. The two differ in only one case: for a high surrogate followed by a
 * low one, JavaScript sees one character, whereas Python may see one or two. A `Str` is therefore a JavaScript string
 * with its *seams*: the offsets at which such a pair is two characters.
 */
export class Str {
  static readonly empty = new Str('', noSeams, 0, 0);

  /** The text in UTF-16. It loses the seams. */
  readonly units: string;
  /** Ascending offsets into `units`, between two surrogates that are separate characters. */
  private readonly seams: readonly number[];
  /** The number of units. */
  private readonly length: number;
  /** The last unit, or 0. It is kept, because V8 flattens a concatenation of which it reads a unit. */
  private readonly last: number;

  /** Only for this class: elsewhere a text is created with `from`, `fromCodePoints` or `join`. */
  constructor(units: string, seams: readonly number[], length: number, last: number) {
    this.units = units;
    this.seams = seams;
    this.length = length;
    this.last = last;
  }

  get kind(): 'str' {
    return 'str';
  }

  /** The text as JavaScript reads it: a pair of surrogates is one character. */
  static from(text: string): Str {
    return Str.of(text, noSeams);
  }

  /** @throws RangeError if a number is not a code point */
  static fromCodePoints(points: Iterable<number>): Str {
    const seams: number[] = [];
    let units = '';
    let before = 0;
    for (const point of points) {
      if (isLowSurrogate(point) && isHighSurrogate(before)) seams.push(units.length);
      units += String.fromCodePoint(point);
      before = point;
    }
    return Str.of(units, seams.length === 0 ? noSeams : seams);
  }

  private static of(units: string, seams: readonly number[]): Str {
    const { length } = units;
    return length === 0 ? Str.empty : new Str(units, seams, length, unitAt(units, length - 1));
  }

  /** Python's `separator.join(parts)`, for an ASCII separator. */
  static join(separator: string, parts: readonly Str[]): Str {
    let joined = parts[0] ?? Str.empty;
    for (let i = 1; i < parts.length; i++) joined = joined.append(separator, parts[i]!);
    return joined;
  }

  /** Python's `text * times`. */
  repeat(times: number): Str {
    const { units } = this;
    const mayMeet = this.seams !== noSeams || isLowSurrogate(units.charCodeAt(0));
    return mayMeet
      ? Str.join(
          '',
          Array.from({ length: times }, () => this),
        )
      : Str.from(units.repeat(times));
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Whether the text contains a surrogate code point, alone or beside another. */
  get hasSurrogates(): boolean {
    return this.seams !== noSeams || /\p{Cs}/u.test(this.units);
  }

  codePoints(): number[] {
    const points: number[] = [];
    for (let at = 0; at < this.length;) {
      const point = this.pointAt(at);
      points.push(point);
      at += point > 0xffff ? 2 : 1;
    }
    return points;
  }

  /**
   * Whether a condition holds for each code point. Stops at the first for which it does not.
   * @param holds also receives the code point's offset in `units`
   */
  every(holds: (point: number, at: number) => boolean): boolean {
    for (let at = 0; at < this.length;) {
      const point = this.pointAt(at);
      if (!holds(point, at)) return false;
      at += point > 0xffff ? 2 : 1;
    }
    return true;
  }

  private pointAt(at: number): number {
    const isSplit = this.seams !== noSeams && this.seams.includes(at + 1);
    return isSplit ? unitAt(this.units, at) : codePointAt.call(this.units, at)!;
  }

  equals(other: Str): boolean {
    return (
      this.units === other.units &&
      (this.seams === other.seams ||
        (this.seams.length === other.seams.length && this.seams.every((seam, i) => seam === other.seams[i])))
    );
  }

  /** Whether this text equals the given one, which contains no surrogates. */
  is(text: string): boolean {
    return this.units === text && this.seams === noSeams;
  }

  concat(other: Str): Str {
    if (other.isEmpty) return this;
    if (this.isEmpty) return other;
    const offset = this.length;
    const meet = isHighSurrogate(this.last) && isLowSurrogate(unitAt(other.units, 0));
    const seams =
      meet || other.seams !== noSeams
        ? [...this.seams, ...(meet ? [offset] : []), ...other.seams.map((seam) => seam + offset)]
        : this.seams;
    return new Str(this.units + other.units, seams, offset + other.length, other.last);
  }

  /** This text, followed by an ASCII one and another: Python's `''.join([self, middle, other])`. */
  append(middle: string, other: Str): Str {
    if (middle === '' || other.isEmpty || this.seams !== noSeams || other.seams !== noSeams) {
      return this.concat(Str.from(middle)).concat(other);
    }
    const length = this.length + middle.length + other.length;
    return new Str(this.units + middle + other.units, noSeams, length, other.last);
  }

  /** From unit offset `start` to `end` or the end of the text. Neither offset may be inside a character. */
  slice(start: number, end: number = this.length): Str {
    const stop = Math.min(end, this.length);
    if (start >= stop) return Str.empty;
    const seams = this.seams === noSeams ? noSeams : seamsWithin(this.seams, start, stop);
    const last = stop === this.length ? this.last : unitAt(this.units, stop - 1);
    return new Str(cut(this.units, start, stop), seams, stop - start, last);
  }

  /** All but the first character. */
  withoutFirst(): Str {
    return this.slice(!this.isEmpty && this.pointAt(0) > 0xffff ? 2 : 1);
  }

  /** The offset in `units` of the last occurrence of any of these ASCII characters, or -1. */
  lastIndexOfAny(characters: string): number {
    return this.length > near ? lastInParts(this.units, characters) : lastIn(this.units, characters);
  }

  startsWith(text: string): boolean {
    return beginsWith(this.units, text);
  }

  /** Python's `str.startswith` for any text. `startsWith` is for a text without surrogates. */
  startsWithStr(other: Str): boolean {
    if (!beginsWith(this.units, other.units)) return false;
    if (this.seams === noSeams && other.seams === noSeams && !isHighSurrogate(other.last)) return true;
    const first = this.slice(0, other.length);
    // The other text must not end inside a character of this one.
    return first.equals(other) && first.concat(this.slice(other.length)).equals(this);
  }

  /** Python's `str.count` for one ASCII character. */
  count(character: string): number {
    let count = 0;
    for (let at = find(this.units, character); at >= 0; at = find(this.units, character, at + 1)) count++;
    return count;
  }

  endsWith(text: string): boolean {
    return endsWith.call(this.units, text);
  }

  /** Python's `str.partition` for a separator of one ASCII character: before its first occurrence, itself, and after. */
  partition(separator: string): [before: Str, separator: string, after: Str] {
    const at = find(this.units, separator);
    return at < 0 ? [this, '', Str.empty] : this.cutAt(at, separator);
  }

  /** Python's `str.rpartition` for a separator of one ASCII character: before its last occurrence, itself, and after. */
  rpartition(separator: string): [before: Str, separator: string, after: Str] {
    const at = this.lastIndexOfAny(separator);
    return at < 0 ? [Str.empty, '', this] : this.cutAt(at, separator);
  }

  private cutAt(at: number, separator: string): [before: Str, separator: string, after: Str] {
    return [this.slice(0, at), separator, this.slice(at + separator.length)];
  }

  /** Python's `str.rstrip` for ASCII characters. */
  rstrip(characters: string): Str {
    if (!isOneOf(this.last, characters)) return this;
    let end = this.length - 1;
    while (end > 0 && isOneOf(unitAt(this.units, end - 1), characters)) end--;
    return this.slice(0, end);
  }

  /** Python's `str.lstrip` for ASCII characters. */
  lstrip(characters: string): Str {
    let start = 0;
    while (start < this.length && isOneOf(unitAt(this.units, start), characters)) start++;
    return start === 0 ? this : this.slice(start);
  }

  /** Python's `str.removeprefix` for an ASCII text. */
  removePrefix(prefix: string): Str {
    return beginsWith(this.units, prefix) ? this.slice(prefix.length) : this;
  }

  /** The text after a round trip through UTF-16, in which every pair of surrogates becomes one character. */
  throughUtf16(): Str {
    return this.seams === noSeams ? this : Str.from(this.units);
  }
}

function seamsWithin(seams: readonly number[], start: number, end: number): readonly number[] {
  const within = seams.filter((seam) => seam > start && seam < end);
  return within.length === 0 ? noSeams : within.map((seam) => seam - start);
}

/** Up to this length, searching forwards for each occurrence is faster than V8's backward search. */
const near = 64;
/** The number of units that V8 searches at once, forwards: its backward search is many times slower. */
const atOnce = 4096;

function lastIn(units: string, characters: string): number {
  let last = -1;
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    for (let at = find(units, character, last + 1); at >= 0; at = find(units, character, at + 1)) last = at;
  }
  return last;
}

function lastInParts(units: string, characters: string): number {
  for (let start = units.length; start > 0;) {
    const part = cut(units, Math.max(0, start - atOnce), start);
    start -= part.length;
    let last = -1;
    for (const character of characters) {
      if (find(part, character) >= 0) last = Math.max(last, lastIndexOf.call(part, character));
    }
    if (last >= 0) return start + last;
  }
  return -1;
}

function isOneOf(unit: number, characters: string): boolean {
  for (let i = 0; i < characters.length; i++) if (unit === characters.charCodeAt(i)) return true;
  return false;
}

/** @see Str.from */
export const str = (text: string): Str => Str.from(text);

export const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
