/*
 * Paths as bytes, decoded as Python does on POSIX: as UTF-8, with a surrogate for each invalid byte
 * (`surrogateescape`).
 */
import { isUtf8 } from 'node:buffer';
import { resolve } from 'node:path';
import { str, type Str } from '../python/text.ts';

export type Terminator = '\n' | '\0';

/**
 * The paths of a stream, in the batches in which they arrive.
 *
 * @param input chunks of bytes
 * @param terminator the end of a path; the last path may lack it
 * @param dropped what is dropped before the terminator
 */
export async function* readPaths(
  input: AsyncIterable<Buffer>,
  terminator: Terminator,
  dropped: '\r' | '' = '',
): AsyncGenerator<Str[]> {
  const ending = `${dropped}${terminator}`;
  let begun: Buffer[] = [];
  for await (const chunk of input) {
    const end = chunk.lastIndexOf(terminator) + 1;
    if (end === 0) {
      begun.push(chunk);
      continue;
    }
    yield pathsIn(Buffer.concat([...begun, chunk.subarray(0, end)]), terminator, ending);
    begun = [chunk.subarray(end)];
  }
  const last = Buffer.concat(begun);
  if (last.length > 0) yield [decode(last)];
}

/** @param bytes paths, each with its terminator */
function pathsIn(bytes: Buffer, terminator: Terminator, ending: string): Str[] {
  const [encoding, decoded] = isUtf8(bytes) ? (['utf8', str] as const) : (['latin1', decodeLatin1] as const);
  const text = bytes.toString(encoding);
  return (ending === terminator ? text : text.replaceAll(ending, terminator))
    .slice(0, -1)
    .split(terminator)
    .map(decoded);
}

export const decode = (bytes: Buffer): Str =>
  isUtf8(bytes) ? str(bytes.toString()) : decodeLatin1(bytes.toString('latin1'));

/** Matches a UTF-8 sequence outside ASCII, or a single byte that is not part of one. */
const wellFormed =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

/** @param latin1 the bytes, each as the character with its number */
const decodeLatin1 = (latin1: string): Str =>
  str(
    latin1.replaceAll(wellFormed, (bytes) =>
      bytes.length === 1
        ? String.fromCharCode(0xdc00 + bytes.charCodeAt(0))
        : Buffer.from(bytes, 'latin1').toString(),
    ),
  );

/** The bytes of a text. A surrogate that does not stand for a byte is encoded as if UTF-8 allowed it. */
export function encode(text: string): string | Buffer {
  if (!/\p{Cs}/u.test(text)) return text;
  return Buffer.concat(
    text
      .split(/(\p{Cs})/u)
      .map((part, i) => (i % 2 === 0 ? Buffer.from(part) : Buffer.from(bytesOf(part.charCodeAt(0))))),
  );
}

/** The absolute path for the system. A surrogate that stands for a byte becomes that byte. */
export const locate = (cwd: string, path: string): string | Buffer => encode(resolve(cwd, path));

const bytesOf = (surrogate: number): number[] =>
  surrogate >= 0xdc80 && surrogate <= 0xdcff
    ? [surrogate & 0xff]
    : [0xe0 | (surrogate >> 12), 0x80 | ((surrogate >> 6) & 0x3f), 0x80 | (surrogate & 0x3f)];
