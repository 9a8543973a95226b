/** A CPython release: major, minor, micro. */
export type Version = readonly [major: number, minor: number, micro: number];

/** @returns undefined if the text is not two or three numbers separated by dots */
export function parseVersion(text: string): Version | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/**
 * The release that a text names. A series, such as `3.15`, stands for its latest known behaviour, and a release
 * candidate, such as `3.15.0rc1`, for its release.
 *
 * @returns undefined if the text is none of these, and not three numbers separated by dots
 */
export function parseRelease(text: string): Version | undefined {
  const candidate = /^(\d+\.\d+\.\d+)rc\d+$/.exec(text);
  if (candidate) return parseVersion(candidate[1]!);
  const version = parseVersion(text);
  if (version === undefined || text.split('.').length === 3) return version;
  return (
    turningPoints().findLast(([major, minor]) => major === version[0] && minor === version[1]) ?? version
  );
}

export const formatVersion = (version: Version): string => version.join('.');

export const compareVersions = (a: Version, b: Version): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/**
 * The first releases with a behaviour, in ascending order, one for each series that got it. Series after the last one
 * listed have it too; series between those listed never got it.
 */
export type Since = readonly Version[];

/** @throws RangeError if the text is not a list of versions separated by spaces */
export function parseSince(text: string): Since {
  return text.split(' ').map((word) => {
    const version = parseVersion(word);
    if (!version) throw new RangeError(`'${word}' is not a version such as 3.8.10`);
    return version;
  });
}

export function hasSince(version: Version, since: Since): boolean {
  const ownSeries = since.find((first) => first[0] === version[0] && first[1] === version[1]);
  const last = since.at(-1);
  return compareVersions(version, ownSeries ?? last ?? version) >= 0;
}

/** The changes, and the releases since which they apply. No other file of the reference names a release. */
export const changes = {
  /** The name ends at its last dot; before, at its first. */
  'name-ends-at-last-dot': parseSince('3.4.3'),
  /** `optimization` is a parameter, and every file is a `.pyc`. */
  optimization: parseSince('3.5.0'),
  /** A value that is not text is passed to `os.fspath`; before, it was used like text, through its methods. */
  'path-like': parseSince('3.6.0'),
  /** `sys.pycache_prefix` is read. */
  'pycache-prefix': parseSince('3.8.0'),
  /** The path is split with `rfind`, and on Windows paths are joined by their roots. */
  'paths-have-roots': parseSince('3.8.10 3.9.5 3.10.0'),
  /** On Windows, Windows itself determines the root; before, a colon after any character made a drive. */
  'roots-by-windows': parseSince('3.9.5 3.10.0'),
  /** One `./` at the start of a relative directory is dropped before it is made absolute. */
  'leading-dot-is-dropped': parseSince('3.12.0'),
  /** The prefix also works for a directory of at most one character. */
  'short-directories': parseSince('3.13.8 3.14.1 3.15.0'),
  /** `debug_override` is no longer a parameter. */
  'no-debug-override': parseSince('3.15.0'),

  /**
   * A variable that sets a flag is read as an integer, and may be 0; before, only the integer at its start was read,
   * and it was at least 1.
   */
  'flags-are-whole-numbers': parseSince('3.7.0'),
  /** `--check-hash-based-pycs` is an option. */
  'check-hash-based-pycs': parseSince('3.7.0'),
  /** `-P` is an option. */
  'safe-path': parseSince('3.11.0'),
  /** `--help-env`, `--help-xoptions` and `--help-all` are options. */
  'help-by-topic': parseSince('3.11.0'),

  /**
   * For a path of bytes, the message says that str does not support the buffer interface; before, it asked for a
   * compatible object.
   */
  'says-buffer-interface': parseSince('3.4.3'),
  /**
   * For a path of bytes, the message asks for a bytes-like object; before, it said that str does not support the buffer
   * interface.
   */
  'says-bytes-like': parseSince('3.5.0'),
  /** Keyword arguments arrive in the order given; before, in any order. */
  'keywords-in-order': parseSince('3.6.0'),
  /** An integer of more than 4300 digits cannot be converted to text. */
  'integer-limit': parseSince('3.7.14 3.8.14 3.9.14 3.10.7 3.11.0'),
  /** … and the message says how to raise the limit. */
  'integer-limit-names-its-setter': parseSince('3.7.15 3.8.15 3.9.15 3.10.8 3.11.0'),
  /** … and the message mentions digits. */
  'integer-limit-counts-digits': parseSince('3.11.2 3.12.0'),
  /** The message for an unknown keyword suggests a similar known one. */
  'keyword-suggestions': parseSince('3.13.0'),
  /** If a method returns the wrong type, the message names the method with its class. */
  'names-the-mistyped-method': parseSince('3.15.0'),

  /** The header of a bytecode file has flags (PEP 552), and its time is compared modulo 2**32. */
  'bytecode-has-flags': parseSince('3.7.0'),
  /** The hash of a source is SipHash-1-3; before, SipHash-2-4. */
  'source-hash-has-fewer-rounds': parseSince('3.11.0'),
} satisfies Record<string, Since>;

