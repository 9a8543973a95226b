import { describe, expect, test } from 'vitest';
import { tallyOf, type Tally } from './books.ts';
import {
  differenceOf,
  differenceSummary,
  differenceText,
  exitCodeOf,
  kinds,
  lastLine,
  type Kind,
} from './diff.ts';
import type { Event, RuleLine, Start, Work } from './events.ts';
import { painter } from './reports/layout.ts';
import { end, failure, known, law, problem, ruleLine, start, subject, unsteady } from './reports/testing.ts';

const names = ['a-one', 'b-two', 'c-three', 'd-four'].map((id) => ruleLine(id));
const [one, two, three, four] = names as [RuleLine, RuleLine, RuleLine, RuleLine];

/** A run with these rules and additional events. A `work` event in `more` replaces the law of its rule. */
function runOf(rules: readonly RuleLine[], more: readonly Event[] = [], changes: Partial<Start> = {}): Tally {
  const told = new Set(more.filter((event): event is Work => event.type === 'work').map(({ rule }) => rule));
  const laws = rules.filter(({ id }) => !told.has(id)).map((rule) => law(rule));
  return tallyOf([start({ rules, ...changes }), subject(), ...laws, ...more, end()]);
}

const notSupported = (rule: RuleLine): Work =>
  law(rule, { judged: 0, planned: 0, answered: 0, leftOut: { warnings: 10 } });
const skipped = (rule: RuleLine): Work =>
  law(rule, { judged: 0, answered: 0, lost: { skipped: 10 }, declined: { [rule.id]: 10 } });
const notRun = (rule: RuleLine): Work => law(rule, { judged: 0, answered: 0, lost: { 'not run': 10 } });
const crashed = (rule: RuleLine): Event => problem({ rule: rule.id });

/** The same run, with these rules outside the domain. */
const outside = (tally: Tally, ...rules: readonly RuleLine[]): Tally => ({
  ...tally,
  rules: tally.rules.map((rule) =>
    rules.some(({ id }) => id === rule.id) ? { ...rule, verdict: 'outside' } : rule,
  ),
});

/** The ids of the rules by their kind of change, without the unchanged ones. */
const kindsOf = (before: Tally, after: Tally): Partial<Record<Kind, string[]>> => {
  const { changes } = differenceOf(before, after);
  return Object.fromEntries(
    kinds
      .filter((kind) => kind !== 'same')
      .map(
        (kind) =>
          [kind, changes.filter((change) => change.kind === kind).map(({ rule }) => rule.id)] as const,
      )
      .filter(([, ids]) => ids.length > 0),
  );
};
const codeOf = (before: Tally, after: Tally): number => exitCodeOf(differenceOf(before, after));
const textOf = (before: Tally, after: Tally): string =>
  differenceText(differenceOf(before, after), painter(false));
const endOf = (before: Tally, after: Tally): string => lastLine(differenceOf(before, after));

const well = runOf(names);

