/* Tests the site's appearance and size, on a page of each kind. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { readChapters } from '../../src/conformance/chapters.ts';
import { releaseOf } from '../../src/python/releases.ts';
import { answer } from '../../src/reference.ts';
import { inBrowser, isInSight, patience, seriousFaults, stepsTo } from './browser.ts';
import { isProblem, plainForm, readForm, type Form } from './theme/try/form.ts';
import { displayOf } from './theme/try/outcome.ts';

const site = inject('site');
const folder = inject('siteFolder');
const rules = readChapters().flatMap((chapter) => chapter.rules);

const kinds = [
  'index.html',
  'start.html',
  'history.html',
  '4-optimization.html',
  '9-windows.html',
  'ledger.html',
  'conformance.html',
  'try.html',
  'rules/index.html',
  'rules/path-root-is-lost.html',
];
const everyFourteenth = rules.filter((_, i) => i % 14 === 7).map(({ id }) => `rules/${id}.html`);

inBrowser('the look of the site', (visiting) => {
  /** The size in bytes as transferred: compressed, with everything that the page loads, without what it prefetches. */
  async function weightOf(page: Page): Promise<number> {
    await page.waitForLoadState('networkidle');
    const loaded = await page.evaluate(() => {
      const ahead = [...document.querySelectorAll<HTMLLinkElement>('link[rel=prefetch]')];
      const resources = performance.getEntriesByType('resource').map(({ name }) => name);
      return [location.href, ...resources.filter((name) => ahead.every(({ href }) => href !== name))];
    });
    const files = new Set(loaded.map((url) => join(folder, decodeURIComponent(url.slice(site.length)))));
    return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  }

  /** The heaviest rule pages, and one page of each other kind. */
  const weighed = (): string[] => {
    const sizeOf = (file: string): number => statSync(join(folder, file)).size;
    const heaviest = readdirSync(join(folder, 'rules'))
      .map((name) => `rules/${name}`)
      .toSorted((a, b) => sizeOf(b) - sizeOf(a));
    return [...kinds, ...heaviest.slice(0, 3)];
  };

  test(
    'no page weighs more than 300 kB',
    async () => {
      const weights: number[] = [];
      for (const file of weighed()) {
        const weight = await visiting(file, weightOf);
        expect([file, weight > 300_000]).toEqual([file, false]);
        weights.push(weight);
      }
      // What every page loads is included.
      expect(Math.min(...weights)).toBeGreaterThan(80_000);
    },
    patience,
  );

  test('nor does the text of any page, before it is compressed', () => {
    const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.html'),
    );
    expect(pages.length).toBeGreaterThan(rules.length);
    expect(pages.filter((file) => readFileSync(join(folder, file)).length > 300_000)).toEqual([]);
  });

  test.each([
    ['light', 390],
    ['dark', 1280],
  ] as const)(
    'nobody is kept out of the pages, %s, %d wide',
    async (colorScheme, width) => {
      await visiting(
        'index.html',
        async (page) => {
          for (const file of [...kinds, ...everyFourteenth]) {
            await page.goto(site + file, { waitUntil: 'load' });
            expect([file, await seriousFaults(page)]).toEqual([file, []]);
            const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            expect([file, beyond]).toEqual([file, 0]);
          }
        },
        { colorScheme, viewport: { width, height: 800 } },
      );
    },
    patience,
  );

  /**
   * Focused elements that have no visible mark, one per line. A visible mark is an outline with a contrast of 3:1 to
   * the page.
   */
  const unmarkedFocus = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
      const one = document.activeElement;
      if (one === null || one === document.body) return [];
      const luminance = (color: string): number => {
        const [red = 0, green = 0, blue = 0] = color.match(/[\d.]+/g)!.map((part) => {
          const share = Number(part) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
      };
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
      const [a, b] = [luminance(outlineColor), luminance(getComputedStyle(document.body).backgroundColor)];
      const isMarked =
        outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2 && Math.max(a / b, b / a) >= 3;
      return isMarked
        ? []
        : [`${one.outerHTML.slice(0, 120)}: ${outlineWidth} ${outlineStyle} ${outlineColor}`];
    });

  test.each(['light', 'dark'] as const)(
    'what has the focus is outlined: %s',
    async (colorScheme) => {
      await visiting(
        'index.html',
        async (page) => {
          for (const file of kinds) {
            await page.goto(site + file, { waitUntil: 'networkidle' });
            for (let steps = 0; steps < 60; steps++) {
              await page.keyboard.press('Tab');
              expect([file, await unmarkedFocus(page)]).toEqual([file, []]);
            }
          }
        },
        { colorScheme },
      );
    },
    patience,
  );
});

inBrowser('the field of the front page', (visiting) => {
  const result = (page: Page): Promise<string | null> => page.locator('[data-result]').textContent();

  const shownFor = (changes: Partial<Form>): string => {
    const read = readForm({ ...plainForm(), ...changes });
    if (isProblem(read)) throw new Error(read.wanted);
    return displayOf(answer(read.call, read.target), releaseOf(read.target.version).unicode).text;
  };

  test('answers at each key, for the release and the level that are chosen', async () => {
    await visiting('index.html', async (page) => {
      await page.waitForLoadState('networkidle');
      const field = page.getByLabel('Path of a source file');
      await field.fill('');
      let path = '';
      for (const key of '/.a.py') {
        await field.press(key);
        path += key;
        expect([path, await result(page)]).toEqual([path, shownFor({ path })]);
      }
      await page.getByLabel('Level of -O').selectOption('2');
      expect(await result(page)).toBe(shownFor({ path, optimize: '2' }));
      await page.getByLabel('Python', { exact: true }).selectOption('3.4.0');
      expect(await result(page)).toBe(shownFor({ path, optimize: '2', version: '3.4.0' }));
      await page.getByText('A file in the root directory loses its root.').waitFor();

      await field.press('Enter');
      await page.waitForURL(/try\.html\?path=/);
      await page.locator('[data-result]').waitFor();
      expect(await result(page)).toBe(shownFor({ path, optimize: '2', version: '3.4.0' }));
    });
  });

  test('cuts the path and its result into pieces with names', async () => {
    await visiting('index.html', async (page) => {
      await page.waitForLoadState('networkidle');
      await page.getByLabel('Level of -O').selectOption('1');
      const pieces = await page
        .locator('[data-result] .piece')
        .evaluateAll((all) => all.map((one) => [getComputedStyle(one, '::after').content, one.textContent]));
      expect(pieces).toEqual([
        ['"directory"', '/foo/bar/'],
        ['"cache folder"', '__pycache__/'],
        ['"name"', 'baz'],
        ['"cache tag"', '.cpython-315'],
        ['"optimization"', '.opt-1'],
        ['"extension"', '.pyc'],
      ]);
    });
  });

  test.each([
    [1280, 800],
    [390, 844],
  ])('is in sight with its answer: %d by %d', async (width, height) => {
    const look = async (page: Page): Promise<void> => {
      for (const one of [page.getByLabel('Path of a source file'), page.locator('[data-result]')])
        expect(await isInSight(one)).toBe(true);
    };
    await visiting('index.html', look, { viewport: { width, height } });
  });

  test('is a few keys from the start of the page', async () => {
    await visiting('index.html', async (page) => {
      await page.waitForLoadState('networkidle');
      await page.keyboard.press('Tab');
      // The link that skips the sidebar.
      await page.keyboard.press('Enter');
      expect(await stepsTo(page, '#try-path')).toBeLessThanOrEqual(8);
    });
  });
});
