import { describe, expect, test } from 'vitest';
import { Thrown } from './exceptions.ts';
import { parseVersion, releaseOf, type Release } from './releases.ts';
import { Str, str } from './text.ts';
import { longestPath, sameDrive, splitRoot } from './windows.ts';

const raw = String.raw;
const release = (text: string): Release => releaseOf(parseVersion(text)!);
const newest = release('3.15.0');
/** The releases in which any character before a colon is a drive. */
const anyDrive = ['3.8.10', '3.8.20'].map(release);
const letterDrive = ['3.9.5', '3.10.0', '3.15.0'].map(release);

const rootOf = (path: string, one: Release = newest): string => splitRoot(str(path), one)[0].units;

const guid = '01234567-89ab-CDEF-0123-456789abcdef';

describe('the root', () => {
  test.each<readonly [root: string, rest: string]>([
    ['', ''],
    ['', 'a'],
    ['', raw`a\b`],
    ['', '.'],
    ['', 'ab:'],
    ['', ':'],
    ['', raw`:\a`],
    // A drive, and the separator after it.
    ['C:', ''],
    ['c:', 'a'],
    ['C:', 'C:'],
    ['C:\\', ''],
    ['C:\\', 'a'],
    ['z:/', 'a'],
    ['C:\\', '\\a'],
    // One separator.
    ['\\', ''],
    ['/', 'a'],
    ['\\', 'C:'],
    ['/', raw`a\b`],
    // A server, its share, and the separator after it.
    ['\\\\', ''],
    ['//', ''],
    [raw`\\s`, ''],
    [raw`\\s` + '\\', ''],
    [raw`\\s\h`, ''],
    [raw`\\s\h` + '\\', ''],
    [raw`\\s\h` + '\\', 'a'],
    ['//s/h/', 'a/b'],
    [raw`\/s\h/`, 'a'],
    [raw`\\s\C:` + '\\', 'a'],
    [raw`\\.\C:` + '\\', 'a'],
    [raw`\\.\NUL`, ''],
    // A share without a name does not count.
    ['\\\\\\', ''],
    ['\\\\\\', '\\h'],
    [raw`\\s` + '\\', '\\h'],
    // A server may have no name.
    [raw`\\\h`, ''],
    [raw`\\\h` + '\\', 'a'],
    // Paths that Windows is told to take literally.
    [raw`\\?\C:`, ''],
    [raw`\\?\C:` + '\\', ''],
    [raw`\\?\C:` + '\\', 'a'],
    ['//?/c:/', 'a'],
    [raw`\\?\C:`, 'a'],
    [raw`\\?\UNC` + '\\', ''],
    [raw`\\?\UNC\s`, ''],
    [raw`\\?\UNC\s` + '\\', ''],
    [raw`\\?\UNC\s\h`, ''],
    [raw`\\?\unc\s\h` + '\\', 'a'],
    [raw`\\?\UNC\\h` + '\\', 'a'],
    [raw`\\?\Volume{${guid}}`, ''],
    [raw`\\?\Volume{${guid}}` + '\\', 'a'],
    [raw`\\?\volume{${guid}}`, 'a'],
    // … and those that Windows does not recognize.
    ['', raw`\\?`],
    ['', '\\\\?\\'],
    ['', raw`\\?\a`],
    ['', raw`\\?\1:\a`],
    ['', raw`\\?\UNC`],
    ['', raw`\\?\UNCs\h`],
    ['', raw`\\?\Volume{${guid}`],
    ['', raw`\\?\Volume{${guid.slice(1)}}`],
    ['', raw`\\?\Volume{${guid.replace('c', 'g')}}`.replace('CDEF', 'CDEG')],
    ['', raw`\\?s\h`],
  ])('%j, and the rest %j', (root, rest) => {
    for (const one of [...anyDrive, ...letterDrive]) {
      // In these releases, a colon as the second character makes a drive.
      if (/^[^a-z]:/i.test(root + rest) && anyDrive.includes(one)) continue;
      const [found, left] = splitRoot(str(root + rest), one);
      expect([found.units, left.units]).toEqual([root, rest]);
    }
  });

  test.each(['1:', '\u00e9:', '::', ' :', '\u212a:', '\n:', '\u2028:'])(
    '%j is a drive up to 3.8, and later a letter of ASCII is',
    (drive) => {
      for (const one of anyDrive) {
        expect(rootOf(`${drive}a`, one)).toBe(drive);
        expect(rootOf(`${drive}\\a`, one)).toBe(`${drive}\\`);
        expect(rootOf(`${drive}/a`, one)).toBe(`${drive}/`);
      }
      for (const one of letterDrive) {
        expect([rootOf(`${drive}a`, one), rootOf(`${drive}\\a`, one)]).toEqual(['', '']);
      }
    },
  );

  test('a separator before a colon is a drive too, up to 3.8', () => {
    for (const one of anyDrive) expect(rootOf(raw`\:\a`, one)).toBe('\\:\\');
    for (const one of letterDrive) expect(rootOf(raw`\:\a`, one)).toBe('\\');
  });

  test('a character of two units is no drive, and no half of it is one', () => {
    for (const one of [...anyDrive, ...letterDrive]) expect(rootOf('\u{1f600}:a', one)).toBe('');
  });

  test('a lone surrogate is a drive up to 3.8', () => {
    const drive = Str.fromCodePoints([0xd800, 0x3a]);
    for (const one of anyDrive) expect(splitRoot(drive, one)[0].equals(drive)).toBe(true);
    for (const one of letterDrive) expect(splitRoot(drive, one)[0].isEmpty).toBe(true);
  });

  test('the text is not changed beside: separators stay as they are', () => {
    expect(splitRoot(str('//s/h/a/b'), newest).map(({ units }) => units)).toEqual(['//s/h/', 'a/b']);
  });
});

