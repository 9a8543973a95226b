import { describe, expect, test } from 'vitest';
import {
  bytecodeFiles,
  cacheFromSource,
  py,
  PythonError,
  type Argument,
  type Options,
  type TargetInterpreter,
  type Warning,
} from './index.ts';

const raw = String.raw;
/** The newest series that has debug_override. */
const overridable = { version: '3.14.0' };
const deprecation = "the debug_override parameter is deprecated; use 'optimization' instead";

/** The error that a call throws. */
function thrown(...call: Parameters<typeof cacheFromSource>): PythonError {
  try {
    const path = cacheFromSource(...call);
    throw new Error(`there was no error but ${path}`);
  } catch (error) {
    if (error instanceof PythonError) return error;
    throw error;
  }
}

/** Category and text, in a form that can be compared. */
const shown = (warnings: readonly Warning[]): string[] =>
  warnings.map(({ category, message }) => `${category}: ${message?.units}`);

describe('the path of the bytecode file', () => {
  test('of a plain path is that of a CPython of the newest series', () => {
    expect(cacheFromSource('/foo/bar/baz.py')).toBe('/foo/bar/__pycache__/baz.cpython-315.pyc');
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
    expect(cacheFromSource('a.py', undefined, { optimization })).toBe(
      `__pycache__/a.cpython-315${segment}.pyc`,
    );
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
    expect(cacheFromSource('a.py', debugOverride, { interpreter: overridable })).toBe(
      `__pycache__/a.cpython-314${segment}.pyc`,
    );
  });

  test('of a path-like object', () => {
    expect(cacheFromSource(py.pathLike(py.str('b/a.py')))).toBe('b/__pycache__/a.cpython-315.pyc');
  });

  test('of a path with surrogates that Python keeps apart is a JavaScript string, where they are one', () => {
    const path = cacheFromSource(py.str([0xd83d, 0xde00, 0x2e, 0x70, 0x79]));
    expect(path).toBe('__pycache__/\u{1f600}.cpython-315.pyc');
  });
});

const on = (
  interpreter: TargetInterpreter,
  path: Argument = 'a.py',
  more: Omit<Options, 'interpreter'> = {},
): string => cacheFromSource(path, undefined, { ...more, interpreter });

