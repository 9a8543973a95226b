const noSeams: readonly number[] = [];

/**
 * Python's `str`: a sequence of code points, any of U+0000 to U+10FFFF, surrogates included.
 *
 * JavaScript's strings are sequences of UTF-16 units. The two differ in one place only: where a high and a
 * low surrogate stand side by side, JavaScript sees one character, and Python may see one character or two.
 * A `Str` is therefore a JavaScript string and its *seams*: the offsets at which such a pair is two.
 */
export class Str {
  static readonly empty = new Str('', noSeams);

  readonly kind = 'str';
  /** The text in UTF-16. Lossy where there are seams. */
  readonly units: string;
  /** Offsets into `units`, ascending, between two surrogates that are not one character. */
  private readonly seams: readonly number[];

  /** For this class's own use: elsewhere a text is made by `from`, `fromCodePoints` or `join`. */
  constructor(units: string, seams: readonly number[]) {
    this.units = units;
    this.seams = seams;
  }

  /** The text as JavaScript reads it: two surrogates that can be one character are one. */
  static from(text: string): Str {
    return text === '' ? Str.empty : new Str(text, noSeams);
  }

  /** @throws RangeError when a number is not a code point */
  static fromCodePoints(points: Iterable<number>): Str {
    const seams: number[] = [];
    let units = '';
    let before = 0;
    for (const point of points) {
      if (isLowSurrogate(point) && isHighSurrogate(before)) seams.push(units.length);
      units += String.fromCodePoint(point);
      before = point;
    }
    return new Str(units, seams);
  }

  /** What `separator.join(parts)` is in Python, for an ASCII separator. */
  static join(separator: string, parts: readonly Str[]): Str {
    let units = '';
    for (let i = 0; i < parts.length; i++) {
      const { units: own, seams } = parts[i]!;
      // Only there may two surrogates meet.
      if (seams.length > 0 || isLowSurrogate(own.charCodeAt(0))) return Str.joinOneByOne(separator, parts);
      units = i === 0 ? own : units + separator + own;
    }
    return Str.from(units);
  }

  private static joinOneByOne(separator: string, parts: readonly Str[]): Str {
    const glue = Str.from(separator);
    return parts.reduce((joined, part, i) => (i === 0 ? part : joined.concat(glue).concat(part)), Str.empty);
  }

  /** Python's `text * times`. */
  repeat(times: number): Str {
    const { units } = this;
    const mayMeet = this.seams.length > 0 || isLowSurrogate(units.charCodeAt(0));
    return mayMeet
      ? Str.join(
          '',
          Array.from({ length: times }, () => this),
        )
      : Str.from(units.repeat(times));
  }

  get isEmpty(): boolean {
    return this.units === '';
  }

  /** Whether a surrogate code point stands in the text, alone or beside another. */
  get hasSurrogates(): boolean {
    return this.seams.length > 0 || /\p{Cs}/u.test(this.units);
  }

  codePoints(): number[] {
    const points: number[] = [];
    this.every((point) => {
      points.push(point);
      return true;
    });
    return points;
  }

  /** Whether something holds of each code point; asked of one after the other, until it does not. */
  every(holds: (point: number) => boolean): boolean {
    const { units, seams } = this;
    for (let at = 0; at < units.length;) {
      const isSplit = seams.includes(at + 1);
      const point = isSplit ? units.charCodeAt(at) : units.codePointAt(at)!;
      if (!holds(point)) return false;
      at += point > 0xffff ? 2 : 1;
    }
    return true;
  }

  equals(other: Str): boolean {
    return (
      this.units === other.units &&
      this.seams.length === other.seams.length &&
      this.seams.every((seam, i) => seam === other.seams[i])
    );
  }

  /** Whether this is the given text, which holds no surrogates. */
  is(text: string): boolean {
    return this.units === text && this.seams.length === 0;
  }

  concat(other: Str): Str {
    if (other.isEmpty) return this;
    if (this.isEmpty) return other;
    const offset = this.units.length;
    const meet =
      isLowSurrogate(other.units.charCodeAt(0)) && isHighSurrogate(this.units.charCodeAt(offset - 1));
    const seams =
      meet || other.seams.length > 0
        ? [...this.seams, ...(meet ? [offset] : []), ...other.seams.map((seam) => seam + offset)]
        : this.seams;
    return new Str(this.units + other.units, seams);
  }

  /** From unit offset `start` to `end`; neither may lie within a character. */
  slice(start: number, end: number = this.units.length): Str {
    const { units, seams } = this;
    return new Str(
      units.slice(start, end),
      seams.length === 0
        ? noSeams
        : seams.filter((seam) => seam > start && seam < end).map((seam) => seam - start),
    );
  }

  /** All but the first character. */
  withoutFirst(): Str {
    const first = this.units.codePointAt(0) ?? 0;
    return this.slice(first > 0xffff && !this.seams.includes(1) ? 2 : 1);
  }

  /** The offset in `units` of the last occurrence of any of these ASCII characters, or -1. */
  lastIndexOfAny(characters: string): number {
    let last = -1;
    for (let i = 0; i < characters.length; i++) {
      last = Math.max(last, this.units.lastIndexOf(characters[i]!));
    }
    return last;
  }

  startsWith(text: string): boolean {
    return this.units.startsWith(text);
  }

  endsWith(text: string): boolean {
    return this.units.endsWith(text);
  }

  /** Python's `str.partition` for an ASCII separator: before its first occurrence, itself, and after. */
  partition(separator: string): [before: Str, separator: string, after: Str] {
    const at = this.units.indexOf(separator);
    return at < 0 ? [this, '', Str.empty] : this.cutAt(at, separator);
  }

  /** Python's `str.rpartition` for an ASCII separator: before its last occurrence, itself, and after. */
  rpartition(separator: string): [before: Str, separator: string, after: Str] {
    const at = this.units.lastIndexOf(separator);
    return at < 0 ? [Str.empty, '', this] : this.cutAt(at, separator);
  }

  private cutAt(at: number, separator: string): [before: Str, separator: string, after: Str] {
    return [this.slice(0, at), separator, this.slice(at + separator.length)];
  }

  /** Python's `str.rstrip` for ASCII characters. */
  rstrip(characters: string): Str {
    let end = this.units.length;
    while (end > 0 && characters.includes(this.units[end - 1]!)) end--;
    return end === this.units.length ? this : this.slice(0, end);
  }

  /** Python's `str.lstrip` for ASCII characters. */
  lstrip(characters: string): Str {
    let start = 0;
    while (start < this.units.length && characters.includes(this.units[start]!)) start++;
    return start === 0 ? this : this.slice(start);
  }

  /** Python's `str.removeprefix` for an ASCII text. */
  removePrefix(prefix: string): Str {
    return this.units.startsWith(prefix) ? this.slice(prefix.length) : this;
  }

  /** The text after a detour through UTF-16, in which every two surrogates that can be one character are one. */
  throughUtf16(): Str {
    return this.seams.length === 0 ? this : Str.from(this.units);
  }
}

/** @see Str.from */
export const str = (text: string): Str => Str.from(text);

export const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
