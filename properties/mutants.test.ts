/*
 * Every wrong Python of the folder mutants is caught with the default runs, under each rule that it says it breaks,
 * and by the law of that rule; and each rule has one that its law alone catches.
 */
import { describe, expect, test } from 'vitest';
import { checkCommand } from '../fixtures/check.ts';
import { newest, testWith } from '../fixtures/present.ts';
import { commandOf, correctFunction, readMutants, type Claim } from '../src/bench/mutants.ts';
import { helloOf, panelOf, seated, type Found, type Message, type Panel } from '../src/bench/panel.ts';
import { defaultRuns } from '../src/conformance/draw.ts';
import { appliesTo, readChapters } from '../src/conformance/chapters.ts';
import type { Platform } from '../src/python/interpreter.ts';
import { parseVersion } from '../src/python/releases.ts';

const rules = new Map(readChapters().flatMap((chapter) => chapter.rules.map((rule) => [rule.id, rule])));
const mutants = readMutants();

/** Rules of which no mutant breaks the law and no other, and why there is none. */
const neverAlone: Record<string, string> = {
  'call-same-result-each-time': 'what is kept from call to call shows wherever two laws ask alike',
  'path-cache-folder-beside-source': 'every law of a directory looks for its cache folder',
  'path-without-directory': 'every law of a name asks for it alone too',
  'path-splits-at-last-separator': 'every law of a directory has a name behind it',
  'path-last-dot-ends-the-name': 'the names of nearly all laws have several dots now and then',
  'path-dots-in-directories-do-not-count':
    'path-name-without-dot-is-glued-to-tag has such directories before such names',
  'tag-follows-the-name': 'every law looks for the tag behind the name',
  'tag-may-be-empty': 'the empty tag is one of the odd ones of tag-is-not-checked',
  'tag-read-at-each-call': 'what is remembered of a tag shows wherever two laws ask for the same path',
  'opt-zero-adds-a-segment': '0 is one of the integers, and one of the digits, of the laws of these',
  'opt-every-character-counts':
    'opt-other-than-alphanumeric-raises puts such a character in each of these places',
  'opt-alphanumeric-is-unicode': 'every law of a text that is accepted takes it from all of Unicode',
  'prefix-replaces-the-cache-folder': 'every law of a prefix looks for the directory below it',
  'prefix-directory-is-not-normalized': 'the directories of other laws below a prefix have such parts too',
  'windows-both-separators': 'the paths of the other laws of Windows have both',
  'windows-joins-with-backslash': 'so do the results of the other laws of Windows',
  'windows-prefix-drops-the-drive': 'every absolute directory of Windows starts with a drive',
};

