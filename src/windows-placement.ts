/*
 * Which rules of spec/9-windows.md decide where a file is put. What they say is done in python/paths.ts and
 * python/windows.ts: here it is only told.
 */
import type { Cite } from './onlooker.ts';
import type { Source } from './placement.ts';
import type { Release } from './python/releases.ts';
import { Str } from './python/text.ts';
import { longestPath, sameDrive, splitRoot } from './python/windows.ts';

/* Beside the source */

export function citeWindowsDirectory(
  { directory, separator, file }: Source,
  release: Release,
  cite: Cite,
): void {
  if (!citeWindowsCharacters([directory, file], release, cite)) return;
  const byRoots = release.has('paths-have-roots');
  const root = byRoots ? splitRoot(directory, release)[0] : Str.empty;
  if (byRoots) {
    const before = root.rstrip('\\/');
    if (citeDrive(file, before, 'windows-drive-name-drops-the-cache-folder', release, cite)) return;
  } else cite('windows-drive-is-part-of-the-name', () => /^[a-z]:/i.test(file.units));
  cite('windows-joins-with-backslash');
  citeNames([directory, file], release, cite);
  if (directory.isEmpty) {
    cite(separator === '' ? 'path-without-directory' : 'windows-root-is-lost');
    return;
  }
  const trimmed = directory.rstrip('\\/');
  if (trimmed.isEmpty) cite('windows-root-of-separators-is-one');
  else if (byRoots ? isDriveAlone(directory, root) : /^[a-z]:$/i.test(directory.units)) {
    cite(byRoots ? 'windows-drive-root-is-lost' : 'windows-drive-root-is-kept');
  } else cite('path-cache-folder-beside-source');
  cite('path-slashes-before-name-collapse', () => !trimmed.isEmpty && trimmed !== directory);
  cite('path-dots-in-directories-do-not-count', () => trimmed.units.includes('.'));
  citeInside(trimmed.slice(root.units.length), cite);
  cite('windows-shares-are-kept', () => /^[\\/]{2}[^\\/]/.test(directory.units) && !endsInSeveral(root));
  cite('windows-separators-after-root-become-one', () => !trimmed.isEmpty && endsInSeveral(root));
  cite('windows-separator-after-root-turns', () => root.endsWith('/'));
}

/** Whether a path is its root, and that is a drive which no separator follows. */
const isDriveAlone = (path: Str, root: Str): boolean =>
  path.units.length === root.units.length && isDrive(root);
const isDrive = (root: Str): boolean => /^[^\\/]:$/.test(root.units);
const endsInSeveral = (root: Str): boolean => /[\\/]{2}$/.test(root.units);

/** What stands after the root, without the separators at its end. */
const citeInside = (inside: Str, cite: Cite): void =>
  cite('windows-separators-inside-stay', () => /[\\/]|^\.\.?$/.test(inside.units));

/**
 * What is put behind others may start with a drive.
 *
 * @param before the drive, or the server and share, of what stands before it
 * @param dropping the rule for what drops all that stands before it
 * @returns whether it does
 */
function citeDrive(path: Str, before: Str, dropping: string, release: Release, cite: Cite): boolean {
  const root = splitRoot(path, release)[0];
  if (!root.units.includes(':')) return false;
  if (root.endsWith(':') && sameDrive(root, before, release)) {
    cite('windows-drive-named-again-is-dropped');
    return false;
  }
  cite(dropping);
  citeDriveCharacter([path], release, cite);
  return true;
}

/**
 * What becomes of the characters of parts that are joined.
 *
 * @returns false where one of the parts is refused
 */
function citeWindowsCharacters(parts: readonly Str[], release: Release, cite: Cite): boolean {
  const isTornApart = (part: Str): boolean => part !== part.throughUtf16();
  if (!release.has('paths-have-roots')) {
    cite('windows-characters-pass-unchanged', () =>
      parts.some((part) => isLong(part) || hasNull(part) || isTornApart(part)),
    );
    return true;
  }
  if (citeRefused(parts, release, cite)) return false;
  cite('windows-surrogates-become-one', () =>
    parts.some((part) => isTornApart(part) && !splitRoot(part, release)[0].isEmpty),
  );
  return true;
}

