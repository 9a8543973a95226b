import { expect, test } from 'vitest';
import { live, type Instance } from './objects.ts';
import { str } from './text.ts';
import { py } from './values.ts';

test('a method that has several answers gives one after the other, and the last again', () => {
  const object = live(py.object({ str: py.sequence(1n, 2n, 3n) }), '17.0.0') as Instance;
  const ask = object.method('str')!;
  expect([ask(), ask(), ask(), ask(), ask()]).toEqual([1n, 2n, 3n, 3n, 3n]);
});

test('each object counts on its own how often it is asked', () => {
  const value = py.pathLike(py.sequence(str('a'), str('b')));
  const [one, other] = [live(value, '17.0.0') as Instance, live(value, '17.0.0') as Instance];
  expect([one.method('fspath')!(), one.method('fspath')!(), other.method('fspath')!()]).toEqual([
    str('a'),
    str('b'),
    str('a'),
  ]);
});
