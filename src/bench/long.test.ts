import { expect, test } from 'vitest';
import { powersUpTo } from './long.ts';

test('checks are ten times as long each, and the last is as long as it was asked for', () => {
  expect(powersUpTo(10)).toEqual([10]);
  expect(powersUpTo(1000)).toEqual([10, 100, 1000]);
  expect(powersUpTo(2500)).toEqual([10, 100, 1000, 2500]);
});
