/*
 * importlib's replacement for os.path: splits and joins paths as text only. The names are those of importlib's helpers.
 */
import { raised, type Thrown } from './exceptions.ts';
import type { Platform, State } from './interpreter.ts';
import { live, type Live } from './objects.ts';
import { characters, isText, typeName } from './operations.ts';
import type { Release } from './releases.ts';
import { Str, str } from './text.ts';
import { sameDrive, splitRoot } from './windows.ts';

/** The path functions of one platform and release. */
export type Paths = {
  /** The separators. The first one joins. */
  readonly path_separators: string;
  /** The separator that joins. */
  readonly path_sep: string;
  /**
   * Splits at the last separator, which is in neither part. Without a separator, the head is empty.
   * @throws Thrown for a value that is not text
   */
  _path_split(path: Live): [head: Str, tail: Str];
  /**
   * Whether `_path_split` returns a value that is not text unchanged, with an empty directory: on Windows, old releases
   * look for a separator among the elements of a sequence.
   */
  isTakenWhole(path: Live): boolean;
  /** @throws Thrown ValueError, for what Windows rejects as a path */
  _path_join(...parts: readonly Str[]): Str;
  /** @throws Thrown ValueError, for what Windows rejects as a path */
  _path_isabs(path: Str): boolean;
  /**
   * @param sys provides the working directory, if it is needed
   * @param record receives whether it was read
   * @throws Thrown FileNotFoundError if there is none, and ValueError for what Windows rejects as a path
   */
  _path_abspath(path: Str, sys: Pick<State, 'cwd'>, record?: { getcwd?: boolean }): Str;
};

/** The last result, which is usually requested again. */
let last: { platform: Platform; release: Release; paths: Paths } | undefined;
const made: Record<Platform, Map<Release, Paths>> = { posix: new Map(), win32: new Map() };

export function pathsOf(platform: Platform, release: Release): Paths {
  if (last?.platform === platform && last.release === release) return last.paths;
  let paths = made[platform].get(release);
  if (paths === undefined) made[platform].set(release, (paths = makePaths(platform, release)));
  last = { platform, release, paths };
  return paths;
}

function makePaths(platform: Platform, release: Release): Paths {
  const path_separators = platform === 'posix' ? '/' : '\\/';
  const seps = [...path_separators];
  const path_sep = seps[0]!;
  const byRoots = platform === 'win32' && release.holds['paths-have-roots'];
  const _path_join = byRoots ? joinByRoots(release) : joinPlainly(path_sep, path_separators);
  const _path_isabs = release.holds['paths-have-roots']
    ? platform === 'posix'
      ? (path: Str) => path.startsWith('/')
      : (path: Str) => isRooted(path, release)
    : (path: Str) => path.startsWith(path_separators) || hasDrive(path, seps);
  return {
    path_separators,
    path_sep,
    _path_join,
    _path_isabs,
    _path_split(path) {
      if (!isText(path)) throw notCut(path, platform, release);
      const text = characters(path);
      const i = text.lastIndexOfAny(path_separators);
      return i < 0 ? [Str.empty, text] : [text.slice(0, i), text.slice(i + 1)];
    },
    isTakenWhole: (path) =>
      platform === 'win32' &&
      !release.holds['paths-have-roots'] &&
      !isText(path) &&
      notSought(path, release) === undefined,
    _path_abspath(path, sys, record) {
      if (_path_isabs(path)) return path;
      if (record) record.getcwd = true;
      if (sys.cwd === null) throw raised('FileNotFoundError', '[Errno 2] No such file or directory');
      const relative = release.holds['leading-dot-is-dropped']
        ? seps.reduce((rest, sep) => rest.removePrefix(`.${sep}`), path)
        : path;
      return _path_join(sys.cwd, relative);
    },
  };
}

/** Drops empty parts, and the separators at the end of each part. */
const joinPlainly =
  (path_sep: string, path_separators: string) =>
  (...parts: readonly Str[]): Str => {
    let joined: Str | undefined;
    for (const part of parts) {
      if (part.isEmpty) continue;
      const kept = part.rstrip(path_separators);
      joined = joined === undefined ? kept : joined.append(path_sep, kept);
    }
    return joined ?? Str.empty;
  };

/** A part with its own root restarts the path, except a drive that is already the current one. */
const joinByRoots =
  (release: Release) =>
  (...parts: readonly Str[]): Str => {
    let root = Str.empty;
    let tails: Str[] = [];
    for (const [own, tail] of parts.map((part) => splitRoot(part, release))) {
      if (/[\\/]/.test(own.units)) {
        const trimmed = own.rstrip('\\/');
        if (!trimmed.isEmpty) root = trimmed;
        tails = [str('\\').concat(tail)];
      } else if (own.endsWith(':') && !sameDrive(root, own, release)) {
        root = own;
        tails = [tail];
      } else tails.push(tail);
    }
    const kept = tails.filter((tail) => !tail.isEmpty).map((tail) => tail.rstrip('\\/'));
    return root.concat(kept.length === 1 && kept[0]!.isEmpty ? str('\\') : Str.join('\\', kept));
  };

/** Whether the path starts at the root of a drive, or at a share. */
function isRooted(path: Str, release: Release): boolean {
  const root = splitRoot(path, release)[0].units.replaceAll('/', '\\');
  return root.length > 1 && (root.startsWith('\\\\') || root.endsWith('\\'));
}

/** Whether a colon and a separator follow the first character, whatever that is. */
const hasDrive = (path: Str, seps: readonly string[]): boolean => {
  const rest = path.withoutFirst();
  return seps.some((sep) => rest.startsWith(`:${sep}`));
};

/** The exception for splitting a value that is not text. */
function notCut(value: Live, platform: Platform, release: Release): Thrown {
  if (typeName(value) === 'bytes') return bytesNotCut(value, platform, release);
  return (platform === 'win32' ? notSought(value, release) : undefined) ?? lacks(value, 'rpartition');
}

function bytesNotCut(value: Live, platform: Platform, release: Release): Thrown {
  const { holds } = release;
  const sought = platform === 'win32' && !holds['paths-have-roots'] ? notSought(value, release) : undefined;
  const message = holds['paths-have-roots']
    ? "argument should be integer or bytes-like object, not 'str'"
    : holds['says-bytes-like']
      ? "a bytes-like object is required, not 'str'"
      : holds['says-buffer-interface']
        ? "'str' does not support the buffer interface"
        : 'expected bytes, bytearray or buffer compatible object';
  return raised('TypeError', sought?.text ?? message, 'incidental');
}

/**
 * The exception that searching a value's elements for the last separator raises; undefined if none is found without an
 * exception.
 */
function notSought(value: Live, release: Release): Thrown | undefined {
  const held = elementsOf(value, release);
  if (held === undefined) return raised('TypeError', 'argument to reversed() must be a sequence');
  for (const element of held.toReversed()) {
    if (!isText(element)) {
      const given = typeName(element);
      return raised('TypeError', `'in <string>' requires string as left operand, not ${given}`);
    }
    if (String.raw`\/`.includes(characters(element).units)) return lacks(value, 'rsplit');
  }
  return undefined;
}

const lacks = (value: Live, method: string): Thrown =>
  raised('AttributeError', `'${typeName(value)}' object has no attribute '${method}'`);

/** The elements of a sequence. */
function elementsOf(value: Live, { unicode }: Release): readonly Live[] | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (value.kind === 'bytes') return value.bytes.map(BigInt);
  return value.kind === 'list' || value.kind === 'tuple'
    ? value.items.map((item) => live(item, unicode))
    : undefined;
}
