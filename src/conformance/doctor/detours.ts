/* Guesses how a text was changed on its way through an adapter. */
import { isSurrogate, Str } from '../../python/text.ts';

/** Whether a text contains another one, code point by code point. */
export const holds = (whole: Str, part: Str): boolean =>
  ` ${whole.codePoints().join(' ')} `.includes(part.isEmpty ? '' : ` ${part.codePoints().join(' ')} `);

/** A way to change a text, in words and as a function. */
type Detour = readonly [words: string, of: (text: Str) => Str];

/** Replaces each code point for which `becomes` gives a text. */
const each =
  (becomes: (point: number) => string | undefined) =>
  (text: Str): Str =>
    Str.join(
      '',
      text.codePoints().map((point) => {
        const other = becomes(point);
        return other === undefined ? Str.fromCodePoints([point]) : Str.from(other);
      }),
    );
const instead = (is: (point: number) => boolean, text: string): ((sent: Str) => Str) =>
  each((point) => (is(point) ? text : undefined));
const onUnits =
  (of: (units: string) => string) =>
  (text: Str): Str =>
    text.hasSurrogates ? text : Str.from(of(text.units));

const beyondAscii = (point: number): boolean => point > 0x7f;
const beyondBmp = (point: number): boolean => point > 0xffff;
const control = (point: number): boolean => point < 0x20 || point === 0x2028 || point === 0x2029;
const escaped = (point: number): string =>
  beyondBmp(point)
    ? Array.from({ length: 2 }, (_, i) => escaped(String.fromCodePoint(point).charCodeAt(i))).join('')
    : `\\u${point.toString(16).padStart(4, '0')}`;
/** The characters of Windows-1252 from 0x80 to 0x9f, where Latin-1 has control characters. */
const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
const asLatin1 = (units: string): string => Buffer.from(units).toString('latin1');
const asWindows1252 = (units: string): string =>
  asLatin1(units).replaceAll(/[\x80-\x9f]/g, (one) => windows1252[one.charCodeAt(0) - 0x80]!);

/** Rounds long numbers as a conversion to float does. */
function throughFloat(units: string): string {
  return units.replaceAll(/\d{16,}/g, (digits) => {
    const float = Number(digits);
    return Number.isFinite(float) ? String(BigInt(float)) : 'inf';
  });
}

const detours: readonly Detour[] = [
  ['two surrogates became one character, as in UTF-16', (text) => text.throughUtf16()],
  ['surrogates became "?"', instead(isSurrogate, '?')],
  ['surrogates became U+FFFD', instead(isSurrogate, '\uFFFD')],
  [
    'each surrogate became three U+FFFD, one for each byte of its UTF-8',
    instead(isSurrogate, '\uFFFD'.repeat(3)),
  ],
  ['surrogates were removed', instead(isSurrogate, '')],
  ['surrogates became escape sequences', each((point) => (isSurrogate(point) ? escaped(point) : undefined))],
  ['its UTF-8 was read as Latin-1', onUnits(asLatin1)],
  ['its UTF-8 was read as Windows-1252', onUnits(asWindows1252)],
  ['it was normalized to NFC', onUnits((units) => units.normalize('NFC'))],
  ['it was normalized to NFD', onUnits((units) => units.normalize('NFD'))],
  ['it was normalized to NFKC', onUnits((units) => units.normalize('NFKC'))],
  ['it was normalized to NFKD', onUnits((units) => units.normalize('NFKD'))],
  [
    'each character beyond the BMP became two surrogates',
    (text) =>
      Str.fromCodePoints(
        text
          .codePoints()
          .flatMap((point) =>
            beyondBmp(point) ? [0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff)] : [point],
          ),
      ),
  ],
  [
    'each character beyond the BMP was truncated to its lower 16 bits',
    each((point) => (beyondBmp(point) ? String.fromCharCode(point & 0xffff) : undefined)),
  ],
  ['characters beyond the BMP became "?"', instead(beyondBmp, '?')],
  ['characters beyond the BMP became "??"', instead(beyondBmp, '??')],
  ['characters beyond the BMP became U+FFFD', instead(beyondBmp, '\uFFFD')],
  ['characters beyond the BMP were removed', instead(beyondBmp, '')],
  ['characters beyond ASCII became "?"', instead(beyondAscii, '?')],
  ['characters beyond ASCII became U+FFFD', instead(beyondAscii, '\uFFFD')],
  [
    'each UTF-8 byte of characters beyond ASCII became U+FFFD',
    each((point) =>
      beyondAscii(point) ? '\uFFFD'.repeat(Buffer.byteLength(String.fromCodePoint(point))) : undefined,
    ),
  ],
  ['characters beyond ASCII were removed', instead(beyondAscii, '')],
  [
    'characters beyond ASCII became escape sequences',
    each((point) => (beyondAscii(point) ? escaped(point) : undefined)),
  ],
  ['its digits were converted through a float', onUnits(throughFloat)],
  ['NUL was removed', instead((point) => point === 0, '')],
  ['it was truncated at NUL', (text) => text.partition('\0')[0]],
  ['it was escaped once too often', onUnits((units) => JSON.stringify(units).slice(1, -1))],
  ['backslashes became slashes', onUnits((units) => units.replaceAll('\\', '/'))],
  ['backslashes were doubled', onUnits((units) => units.replaceAll('\\', String.raw`\\`))],
  ['backslashes were removed', onUnits((units) => units.replaceAll('\\', ''))],
  ['its line ends were changed', onUnits((units) => units.replaceAll(/\r?\n/g, '\r\n'))],
  ['its line ends were changed', onUnits((units) => units.replaceAll(/\r\n?/g, '\n'))],
  ['line ends and control characters became spaces', instead(control, ' ')],
  ['line ends and control characters were removed', instead(control, '')],
  ['it was truncated at its first line end', onUnits((units) => units.replace(/[\r\n\u2028\u2029].*/s, ''))],
  ['surrounding spaces were removed', onUnits((units) => units.trim())],
  ['its letters became lower case', onUnits((units) => units.toLowerCase())],
  ['its letters became upper case', onUnits((units) => units.toUpperCase())],
];

/**
 * How a text was changed, in words.
 * @param sent the text that should be part of `came`
 * @returns undefined if no usual change explains the difference
 */
export function detourOf(sent: Str, came: Str): string | undefined {
  // The change that leaves the most text is the likeliest: short results match by chance.
  let likeliest: { readonly words: string; readonly length: number } | undefined;
  for (const [words, of] of detours) {
    const changed = of(sent);
    const { length } = changed.units;
    if (length > (likeliest?.length ?? 0) && !changed.equals(sent) && holds(came, changed)) {
      likeliest = { words, length };
    }
  }
  if (likeliest !== undefined) return likeliest.words;
  const kept = longestStart(sent, came);
  return kept > 0 && kept * 2 >= sent.codePoints().length
    ? `only its first ${kept} characters arrived`
    : undefined;
}

/** How many of a text's first characters are contained in another text. */
function longestStart(sent: Str, came: Str): number {
  const points = sent.codePoints();
  let [least, most] = [0, points.length];
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (holds(came, Str.fromCodePoints(points.slice(0, middle)))) least = middle;
    else most = middle - 1;
  }
  return least;
}