test('each mutant names rules that exist', () => {
  for (const { name, breaks, alone = breaks[0]! } of mutants) {
    expect(breaks.length, name).toBeGreaterThan(0);
    expect(
      breaks.filter((id) => !rules.has(id)),
      name,
    ).toEqual([]);
    expect(breaks, name).toContain(alone);
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

test('each rule has a mutant, and one that its law alone catches unless there can be none', () => {
  const broken = new Set(mutants.flatMap(({ breaks }) => breaks));
  expect([...rules.keys()].filter((id) => !broken.has(id))).toEqual([]);
  const alone = new Set(mutants.map((mutant) => mutant.alone));
  expect([...rules.keys()].filter((id) => !alone.has(id))).toEqual(Object.keys(neverAlone));
});

const correct = correctFunction();
const draw = { runs: defaultRuns, seed: 1 };
const claimed = ({ python, platform }: Claim): string => `${python} ${platform}`;
const panels = new Map<string, Promise<Panel>>();
/** Two tests run at a time, and those that claim the same follow each other. */
const panelsKept = 3;

/** The inputs of a default run for all that claim the same. */
function panelFor(executable: string, claim: Claim): Promise<Panel> {
  const key = claimed(claim);
  const opened =
    panels.get(key) ?? helloOf(commandOf(executable, correct, claim)).then((hello) => panelOf(hello, draw));
  panels.set(key, opened);
  for (const old of [...panels.keys()].slice(0, -panelsKept)) panels.delete(old);
  return opened;
}

/** What a function fails at, of the inputs that a default run asks it, or of some of these. */
async function failuresOf(
  executable: string,
  file: string,
  claim: Claim,
  isAsked: (message: Message) => boolean = () => true,
): Promise<Found[]> {
  const panel = await panelFor(executable, claim);
  return seated(commandOf(executable, file, claim), async (seat) => {
    const all: Found[] = [];
    for await (const one of panel.failures(seat, [...panel.messages()].filter(isAsked))) all.push(one);
    return all;
  });
}

const distinct = (ids: Iterable<string | null>): string[] => [...new Set(Array.from(ids, String))].toSorted();

/** One mutant in so many is given to the command, whose verdict must be the panel's. */
const wholeRuns = 20;
/** Wild inputs of other laws that may come upon a mutant which breaks one law alone. */
const strays = 2;

/** A release on each side of every turn, and the first and the last. */
const claims: ReadonlyArray<readonly [platform: Platform, ...releases: string[]]> = [
  ['posix', '3.4.0', '3.4.3', '3.5.0', '3.6.0', '3.8.0', '3.8.10', '3.12.0', '3.13.8', '3.15.0'],
  ['win32', '3.4.0', '3.5.0', '3.8.0', '3.8.10', '3.9.4', '3.9.5', '3.13.0', '3.15.0'],
];

describe.concurrent('mutants', () => {
  for (const platform of ['posix', 'win32'] as const) {
    testWith(
      'CPython',
      newest,
      `the correct function is conformant (${platform})`,
      async ({ executable }) => {
        const claim = { python: undefined, platform };
        expect(await failuresOf(executable, correct, claim)).toEqual([]);
        const { verdict } = await checkCommand(commandOf(executable, correct, claim), draw.seed);
        expect(verdict).toBe('conformant');
      },
    );
  }

  for (const [platform, ...releases] of claims) {
    for (const python of releases) {
      testWith(
        'CPython',
        newest,
        `the correct function is right as that of ${python} (${platform})`,
        async ({ executable }) => {
          expect(await failuresOf(executable, correct, { python, platform })).toEqual([]);
        },
      );
    }
  }

  const inOrder = mutants.toSorted((a, b) => claimed(a).localeCompare(claimed(b)));
  for (const [i, mutant] of inOrder.entries()) {
    const { name, file, breaks, alone } = mutant;
    testWith(
      'CPython',
      newest,
      `the mutant ${name} is caught by ${breaks.join(', ')}`,
      async ({ executable }) => {
        const isChecked = i % wholeRuns === 0;
        const failures = await failuresOf(executable, file, mutant, ({ inputs }) => {
          const { task } = inputs[0]!;
          const isOwn = alone !== undefined || breaks.includes(task.rule ?? '');
          return isChecked || (task.kind === 'law' && isOwn);
        });
        const laws = failures.filter(({ kind }) => kind === 'law').map(({ task }) => task.rule);
        expect(laws).toEqual(expect.arrayContaining([...breaks]));
        if (alone !== undefined) {
          const others = laws.filter((id) => id !== alone);
          expect(others.length > strays ? others : []).toEqual([]);
        }
        if (!isChecked) return;
        const checked = await checkCommand(commandOf(executable, file, mutant), draw.seed);
        expect(checked.verdict).toBe('broken');
        const byLaw = checked.tally.failures.filter(({ kind }) => kind === 'law');
        expect(distinct(byLaw.map(({ rule }) => rule))).toEqual(distinct(laws));
        expect([...checked.tally.failures.filter(({ flaky }) => flaky), ...checked.tally.unsteady]).toEqual(
          [],
        );
      },
    );
  }

  testWith('CPython', newest, 'a function that remembers is not steady', async ({ executable }) => {
    const remembering = mutants.find(({ name }) => name === 'lru-cached')!;
    const { tally } = await checkCommand(commandOf(executable, remembering.file, remembering), draw.seed);
    expect(tally.failures.filter(({ flaky }) => flaky).length + tally.unsteady.length).toBeGreaterThan(0);
  });
});
