import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../python/call.ts';
import { plainState, platforms } from '../python/interpreter.ts';
import { newestKnown, releaseOf } from '../python/releases.ts';
import { str } from '../python/text.ts';
import type { Target } from '../reference.ts';
import { rulesThatDecide } from './deciding.ts';
import { defaultRuns } from './defaults.ts';
import { batchesOf } from './draw.ts';
import type { Selection } from './events.ts';
import { features, missingFrom, type Feature, type Hello } from './features.ts';
import { planOf, select, targetOf, type Plan, type Task } from './plan.ts';
import { referenceHello } from './subjects/reference.ts';
import { applicableTo, chapters, hello, helloOf, supporting, target } from './testing.ts';

const ids = (selection: Selection): string[] =>
  select(chapters, selection).flatMap(({ rules }) => rules.map(({ id }) => id));
const every = chapters.flatMap(({ rules }) => rules);
const plan = (selection: Selection): Plan => planOf(select(chapters, selection), chapters, hello);

describe('a selection', () => {
  test('of nothing in particular is of every rule', () => {
    expect(ids({})).toEqual(every.map(({ id }) => id));
    expect(ids({ rule: '*' })).toEqual(ids({}));
  });

  test('of an id is of that rule alone', () => {
    expect(ids({ rule: 'opt-bool-by-name' })).toEqual(['opt-bool-by-name']);
  });

  test('of a glob is of the ids that match as a whole', () => {
    expect(ids({ rule: 'opt-*' })).toEqual(every.map(({ id }) => id).filter((id) => id.startsWith('opt-')));
    expect(ids({ rule: '*-raises' })).toEqual(
      every.map(({ id }) => id).filter((id) => id.endsWith('-raises')),
    );
    expect(ids({ rule: 'opt' })).toEqual([]);
    expect(ids({ rule: 'bool' })).toEqual([]);
  });

  test('takes nothing but * for more than itself', () => {
    for (const rule of [
      'opt.bool-by-name',
      'opt-bool-by-nam?',
      'opt-bool-by-name|x',
      '',
      '(',
      '[a-z]*',
      'opt\\*',
    ])
      expect(ids({ rule })).toEqual([]);
  });

  test('of a chapter takes its name, its number, or both', () => {
    const own = every.filter(({ chapter }) => chapter === '3-cache-tag').map(({ id }) => id);
    expect(own.length).toBeGreaterThan(1);
    expect(ids({ chapter: '3-cache-tag' })).toEqual(own);
    expect(ids({ chapter: 'cache-tag' })).toEqual(own);
    expect(ids({ chapter: 'tag' })).toEqual([]);
    expect(ids({ chapter: '3' })).toEqual(own);
    expect(ids({ chapter: '33' })).toEqual([]);
  });

  test('of a level is of the rules of that level', () => {
    const documented = ids({ level: 'documented' });
    const observed = ids({ level: 'observed' });
    expect(documented.length).toBeGreaterThan(0);
    expect(observed.length).toBeGreaterThan(0);
    expect([...documented, ...observed].toSorted()).toEqual(ids({}).toSorted());
    expect(documented.filter((id) => observed.includes(id))).toEqual([]);
  });

  test('of several is of what all of them have', () => {
    const both = ids({ rule: '*-raises', chapter: 'optimization', level: 'documented' });
    expect(both.length).toBeGreaterThan(0);
    for (const id of both) {
      expect(ids({ rule: '*-raises' })).toContain(id);
      expect(ids({ chapter: 'optimization' })).toContain(id);
      expect(ids({ level: 'documented' })).toContain(id);
    }
    expect(ids({ rule: 'tag-*', chapter: 'optimization' })).toEqual([]);
  });
});

