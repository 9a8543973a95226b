import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changes,
  compareVersions,
  formatVersion,
  hasSince,
  known,
  knownSeries,
  newestIn,
  newestKnown,
  oldestKnown,
  parseRelease,
  parseSince,
  parseVersion,
  releaseOf,
  turningPoints,
  unicodeVersions,
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

  test.each<readonly [text: string, release: Version | undefined]>([
    ['3.13.0', [3, 13, 0]],
    ['3.8.3', [3, 8, 3]],
    ['3.8', [3, 8, 15]],
    ['3.13', [3, 13, 8]],
    ['3.12', [3, 12, 0]],
    ['3.99', [3, 99, 0]],
    ['3.15.0rc1', [3, 15, 0]],
    ['3.13.0b1', undefined],
    ['3.13rc1', undefined],
    ['4.13', [4, 13, 0]],
    ['3', undefined],
    ['3.13.0.1', undefined],
  ])('%j names the release %j: of a series, the latest that is known to differ', (text, release) => {
    expect(parseRelease(text)).toEqual(release);
  });

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

  test('a series is told by both of its numbers', () => {
    const since = parseSince('3.8.10 4.8.5');
    expect(hasSince([4, 8, 0], since)).toBe(false);
    expect(hasSince([4, 8, 5], since)).toBe(true);
    expect(hasSince([4, 7, 0], since)).toBe(false);
  });

  test('what is no version is not read as one', () => {
    expect(() => parseSince('3.8.10 soon')).toThrow(new RangeError("'soon' is not a version such as 3.8.10"));
  });
});

describe('releases', () => {
  test.each([
    ['3.4.0', '6.3.0'],
    ['3.4.10', '6.3.0'],
    ['3.5.0', '8.0.0'],
    ['3.6.0', '9.0.0'],
    ['3.6.15', '9.0.0'],
    ['3.7.0', '11.0.0'],
    ['3.8.0', '12.1.0'],
    ['3.9.0', '13.0.0'],
    ['3.10.99', '13.0.0'],
    ['3.11.0', '14.0.0'],
    ['3.12.0', '15.0.0'],
    ['3.13.0', '15.1.0'],
    ['3.14.0', '16.0.0'],
    ['3.15.0', '17.0.0'],
    ['3.15.99', '17.0.0'],
  ])('Python %s has Unicode %s', (text, unicode) => expect(releaseOf(version(text)).unicode).toBe(unicode));

  test('the versions of Unicode are told once each, in order', () => {
    expect(unicodeVersions).toEqual(
      [...new Set(knownSeries.map((series) => releaseOf(version(series)).unicode))].toSorted(
        (a, b) => Number.parseFloat(a) - Number.parseFloat(b),
      ),
    );
    expect(unicodeVersions).toHaveLength(11);
  });

  /**
   * For each change, its first release in each changed series, and releases without it, among them the last of a
   * series.
   */
  const firsts: ReadonlyArray<readonly [Change, with_: string, without: string]> = [
    ['name-ends-at-last-dot', '3.4.3', '3.4.2'],
    ['optimization', '3.5.0', '3.4.3 3.4.99'],
    ['path-like', '3.6.0', '3.5.99'],
    ['pycache-prefix', '3.8.0', '3.7.99'],
    ['paths-have-roots', '3.8.10 3.9.5 3.10.0', '3.7.99 3.8.0 3.8.9 3.9.0 3.9.4'],
    ['roots-by-windows', '3.9.5 3.10.0', '3.8.9 3.8.10 3.8.99 3.9.0 3.9.4'],
    ['leading-dot-is-dropped', '3.12.0', '3.8.0 3.11.99'],
    ['short-directories', '3.13.8 3.14.1 3.15.0', '3.8.0 3.12.99 3.13.0 3.13.7 3.14.0'],
    ['no-debug-override', '3.15.0', '3.5.0 3.14.99'],
    ['flags-are-whole-numbers', '3.7.0', '3.6.99'],
    ['check-hash-based-pycs', '3.7.0', '3.6.99'],
    ['safe-path', '3.11.0', '3.10.99'],
    ['help-by-topic', '3.11.0', '3.10.99'],
    ['says-buffer-interface', '3.4.3', '3.4.2'],
    ['says-bytes-like', '3.5.0', '3.4.99'],
    ['keywords-in-order', '3.6.0', '3.5.99'],
    ['integer-limit', '3.7.14 3.8.14 3.9.14 3.10.7 3.11.0', '3.6.99 3.7.13 3.8.13 3.9.13 3.10.6'],
    [
      'integer-limit-names-its-setter',
      '3.7.15 3.8.15 3.9.15 3.10.8 3.11.0',
      '3.6.99 3.7.14 3.8.14 3.9.14 3.10.7',
    ],
    ['integer-limit-counts-digits', '3.11.2 3.12.0', '3.7.99 3.8.99 3.9.99 3.10.99 3.11.1'],
    ['keyword-suggestions', '3.13.0', '3.12.99'],
    ['names-the-mistyped-method', '3.15.0', '3.14.99'],
    ['bytecode-has-flags', '3.7.0', '3.6.99'],
    ['source-hash-has-fewer-rounds', '3.11.0', '3.10.99'],
  ];

  test('there is a row below for every change', () => {
    expect(firsts.map(([change]) => change).toSorted()).toEqual(Object.keys(changes).toSorted());
  });

  test.each(firsts)('%s: %s have it, %s do not', (change, having, lacking) => {
    const has = (text: string): boolean => releaseOf(version(text)).has(change);
    const all = [...having.split(' '), '3.15.0', '3.15.99', '3.99.0', '4.0.0'];
    expect(all.filter((text) => !has(text))).toEqual([]);
    expect([...lacking.split(' '), '3.4.0'].filter(has)).toEqual([]);
  });

  test.each(firsts)('%s: what it came to with %s is told of just before too: %s', (_, having, lacking) => {
    const rows = [...having.split(' '), ...lacking.split(' ')];
    const untold = having
      .split(' ')
      .map(version)
      .map(([major, minor, micro]) =>
        micro > 0 ? `${major}.${minor}.${micro - 1}` : `${major}.${minor - 1}.`,
      )
      .filter(
        (before) => !rows.some((row) => (before.endsWith('.') ? row.startsWith(before) : row === before)),
      );
    expect(untold).toEqual([]);
  });

  test('each change makes a difference within what is specified', () => {
    const held = (text: Version): Change[] =>
      (Object.keys(changes) as Change[]).filter((change) => releaseOf(text).has(change));
    expect(held(oldestKnown)).toEqual([]);
    expect(held(newestKnown)).toEqual(Object.keys(changes));
  });

  test.each(['3.3.7', '3.3.99', '3.0.0', '2.7.18', '0.0.0'])(
    '%s, older than the oldest, is refused',
    (text) => {
      expect(known(version(text))).toBe('older');
      expect(() => releaseOf(version(text))).toThrow(
        new RangeError(`Python ${text} is older than 3.4.0, the oldest release specified`),
      );
    },
  );

  test('a release newer than the newest is taken for the newest', () => {
    const newest = releaseOf([3, 15, 0]);
    for (const later of ['3.16.0', '3.100.0', '4.0.0', '4.2.1'].map(version)) {
      expect(known(later)).toBe('newer');
      expect(releaseOf(later).version).toEqual(later);
      expect(releaseOf(later).unicode).toBe(newest.unicode);
      for (const change of Object.keys(changes) as Change[]) {
        expect(releaseOf(later).has(change)).toBe(newest.has(change));
        expect(releaseOf(later).holds[change]).toBe(newest.has(change));
      }
    }
  });

  test.each(['3.4.0', '3.4.10', '3.6.15', '3.12.9', '3.15.0', '3.15.99'])('%s is known', (text) =>
    expect(known(version(text))).toBe('known'),
  );

  test('the oldest and the newest are the first releases of the series at the ends', () => {
    expect(knownSeries[0]).toBe('3.4');
    expect(knownSeries.at(-1)).toBe('3.15');
    expect([oldestKnown, newestKnown]).toEqual([
      [3, 4, 0],
      [3, 15, 0],
    ]);
  });
});

