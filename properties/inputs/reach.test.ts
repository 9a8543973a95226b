/*
 * How surely a default run reaches each class of input: by what it draws for the laws and the agreement, examples and
 * what is tried every time left out.
 */
import { expect, test } from 'vitest';
import { readChapters } from '../../src/conformance/chapters.ts';
import { batchesOf, defaultRuns } from '../../src/conformance/draw.ts';
import { planOf } from '../../src/conformance/plan.ts';
import { referenceHello } from '../../src/conformance/subjects/reference.ts';
import { formatVersion, releaseOf } from '../../src/python/releases.ts';
import type { Target } from '../../src/reference.ts';
import { classesFor, classesOf } from './classes.ts';

/**
 * The classes that are rare, with the chance that one run reaches each. All others are reached with a chance of at least
 * `usual`. Measured by nine tenths of the means over sixteen seeds, on the target where each is rarest.
 */
const rarer: ReadonlyArray<readonly [chance: number, classes: readonly string[]]> = [
  [0.7, ['path: a home directory']],
  [
    0.99,
    [
      'path: the name `..`',
      'path: two dots side by side in the name',
      'path: a file without a dot in the root',
      'path: `./` at the start',
      'path: a backslash at the end',
      'path: a directory of more than 255 characters',
      'characters of the stem: a byte that is no text',
      'characters of the extension: a combining mark',
      'characters of the extension: two surrogates that stay two',
      'path: a float',
      'path: a tuple',
      'path: a plain object',
      'path: an object with a text',
      'path: an empty str of a subclass',
      'debug override: a path-like',
      'debug override: a plain object',
      'debug override: zero',
      'debug override: one',
      'debug override: the empty text',
      'debug override: not a number',
      'debug override: no bytes',
      'debug override: an empty list',
      'debug override: an empty tuple',
      'debug override: an object that is false, and has a text',
      'debug override: an object with an empty text',
      'tag: like None',
      'tag: like a segment',
      'arguments: two unknown keywords',
      'arguments: an unknown keyword, and one given twice',
      'path-like: of the empty text',
      'path-like: of None',
      'path-like: that raises at first',
      'optimization: a path-like',
      'optimization: a plain object',
      'optimization: zero as a float',
      'optimization: no bytes',
      'optimization: an object whose text is bytes',
      'text of an optimization: NUL',
      'below a prefix: `./` at the start',
      'below a prefix: a slash at the end',
      'optimization: an integer of 4300 digits',
      'path: a drive and its root alone',
      'path: the same drive twice',
      'path: a server without a share',
      'path: a server and two separators',
      'below a prefix: a file on a drive',
    ],
  ],
  [
    0.9,
    [
      'path: a name of three dots or more',
      'path: a dot at the start of the name, and another',
      'path: two dots at the start of the name',
      'path: a dot at each end of the name',
      'path: three dots in the name',
      'path: a cache folder as name',
      'path: the root',
      'path: slashes alone',
      'path: a name of more than 255 characters',
      'characters of the stem: a high surrogate alone',
      'optimization: an integer that no double holds',
      'optimization: not a number',
      'optimization: infinity',
      'optimization: minus infinity',
      'optimization: an object that cannot be compared',
      'optimization: an object whose text raises at first',
      'text of an optimization: a capital letter alone',
      'text of an optimization: an underscore between letters',
      'text of an optimization: a line break at the end',
      'text of an optimization: a combining mark behind a letter',
      'text of an optimization: digits, the first a zero',
      'text of an optimization: a number with a sign',
      'optimization: an integer of more digits',
      'optimization: an integer of many digits below zero',
      'path: a drive alone',
    ],
  ],
  [
    0.75,
    [
      'path: a tag in the name',
      'path: a segment in the name',
      'path: a hidden file in the root',
      'text of an optimization: NUL at the end',
      'text of an optimization: of more than fifty characters',
    ],
  ],
];

const usual = 0.999;

const chapters = readChapters();
const targets: readonly Target[] = [
  { version: [3, 4, 0], platform: 'posix' },
  { version: [3, 8, 0], platform: 'posix' },
  { version: [3, 13, 0], platform: 'posix' },
  { version: [3, 15, 0], platform: 'posix' },
  { version: [3, 13, 0], platform: 'win32' },
];

const scopeOf = ({ version, platform }: Target): Parameters<typeof classesFor>[0] => ({
  release: releaseOf(version),
  platform,
  fixed: {},
});

/** How many of the inputs that default runs draw are in each class. */
function countIn(target: Target, seeds: readonly number[]): ReadonlyMap<string, number> {
  const scope = scopeOf(target);
  const counts = new Map(classesFor(scope).map((name) => [name, 0]));
  const { tasks } = planOf(chapters, chapters, referenceHello(target));
  for (const seed of seeds) {
    for (const task of tasks) {
      for (const { inputs } of batchesOf(task, { runs: defaultRuns, seed, shard: null }, () => [])) {
        for (const { one, drawn } of inputs) {
          if (drawn === null) continue;
          for (const name of new Set(one.calls.flatMap((call) => classesOf(call, scope)))) {
            const count = counts.get(name);
            if (count !== undefined) counts.set(name, count + 1);
          }
        }
      }
    }
  }
  return counts;
}

/**
 * The fewest inputs of a class in so many runs that fit the chance that one run draws any. Inputs are drawn each on its
 * own, so that a run misses a class of which it draws n on average with a chance of at most e to the -n; and a count is
 * seldom more than two standard deviations, the root of its average, below that.
 */
function least(chance: number, runs: number): number {
  const average = -Math.log(1 - chance) * runs;
  return Math.max(1, Math.ceil(average - 2 * Math.sqrt(average)));
}

const chanceOf = (name: string): number => rarer.find(([, classes]) => classes.includes(name))?.[0] ?? usual;

const seeds = [1, 2];

test.each(targets.map((target) => [formatVersion(target.version), target.platform, target] as const))(
  'each class is reached as surely as it is said: Python %s on %s',
  (_version, _platform, target) => {
    const counts = countIn(target, seeds);
    const missed = [...counts].filter(([name, count]) => count < least(chanceOf(name), seeds.length));
    expect(Object.fromEntries(missed)).toEqual({});
  },
);

test('each class that is said to be rarer is one of these', () => {
  const known = new Set(targets.flatMap((target) => classesFor(scopeOf(target))));
  const named = rarer.flatMap(([, classes]) => classes);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
  expect(named).toHaveLength(new Set(named).size);
});
