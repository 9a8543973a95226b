import { expect, test } from 'vitest';
import { str } from '../../python/text.ts';
import { fits, nearestFitting } from './paths.ts';

test.each([
  [String.raw`C:\a\b.py`, true],
  [String.raw`C:\a/b.py`, false],
  ['a/b.py', false],
  [String.raw`..\a.py`, true],
  [String.raw`C:/a.py`, false],
  [String.raw`\\host\share\a.py`, true],
])('on Windows normpath leaves %j as it is: %j', (path, isNormal) => {
  expect(fits(str(path), { normalized: true }, 'win32')).toBe(isNormal);
  const near = nearestFitting(str(path), { normalized: true }, 'win32', 0)!;
  expect(fits(near, { normalized: true }, 'win32')).toBe(true);
});
