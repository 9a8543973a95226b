/* Reads the options that describe an interpreter. */
import { cpythonTag, isPlatform, platforms, type Platform } from '../python/interpreter.ts';
import {
  compareVersions,
  formatVersion,
  known,
  knownSeries,
  newestIn,
  newestKnown,
  oldestKnown,
  parseRelease,
  type Version,
} from '../python/releases.ts';
import {
  implementationNames,
  implementations,
  isImplementation,
  seriesKnown,
  tagOf,
  type Implementation,
} from '../python/tags.ts';
import { str, type Str } from '../python/text.ts';
import type { Target } from '../reference.ts';
import { UsageError, type ValuesOf } from './usage.ts';

type TargetValues = ValuesOf<'serve'>;

/** Prints information on stderr that does not change the exit code. */
export const note = (sentence: string): void => console.error(`pycache-spec: ${sentence}.`);

/**
 * The interpreter that the options describe. If its release is newer than any known one, a note says so.
 * @throws UsageError
 */
export const readTarget = (values: TargetValues): Target => ({
  version: readVersion(values['python-version']),
  platform: readPlatform(values.platform),
});

/** @throws UsageError */
export function readVersion(text: string): Version {
  const version = parseRelease(text);
  if (!version) throw new UsageError(noVersion(text));
  const reach = known(version);
  if (reach === 'older') {
    throw new UsageError(
      `Python ${text} is older than ${formatVersion(oldestKnown)}, the oldest release specified`,
    );
  }
  if (reach === 'newer') {
    const newest = newestKnown.slice(0, 2).join('.');
    note(`Python ${text} is newer than ${newest}, the newest series specified, and is treated like it`);
  } else if (text.includes('rc')) note(`Python ${text} is treated like ${formatVersion(version)}`);
  return heldToNewest(version);
}

/** Replaces an unknown patch release by the newest of its series. */
function heldToNewest(version: Version): Version {
  const newest = newestIn(version);
  if (newest === undefined || compareVersions(version, newest) <= 0) return version;
  note(
    `Python ${formatVersion(version)} is newer than ${formatVersion(newest)}, the newest release of its series that is known, and is taken to be that one`,
  );
  return newest;
}

const noVersion = (text: string): string =>
  /^\d+\.\d+(?:\.\d+)?(?:a|b)\d+$/.test(text)
    ? `Python ${text} is an alpha or a beta, and those are not specified: ${releasesKnown}`
    : `'${text}' is not a Python version such as 3.12.1`;

const releasesKnown = `the releases are those of ${knownSeries.slice(0, -1).join(', ')} and ${knownSeries.at(-1)!}`;

/**
 * The release that a subject is checked against; undefined if none is given.
 * @throws UsageError
 */
export function readHeldTo(text: string | undefined): Version | undefined {
  if (text === undefined) return undefined;
  const version = parseRelease(text);
  if (version && known(version) === 'known') return version;
  throw new UsageError(
    `--python-version takes a release of ${knownSeries.slice(0, -1).join(', ')} or ${knownSeries.at(-1)!}, such as 3.12.1, not '${text}'`,
  );
}

export function readPlatform(text: string): Platform {
  if (isPlatform(text)) return text;
  throw new UsageError(`'${text}' is not a supported platform; the platforms are ${platforms.join(', ')}`);
}

type TagValues = {
  readonly implementation?: string | undefined;
  readonly 'cache-tag'?: string | undefined;
  readonly 'no-cache-tag': boolean;
};

/**
 * The requested tag, or that of the implementation.
 * @throws UsageError
 */
export function readTag(values: TagValues, version: Version): Str | null {
  const { implementation, 'cache-tag': tag, 'no-cache-tag': none } = values;
  if (tag !== undefined && none) throw new UsageError('--cache-tag and --no-cache-tag cannot be combined');
  if (implementation === undefined) return none ? null : tag === undefined ? cpythonTag(version) : str(tag);
  if (tag !== undefined || none) {
    throw new UsageError('--implementation determines the cache tag, so no other tag can be given');
  }
  const [one] = readImplementations(implementation);
  const known = tagOf(one!, version);
  if (known !== undefined) return known;
  const [name, series] = [implementationNames[one!], seriesKnown(one!).join(', ')];
  const wanted = `${version[0]}.${version[1]}`;
  throw new UsageError(
    `the tag of ${name} is known for Python ${series}, not for ${wanted}: give one of these releases with --python-version, or the tag with --cache-tag`,
  );
}

/** @throws UsageError */
export function readImplementations(...texts: readonly string[]): Implementation[] {
  return texts.map((text) => {
    if (isImplementation(text)) return text;
    throw new UsageError(
      `'${text}' is not a known implementation; the implementations are ${implementations.join(', ')}`,
    );
  });
}

/**
 * Rejects relative paths, which no system has as a working directory.
 * @throws UsageError
 */
export function readWorkingDirectory(text: string, platform: Platform): Str {
  const isAbsolute = platform === 'posix' ? /^\// : /^(?:[a-z]:[\\/]|[\\/]{2})/i;
  if (isAbsolute.test(text)) return str(text);
  throw new UsageError(`--cwd takes an absolute path, not '${text}'`);
}
