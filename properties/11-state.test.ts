import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changes,
  formatVersion,
  oldestKnown,
  parseVersion,
  releaseOf,
  type Since,
} from '../src/python/releases.ts';
import { CommandLineError, type Starting } from '../src/python/command-line.ts';
import { platforms } from '../src/python/interpreter.ts';
import { outcomeText, readStateChapter, stateRuleApplies } from '../src/conformance/state-chapter.ts';
import { stateOf, type Start, type StartedState } from '../src/state-of.ts';
import { holds, laws, type Given, type Outcome, type StateLaw } from './11-state.ts';

const { rules } = readStateChapter();
const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));

/** Interpreters of the oldest and the newest release, and of those in which a rule of this chapter starts to hold. */
const everyStarting: readonly Starting[] = ['3.4', '3.7', '3.8', '3.15']
  .map((series) => releaseOf(parseVersion(series)!))
  .flatMap((release) =>
    platforms.flatMap((platform) =>
      (['cpython', 'pypy'] as const).map((implementation) => ({ implementation, release, platform })),
    ),
  );

type StateOf = (start: Start) => StartedState;

/** The outcome of a start according to an implementation of `stateOf`. */
const asked =
  (implementation: StateOf, starting: Starting) =>
  (given: Given): Outcome => {
    try {
      const { level, prefix, written } = implementation({ ...starting, ...given });
      return { level, prefix, written };
    } catch (error) {
      if (error instanceof CommandLineError) return null;
      throw error;
    }
  };

const samples = new Map(laws.map(({ rule, cases }) => [rule, fc.sample(cases, { numRuns: 40, seed: 1 })]));

/** Whether an implementation satisfies a law for every start to which the rule applies. */
const isKept = ({ rule }: StateLaw, implementation: StateOf): boolean =>
  everyStarting
    .filter((starting) => stateRuleApplies(ruleOf.get(rule)!, starting))
    .every((starting) => samples.get(rule)!.every((one) => holds(one, asked(implementation, starting))));

test('each rule of the chapter has a law, in its order', () => {
  expect(laws.map(({ rule }) => rule)).toEqual(rules.map(({ id }) => id));
});

describe.each(laws)('$rule', (law) => {
  const rule = ruleOf.get(law.rule)!;

  test('holds wherever it applies', () => {
    const applicable = everyStarting.filter((starting) => stateRuleApplies(rule, starting));
    expect(applicable.length).toBeGreaterThan(0);
    for (const starting of applicable) {
      const { implementation, release, platform } = starting;
      const whose = `${implementation} ${formatVersion(release.version)} on ${platform}`;
      fc.assert(
        fc.property(law.cases, (one) => {
          expect(holds(one, asked(stateOf, starting)), whose).toBe(true);
        }),
        { numRuns: 50 },
      );
    }
  });

  test('what comes of its examples is what comes of them', () => {
    for (const { line, start, starting, outcome } of rule.examples) {
      expect(`${line}: ${outcomeText(asked(stateOf, starting)(start))}`).toBe(`${line}: ${outcome}`);
    }
  });

  test('the examples for it are of those to whom it applies', () => {
    const strange = rule.examples.filter(
      ({ side, starting }) => side === 'for' && !stateRuleApplies(rule, starting),
    );
    expect(strange.map(({ line }) => line)).toEqual([]);
  });

  test('applies from and until what the table of changes says', () => {
    const bounds: Since[] = [[oldestKnown], [[3, 7, 0]], ...Object.values(changes)];
    const isBound = (since: Since | undefined): boolean =>
      since === undefined ||
      bounds.some((one) => one.map(formatVersion).join() === since.map(formatVersion).join());
    expect(rule.bounds.flatMap(({ since, before }) => [isBound(since), isBound(before)])).not.toContain(
      false,
    );
  });
});

/* Wrong versions of stateOf. Each changes its input or its result. */

const withWords =
  (change: (word: string) => string): StateOf =>
  (start) =>
    stateOf({ ...start, words: start.words.map(change) });
/** Removes letters from options. */
const without = (letters: RegExp): StateOf =>
  withWords((word) =>
    word.replace(/^-[OBEIqsu]+(?=[WX]|$)/, (own) => `-q${own.slice(1).replaceAll(letters, '')}`),
  );
