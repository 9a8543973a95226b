import { describe, expect, test } from 'vitest';
import { cacheFromSource, py, PythonError, type Argument, type Options, type Warning } from './index.ts';

const deprecation = "the debug_override parameter is deprecated; use 'optimization' instead";

/** What is thrown instead of a path. */
function thrown(...call: Parameters<typeof cacheFromSource>): PythonError {
  try {
    const path = cacheFromSource(...call);
    throw new Error(`there was no error but ${path}`);
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}

/** Category and text, as a list can be compared. */
const shown = (warnings: readonly Warning[]): string[] =>
  warnings.map(({ category, message }) => `${category}: ${message?.units}`);

describe('the path of the bytecode file', () => {
  test('of a plain path is that of a CPython of the newest series', () => {
    expect(cacheFromSource('/foo/bar/baz.py')).toBe('/foo/bar/__pycache__/baz.cpython-313.pyc');
  });

  test.each<readonly [string, Argument, string]>([
    ['a number', 2, '.opt-2'],
    ['zero', 0, '.opt-0'],
    ['a bigint', 2n, '.opt-2'],
    ['a bigint that no number holds', 2n ** 64n, '.opt-18446744073709551616'],
    ['a string', 'x', '.opt-x'],
    ['the empty string', '', ''],
    ['a letter outside ASCII', '\u{10400}\u00e9', '.opt-\u{10400}\u00e9'],
    ['true', true, '.opt-True'],
    ['null', null, ''],
    ['a Python value', py.int('3'), '.opt-3'],
    ['an infinite float', py.float(Number.POSITIVE_INFINITY), '.opt-inf'],
    ['an object with a text', py.object({ str: py.str('abc') }), '.opt-abc'],
  ])('optimized with %s', (_, optimization, segment) => {
    expect(cacheFromSource('a.py', null, { optimization })).toBe(`__pycache__/a.cpython-313${segment}.pyc`);
  });

  test.each<readonly [Argument, string]>([
    [true, ''],
    [1, ''],
    ['x', ''],
    [false, '.opt-1'],
    [0, '.opt-1'],
    ['', '.opt-1'],
    [py.list(), '.opt-1'],
  ])('overridden by %j', (debugOverride, segment) => {
    expect(cacheFromSource('a.py', debugOverride)).toBe(`__pycache__/a.cpython-313${segment}.pyc`);
  });

  test('of a path-like object', () => {
    expect(cacheFromSource(py.pathLike(py.str('b/a.py')))).toBe('b/__pycache__/a.cpython-313.pyc');
  });

  test('of a path with surrogates that Python keeps apart is a JavaScript string, where they are one', () => {
    const path = cacheFromSource(py.str([0xd83d, 0xde00, 0x2e, 0x70, 0x79]));
    expect(path).toBe('__pycache__/\u{1f600}.cpython-313.pyc');
  });
});

describe('an interpreter', () => {
  test.each<readonly [NonNullable<Options['interpreter']>, string]>([
    [{ version: '3.6.0' }, 'a.cpython-36.pyc'],
    [{ version: '3.12' }, 'a.cpython-312.pyc'],
    [{ version: '3.14.2' }, 'a.cpython-314.pyc'],
    [{ cacheTag: 'pypy39' }, 'a.pypy39.pyc'],
    [{ cacheTag: '' }, 'a..pyc'],
    [{ version: '3.8.1', cacheTag: 'x' }, 'a.x.pyc'],
    [{ optimize: 2 }, 'a.cpython-313.opt-2.pyc'],
    [{ optimize: 0 }, 'a.cpython-313.pyc'],
    [{ platform: 'posix', version: '3.9.18', optimize: 1 }, 'a.cpython-39.opt-1.pyc'],
  ])('%o', (interpreter, file) => {
    expect(cacheFromSource('a.py', null, { interpreter })).toBe(`__pycache__/${file}`);
  });

  test('its level does not count beside an optimization', () => {
    expect(cacheFromSource('a.py', null, { optimization: '', interpreter: { optimize: 2 } })).toBe(
      '__pycache__/a.cpython-313.pyc',
    );
  });

  test('its release decides which characters are letters', () => {
    // Assigned in Unicode 15.1.
    const optimization = '\u{2ebf0}';
    expect(cacheFromSource('a.py', null, { optimization })).toBe(
      '__pycache__/a.cpython-313.opt-\u{2ebf0}.pyc',
    );
    const error = thrown('a.py', null, { optimization, interpreter: { version: '3.12.9' } });
    expect(error.message).toBe(String.raw`ValueError: '\U0002ebf0' is not alphanumeric`);
  });

  test.each(['3.5.0', '2.7.18'])('of version %s is too old', (version) => {
    expect(() => cacheFromSource('a.py', null, { interpreter: { version } })).toThrow(
      new RangeError(`Python ${version} is older than 3.6.0, the oldest release specified`),
    );
  });

  test.each(['', '3', 'three', '3.13.0rc1', 'v3.13'])('cannot be of version %j', (version) => {
    expect(() => cacheFromSource('a.py', null, { interpreter: { version } })).toThrow(
      new RangeError(`'${version}' is not a Python version such as 3.12.1`),
    );
  });

  test('has a level that is an integer', () => {
    expect(() => cacheFromSource('a.py', null, { interpreter: { optimize: 1.5 } })).toThrow(RangeError);
  });
});

describe('a number that is no exact integer is refused, in every place', () => {
  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d', (number) => {
    const refusal = new RangeError(
      `${number} is not an exact integer: write py.float(${number}), or a bigint`,
    );
    expect(() => cacheFromSource(number)).toThrow(refusal);
    expect(() => cacheFromSource('a.py', number)).toThrow(refusal);
    expect(() => cacheFromSource('a.py', null, { optimization: number })).toThrow(refusal);
  });
});