describe('an interpreter', () => {
  test.each<readonly [NonNullable<Options['interpreter']>, string]>([
    [{ version: '3.4.0' }, 'a.cpython-34.pyc'],
    [{ version: '3.4', optimize: 1 }, 'a.cpython-34.pyo'],
    [{ version: '3.5', optimize: 1 }, 'a.cpython-35.opt-1.pyc'],
    [{ version: '3.6.0' }, 'a.cpython-36.pyc'],
    [{ version: '3.12' }, 'a.cpython-312.pyc'],
    [{ version: '3.14.2' }, 'a.cpython-314.pyc'],
    [{ version: '3.15.99' }, 'a.cpython-315.pyc'],
    [{ version: '3.15.0rc1' }, 'a.cpython-315.pyc'],
    // Newer than any specified release.
    [{ version: '3.16.0' }, 'a.cpython-316.pyc'],
    [{ version: '4.0' }, 'a.cpython-40.pyc'],
    [{ cacheTag: 'pypy39' }, 'a.pypy39.pyc'],
    [{ cacheTag: '' }, 'a..pyc'],
    [{ version: '3.8.1', cacheTag: 'x' }, 'a.x.pyc'],
    [{ optimize: 2 }, 'a.cpython-315.opt-2.pyc'],
    [{ optimize: 0 }, 'a.cpython-315.pyc'],
    [{ platform: 'posix', version: '3.9.18', optimize: 1 }, 'a.cpython-39.opt-1.pyc'],
    [{ pycachePrefix: null, cwd: '/v' }, 'a.cpython-315.pyc'],
  ])('%o', (interpreter, file) => {
    expect(on(interpreter)).toBe(`__pycache__/${file}`);
  });

  test('its level does not count beside an optimization', () => {
    expect(on({ optimize: 2 }, 'a.py', { optimization: '' })).toBe('__pycache__/a.cpython-315.pyc');
  });

  test('its release decides which characters are letters', () => {
    // Assigned in Unicode 15.1.
    const optimization = '\u{2ebf0}';
    expect(on({ version: '3.13.0' }, 'a.py', { optimization })).toBe(
      '__pycache__/a.cpython-313.opt-\u{2ebf0}.pyc',
    );
    const error = thrown('a.py', undefined, { optimization, interpreter: { version: '3.12.9' } });
    expect(error.message).toBe(raw`ValueError: '\U0002ebf0' is not alphanumeric`);
  });

  test('and the newest knows the newest letters', () => {
    // Assigned in Unicode 17.0.
    const optimization = '\u{323b0}';
    expect(cacheFromSource('a.py', undefined, { optimization })).toContain('.opt-\u{323b0}.pyc');
    const error = thrown('a.py', undefined, { optimization, interpreter: overridable });
    expect(error.message).toBe(raw`ValueError: '\U000323b0' is not alphanumeric`);
  });

  test('its release decides where a name ends', () => {
    expect(on({ version: '3.4.2' }, 'a.b.py')).toBe('__pycache__/a.cpython-34.pyc');
    expect(on({ version: '3.4.3' }, 'a.b.py')).toBe('__pycache__/a.b.cpython-34.pyc');
  });

  test('its release decides what is asked for its path', () => {
    const path = py.pathLike(py.str('a.py'));
    expect(on({ version: '3.6' }, path)).toBe('__pycache__/a.cpython-36.pyc');
    expect(thrown(path, undefined, { interpreter: { version: '3.5' } }).message).toBe(
      "AttributeError: 'PathLike' object has no attribute 'rpartition'",
    );
  });

  test.each(['3.3.7', '3.3', '2.7.18'])('of version %s is too old', (version) => {
    const full = version === '3.3' ? '3.3.0' : version;
    expect(() => on({ version })).toThrow(
      new RangeError(`Python ${full} is older than 3.4.0, the oldest release specified`),
    );
  });

  test.each(['', '3', 'three', '3.13.0b1', '3.13rc1', 'v3.13'])('cannot be of version %j', (version) => {
    expect(() => on({ version })).toThrow(
      new RangeError(`'${version}' is not a Python version such as 3.12.1`),
    );
  });

  test('has a level that is an integer', () => {
    expect(() => on({ optimize: 1.5 })).toThrow(RangeError);
  });
});

describe('an argument that the release does not have', () => {
  test('is refused as Python refuses it', () => {
    const tooMany = 'TypeError: cache_from_source() takes 1 positional argument but 2';
    expect(thrown('a.py', true).message).toBe(`${tooMany} were given`);
    expect(thrown('a.py', true, { optimization: 1 }).message).toBe(
      `${tooMany} positional arguments (and 1 keyword-only argument) were given`,
    );
    expect(thrown('a.py', undefined, { optimization: 1, interpreter: { version: '3.4.10' } }).message).toBe(
      "TypeError: cache_from_source() got an unexpected keyword argument 'optimization'",
    );
  });

  test('may not be null either, which is None', () => {
    expect(thrown('a.py', null).message).toBe(
      'TypeError: cache_from_source() takes 1 positional argument but 2 were given',
    );
    expect(
      thrown('a.py', undefined, { optimization: null, interpreter: { version: '3.4.10' } }).message,
    ).toBe("TypeError: cache_from_source() got an unexpected keyword argument 'optimization'");
  });

  test('may be undefined, which is not given', () => {
    expect(cacheFromSource('a.py', undefined)).toBe('__pycache__/a.cpython-315.pyc');
    expect(on({ version: '3.4.10' }, 'a.py', { optimization: undefined })).toBe(
      '__pycache__/a.cpython-34.pyc',
    );
  });

  test('is there in the other releases, and may be null', () => {
    expect(cacheFromSource('a.py', null, { optimization: null, interpreter: overridable })).toBe(
      '__pycache__/a.cpython-314.pyc',
    );
    const path = (version: string, debugOverride: boolean): string =>
      cacheFromSource('a.py', debugOverride, { interpreter: { version } });
    expect([path('3.4.10', true), path('3.4.10', false)]).toEqual([
      '__pycache__/a.cpython-34.pyc',
      '__pycache__/a.cpython-34.pyo',
    ]);
    expect(path('3.14.99', false)).toBe('__pycache__/a.cpython-314.opt-1.pyc');
  });
});

