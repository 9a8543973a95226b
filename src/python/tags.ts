/*
 * The cache tags of implementations, and the magic numbers of the bytecode formats that they write under these tags.
 * Each was read from an interpreter's `sys.implementation.cache_tag` and `importlib.util.MAGIC_NUMBER`. Releases that
 * were not asked are missing, even if the pattern is obvious, except those of CPython, whose tags are known.
 */
import { cpythonTag } from './interpreter.ts';
import { parseVersion, type Version } from './releases.ts';
import { str, type Str } from './text.ts';

export type Implementation = 'cpython' | 'pypy' | 'graalpy' | 'rustpython';
export const implementations: readonly Implementation[] = ['cpython', 'pypy', 'graalpy', 'rustpython'];

export const isImplementation = (text: string): text is Implementation =>
  implementations.some((one) => one === text);

/** The names for readers. */
export const implementationNames: Readonly<Record<Implementation, string>> = {
  cpython: 'CPython',
  pypy: 'PyPy',
  graalpy: 'GraalPy',
  rustpython: 'RustPython',
};

/** A bytecode format, which only the releases that write it can read. */
export type Format = {
  /** `CPython 3.13`, or the releases of another implementation that were asked. */
  readonly of: string;
  /** The first two bytes as a number. The other two are a carriage return and a line feed. */
  readonly magic: number;
};

/** A tag, and the series of Python in which the implementation has it. */
export type Tagged = {
  readonly implementation: Implementation;
  readonly series: string;
  readonly tag: string;
  /** Oldest first. If there are several, interpreters with one overwrite the files of the others. */
  readonly formats: readonly Format[];
};

/**
 * CPython's series, each with its first magic number, that of an alpha, and those of its releases. The numbers of 3.4
 * and 3.5, and the first number of each series, were read from the list in CPython's source; the others were also
 * asked.
 */
const cpython: ReadonlyArray<readonly [series: string, first: number, ...formats: readonly Format[]]> = [
  ['3.4', 3250, { of: 'CPython 3.4', magic: 3310 }],
  ['3.5', 3320, { of: 'CPython 3.5.0', magic: 3350 }, { of: 'CPython 3.5.10', magic: 3351 }],
  ['3.6', 3360, { of: 'CPython 3.6', magic: 3379 }],
  ['3.7', 3390, { of: 'CPython 3.7', magic: 3394 }],
  ['3.8', 3400, { of: 'CPython 3.8', magic: 3413 }],
  ['3.9', 3420, { of: 'CPython 3.9', magic: 3425 }],
  ['3.10', 3430, { of: 'CPython 3.10', magic: 3439 }],
  ['3.11', 3450, { of: 'CPython 3.11', magic: 3495 }],
  ['3.12', 3500, { of: 'CPython 3.12', magic: 3531 }],
  ['3.13', 3550, { of: 'CPython 3.13', magic: 3571 }],
  ['3.14', 3600, { of: 'CPython 3.14', magic: 3627 }],
  ['3.15', 3650, { of: 'CPython 3.15', magic: 3666 }],
];

const others: readonly Tagged[] = [
  {
    implementation: 'pypy',
    series: '3.7',
    tag: 'pypy37',
    formats: [{ of: 'PyPy 7.3.5', magic: 240 }],
  },
  {
    implementation: 'pypy',
    series: '3.9',
    tag: 'pypy39',
    formats: [{ of: 'PyPy 7.3.11', magic: 336 }],
  },
  {
    implementation: 'pypy',
    series: '3.11',
    tag: 'pypy311',
    formats: [
      { of: 'PyPy 7.3.19', magic: 416 },
      { of: 'PyPy 8.0.1', magic: 432 },
    ],
  },
  {
    implementation: 'graalpy',
    series: '3.12',
    tag: 'graalpy250-312',
    formats: [
      { of: 'GraalPy 25.0.3', magic: 21290 },
      { of: 'GraalPy 25.2.4', magic: 21330 },
    ],
  },
  {
    implementation: 'rustpython',
    series: '3.14',
    tag: 'cpython-314',
    formats: [{ of: 'RustPython 0.6.0', magic: 3627 }],
  },
];

/** Every known tag, grouped by implementation, oldest first. */
export const tags: readonly Tagged[] = [
  ...cpython.map(([series, , ...formats]): Tagged => ({
    implementation: 'cpython',
    series,
    tag: cpythonTag(parseVersion(series)!).units,
    formats,
  })),
  ...others,
];

/**
 * An implementation's tag for a release of Python.
 * @returns undefined if it was never asked
 */
export function tagOf(implementation: Implementation, version: Version): Str | undefined {
  if (implementation === 'cpython') return cpythonTag(version);
  const series = `${version[0]}.${version[1]}`;
  const found = tags.find((one) => one.implementation === implementation && one.series === series);
  return found && str(found.tag);
}

/** The series of Python for which an implementation's tag is known. */
export const seriesKnown = (implementation: Implementation): string[] =>
  tags.filter((one) => one.implementation === implementation).map(({ series }) => series);

/** The entries with this tag, which several implementations may share. */
export const havingTag = (tag: string): Tagged[] => tags.filter((one) => one.tag === tag);

/** The formats that an implementation writes for a series of Python. */
export const formatsOf = (implementation: Implementation, series: string): readonly Format[] =>
  tags.find((one) => one.implementation === implementation && one.series === series)?.formats ?? [];

/**
 * The owner of a magic number, in words.
 * @returns undefined if it is unknown
 */
export function ownerOf(magic: number): string | undefined {
  const owners = tags.flatMap(({ formats }) => formats.filter((one) => one.magic === magic));
  if (owners.length > 0) return owners.map(({ of }) => of).join(' and ');
  const series = cpython.find(([, first, ...formats]) => magic >= first && magic < formats.at(-1)!.magic);
  if (series) return `a CPython ${series[0]} before its release`;
  return magic === 62211 ? 'CPython 2.7' : undefined;
}
