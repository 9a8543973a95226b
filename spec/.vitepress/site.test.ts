/* Tests the built site: every page exists, every link leads somewhere, and a real browser reports no problem. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type HTMLElement } from 'node-html-parser';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { wholly } from '../../fixtures/effort.ts';
import { readGoldens } from '../../fixtures/goldens.ts';
import { readReports } from '../../fixtures/reports.ts';
import { readChapters, specFolder } from '../../src/conformance/chapters.ts';
import { readEvidence } from '../../src/conformance/evidence.ts';
import { pageOf } from '../../src/conformance/package.ts';
import { inBrowser, isInSight, patience } from './browser.ts';
import { anchorOf } from './picture.ts';

const site = inject('site');
const folder = inject('siteFolder');
const rules = readChapters().flatMap((chapter) => chapter.rules);

beforeAll(async () => {
  const response = await fetch(site);
  if (!response.ok) throw new Error(await response.text());
}, patience);

/** The address of a file of the built site. */
const address = (file: string): string => site + file;

describe('the files', () => {
  type Built = { readonly file: string; readonly root: HTMLElement; readonly ids: readonly string[] };
  const pages = new Map<string, Built>();

  beforeAll(() => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.html'),
    );
    for (const file of names) {
      const root = parse(readFileSync(join(folder, file), 'utf8'));
      pages.set(file, { file, root, ids: root.querySelectorAll('[id]').map((one) => one.id) });
    }
  });

  test('there is a page for each document and for each rule, and no other', () => {
    const documents = readdirSync(specFolder()).filter((name) => name.endsWith('.md'));
    const wanted = [
      ...documents.map((name) => (name === 'README.md' ? 'index.html' : name.replace(/\.md$/, '.html'))),
      ...rules.map(({ id }) => pageOf(id, '')),
      'rules/index.html',
      '404.html',
    ];
    expect([...pages.keys()].toSorted()).toEqual(wanted.toSorted());
  });

  /** What is wrong with the target of a link; undefined if it is fine. */
  function fault(from: string, to: string): string | undefined {
    const url = new URL(to, address(from));
    if (!url.href.startsWith(site))
      return url.origin === new URL(site).origin ? 'leaves the base path' : undefined;
    const inside = decodeURIComponent(url.pathname).slice(new URL(site).pathname.length);
    const file = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
    if (!existsSync(join(folder, file))) return 'no such file';
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor === '' || (pages.get(file)?.ids.includes(anchor) ?? false) ? undefined : 'no such anchor';
  }

  test('every link leads to a file, and to an anchor that is there', () => {
    let looked = 0;
    const dead = [...pages.values()].flatMap(({ file, root }) =>
      ['href', 'src'].flatMap((attribute) =>
        root.querySelectorAll(`[${attribute}]`).flatMap((one) => {
          const to = one.getAttribute(attribute)!;
          if (/^(?:data|mailto):/.test(to)) return [];
          looked++;
          const wrong = fault(file, to);
          return wrong === undefined ? [] : [`${file}: ${to}: ${wrong}`];
        }),
      ),
    );
    expect(dead).toEqual([]);
    expect(looked).toBeGreaterThan(10_000);
  });

  test('the figures of the front page are counted', () => {
    const figures = pages
      .get('index.html')!
      .root.querySelectorAll('.figures strong')
      .map((one) => Number(one.text.replaceAll(',', '')));
    const { captured } = readEvidence();
    expect(figures).toEqual([
      rules.length,
      new Set(captured.map(({ version }) => version.join('.'))).size,
      readChapters().reduce((sum, { name }) => sum + readGoldens(name).goldens.length, 0),
      readReports().filter(({ kind }) => kind === 'other').length,
    ]);
  });

  test('the history tells its rules by their titles', () => {
    const items = pages.get('history.html')!.root.querySelectorAll('.vp-doc li > a');
    const told = new Map(items.map((one) => [one.getAttribute('href')!.split('#')[1]!, one.text]));
    const bounded = rules.filter(({ since, before }) => before ?? since.join('.') !== '3,4,0');
    expect(told.size).toBe(bounded.length);
    for (const { id, title } of bounded) expect(told.get(id)).toBe(title.replaceAll('`', ''));
  });

  test('no anchor is there twice', () => {
    const twice = [...pages.values()].flatMap(({ file, ids }) =>
      ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${file}#${id}`),
    );
    expect(twice).toEqual([]);
  });

  test('the sidebar leads to every document', () => {
    const sidebar = pages.get('index.html')!.root.querySelector('.VPSidebar')!;
    const links = new Set(
      sidebar.querySelectorAll('a').map((one) => new URL(one.getAttribute('href')!, site).href),
    );
    const own = [...pages.keys()].filter(
      (file) => !file.includes('/') && file !== '404.html' && file !== 'index.html',
    );
    expect(own.filter((file) => !links.has(address(file)))).toEqual([]);
  });

  test.each(rules)(
    '$id has a page with all that stands behind it, and its chapter leads there',
    ({ id, chapter }) => {
      const page = pages.get(`rules/${id}.html`)!.root;
      // The parser does not parse the content of <pre>.
      const text = page.querySelector('.vp-doc')!.text.replaceAll(/<[^>]+>/g, '');
      expect(page.querySelector('h1')!.text).toContain(id);
      expect(page.querySelectorAll('.example').length).toBeGreaterThan(0);
      const headings = page.querySelectorAll('.vp-doc h2').map((one) => one.id);
      expect(headings).toEqual([
        'the-law',
        'interpreters-answers',
        'implementations',
        'mutants',
        'related-rules',
        'check-it-alone',
      ]);
      expect(text).toContain(`properties/${chapter}.ts`);
      expect(text).toContain(`check --rule ${id}`);
      expect(
        page.querySelectorAll('.goldens .call').length + Number(text.includes('There is no golden')),
      ).toBeGreaterThan(0);
      const section = pages.get(`${chapter}.html`)!.root.querySelector(`h2[id="${id}"] > a`)!;
      expect(new URL(section.getAttribute('href')!, address(`${chapter}.html`)).href).toBe(
        address(`rules/${id}.html`),
      );
    },
  );

  test('the origins of documented rules lead to sentences of the ledger', () => {
    const origins = rules
      .filter(({ level }) => level === 'documented')
      .map(({ id }) =>
        pages
          .get(`rules/${id}.html`)!
          .root.querySelectorAll('.facts a')
          .map((one) => one.getAttribute('href')!),
      );
    expect(origins.filter((links) => !links.some((link) => /ledger\.html#.+/.test(link)))).toEqual([]);
  });

  test('each fault of the reports is shown, and a cell leads to it', () => {
    const page = pages.get('conformance.html')!.root;
    const faults = readReports().flatMap((report) =>
      report.faults.map(({ rule }) => anchorOf(report.name, rule)),
    );
    const idsOf = (all: readonly HTMLElement[]): string[] => all.map((one) => one.id).toSorted();
    expect(idsOf(page.querySelectorAll('.fault'))).toEqual(faults.toSorted());
    const led = new Set(
      page.querySelectorAll('.matrix td a').map((one) => one.getAttribute('href')!.slice(1)),
    );
    expect(faults.filter((anchor) => !led.has(anchor))).toEqual([]);
    expect(faults.length).toBeGreaterThan(0);
  });

  test('the page of conformance says once what all Pythons have in common', () => {
    const page = pages.get('conformance.html')!.root;
    expect(page.querySelector('details summary')!.text).toMatch(
      /^\d+ interpreters, [\d.]+ to [\d.]+, on .*: no difference$/,
    );
    const rows = page.querySelectorAll('details tbody tr');
    expect(rows.length).toBe(readReports().filter(({ kind }) => kind === 'interpreter').length);
    expect(page.text.match(/✓/g) ?? []).toEqual([]);
  });
});

inBrowser('the site', (visiting) => {
  const visited = rules.filter((_, i) => i % (wholly ? 3 : 7) === 1);

  test(
    `${visited.length} rules have a page that no browser complains of`,
    async () => {
      const halves = [0, 1].map((half) => visited.filter((_, i) => i % 2 === half));
      await Promise.all(
        halves.map((half) =>
          visiting('rules/', async (page) => {
            for (const { id } of half) {
              await page.goto(address(`rules/${id}.html`), { waitUntil: 'load' });
              expect(await page.locator('h1').textContent()).toContain(id);
            }
          }),
        ),
      );
    },
    patience,
  );

  test('the sidebar of a rule leads to all rules of its chapter, and shows where it is', async () => {
    for (const chapter of readChapters()) {
      const { id } = chapter.rules.at(-1)!;
      await visiting(`rules/${id}.html`, async (page) => {
        const own = page.locator('.VPSidebar .VPSidebarItem.is-active:not(.collapsible)');
        await own.waitFor();
        expect((await own.textContent())!.trim()).toBe(id);
        await expect.poll(() => isInSight(own)).toBe(true);
        const shown = await page
          .locator('.VPSidebar .collapsible:not(.collapsed) .items a')
          .allTextContents();
        expect(shown.map((text) => text.trim())).toEqual(chapter.rules.map((rule) => rule.id));
      });
    }
  });

  test('without JavaScript a rule can be read, and the front page has an answer', async () => {
    const look = { javaScriptEnabled: false, viewport: { width: 390, height: 800 } };
    await visiting(
      'rules/path-root-is-lost.html',
      async (page) => {
        const statement = page.getByText('A file in the root directory loses its root.').first();
        expect(await statement.isVisible()).toBe(true);
        expect(await page.getByText("cache_from_source('/foo.py')").first().isVisible()).toBe(true);
        await page.getByRole('link', { name: 'The path', exact: true }).first().click();
        expect(page.url()).toBe(address('2-path.html#path-root-is-lost'));
      },
      look,
    );
    await visiting(
      'index.html',
      async (page) => {
        expect(await page.locator('[data-result]').textContent()).toBe(
          '/foo/bar/__pycache__/baz.cpython-315.pyc',
        );
        await page.getByRole('link', { name: 'opt-bool-by-name' }).click();
        expect(await page.getByText('.opt-True').first().isVisible()).toBe(true);
      },
      look,
    );
  });

  test('the search finds a rule by what it says', async () => {
    await visiting('index.html', async (page) => {
      await page.getByRole('button', { name: 'Search' }).first().click();
      await page.locator('.VPLocalSearchBox input').fill('empty cache tag');
      await page.locator('.VPLocalSearchBox .result').first().click();
      await page.waitForURL(address('rules/tag-may-be-empty.html'));
    });
  });
});
