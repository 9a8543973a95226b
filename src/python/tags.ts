/*
 * The cache tags of the implementations, and the magic numbers of the formats that they write under them, as each was
 * asked for `sys.implementation.cache_tag` and `importlib.util.MAGIC_NUMBER`. A release that nobody asked has none
 * here, however plain the pattern is; but for CPython, of which they are known.
 */
import { cpythonTag } from './interpreter.ts';
import { parseVersion, type Version } from './releases.ts';
import { str, type Str } from './text.ts';

export type Implementation = 'cpython' | 'pypy' | 'graalpy' | 'rustpython';
export const implementations: readonly Implementation[] = ['cpython', 'pypy', 'graalpy', 'rustpython'];

export const isImplementation = (text: string): text is Implementation =>
  implementations.some((one) => one === text);

/** As people write them. */
export const implementationNames: Readonly<Record<Implementation, string>> = {
  cpython: 'CPython',
  pypy: 'PyPy',
  graalpy: 'GraalPy',
  rustpython: 'RustPython',
};

/** A format of bytecode files: what its releases write, and no other reads. */
export type Format = {
  /** `CPython 3.13`, or the releases of another implementation that were asked. */
  readonly of: string;
  /** The number of the first two bytes; the other two are a carriage return and a line feed. */
  readonly magic: number;
};

/** A tag, and the series of Python whose implementation has it. */
export type Tagged = {
  readonly implementation: Implementation;
  readonly series: string;
  readonly tag: string;
  /** The oldest first. Of several, each writes the files of the others anew. */
  readonly formats: readonly Format[];
};

/**
 * CPython's series, the first magic number of each, which an alpha had, and that of its releases. Of 3.4 and 3.5 both,
 * and the first of each, are read in the list that CPython's source has; the others were asked too.
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

/** Every tag that is known, those of an implementation together, the oldest first. */
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
 * @returns undefined where it was never asked
 */
export function tagOf(implementation: Implementation, version: Version): Str | undefined {
  if (implementation === 'cpython') return cpythonTag(version);
  const series = `${version[0]}.${version[1]}`;
  const found = tags.find((one) => one.implementation === implementation && one.series === series);
  return found && str(found.tag);
}

/** The series of Python whose tag is known of an implementation. */
export const seriesKnown = (implementation: Implementation): string[] =>
  tags.filter((one) => one.implementation === implementation).map(({ series }) => series);

/** Whose tag it is: several may have one. */
export const havingTag = (tag: string): Tagged[] => tags.filter((one) => one.tag === tag);

/** The formats that an implementation writes for a series of Python. */
export const formatsOf = (implementation: Implementation, series: string): readonly Format[] =>
  tags.find((one) => one.implementation === implementation && one.series === series)?.formats ?? [];

/**
 * Whose a magic number is, in words.
 * @returns undefined where it is none that is known
 */
export function ownerOf(magic: number): string | undefined {
  const owners = tags.flatMap(({ formats }) => formats.filter((one) => one.magic === magic));
  if (owners.length > 0) return owners.map(({ of }) => of).join(' and ');
  const series = cpython.find(([, first, ...formats]) => magic >= first && magic < formats.at(-1)!.magic);
  if (series) return `a CPython ${series[0]} before its release`;
  return magic === 62211 ? 'CPython 2.7' : undefined;
}
