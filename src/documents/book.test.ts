/* Tests that the pages that collect rules, and the outputs that pages show, agree with the chapters and the tables. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseChapter, readChapters, type Rule } from '../conformance/chapters.ts';
import { decodeCall, type Json } from '../conformance/codec.ts';
import { features } from '../conformance/features.ts';
import { packageRoot } from '../conformance/package.ts';
import { sameOutcome } from '../python/compare.ts';
import {
  changes,
  compareVersions,
  formatVersion,
  knownSeries,
  parseVersion,
  releaseOf,
  type Change,
  type Since,
  type Version,
} from '../python/releases.ts';
import { answer } from '../reference.ts';
import { documentOf, documents } from './testing.ts';

const rules = readChapters().flatMap((chapter) => chapter.rules);
const ruleOf = (id: string): Rule => rules.find((rule) => rule.id === id)!;
const linkTo = ({ id, chapter }: Rule): string => `[${id}](${chapter}.md#${id})`;

describe('the quirks', () => {
  const { text, links } = documentOf('spec/quirks.md');
  /** A rule, what happens, and what one would expect. */
  const rows = [...text.matchAll(/^- \[([a-z-]+)\]\(\S+\): (.+) \*Expected:\* .+\.$/gm)];

  test('are those of the chapters, each in one line', () => {
    const quirks = rules.filter((rule) => rule.quirk !== undefined).map(({ id }) => id);
    expect(rows.map(([, id]) => id!).toSorted()).toEqual(quirks.toSorted());
    expect(links.filter((link) => /^\d+-/.test(link))).toHaveLength(quirks.length);
  });

  test.each(rows.map(([, id, happens]) => ({ id: id!, happens: happens! })))(
    '$id: the paths that it is said to give are results of its examples',
    ({ id, happens }) => {
      const results = ruleOf(id).examples.flatMap(({ side, outcome }) =>
        side === 'for' && outcome.kind === 'return' ? [outcome.value] : [],
      );
      const texts = new Set(
        results.map((value) =>
          value !== null && typeof value === 'object' && value.kind === 'str' ? value.units : '',
        ),
      );
      const shown = [...happens.matchAll(/`([^`]+\.pyc)`/g)].map(([, path]) => path!);
      // The path in the call may also be a bytecode path.
      const called = /^`([^`]+)` (?:becomes|raises) /.exec(happens)?.[1];
      expect(shown.filter((path) => path !== called && !texts.has(path))).toEqual([]);
    },
  );

  test('come with what to do about them, for a caller and for an implementer', () => {
    const sections = text.split(/^## /m).slice(1);
    expect(sections.length).toBeGreaterThan(5);
    for (const section of sections) {
      expect(section).toMatch(/^\*\*As a caller\*\*, /m);
      expect(section).toMatch(/^\*\*As an implementer\*\*, /m);
    }
  });
});

describe('the history', () => {
  const { text } = documentOf('spec/history.md');
  const paragraphs = text.trimEnd().split('\n\n');
  const headings = paragraphs.map((one) => /^### ([\d.]+)$/.exec(one)?.[1]);
  /** The paragraphs that start with the names of changes, with the release that each is about. */
  const entries = paragraphs.flatMap((paragraph, at) => {
    const names = /^((?:`[a-z-]+`(?:, )?)+): /.exec(paragraph)?.[1];
    if (names === undefined) return [];
    const version = headings.slice(0, at).findLast((one) => one !== undefined)!;
    return [{ at, version, named: [...names.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name as Change) }];
  });
  /** Whether the paragraph is about the first release with one of these changes. */
  const isFirst = ({ version, named }: (typeof entries)[number]): boolean =>
    named.some((name) => version === formatVersion(changes[name][0] as Version));

  test('tells each change with the releases of the table', () => {
    const told = entries.flatMap(({ version, named }) => named.map((name) => `${version} ${name}`));
    const made = Object.entries<Since>(changes).flatMap(([name, since]) =>
      since.map((version) => `${formatVersion(version)} ${name}`),
    );
    expect(told.toSorted()).toEqual(made.toSorted());
  });

  test('has a section for each series, with its Unicode, in which its releases stand in order', () => {
    const sections = text.split(/^## Python /m).slice(1);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(knownSeries);
    for (const [i, section] of sections.entries()) {
      const first = parseVersion(knownSeries[i]!)!;
      expect(section).toContain(`\n\nUnicode ${releaseOf(first).unicode}.`);
      const releases = [...section.matchAll(/^### ([\d.]+)$/gm)].map(([, one]) => parseVersion(one!)!);
      expect(releases).toEqual(releases.toSorted(compareVersions));
      expect(releases.filter(([, minor]) => minor !== first[1])).toEqual([]);
    }
  });

  test('says of each change, where it is told first, what it means for whoever upgrades', () => {
    const first = entries.filter(isFirst);
    expect(first.length).toBeGreaterThan(10);
    for (const { at } of first) expect(paragraphs[at + 1]).toMatch(/^\*\*When you upgrade:\*\* .+\.$/);
  });

  /** A list of the rules whose bound is one of these changes, collapsed if it is long. */
  function bounded(named: readonly Change[], bound: 'since' | 'before', word: string): string[] {
    const own = rules.filter(
      (rule) => rule[bound] !== undefined && named.some((name) => isSame(rule[bound]!, changes[name])),
    );
    if (own.length === 0) return [];
    const list = own.map((rule) => `- ${linkTo(rule)}`).join('\n');
    return own.length > 6
      ? [`<details>\n<summary>${own.length} rules ${word}</summary>`, list, '</details>']
      : [`Rules that ${word}:`, list];
  }
  const isSame = (a: Since, b: Since): boolean => a.map(formatVersion).join() === b.map(formatVersion).join();

  /** The page with the rules that start or end with each change, below the first paragraph about the change. */
  function withRules(): string {
    const isListed = (paragraph: string): boolean => /^(?:- |<|Rules that )/.test(paragraph);
    const told = paragraphs.map((paragraph, at) => {
      if (isListed(paragraph)) return [];
      const entry = entries.find((one) => one.at === at - 1);
      return entry === undefined || !isFirst(entry)
        ? [paragraph]
        : [paragraph, ...bounded(entry.named, 'since', 'begin'), ...bounded(entry.named, 'before', 'end')];
    });
    return `${told.flat().join('\n\n')}\n`;
  }

  test('names the rules that begin and end with each change (-u writes them)', async () => {
    const page = withRules();
    await expect(page).toMatchFileSnapshot(join(packageRoot(), 'spec/history.md'));
    for (const { id } of rules.filter((rule) => rule.before !== undefined)) expect(page).toContain(`#${id})`);
  });
});

describe('the front page', () => {
  const { text } = documentOf('spec/README.md');

  test.each<readonly [question: RegExp, rule: string, answer: RegExp]>([
    [/What does `optimization=True` give\?/, 'opt-bool-by-name', /`\.opt-True`/],
    [/Since when are path-like objects accepted\?/, 'like-fspath-gives-the-path', /Python 3\.6\./],
    [/and can I rely on it\?/, 'path-root-is-lost', /no document promises it/],
    [/Can the cache tag be empty\?/, 'tag-may-be-empty', /Yes/],
  ])('answers %s', (question, rule, answer) => {
    const row = text.split('\n').find((line) => question.test(line));
    expect(row).toMatch(answer);
    expect(row).toContain(linkTo(ruleOf(rule)));
  });

  test('says of rules what they say of themselves', () => {
    expect(ruleOf('like-fspath-gives-the-path').since).toEqual([[3, 6, 0]]);
    expect(ruleOf('path-root-is-lost').level).toBe('observed');
    expect(ruleOf('debug-override-warns').since).toEqual([[3, 5, 0]]);
    expect(ruleOf('call-debug-override-is-gone').since).toEqual([[3, 15, 0]]);
  });
});

test('the page for implementers names every feature', () => {
  const { text } = documentOf('spec/implementers.md');
  const table = /^## What the features mean\n(.*?)^## /ms.exec(text)![1]!;
  const named = table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => [...line.split('|')[2]!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
  expect(named.toSorted()).toEqual(features.toSorted());
});

describe('the examples outside the chapters', () => {
  const blocks = documents
    .filter(({ file }) => !/^spec\/\d/.test(file))
    .flatMap(({ file, blocks }) =>
      blocks
        .filter(({ info, text }) => info === 'python' && text.startsWith('>>> '))
        .map(({ text }) => ({ file, text })),
    );

  test.each(blocks)('$file: $text', ({ text }) => {
    // A temporary chapter, so that its examples are read like those of any other.
    const { rules: examples } = parseChapter(
      '0-examples',
      `# 0 x\n\n## a-b\n\n**x.**\n\nobserved · Python 3.4.0 and later · POSIX · x\n\n` +
        `\`\`\`python for\n${text}\`\`\`\n\n\`\`\`python against\n>>> cache_from_source('')\n''\n\`\`\`\n`,
    );
    const own = examples[0]!.examples.filter(({ side }) => side === 'for');
    for (const { source, call, target, outcome } of own) {
      expect(sameOutcome(answer(call, target), outcome), source).toBe(true);
    }
  });

  test('are there', () => expect(blocks.length).toBeGreaterThan(4));

  test('of a call in JSON are calls', () => {
    const calls = documents
      .flatMap(({ blocks }) => blocks.filter(({ info }) => info === 'json'))
      .map(({ text }) => JSON.parse(text) as { [key: string]: Json })
      .filter((json) => 'env' in json);
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(() => decodeCall(call)).not.toThrow();
  });
});

describe('a picture', () => {
  /** A line of carets, the line above it, and the text beside the carets. */
  const pictures = documents.flatMap(({ file, blocks }) =>
    blocks.flatMap(({ text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, i) => {
        const carets = /^ +\^+(?: +\^+)*/.exec(line)?.[0];
        if (carets === undefined) return [];
        const above = lines.slice(0, i).findLast((one) => one.trim() !== '' && !/^ +\^/.test(one))!;
        const marked = [...carets].flatMap((one, column) => (one === '^' ? [above[column] ?? ' '] : []));
        return [{ file, line, above, marked, label: line.slice(carets.length).trim() }];
      });
    }),
  );

  test.each(pictures)('$file: $above / $line', ({ marked, label }) => {
    expect(marked.filter((one) => one === ' ')).toEqual([]);
    const named = /^the (?:last|first) (separator|dot)/.exec(label)?.[1];
    expect(marked.join('')).toMatch(
      named === undefined ? /./ : { separator: /^[\\/]$/, dot: /^\.$/ }[named]!,
    );
  });

  test.each(pictures)('$file: $line is not too wide for the page', ({ line, above }) => {
    expect(Math.max(line.length, above.length)).toBeLessThanOrEqual(68);
  });

  test('is in most chapters', () => {
    expect(new Set(pictures.map(({ file }) => file)).size).toBeGreaterThan(6);
  });
});
