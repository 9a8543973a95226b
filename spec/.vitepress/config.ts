import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { specFolder } from '../../src/conformance/chapters.ts';
import { packageRoot } from '../../src/conformance/package.ts';
import { sidebar } from './book.ts';
import { colours } from './colours.ts';
import { plugins } from './markdown.ts';
import { sectionsOf } from './search.ts';

/** Files other than pages to which pages link. */
const schemas = ['protocol.schema.json', 'fixtures.schema.json'];

/** The pages with wide tables. */
const wide = new Set(['ledger.md', 'conformance.md']);

/** A separator, and the last dot of a path. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f5f8b"/><path d="M7 23 15 7" stroke="#fff" stroke-width="3.5" stroke-linecap="round"/><circle cx="21" cy="22" r="3.2" fill="#ffd166"/></svg>';

export default defineConfig({
  title: 'pycache-spec',
  description: "A specification of Python's importlib.util.cache_from_source, rule by rule",
  lang: 'en',
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }],
  ],
  rewrites: { 'README.md': 'index.md' },
  outDir: join(packageRoot(), 'dist', 'site'),
  cacheDir: join(import.meta.dirname, 'node_modules', '.cache'),
  markdown: { config: plugins, theme: colours },
  transformPageData({ relativePath, frontmatter }) {
    if (wide.has(relativePath)) Object.assign(frontmatter, { aside: false, pageClass: 'wide-page' });
    if (relativePath === 'index.md') Object.assign(frontmatter, { pageClass: 'front-page' });
  },
  themeConfig: {
    nav: [
      { text: 'Five minutes', link: '/start' },
      { text: 'Rules', link: '/rules/' },
      { text: 'Try it', link: '/try' },
      { text: 'Conformance', link: '/conformance' },
    ],
    search: {
      provider: 'local',
      options: { miniSearch: { _splitIntoSections: sectionsOf as never } },
    },
    sidebar: sidebar(),
    outline: { level: 2 },
    docFooter: { prev: 'Previous', next: 'Next' },
    notFound: {
      title: 'Page not found',
      quote:
        'Rules never change their ids or addresses. Look in the list of all rules, or search for the text of a rule.',
      linkText: 'To the front page',
      linkLabel: 'To the front page',
    },
  },
  buildEnd({ outDir }) {
    for (const file of schemas) copyFileSync(join(specFolder(), file), join(outDir, file));
  },
});