describe('the release that a subject is held to', () => {
  test('is its own where that is known, and the newest known one where its own is newer', () => {
    const version = (python: readonly [number, number, number]): unknown =>
      targetOf({ ...hello, python }).version;
    expect(version([3, 4, 0])).toEqual([3, 4, 0]);
    expect(version([3, 6, 0])).toEqual([3, 6, 0]);
    expect(version([3, 12, 7])).toEqual([3, 12, 7]);
    expect(version([newestKnown[0], newestKnown[1], 99])).toEqual([newestKnown[0], newestKnown[1], 99]);
    expect(version([newestKnown[0], newestKnown[1] + 1, 2])).toEqual(newestKnown);
    expect(version([newestKnown[0] + 1, 0, 0])).toEqual(newestKnown);
    expect(targetOf({ ...hello, python: [4, 0, 0], platform: 'win32' }).platform).toBe('win32');
  });

  test('is the one that is asked for, whatever it claims', () => {
    for (const python of [
      [3, 3, 0],
      [3, 14, 0],
      [4, 0, 0],
    ] as const) {
      expect(targetOf({ ...hello, python }, [3, 14, 1])).toEqual({ version: [3, 14, 1], platform: 'posix' });
    }
    const held = planOf(chapters, chapters, hello, [3, 4, 0]);
    expect(held.target.version).toEqual([3, 4, 0]);
    expect(held.chapters).toEqual(
      planOf(chapters, chapters, helloOf({ version: [3, 4, 0], platform: 'posix' })).chapters,
    );
  });

  test('decides which rules apply', () => {
    const digits = 'opt-integer-past-the-digit-limit-raises';
    for (const [to, applies, not] of [
      [{ version: [3, 6, 0], platform: 'posix' }, 'prefix-is-ignored-before', digits],
      [{ version: [3, 8, 14], platform: 'posix' }, digits, 'prefix-is-ignored-before'],
      [{ version: [3, 4, 2], platform: 'posix' }, 'path-first-dot-ends-the-name', 'opt-bool-by-name'],
      [{ version: [3, 15, 0], platform: 'posix' }, 'call-debug-override-is-gone', 'debug-override-warns'],
      [{ version: [3, 9, 4], platform: 'win32' }, 'windows-drive-root-is-kept', 'windows-drive-root-is-lost'],
      [{ version: [3, 9, 5], platform: 'win32' }, 'windows-drive-root-is-lost', 'path-root-is-lost'],
    ] as const) {
      const { inapplicable, chapters: chosen, tasks } = planOf(chapters, chapters, helloOf(to));
      const applicable = chosen.flatMap(({ rules }) => rules.map(({ id }) => id));
      expect(applicable).toEqual(applicableTo(to));
      expect(applicable).toContain(applies);
      expect(inapplicable.map(({ id }) => id)).toContain(not);
      expect(applicable.length + inapplicable.length).toBe(every.length);
      expect(tasks.map(({ name }) => name)).toContain(applies);
      expect(tasks.map(({ name }) => name)).not.toContain(not);
    }
  });

  test('leaves no chapter that has no rule for it', () => {
    const names = (to: Target): string[] =>
      planOf(chapters, chapters, referenceHello(to)).chapters.map(({ name }) => name);
    expect(names(target)).toEqual(chapters.map(({ name }) => name).filter((name) => name !== '9-windows'));
    expect(names({ version: [3, 12, 1], platform: 'win32' })).toContain('9-windows');
  });

  test('is what the laws and the agreement are made for', () => {
    const digits = planOf(
      select(chapters, { rule: 'opt-integer-past-the-digit-limit-raises' }),
      chapters,
      helloOf({ version: [3, 6, 0], platform: 'posix' }),
    );
    expect(digits.chapters).toEqual([]);
    expect(digits.tasks).toEqual([]);
  });
});

describe('what is to be asked', () => {
  test('is for each rule its examples and its law, and for each chapter its agreement', () => {
    const { tasks } = plan({});
    const named = (kind: string): string[] =>
      tasks.filter((task) => task.kind === kind).map(({ name }) => name);
    const planned = plan({}).chapters;
    expect(named('law')).toEqual(applicableTo(target));
    expect(named('example')).toEqual(applicableTo(target).map((id) => `examples of ${id}`));
    expect(named('agreement')).toEqual(planned.map(({ name }) => `agreement on ${name}`));
    expect(new Set(tasks.map(({ name }) => name)).size).toBe(tasks.length);
    expect(tasks.map(({ place }) => place)).toEqual([...tasks.keys()]);
  });

  test('about one rule is its law, and what of its chapter it has to do with', () => {
    const { tasks } = plan({ rule: 'opt-bool-by-name' });
    expect(tasks.map(({ kind, chapter }) => [kind, chapter])).toEqual([
      ['example', '4-optimization'],
      ['law', '4-optimization'],
      ['agreement', '4-optimization'],
    ]);
    const agreement = tasks.at(-1)!;
    const wanted = fc
      .sample(agreement.cases, { seed: 1, numRuns: 500 })
      .filter((one) => agreement.wants(one));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(500);
    for (const one of wanted) {
      expect(rulesThatDecide(one.calls[0]!, target)).toContain('opt-bool-by-name');
      expect(agreement.ruleOf(one.calls[0]!)).toBe('opt-bool-by-name');
    }
  });

  test('of a subject that tells no messages or no warnings is not what needs them', () => {
    const untold = (without: string): string[] =>
      planOf(chapters, chapters, supporting([...hello.supports].filter((one) => one !== without)))
        .tasks.filter((task) => task.untold.length > 0)
        .map(({ name, untold }) => `${name}: ${untold.join()}`);
    expect(untold('messages')).toContain('opt-error-shows-repr: messages');
    expect(untold('warnings')).toContain('debug-none-is-silent: warnings');
    expect(untold('warnings')).not.toContain('opt-error-shows-repr: messages');
    expect(untold('')).toEqual([]);
  });

  test('of a subject with a fixed tag, level and working directory is in that state', () => {
    const fixed = { cacheTag: str('x'), optimize: 2n, cwd: str('/fixed') };
    const { tasks } = planOf(chapters, chapters, supporting(['optimization'], fixed));
    const law = tasks.find(({ name }) => name === 'path-without-directory')!;
    for (const { calls } of fc.sample(law.cases, { seed: 1, numRuns: 100 })) {
      for (const { state } of calls)
        expect([state.cacheTag?.units, state.optimize, state.cwd?.units]).toEqual(['x', 2n, '/fixed']);
    }
  });
});

