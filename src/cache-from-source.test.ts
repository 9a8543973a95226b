/* Where the file is placed: a table for each platform, with and without a prefix. */
import { describe, expect, test } from 'vitest';
import { plainState, type Platform, type State } from './python/interpreter.ts';
import { parseVersion } from './python/releases.ts';
import { Str, str } from './python/text.ts';
import { answer, type Target } from './reference.ts';
import type { Call } from './python/call.ts';

const raw = String.raw;

type Own = { readonly prefix?: string; readonly cwd?: string | null };

const targetOf = (platform: Platform, version: string): Target => ({
  version: parseVersion(version)!,
  platform,
});

function callOf(target: Target, path: string | Str, { prefix, cwd }: Own = {}): Call {
  const plain = plainState(target.version, target.platform);
  const state: State = {
    ...plain,
    cacheTag: str('T'),
    pycachePrefix: prefix === undefined ? null : str(prefix),
    cwd: cwd === undefined ? plain.cwd : cwd === null ? null : str(cwd),
  };
  return { state, args: [typeof path === 'string' ? str(path) : path], kwargs: [] };
}

/** The path of the file, or the exception. */
function told(target: Target, path: string | Str, own: Own = {}): string {
  const outcome = answer(callOf(target, path, own), target);
  if (outcome.kind === 'return') return (outcome.value as Str).units;
  return `${outcome.type}: ${outcome.message?.units}`;
}

const inEach =
  (platform: Platform, ...versions: readonly string[]) =>
  (path: string, expected: string, own: Own = {}): void => {
    for (const version of versions) {
      expect([version, told(targetOf(platform, version), path, own)]).toEqual([version, expected]);
    }
  };

const null_ = 'ValueError: _path_splitroot: embedded null character in path';
const long = 'ValueError: _path_splitroot: path too long for Windows';

