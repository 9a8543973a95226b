/* The order of the pages in the sidebar. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { readChapters, specFolder, type Chapter } from '../../src/conformance/chapters.ts';
import { readStateChapter } from '../../src/conformance/state-chapter.ts';

type Item = DefaultTheme.SidebarItem;

/** The text of a page's first heading. */
const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(join(specFolder(), `${page}.md`), 'utf8'))?.[1] ?? page;

/** Items for those of the pages that exist. */
const listed = (...pages: readonly string[]): Item[] =>
  pages
    .filter((page) => existsSync(join(specFolder(), `${page}.md`)))
    .map((page) => ({ text: titleOf(page), link: `/${page}` }));

/** The book's pages. Beside the page of a rule, each chapter also lists its rules. */
export const sidebar = (): Record<string, Item[]> => ({
  '/rules/': book(({ rules }) => ({
    collapsed: true,
    items: rules.map(({ id }) => ({ text: id, link: `/rules/${id}` })),
  })),
  '/': book(() => ({})),
});

const book = (below: (chapter: Chapter) => Pick<Item, 'collapsed' | 'items'>): Item[] => [
  { items: [{ text: 'The specification', link: '/' }, ...listed('start', 'questions', 'try')] },
  {
    text: 'Chapters',
    items: [
      ...readChapters().map((chapter) => ({ ...headed(chapter), ...below(chapter) })),
      headed(readStateChapter()),
    ],
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

const headed = ({ name, title }: Pick<Chapter, 'name' | 'title'>): Item => ({
  text: `${Number.parseInt(name, 10)} ${title}`,
  link: `/${name}`,
});

const reference = ['ledger', 'protocol', 'reports', 'known-failures', 'fixtures', 'compatibility'] as const;
