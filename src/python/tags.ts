/*
 * The cache tags of the implementations, as each was asked for `sys.implementation.cache_tag`. A release that nobody
 * asked has none here, however plain the pattern is; but for CPython, of which it is known.
 */
import { cpythonTag } from './interpreter.ts';
import { knownSeries, parseVersion, type Version } from './releases.ts';
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

/** A tag, the series of Python whose implementation has it, and the releases of the implementation that were asked. */
export type Tagged = {
  readonly implementation: Implementation;
  readonly series: string;
  readonly tag: string;
  /** Empty for a tag that is only read. */
  readonly asked: string;
};

const others: readonly Tagged[] = [
  { implementation: 'pypy', series: '3.9', tag: 'pypy39', asked: 'PyPy 7.3.11' },
  { implementation: 'pypy', series: '3.11', tag: 'pypy311', asked: 'PyPy 7.3.19, 8.0.1' },
  { implementation: 'graalpy', series: '3.12', tag: 'graalpy250-312', asked: 'GraalPy 25.0.3, 25.2.4' },
  { implementation: 'rustpython', series: '3.14', tag: 'cpython-314', asked: 'RustPython 0.6.0' },
];

/** Every tag that is known, those of an implementation together, the oldest first. */
export const tags: readonly Tagged[] = [
  ...knownSeries.map((series): Tagged => ({
    implementation: 'cpython',
    series,
    tag: cpythonTag(parseVersion(series)!).units,
    asked: ['3.4', '3.5'].includes(series) ? '' : `CPython ${series}`,
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