describe('of two runs is told', () => {
  test('nothing, where they came to the same', () => {
    expect(kindsOf(well, well)).toEqual({});
    expect(codeOf(well, well)).toBe(0);
    expect(endOf(well, well)).toBe('nothing got worse');
    expect(textOf(well, well)).not.toContain('Note:');
  });

  test('what is broken, fixed, and still broken', () => {
    const before = runOf(names, [failure(one), failure(two)]);
    const after = runOf(names, [failure(two), failure(three)]);
    expect(kindsOf(before, after)).toEqual({ fixed: ['a-one'], still: ['b-two'], broken: ['c-three'] });
    expect(codeOf(before, after)).toBe(1);
    expect(endOf(before, after)).toBe('worse: 1 rule broken; 1 rule fixed, 1 still broken');
  });

  test('that nothing got worse, where something got better or stayed as bad', () => {
    const before = runOf(names, [failure(one), failure(two)]);
    const after = runOf(names, [failure(two)]);
    expect(codeOf(before, after)).toBe(0);
    expect(endOf(before, after)).toBe('nothing got worse; 1 rule fixed, 1 still broken');
  });

  test('a rule that became flaky as broken, and one that is flaky instead of failing as still broken', () => {
    const flaky = runOf(names, [unsteady(one)]);
    expect(kindsOf(well, flaky)).toEqual({ broken: ['a-one'] });
    expect(kindsOf(runOf(names, [failure(one)]), flaky)).toEqual({ still: ['a-one'] });
    expect(textOf(well, flaky)).toContain('a-one  observed, spec/2-path.md: flaky');
    expect(textOf(well, flaky)).toMatch(/^ {6}then +raises ValueError: two$/m);
    expect(textOf(runOf(names, [failure(one)]), flaky)).toContain(
      ': fail before, flaky after, shown by other calls',
    );
  });

  test.each<readonly [name: string, work: Work | undefined, problem: Event | undefined]>([
    ['not supported', notSupported(one), undefined],
    ['skipped', skipped(one), undefined],
    ['not run', notRun(one), undefined],
    ['a crash', undefined, crashed(one)],
  ])('a rule that passed and is now %s as worse', (_, work, trouble) => {
    const after = runOf(
      names,
      [work, trouble].filter((event) => event !== undefined),
    );
    expect(kindsOf(well, after)).toEqual({ unchecked: ['a-one'] });
    expect(codeOf(well, after)).toBeGreaterThan(0);
    expect(endOf(well, after)).toContain('worse: 1 rule that passed no longer checked');
  });

  test.each<readonly [verdict: string, event: Event]>([
    ['unsupported', notSupported(one)],
    ['skipped', skipped(one)],
    ['not run', notRun(one)],
    ['crash', crashed(one)],
  ])('a rule that fails, and was %s, as worse', (verdict, event) => {
    const before = runOf(names, [event]);
    const after = runOf(names, [failure(one)]);
    expect(kindsOf(before, after)).toEqual({ broken: ['a-one'] });
    expect(codeOf(before, after)).toBe(1);
    expect(endOf(before, after)).toMatch(/^worse: 1 rule broken(; incomplete: the run before is .*)?$/);
    const text = textOf(before, after);
    expect(text).toContain(`a-one  observed, spec/2-path.md: ${verdict} before\n`);
    expect(text).toMatch(/^ {6}got +'\/wrong\.pyc'$/m);
    expect(textOf(before, runOf(names, [unsteady(one)]))).toContain(`: ${verdict} before, flaky after\n`);
    const suspected = runOf(names, [failure(one, { broken: false })]);
    expect(kindsOf(before, suspected)).toEqual({ broken: ['a-one'] });
  });

  test('a rule that is not checked in one of the runs, and fails in none after, as changed and not as worse', () => {
    const failing = runOf(names, [failure(one)]);
    const lacking = runOf(names, [notSupported(one)]);
    for (const [before, after] of [
      [failing, lacking],
      [lacking, well],
    ] as const) {
      expect(kindsOf(before, after)).toEqual({ changed: ['a-one'] });
      expect(codeOf(before, after)).toBe(0);
    }
    expect(kindsOf(lacking, lacking)).toEqual({});
    expect(textOf(failing, lacking)).toContain(
      'a-one  observed, spec/2-path.md: fail before, unsupported after',
    );
  });

  test('which rules came into the domain, and which left it, and neither as worse', () => {
    const [all, none] = [runOf(names), outside(runOf(names), one, two)];
    expect(kindsOf(none, all)).toEqual({ inside: ['a-one', 'b-two'] });
    expect(kindsOf(all, none)).toEqual({ outside: ['a-one', 'b-two'] });
    expect(kindsOf(none, none)).toEqual({});
    expect(kindsOf(runOf(names, [failure(one)]), none)).toEqual({ outside: ['a-one', 'b-two'] });
    expect(kindsOf(none, runOf(names, [notSupported(one)]))).toEqual({ inside: ['a-one', 'b-two'] });
    for (const pair of [
      [none, all],
      [all, none],
    ] as const) {
      expect(codeOf(...pair)).toBe(0);
      expect(endOf(...pair)).toBe('nothing got worse');
    }
    expect(textOf(none, all)).toContain(
      'now inside the domain  2 rules: was outside before, and does not fail after\n  a-one  observed, spec/2-path.md: pass\n',
    );
    expect(textOf(all, none)).toContain(
      'now outside the domain  2 rules: was inside before, and is not checked after\n  a-one  observed, spec/2-path.md: pass before\n',
    );
  });

  test('a rule that came into the domain and fails as worse', () => {
    const before = outside(runOf(names), one, two);
    const after = runOf(names, [failure(one)]);
    expect(kindsOf(before, after)).toEqual({ broken: ['a-one'], inside: ['b-two'] });
    expect(codeOf(before, after)).toBe(1);
    expect(textOf(before, after)).toContain('  a-one  observed, spec/2-path.md: outside before\n');
  });

  test('what only one of the runs is about, with its verdict, and not as worse', () => {
    const before = runOf([one, two], [failure(one)]);
    const after = runOf([two, three, four], [failure(four)]);
    expect(kindsOf(before, after)).toEqual({ new: ['c-three', 'd-four'], gone: ['a-one'] });
    expect(codeOf(before, after)).toBe(0);
    expect(textOf(before, after)).toContain('a-one  observed, spec/2-path.md: fail before');
    expect(textOf(before, after)).toContain('c-three  observed, spec/2-path.md: pass');
    expect(textOf(before, after)).toContain('d-four  observed, spec/2-path.md: fail\n      call ');
  });

  test('that the adapter fails now, though every rule passes', () => {
    const after = runOf(names, [problem()]);
    expect(kindsOf(well, after)).toEqual({});
    expect(endOf(well, after)).toBe('worse: the adapter fails');
    expect(codeOf(well, after)).toBe(1);
    expect(codeOf(after, after)).toBe(0);
    expect(codeOf(after, well)).toBe(0);
  });
});

