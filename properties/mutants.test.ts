/* Every wrong Python of the folder mutants is caught with the default runs, under each rule that it says it breaks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adapterFile } from '../fixtures/ask.ts';
import { checkCommand, type Checked } from '../fixtures/check.ts';
import { newest, testWith } from '../fixtures/present.ts';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import { packageRoot } from '../src/conformance/package.ts';
import type { Platform } from '../src/python/interpreter.ts';
import { parseVersion } from '../src/python/releases.ts';

const folder = join(packageRoot(), 'properties', 'mutants');
const chapters = readChapters();
const rules = new Map(chapters.flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const notMutants = new Set(['claim.py', 'correct.py', 'run.py']);

const mutants = readdirSync(folder)
  .filter((file) => file.endsWith('.py') && !notMutants.has(file))
  .map((file) => {
    const source = readFileSync(join(folder, file), 'utf8');
    const line = (key: string): string | undefined => new RegExp(`^${key}: (.+)$`, 'm').exec(source)?.[1];
    return {
      name: parse(file).name,
      file: join(folder, file),
      breaks: line('Breaks')?.split(', ') ?? [],
      /** What it claims to be of; where it does not say, the interpreter's own release and POSIX. */
      python: line('Python'),
      platform: (line('Platform') ?? 'posix') as Platform,
    };
  });

test('each mutant names rules that exist', () => {
  for (const { name, breaks } of mutants) {
    expect(breaks.length, name).toBeGreaterThan(0);
    expect(
      breaks.filter((id) => !rules.has(id)),
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

test('each rule has a mutant', () => {
  const broken = new Set(mutants.flatMap(({ breaks }) => breaks));
  expect([...rules.keys()].filter((id) => !broken.has(id))).toEqual([]);
});

/** Checks a mutant as the command would, with `--rule` where only some rules are asked about. */
const check = (python: string, mutant: readonly string[], only?: readonly string[]): Promise<Checked> =>
  checkCommand([python, join(folder, 'run.py'), ...mutant, adapterFile()], 1, only);

/** One mutant in so many is asked about all rules; the others about those that they break, with the same inputs. */
const wholeRuns = 10;

/** A release on each side of every turn, and the first and the last. */
const claims: ReadonlyArray<readonly [platform: Platform, ...releases: string[]]> = [
  ['posix', '3.4.0', '3.4.3', '3.5.0', '3.6.0', '3.8.0', '3.8.10', '3.12.0', '3.13.8', '3.15.0'],
  ['win32', '3.4.0', '3.5.0', '3.8.0', '3.8.10', '3.9.4', '3.9.5', '3.13.0', '3.15.0'],
];

describe.concurrent('mutants', () => {
  testWith('CPython', newest, 'the correct function in Python is conformant', async ({ executable }) => {
    const { verdict } = await check(executable, [join(folder, 'correct.py')]);
    expect(verdict).toBe('conformant');
  });

  for (const [platform, ...releases] of claims) {
    for (const release of releases) {
      testWith(
        'CPython',
        newest,
        `the correct function in Python is conformant as that of ${release} (${platform})`,
        async ({ executable }) => {
          const claim = ['--python', release, '--platform', platform, join(folder, 'correct.py')];
          const { verdict, tally } = await check(executable, claim);
          expect(tally.failures).toEqual([]);
          expect(verdict).toBe('conformant');
        },
      );
    }
  }

  for (const [i, { name, file, breaks }] of mutants.entries()) {
    testWith(
      'CPython',
      newest,
      `the mutant ${name} is caught by ${breaks.join(', ')}`,
      async ({ executable }) => {
        const { verdict, tally } = await check(executable, [file], i % wholeRuns === 0 ? undefined : breaks);
        expect(verdict).toBe('broken');
        expect(tally.failures.map(({ rule }) => rule)).toEqual(expect.arrayContaining(breaks));
        // One that remembers what it was asked before is not steady.
        if (name !== 'lru-cached')
          expect([...tally.failures.filter(({ flaky }) => flaky), ...tally.unsteady]).toEqual([]);
      },
    );
  }
});
