import { expect, test } from 'vitest';
import { checkProcess, expectSound, misbehaving } from '../subjects/testing.ts';

const selection = {};

test('an adapter that ends at a call outside its domain does not end', async () => {
  const checked = await checkProcess(misbehaving('within.mjs'), { selection });
  expect(checked.problems).toEqual([]);
  expect(checked.verdict).toBe('conformant');
  expectSound(checked);
});

test('nor does it while a fault is made smaller', async () => {
  const checked = await checkProcess(misbehaving('within.mjs', 'wrong'), { selection });
  expect(checked.problems).toEqual([]);
  expect(checked.verdict).toBe('broken');
  expect(checked.tally.failures.map(({ rule }) => rule)).toEqual(['opt-text-becomes-segment']);
  expectSound(checked);
});