describe('on Windows', () => {
  test.each<readonly [path: string, old: string, whole: string]>([
    ['a.py', raw`__pycache__\a.T.pyc`, raw`__pycache__\a.T.pyc`],
    [raw`C:\b\a.py`, raw`C:\b\__pycache__\a.T.pyc`, raw`C:\b\__pycache__\a.T.pyc`],
    ['b/a.py', raw`b\__pycache__\a.T.pyc`, raw`b\__pycache__\a.T.pyc`],
    [raw`C:\a.py`, raw`C:\__pycache__\a.T.pyc`, raw`C:__pycache__\a.T.pyc`],
    ['C:a.py', raw`__pycache__\C:a.T.pyc`, 'C:a.T.pyc'],
    [raw`\\s\h\a.py`, raw`\\s\h\__pycache__\a.T.pyc`, raw`\\s\h\__pycache__\a.T.pyc`],
    ['/b/a.py', raw`/b\__pycache__\a.T.pyc`, raw`\b\__pycache__\a.T.pyc`],
  ])('%j', (path, old, whole) => {
    const windows = (version: string): string => on({ version, platform: 'win32', cacheTag: 'T' }, path);
    for (const version of ['3.4.3', '3.8.9', '3.9.4']) expect(windows(version)).toBe(old);
    for (const version of ['3.8.10', '3.9.5', '3.15']) expect(windows(version)).toBe(whole);
  });

  test('is another platform than the default one', () => {
    expect(cacheFromSource(raw`b\a.py`)).toBe(raw`__pycache__/b\a.cpython-315.pyc`);
    expect(on({ platform: 'win32' }, raw`b\a.py`)).toBe(raw`b\__pycache__\a.cpython-315.pyc`);
  });
});

describe('below a pycache prefix', () => {
  const below = (path: string, more: TargetInterpreter = {}): string =>
    on({ cacheTag: 'T', pycachePrefix: '/p', ...more }, path);

  test.each<readonly [path: string, more: TargetInterpreter, whole: string]>([
    ['/b/a.py', {}, '/p/b/a.T.pyc'],
    ['/b/a.py', { pycachePrefix: '' }, 'b/a.T.pyc'],
    ['/b/a.py', { pycachePrefix: 'q/' }, 'q/b/a.T.pyc'],
    ['/b/a.py', { version: '3.8.0' }, '/p/b/a.T.pyc'],
    ['/b/a.py', { version: '3.7.16' }, '/b/__pycache__/a.T.pyc'],
    ['b/a.py', { cwd: '/w' }, '/p/w/b/a.T.pyc'],
    ['/b/a.py', { cwd: '/w' }, '/p/b/a.T.pyc'],
    // Without a working directory, the default is the root.
    ['b/a.py', {}, '/p/b/a.T.pyc'],
    ['a.py', {}, '/p/a.T.pyc'],
    [raw`C:\b\a.py`, { platform: 'win32', pycachePrefix: raw`D:\p` }, raw`D:\p\b\a.T.pyc`],
    [raw`b\a.py`, { platform: 'win32', pycachePrefix: raw`D:\p`, cwd: raw`C:\w` }, raw`D:\p\w\b\a.T.pyc`],
    [raw`b\a.py`, { platform: 'win32', pycachePrefix: raw`D:\p` }, raw`D:\p\b\a.T.pyc`],
  ])('%j, %o', (path, more, whole) => expect(below(path, more)).toBe(whole));

  test('in the root raises, in the releases that cannot', () => {
    const error = thrown('a.py', undefined, { interpreter: { version: '3.13.7', pycachePrefix: '/p' } });
    expect(error.message).toBe('IndexError: string index out of range');
    expect(below('a.py', { version: '3.13.8' })).toBe('/p/a.T.pyc');
  });

  test('on Windows a null character raises, in the releases that ask Windows', () => {
    const error = thrown('a\0.py', undefined, { interpreter: { platform: 'win32' } });
    expect(error.message).toBe('ValueError: _path_splitroot: embedded null character in path');
    expect(on({ platform: 'win32', version: '3.7' }, 'a\0.py')).toBe('__pycache__\\a\0.cpython-37.pyc');
  });
});

