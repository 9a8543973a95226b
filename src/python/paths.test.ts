import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Thrown } from './exceptions.ts';
import { platforms, type Platform } from './interpreter.ts';
import { live } from './objects.ts';
import { pathsOf, type Paths } from './paths.ts';
import { parseVersion, releaseOf, turningPoints, type Release } from './releases.ts';
import { Str, str } from './text.ts';
import { py, type Value } from './values.ts';

const raw = String.raw;
const release = (text: string): Release => releaseOf(parseVersion(text)!);
const paths = (platform: Platform, version: string): Paths => pathsOf(platform, release(version));

/** The releases around changes to path handling. */
const withoutRoots = ['3.4.0', '3.8.9', '3.9.4'];
const withRoots = ['3.8.10', '3.9.5', '3.10.0', '3.15.0'];
const every = turningPoints().map(releaseOf);

const joined = (one: Paths, ...parts: readonly string[]): string => one._path_join(...parts.map(str)).units;
const texts = (parts: readonly Str[]): string[] => parts.map(({ units }) => units);

/** The exception that is thrown. */
function raised(run: () => unknown): Thrown {
  try {
    run();
  } catch (error) {
    if (error instanceof Thrown) return error;
    throw error;
  }
  throw new Error('nothing was raised');
}

test('what separates, that which joins first', () => {
  for (const one of every) {
    expect(pathsOf('posix', one).path_separators).toBe('/');
    expect(pathsOf('win32', one).path_separators).toBe('\\/');
  }
});

