import { describe, expect, test } from 'vitest';
import type { Call, Outcome } from '../python/call.ts';
import { plainState } from '../python/interpreter.ts';
import { str } from '../python/text.ts';
import { py } from '../python/values.ts';
import { answer } from '../reference.ts';
import { features, type Feature } from './features.ts';
import { holds, judge } from './judge.ts';
import { target } from './testing.ts';

const call: Call = { state: plainState(target.version), args: [str('a.py')], kwargs: [] };
const right = answer(call, target);
const raising: Call = { ...call, kwargs: [['optimization', str('_')]] };
const every: ReadonlySet<Feature> = new Set(features);
const without = (...some: readonly Feature[]): ReadonlySet<Feature> =>
  new Set(features.filter((one) => !some.includes(one)));

/** The differing parts, in the order in which they are reported; undefined if the outcome is right. */
function parts(outcome: Outcome, supports = every, of = call): string | undefined {
  const difference = judge(of, outcome, target, supports);
  expect(holds(of, outcome, target, supports)).toBe(difference === undefined);
  return difference && [...difference.parts].join();
}

describe('an outcome', () => {
  test('holds where it is what the reference answers, and nowhere else', () => {
    expect(parts(right)).toBe(undefined);
    expect(parts({ kind: 'return', value: str('__pycache__/a.cpython-313.pyc'), warnings: [] })).toBe('tag');
    expect(parts({ kind: 'return', value: null, warnings: [] })).toBe('class');
    expect(parts({ kind: 'raise', type: 'ValueError', message: str(''), warnings: [] })).toBe('kind');
    expect(parts({ ...right, warnings: [{ category: 'UserWarning' }] })).toBe('warnings');
  });

  test('that raises is of another type, or says something else', () => {
    const { kind, ...expected } = answer(raising, target) as Extract<Outcome, { kind: 'raise' }>;
    expect(parts({ kind, ...expected }, every, raising)).toBe(undefined);
    expect(parts({ kind, ...expected, type: 'TypeError' }, every, raising)).toBe('type');
    expect(parts({ kind, ...expected, message: str('?') }, every, raising)).toBe('message');
    expect(parts(right, every, raising)).toBe('kind');
  });

  test('may say anything where the message is that of whichever step fails', () => {
    const bytes: Call = { ...call, args: [py.bytes('a.py')] };
    const { kind, ...expected } = answer(bytes, target) as Extract<Outcome, { kind: 'raise' }>;
    expect(expected.message?.units).toBe("argument should be integer or bytes-like object, not 'str'");
    expect(parts({ kind, ...expected, message: str('?') }, every, bytes)).toBe(undefined);
    expect(parts({ kind, ...expected, type: 'ValueError' }, every, bytes)).toBe('type');
    expect(parts(right, every, bytes)).toBe('kind');
    expect(parts({ kind, ...expected, warnings: [{ category: 'UserWarning' }] }, every, bytes)).toBe(
      'warnings',
    );
  });

  test('is compared in what the subject claims to tell alone', () => {
    const { warnings, ...untold } = right;
    expect(warnings).toEqual([]);
    expect(parts(untold)).toBe(undefined);
    expect(parts({ ...right, warnings: [{ category: 'UserWarning' }] }, without('warnings'))).toBe(undefined);
    const bare: Outcome = { kind: 'raise', type: 'ValueError' };
    expect(parts(bare, without('messages'), raising)).toBe(undefined);
    expect(parts(bare, every, raising)).toBe('message');
  });
});
