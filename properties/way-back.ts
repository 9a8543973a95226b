/* A call of `source_from_cache`, in the terms of chapter 10. */
import { changes, releaseOf } from '../src/python/releases.ts';
import { isalnum } from '../src/python/unicode.ts';
import { pathsOf } from '../src/python/paths.ts';
import { Str } from '../src/python/text.ts';
import { isLong, hasNull } from './windows.ts';
import type { Seen } from './seen.ts';

/** The steps that may raise, in CPython's order. */
export const stepsBack = ['arguments', 'tag', 'path', 'folder', 'dots', 'segment', 'level', 'join'] as const;
export type StepBack = (typeof stepsBack)[number];

/** The numbers of dots that a name may have. */
const dotsIn = ({ release }: Seen): readonly number[] => (release.has('optimization') ? [2, 3] : [2]);

/** The step that raised; undefined if none did. */
export function stepBack(seen: Seen): StepBack | undefined {
  if (seen.returned) return undefined;
  const { misfit, tag, head, kept, dot_count, opt_level, base_filename } = seen.record;
  if (misfit !== undefined) return 'arguments';
  if (tag === null) return 'tag';
  if (head === undefined) return 'path';
  if (kept === undefined) return 'folder';
  if (!dotsIn(seen).includes(dot_count!)) return 'dots';
  if (base_filename !== undefined) return 'join';
  return opt_level === undefined ? 'segment' : 'level';
}

/** The pieces of the bytecode file's name between the dots. */
export const piecesOfName = ({ record: { tail } }: Seen): readonly string[] => tail?.units.split('.') ?? [];

/** The step at which a name would raise if the function came to it; empty for a valid name. */
export function faultsOfName(seen: Seen): StepBack[] {
  const dots = piecesOfName(seen).length - 1;
  if (!dotsIn(seen).includes(dots)) return ['dots'];
  if (dots !== 3) return [];
  const segment = piecesOfName(seen)[2]!;
  if (!segment.startsWith('opt-')) return ['segment'];
  const level = Str.from(segment.slice('opt-'.length));
  return !level.isEmpty && isalnum(level, seen.release.unicode) ? [] : ['level'];
}

/** The prefix that the function reads, without the separators at its end. */
export const strippedPrefix = (seen: Seen): Str | undefined => seen.prefix?.rstrip(seen.separators);

/** Whether the file is below the prefix. */
export const isBelow = ({ record }: Seen): boolean => record.found_in_pycache_prefix === true;

/** Whether the result is a source from whose directory a cache folder was dropped. */
export const isBeside = (seen: Seen): boolean => seen.returned && !isBelow(seen);

/** Whether the file is directly in the prefix, whatever separators follow it. */
export function liesInPrefix(seen: Seen): boolean {
  const prefix = strippedPrefix(seen);
  return prefix !== undefined && !isBelow(seen) && seen.trimmed.equals(prefix) && hasHead(seen);
}

/** Whether there is a directory before the name. */
export const hasHead = ({ record: { head, tail, fspath } }: Seen): boolean =>
  head !== undefined && fspath !== undefined && fspath.units.length > tail!.units.length;

/** Whether the result does not keep all separators of the directory. */
export function separatorsChange({ posix, separators, record: { head, kept } }: Seen): boolean {
  if (!posix || kept === undefined) return true;
  return !kept.equals(kept.rstrip(separators)) || (kept.isEmpty && head!.startsWith('/'));
}

/** Whether a looser comparison of directories would find the file below the prefix. */
export function isNearlyBelow(seen: Seen): boolean {
  const prefix = strippedPrefix(seen);
  if (prefix === undefined || isBelow(seen) || !hasHead(seen)) return false;
  const { units } = seen.head;
  // Another name that starts with the prefix.
  if (units.startsWith(prefix.units) && units !== prefix.units) return true;
  if (prefix.isEmpty) return false;
  const [heads, prefixes] = [units, prefix.units].map((path) =>
    [path, `${seen.call.state.cwd?.units ?? ''}/${path}`].map((one) => `${loosely(one, seen)}/`),
  );
  return heads!.some((head) => prefixes!.some((one) => head.startsWith(one)));
}

/** A path without the differences that are often ignored: case, the kind and number of separators, and dots. */
function loosely(path: string, { posix }: Seen): string {
  const parts: string[] = [];
  for (const part of path.toLowerCase().split(posix ? '/' : /[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** The directory and the name joined as if neither had a root. */
export function joinedPlainly(seen: Seen): Str {
  const { kept, base_filename } = seen.record;
  const separator = seen.separators[0]!;
  const before = kept!.isEmpty ? Str.empty : kept!.rstrip(seen.separators).append(separator, Str.empty);
  return before.concat(base_filename!).concat(Str.from('.py'));
}

const withRoots = ({ release }: Seen): Seen['release'] =>
  release.has('paths-have-roots') ? release : releaseOf(changes['paths-have-roots'].at(-1)!);

/** The directory and the name joined by their roots, as Windows finds them; undefined if Windows rejects a part. */
export const joinedByRoots = (seen: Seen): Str | undefined => {
  const { kept, base_filename } = seen.record;
  const parts = [kept!, base_filename!.concat(Str.from('.py'))];
  return parts.some((part) => isLong(part) || hasNull(part))
    ? undefined
    : pathsOf('win32', withRoots(seen))._path_join(...parts);
};
