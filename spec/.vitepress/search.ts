/* What the search finds: a rule on its own page, but not also in its chapter; other pages section by section. */
import { relative } from 'node:path';
import { readChapters, specFolder, type Chapter, type Rule } from '../../src/conformance/chapters.ts';

/** A search result. The last of its `titles` is its own. */
type Section = { readonly anchor?: string; readonly titles: string[]; readonly text: string };

const chapters = readChapters();

/**
 * The sections of a page.
 *
 * @returns undefined to use the sections of its headings
 */
export function sectionsOf(file: string, html: string): Section[] | undefined {
  const page = relative(specFolder(), file).replace(/\.md$/, '');
  if (page.startsWith('rules/')) {
    return chapters.flatMap((chapter) =>
      chapter.rules.filter(({ id }) => `rules/${id}` === page).map((rule) => ruleSection(rule, chapter)),
    );
  }
  const chapter = chapters.find(({ name }) => name === page);
  if (chapter === undefined) return undefined;
  return [{ titles: [chapter.title], text: words(html.split('<h2')[0]!.replace(/<h1[\s\S]*?<\/h1>/, '')) }];
}

/** A rule is found by its id, the words of the id, and its text. */
const ruleSection = ({ id, title, statement, quirk, level }: Rule, chapter: Chapter): Section => ({
  titles: [chapter.title, plain(title)],
  text: plain([id, id.replaceAll('-', ' '), level, statement, quirk ?? ''].join('\n')),
});

const plain = (markdown: string): string =>
  markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');

const words = (html: string): string => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