describe("Python's exceptions", () => {
  test.each<readonly [string, Parameters<typeof cacheFromSource>, type: string, text: string]>([
    [
      'no cache tag',
      ['a.py', null, { interpreter: { cacheTag: null } }],
      'NotImplementedError',
      'sys.implementation.cache_tag is None',
    ],
    [
      'an optimization of other characters',
      ['a.py', null, { optimization: 'a-b' }],
      'ValueError',
      "'a-b' is not alphanumeric",
    ],
    [
      'a negative optimization',
      ['a.py', null, { optimization: -1 }],
      'ValueError',
      "'-1' is not alphanumeric",
    ],
    ['a float', ['a.py', null, { optimization: py.float(1.5) }], 'ValueError', "'1.5' is not alphanumeric"],
    ['a path that is a number', [1], 'TypeError', 'expected str, bytes or os.PathLike object, not int'],
    ['a path that is null', [null], 'TypeError', 'expected str, bytes or os.PathLike object, not NoneType'],
    ['an error of an own method', [py.pathLike(py.raises('KeyError', 'a'))], 'KeyError', "'a'"],
  ])('%s', (_, call, type, text) => {
    const error = thrown(...call);
    expect(error.type).toBe(type);
    expect(error.text.units).toBe(text);
    expect(error.message).toBe(`${type}: ${text}`);
    expect(error.name).toBe('PythonError');
    expect(error.warnings).toEqual([]);
  });

  test('an exception brings the warnings that came before it', () => {
    const error = thrown('a.py', true, { optimization: 1 });
    expect(error.message).toBe('TypeError: debug_override or optimization must be set to None');
    expect(shown(error.warnings)).toEqual([`DeprecationWarning: ${deprecation}`]);
  });
});

describe('warnings', () => {
  test('a debug override is warned of', () => {
    const received: Warning[] = [];
    cacheFromSource('a.py', false, { onWarning: (warning) => received.push(warning) });
    expect(shown(received)).toEqual([`DeprecationWarning: ${deprecation}`]);
  });

  test('an exception does not keep a warning from being received', () => {
    const received: Warning[] = [];
    thrown('a.py', true, { optimization: 1, onWarning: (warning) => received.push(warning) });
    expect(shown(received)).toEqual([`DeprecationWarning: ${deprecation}`]);
  });

  test('without a debug override there is none', () => {
    const received: Warning[] = [];
    const onWarning = (warning: Warning): number => received.push(warning);
    cacheFromSource('a.py', null, { optimization: 1, onWarning });
    cacheFromSource('a.py', undefined, { onWarning });
    expect(received).toEqual([]);
  });
});
