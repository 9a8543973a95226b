/*
 * Whether an interpreter that looks for a bytecode file would read it. The checks are those that `importlib` makes of
 * the header, in the same order. Of what follows the header, only the presence is checked.
 */
import type { HashChecks } from './python/command-line.ts';
import { releaseOf, type Version } from './python/releases.ts';
import { sourceHash, type Rounds } from './python/source-hash.ts';
import { ownerOf, type Format, type Implementation } from './python/tags.ts';

/** The interpreter that looks for the file. */
export type Reader = {
  readonly implementation: Implementation;
  readonly version: Version;
  readonly format: Format;
  /** Omitted for `default`. */
  readonly hashChecks?: HashChecks;
};

/** The current state of the source. */
export type Source = {
  /** `int(os.stat(path).st_mtime)` */
  readonly mtime: bigint;
  readonly size: bigint;
  readonly bytes: () => Uint8Array;
};

/** What a header says about the source of the bytecode. */
export type Header = { readonly magic: number } & (
  | { readonly check: 'timestamp'; readonly mtime: number; readonly size: number }
  | { readonly check: 'checked-hash' | 'unchecked-hash'; readonly hash: string }
  | { readonly check: 'invalid-flags'; readonly flags: number }
);

/** `unknown` if it depends on a hash that cannot be computed here. */
export type Reading = {
  readonly isRead: boolean | 'unknown';
  /** Information for the user: a sentence without its full stop. */
  readonly remark?: string;
  /** The exception that an import raises after reading the header; omitted if the import is not known to fail. */
  readonly raises?: 'EOFError';
};

/** The maximum size of a header, in bytes. */
const headerSize = 16;
/** How many bytes of a file are examined: the header, and one more to see whether anything follows it. */
export const startSize = headerSize + 1;

const hasFlags = ({ version }: Reader): boolean => releaseOf(version).holds['bytecode-has-flags'];

/** The offset of the time in a header. Time and size, or the hash in their place, take eight bytes. */
const timeAt = (reader: Reader): number => (hasFlags(reader) ? 8 : 4);

/** The magic number of a file; undefined if it has none. */
export const magicOf = (file: Uint8Array): number | undefined =>
  file[2] === 0x0d && file[3] === 0x0a ? file[0]! | (file[1]! << 8) : undefined;

/**
 * The header of a file, in the format of a reader.
 *
 * @param file the file's content, or at least its first `startSize` bytes
 * @returns undefined if it is not in that format, or is truncated
 */
export function headerOf(file: Uint8Array, reader: Reader): Header | undefined {
  const magic = magicOf(file);
  const start = timeAt(reader);
  if (magic !== reader.format.magic || file.length < start + 8) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const flags = start === 8 ? view.getUint32(4, true) : 0;
  if (flags > 3) return { magic, check: 'invalid-flags', flags };
  if ((flags & 1) === 0) {
    const [mtime, size] = [view.getUint32(start, true), view.getUint32(start + 4, true)];
    return { magic, check: 'timestamp', mtime, size };
  }
  const hash = inHex(file.subarray(8, headerSize));
  return { magic, check: flags === 3 ? 'checked-hash' : 'unchecked-hash', hash };
}

/**
 * Whether a reader would read a file at its place in a cache folder or, if there is no source, beside it.
 *
 * @param file the file's content, or at least its first `startSize` bytes
 */
export function reading(file: Uint8Array, reader: Reader, source: Source | undefined): Reading {
  const magic = magicOf(file);
  if (magic === undefined) return unread('it has no magic number');
  if (magic !== reader.format.magic) {
    return unread(`its magic number is ${magic}, of ${ownerOf(magic) ?? 'an unknown interpreter'}`);
  }
  const header = headerOf(file, reader);
  if (header === undefined) return unread(`its header is cut off after ${file.length} bytes`);
  if (header.check === 'invalid-flags') return unread(`its flags are ${header.flags}, which is not valid`);
  if (source === undefined) return { isRead: true };
  if (header.check === 'timestamp') return sinceCompiled(header, source, hasFlags(reader));
  if (!isChecked(header, reader)) return { isRead: true, remark: 'its source is not checked' };
  const rounds = roundsOf(reader);
  if (rounds === undefined) return { isRead: 'unknown', remark: 'its hash cannot be computed here' };
  const hash = inHex(sourceHash(file.subarray(0, 4), source.bytes(), rounds));
  return hash === header.hash ? { isRead: true } : unread('it is stale: its source has another hash');
}

const isChecked = ({ check }: Header, { hashChecks = 'default' }: Reader): boolean =>
  hashChecks === 'default' ? check === 'checked-hash' : hashChecks === 'always';

/**
 * The same for an interpreter's own file, and also whether the import fails: if nothing follows the header, Python does
 * not fall back on the source. GraalPy and RustPython were not tested.
 */
export function importing(file: Uint8Array, reader: Reader, source: Source | undefined): Reading {
  const one = reading(file, reader, source);
  const isAsked = reader.implementation === 'cpython' || reader.implementation === 'pypy';
  if (one.isRead !== true || !isAsked || file.length > timeAt(reader) + 8) return one;
  const remarks = [one.remark, 'nothing follows its header, so the import raises EOFError'];
  return { ...one, raises: 'EOFError', remark: remarks.filter((remark) => remark !== undefined).join('; ') };
}

const unread = (remark: string): Reading => ({ isRead: false, remark });

function sinceCompiled(
  { mtime, size }: Header & { check: 'timestamp' },
  source: Source,
  isModulo: boolean,
): Reading {
  // Before 3.7, a time of more than 32 bits never equals one that fits.
  const time = isModulo ? BigInt.asUintN(32, source.mtime) : source.mtime;
  if (time !== BigInt(mtime)) {
    return unread(`it is stale: its source was modified at ${inTime(time)}, not at ${inTime(BigInt(mtime))}`);
  }
  if (BigInt.asUintN(32, source.size) === BigInt(size)) return { isRead: true };
  return unread(`it is stale: its source has ${source.size} bytes, not ${size}`);
}

/** `2026-11-29T12:00:00Z`, or the seconds if there is no such date. */
function inTime(seconds: bigint): string {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s` : date.toISOString().replace('.000Z', 'Z');
}

/** The rounds of SipHash; undefined for GraalPy and RustPython, which were not tested. */
function roundsOf({ implementation, version }: Reader): Rounds | undefined {
  if (implementation === 'pypy') return [2, 4];
  if (implementation !== 'cpython') return undefined;
  return releaseOf(version).holds['source-hash-has-fewer-rounds'] ? [1, 3] : [2, 4];
}

const inHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