describe('split', () => {
  test.each<readonly [Platform, string, head: string, tail: string]>([
    ['posix', 'a/b.py', 'a', 'b.py'],
    ['posix', '/a.py', '', 'a.py'],
    ['posix', '//a.py', '/', 'a.py'],
    ['posix', 'a//b', 'a/', 'b'],
    ['posix', 'a/', 'a', ''],
    ['posix', 'a.py', '', 'a.py'],
    ['posix', '', '', ''],
    ['posix', raw`a\b.py`, '', raw`a\b.py`],
    ['posix', '\u{1f600}/\u{1f600}', '\u{1f600}', '\u{1f600}'],
    ['win32', raw`a\b.py`, 'a', 'b.py'],
    ['win32', 'a/b.py', 'a', 'b.py'],
    ['win32', raw`a/b\c.py`, 'a/b', 'c.py'],
    ['win32', raw`a\b/c.py`, raw`a\b`, 'c.py'],
    ['win32', raw`C:\a.py`, 'C:', 'a.py'],
    ['win32', 'C:a.py', '', 'C:a.py'],
    ['win32', raw`\\a.py`, '\\', 'a.py'],
  ])('%s: %j', (platform, path, ...parts) => {
    const subclass = py.object({ is: str(path), str: str('other') });
    for (const one of every) {
      const os = pathsOf(platform, one);
      expect(texts(os._path_split(str(path)))).toEqual(parts);
      expect(texts(os._path_split(live(subclass, one.unicode)))).toEqual(parts);
    }
  });

  test('loses nothing but the separator', () => {
    const text = fc
      .array(fc.constantFrom(0x2f, 0x5c, 0x61, 0xd83d, 0xde00, 0x1f600), { maxLength: 8 })
      .map((points) => Str.fromCodePoints(points));
    fc.assert(
      fc.property(fc.constantFrom(...platforms), text, (platform, path) => {
        const os = paths(platform, '3.13.0');
        const [head, tail] = os._path_split(path);
        const between = ['', ...os.path_separators].map((sep) => head.concat(str(sep)).concat(tail));
        expect(between.some((whole) => whole.equals(path))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('join', () => {
  test.each<readonly [parts: string[], whole: string]>([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a/b'],
    [['', 'b'], 'b'],
    [['a', '', 'b'], 'a/b'],
    [['a//', 'b/'], 'a/b'],
    [['/', 'b'], '/b'],
    [['//', 'b'], '/b'],
    [['/a//b', 'c'], '/a//b/c'],
    // A part that consists of separators vanishes, except for the separator that joins.
    [['a', '/', 'b'], 'a//b'],
    // No part restarts the path.
    [['a', '/b'], 'a//b'],
    [['C:', raw`\a`], raw`C:/\a`],
    [['a\\', 'b'], raw`a\/b`],
    [['a\0', '\u{1f600}'], 'a\0/\u{1f600}'],
  ])('on POSIX of %j', (parts, whole) => {
    for (const one of every) expect(joined(pathsOf('posix', one), ...parts)).toBe(whole);
  });

  test.each<readonly [parts: string[], old: string, whole: string]>([
    [[], '', ''],
    [['a'], 'a', 'a'],
    [['a', 'b'], raw`a\b`, raw`a\b`],
    [['a/', 'b\\/'], raw`a\b`, raw`a\b`],
    [['', 'b'], 'b', 'b'],
    [['a', '', 'b'], raw`a\b`, raw`a\b`],
    [['a/b', 'c'], raw`a/b\c`, raw`a/b\c`],
    [['C:', 'b'], raw`C:\b`, 'C:b'],
    [['C:\\', 'b'], raw`C:\b`, raw`C:\b`],
    [['C:/', 'b'], raw`C:\b`, raw`C:\b`],
    [[raw`C:\a`, 'b'], raw`C:\a\b`, raw`C:\a\b`],
    [['C:/a/', 'b'], raw`C:/a\b`, raw`C:\a\b`],
    [['C:a', 'b'], raw`C:a\b`, raw`C:a\b`],
    // The same drive continues the path, another drive restarts it.
    [['C:a', 'C:b'], raw`C:a\C:b`, raw`C:a\b`],
    [['C:a', 'c:b'], raw`C:a\c:b`, raw`C:a\b`],
    [['C:a', 'D:b'], raw`C:a\D:b`, 'D:b'],
    [[raw`C:\a`, raw`C:\b`], raw`C:\a\C:\b`, raw`C:\b`],
    [[raw`C:\a`, raw`D:\b`], raw`C:\a\D:\b`, raw`D:\b`],
    [['a', 'D:b'], raw`a\D:b`, 'D:b'],
    // A root without a drive keeps the drive before it.
    [[raw`C:\a`, raw`\b`], raw`C:\a\\b`, raw`C:\b`],
    [[raw`C:a`, '/b'], raw`C:a\/b`, raw`C:\b`],
    [['C:', '\\'], 'C:\\', 'C:\\'],
    [['C:', '/'], 'C:\\', 'C:\\'],
    [['C:\\', ''], 'C:', 'C:\\'],
    [['/', 'b'], raw`\b`, raw`\b`],
    [[raw`\\s\h`, 'b'], raw`\\s\h\b`, raw`\\s\h\b`],
    [['\\\\s\\h\\', 'b'], raw`\\s\h\b`, raw`\\s\h\b`],
    [['//s/h/', 'b'], raw`//s/h\b`, raw`//s/h\b`],
    [[raw`\\s\h\a`, raw`\b`], raw`\\s\h\a\\b`, raw`\\s\h\b`],
    [[raw`\\s\h\a`, 'C:b'], raw`\\s\h\a\C:b`, 'C:b'],
    [[raw`C:\a`, raw`\\s\h\b`], raw`C:\a\\\s\h\b`, raw`\\s\h\b`],
    [['\\\\?\\C:\\', 'b'], raw`\\?\C:\b`, raw`\\?\C:\b`],
  ])('on Windows of %j', (parts, old, whole) => {
    for (const version of withoutRoots) {
      expect([version, joined(paths('win32', version), ...parts)]).toEqual([version, old]);
    }
    for (const version of withRoots) {
      expect([version, joined(paths('win32', version), ...parts)]).toEqual([version, whole]);
    }
  });

  test('of a part that Windows takes for no path raises, since paths have roots', () => {
    for (const version of withoutRoots) {
      expect(joined(paths('win32', version), 'a', 'b\0')).toBe('a\\b\0');
    }
    for (const version of withRoots) {
      expect(raised(() => joined(paths('win32', version), 'a', 'b\0')).message).toBe(
        'ValueError: _path_splitroot: embedded null character in path',
      );
    }
  });

  test('of a part with a root makes one character of its surrogates, and of no other part', () => {
    const torn = Str.fromCodePoints([0x43, 0x3a, 0xd83d, 0xde00]);
    const relative = Str.fromCodePoints([0xd83d, 0xde00]);
    const points = (version: string): number[] =>
      paths('win32', version)._path_join(torn, relative).codePoints();
    for (const version of withoutRoots) {
      expect(points(version)).toEqual([0x43, 0x3a, 0xd83d, 0xde00, 0x5c, 0xd83d, 0xde00]);
    }
    for (const version of withRoots) {
      expect(points(version)).toEqual([0x43, 0x3a, 0x1f600, 0x5c, 0xd83d, 0xde00]);
    }
  });
});

describe('isabs', () => {
  const both = true;
  const none = false;
  test.each<readonly [path: string, old: boolean, rooted: boolean]>([
    ['', none, none],
    ['a', none, none],
    ['/', both, both],
    ['//', both, both],
    ['/a', both, both],
    ['a/b', none, none],
    [raw`\a`, none, none],
    ['C:', none, none],
    ['C:a', none, none],
    [raw`C:\a`, none, none],
    // These would be drives on Windows.
    ['C:/', true, false],
    ['C:/a', true, false],
    ['::/a', true, false],
    ['\u{1f600}:/a', true, false],
    ['CC:/', none, none],
    ['/:/a', both, both],
  ])('on POSIX of %j', (path, old, rooted) => {
    const is = (version: string): unknown => [version, paths('posix', version)._path_isabs(str(path))];
    for (const version of withoutRoots) expect(is(version)).toEqual([version, old]);
    for (const version of withRoots) expect(is(version)).toEqual([version, rooted]);
  });

  test.each<readonly [path: string, old: boolean, rooted: boolean]>([
    ['', none, none],
    ['a', none, none],
    ['C:', none, none],
    ['C:a', none, none],
    ['C:\\', both, both],
    ['C:/', both, both],
    [raw`C:\a`, both, both],
    ['C:/a', both, both],
    ['CC:/', none, none],
    // A single separator is the root of the current drive.
    ['\\', none, none],
    ['/', none, none],
    [raw`\a`, none, none],
    ['/a', none, none],
    // The old releases look for both separators, in this order.
    [raw`\/a`, true, true],
    [raw`/\a`, false, true],
    ['\\\\', false, true],
    [raw`\\s\h`, false, true],
    ['//s/h/a', false, true],
    [raw`\\?\C:\a`, false, true],
    // No root, although it starts like one.
    [raw`\\?\a`, false, false],
  ])('on Windows of %j', (path, old, rooted) => {
    const is = (version: string): unknown => [version, paths('win32', version)._path_isabs(str(path))];
    for (const version of withoutRoots) expect(is(version)).toEqual([version, old]);
    for (const version of withRoots) expect(is(version)).toEqual([version, rooted]);
  });

  test('on Windows of a drive that is no letter, in the releases for which that is one', () => {
    for (const [version, is] of [
      ['3.8.9', true],
      ['3.8.10', true],
      ['3.9.4', true],
      ['3.9.5', false],
      ['3.10.0', false],
    ] as const) {
      for (const path of ['1:/a', '\u00e9:\\a']) {
        expect([version, paths('win32', version)._path_isabs(str(path))]).toEqual([version, is]);
      }
    }
  });
});

describe('abspath', () => {
  const made = (platform: Platform, version: string, path: string, cwd: string): string =>
    paths(platform, version)._path_abspath(str(path), { cwd: str(cwd) }).units;

  test('of what is absolute is itself, and the working directory is not asked for', () => {
    for (const version of [...withoutRoots, ...withRoots]) {
      for (const [platform, path] of [
        ['posix', '/a//b/../'],
        ['win32', 'C:\\a/.\\'],
      ] as const) {
        const record = {};
        const text = str(path);
        expect(paths(platform, version)._path_abspath(text, { cwd: null }, record)).toBe(text);
        expect(record).toEqual({});
      }
    }
  });

  test('of what is not asks for the working directory, and raises when it has been removed', () => {
    for (const version of [...withoutRoots, ...withRoots]) {
      for (const [platform, path] of [
        ['posix', 'a'],
        ['win32', 'C:'],
      ] as const) {
        const os = paths(platform, version);
        const records = [{}, {}];
        os._path_abspath(str(path), { cwd: str('/w') }, records[0]);
        const error = raised(() => os._path_abspath(str(path), { cwd: null }, records[1]));
        expect(error.message).toBe('FileNotFoundError: [Errno 2] No such file or directory');
        expect(records).toEqual([{ getcwd: true }, { getcwd: true }]);
        expect(raised(() => os._path_abspath(str(path), { cwd: null }))).toEqual(error);
      }
    }
  });

  test.each<readonly [path: string, cwd: string, whole: string]>([
    ['a', '/w', '/w/a'],
    ['', '/w', '/w'],
    ['a/', '/w', '/w/a'],
    ['a', '/', '/a'],
    ['', '/', ''],
    ['.', '/w', '/w/.'],
    ['../a', '/w', '/w/../a'],
    ['a/./b', '/w', '/w/a/./b'],
  ])('on POSIX of %j in %j', (path, cwd, whole) => {
    for (const version of ['3.8.0', '3.8.10', '3.12.0', '3.15.0']) {
      expect(made('posix', version, path, cwd)).toBe(whole);
    }
  });

  test.each<readonly [Platform, path: string, stays: string, dropped: string]>([
    ['posix', './a', '/w/./a', '/w/a'],
    ['posix', '././a', '/w/././a', '/w/./a'],
    ['posix', './', '/w/.', '/w'],
    ['posix', './/a', '/w/.//a', '/w//a'],
    ['posix', raw`.\a`, raw`/w/.\a`, raw`/w/.\a`],
    ['win32', raw`.\a`, raw`C:\w\.\a`, raw`C:\w\a`],
    ['win32', './a', raw`C:\w\./a`, raw`C:\w\a`],
    // One of each, the backslash first.
    ['win32', raw`.\./a`, raw`C:\w\.\./a`, raw`C:\w\a`],
    ['win32', raw`./.\a`, raw`C:\w\./.\a`, raw`C:\w\.\a`],
    ['win32', raw`.\.\a`, raw`C:\w\.\.\a`, raw`C:\w\.\a`],
  ])('%s: a dot at the start of %j stays, or is dropped since 3.12', (platform, path, stays, dropped) => {
    const cwd = platform === 'posix' ? '/w' : raw`C:\w`;
    for (const version of ['3.8.0', '3.8.10', '3.9.5', '3.11.99']) {
      expect(made(platform, version, path, cwd)).toBe(stays);
    }
    for (const version of ['3.12.0', '3.15.0']) expect(made(platform, version, path, cwd)).toBe(dropped);
  });

  test.each<readonly [path: string, old: string, whole: string]>([
    ['a', raw`C:\w\a`, raw`C:\w\a`],
    ['', raw`C:\w`, raw`C:\w`],
    ['C:a', raw`C:\w\C:a`, raw`C:\w\a`],
    ['c:', raw`C:\w\c:`, raw`C:\w`],
    ['D:a', raw`C:\w\D:a`, 'D:a'],
    [raw`\a`, raw`C:\w\\a`, raw`C:\a`],
    ['/a', raw`C:\w\/a`, raw`C:\a`],
  ])('on Windows of %j', (path, old, whole) => {
    for (const version of ['3.8.0', '3.9.4']) {
      expect(made('win32', version, path, raw`C:\w`)).toBe(old);
    }
    for (const version of withRoots) expect(made('win32', version, path, raw`C:\w`)).toBe(whole);
  });
});

describe('what is no text, split where nobody asks it for its path, raises', () => {
  const cut = (value: Value, platform: Platform, version: string): string =>
    raised(() => paths(platform, version)._path_split(live(value, release(version).unicode))).message;
  const lacks = (type: string, method: string): string =>
    `AttributeError: '${type}' object has no attribute '${method}'`;
  const unbuffered = "TypeError: 'str' does not support the buffer interface";
  const incompatible = 'TypeError: expected bytes, bytearray or buffer compatible object';
  const unbytes = "TypeError: a bytes-like object is required, not 'str'";
  const unsequenced = 'TypeError: argument to reversed() must be a sequence';
  const within = (type: string): string =>
    `TypeError: 'in <string>' requires string as left operand, not ${type}`;

  test.each<readonly [name: string, Value, posix: string, win32: string]>([
    ['None', null, lacks('NoneType', 'rpartition'), unsequenced],
    ['a bool', true, lacks('bool', 'rpartition'), unsequenced],
    ['an integer', 3n, lacks('int', 'rpartition'), unsequenced],
    ['a float', py.float(1.5), lacks('float', 'rpartition'), unsequenced],
    ['an object', py.object(), lacks('Object', 'rpartition'), unsequenced],
    ['a path-like object', py.pathLike(str('a')), lacks('PathLike', 'rpartition'), unsequenced],
    ['an empty list', py.list(), lacks('list', 'rpartition'), lacks('list', 'rpartition')],
    // The elements are inspected from the last one, until a separator is found.
    ['a list of text', py.list(str('a')), lacks('list', 'rpartition'), lacks('list', 'rpartition')],
    [
      'a list with a separator',
      py.list(1n, str('/'), str('a')),
      lacks('list', 'rpartition'),
      lacks('list', 'rsplit'),
    ],
    [
      'a list with more than text at its end',
      py.list(str('/'), 1n),
      lacks('list', 'rpartition'),
      within('int'),
    ],
    ['a tuple', py.tuple(null), lacks('tuple', 'rpartition'), within('NoneType')],
    [
      'a tuple with an object of text',
      py.tuple(py.object({ is: str('\\') })),
      lacks('tuple', 'rpartition'),
      lacks('tuple', 'rsplit'),
    ],
  ])('%s', (_, value, onPosix, onWindows) => {
    for (const version of ['3.4.0', '3.5.0']) {
      expect([cut(value, 'posix', version), cut(value, 'win32', version)]).toEqual([onPosix, onWindows]);
    }
  });

  test.each<readonly [version: string, posix: string, win32: string]>([
    ['3.4.2', incompatible, within('int')],
    ['3.4.3', unbuffered, within('int')],
    ['3.4.10', unbuffered, within('int')],
    ['3.5.0', unbytes, within('int')],
    ['3.7.16', unbytes, within('int')],
    ['3.8.9', unbytes, within('int')],
    ...withRoots.map((version) => {
      const message = "TypeError: argument should be integer or bytes-like object, not 'str'";
      return [version, message, message] as const;
    }),
  ])('bytes, in %s', (version, onPosix, onWindows) => {
    const bytes = py.bytes('a');
    expect([cut(bytes, 'posix', version), cut(bytes, 'win32', version)]).toEqual([onPosix, onWindows]);
  });

  test('empty bytes, which hold nothing that could be looked at', () => {
    expect(cut(py.bytes(''), 'win32', '3.5.0')).toBe(unbytes);
    expect(cut(py.bytes(''), 'win32', '3.4.3')).toBe(unbuffered);
    expect(cut(py.bytes(''), 'win32', '3.4.0')).toBe(incompatible);
  });
});

describe('what is no text and gets through as it is', () => {
  const values = [
    py.bytes(''),
    py.list(str('a')),
    py.list(),
    py.tuple(),
    py.bytes('a'),
    py.list(str('/')),
    1n,
    null,
    str('a'),
  ];
  const taken = (platform: Platform, version: string): boolean[] => {
    const release = releaseOf(parseVersion(version)!);
    return values.map((value) => pathsOf(platform, release).isTakenWhole(live(value, release.unicode)));
  };

  test('is a sequence without a separator, on Windows before paths have roots', () => {
    for (const version of ['3.4.0', '3.8.9', '3.9.4']) {
      expect(taken('win32', version)).toEqual([true, true, true, true, false, false, false, false, false]);
    }
  });

  test('is nothing elsewhere', () => {
    const none = values.map(() => false);
    for (const version of ['3.4.0', '3.8.9', '3.8.10', '3.15.0'])
      expect(taken('posix', version)).toEqual(none);
    for (const version of ['3.8.10', '3.9.5', '3.15.0']) expect(taken('win32', version)).toEqual(none);
  });
});