describe('beside the source', () => {
  test.each([
    ['a.py', '__pycache__/a.T.pyc'],
    ['b/a.py', 'b/__pycache__/a.T.pyc'],
    ['b//a.py', 'b/__pycache__/a.T.pyc'],
    ['/b/../c/a.py', '/b/../c/__pycache__/a.T.pyc'],
    ['/a.py', '__pycache__/a.T.pyc'],
    ['//a.py', '/__pycache__/a.T.pyc'],
    ['/', '__pycache__/T.pyc'],
    ['', '__pycache__/T.pyc'],
    [raw`b\a.py`, raw`__pycache__/b\a.T.pyc`],
    ['C:/a.py', 'C:/__pycache__/a.T.pyc'],
    ['a\0.py', '__pycache__/a\0.T.pyc'],
  ])('on POSIX: %j', inEach('posix', '3.4.3', '3.8.9', '3.8.10', '3.15.0'));

  const once = inEach('win32', '3.4.3', '3.7.16', '3.8.9', '3.9.4');
  const now = inEach('win32', '3.8.10', '3.9.5', '3.10.0', '3.15.0');

  test.each([
    [raw`C:\foo\bar.py`, raw`C:\foo\__pycache__\bar.T.pyc`, ''],
    [raw`C:\bar.py`, raw`C:\__pycache__\bar.T.pyc`, raw`C:__pycache__\bar.T.pyc`],
    ['C:/bar.py', raw`C:\__pycache__\bar.T.pyc`, raw`C:__pycache__\bar.T.pyc`],
    ['C:bar.py', raw`__pycache__\C:bar.T.pyc`, 'C:bar.T.pyc'],
    [raw`C:a\bar.py`, raw`C:a\__pycache__\bar.T.pyc`, ''],
    ['C:\\', raw`C:\__pycache__\T.pyc`, raw`C:__pycache__\T.pyc`],
    ['C:', raw`__pycache__\C:T.pyc`, 'C:T.pyc'],
    ['a:b:c.py', raw`__pycache__\a:b:c.T.pyc`, 'a:b:c.T.pyc'],
    [raw`C:\a.py:stream`, raw`C:\__pycache__\a.T.pyc`, raw`C:__pycache__\a.T.pyc`],
    [raw`\\server\share\x.py`, raw`\\server\share\__pycache__\x.T.pyc`, ''],
    [
      '//server/share/a/x.py',
      raw`//server/share/a\__pycache__\x.T.pyc`,
      raw`//server/share\a\__pycache__\x.T.pyc`,
    ],
    [raw`\\?\C:\x.py`, raw`\\?\C:\__pycache__\x.T.pyc`, ''],
    [raw`\\?\UNC\srv\shr\x.py`, raw`\\?\UNC\srv\shr\__pycache__\x.T.pyc`, ''],
    [raw`\\x.py`, raw`\__pycache__\x.T.pyc`, ''],
    [raw`\bar.py`, raw`__pycache__\bar.T.pyc`, ''],
    ['/', raw`__pycache__\T.pyc`, ''],
    ['/foo/bar.py', raw`/foo\__pycache__\bar.T.pyc`, raw`\foo\__pycache__\bar.T.pyc`],
    ['C:/foo/bar.py', raw`C:/foo\__pycache__\bar.T.pyc`, raw`C:\foo\__pycache__\bar.T.pyc`],
    [raw`a/b\c.py`, raw`a/b\__pycache__\c.T.pyc`, ''],
    [raw`a\b/c.py`, raw`a\b\__pycache__\c.T.pyc`, ''],
    [raw`C:a\C:b.py`, raw`C:a\__pycache__\C:b.T.pyc`, raw`C:a\__pycache__\b.T.pyc`],
    [raw`C:a\D:b.py`, raw`C:a\__pycache__\D:b.T.pyc`, 'D:b.T.pyc'],
    ['a\0b.py', '__pycache__\\a\0b.T.pyc', null_],
    ['b\0\\a.py', 'b\0\\__pycache__\\a.T.pyc', null_],
  ])('on Windows: %j', (path, old, whole) => {
    once(path, old);
    now(path, whole || old);
  });

  test('on Windows each part may be as long as Windows allows', () => {
    const file = (length: number): string => `${'a'.repeat(length - '.T.pyc'.length)}.py`;
    const [most, more] = [file(32_767), file(32_768)];
    now(most, `__pycache__\\${most.slice(0, -3)}.T.pyc`);
    now(more, long);
    now(`${more.slice(1)}\\${most}`, `${more.slice(1)}\\__pycache__\\${most.slice(0, -3)}.T.pyc`);
    once(more, `__pycache__\\${more.slice(0, -3)}.T.pyc`);
  });

  test('on Windows what is joined first is refused first', () => {
    const tooLong = 'a'.repeat(32_768);
    now(`b\0\\${tooLong}.py`, null_);
    now(`${tooLong}\\a\0.py`, long);
  });

  test('the working directory plays no part', () => {
    for (const [platform, whole] of [
      ['posix', '__pycache__/a.T.pyc'],
      ['win32', raw`__pycache__\a.T.pyc`],
    ] as const) {
      expect(told(targetOf(platform, '3.15.0'), 'a.py', { cwd: null })).toBe(whole);
    }
  });
});

