import { describe, expect, test } from 'vitest';
import { tallyOf, type RuleVerdict, type Tally } from './books.ts';
import type { Event, Work } from './events.ts';
import {
  end,
  failure,
  known,
  law,
  problem,
  ruleLine,
  rules,
  run,
  start,
  subject,
  unsteady,
} from './reports/testing.ts';
import { exitCodes, fails, isBroken, verdictOf } from './verdict.ts';

const [first, second, third] = rules;

const tally = (...changes: readonly Event[]): Tally => tallyOf(run(...changes));
/** The verdict of a run with these changes. */
const verdict = (...changes: readonly Event[]): string => verdictOf(tally(...changes));
const ofRule = (id: string, { rules: all }: Tally): RuleVerdict =>
  all.find((rule) => rule.id === id)!.verdict;
const bug = (rule: string) => ({ rule, kind: 'bug', reason: 'it is old', issue: null });
const stale = [{ entry: `rule ${third!.id}`, line: 3, why: 'it passes' }];

describe('a run is', () => {
  test('conformant when every rule passed', () => {
    expect(verdict()).toBe('conformant');
    expect(tally().open).toEqual([]);
  });

  test('conformant when what did not pass lacks a feature that the subject does not claim', () => {
    const lacking = law(second!, { judged: 0, planned: 0, answered: 0, leftOut: { objects: 10 } });
    expect(verdict(lacking)).toBe('conformant');
    expect(ofRule(second!.id, tally(lacking))).toBe('unsupported');
  });

  test('not conformant when a rule fails, or is not deterministic', () => {
    expect(verdict(failure(first!))).toBe('broken');
    expect(verdict(failure(first!, { flaky: true }))).toBe('broken');
    expect(verdict(unsteady(first!))).toBe('broken');
  });

  test.each<readonly [string, readonly Event[], RegExp]>([
    [
      'a call was lost that nobody booked',
      [law(first!, { planned: 11 })],
      /do not balance: 31 calls planned, 30 /,
    ],
    ['a call was answered twice', [law(first!, { answered: 11 })], /do not balance/],
    [
      'a call was skipped',
      [law(first!, { answered: 9, lost: { skipped: 1 }, declined: { [first!.id]: 1 } })],
      /declined calls of one rule/,
    ],
    [
      'calls were said to be unsupported',
      [law(first!, { judged: 0, answered: 0, lost: { unsupported: 10 }, declined: { [first!.id]: 10 } })],
      /declined calls of one rule/,
    ],
    ['a part was not run', [law(first!, { answered: 5, lost: { 'not run': 5 } })], /one rule not run/],
    [
      'a law had no inputs',
      [law(first!, { inputs: 0, judged: 0, planned: 0, answered: 0 })],
      /one rule not run/,
    ],
    [
      'something failed under a rule that was not selected',
      [failure(ruleLine('path-other'))],
      /about no selected rule/,
    ],
    [
      'a call was lost of which no failure of the adapter tells',
      [law(first!, { answered: 9, lost: { crash: 1 } })],
      /one rule not run/,
    ],
    [
      'one work has a call too many, and another one too few',
      [law(first!, { planned: 11 }), law(second!, { planned: 9 })],
      /do not balance/,
    ],
    ['it was stopped', [end({ stopped: 'it was interrupted' })], /^it was interrupted$/],
    ['nothing was selected that applies', [subject({ inapplicable: rules.map(({ id }) => id) })], /no rule/],
  ])('incomplete when %s', (_, changes, why) => {
    expect(verdict(...changes)).toBe('incomplete');
    expect(tally(...changes).open.join()).toMatch(why);
  });

  test('incomplete when a law was never heard of', () => {
    const events = run().filter((event) => !(event.type === 'work' && event.rule === first!.id));
    expect(verdictOf(tallyOf(events))).toBe('incomplete');
    expect(ofRule(first!.id, tallyOf(events))).toBe('not run');
  });

  test('incomplete wherever its report is cut off', () => {
    const events = run();
    for (let length = 1; length < events.length; length++) {
      expect(verdictOf(tallyOf(events.slice(0, length)))).toBe('incomplete');
    }
  });

  test('a failure of the adapter whatever else it is', () => {
    expect(verdict(problem())).toBe('adapter');
    expect(verdict(problem({ rule: first!.id }))).toBe('adapter');
    expect(verdict(problem(), failure(first!), end({ stopped: 'x' }), known({ stale }))).toBe('adapter');
  });
});

test.each(['crash', 'timeout', 'protocol', 'error'] as const)('a %s is told of its rule alone', (why) => {
  const told = tally(problem({ why, rule: first!.id }));
  expect([first!, second!].map(({ id }) => ofRule(id, told))).toEqual([why, 'pass']);
});

