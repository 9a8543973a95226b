import { expect, test } from 'vitest';
import { newest, testWith } from '../../fixtures/present.ts';
import { packageRoot } from '../conformance/package.ts';
import { beside, type Beside } from './beside.ts';
import type { Figure } from './figure.ts';

const given = (more: Partial<Beside>): Beside => ({
  python: 'python3',
  rounds: 1,
  build: packageRoot(),
  slow: new Map(),
  tell: () => {},
  ...more,
});

testWith('CPython', newest, 'beside itself a build asks as many calls', async ({ executable }) => {
  const { calls } = await beside(['calls'], given({ python: executable }));
  const { ours, theirs, ...rest } = calls as Figure;
  expect(rest).toMatchObject({ figure: 1, aim: 'at most 0.333', reached: false });
  expect(ours).toEqual(theirs);
  expect(ours![0]).toBeGreaterThan(1000);
});

test('what cannot be measured says what is missing, and leaves the others', async () => {
  const results = await beside(
    ['graalpy', 'wine', 'calls'],
    given({ build: 'no-such-folder', slow: new Map([['wine', 'no-such-python']]) }),
  );
  expect(results).toEqual({
    graalpy: { absent: 'no graalpy was named: --slow graalpy=EXE' },
    wine: { absent: expect.stringContaining('ended with exit code 1') },
    calls: { absent: expect.stringContaining('no-such-folder') },
  });
});
