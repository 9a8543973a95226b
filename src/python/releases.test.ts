import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changes,
  compareVersions,
  formatVersion,
  hasSince,
  known,
  parseSince,
  parseVersion,
  releaseOf,
  type Change,
  type Version,
} from './releases.ts';

const version = (text: string): Version => parseVersion(text)!;
const number = fc.nat(9999);
const anyVersion = fc.tuple(number, number, number);

describe('versions', () => {
  test('a version that is written down is read back', () => {
    fc.assert(
      fc.property(anyVersion, (one) => {
        expect(parseVersion(formatVersion(one))).toEqual(one);
      }),
    );
  });

  test('two numbers are the first release of a series', () => {
    expect(parseVersion('3.13')).toEqual([3, 13, 0]);
  });

  test.each([
    '',
    '3',
    '3.',
    '3.13.',
    '3.13.0.1',
    '3.13rc1',
    '3.13.0rc1',
    ' 3.13',
    '3.13\n',
    '3.-1',
    '3.12345',
    '٣.١٣',
  ])('%j is no version', (text) => expect(parseVersion(text)).toBeUndefined());

  test('versions compare number by number, not as text', () => {
    expect(compareVersions([3, 9, 0], [3, 10, 0])).toBeLessThan(0);
    expect(compareVersions([3, 10, 9], [3, 10, 10])).toBeLessThan(0);
    expect(compareVersions([4, 0, 0], [3, 99, 99])).toBeGreaterThan(0);
    expect(compareVersions([3, 13, 0], [3, 13, 0])).toBe(0);
  });
});

describe('what a release has since others', () => {
  test.each([
    ['3.7.16', false],
    ['3.8.0', false],
    ['3.8.9', false],
    ['3.8.10', true],
    ['3.8.18', true],
    ['3.9.0', false],
    ['3.9.4', false],
    ['3.9.5', true],
    ['3.10.0', true],
    ['3.11.0', true],
    ['3.13.1', true],
    ['4.0.0', true],
  ])('%s, of a change that came with 3.8.10, 3.9.5 and 3.10.0: %s', (text, has) => {
    expect(hasSince(version(text), parseSince('3.8.10 3.9.5 3.10.0'))).toBe(has);
  });

  test('a series between two that got a change never got it, however late the release', () => {
    const since = parseSince('3.7.2 3.9.0');
    expect(hasSince([3, 8, 99], since)).toBe(false);
    expect(hasSince([3, 7, 2], since)).toBe(true);
  });

  test('each series that is named has it from that release on, and not one patch earlier', () => {
    const since = fc
      .uniqueArray(fc.tuple(fc.constant(3), fc.nat(20), fc.integer({ min: 1, max: 20 })), {
        selector: ([, minor]) => minor,
        minLength: 1,
      })
      .map((versions) => versions.toSorted(compareVersions));
    fc.assert(
      fc.property(since, (firsts) => {
        for (const [major, minor, patch] of firsts) {
          expect(hasSince([major, minor, patch], firsts)).toBe(true);
          expect(hasSince([major, minor, patch - 1], firsts)).toBe(false);
        }
      }),
    );
  });

  test('what is no version is not read as one', () => {
    expect(() => parseSince('3.8.10 soon')).toThrow(new RangeError("'soon' is not a version such as 3.8.10"));
  });
});

describe('releases', () => {
  test.each([
    ['3.6.0', '9.0.0'],
    ['3.6.15', '9.0.0'],
    ['3.7.0', '11.0.0'],
    ['3.8.0', '12.1.0'],
    ['3.9.0', '13.0.0'],
    ['3.10.99', '13.0.0'],
    ['3.11.0', '14.0.0'],
    ['3.12.0', '15.0.0'],
    ['3.13.0', '15.1.0'],
  ])('Python %s has Unicode %s', (text, unicode) => expect(releaseOf(version(text)).unicode).toBe(unicode));

  /** Its first release in each series that changed, and the release before. */
  const firsts: ReadonlyArray<readonly [Change, with_: string, without: string]> = [
    ['split-by-rfind', '3.8.10 3.9.5 3.10.0', '3.7.16 3.8.9 3.9.4'],
    ['integer-limit', '3.7.14 3.8.14 3.9.14 3.10.7 3.11.0', '3.6.15 3.7.13 3.8.13 3.9.13 3.10.6'],
    ['integer-limit-names-its-setter', '3.7.15 3.8.15 3.9.15 3.10.8 3.11.0', '3.7.14 3.8.14 3.9.14 3.10.7'],
    ['integer-limit-counts-digits', '3.11.2 3.12.0', '3.7.16 3.8.18 3.9.18 3.10.13 3.11.1'],
    ['keyword-suggestions', '3.13.0', '3.6.15 3.12.9'],
  ];

  test('there is a row below for every change', () => {
    expect(firsts.map(([change]) => change).toSorted()).toEqual(Object.keys(changes).toSorted());
  });

  test.each(firsts)('%s: %s have it, %s do not', (change, having, lacking) => {
    const has = (text: string): boolean => releaseOf(version(text)).has(change);
    expect([...having.split(' '), '3.13.0', '3.99.0', '4.0.0'].filter((text) => !has(text))).toEqual([]);
    expect([...lacking.split(' '), '3.6.0'].filter(has)).toEqual([]);
  });

  test('a release older than the oldest is refused', () => {
    expect(known([3, 5, 10])).toBe('older');
    expect(known([2, 7, 18])).toBe('older');
    expect(() => releaseOf([3, 5, 10])).toThrow(
      new RangeError('Python 3.5.10 is older than 3.6.0, the oldest release specified'),
    );
  });

  test('a release newer than the newest is taken for the newest', () => {
    const newest = releaseOf([3, 13, 0]);
    for (const later of ['3.14.0', '3.100.0', '4.0.0'].map(version)) {
      expect(known(later)).toBe('newer');
      expect(releaseOf(later).version).toEqual(later);
      expect(releaseOf(later).unicode).toBe(newest.unicode);
      for (const change of Object.keys(changes) as Change[]) {
        expect(releaseOf(later).has(change)).toBe(newest.has(change));
      }
    }
  });

  test.each(['3.6.0', '3.6.15', '3.12.9', '3.13.0', '3.13.99'])('%s is known', (text) =>
    expect(known(version(text))).toBe('known'),
  );
});
