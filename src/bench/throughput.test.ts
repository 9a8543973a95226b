import { expect, test } from 'vitest';
import type { Json } from '../conformance/codec.ts';
import { evenly, isPlain } from './throughput.ts';

test('a sample is taken evenly from all, and is all where they are few', () => {
  const all = Array.from({ length: 10 }, (_, i) => i);
  expect(evenly(all, 5)).toEqual([0, 2, 4, 6, 8]);
  expect(evenly(all, 3)).toHaveLength(3);
  expect(evenly(all, 10)).toEqual(all);
  expect(evenly(all, 50)).toEqual(all);
});

const env = { cache_tag: 'cpython-312', optimize: 0, pycache_prefix: null, cwd: '/w' };
const plain = (changes: Record<string, Json>, state: Record<string, Json> = {}): boolean =>
  isPlain(
    { env: { ...env, ...state }, args: ['a.py'], ...changes },
    { version: [3, 12, 1], platform: 'posix' },
  );

test('a call is plain that has a str alone, and the state of an interpreter as it comes', () => {
  expect(plain({})).toBe(true);
  expect(plain({}, { cwd: '/elsewhere' })).toBe(true);
  expect(plain({ args: [{ path: 'a.py' }] })).toBe(false);
  expect(plain({ args: [{ str: [0xd800] }] })).toBe(false);
  expect(plain({ args: ['a.py', true] })).toBe(false);
  expect(plain({ args: [] })).toBe(false);
  expect(plain({ function: 'source_from_cache' })).toBe(false);
  expect(plain({ kwargs: { optimization: 2 } })).toBe(false);
  for (const state of [
    { cache_tag: 'cpython-313' },
    { cache_tag: null },
    { optimize: 1 },
    { pycache_prefix: '' },
  ]) {
    expect(plain({}, state)).toBe(false);
  }
});
