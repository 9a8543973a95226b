/* Tests that the links of the documents lead somewhere. */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChapters } from '../conformance/chapters.ts';
import { packageRoot } from '../conformance/package.ts';
import { documentOf, documents, readDocument, type Document } from './testing.ts';

/** A heading's anchor on GitHub. */
const onGitHub = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');

/** A heading's anchor on the site. */
const onSite = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .replace(/^(?=\d)/, '_');

const isOutside = (link: string): boolean => /^[a-z]+:/.test(link);

/** The links of a document that are dead, on GitHub or on the site. */
function dead({ file, links, headings }: Document): string[] {
  return links
    .filter((link) => !isOutside(link))
    .filter((link) => {
      const [path = '', anchor] = decodeURI(link).split('#');
      const target = path === '' ? file : normalize(join(dirname(file), path));
      if (target !== file && !existsSync(join(packageRoot(), target))) return true;
      // The site contains only spec/.
      if (file.startsWith('spec/') && !target.startsWith('spec/')) return true;
      if (anchor === undefined) return false;
      const there = target === file ? headings : documentOf(target).headings;
      const named = there.filter((heading) => onGitHub(heading) === anchor && onSite(heading) === anchor);
      return named.length !== 1;
    });
}

test.each(documents)('$file: each link leads to a file or a heading, on GitHub and on the site', (one) => {
  expect(dead(one)).toEqual([]);
});

test.each(['no-such.md', '2-path.md#no-such', '#no-such', '../README.md', 'history.md#python-34'])(
  'a link to %s would be told',
  (link) => {
    const text = `# Title\n\n[right](#title) [other](https://example.org/no-such.md) [wrong](${link})\n`;
    expect(dead(readDocument('spec/one.md', text))).toEqual([link]);
  },
);

describe('rules', () => {
  const ids = new Set(readChapters().flatMap(({ rules }) => rules.map(({ id }) => id)));
  const families = [...new Set([...ids].map((id) => id.split('-')[0]!))].join('|');
  const like = new RegExp(`^(?:${families})(?:-[a-z]+){2,}$`);

  test.each(documents)('$file: each code that looks like the id of a rule is one', ({ spans }) => {
    expect(spans.filter((span) => like.test(span) && !ids.has(span))).toEqual([]);
  });

  test('are found by how they look', () => {
    expect([...ids].filter((id) => !like.test(id) && id.split('-').length > 2)).toEqual([]);
    expect(like.test('opt-no-such-rule')).toBe(true);
  });

  test.each(documents)('$file: a link with the id of a rule as its text leads to that rule', ({ text }) => {
    const wrong = [...text.matchAll(/\[`?([a-z]+(?:-[a-z]+)+)`?\]\(([^)]+)\)/g)].filter(
      ([, id, link]) => ids.has(id!) && !link!.endsWith(`#${id}`),
    );
    expect(wrong.map(([whole]) => whole)).toEqual([]);
  });
});

test('each page of the specification is reached from its front page', () => {
  const pages = documents.map(({ file }) => file).filter((file) => file.startsWith('spec/'));
  const linked = new Set(documentOf('spec/README.md').links.map((link) => `spec/${link.split('#')[0]}`));
  expect(pages.filter((file) => file !== 'spec/README.md' && !linked.has(file))).toEqual([]);
});
