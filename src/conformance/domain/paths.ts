/*
 * The paths of a domain: which of them fit a description, and the nearest one to a path that does not. If releases of
 * `os.path` disagree, as for `\a` and `\\?\C:\a`, a path fits only if it does for all of them.
 */
import type { Platform } from '../../python/interpreter.ts';
import { isSurrogate, Str, str } from '../../python/text.ts';

export const charactersOf = ['ascii', 'text'] as const;
export type Characters = (typeof charactersOf)[number];

/** What a path looks like. spec/protocol.md says what each key means; a missing key sets no limit. */
export type PathDescription = {
  readonly suffixes?: readonly string[];
  readonly form?: 'absolute' | 'relative';
  readonly normalized?: true;
  readonly nested?: true;
  readonly names?: 'identifier';
  readonly characters?: Characters;
};

/** The code points that texts of a domain may contain. */
const allows: Record<Characters, (point: number) => boolean> = {
  ascii: (point) => point >= 0x20 && point <= 0x7e,
  text: (point) => point !== 0 && !isSurrogate(point),
};

export const consistsOf = (text: Str, characters: Characters): boolean => text.every(allows[characters]);

/** The letter that replaces a character outside the domain. */
const letterFor = (point: number): number => 0x61 + (point % 26);

const mapped = (text: Str, map: (point: number) => number): Str =>
  Str.fromCodePoints(text.codePoints().map(map));

/** The text, with letters in place of the characters outside the domain. */
export const restrictedTo = (text: Str, characters: Characters): Str =>
  consistsOf(text, characters)
    ? text
    : mapped(text, (point) => (allows[characters](point) ? point : letterFor(point)));

/**
 * The pieces of a path: the anchor before its first name, the directory (the folders with the separators after them),
 * the folders alone, and the file name.
 */
type Cut = {
  readonly anchor: string;
  readonly directory: Str;
  readonly folders: readonly Str[];
  readonly name: Str;
};

const anchorOf: Record<Platform, RegExp> = {
  posix: /^\/*/,
  win32: /^(?:[\\/]{2}[^\\/]+[\\/]+[^\\/]+|[^\\/]:)?[\\/]*/u,
};
export const separatorOf: Record<Platform, string> = { posix: '/', win32: '\\' };

function cut(path: Str, platform: Platform): Cut {
  const [anchor] = anchorOf[platform].exec(path.units)!;
  const folders: Str[] = [];
  let start = anchor.length;
  for (;;) {
    const slash = path.units.indexOf('/', start);
    const backslash = platform === 'posix' ? -1 : path.units.indexOf('\\', start);
    const at = slash < 0 || (backslash >= 0 && backslash < slash) ? backslash : slash;
    if (at < 0) break;
    folders.push(path.slice(start, at));
    start = at + 1;
  }
  return { anchor, directory: path.slice(anchor.length, start), folders, name: path.slice(start) };
}

const isDots = (text: Str): boolean => text.is('.') || text.is('..');
const isNamed = (text: Str): boolean => !text.isEmpty && !isDots(text);

const isAbsolute: Record<Platform, (anchor: string) => boolean> = {
  posix: (anchor) => anchor !== '',
  win32: (anchor) => /^(?:[A-Za-z]:|[\\/]{2}[^\\/?.]+[\\/][^\\/]+)[\\/]/.test(anchor),
};

/** Anchors that `normpath` does not change. */
const isNormalAnchor: Record<Platform, RegExp> = {
  posix: /^\/?$/,
  win32: /^(?:[A-Za-z]:\\|\\\\[^\\/?.]+\\[^\\/]+\\)?$/,
};

function isNormal({ anchor, directory, folders, name }: Cut, platform: Platform): boolean {
  if (!isNormalAnchor[platform].test(anchor)) return false;
  if (platform === 'win32' && directory.units.includes('/')) return false;
  const parts = [...folders, name];
  if (platform === 'posix' && anchor === '/' && parts.length === 1 && name.isEmpty) return true;
  const ascents = anchor === '' ? parts.findIndex((part) => !part.is('..')) : 0;
  return parts
    .slice(ascents < 0 ? parts.length : ascents)
    .every((part) => isNamed(part) && part.every(allows.text));
}

/** Whether the folders lead to one with a name, when each `..` removes the folder before it. */
function isNested(folders: readonly Str[]): boolean {
  let depth = 0;
  for (const folder of folders) {
    if (folder.is('..')) depth = Math.max(0, depth - 1);
    else if (isNamed(folder)) depth++;
  }
  return depth > 0;
}

const identifier = /^[A-Za-z_][\dA-Za-z_]*$/;
const isIdentifier = (text: Str): boolean => identifier.test(text.units);

/** Whether a path fits a description. */
export function fits(path: Str, description: PathDescription, platform: Platform): boolean {
  const { suffixes, form, normalized, nested, names, characters } = description;
  if (characters !== undefined && !consistsOf(path, characters)) return false;
  const { anchor, ...parts } = cut(path, platform);
  const { folders, name } = parts;
  const ends = (suffix: string): boolean => name.endsWith(suffix) && name.units.length > suffix.length;
  if (suffixes !== undefined && !suffixes.some(ends)) return false;
  if (form === 'absolute' && !isAbsolute[platform](anchor)) return false;
  if (form === 'relative' && anchor !== '') return false;
  if (normalized && !isNormal({ anchor, ...parts }, platform)) return false;
  if (nested && !(isNested(folders) && (platform === 'posix' || isNormalAnchor.win32.test(anchor))))
    return false;
  if (names === undefined) return true;
  return (
    (platform === 'posix' || /^(?:[A-Za-z]:)?[\\/]?$/.test(anchor)) &&
    folders.every(isIdentifier) &&
    (suffixes ?? ['']).some(
      (suffix) => ends(suffix) && isIdentifier(name.slice(0, name.units.length - suffix.length)),
    )
  );
}

