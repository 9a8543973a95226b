/* For tests: a real browser, if there is one. */
import { accessSync, constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Chromium on the PATH; undefined if there is none. */
const executable: string | undefined = names
  .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** The time limit for building the site, in milliseconds. */
export const patience = 600_000;

/**
 * Opens a page of the site in a separate context, and checks that it reports no problem.
 *
 * @param address relative to the site's front page
 * @param look the window is 1280 by 800 unless this says otherwise
 */
type Visit = <T>(
  address: string,
  body: (page: Page) => Promise<T>,
  look?: BrowserContextOptions,
) => Promise<T>;

/** Tests of the built site in Chromium. Without Chromium, they are skipped by name. */
export function inBrowser(title: string, body: (visiting: Visit) => void): void {
  const site = inject('site');
  let browser: Browser;
  const run = executable === undefined ? describe.skip : describe;
  run(`${title}${executable === undefined ? ' (no Chromium on the PATH)' : ''}`, () => {
    beforeAll(async () => {
      const response = await fetch(site);
      if (!response.ok) throw new Error(await response.text());
      browser = await chromium.launch({
        executablePath: executable!,
        args: ['--no-sandbox', '--disable-gpu'],
      });
    }, patience);
    afterAll(() => browser.close());

    body(async (address, visit, look = {}) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...look });
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(patience);
        const complaints = complaintsOf(page);
        await page.goto(site + address, { waitUntil: 'load' });
        const result = await visit(page);
        expect(complaints).toEqual([]);
        return result;
      } finally {
        await context.close();
      }
    });
  });
}

/**
 * The problems that a page reports while it is open: errors and warnings on the console, uncaught exceptions, failed
 * requests.
 */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${page.url()}: ${response.status()} for ${response.url()}`);
  });
  return complaints;
}

/** Whether an element is completely within the window, and nothing covers its first line. */
export const isInSight = (one: Locator): Promise<boolean> =>
  one.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const [line] = element.getClientRects();
    const onTop = line && document.elementFromPoint(line.left + line.width / 2, line.top + 4);
    return (
      top >= 0 &&
      bottom <= innerHeight &&
      left >= 0 &&
      right <= innerWidth &&
      (element.contains(onTop ?? null) || element.parentElement === onTop)
    );
  });

/** The number of times to press Tab until an element has the focus; Infinity if a hundred do not suffice. */
export async function stepsTo(page: Page, selector: string): Promise<number> {
  for (let steps = 1; steps <= 100; steps++) {
    await page.keyboard.press('Tab');
    if (await page.locator(selector).evaluate((one) => one === document.activeElement)) return steps;
  }
  return Infinity;
}

/** The problems that axe finds on a page and rates serious or worse, one per line. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(async () => {
    type Found = {
      impact: string;
      id: string;
      help: string;
      nodes: Array<{ html: string; failureSummary: string }>;
    };
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } };
    const { violations } = await checker.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) =>
        nodes.slice(0, 3).map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
      );
  });
}
