import { expect, test } from 'vitest';
import type { RuleVerdict, Tally } from './events.ts';
import { chapters } from './testing.ts';
import { exitCodes, verdictOf } from './verdict.ts';

const [chapter] = chapters;

/** A tally in which all was answered, of rules with these verdicts. */
const tally = (verdicts: readonly RuleVerdict[], changes: Partial<Tally> = {}): Tally => ({
  chapters: [
    {
      name: chapter!.name,
      title: chapter!.title,
      rules: verdicts.map((verdict, i) => ({ rule: chapter!.rules[i]!, verdict })),
      calls: 10,
    },
  ],
  inapplicable: 0,
  planned: 10,
  answered: 10,
  skipped: new Map(),
  unsupported: new Map(),
  seconds: 0,
  ...changes,
});

test('all rules passed: conformant', () => {
  expect(verdictOf(tally(['pass', 'pass']))).toBe('conformant');
});

test('some rules passed and the others are not supported: conformant', () => {
  expect(verdictOf(tally(['pass', 'unsupported', 'inapplicable']))).toBe('conformant');
});

test('a rule failed: broken', () => {
  expect(verdictOf(tally(['pass', 'fail', 'unsupported']))).toBe('broken');
  expect(verdictOf(tally(['fail']))).toBe('broken');
});

test('every call of a rule was declined: incomplete', () => {
  expect(verdictOf(tally(['pass', 'skipped']))).toBe('incomplete');
});

test('no rule was judged: incomplete', () => {
  expect(verdictOf(tally(['unsupported', 'unsupported']))).toBe('incomplete');
  expect(verdictOf(tally([]))).toBe('incomplete');
  expect(verdictOf(tally([], { chapters: [] }))).toBe('incomplete');
});

test('a planned call came to nothing: incomplete', () => {
  expect(verdictOf(tally(['pass'], { answered: 9 }))).toBe('incomplete');
  expect(verdictOf(tally(['pass'], { answered: 11 }))).toBe('incomplete');
  expect(verdictOf(tally(['pass'], { answered: 8, skipped: new Map([['slow', 1]]) }))).toBe('incomplete');
});

test('planned calls were answered or declined: conformant', () => {
  const skipped = new Map([
    ['slow', 1],
    ['dull', 2],
  ]);
  expect(verdictOf(tally(['pass'], { answered: 7, skipped }))).toBe('conformant');
});

test('where several hold, the adapter comes before incomplete, and incomplete before broken', () => {
  expect(verdictOf(tally(['fail', 'skipped'], { failure: 'it crashed', answered: 1 }))).toBe('adapter');
  expect(verdictOf(tally(['pass'], { failure: 'it crashed' }))).toBe('adapter');
  expect(verdictOf(tally(['fail', 'skipped']))).toBe('incomplete');
  expect(verdictOf(tally(['fail'], { answered: 9 }))).toBe('incomplete');
});

test('the exit codes are those of the command, each its own', () => {
  expect(exitCodes).toEqual({ conformant: 0, broken: 1, usage: 2, incomplete: 3, adapter: 4 });
});
