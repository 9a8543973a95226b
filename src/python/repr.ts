import type { UnicodeVersion } from './releases.ts';
import { str, type Str } from './text.ts';
import { isPrintable } from './unicode.ts';

const shortEscapes = new Map([
  [0x09, String.raw`\t`],
  [0x0a, String.raw`\n`],
  [0x0d, String.raw`\r`],
  [0x5c, String.raw`\\`],
]);

/** `repr()` of a str: what is not printable in the release's Unicode is escaped. */
export function reprText(text: Str, unicode: UnicodeVersion): Str {
  return quoted(text.codePoints(), (point) => isPrintable(point, unicode));
}

/** `repr()` of bytes, without its `b`. */
export function reprBytes(bytes: readonly number[]): Str {
  return quoted(bytes, (byte) => byte >= 0x20 && byte < 0x7f);
}

function quoted(points: readonly number[], printable: (point: number) => boolean): Str {
  const quote = points.includes(0x27) && !points.includes(0x22) ? '"' : "'";
  const body = points.map((point) => {
    const short = shortEscapes.get(point);
    if (short !== undefined) return short;
    if (point === quote.charCodeAt(0)) return `\\${quote}`;
    return printable(point) ? String.fromCodePoint(point) : escaped(point);
  });
  return str(quote + body.join('') + quote);
}

function escaped(point: number): string {
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