describe('a number that is no exact integer is refused, in every place', () => {
  test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d', (number) => {
    const refusal = new RangeError(
      `${number} is not an exact integer: write py.float(${number}), or a bigint`,
    );
    expect(() => cacheFromSource(number)).toThrow(refusal);
    expect(() => cacheFromSource('a.py', number)).toThrow(refusal);
    expect(() => cacheFromSource('a.py', undefined, { optimization: number })).toThrow(refusal);
  });
});

describe("Python's exceptions", () => {
  test.each<readonly [string, Parameters<typeof cacheFromSource>, type: string, text: string]>([
    [
      'no cache tag',
      ['a.py', undefined, { interpreter: { cacheTag: null } }],
      'NotImplementedError',
      'sys.implementation.cache_tag is None',
    ],
    [
      'an optimization of other characters',
      ['a.py', undefined, { optimization: 'a-b' }],
      'ValueError',
      "'a-b' is not alphanumeric",
    ],
    [
      'a negative optimization',
      ['a.py', undefined, { optimization: -1 }],
      'ValueError',
      "'-1' is not alphanumeric",
    ],
    [
      'a float',
      ['a.py', undefined, { optimization: py.float(1.5) }],
      'ValueError',
      "'1.5' is not alphanumeric",
    ],
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

  test('an exception starts where the function was called', () => {
    const lines = thrown('a.py', undefined, { optimization: '-' }).stack!.split('\n');
    expect(lines[0]).toBe("PythonError: ValueError: '-' is not alphanumeric");
    expect(lines[1]).toContain('cacheFromSource');
    expect(lines[2]).toContain('index.test');
  });

  test('an exception brings the warnings that came before it', () => {
    const error = thrown('a.py', true, { optimization: 1, interpreter: overridable });
    expect(error.message).toBe('TypeError: debug_override or optimization must be set to None');
    expect(shown(error.warnings)).toEqual([`DeprecationWarning: ${deprecation}`]);
  });
});

describe('warnings', () => {
  test('a debug override is warned of', () => {
    const received: Warning[] = [];
    const onWarning = (warning: Warning): number => received.push(warning);
    cacheFromSource('a.py', false, { onWarning, interpreter: overridable });
    expect(shown(received)).toEqual([`DeprecationWarning: ${deprecation}`]);
  });

  test('what a receiver throws ends the call, as a warning that is an error does', () => {
    const onWarning = (): never => {
      throw new RangeError('enough');
    };
    const call = (): string =>
      cacheFromSource('a.py', true, { optimization: 1, onWarning, interpreter: overridable });
    expect(call).toThrow(new RangeError('enough'));
  });

  test('an exception does not keep a warning from being received', () => {
    const received: Warning[] = [];
    const onWarning = (warning: Warning): number => received.push(warning);
    thrown('a.py', true, { optimization: 1, onWarning, interpreter: overridable });
    expect(shown(received)).toEqual([`DeprecationWarning: ${deprecation}`]);
  });

  test('without a debug override there is none', () => {
    const received: Warning[] = [];
    const onWarning = (warning: Warning): number => received.push(warning);
    cacheFromSource('a.py', undefined, { optimization: 1, onWarning, interpreter: overridable });
    cacheFromSource('a.py', undefined, { onWarning, interpreter: overridable });
    expect(received).toEqual([]);
  });

  test('and before 3.5 with one neither', () => {
    const received: Warning[] = [];
    const onWarning = (warning: Warning): number => received.push(warning);
    cacheFromSource('a.py', true, { onWarning, interpreter: { version: '3.4.10' } });
    expect(received).toEqual([]);
  });
});

describe('all files of a source', () => {
  const paths = (...call: Parameters<typeof bytecodeFiles>): string[] =>
    bytecodeFiles(...call).files.map(({ path }) => path);

  test('are those of every implementation at each level, and beside it', () => {
    const all = paths('a/b.py');
    expect(all).toEqual(
      expect.arrayContaining([
        'a/__pycache__/b.cpython-34.pyo',
        'a/__pycache__/b.cpython-313.opt-2.pyc',
        'a/__pycache__/b.pypy311.pyc',
        'a/__pycache__/b.graalpy250-312.pyc',
        'a/b.pyc',
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  test('or some of them, with who writes and who reads them', () => {
    const { files, raised } = bytecodeFiles('a\\b.py', {
      implementations: ['pypy'],
      versions: ['3.11.2'],
      levels: ['1'],
      platform: 'win32',
    });
    expect(files).toMatchObject([
      {
        path: 'a\\__pycache__\\b.pypy311.opt-1.pyc',
        isLegacy: false,
        runners: [{ implementation: 'pypy', series: '3.11', level: '1' }],
        writers: ['PyPy 3.11 -O'],
        readers: ['PyPy 3.11 -O'],
      },
      { path: 'a\\b.pyc', isLegacy: true, runners: [] },
    ]);
    expect(raised).toEqual([]);
  });

  test('lie below a prefix, from the working directory on, or in the root without one', () => {
    const below = { versions: ['3.13'], levels: ['0'], pycachePrefix: '/p' };
    expect(paths('b.py', { ...below, cwd: '/w' })).toEqual(['/p/w/b.cpython-313.pyc', 'b.pyc']);
    expect(paths('a/b.py', below)).toEqual(['/p/a/b.cpython-313.pyc', 'a/b.pyc']);
  });

  test('are not those of whom Python raises', () => {
    const { files, raised } = bytecodeFiles('//b.py', {
      versions: ['3.12'],
      implementations: ['cpython'],
      levels: ['0'],
      pycachePrefix: '/p',
    });
    expect(files.map(({ path }) => path)).toEqual(['//b.pyc']);
    expect(raised.map(({ runner, error }) => [runner.series, error.message])).toEqual([
      ['3.12', 'IndexError: string index out of range'],
    ]);
  });

  test.each<readonly [Parameters<typeof bytecodeFiles>[1], string]>([
    [
      { implementations: ['cpython', 'jython' as 'pypy'] },
      "'jython' is not one of cpython, pypy, graalpy, rustpython",
    ],
    [{ versions: ['3.13', 'x'] }, "'x' is not a Python version such as 3.12.1"],
    [{ versions: ['2.7'] }, 'Python 2.7.0 is older than 3.4.0, the oldest release specified'],
    [{ levels: ['0', ''] }, "'' is not a level such as 0, 1 or 2"],
    [{ levels: ['a-b'] }, "'a-b' is not a level such as 0, 1 or 2"],
  ])('of %j there are none', (wanted, message) => {
    expect(() => bytecodeFiles('a.py', wanted)).toThrow(new RangeError(message));
  });
});