function asIdentifier(text: Str): Str {
  const letters = mapped(text, (point) =>
    /[\dA-Za-z_]/.test(String.fromCodePoint(point)) ? point : letterFor(point),
  );
  return isIdentifier(letters) ? letters : str('_').concat(letters);
}

/**
 * The path nearest to a path that fits a description.
 * @param choice chooses one of the suffixes
 * @returns undefined if there is none
 */
export function nearestFitting(
  path: Str,
  description: PathDescription,
  platform: Platform,
  choice: number,
): Str | undefined {
  if (fits(path, description, platform)) return path;
  const { suffixes = [''] } = description;
  const own = suffixes.findIndex((suffix) => path.endsWith(suffix));
  const first = own < 0 ? choice : own;
  for (let i = 0; i < suffixes.length; i++) {
    const near = nearestEndingIn(
      suffixes[(first + i) % suffixes.length]!,
      path,
      description,
      platform,
      choice,
    );
    if (near !== undefined) return near;
  }
  return undefined;
}

function nearestEndingIn(
  suffix: string,
  path: Str,
  description: PathDescription,
  platform: Platform,
  choice: number,
): Str | undefined {
  const { form, normalized, nested, names, characters } = description;
  const separator = separatorOf[platform];
  const restricted = characters === undefined ? path : restrictedTo(path, characters);
  const { anchor, directory, folders, name } = cut(
    normalized ? restrictedTo(restricted, 'text') : restricted,
    platform,
  );
  const isThere = name.endsWith(suffix) && suffix !== '';
  const dot = name.units.lastIndexOf('.');
  // Another extension is replaced by the suffix, or becomes part of the stem.
  const givesWay =
    !isThere && dot > 0 && suffix.startsWith('.') && (names !== undefined || choice % 512 < 256);
  const end = isThere ? name.units.length - suffix.length : givesWay ? dot : name.units.length;
  const bare = name.slice(0, end);
  const isBad = bare.isEmpty || (suffix === '' && isDots(bare));
  const stem = names === undefined ? (isBad ? str('a') : bare) : asIdentifier(bare);
  const kept = normalized || names !== undefined ? folders.filter(isNamed) : undefined;
  const tidy = kept?.map((folder) => (names === undefined ? folder : asIdentifier(folder)));
  const more = nested && !isNested(tidy ?? folders) ? [str('d')] : [];
  const leading = tidy === undefined ? directory : Str.join(separator, [...tidy, Str.empty]);
  const before = more.length === 0 ? leading : leading.concat(str(`d${separator}`));
  const made = before.concat(stem).concat(str(suffix));
  const absolute = platform === 'posix' ? '/' : 'C:\\';
  const root =
    form === 'relative' || (anchor === '' && form !== 'absolute')
      ? ''
      : isAbsolute[platform](anchor) && !normalized
        ? anchor
        : isNormalAnchor[platform].test(anchor) && anchor !== ''
          ? anchor
          : form === 'absolute' || normalized || nested || names !== undefined
            ? absolute
            : anchor;
  const plain = str(`${root === '' ? '' : absolute}${nested ? `d${separator}` : ''}a${suffix}`);
  return [str(root).concat(made), str(root === '' ? '' : absolute).concat(made), plain].find((one) =>
    fits(one, description, platform),
  );
}

/** The conjunction of two descriptions; undefined if no path fits both. */
export function narrowedPaths(a: PathDescription, b: PathDescription): PathDescription | undefined {
  if (a.form !== undefined && b.form !== undefined && a.form !== b.form) return undefined;
  const suffixes = narrowedSuffixes(a, b);
  if (suffixes?.length === 0) return undefined;
  const characters = narrowedCharacters(a.characters, b.characters);
  return {
    ...a,
    ...b,
    ...(suffixes === undefined ? {} : { suffixes }),
    ...(characters === undefined ? {} : { characters }),
  };
}

/** The suffixes of names that fit both descriptions. Without suffixes, a description allows any ending. */
function narrowedSuffixes(a: PathDescription, b: PathDescription): readonly string[] | undefined {
  if (a.suffixes === undefined && b.suffixes === undefined) return undefined;
  const longer = (a.suffixes ?? ['']).flatMap((one) =>
    (b.suffixes ?? [''])
      .filter((other) => isEndOf(one, other, b) || isEndOf(other, one, a))
      .map((other) => (one.length > other.length ? one : other)),
  );
  return [...new Set(longer)];
}

/**
 * Whether a name with the longer suffix also fits the description with the shorter one. If that description requires
 * names without their suffix to be identifiers, the rest of the longer suffix must be part of one.
 */
const isEndOf = (longer: string, shorter: string, { names }: PathDescription): boolean =>
  longer.endsWith(shorter) &&
  (names === undefined || /^\w*$/.test(longer.slice(0, longer.length - shorter.length)));

export const narrowedCharacters = (
  a: Characters | undefined,
  b: Characters | undefined,
): Characters | undefined => (a === 'ascii' || b === 'ascii' ? 'ascii' : (a ?? b));