describe('of a rule that fails in both runs is told whether it fails', () => {
  const before = runOf(names, [failure(one)]);
  const after = (changes: Parameters<typeof failure>[1]): Tally => runOf(names, [failure(one, changes)]);

  test('alike', () => {
    const text = textOf(before, before);
    expect(text).toContain('  a-one  observed, spec/2-path.md\n');
    expect(text).not.toContain("got       '/wrong.pyc'");
  });

  test('with another outcome', () => {
    const text = textOf(before, after({ outcomes: [{ raise: 'OSError' }] }));
    expect(text).toContain('a-one  observed, spec/2-path.md: with another outcome\n');
    expect(text).toMatch(/^ {6}got +raises OSError$/m);
  });

  test('at other calls', () => {
    const [call] = failure(one).calls;
    const text = textOf(before, after({ calls: [{ ...(call as object), args: ['b.py'] }] }));
    expect(text).toContain('a-one  observed, spec/2-path.md: shown by other calls\n');
    expect(text).toMatch(/^ {6}call +cache_from_source\('b\.py'\)/m);
  });
});

describe('a run that is incomplete', () => {
  const cut = tallyOf([start({ rules: names }), subject(), law(one), law(two)]);

  test.each<readonly [name: string, before: Tally, after: Tally, says: string]>([
    ['before', cut, well, 'incomplete: the run before is incomplete: its report has no end; '],
    ['after', well, cut, 'incomplete: the run after is incomplete: its report has no end; '],
  ])('%s leaves the comparison incomplete', (_, before, after, says) => {
    expect(codeOf(before, after)).toBe(3);
    expect(endOf(before, after)).toContain(says);
  });

  test('leaves a rule that is broken what it is', () => {
    const failing = runOf(names, [failure(one)]);
    expect(codeOf(cut, failing)).toBe(1);
    expect(endOf(cut, failing)).toBe(
      'worse: 1 rule broken; incomplete: the run before is incomplete: its report has no end; the run before is incomplete: 2 rules not run',
    );
  });

  test('still tells what got worse', () => {
    expect(kindsOf(well, cut)).toEqual({ unchecked: ['c-three', 'd-four'] });
    expect(endOf(well, cut)).toMatch(/as far as the runs go, worse: 2 rules that passed no longer checked$/);
  });
});

