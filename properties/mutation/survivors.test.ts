/* Tests the list that `npm run mutate` uses. Only that command shows that nothing else survives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/conformance/package.ts';

type Survivor = { readonly name: string; readonly why: string };
type Location = Record<'start' | 'end', { readonly line: number; readonly column: number }>;

const folder = join(packageRoot(), 'properties', 'mutation');
const { mutated, namesOf, readSurvivors } = (await import(join(folder, 'survivors.mjs'))) as {
  mutated: (file: string, mutator: string, source: string, at: Location, replacement: string) => string;
  namesOf: (names: readonly string[]) => string[];
  readSurvivors: (text: string) => Survivor[];
};

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

test.each(readSurvivors(readFileSync(join(folder, 'survivors.txt'), 'utf8')))(
  'what is said to survive can be made: $name',
  ({ name, why }) => {
    const [file, , before] = name.split('  ');
    expect(inOneLine(readFileSync(join(packageRoot(), file!), 'utf8'))).toContain(before);
    expect(why).toMatch(/^[A-Z].*\.$/);
  },
);

test('a change is called by what it changes, wherever that stands', () => {
  const at = { start: { line: 2, column: 8 }, end: { line: 3, column: 5 } };
  const name = 'a.ts  Block  { c;  ->  {}';
  expect(mutated('a.ts', 'Block', 'x\nif (b) {\n  c;\n', at, '{}')).toBe(name);
  expect(namesOf([name, 'b', name])).toEqual([name, 'b', `${name}  (2)`]);
});

describe('a list', () => {
  test('gives a reason for the changes that follow it', () => {
    expect(readSurvivors('One\nreason.\n    a\n    b\n\nAnother.\n    c\n')).toEqual([
      { name: 'a', why: 'One reason.' },
      { name: 'b', why: 'One reason.' },
      { name: 'c', why: 'Another.' },
    ]);
  });

  test.each([
    ['    a\n', 'survivors.txt gives no reason for: a'],
    ['Why.\n    a\nWhy not.\n    a\n', 'survivors.txt names this twice: a'],
  ])('is refused: %j', (text, message) => expect(() => readSurvivors(text)).toThrow(new Error(message)));
});
