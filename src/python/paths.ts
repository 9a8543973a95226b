/*
 * What importlib has in the place of os.path: it cuts paths and puts them together, on text alone.
 */
import { PythonError } from './exceptions.ts';
import type { Platform } from './interpreter.ts';
import { live, type Live } from './objects.ts';
import { characters, isText, typeName } from './operations.ts';
import type { Release } from './releases.ts';
import { Str, str } from './text.ts';
import { sameDrive, splitRoot } from './windows.ts';

/** The path functions of one platform and release. */
export type Paths = {
  /** The characters that separate, the one that joins first. */
  readonly separators: string;
  /** Cuts at the last separator; where there is none, the first two parts are empty. */
  split(path: Str): [directory: Str, separator: string, name: Str];
  /** @throws PythonError ValueError, for what Windows takes for no path */
  join(parts: readonly Str[]): Str;
  /** @throws PythonError ValueError, for what Windows takes for no path */
  isAbsolute(path: Str): boolean;
  /**
   * @param cwd asked for the working directory where it is needed
   * @throws PythonError what `cwd` throws, and ValueError for what Windows takes for no path
   */
  absolute(path: Str, cwd: () => Str): Str;
};

const made: Record<Platform, Map<Release, Paths>> = { posix: new Map(), win32: new Map() };

export function pathsOf(platform: Platform, release: Release): Paths {
  let paths = made[platform].get(release);
  if (paths === undefined) made[platform].set(release, (paths = makePaths(platform, release)));
  return paths;
}

function makePaths(platform: Platform, release: Release): Paths {
  const separators = platform === 'posix' ? '/' : '\\/';
  const byRoots = platform === 'win32' && release.has('paths-have-roots');
  const join = byRoots ? joinByRoots(release) : joinPlainly(separators[0]!, separators);
  const isAbsolute = release.has('paths-have-roots')
    ? platform === 'posix'
      ? (path: Str) => path.startsWith('/')
      : (path: Str) => isRooted(path, release)
    : (path: Str) => path.startsWith(separators) || hasDrive(path, separators);
  return {
    separators,
    join,
    isAbsolute,
    split(path) {
      const at = path.lastIndexOfAny(separators);
      if (at < 0) return [Str.empty, '', path];
      return [path.slice(0, at), path.units[at]!, path.slice(at + 1)];
    },
    absolute(path, cwd) {
      if (isAbsolute(path)) return path;
      const relative = release.has('leading-dot-is-dropped')
        ? [...separators].reduce((rest, separator) => rest.removePrefix(`.${separator}`), path)
        : path;
      return join([cwd(), relative]);
    },
  };
}

/** Empty parts vanish, and no part keeps the separators at its end. */
const joinPlainly =
  (separator: string, separators: string) =>
  (parts: readonly Str[]): Str => {
    const kept: Str[] = [];
    for (const part of parts) if (!part.isEmpty) kept.push(part.rstrip(separators));
    return Str.join(separator, kept);
  };

/** A part with a root of its own starts anew, but for a drive that is the same. */
const joinByRoots =
  (release: Release) =>
  (parts: readonly Str[]): Str => {
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

/** Whether it starts at a drive's root, or at a share. */
function isRooted(path: Str, release: Release): boolean {
  const root = splitRoot(path, release)[0].units.replaceAll('/', '\\');
  return root.length > 1 && (root.startsWith('\\\\') || root.endsWith('\\'));
}

/** Whether a colon and a separator follow the first character, whatever that is. */
const hasDrive = (path: Str, separators: string): boolean => {
  const rest = path.withoutFirst();
  return [...separators].some((separator) => rest.startsWith(`:${separator}`));
};

/** What cutting a value raises that is no text, where nobody asks it for its path. */
export function cutOf(value: Live, platform: Platform, release: Release): PythonError {
  const type = typeName(value);
  const lacks = (method: string): PythonError =>
    new PythonError('AttributeError', `'${type}' object has no attribute '${method}'`);
  const isBytes = type === 'bytes';
  if (isBytes && release.has('paths-have-roots')) {
    return new PythonError('TypeError', "argument should be integer or bytes-like object, not 'str'");
  }
  if (platform === 'win32') {
    // The last separator is looked for among what the value holds.
    const held = elementsOf(value, release);
    if (held === undefined) return new PythonError('TypeError', 'argument to reversed() must be a sequence');
    for (const element of held.toReversed()) {
      if (!isText(element)) {
        const given = typeName(element);
        return new PythonError('TypeError', `'in <string>' requires string as left operand, not ${given}`);
      }
      if (String.raw`\/`.includes(characters(element).units)) return lacks('rsplit');
    }
  }
  if (!isBytes) return lacks('rpartition');
  return new PythonError(
    'TypeError',
    release.has('says-bytes-like')
      ? "a bytes-like object is required, not 'str'"
      : "'str' does not support the buffer interface",
  );
}

/** What a sequence holds. */
function elementsOf(value: Live, { unicode }: Release): readonly Live[] | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (value.kind === 'bytes') return value.bytes.map(BigInt);
  return value.kind === 'list' || value.kind === 'tuple'
    ? value.items.map((item) => live(item, unicode))
    : undefined;
}