const withVariable =
  (of: string, when: (start: Start) => boolean, change: (value: string, start: Start) => string): StateOf =>
  (start) => {
    const value = start.environment[of];
    if (value === undefined || !when(start)) return stateOf(start);
    return stateOf({ ...start, environment: { ...start.environment, [of]: change(value, start) } });
  };
const optimize = 'PYTHONOPTIMIZE';
const dontWrite = 'PYTHONDONTWRITEBYTECODE';
const withPrefix =
  (change: (prefix: string | null, start: Start, options: number) => string | null): StateOf =>
  (start) => {
    const options = start.words.filter((word) => /^(?:-O*X)?pycache_prefix(?:=|$)/.test(word)).length;
    const state = stateOf(start);
    return { ...state, prefix: change(state.prefix, start, options) };
  };
const variableOf = ({ environment }: Start): string | null => environment['PYTHONPYCACHEPREFIX'] || null;

const always = (): boolean => true;
const isPypy = ({ implementation }: Start): boolean => implementation === 'pypy';
const isNew = (start: Start): boolean => !isPypy(start) && start.release.holds['flags-are-whole-numbers'];
const isOld = (start: Start): boolean => !isPypy(start) && !isNew(start);
const isOldOrPypy = (start: Start): boolean => !isNew(start);
const turning =
  (pattern: RegExp, into: string) =>
  (value: string): string =>
    value.replace(pattern, into);
const zero = /^\s*[-+]?0+$/;
const larger =
  (least: bigint, into: string) =>
  (value: string): string =>
    /^\d+$/.test(value) && BigInt(value) >= least ? into : value;