describe('the text', () => {
  test('begins with both runs, and ends with what it comes to', () => {
    const text = textOf(well, runOf(names, [failure(one)], { seed: 7 }));
    const lines = text.split('\n');
    expect(lines[0]).toBe('before  cpython 3.13.0, Python 3.13.0, posix: 4 rules of cache_from_source');
    expect(lines[1]).toBe(
      '        pycache-spec 1.2.3, 100 runs per property, seed 42, 2026-01-02T03:04:05.678Z',
    );
    expect(lines[2]).toBe('        conformant: 4 rules checked, 40 calls in 1.3 s');
    expect(lines[3]).toMatch(/^after {3}cpython/);
    expect(lines[5]).toBe('        not conformant: 1 of 4 rules broken, 40 calls in 1.3 s');
    expect(lines[6]).toBe('Note: the seeds differ: 42 and 7.');
    expect(text).toMatch(/\nworse: 1 rule broken\n$/);
  });

  test('of what is broken shows the call, and what is known of it', () => {
    const list = known({
      excused: [{ rule: 'a-one', kind: 'bug', reason: 'to be\nmended', issue: 'issue 7' }],
    });
    const text = textOf(well, runOf(names, [failure(one), list]));
    expect(text).toContain('broken  1 rule: did not fail before, and fails after');
    expect(text).toContain(
      String.raw`  a-one  observed, spec/2-path.md; known failure (bug): to be\nmended, issue 7`,
    );
    expect(text).toMatch(/^ {6}call +cache_from_source\('\/a\.py'\)/m);
    expect(text).toMatch(/^ {6}expected +'__pycache__\/a\.cpython-313\.pyc'$/m);
    expect(text).toMatch(/^ {6}got +'\/wrong\.pyc'$/m);
  });

  test.each<readonly [name: string, after: Tally, says: string]>([
    ['versions', runOf(names, [], { suite: '2' }), 'the versions of the suite differ: "1.2.3" and "2"'],
    [
      'selections',
      runOf(names, [], { selection: { chapter: 'x' } }),
      'the selections differ: {} and {"chapter":"x"}',
    ],
    ['runs', runOf(names, [], { runs: 9 }), 'the numbers of runs differ: 100 and 9'],
    [
      'shards',
      runOf(names, [], { shard: { index: 1, of: 2 } }),
      'the shards differ: null and {"index":1,"of":2}',
    ],
    ...(
      [
        ['implementations', { implementation: { name: 'pypy', version: '7' } }, '"cpython" and "pypy"'],
        ['claimed Pythons', { python: '3.12.0' }, '"3.13.0" and "3.12.0"'],
        ['releases that they are held to', { target: '3.12.0' }, '"3.13.0" and "3.12.0"'],
        ['platforms', { platform: 'win32' }, '"posix" and "win32"'],
        ['supported features', { supports: [] }, '["cache_tag","optimization"] and []'],
      ] as const
    ).map(
      ([name, changes, values]) =>
        [
          name,
          tallyOf([start({ rules: names }), subject(changes), ...names.map((rule) => law(rule)), end()]),
          `the ${name} differ: ${values}`,
        ] as const,
    ),
  ])('warns that the %s differ', (_, after, says) => {
    expect(differenceOf(well, after).warnings).toEqual([says]);
    expect(textOf(well, after)).toContain(`Note: ${says}.\n`);
  });

  test('of a subject that never said hello can be told', () => {
    const silent = tallyOf([start({ rules: names }), problem(), end({ stopped: 'no hello' })]);
    expect(textOf(well, silent)).toContain('after   unknown: it did not identify itself');
    expect(codeOf(well, silent)).toBe(3);
    expect(kindsOf(well, silent)).toEqual({ unchecked: ['a-one', 'b-two', 'c-three', 'd-four'] });
  });
});

test('the summary for a program has all of it', () => {
  const before = runOf([one, two, three], [failure(one), failure(two)]);
  const after = runOf([two, three, four], [failure(two, { outcomes: [{ return: 'x' }] }), failure(three)]);
  const summary = differenceSummary(differenceOf(before, after));
  expect(summary).toMatchObject({
    before: { verdict: 'broken', seed: 42, platform: 'posix' },
    after: { verdict: 'broken' },
    warnings: [],
    broken: [
      { rule: 'c-three', before: 'pass', after: 'fail', shown: [{ outcomes: [{ return: '/wrong.pyc' }] }] },
    ],
    unchecked: [],
    still: [{ rule: 'b-two', way: 'another outcome' }],
    changed: [],
    fixed: [],
    new: [{ rule: 'd-four', before: null, after: 'pass' }],
    gone: [{ rule: 'a-one', before: 'fail', after: null }],
    same: 0,
    complete: true,
    open: [],
    worse: true,
    exitCode: 1,
    text: 'worse: 1 rule broken; 1 still broken',
  });
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
});
