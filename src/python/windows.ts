/* Where the root of a path ends on Windows: `nt._path_splitroot`, which asks Windows itself (PathCchSkipRoot). */
import { raised } from './exceptions.ts';
import type { Release } from './releases.ts';
import { Str } from './text.ts';
import { isPrintable } from './unicode.ts';

/** The longest path that Windows accepts, in UTF-16 units. */
export const longestPath = 32_767;

/**
 * Splits a path after its root: a drive and the separator after it, a server and its share, or one separator.
 *
 * @throws Thrown ValueError, for a text that Windows rejects as a path
 */
export function splitRoot(path: Str, release: Release): [root: Str, tail: Str] {
  if (path.units.length > longestPath) {
    throw raised('ValueError', '_path_splitroot: path too long for Windows');
  }
  if (path.units.includes('\0')) {
    throw raised('ValueError', '_path_splitroot: embedded null character in path');
  }
  const wide = path.throughUtf16();
  const end = rootEnd(wide.units.replaceAll('/', '\\'), release);
  // Without a root, the path is returned unchanged.
  return end === 0 ? [Str.empty, path] : [wide.slice(0, end), wide.slice(end)];
}

const guid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const verbatim = new RegExp(
  String.raw`^\\\\\?\\(?:UNC\\[^\\]*\\?[^\\]*\\?|Volume\{${guid}\}\\?|[a-z]:\\?)`,
  'i',
);
/** A share without a name is not part of the root. */
const share = /^\\\\[^\\]*(?:\\(?!\\)[^\\]*\\?|\\)?/;
const drive = /^[a-z]:\\?/i;
const anyDrive = /^[^]:\\?/;

function rootEnd(path: string, release: Release): number {
  if (!release.holds['roots-by-windows'] && anyDrive.test(path)) return lengthOf(anyDrive, path);
  if (path.startsWith('\\\\?')) return lengthOf(verbatim, path);
  if (path.startsWith('\\\\')) return lengthOf(share, path);
  return path.startsWith('\\') ? 1 : lengthOf(drive, path);
}

const lengthOf = (pattern: RegExp, path: string): number => pattern.exec(path)?.[0].length ?? 0;

/** Whether two drives, each a character and a colon, differ at most in case, by Python's `str.casefold`. */
export function sameDrive(a: Str, b: Str, release: Release): boolean {
  return folded(a, release) === folded(b, release);
}

/** The upper case of the dotless i belongs to another letter. A character that is not assigned yet has no case. */
function folded(drive: Str, { unicode }: Release): string {
  return drive.units.replaceAll(/[^]/gu, (character) =>
    character === '\u0131' || !isPrintable(character.codePointAt(0)!, unicode)
      ? character
      : character.toLowerCase().toUpperCase().toLowerCase(),
  );
}
