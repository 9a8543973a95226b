/* Tests the table of tags and magic numbers, and compares it with the interpreters present. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { seriesOf, type Interpreter } from '../../fixtures/interpreters.ts';
import { testEach } from '../../fixtures/present.ts';
import { knownSeries, parseVersion } from './releases.ts';
import {
  formatsOf,
  havingTag,
  implementationNames,
  implementations,
  isImplementation,
  ownerOf,
  seriesKnown,
  tagOf,
  tags,
} from './tags.ts';

/** GraalPy and RustPython were asked elsewhere, and 3.4 and 3.5 were only read, so they are not asked here. */
testEach(
  'its tag and its magic number are those of the table',
  { andPypy: true },
  async (interpreter: Interpreter) => {
    const { implementation, executable } = interpreter;
    const program =
      'import importlib.util, sys; print(sys.implementation.cache_tag, int.from_bytes(importlib.util.MAGIC_NUMBER, "little"))';
    const { stdout } = await promisify(execFile)(executable, ['-I', '-c', program]);
    const rows = tags.filter(
      (one) => one.implementation === implementation && one.series === seriesOf(interpreter),
    );
    const [tag, magic] = stdout.trim().split(' ');
    expect(rows.map((one) => one.tag)).toEqual([tag]);
    // The other half is a carriage return and a line feed.
    expect(rows[0]!.formats.map((one) => one.magic + 0x0a0d0000)).toContain(Number(magic));
  },
);

describe('the table', () => {
  test('has each series of an implementation once, CPython in all that are specified', () => {
    for (const one of implementations) {
      const series = seriesKnown(one);
      expect(new Set(series).size).toBe(series.length);
      expect(series.length).toBeGreaterThan(0);
      expect(series.filter((name) => !knownSeries.includes(name))).toEqual([]);
    }
    expect(seriesKnown('cpython')).toEqual(knownSeries);
  });

  test('has the formats of each, and one magic number twice', () => {
    expect(tags.filter(({ formats }) => formats.length > 1).map(({ tag }) => tag)).toEqual([
      'cpython-35',
      'pypy311',
      'graalpy250-312',
    ]);
    const all = tags.flatMap(({ formats }) => formats);
    expect(all.filter(({ magic }, i) => all.findIndex((one) => one.magic === magic) < i)).toEqual(
      formatsOf('rustpython', '3.14'),
    );
    expect(formatsOf('pypy', '3.11').map(({ of }) => of)).toEqual(['PyPy 7.3.19', 'PyPy 8.0.1']);
    expect(formatsOf('pypy', '3.14')).toEqual([]);
  });

  test.each<readonly [number, string | undefined]>([
    [3571, 'CPython 3.13'],
    [3627, 'CPython 3.14 and RustPython 0.6.0'],
    [3351, 'CPython 3.5.10'],
    [3550, 'a CPython 3.13 before its release'],
    [3570, 'a CPython 3.13 before its release'],
    [3572, undefined],
    [3549, undefined],
    [432, 'PyPy 8.0.1'],
    [62211, 'CPython 2.7'],
    [0, undefined],
  ])('tells whose the magic number %d is: %s', (magic, owner) => expect(ownerOf(magic)).toBe(owner));

  test('gives a tag, and nothing for what was not asked', () => {
    const of = (text: string) => parseVersion(text)!;
    expect(tagOf('pypy', of('3.11.2'))?.units).toBe('pypy311');
    expect(tagOf('pypy', of('3.10'))).toBeUndefined();
    expect(tagOf('cpython', of('3.99'))?.units).toBe('cpython-399');
    expect(isImplementation('pypy')).toBe(true);
    expect(isImplementation('PyPy')).toBe(false);
  });

  test('has a row for each that was asked elsewhere', () => {
    expect(
      tags
        .slice(knownSeries.length)
        .map((one) => [implementationNames[one.implementation], one.series, one.tag]),
    ).toEqual([
      ['PyPy', '3.7', 'pypy37'],
      ['PyPy', '3.9', 'pypy39'],
      ['PyPy', '3.11', 'pypy311'],
      ['GraalPy', '3.12', 'graalpy250-312'],
      ['RustPython', '3.14', 'cpython-314'],
    ]);
    expect(tags.slice(0, knownSeries.length).map((one) => implementationNames[one.implementation])).toEqual(
      knownSeries.map(() => 'CPython'),
    );
  });

  test('tells whose a tag is, which may be more than one', () => {
    expect(havingTag('cpython-314').map(({ implementation }) => implementation)).toEqual([
      'cpython',
      'rustpython',
    ]);
    expect(havingTag('pypy310')).toEqual([]);
  });
});
