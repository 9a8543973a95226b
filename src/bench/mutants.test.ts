import { expect, test } from 'vitest';
import { newest, testWith } from '../../fixtures/present.ts';
import { chase, chaseTable, missesOf, readMutants, type Chase } from './mutants.ts';

const mutants = readMutants();
const chaseOf = (index: number, fixed: number | undefined, ...drawn: Array<number | undefined>): Chase => ({
  mutant: mutants[index]!,
  fixed,
  hunts: drawn.map((calls) => ({ inRun: fixed ?? calls, drawn: calls })),
});

test('mutants are read with what they say of themselves', () => {
  expect(mutants.length).toBeGreaterThan(200);
  expect(mutants.find(({ name }) => name === 'max-path')).toMatchObject({
    breaks: ['windows-long-paths-raise'],
    look: undefined,
    python: undefined,
    platform: 'win32',
  });
  expect(mutants.find(({ name }) => name === 'dot-gets-a-dot')).toMatchObject({
    look: undefined,
    platform: 'posix',
  });
  expect(mutants.find(({ name }) => name === 'prefix-too-early')!.python).toBe('3.7.0');
});

const chases = [chaseOf(0, 12, 5, 7, 9), chaseOf(1, undefined, 10, undefined, 2000), chaseOf(2, 8, 1, 1, 1)];

test('the slowest by drawn inputs stands first, and a seed that misses counts as the slowest', () => {
  const [head, ...rows] = chaseTable(chases).split('\n');
  expect(head).toMatch(/^mutant +in a run/);
  expect(rows.map((row) => row.split(/ {2,}/))).toEqual([
    [mutants[1]!.name, '2,000', 'missed', '-', '2,000', 'missed', '1 of 3'],
    [mutants[0]!.name, '12', '12', '12', '7', '9', '0 of 3'],
    [mutants[2]!.name, '8', '8', '8', '1', '1', '0 of 3'],
  ]);
});

test('misses are counted over all hunts: of runs as they are, and by drawn inputs alone', () => {
  expect(missesOf(chases)).toEqual({ hunts: 9, inRun: 1, drawn: 1 });
  expect(missesOf([chaseOf(0, 3, undefined, 1)])).toEqual({ hunts: 2, inRun: 0, drawn: 1 });
});

testWith('CPython', newest, 'mutants are looked for, but those of other releases', async ({ executable }) => {
  const named = (name: string) => mutants.find((one) => one.name === name)!;
  const early = { ...named('dot-alone-dropped'), python: '3.6.0' };
  const found = await chase(executable, 2, [named('pyo-suffix'), early, named('pyw-told-apart')]);
  expect(found.map(({ mutant }) => mutant.name)).toEqual(['pyo-suffix', 'pyw-told-apart']);
  const [always, drawn] = found as [Chase, Chase];
  expect([always.fixed, drawn.fixed]).toEqual([expect.any(Number), undefined]);
  for (const { inRun, drawn: alone } of drawn.hunts) expect(inRun).toBeGreaterThan(alone!);
  expect(always.hunts.map(({ inRun }) => inRun! <= always.fixed!)).toEqual([true, true]);
});
