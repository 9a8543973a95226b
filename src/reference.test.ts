import { describe, expect, test } from 'vitest';
import { cacheFromSource } from './cache-from-source.ts';
import type { Onlooker } from './onlooker.ts';
import { PythonError } from './python/exceptions.ts';
import { plainState, type Interpreter } from './python/interpreter.ts';
import type { Call } from './python/call.ts';
import { Instance } from './python/objects.ts';
import { formatVersion, turningPoints } from './python/releases.ts';
import { str } from './python/text.ts';
import { answer, everyTarget, rulesThatDecide, trace, type Target } from './reference.ts';

const posix: Target = { version: [3, 14, 0], platform: 'posix' };
const win32: Target = { ...posix, platform: 'win32' };

const callOf = (path: string, target: Target, kwargs: Call['kwargs'] = []): Call => ({
  state: plainState(target.version, target.platform),
  args: [str(path)],
  kwargs,
});

test('every target is each turning point on each platform, once', () => {
  const named = everyTarget().map(({ version, platform }) => `${platform} ${formatVersion(version)}`);
  expect(named).toHaveLength(2 * turningPoints().length);
  expect(new Set(named).size).toBe(named.length);
  expect(named).toContain('win32 3.4.0');
  expect(named).toContain('posix 3.15.0');
});

describe('a trace', () => {
  test.each<readonly [path: string, Target, separator: number | undefined, dot: number | undefined]>([
    ['a.py', posix, undefined, 1],
    ['pkg/a.b.py', posix, 3, 7],
    ['/a', posix, 0, undefined],
    ['a.b/', posix, 3, undefined],
    ['', posix, undefined, undefined],
    ['.py', posix, undefined, 0],
    ['\u{1f600}/\u{1f600}.py', posix, 2, 5],
    [String.raw`b\a.py`, posix, undefined, 3],
    [String.raw`b\a.py`, win32, 1, 3],
    [String.raw`b\c/a.py`, win32, 3, 5],
    ['C:a.py', win32, undefined, 3],
    ['a.b.py', { version: [3, 4, 2], platform: 'posix' }, undefined, 1],
    ['a.b.py', { version: [3, 4, 3], platform: 'posix' }, undefined, 3],
  ])('of %j, %o, tells where it is cut', (path, target, separator, dot) => {
    const { separator: cutAtSeparator, dot: cutAtDot } = trace(callOf(path, target), target);
    expect([cutAtSeparator, cutAtDot]).toEqual([separator, dot]);
  });

  test('tells no cut where it does not come to that', () => {
    const { separator, dot, outcome } = trace({ ...callOf('', posix), args: [1n] }, posix);
    expect([separator, dot, outcome.kind]).toEqual([undefined, undefined, 'raise']);
  });

  test('tells the outcome, with its warnings, as answer does', () => {
    const call = callOf('/b/a.py', posix, [['debug_override', false]]);
    const { outcome } = trace(call, posix);
    expect(outcome).toEqual(answer(call, posix));
    expect(outcome).toMatchObject({ kind: 'return', warnings: [{ category: 'DeprecationWarning' }] });
  });

  test('tells each rule once, in the order of the steps', () => {
    const { rules } = trace(callOf('b/a.py', posix, [['optimization', 2n]]), posix);
    expect(new Set(rules).size).toBe(rules.length);
    const order = [
      'path-splits-at-last-separator',
      'opt-text-becomes-segment',
      'path-cache-folder-beside-source',
    ];
    expect(rules.filter((id) => order.includes(id))).toEqual(order);
    expect(rulesThatDecide(callOf('b/a.py', posix, [['optimization', 2n]]), posix)).toEqual(rules);
  });

  test('tells a rule only where its condition holds', () => {
    const decide = (path: string): readonly string[] => rulesThatDecide(callOf(path, posix), posix);
    expect(decide('b//a.py')).toContain('path-slashes-before-name-collapse');
    expect(decide('b/a.py')).not.toContain('path-slashes-before-name-collapse');
  });
});

test('an answer leaves how errors are traced as it was, whatever it is', () => {
  const { stackTraceLimit } = Error;
  expect(stackTraceLimit).toBeGreaterThan(0);
  const listening = (): never => {
    throw new RangeError('not of Python');
  };
  answer(callOf('a.py', posix), posix);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  answer({ ...callOf('', posix), args: [1n] }, posix);
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  expect(() => answer(callOf('a.py', posix), posix, listening)).toThrow(new RangeError('not of Python'));
  expect(Error.stackTraceLimit).toBe(stackTraceLimit);
});

test('before 3.5 both parameters have a name', () => {
  const old = { version: [3, 4, 0], platform: 'posix' } as const;
  const kwargs = [['debug_override', false] as const, ['path', str('b.py')] as const];
  const value = str('__pycache__/b.cpython-34.pyo');
  const call = { args: [], kwargs, state: plainState(old.version) };
  expect(answer(call, old)).toEqual({ kind: 'return', value, warnings: [] });
});

test.each([
  [new PythonError('OSError', ''), true],
  [new RangeError('not of Python'), false],
])('a rule tells of what a method raises, where that is of Python: %s, %s', (error, ofPython) => {
  const failing = (): never => {
    throw error;
  };
  const override = new Instance('Object', undefined, new Map([['bool', failing]]));
  const interpreter: Interpreter = { ...plainState(posix.version), ...posix };
  const cited: string[] = [];
  const onlooker: Onlooker = { cite: (rule) => cited.push(rule), warn: () => {} };
  expect(() => cacheFromSource([str('b'), override], [], interpreter, onlooker)).toThrow(error);
  expect(cited.includes('debug-truth-error-passes-through')).toBe(ofPython);
});