export type Change = keyof typeof changes;

/** The Unicode version of each series' character database. */
const unicodeOfSeries = [
  ['3.4', '6.3.0'],
  ['3.5', '8.0.0'],
  ['3.6', '9.0.0'],
  ['3.7', '11.0.0'],
  ['3.8', '12.1.0'],
  ['3.9', '13.0.0'],
  ['3.10', '13.0.0'],
  ['3.11', '14.0.0'],
  ['3.12', '15.0.0'],
  ['3.13', '15.1.0'],
  ['3.14', '16.0.0'],
  ['3.15', '17.0.0'],
] as const;

/** The newest release of each series that was asked or is tagged in CPython's repository. */
const newestOfSeries = parseSince(
  '3.4.10 3.5.10 3.6.15 3.7.17 3.8.20 3.9.25 3.10.21 3.11.16 3.12.14 3.13.18 3.14.10 3.15.2',
);

/**
 * The newest release of a series.
 * @returns undefined if the series is not specified
 */
export const newestIn = ([major, minor]: Version): Version | undefined =>
  newestOfSeries.find((one) => one[0] === major && one[1] === minor);

/** The specified series of CPython, oldest first. */
export const knownSeries: readonly string[] = unicodeOfSeries.map(([series]) => series);

export type UnicodeVersion = (typeof unicodeOfSeries)[number][1];

export const unicodeVersions: readonly UnicodeVersion[] = [
  ...new Set(unicodeOfSeries.map(([, version]) => version)),
];

/** The behaviour of a release, by name. */
export type Release = {
  readonly version: Version;
  readonly unicode: UnicodeVersion;
  /** Whether each change applies. The function reads this at every step. */
  readonly holds: Readonly<Record<Change, boolean>>;
  /** The same for a change that is given at run time. */
  has(change: Change): boolean;
};

export const oldestKnown: Version = parseVersion(unicodeOfSeries[0][0])!;
/** The first release of the newest series. Its later patch releases are known too. */
export const newestKnown: Version = parseVersion(unicodeOfSeries.at(-1)![0])!;

/**
 * The releases at which a behaviour changed, and the first of each series. Every release behaves like the latest of
 * these in its series.
 */
export function turningPoints(): Version[] {
  const named = [...knownSeries.map((series) => parseVersion(series)!), ...Object.values(changes).flat()];
  return [...new Map(named.map((version) => [formatVersion(version), version])).values()].toSorted(
    compareVersions,
  );
}

export type Known = 'known' | 'older' | 'newer';

/** Whether this specification covers a release. */
export function known(version: Version): Known {
  if (compareVersions(version, oldestKnown) < 0) return 'older';
  return version[0] > newestKnown[0] || version[1] > newestKnown[1] ? 'newer' : 'known';
}

const releases = new Map<string, Release>();
/** The last result, which is usually requested again: formatting a version is expensive. */
let last: { readonly version: Version; readonly release: Release } | undefined;

/**
 * The behaviour of a release. A release newer than the newest known one is assumed to behave like that one.
 * @throws RangeError for a release older than the oldest known one
 */
export function releaseOf(version: Version): Release {
  if (last?.version !== version) last = { version, release: releaseNamed(version) };
  return last.release;
}

function releaseNamed(version: Version): Release {
  const name = formatVersion(version);
  const found = releases.get(name);
  if (found) return found;
  if (known(version) === 'older') {
    throw new RangeError(
      `Python ${name} is older than ${formatVersion(oldestKnown)}, the oldest release specified`,
    );
  }
  const series = unicodeOfSeries.findLast(([since]) => compareVersions(version, parseVersion(since)!) >= 0)!;
  const holds = Object.fromEntries(
    Object.entries(changes).map(([change, since]) => [change, hasSince(version, since)]),
  ) as Record<Change, boolean>;
  const release: Release = { version, unicode: series[1], holds, has: (change) => holds[change] };
  releases.set(name, release);
  return release;
}