describe('what goes through Windows', () => {
  const pair = [0xd83d, 0xde00];

  test('comes back with surrogates that can be one character joined, in the root and after it', () => {
    const path = Str.fromCodePoints([0x5c, 0x5c, ...pair, 0x5c, ...pair, 0x5c, ...pair]);
    const [root, rest] = splitRoot(path, newest);
    expect(root.codePoints()).toEqual([0x5c, 0x5c, 0x1f600, 0x5c, 0x1f600, 0x5c]);
    expect(rest.codePoints()).toEqual([0x1f600]);
  });

  test('and in a path without a root they stay two', () => {
    for (const path of [pair, [0x61, 0x5c, ...pair]].map((points) => Str.fromCodePoints(points))) {
      expect(splitRoot(path, newest)[1].equals(path)).toBe(true);
    }
  });

  test('and others stay alone', () => {
    const rest = [0xde00, 0xd83d, 0x61];
    const path = Str.fromCodePoints([0x43, 0x3a, ...rest]);
    expect(splitRoot(path, newest)[1].codePoints()).toEqual(rest);
  });
});

describe('no path for Windows', () => {
  const raised = (path: string): string => {
    try {
      splitRoot(str(path), newest);
    } catch (error) {
      if (error instanceof Thrown) return error.message;
      throw error;
    }
    return 'nothing';
  };
  const tooLong = 'ValueError: _path_splitroot: path too long for Windows';
  const hasNull = 'ValueError: _path_splitroot: embedded null character in path';

  test.each(['\0', 'a\0', '\0a', raw`C:\a` + '\0'])('is one with a null character: %j', (path) => {
    expect(raised(path)).toBe(hasNull);
  });

  test('is one of more than 32767 units, where a character may be two', () => {
    expect(longestPath).toBe(32_767);
    expect(raised('a'.repeat(32_767))).toBe('nothing');
    expect(raised('a'.repeat(32_768))).toBe(tooLong);
    expect(raised(`a${'\u{1f600}'.repeat(16_383)}`)).toBe('nothing');
    expect(raised('\u{1f600}'.repeat(16_384))).toBe(tooLong);
  });

  test('and of one that is both its length is told', () => {
    expect(raised(`${'a'.repeat(32_767)}\0`)).toBe(tooLong);
    expect(raised(`${'a'.repeat(32_766)}\0`)).toBe(hasNull);
  });
});

describe('two drives', () => {
  const old = release('3.8.20');
  const same = (a: string, b: string, one = old): boolean => sameDrive(str(a), str(b), one);

  test.each([
    ['C:', 'C:'],
    ['C:', 'c:'],
    ['1:', '1:'],
    ['\u00e9:', '\u00c9:'],
    ['\u00df:', '\u1e9e:'], // sharp s
    ['K:', '\u212a:'], // the Kelvin sign
    ['k:', '\u212a:'],
    ['s:', '\u017f:'], // long s
    ['\u03c3:', '\u03c2:'], // sigma, and its form at the end of a word
    ['\u13a0:', '\uab70:'], // Cherokee, whose small letters were added later
    ['\u24b6:', '\u24d0:'], // circled letters
    ['\u0345:', '\u0399:'], // iota, as a subscript and alone
    ['', ''],
  ])('%j and %j are the same', (a, b) => {
    expect(same(a, b)).toBe(true);
    expect(same(b, a)).toBe(true);
  });

  test.each([
    ['C:', 'D:'],
    ['', 'C:'],
    ['C:', 'C'],
    ['1:', '2:'],
    ['i:', '\u0131:'], // dotless i
    ['I:', '\u0131:'],
    ['i:', '\u0130:'], // I with a dot
    ['\u0131:', '\u0130:'],
    ['e:', '\u00e9:'],
    ['s:', '\u00df:'],
    [raw`\\s\h`, 'C:'],
  ])('%j and %j are not', (a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });

  test('of a letter that a release does not know yet are the same only where they are one', () => {
    // A pair that was added in Unicode 14.0.
    const [capital, small] = ['\u2c2f:', '\u2c5f:'];
    expect(same(capital, small, release('3.10.0'))).toBe(false);
    expect(same(capital, small, release('3.11.0'))).toBe(true);
    expect(same(capital, capital, release('3.10.0'))).toBe(true);
    // A capital that was added in Unicode 12.0, later than its small letter.
    const [younger, older] = ['\ua7c5:', '\u0282:'];
    expect(same(younger, older, release('3.7.0'))).toBe(false);
    expect(same(younger, older, release('3.8.0'))).toBe(true);
  });
});
