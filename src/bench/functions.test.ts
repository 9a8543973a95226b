import { expect } from 'vitest';
import { newest, testWith } from '../../fixtures/present.ts';
import { asLines, openFunctions } from './functions.ts';

const env = { cache_tag: 'cpython-312', optimize: 0, pycache_prefix: null, cwd: '/w' };
/**
 * Two in each thousand raise in every release, one of each function. Objects whose answers change do so once in each
 * pass.
 */
const calls = asLines(
  Array.from({ length: 2500 }, (_, i) =>
    i % 1000 === 7
      ? { env: { ...env, cache_tag: null }, args: ['a.py'] }
      : i % 1000 === 9
        ? { function: 'source_from_cache', env, args: ['a.py'] }
        : { env, args: [i % 2 === 0 ? `a${i}.py` : { path: { sequence: ['b.py', { raise: 'OSError' }] } }] },
  ),
);

testWith(
  'CPython',
  newest,
  'both functions are timed, on calls at which they do the same',
  async (python) => {
    const functions = await openFunctions(python.executable, { version: python.version, platform: 'posix' });
    for (let pass = 0; pass < 2; pass++) {
      const { reference, own } = await functions.compare(calls);
      expect(reference).toBeGreaterThan(0);
      expect(Number.isFinite(own)).toBe(true);
    }
    await functions.close();
  },
);

testWith('CPython', newest, 'what raises for one of them only is told of', async (python) => {
  const functions = await openFunctions(python.executable, { version: [3, 4, 0], platform: 'posix' });
  const call = { env, args: ['a.py'], kwargs: { optimization: 1 } };
  await expect(functions.compare(asLines([call]))).rejects.toThrow(
    'the reference raised at 1 calls, and Python at 0',
  );
  await functions.close();
});