describe('below a prefix on POSIX', () => {
  const prefix = '/p';
  const lost = 'FileNotFoundError: [Errno 2] No such file or directory';
  const since38 = inEach('posix', '3.8.0', '3.9.4', '3.8.10', '3.13.0', '3.15.0');

  test('before 3.8 is nothing', () => {
    inEach('posix', '3.4.3', '3.7.16')('/b/a.py', '/b/__pycache__/a.T.pyc', { prefix, cwd: null });
  });

  test.each<readonly [path: string, own: Own, whole: string]>([
    ['/a/b.py', {}, '/p/a/b.T.pyc'],
    ['/a/b.py', { prefix: '/p/' }, '/p/a/b.T.pyc'],
    ['/a/b.py', { prefix: '/p//' }, '/p/a/b.T.pyc'],
    ['/a/b.py', { prefix: 'rel' }, 'rel/a/b.T.pyc'],
    ['/a/b.py', { prefix: '../rel' }, '../rel/a/b.T.pyc'],
    ['/a/b.py', { prefix: '.' }, './a/b.T.pyc'],
    ['/a/b.py', { prefix: '' }, 'a/b.T.pyc'],
    ['/a/b.py', { prefix: '/' }, '/a/b.T.pyc'],
    ['//a//c///b.py', {}, '/p/a//c/b.T.pyc'],
    ['b.py', { cwd: '/usr/lib' }, '/p/usr/lib/b.T.pyc'],
    ['/b.py', { cwd: '/usr/lib' }, '/p/usr/lib/b.T.pyc'],
    ['c/b.py', { cwd: '/usr/lib' }, '/p/usr/lib/c/b.T.pyc'],
    ['../b.py', { cwd: '/usr/lib' }, '/p/usr/lib/../b.T.pyc'],
    ['./b.py', {}, '/p/w/./b.T.pyc'],
    ['/a/b.py', { cwd: null }, '/p/a/b.T.pyc'],
    // Not a drive, although the second character is a colon.
    ['/:/b.py', {}, '/p/:/b.T.pyc'],
    ['b.py', { cwd: null }, lost],
    ['/b.py', { cwd: null }, lost],
    ['', { cwd: null }, lost],
  ])('%j, %o', (path, own, whole) => since38(path, whole, { prefix, ...own }));

  test('a leading dot is dropped once, since 3.12', () => {
    const cut = (dropped: string, stays: string): void => {
      inEach('posix', '3.8.0', '3.8.10', '3.11.99')(`${dropped}/b.py`, `/p/w/${dropped}/b.T.pyc`, { prefix });
      inEach('posix', '3.12.0', '3.15.0')(`${dropped}/b.py`, `/p/w/${stays}/b.T.pyc`, { prefix });
    };
    cut('./a', 'a');
    cut('././a', './a');
    cut('../a', '../a');
  });

  test.each<readonly [path: string, cwd: string, whole: string]>([
    ['//b.py', '/w', '/p/b.T.pyc'],
    ['b.py', '/', '/p/b.T.pyc'],
    ['', '/', '/p/T.pyc'],
    [':b.py', '/', '/p/:b.T.pyc'],
  ])('a directory of one character or none: %j in %j', (path, cwd, whole) => {
    const short = 'IndexError: string index out of range';
    inEach('posix', '3.8.0', '3.9.4', '3.12.99', '3.13.7', '3.14.0')(path, short, { prefix, cwd });
    inEach('posix', '3.13.8', '3.14.1', '3.15.0')(path, whole, { prefix, cwd });
  });

  test('what would be a drive on Windows counted as absolute', () => {
    inEach('posix', '3.8.0', '3.8.9', '3.9.4')('C:/a/b.py', '/p/a/b.T.pyc', { prefix, cwd: null });
    inEach('posix', '3.8.10', '3.9.5', '3.15.0')('C:/a/b.py', '/p/w/C:/a/b.T.pyc', { prefix });
    // One character, although it has two UTF-16 units.
    inEach('posix', '3.8.0', '3.9.4')('\u{1f600}:/a/b.py', '/p/a/b.T.pyc', { prefix });
  });

  test('the surrogates of a first character are one only where they were', () => {
    const name = [0x3a, 0x2f, 0x61, 0x2f, 0x62];
    const [one, two] = [[0x1f600], [0xd83d, 0xde00]].map((first) => Str.fromCodePoints([...first, ...name]));
    const old = targetOf('posix', '3.8.0');
    expect(told(old, one!, { prefix })).toBe('/p/a/bT.pyc');
    expect(told(old, two!, { prefix })).toBe('/p/w/\u{1f600}:/a/bT.pyc');
  });
});

