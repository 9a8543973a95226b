/* What interpreters would do with existing bytecode files, according to their headers and the source. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { nameOf, type BytecodeFile, type Wanted } from '../bytecode-files.ts';
import {
  headerOf,
  importing,
  reading,
  startSize,
  type Header,
  type Reader,
  type Reading,
  type Source,
} from '../bytecode-header.ts';
import type { HashChecks } from '../python/command-line.ts';
import { parseVersion, releaseOf } from '../python/releases.ts';
import { formatsOf, tags, type Tagged } from '../python/tags.ts';
import type { Str } from '../python/text.ts';
import { locate } from './bytes.ts';

/** An existing file, and what each program that looks for it would do with it. */
export type FoundFile = BytecodeFile & {
  readonly header: Header | undefined;
  readonly readings: ReadonlyArray<Reading & { readonly by: string }>;
};

/**
 * Adds the contents of headers to the files of a source.
 *
 * @param isNamed whether an implementation or a release was requested; if not, only interpreters that would read a file
 *   beside the source are listed for it
 * @param hashChecks how the requested interpreter is started; omitted for `default`
 */
export function withHeaders(
  files: readonly BytecodeFile[],
  source: Str,
  wanted: Wanted,
  isNamed: boolean,
  hashChecks?: HashChecks,
): FoundFile[] {
  const there = sourceAt(locate(wanted.cwd!.units, source.units));
  return files.map((file) => {
    const start = startOf(locate(wanted.cwd!.units, file.path.units));
    const looking = file.isLegacy ? besideSource(file, wanted) : inCache(file);
    const all = looking.map(({ by, reader }) => ({
      by,
      ...readingOf(file, start, { ...reader, ...(hashChecks && { hashChecks }) }, there),
    }));
    const [header] = looking.flatMap(({ reader }) => (start && headerOf(start, reader)) ?? []);
    return { ...file, header, readings: file.isLegacy && !isNamed ? ofAnyone(all) : all };
  });
}

/** The readings of those that would read the file or, if none would, the reason of the first. */
function ofAnyone(readings: FoundFile['readings']): FoundFile['readings'] {
  const readers = readings.filter(({ isRead }) => isRead !== false);
  return readers.length > 0
    ? readers
    : readings.slice(0, 1).map((one) => ({ ...one, by: 'any interpreter' }));
}

function readingOf(
  { isLegacy, owner }: BytecodeFile,
  start: Buffer | undefined,
  reader: Reader,
  source: Source | undefined,
): Reading {
  if (isLegacy && source) return { isRead: false, remark: 'its source exists and is read instead' };
  if (!isLegacy && !source) return { isRead: false, remark: 'its source does not exist' };
  if (start === undefined) return { isRead: false, remark: 'it cannot be read' };
  // What other programs do with truncated files of their own was not tested.
  return owner === undefined ? importing(start, reader, source) : reading(start, reader, source);
}

type Looking = { readonly by: string; readonly reader: Reader };

const readersOf = ({ implementation, series }: Pick<Tagged, 'implementation' | 'series'>): Reader[] =>
  formatsOf(implementation, series).map((format) => ({
    implementation,
    version: parseVersion(series)!,
    format,
  }));

/** The programs that look for a file in a cache folder: an interpreter at a level, or a program that runs on one. */
function inCache({ runners, readers, owner }: BytecodeFile): Looking[] {
  if (readers.length === 0) return [];
  const looking = runners.flatMap((runner) =>
    readersOf(runner).map((reader) => {
      const { of } = reader.format;
      return { reader, by: owner === undefined ? nameOf(of, runner.level) : `${owner} on ${of}` };
    }),
  );
  return [...new Map(looking.map((one) => [one.by, one])).values()];
}

/** The interpreters that look for a file beside the source: all requested ones, at any level. */
function besideSource({ path }: BytecodeFile, { implementations, versions }: Wanted): Looking[] {
  const series = new Set(
    versions
      .filter((one) => path.units.endsWith('.pyc') || !releaseOf(one).holds.optimization)
      .map(([major, minor]) => `${major}.${minor}`),
  );
  return tags
    .filter((one) => implementations.includes(one.implementation) && series.has(one.series))
    .flatMap(readersOf)
    .map((reader) => ({ reader, by: reader.format.of }));
}

/** The first bytes of a file; undefined if it cannot be read. */
function startOf(path: string | Buffer): Buffer | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(startSize);
      return bytes.subarray(0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** What `importlib` reads of a source; undefined if there is no such file. */
function sourceAt(path: string | Buffer): Source | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  const rest = ((found.mtimeNs % second) + second) % second;
  // Python's time is a float, of which importlib drops the fraction.
  const mtime = BigInt(Math.trunc(Number((found.mtimeNs - rest) / second) + 1e-9 * Number(rest)));
  return { mtime, size: found.size, bytes: () => readFileSync(path) };
}

const second = 1_000_000_000n;
