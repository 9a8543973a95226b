import { expect, test } from 'vitest';
import { raised } from './exceptions.ts';
import { Instance, live } from './objects.ts';
import { str } from './text.ts';
import { py, type Value } from './values.ts';

const made = (value: Value): Instance => {
  const instance = live(value, '17.0.0');
  if (instance instanceof Instance) return instance;
  throw new Error('no object');
};

test('what describes no object is itself', () => {
  const values = [null, true, 1n, str('a'), py.float(1), py.bytes('a'), py.list(1n), py.tuple()];
  for (const value of values) expect(live(value, '17.0.0')).toBe(value);
});

test('an object is of its class, and holds what its class is a subclass of', () => {
  const told = (value: Value): unknown[] => {
    const { kind, className, base } = made(value);
    return [kind, className, base];
  };
  expect(told(py.pathLike(str('a')))).toEqual(['instance', 'PathLike', undefined]);
  expect(told(py.object())).toEqual(['instance', 'Object', undefined]);
  expect(told(py.object({ is: 1n }))).toEqual(['instance', 'Object', 1n]);
});

test('a method that its class does not define gives nothing, and one that gives None gives that', () => {
  const object = made(py.object({ str: null, bool: true }));
  expect([object.call('str'), object.call('bool'), object.call('fspath')]).toEqual([null, true, undefined]);
  expect(made(py.pathLike(false)).call('fspath')).toBe(false);
});

test('a method that has several answers gives one after the other, and the last again', () => {
  const object = made(py.object({ str: py.sequence(1n, 2n, 3n) }));
  const ask = (): unknown => object.call('str');
  expect([ask(), ask(), ask(), ask(), ask()]).toEqual([1n, 2n, 3n, 3n, 3n]);
});

test('each object and each method counts on its own how often it is asked', () => {
  const value = py.object({ str: py.sequence(1n, 2n), bool: py.sequence(3n, 4n) });
  const [one, other] = [made(value), made(value)];
  expect([one.call('str'), one.call('str'), one.call('bool'), other.call('str')]).toEqual([1n, 2n, 3n, 1n]);
});

test('an object that a method gives is the same one each time, and counts on', () => {
  const giving = made(py.pathLike(py.object({ str: py.sequence(1n, 2n) })));
  const ask = (): unknown => (giving.call('fspath') as Instance).call('str');
  expect(giving.call('fspath')).toBe(giving.call('fspath'));
  expect([ask(), ask()]).toEqual([1n, 2n]);
});

test.each([
  [py.raises('OSError', 'gone'), 'OSError', 'gone'],
  [py.raises('OSError'), 'OSError', ''],
  // A KeyError shows the repr of its key.
  [py.raises('KeyError', 'a'), 'KeyError', "'a'"],
  [py.raises('KeyError'), 'KeyError', ''],
])('a method raises what it is told: %o', (answer, type, text) => {
  const object = made(py.pathLike(py.sequence(answer, 1n)));
  let thrown: unknown;
  try {
    object.call('fspath');
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toEqual(raised(type, text));
  expect(object.call('fspath')).toBe(1n);
});