test('where several hold: the adapter, not conformant, incomplete, stale', () => {
  const events = [problem(), failure(first!), end({ stopped: 'x' }), known({ stale })];
  expect(events.map((_, i) => verdict(...events.slice(i)))).toEqual([
    'adapter',
    'broken',
    'incomplete',
    'stale',
  ]);
});

describe('the list of known failures', () => {
  test('excuses what it names, and changes no score', () => {
    const excused = known({ excused: [bug(first!.id)] });
    expect(verdict(failure(first!), excused)).toBe('conformant');
    expect(verdict(failure(first!), failure(second!), excused)).toBe('broken');
    expect(tally(failure(first!), excused).scores).toEqual(tally(failure(first!)).scores);
    expect(tally(failure(first!)).scores.documented).toEqual({ passed: 0, of: 1 });
  });

  test('excuses that calls are declined only as unsupported', () => {
    const declines = law(first!, { answered: 9, lost: { skipped: 1 }, declined: { [first!.id]: 1 } });
    expect(verdict(declines, known({ excused: [{ ...bug(first!.id), kind: 'unsupported' }] }))).toBe(
      'conformant',
    );
    expect(verdict(declines, known({ excused: [bug(first!.id)] }))).toBe('incomplete');
  });

  test('makes nothing green in which no rule holds', () => {
    const none = rules.map((rule) => failure(rule));
    const excused = known({ excused: rules.map(({ id }) => bug(id)) });
    expect(verdict(...none, excused)).toBe('incomplete');
    expect(tally(...none, excused).open).toEqual([
      'no rule was found to hold beside those that are known to fail',
    ]);
    expect(verdict(...none)).toBe('broken');
    expect(verdict(failure(first!), failure(second!), excused)).toBe('conformant');
  });

  test('excuses nothing that the adapter did, and nothing that was not run', () => {
    const excused = known({ excused: rules.map(({ id }) => bug(id)) });
    expect(verdict(problem({ rule: first!.id }), excused)).toBe('adapter');
    expect(verdict(law(first!, { answered: 5, lost: { 'not run': 5 } }), excused)).toBe('incomplete');
  });
});

describe('a shard', () => {
  const shard = start({ shard: { index: 1, of: 2 } });

  test('is not asked for the laws that others have, and has the examples all the same', () => {
    const elsewhere = law(first!, { inputs: 0, judged: 0, planned: 0, answered: 0 });
    const examples = law(first!, { kind: 'example', property: 'examples of it' });
    expect(verdict(shard, elsewhere, examples)).toBe('conformant');
    expect(verdict(elsewhere)).toBe('incomplete');
  });

  test('that lost a part of its own is incomplete', () => {
    expect(verdict(shard, law(first!, { answered: 5, lost: { 'not run': 5 } }))).toBe('incomplete');
  });

  test('in which nothing was answered is incomplete', () => {
    const none: Work[] = rules.map((rule) => law(rule, { inputs: 0, judged: 0, planned: 0, answered: 0 }));
    expect(verdict(shard, ...none)).toBe('incomplete');
  });
});

describe('of several failures', () => {
  test('one that is steady counts before one that is not', () => {
    expect(ofRule(first!.id, tally(failure(first!, { flaky: true }), failure(first!)))).toBe('fail');
  });

  test('one of which the statement is false counts before one that is only suspected', () => {
    const suspected = failure(first!, { broken: false });
    expect(ofRule(first!.id, tally(suspected, failure(first!, { fault: second!.id })))).toBe('fail');
    expect(ofRule(first!.id, tally(suspected, unsteady(first!)))).toBe('flaky');
  });

  test('all are told, in their order', () => {
    const told = tally(failure(second!, { explains: 1 }), failure(first!, { explains: 9 }));
    expect(told.failures.map(({ rule }) => rule)).toEqual([second!.id, first!.id]);
  });
});

describe('a rule that is only suspected', () => {
  const suspected = failure(first!, { broken: false });

  test('is not broken, and the run is not conformant', () => {
    const told = tally(suspected);
    const [rule] = told.rules;
    expect([rule!.verdict, isBroken(rule!), fails(rule!)]).toEqual(['suspect', false, true]);
    expect(verdictOf(told)).toBe('broken');
    expect(told.scores.documented).toEqual({ passed: 0, of: 1 });
  });

  test('was checked, and may be excused', () => {
    const others = [second!, third!].map((rule) =>
      law(rule, { judged: 0, planned: 0, answered: 0, leftOut: { objects: 10 } }),
    );
    expect(verdict(suspected, ...others)).toBe('broken');
    expect(verdict(suspected, known({ excused: [bug(first!.id)] }))).toBe('conformant');
  });
});

test('what comes before any start is no run', () => {
  expect(() => tallyOf([end()])).toThrow('no run has started');
});

test('the exit codes are those of the command, each its own', () => {
  expect(exitCodes).toEqual({ conformant: 0, broken: 1, usage: 2, incomplete: 3, adapter: 4, stale: 5 });
});
