import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specFolder } from '../../src/conformance/chapters.ts';
import { callText } from '../../src/conformance/codec.ts';
import { releaseOf } from '../../src/python/releases.ts';
import { str } from '../../src/python/text.ts';
import { everyTarget } from '../../src/reference.ts';
import { properties, type Scope } from '../index.ts';
import { listsUpTo, textsUpTo } from './small.ts';

const scopes = everyTarget().map(({ version, platform }): Scope => ({
  release: releaseOf(version),
  platform,
  fixed: {},
}));

test('every text is there, the shorter ones first, each once', () => {
  expect(textsUpTo(['/', 'a'], 2)).toEqual(['', '/', 'a', '//', '/a', 'a/', 'aa'].map(str));
});

test('no call is asked twice in a run', () => {
  for (const scope of scopes) {
    const texts = properties.flatMap(({ small }) => small(scope)).map(callText);
    expect(new Set(texts).size).toBe(texts.length);
  }
});

test('the law of directories has every short row of parts', () => {
  const rows = listsUpTo(['', '.', '..', 'b'].map(str), 3);
  const law = properties
    .flatMap(({ laws }) => laws)
    .find(({ rule }) => rule === 'path-directory-is-not-normalized')!;
  const asked = law.always(scopes[0]!).flatMap(({ calls }) => calls.map(({ args }) => args[0]));
  expect(asked).toEqual(rows.map((row) => str([...row.map(({ units }) => units), 'a', 'a.py'].join('/'))));
  expect(readFileSync(join(specFolder(), '2-path.md'), 'utf8')).toContain(`: ${rows.length} directories.`);
});

/** The number of exhaustive calls that a chapter states: the numbers in parentheses. */
const told = (chapter: string): number => {
  const markdown = readFileSync(join(specFolder(), `${chapter}.md`), 'utf8');
  const line = /^Small inputs are tested exhaustively: (.+)$/m.exec(markdown)?.[1] ?? '';
  const counts = [...line.matchAll(/\(([\d,]+) (?:calls|paths|texts|overrides|pairs)\)/g)].map(([, count]) =>
    Number(count!.replace(',', '')),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

test.each(properties.filter(({ small }) => scopes.some((scope) => small(scope).length > 0)))(
  'chapter $chapter says how many',
  ({ chapter, small }) => {
    const counts = new Set(scopes.map((scope) => small(scope).length));
    counts.delete(0);
    // Releases without a prefix have fewer.
    expect(Math.max(...counts)).toBe(told(chapter));
  },
);

test('a chapter that asks none says nothing of it', () => {
  const silent = properties.filter(({ small }) => scopes.every((scope) => small(scope).length === 0));
  expect(silent.length).toBeGreaterThan(0);
  expect(silent.map(({ chapter }) => told(chapter))).toEqual(silent.map(() => 0));
});
