/*
 * The default runs catch every wrong Python in the folder mutants. The rules called broken are those that it declares,
 * and the first of them is named first.
 */
import { describe, expect, test } from 'vitest';
import { checkCommand } from '../fixtures/check.ts';
import { newest, testWith } from '../fixtures/present.ts';
import { commandOf, correctFunction, readMutants } from '../src/bench/mutants.ts';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import type { Platform } from '../src/python/interpreter.ts';
import { formatVersion, parseVersion } from '../src/python/releases.ts';

const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const mutants = readMutants();

/** Rules that no mutant names first, and why. */
const neverFirst: Record<string, string> = {
  'path-without-directory':
    'a name alone that gets a directory gets the working one, which another rule speaks of',
  'opt-alphanumeric-by-release': 'where letters of one release are missing, letters are refused',
  'windows-both-separators': 'it says on Windows what path-splits-at-last-separator says everywhere',
  'windows-prefix-any-character-is-a-drive': 'letters alone fail elsewhere first',
  'back-from-there-comes-the-path': 'it follows from what the others of its chapter say',
};
/** Rules that no mutant breaks by their own statement alone. */
const neverBroken: readonly string[] = ['windows-both-separators', 'back-from-there-comes-the-path'];

test('each mutant names rules that exist', () => {
  for (const { name, breaks, look } of mutants) {
    expect([...breaks, look].filter((id) => id !== undefined).length, name).toBeGreaterThan(0);
    expect(
      [...breaks, look].filter((id) => id !== undefined && !rules.has(id)),
      name,
    ).toEqual([]);
  }
});

testWith('CPython', newest, 'each mutant claims to be what its rules apply to', ({ version: own }) => {
  for (const { name, breaks, python, platform } of mutants) {
    const version = python === undefined ? own : parseVersion(python);
    expect(version, name).toBeDefined();
    expect(
      breaks.filter((id) => !appliesTo(rules.get(id)!, { version: version!, platform })),
      name,
    ).toEqual([]);
  }
});

test('each rule has a mutant, and one that it is the first to name unless there can be none', () => {
  const broken = new Set(mutants.flatMap(({ breaks }) => breaks));
  expect([...rules.keys()].filter((id) => !broken.has(id))).toEqual(neverBroken);
  const first = new Set(mutants.map(({ breaks: [own], look = own }) => look));
  expect([...rules.keys()].filter((id) => !first.has(id))).toEqual(Object.keys(neverFirst));
});

const correct = correctFunction();
const seed = 1;

/** One in this many mutants is also checked with a selection. */
const selectedOnce = Number(process.env['PYCACHE_SPEC_SELECTED_ONCE'] ?? 10);
/**
 * The series with which the headers were written: what a mutant breaks also depends on the interpreter that runs it.
 */
const writtenOn = '3.13';

/** The maximum for the median length of a report on a mutant, in lines. */
const mostLines = 25;
const lines: number[] = [];

/** The first and the last release, and one on each side of every change. */
const claims: ReadonlyArray<readonly [platform: Platform, ...releases: string[]]> = [
  ['posix', '3.4.0', '3.4.3', '3.5.0', '3.6.0', '3.8.0', '3.8.10', '3.12.0', '3.13.8', '3.15.0'],
  ['win32', '3.4.0', '3.5.0', '3.8.0', '3.8.10', '3.9.4', '3.9.5', '3.13.0', '3.15.0'],
];

describe.concurrent('mutants', () => {
  for (const [platform, ...releases] of claims) {
    for (const python of [undefined, ...releases]) {
      testWith(
        'CPython',
        newest,
        `the correct function is right as that of ${python ?? 'its own release'} (${platform})`,
        async ({ executable }) => {
          const { verdict, tally } = await checkCommand(
            commandOf(executable, correct, { python, platform }),
            seed,
          );
          expect([verdict, tally.failures, tally.unsteady]).toEqual(['conformant', [], []]);
        },
      );
    }
  }

  for (const [i, mutant] of mutants.entries()) {
    const { name, file, breaks, look = breaks[0] } = mutant;
    testWith('CPython', newest, `the mutant ${name} is one of ${look}`, async ({ executable, version }) => {
      const { verdict, tally, text } = await checkCommand(commandOf(executable, file, mutant), seed);
      expect(verdict).toBe('broken');
      const broken = tally.failures.filter((one) => one.broken).map(({ rule }) => rule);
      const isExact = formatVersion(version).startsWith(`${writtenOn}.`);
      const missing = isExact ? breaks.filter((id) => !broken.includes(id)) : [];
      const surplus = broken.filter((id) => !breaks.includes(id));
      expect({ first: tally.failures[0]?.rule, surplus, missing }).toEqual({
        first: look,
        surplus: [],
        missing: [],
      });
      lines.push(text.split('\n').length - 1);
      if (i % selectedOnce !== 0) return;
      // A selection accuses no rule that the whole check clears: here the other rules of the chapter are selected.
      const { chapter } = rules.get(look!)!;
      const cleared = [...rules.values()].filter(
        (one) => one.chapter === chapter && !breaks.includes(one.id),
      );
      const selected = await checkCommand(
        commandOf(executable, file, mutant),
        seed,
        cleared.map(({ id }) => id),
      );
      const isCleared = ({ rule }: { rule: string }): boolean => cleared.some(({ id }) => id === rule);
      expect(selected.tally.failures.filter((one) => one.broken && isCleared(one))).toEqual([]);
    });
  }
});

test('a mutant is told of in few lines', () => {
  if (lines.length === 0) return;
  expect(lines.toSorted((a, b) => a - b)[lines.length >> 1]).toBeLessThanOrEqual(mostLines);
});
