/* The order of the book: its pages, as the sidebar lists them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { readChapters, specFolder } from '../../src/conformance/chapters.ts';
import { readStateChapter } from '../../src/conformance/state-chapter.ts';

type Item = DefaultTheme.SidebarItem;

/** The text of a page's first heading. */
const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(specFolder(), `${page}.md`), 'utf8'))?.[1] ?? page;

/** Those of the pages that there are. */
const listed = (...pages: readonly string[]): Item[] =>
  pages
    .filter((page) => existsSync(join(specFolder(), `${page}.md`)))
    .map((page) => ({ text: titleOf(page), link: `/${page}` }));

/** The book, and beside the rules' own pages all rules by chapter. */
export function sidebar(): Record<string, Item[]> {
  const chapters = readChapters();
  const book = [
    { items: [{ text: 'The specification', link: '/' }, ...listed('start', 'try')] },
    {
      text: 'Chapters',
      items: [...chapters, readStateChapter()].map(({ name, title }) => ({
        text: numbered(name, title),
        link: `/${name}`,
      })),
    },
    {
      text: 'Across the chapters',
      items: [
        { text: 'All rules', link: '/rules/' },
        ...listed('quirks', 'history', 'conformance', 'way-back'),
      ],
    },
    { text: 'In use', items: listed('reading', 'implementers') },
    { text: 'For reference', items: listed(...reference) },
  ];
  const listing = [
    {
      items: [
        { text: 'The specification', link: '/' },
        { text: 'All rules', link: '/rules/' },
      ],
    },
    ...chapters.map(({ name, title, rules }) => ({
      text: numbered(name, title),
      link: `/${name}`,
      collapsed: true,
      items: rules.map(({ id }) => ({ text: id, link: `/rules/${id}` })),
    })),
  ];
  return { '/rules/': listing, '/': book };
}

const reference = ['ledger', 'protocol', 'reports', 'known-failures', 'fixtures', 'compatibility'] as const;

const numbered = (chapter: string, title: string): string => `${Number.parseInt(chapter, 10)} ${title}`;
