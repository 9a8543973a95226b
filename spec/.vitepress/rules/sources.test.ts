import { describe, expect, test } from 'vitest';
import { readChapters } from '../../../src/conformance/chapters.ts';
import { readEvidence } from '../../../src/conformance/evidence.ts';
import { lawOf, readMutant } from './sources.ts';

const rules = readChapters().flatMap((chapter) => chapter.rules);

describe('the law of a rule', () => {
  test.each(rules)('$id: one whole element of the list, at its place', (rule) => {
    const { law } = lawOf(rule);
    const lines = law.text.split('\n').filter((line) => !line.startsWith('//'));
    // A law starts and ends at the margin, possibly on one line.
    expect(lines[0]).toMatch(/^\w+(?:<.+>)?\(/);
    expect(lines.at(-1)).toMatch(lines.length === 1 ? /\),$/ : /^[)}\]]*\)+,$/);
    expect(lines.slice(1, -1).filter((line) => /^[^\s)}\]]/.test(line))).toEqual([]);
    expect(law.text).toContain(`'${rule.id}'`);
  });

  test('no two are the same', () => {
    expect(new Set(rules.map((rule) => lawOf(rule).law.line + rule.chapter)).size).toBe(rules.length);
  });

  test('comes with what it uses of its file, and with nothing else', () => {
    const { uses } = lawOf(rules.find(({ id }) => id === 'path-root-is-lost')!);
    expect(uses.map(({ text }) => /\b(?:const|function) (\w+)/.exec(text)?.[1])).toEqual([
      'tagDot',
      'plainLettersFor',
      'pathLaw',
    ]);
    expect(uses[0]!.text).toMatch(/^\/\*\* The tag, and the dot .*\nconst tagDot/);
  });
});

test('every mutant says what is wrong with it', () => {
  const names = new Set([...readEvidence().mutants.values()].flat());
  expect(names.size).toBeGreaterThan(100);
  for (const name of names) expect(readMutant(name).wrong).toMatch(/^[A-Z].*\.$/);
});
