/* The table of tags, and that the interpreters present have those of the table. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { seriesOf, type Interpreter } from '../../fixtures/interpreters.ts';
import { testEach } from '../../fixtures/present.ts';
import { knownSeries, parseVersion } from './releases.ts';
import {
  havingTag,
  implementationNames,
  implementations,
  isImplementation,
  seriesKnown,
  tagOf,
  tags,
} from './tags.ts';

/** GraalPy, RustPython and PyPy for 3.11 were asked elsewhere, and 3.4 and 3.5 are read: of those nothing is asked here. */
testEach('its cache tag is that of the table', { andPypy: true }, async (interpreter: Interpreter) => {
  const { implementation, executable } = interpreter;
  const program = 'import sys; print(sys.implementation.cache_tag)';
  const { stdout } = await promisify(execFile)(executable, ['-I', '-c', program]);
  const rows = tags.filter(
    (one) => one.implementation === implementation && one.series === seriesOf(interpreter),
  );
  expect(rows.map(({ tag }) => tag)).toEqual([stdout.trim()]);
});

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

  test('says who was asked, but for what is read', () => {
    expect(tags.filter(({ asked }) => asked === '').map(({ tag }) => tag)).toEqual([
      'cpython-34',
      'cpython-35',
    ]);
  });

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