test('a call is asked for the last rule that decides it, and is more than plain', () => {
  const { tasks } = plan({});
  const agreement = tasks.find(({ name }) => name === 'agreement on 2-path')!;
  const call = (path: string): Call => ({ state: plainState(target.version), args: [str(path)], kwargs: [] });
  expect(agreement.ruleOf(call('/a.py'))).toBe('path-root-is-lost');
  expect(agreement.ruleOf(call('a.py'))).toBe(rulesThatDecide(call('a.py'), target).at(-1));
  const examples = tasks.find(({ name }) => name === 'examples of tag-may-be-empty')!;
  expect(examples.ruleOf(call('/a.py'))).toBe('tag-may-be-empty');
});

test('an example of another platform is asked without a prefix alone, from a working directory that there may be', () => {
  for (const platform of platforms) {
    const { tasks } = planOf(chapters, chapters, helloOf({ version: newestKnown, platform }));
    const calls = tasks
      .filter(({ kind }) => kind === 'example')
      .flatMap(({ always }) => always.flatMap((one) => one.calls));
    const isOwn = (cwd: string): boolean => cwd.startsWith('/') === (platform === 'posix');
    expect(calls.length).toBeGreaterThan(100);
    expect(calls.filter(({ state }) => state.cwd !== null && !isOwn(state.cwd.units))).toEqual([]);
  }
});

/* The inputs depend on the seed, but the rules that are checked must not. */
describe('the rules that are checked are the same for each seed', () => {
  const seeds = [1, 2, 3];

  /** For each seed, the rules whose laws are checked when the subject cannot set parts of its state. */
  const checkedOf = (to: Target, supports: readonly Feature[]): string[][] => {
    const { cacheTag, optimize, cwd } = plainState(to.version, to.platform);
    const hello: Hello = {
      ...helloOf(to),
      supports: new Set(supports),
      fixed: {
        ...(supports.includes('cache_tag') ? {} : { cacheTag }),
        ...(supports.includes('optimize') ? {} : { optimize }),
        ...(supports.includes('cwd') ? {} : { cwd }),
      },
    };
    const missing = missingFrom(hello, releaseOf(to.version));
    const isAsked = (law: Task, seed: number): boolean => {
      for (const { inputs } of batchesOf(law, { runs: defaultRuns, seed, shard: null }, missing))
        if (inputs.length > 0) return true;
      return false;
    };
    const laws = planOf(chapters, chapters, hello).tasks.filter(
      ({ kind, untold }) => kind === 'law' && untold.length === 0,
    );
    return seeds.map((seed) => laws.filter((law) => isAsked(law, seed)).map(({ name }) => name));
  };

  test.each<readonly [name: string, to: Target]>([
    ['on POSIX', target],
    ['on Windows', { version: newestKnown, platform: 'win32' }],
  ])('%s, whatever a subject supports', (_, to) => {
    const few = fc.sample(fc.subarray([...features], { maxLength: 4 }), { seed: 1, numRuns: 8 });
    const most = fc.sample(fc.subarray([...features], { minLength: features.length - 3 }), {
      seed: 1,
      numRuns: 6,
    });
    for (const supports of [[], ['optimization', 'cache_tag'] as const, ...few, ...most]) {
      const [first, ...others] = checkedOf(to, supports);
      for (const other of others) expect([supports, other]).toEqual([supports, first]);
    }
  });
});
