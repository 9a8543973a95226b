/* Compares the hash of a source with the interpreters present. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Interpreter } from '../../fixtures/interpreters.ts';
import { testEach } from '../../fixtures/present.ts';
import { compareVersions } from './releases.ts';
import { sourceHash, type Rounds } from './source-hash.ts';

const program = `
import _imp, json
keys = [0, 0x0a0d0df3, 0x7fffffff]
sources = [bytes(i * 7 % 256 for i in range(n)) for n in [*range(18), 255, 256, 257, 1000]]
hash = getattr(_imp, "source_hash", None)
print(json.dumps(hash and [[k, list(s), hash(k, s).hex()] for k in keys for s in sources]))
`;

testEach(
  'its hashes of sources are computed, which it has since 3.7',
  { andPypy: true },
  async (interpreter: Interpreter) => {
    const { executable, start, version, implementation } = interpreter;
    const rounds: Rounds =
      implementation === 'cpython' && compareVersions(version, [3, 11, 0]) >= 0 ? [1, 3] : [2, 4];
    const { stdout } = await promisify(execFile)(executable, [...start.slice(1), '-I', '-c', program]);
    const rows = JSON.parse(stdout) as Array<[number, number[], string]> | null;
    expect(rows !== null).toBe(compareVersions(version, [3, 7, 0]) >= 0);
    if (rows === null) return;
    const computed = rows.map(([key, source]) => hashOf(key, source, rounds));
    expect(computed).toEqual(rows.map(([, , hash]) => hash));
    expect(rows.length).toBeGreaterThan(60);
  },
);

function hashOf(key: number, source: readonly number[], rounds: Rounds): string {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt32LE(key, 2);
  return Buffer.from(sourceHash(bytes.subarray(2), Uint8Array.from(source), rounds)).toString('hex');
}

/** The results of CPython 3.10.13 and 3.13.0 for sources of this many bytes. */
test.each<readonly [bytes: number, older: string, newer: string]>([
  [1, '751ea5ffda3e7136', '05318eeb7e1c37f8'],
  [7, '570670d9d249f14a', 'f959c06604d59a7f'],
  [8, 'ea824f3f37ddec14', 'b7c53035617ed434'],
  [9, '2f449752a5d42a60', '4b0bd03642f1f687'],
  [300, 'f6ff94cb68067a4f', '1d748fa48a0217ca'],
])('the hashes of %d bytes', (length, older, newer) => {
  const source = Array.from({ length }, (_, i) => (i * 7) % 256);
  expect(hashOf(0x0a0d0df3, source, [2, 4])).toBe(older);
  expect(hashOf(0x0a0d0df3, source, [1, 3])).toBe(newer);
});

test('the hashes of nothing', () => {
  expect(hashOf(0, [], [2, 4])).toBe('d70077739d4b921e');
  expect(hashOf(0, [], [1, 3])).toBe('2c530c1562a7fbd1');
});