test('the newest release of a series is known of each that is specified, and not older than what changed', () => {
  expect(knownSeries.map((series) => newestIn(version(series))?.slice(0, 2).join('.'))).toEqual(knownSeries);
  expect(newestIn([3, 16, 0])).toBeUndefined();
  for (const point of turningPoints()) {
    expect(compareVersions(point, newestIn(point)!)).toBeLessThanOrEqual(0);
  }
});

describe('turning points', () => {
  const points = turningPoints();

  test('are the first release of each series, and those at which something changed, each once and in order', () => {
    expect(points.map(formatVersion).join(' ')).toBe(
      '3.4.0 3.4.3 3.5.0 3.6.0 3.7.0 3.7.14 3.7.15 3.8.0 3.8.10 3.8.14 3.8.15 3.9.0 3.9.5 3.9.14 3.9.15 ' +
        '3.10.0 3.10.7 3.10.8 3.11.0 3.11.2 3.12.0 3.13.0 3.13.8 3.14.0 3.14.1 3.15.0',
    );
  });

  test('every release does what the latest of them in its series does', () => {
    const release = fc
      .tuple(fc.integer({ min: 4, max: 15 }), fc.nat(30))
      .map(([minor, micro]): Version => [3, minor, micro]);
    const told = (one: Version): unknown[] => {
      const does = releaseOf(one);
      return [does.unicode, ...(Object.keys(changes) as Change[]).map((change) => does.has(change))];
    };
    fc.assert(
      fc.property(release, (one) => {
        const latest = points.findLast((point) => point[1] === one[1] && compareVersions(point, one) <= 0)!;
        expect(told(one)).toEqual(told(latest));
      }),
      { numRuns: 500 },
    );
  });

  test('none does what the one before it in its series does', () => {
    const told = (one: Version): string =>
      (Object.keys(changes) as Change[]).filter((change) => releaseOf(one).has(change)).join();
    const idle = points.filter((point, i) => {
      const before = points[i - 1];
      return before?.[1] === point[1] && told(before) === told(point);
    });
    expect(idle).toEqual([]);
  });
});