/** @returns whether Windows takes one of the parts for no path */
export function citeRefused(parts: readonly Str[], release: Release, cite: Cite): boolean {
  const refused = release.has('paths-have-roots')
    ? parts.find((part) => isLong(part) || hasNull(part))
    : undefined;
  if (refused === undefined) return false;
  cite(isLong(refused) ? 'windows-long-paths-raise' : 'windows-null-character-raises');
  return true;
}

const isLong = (part: Str): boolean => part.units.length > longestPath;
const hasNull = (part: Str): boolean => part.units.includes('\0');

function citeNames(paths: readonly Str[], release: Release, cite: Cite): void {
  cite('windows-names-are-not-checked', () =>
    paths.some(({ units }) =>
      /[^\w\\/:.-]|[. ](?:[\\/]|$)|(?:^|[\\/])(?:con|prn|aux|nul|com\d|lpt\d)(?:[\\/.]|$)/i.test(units),
    ),
  );
  citeDriveCharacter(paths, release, cite);
}

function citeDriveCharacter(paths: readonly Str[], release: Release, cite: Cite): void {
  if (release.has('roots-by-windows')) {
    cite('windows-drive-is-a-letter', () => paths.some(({ units }) => /^[^a-zA-Z\\/]:/u.test(units)));
  } else if (release.has('paths-have-roots')) {
    cite('windows-drive-is-any-character', () => paths.some(({ units }) => /^[^a-z\\/]:/i.test(units)));
  }
}

/* Below a prefix */

/** What a directory that is not relative in every way is below a prefix. */
export function citeWindowsSource(directory: Str, absolute: Str, release: Release, cite: Cite): void {
  // An absolute one is not joined.
  if (absolute !== directory) citeWindowsCharacters([directory], release, cite);
  if (!release.has('paths-have-roots')) {
    cite(
      'windows-prefix-rooted-path-is-relative',
      () => /^[\\/]/.test(directory.units) && !directory.startsWith('\\/'),
    );
    cite('windows-prefix-drive-without-root-becomes-a-folder', () =>
      /^[a-z]:(?![\\/])/i.test(directory.units),
    );
    cite('windows-prefix-any-character-is-a-drive', () => /^[^a-zA-Z\\/]:[\\/]/u.test(directory.units));
    return;
  }
  cite('windows-prefix-rooted-path-starts-at-the-drive', () => /^[\\/](?![\\/])/.test(directory.units));
  cite('windows-prefix-shares-become-folders', () => /^[\\/]{2}/.test(absolute.units));
  cite('windows-prefix-completes-the-same-drive-only', () => isDrive(splitRoot(directory, release)[0]));
  if (!release.has('roots-by-windows')) {
    cite('windows-prefix-any-character-is-a-drive', () => /^[^a-z\\/]:[\\/]/i.test(directory.units));
  }
  if (release.has('leading-dot-is-dropped')) {
    cite('windows-prefix-leading-dots-by-separator', () => /^\.(?:\\\.\/|\/\.\\)/.test(directory.units));
  }
  citeDriveCharacter([directory], release, cite);
}

/** The prefix, the directory without its drive, and the file. */
export function citeBelow(
  parts: readonly [prefix: Str, middle: Str, file: Str],
  release: Release,
  cite: Cite,
): void {
  const [prefix, middle, file] = parts;
  if (!citeWindowsCharacters(parts, release, cite)) return;
  if (release.has('paths-have-roots')) {
    const root = splitRoot(prefix, release)[0];
    let before = root.rstrip('\\/');
    const dropped = citeDrive(middle, before, 'windows-second-drive-drops-the-prefix', release, cite);
    if (dropped) before = splitRoot(middle, release)[0].rstrip('\\/');
    if (citeDrive(file, before, 'windows-drive-name-drops-the-prefix', release, cite)) return;
    if (!dropped) {
      cite('windows-drive-as-prefix-stays-relative', () => isDriveAlone(prefix, root));
      cite('windows-separator-after-root-turns', () => root.endsWith('/'));
      cite('windows-separators-after-root-become-one', () => endsInSeveral(root));
    }
  } else cite('windows-drive-is-part-of-the-name', () => /^[a-z]:/i.test(file.units));
  cite('windows-joins-with-backslash');
  citeInside(middle.rstrip('\\/'), cite);
  citeNames([prefix, middle, file], release, cite);
}
