import type { UnicodeVersion } from './releases.ts';
import { str, type Str } from './text.ts';
import { isPrintable } from './unicode.ts';

const shortEscapes = new Map([
  [0x09, String.raw`\t`],
  [0x0a, String.raw`\n`],
  [0x0d, String.raw`\r`],
]);

/** Printable ASCII except characters that are escaped or affect the choice of quotes. */
const plain = /^[ !#-&(-[\]-~]*$/;

/** `repr()` of a str: characters that are not printable in the release's Unicode are escaped. */
export function reprText(text: Str, unicode: UnicodeVersion): Str {
  if (plain.test(text.units)) return str(`'${text.units}'`);
  return quoted(text, (point) => isPrintable(point, unicode));
}

/** `repr()` of bytes, without its `b`. */
export function reprBytes(bytes: readonly number[]): Str {
  let units = '';
  for (const byte of bytes) units += String.fromCharCode(byte);
  return quoted(str(units), (byte) => byte >= 0x20 && byte < 0x7f);
}

function quoted(text: Str, printable: (point: number) => boolean): Str {
  const { units } = text;
  const quote = units.includes("'") && !units.includes('"') ? '"' : "'";
  let body = '';
  let kept = 0;
  text.every((point, at) => {
    const isQuoting = point === 0x5c || point === quote.charCodeAt(0);
    if (isQuoting || !printable(point)) {
      body += units.slice(kept, at) + (isQuoting ? `\\${units[at]}` : escaped(point));
      kept = at + (point > 0xffff ? 2 : 1);
    }
    return true;
  });
  return str(quote + body + units.slice(kept) + quote);
}

function escaped(point: number): string {
  const short = shortEscapes.get(point);
  if (short !== undefined) return short;
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