/** What is wrong with it, the only rule that it breaks, and the version itself. */
const mutants: ReadonlyArray<readonly [wrong: string, breaks: string, StateOf]> = [
  [
    'options behind the program count',
    'state-options-end-at-the-program',
    (start) => {
      const at = start.words.findIndex((word) => word === 'a.py' || word === '-');
      const behind = start.words.slice(at + 1).filter((word) => word === '-O' || word === '-B');
      return stateOf({ ...start, words: [...behind, ...start.words] });
    },
  ],
  [
    'no value follows a letter that is not the first',
    'state-options-may-share-a-word',
    withWords(turning(/^(-[OBqsu]+)[WX].*/, '$1')),
  ],
  [
    'an unknown option is passed over',
    'state-unknown-option-runs-nothing',
    (start) => {
      try {
        return stateOf(start);
      } catch {
        return stateOf({ ...start, words: [] });
      }
    },
  ],
  [
    'levels end at two',
    'state-level-counts-the-options',
    (start) => {
      const state = stateOf(start);
      const isOfOptions = !Object.keys(start.environment).some((name) => name.toUpperCase() === optimize);
      return { ...state, level: isOfOptions && state.level > 2n ? 2n : state.level };
    },
  ],
  [
    'levels of the variable end at nine',
    'state-variable-is-a-level',
    withVariable(optimize, always, turning(/^[1-9]\d{1,8}$/, '9')),
  ],
  [
    'an option overrides the variable',
    'state-higher-level-counts',
    withVariable(
      optimize,
      ({ words }) => words.some((word) => word.startsWith('-O')),
      () => '',
    ),
  ],
  ['zero is one', 'state-level-zero-is-none', withVariable(optimize, isNew, turning(zero, '1'))],
  ['zero is zero', 'state-level-zero-is-one', withVariable(optimize, isOldOrPypy, turning(zero, ''))],
  [
    'what is no number is ignored',
    'state-other-value-is-level-one',
    withVariable(optimize, always, turning(/^(?:[a-z.].*|-.*[1-9].*)$/, '')),
  ],
  [
    'white space behind a number is passed over',
    'state-level-is-the-whole-value',
    withVariable(optimize, isNew, turning(/(?<=\d) $/, '')),
  ],
  [
    'a number is the whole value',
    'state-level-begins-the-value',
    withVariable(optimize, isOld, turning(/.*\d[^\d]+.*/, '1')),
  ],
  [
    'a number has no underscore',
    'state-level-is-read-as-an-integer',
    withVariable(optimize, isPypy, turning(/_/, 'x')),
  ],
  [
    'what is too large is the largest',
    'state-level-too-large-is-one',
    withVariable(optimize, isNew, larger(2n ** 31n, String(2 ** 31 - 1))),
  ],
  [
    'what is too large is one in old releases',
    'state-level-too-large-wraps-around',
    withVariable(optimize, isOld, larger(2n ** 32n, '1')),
  ],
  [
    'what CPython takes for too large PyPy does too',
    'state-level-has-sixty-four-bits',
    withVariable(optimize, isPypy, larger(2n ** 31n, '1')),
  ],
  ['-B is passed over', 'state-option-forbids-writing', without(/B/g)],
  [
    'only zero and nothing are values of the variable',
    'state-variable-forbids-writing',
    withVariable(dontWrite, always, (value) => (zero.test(value) ? value : '')),
  ],
  [
    'zero forbids writing',
    'state-zero-forbids-no-writing',
    withVariable(dontWrite, isNew, turning(zero, '1')),
  ],
  [
    'zero forbids writing nowhere',
    'state-zero-forbids-writing',
    withVariable(dontWrite, isOldOrPypy, turning(zero, '')),
  ],
  [
    'the option sets no relative prefix',
    'state-option-sets-the-prefix',
    withPrefix((prefix, start, options) =>
      options === 1 && variableOf(start) === null && /^[a-z]+$/.test(prefix ?? '') ? null : prefix,
    ),
  ],
  [
    'the variable sets no relative prefix',
    'state-variable-sets-the-prefix',
    withPrefix((prefix, _, options) => (options === 0 && /^[a-z]+$/.test(prefix ?? '') ? null : prefix)),
  ],
  [
    'a tilde is the home directory',
    'state-prefix-stays-as-written',
    withPrefix((prefix) => prefix?.replace(/^~/, '/home/me') ?? null),
  ],
  [
    'the variable counts',
    'state-prefix-option-counts',
    withPrefix((prefix, start, options) => {
      const isIsolated = start.words.some((word) => /^-q?E?I?$/.test(word));
      return prefix === null || options !== 1 || isIsolated ? prefix : (variableOf(start) ?? prefix);
    }),
  ],
  [
    'an option without a value leaves the variable',
    'state-prefix-without-value-is-none',
    withPrefix((prefix, start, options) =>
      options === 1 && start.words.some((word) => /pycache_prefix=?$/.test(word))
        ? variableOf(start)
        : prefix,
    ),
  ],
  [
    'the last option counts',
    'state-first-prefix-counts',
    withPrefix((prefix, start, options) =>
      options > 1 && !isPypy(start) ? stateOf({ ...start, implementation: 'pypy' }).prefix : prefix,
    ),
  ],
  [
    'the first option counts',
    'state-last-prefix-counts',
    withPrefix((prefix, start, options) =>
      options > 1 && isPypy(start) ? stateOf({ ...start, implementation: 'cpython' }).prefix : prefix,
    ),
  ],
  [
    'there has always been a prefix',
    'state-prefix-is-none-before',
    withPrefix((prefix, start) =>
      start.release.holds['pycache-prefix']
        ? prefix
        : stateOf({ ...start, release: releaseOf([3, 8, 0]) }).prefix,
    ),
  ],
  [
    'an empty value is one',
    'state-empty-variable-is-none',
    withVariable(optimize, always, (value) => (value === '' ? 'x' : value)),
  ],
  ['-E and -I are passed over', 'state-isolation-ignores-variables', without(/[EI]/g)],
  [
    'names of variables have capitals on Windows',
    'state-windows-names-in-any-case',
    (start) => {
      const capital = Object.entries(start.environment).filter(([name]) => name === name.toUpperCase());
      return stateOf({ ...start, environment: Object.fromEntries(capital) });
    },
  ],
];

test('there is a wrong version for each rule', () => {
  expect(mutants.map(([, breaks]) => breaks)).toEqual(rules.map(({ id }) => id));
});

test.each(mutants)('where %s, the law of %s alone is broken', (_, breaks, mutant) => {
  const broken = laws.filter((law) => !isKept(law, mutant)).map(({ rule }) => rule);
  expect(broken).toEqual([breaks]);
});
