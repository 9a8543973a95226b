/* Covers what no real file here has; src/cli/headers.test.ts asks the interpreters. */
import { expect, test } from 'vitest';
import { headerOf, magicOf, reading, type Reader, type Source } from './bytecode-header.ts';

const reader: Reader = {
  implementation: 'cpython',
  version: [3, 13, 0],
  format: { of: 'CPython 3.13', magic: 3571 },
};
const old: Reader = {
  implementation: 'cpython',
  version: [3, 6, 0],
  format: { of: 'CPython 3.6', magic: 3571 },
};
const source: Source = { mtime: 5n, size: 2n ** 32n + 7n, bytes: () => new Uint8Array() };
const file = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const magic = [3571 & 0xff, 3571 >> 8, 13, 10];

test('a size is compared modulo 2**32, a time since 3.7', () => {
  const fresh = file(...magic, 0, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0);
  expect(reading(fresh, reader, source)).toEqual({ isRead: true });
  expect(reading(fresh, reader, { ...source, mtime: 2n ** 32n + 5n })).toEqual({ isRead: true });
  const shorter = file(...magic, 5, 0, 0, 0, 7, 0, 0, 0);
  expect(reading(shorter, old, source)).toEqual({ isRead: true });
  expect(reading(shorter, old, { ...source, mtime: 2n ** 32n + 5n }).isRead).toBe(false);
});

test('a time that is no date is told in seconds', () => {
  const { remark } = reading(file(...magic, 0, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0, 0), old, {
    ...source,
    mtime: 10n ** 17n,
  });
  expect(remark).toBe(
    'it is stale: its source was modified at 100000000000000000 s, not at 1970-01-01T00:00:00Z',
  );
});

test('a magic number that nobody is known to have is told as it is', () => {
  expect(reading(file(1, 0, 13, 10), reader, source).remark).toBe(
    'its magic number is 1, of an unknown interpreter',
  );
  expect([magicOf(file(1, 2, 13, 10)), magicOf(file(1, 2, 13)), magicOf(file(1, 2, 10, 10))]).toEqual([
    0x201,
    undefined,
    undefined,
  ]);
});

test('a header is found in the middle of a buffer too', () => {
  const bytes = file(9, 9, ...magic, 1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8).subarray(2);
  expect(headerOf(bytes, reader)).toEqual({ magic: 3571, check: 'unchecked-hash', hash: '0102030405060708' });
});
