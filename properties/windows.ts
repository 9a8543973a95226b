/* Properties of paths on Windows, in the terms of chapter 9. */
import { Str } from '../src/python/text.ts';
import { longestPath, sameDrive, splitRoot } from '../src/python/windows.ts';
import type { Difference, Piece } from './parts.ts';
import type { Seen } from './seen.ts';

export const isLong = (part: Str): boolean => part.units.length > longestPath;
export const hasNull = (part: Str): boolean => part.units.includes('\0');
/** Whether it contains two adjacent surrogates that form a pair but are separate characters. */
export const isTorn = (part: Str): boolean => part !== part.throughUtf16();

const byRoots = ({ release }: Seen): boolean => release.has('paths-have-roots');

/** The root of a path; empty for what Windows rejects as a path. */
export const rootOf = (path: Str, seen: Seen): string =>
  byRoots(seen) && !isLong(path) && !hasNull(path) ? splitRoot(path, seen.release)[0].units : '';

/** The parts that the function joins. */
export const joined = (seen: Seen): readonly Str[] => {
  const { filename, below } = seen.record;
  if (filename === undefined) return [];
  if (below === undefined) return [seen.head, filename];
  return [seen.prefix!, below, filename, ...(seen.record.absolute === seen.head ? [] : [seen.head])];
};

/** The part that Windows rejects as a path. */
export const refused = (seen: Seen): Str =>
  [seen.head, ...joined(seen)].find((part) => isLong(part) || hasNull(part)) ?? Str.empty;

const trimmedRoot = (path: Str, seen: Seen): Str => Str.from(rootOf(path, seen)).rstrip('\\/');

/**
 * The root before the name, without separators: the directory's or, with a prefix, that of the part below it if it has
 * a drive, else the prefix's.
 */
function driveBefore(seen: Seen): Str {
  const { below } = seen.record;
  if (below === undefined) return trimmedRoot(seen.head, seen);
  const own = rootOf(below, seen);
  return own.includes(':') ? trimmedRoot(below, seen) : trimmedRoot(seen.prefix!, seen);
}

/** Whether the name starts with the drive that precedes it anyway. */
export function namesDriveAgain(seen: Seen): boolean {
  const { filename, below } = seen.record;
  const again = (path: Str, before: Str): boolean => {
    const root = rootOf(path, seen);
    return root.endsWith(':') && sameDrive(Str.from(root), before, seen.release);
  };
  return (
    again(filename!, driveBefore(seen)) ||
    (below !== undefined && again(below, trimmedRoot(seen.prefix!, seen)))
  );
}

/** Whether the name starts with a drive and drops what precedes it. */
export function namesDrive(seen: Seen): boolean {
  const root = rootOf(seen.record.filename!, seen);
  return (
    root.includes(':') && !(root.endsWith(':') && sameDrive(Str.from(root), driveBefore(seen), seen.release))
  );
}

/** Whether the part below the prefix starts with a drive and drops the prefix. */
export function startsAnew(seen: Seen): boolean {
  const root = rootOf(seen.record.below!, seen);
  const isSame =
    root.endsWith(':') && sameDrive(Str.from(root), trimmedRoot(seen.prefix!, seen), seen.release);
  return root.includes(':') && !isSame;
}

export type Placed = 'elsewhere' | 'dropped' | 'name' | 'separators' | 'drive' | 'folder';

/** The place of a file without a prefix. */
export function placed(seen: Seen): Placed {
  if (!seen.beside) return 'elsewhere';
  if (namesDrive(seen)) return 'dropped';
  const { head, trimmed } = seen;
  if (head.isEmpty) return 'name';
  if (trimmed.isEmpty) return 'separators';
  const isDrive = byRoots(seen)
    ? /^[^\\/]:$/.test(head.units) && rootOf(head, seen) === head.units
    : /^[a-z]:$/i.test(head.units);
  return isDrive ? 'drive' : 'folder';
}

/** Whether joining keeps all parts. */
export const joins = (seen: Seen): boolean =>
  seen.returned && !namesDrive(seen) && !(seen.below && startsAnew(seen));

/** Whether paths differ only in their separators, or in components that could be omitted. */
export function differsInSeparators({ wanted, found }: Difference): boolean {
  const bare = (pieces: ReadonlyMap<Piece, string>): string =>
    `${pieces.get('directory')}${pieces.get('folder')}`.replaceAll(/[\\/]|(?<![^\\/])\.\.?(?![^\\/])/g, '');
  return bare(wanted) === bare(found);
}

/** The text; if it is torn, without surrogates and without characters outside the Basic Multilingual Plane. */
export const withoutTorn = (part: Str): string =>
  isTorn(part) ? part.units.replaceAll(/\p{Cs}|[\u{10000}-\u{10ffff}]/gu, '') : part.units;

/** The parts after the roots, without the separators at the end. */
export const inside = (seen: Seen): readonly string[] =>
  seen.below
    ? [seen.record.below!.rstrip('\\/').units]
    : [seen.trimmed.units.slice(rootOf(seen.head, seen).length)];

export const endsInSeveral = (root: string): boolean => /[\\/]{2}$/.test(root);

export const startsWithDrive = (path: Str): boolean => /^[a-z]:/i.test(path.units);

/** Matches what no Windows name may contain. */
export const oddName =
  /[^\w\\/:.-]|[^\\/.]\.+(?:[\\/]|$)|(?:^|[\\/])(?:con|prn|aux|nul|com\d|lpt\d)(?:[\\/.]|$)/i;