describe('below a prefix on Windows', () => {
  const prefix = raw`C:\Bytecode`;
  const cwd = raw`C:\cwd`;
  const once = inEach('win32', '3.8.0', '3.8.9', '3.9.0', '3.9.4');
  const now = inEach('win32', '3.8.10', '3.9.5', '3.12.0', '3.15.0');

  test.each<readonly [path: string, own: Own, old: string, whole: string]>([
    [raw`C:\foo\bar.py`, {}, raw`C:\Bytecode\foo\bar.T.pyc`, ''],
    [raw`D:\foo\bar.py`, {}, raw`C:\Bytecode\foo\bar.T.pyc`, ''],
    ['bar.py', {}, raw`C:\Bytecode\cwd\bar.T.pyc`, ''],
    [raw`C:\bar.py`, {}, raw`C:\Bytecode\cwd\C:\bar.T.pyc`, raw`C:\Bytecode\cwd\bar.T.pyc`],
    ['C:bar.py', {}, raw`C:\Bytecode\cwd\C:bar.T.pyc`, raw`C:\Bytecode\cwd\bar.T.pyc`],
    ['D:bar.py', {}, raw`C:\Bytecode\cwd\D:bar.T.pyc`, 'D:bar.T.pyc'],
    [raw`\foo\bar.py`, {}, raw`C:\Bytecode\cwd\\foo\bar.T.pyc`, raw`C:\Bytecode\foo\bar.T.pyc`],
    [
      raw`\\server\share\a\x.py`,
      {},
      raw`C:\Bytecode\cwd\\\server\share\a\x.T.pyc`,
      raw`C:\Bytecode\server\share\a\x.T.pyc`,
    ],
    [raw`C:\a\x.py`, { prefix: 'C:/Bytecode/' }, raw`C:/Bytecode\a\x.T.pyc`, raw`C:\Bytecode\a\x.T.pyc`],
    ['bar.py', { prefix: 'D:' }, raw`D:\cwd\bar.T.pyc`, raw`D:cwd\bar.T.pyc`],
    [raw`C:\a\x.py`, { prefix: '' }, raw`a\x.T.pyc`, ''],
    [raw`C:\D:a\b.py`, {}, raw`C:\Bytecode\D:a\b.T.pyc`, raw`D:a\b.T.pyc`],
    [raw`C:\a\x.py`, { cwd: null }, raw`C:\Bytecode\a\x.T.pyc`, ''],
    ['x.py', { cwd: null }, 'FileNotFoundError: [Errno 2] No such file or directory', ''],
    ['a\0.py', {}, 'C:\\Bytecode\\cwd\\a\0.T.pyc', null_],
    ['C:\\a\\x.py', { prefix: 'p\0' }, 'p\0\\a\\x.T.pyc', null_],
  ])('%j, %o', (path, own, old, whole) => {
    once(path, old, { prefix, cwd, ...own });
    now(path, whole || old, { prefix, cwd, ...own });
  });

  test('what Windows is to take as it stands becomes folders', () => {
    now(raw`\\?\C:\a\x.py`, raw`C:\Bytecode\?\C:\a\x.T.pyc`, { prefix, cwd });
  });

  test('a leading dot is dropped once for each separator, the backslash first, since 3.12', () => {
    const before = inEach('win32', '3.8.10', '3.9.5', '3.11.99');
    const since = inEach('win32', '3.12.0', '3.15.0');
    for (const [path, dropped] of [
      [raw`.\a`, 'a'],
      [raw`.\./a`, 'a'],
      [raw`./.\a`, raw`.\a`],
    ] as const) {
      before(`${path}\\b.py`, `C:\\Bytecode\\cwd\\${path}\\b.T.pyc`, { prefix, cwd });
      since(`${path}\\b.py`, `C:\\Bytecode\\cwd\\${dropped}\\b.T.pyc`, { prefix, cwd });
    }
  });

  test.each([raw`1:\a\b.py`, '\u00e9:\\a\\b.py'])('a drive that is no letter: %j', (path) => {
    inEach('win32', '3.8.0', '3.8.10', '3.8.20', '3.9.4')(path, raw`C:\Bytecode\a\b.T.pyc`, { prefix, cwd });
    const drive = path.slice(0, 2);
    inEach('win32', '3.9.5', '3.15.0')(path, `C:\\Bytecode\\cwd\\${drive}\\a\\b.T.pyc`, { prefix, cwd });
  });

  test('no directory is too short for it', () => {
    for (const [path, whole] of [
      [raw`\\b.py`, raw`C:\Bytecode\b.T.pyc`],
      ['b.py', raw`C:\Bytecode\b.T.pyc`],
    ] as const) {
      inEach('win32', '3.8.10', '3.12.0', '3.13.7')(path, whole, { prefix, cwd: 'C:\\' });
    }
  });

  test('the drive of the working directory goes on in the same case or another', () => {
    now('c:a\\b.py', raw`C:\Bytecode\cwd\a\b.T.pyc`, { prefix, cwd });
  });
});
