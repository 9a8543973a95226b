import { expect, test } from 'vitest';
import { EncodingError } from './codec.ts';
import { fileOf, nameOf, readCounterexample, writeCounterexample } from './counterexample.ts';
import { callOf, failure, rules, start, subject } from './reports/testing.ts';

const [rule] = rules;
const found = failure(rule!, { calls: [callOf({ str: [0xe4, 0xd800] })] });
const text = writeCounterexample(fileOf(found, start(), subject()));

test('what is written is read again, with all that it needs to be found again', () => {
  const file = readCounterexample(text);
  const {
    type: _type,
    explains: _explains,
    of: _of,
    touches: _touches,
    known: _known,
    ...counterexample
  } = found;
  expect(file).toEqual({
    format: 'pycache-spec counterexample 2',
    suite: '1.2.3',
    seed: 42,
    runs: 100,
    subject: {
      implementation: { name: 'cpython', version: '3.13.0' },
      python: '3.13.0',
      platform: 'posix',
      target: '3.13.0',
    },
    ...counterexample,
  });
  expect(text).toMatch(/^[\n -~]*$/);
});

test('it tells to which release the run was asked to hold the subject', () => {
  const held = writeCounterexample(fileOf(found, start({ heldTo: '3.14.1' }), subject()));
  expect(readCounterexample(held).heldTo).toBe('3.14.1');
  expect(readCounterexample(text)).not.toHaveProperty('heldTo');
});

test('the same failure has the same name, another another', () => {
  expect(nameOf(found)).toMatch(/^path-first-[0-9a-f]{8}\.json$/);
  expect(nameOf({ ...found, whatever: ['level'], parts: ['stem'] })).toBe(nameOf(found));
  expect(nameOf({ ...found, outcomes: [{ return: 'other.pyc' }] })).not.toBe(nameOf(found));
  expect(nameOf({ ...found, calls: [callOf('b.py')] })).not.toBe(nameOf(found));
});

const changed = (changes: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(text) as object), ...changes });

test.each<readonly [string, string, RegExp]>([
  ['cut off', text.slice(0, -40), /^it is not JSON: /],
  ['a list', '[]', /^a counterexample cannot be \[\]$/],
  ['a report', '{"type":"start"}', /^its "format" is not "pycache-spec counterexample 2"$/],
  ['of another format', changed({ format: 'pycache-spec counterexample 1' }), /^its "format" is not /],
  ['without calls', changed({ calls: [] }), /^it has no list of "calls"$/],
  ['with a call that is none', changed({ calls: [{ args: [] }] }), /^a call's env cannot be missing$/],
  ['without outcomes', changed({ outcomes: 1 }), /^it has no lists of "outcomes" and "expected"$/],
  [
    'about a call that it lacks',
    changed({ failed: 1 }),
    /^its "failed" is not the place of one of its calls$/,
  ],
  ['without a rule', changed({ rule: null }), /^it has no "rule"$/],
])('a file that is %s is refused', (_, json, problem) => {
  expect(() => readCounterexample(json)).toThrow(EncodingError);
  expect(() => readCounterexample(json)).toThrow(problem);
});
