/* Every wrong Python of the folder mutants is caught by a default run, under each rule that it says it breaks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { expect, test } from 'vitest';
import { adapterFile } from '../fixtures/ask.ts';
import { checkCommand, type Checked } from '../fixtures/check.ts';
import { newest, testWith } from '../fixtures/present.ts';
import { readChapters } from '../src/conformance/chapters.ts';
import { packageRoot } from '../src/conformance/package.ts';

const folder = join(packageRoot(), 'properties', 'mutants');
const chapters = readChapters();
const ids = new Set(chapters.flatMap(({ rules }) => rules.map(({ id }) => id)));

const mutants = readdirSync(folder)
  .filter((file) => file.endsWith('.py') && file !== 'correct.py' && file !== 'run.py')
  .map((file) => {
    const breaks = /^Breaks: (.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1]?.split(', ') ?? [];
    return { name: parse(file).name, file: join(folder, file), breaks };
  });

test('each mutant names rules that exist', () => {
  for (const { name, breaks } of mutants) {
    expect(breaks.length, name).toBeGreaterThan(0);
    expect(
      breaks.filter((id) => !ids.has(id)),
      name,
    ).toEqual([]);
  }
});

test('each rule has a mutant', () => {
  const broken = new Set(mutants.flatMap(({ breaks }) => breaks));
  expect([...ids].filter((id) => !broken.has(id))).toEqual([]);
});

/** Checks the mutant as the command would. */
const check = (python: string, mutant: string): Promise<Checked> =>
  checkCommand([python, join(folder, 'run.py'), mutant, adapterFile()], 1);

testWith('CPython', newest, 'the correct function in Python is conformant', async ({ executable }) => {
  expect((await check(executable, join(folder, 'correct.py'))).verdict).toBe('conformant');
});

for (const { name, file, breaks } of mutants) {
  testWith(
    'CPython',
    newest,
    `the mutant ${name} is caught by ${breaks.join(', ')}`,
    async ({ executable }) => {
      const { verdict, found } = await check(executable, file);
      expect(verdict).toBe('broken');
      expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(breaks));
      // One that remembers what it was asked before is not steady.
      if (name !== 'lru-cached') expect(found.filter(({ flaky }) => flaky)).toEqual([]);
    },
  );
}
