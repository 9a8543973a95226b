import { expect, inject, test } from 'vitest';
import type { Page } from 'playwright-core';
import { program, runProgram } from '../../../../src/cli/testing.ts';
import { shellLine } from '../../../../src/cli/shell.ts';
import { encodeOutcome, toLine } from '../../../../src/conformance/codec.ts';
import { releaseOf } from '../../../../src/python/releases.ts';
import { answer } from '../../../../src/reference.ts';
import { inBrowser, isInSight, patience, seriousFaults, stepsTo } from '../../browser.ts';
import { addressOfCall } from './address.ts';
import { commandLine } from './copies.ts';
import { displayOf } from './outcome.ts';
import { drawnCalls, exampleCalls, type Asked } from './testing.ts';

const site = inject('site');

const asked: ReadonlyArray<Asked & { readonly address: string }> = [
  ...exampleCalls().filter((_, i) => i % 3 === 0),
  ...drawnCalls(35),
].flatMap((one) => {
  const address = addressOfCall(one.call, one.target);
  return address === undefined ? [] : [{ ...one, address }];
});

/** What the page shows at each address. The addresses are opened one after the other in the same page. */
const shownAt = (page: Page, addresses: readonly string[]): Promise<Shown[]> =>
  page.evaluate(async (queries) => {
    const shown = [];
    for (const query of queries) {
      history.replaceState(null, '', `${location.pathname}?${query}`);
      dispatchEvent(new PopStateEvent('popstate'));
      // The page has updated before these continue. It need not have been painted.
      await Promise.resolve();
      await Promise.resolve();
      const text = (selector: string): string => document.querySelector(selector)?.textContent ?? '';
      shown.push({
        outcome: document.querySelector<HTMLElement>('.try .outcome')?.dataset['outcome'],
        text: text('.try [data-result]'),
        command: text('.try [data-copy="On the command line"]'),
        chosen: text('.try .releases tr.chosen [data-told]'),
      });
    }
    return shown;
  }, addresses);

type Shown = {
  readonly outcome: string | undefined;
  readonly text: string;
  readonly command: string;
  readonly chosen: string;
};

inBrowser('the page to try it', (visiting) => {
  test('answers as the reference does, and as the command', { timeout: patience }, async () => {
    let shown: readonly Shown[] = [];
    await visiting('try.html', async (page) => {
      await page.waitForSelector('.try [data-result]');
      shown = await shownAt(
        page,
        asked.map(({ address }) => address),
      );
    });
    expect(asked.length).toBeGreaterThan(400);
    for (const [i, { call, target, address }] of asked.entries()) {
      const outcome = answer(call, target);
      const { text } = displayOf(outcome, releaseOf(target.version).unicode);
      const command = commandLine(call, target);
      expect({ address, ...shown[i] }).toEqual({
        address,
        outcome: toLine(encodeOutcome(outcome)),
        text,
        chosen: text,
        command: 'line' in command ? command.line : '',
      });
    }

    const plain = shown.filter(
      ({ command }) => command !== '' && command.length < 1000 && !/[^ -~]/.test(command),
    );
    const step = Math.floor(plain.length / 20);
    for (const { command, text } of plain.filter((_, i) => i % step === 0)) {
      const line = command.replace('npx pycache-spec', shellLine([process.execPath, program]));
      const { code, out, err } = await runProgram(['sh', '-c', line]);
      const told = command.includes(' explain ')
        ? out.replace(/^[^]*?\n {2}(?:returns|raises ) (.*\n)[^]*$/, '$1')
        : code === 0
          ? out
          : err.replace(/^(?:pycache-spec: .*\n)*pycache-spec: /, '');
      expect([command, told]).toEqual([command, `${text}\n`]);
    }
  });

  const result = (page: Page): Promise<string | null> => page.locator('[data-result]').textContent();

  test('what is filled in stands in the address, which restores it', async () => {
    await visiting('try.html', async (page) => {
      await page.getByLabel('Path', { exact: true }).fill('./pkg/.mod.py');
      await page.getByLabel('Python', { exact: true }).selectOption('3.9.5');
      await page.getByLabel('optimization', { exact: true }).selectOption('text');
      await page.getByLabel('optimization, as text').fill('dev');
      await page.locator('.more summary').click();
      await page.getByLabel('Pycache prefix', { exact: true }).selectOption('text');
      await page.getByLabel('pycache prefix, as text').fill('/p q');
      await page.getByLabel('Working directory').selectOption('text');
      await page.getByLabel('working directory, as text').fill('/home/é');
      await page.waitForURL(/cwd=%2Fhome%2F%C3%A9/);
      const path = '/p q/home/é/./pkg/.mod.cpython-39.opt-dev.pyc';
      expect(await result(page)).toBe(path);
      await visiting(`try.html${new URL(page.url()).search}`, async (again) => {
        await again.getByText(path).first().waitFor();
        expect(await result(again)).toBe(path);
        expect(await again.getByLabel('pycache prefix, as text').inputValue()).toBe('/p q');
      });

      await page.getByLabel('a whole call').check();
      expect(await page.getByLabel('Call, as Python source').inputValue()).toBe(
        "cache_from_source('./pkg/.mod.py', optimization='dev')",
      );
      await page.waitForURL(/call=/);
      await page.getByRole('link', { name: 'an empty cache tag' }).click();
      expect(await result(page)).toBe('__pycache__/a..pyc');
      await page.goBack();
      await page.getByText(path).first().waitFor();
      expect(await result(page)).toBe(path);
      await page.locator('.VPNavBar').getByRole('link', { name: 'Try it' }).click();
      await page.getByText('/foo/bar/__pycache__/baz.cpython-315.pyc').first().waitFor();
    });
  });

  test('the path of a bytecode file that is typed shows its source in place', async () => {
    await visiting('try.html', async (page) => {
      const field = page.getByLabel('Path', { exact: true });
      await field.fill('/foo/bar/__pycache__/baz.cpython-313.opt-2.pyc');
      await page.getByText('/foo/bar/baz.py', { exact: true }).first().waitFor();
      expect(await result(page)).toBe('/foo/bar/baz.py');
      const parts = await page
        .locator('.try .outcome .piece')
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['part']));
      expect(parts).toEqual([
        'directory',
        'cache folder',
        'name',
        'cache tag',
        'optimization',
        'extension',
        'directory',
        'name',
        'extension',
      ]);
      const rules = await page.locator('.try .rules li > a').allTextContents();
      expect(rules).toContain('back-name-ends-at-first-dot');
      expect(rules.filter((rule) => !rule.startsWith('back-'))).toEqual([]);
      await page.getByText('This is the path of a bytecode file, so its source is shown.').waitFor();
      await page.waitForURL(/path=%2Ffoo/);

      await page.getByLabel('a whole call').check();
      expect(await page.getByLabel('Call, as Python source').inputValue()).toBe(
        "source_from_cache('/foo/bar/__pycache__/baz.cpython-313.opt-2.pyc')",
      );
      expect(await result(page)).toBe('/foo/bar/baz.py');
      await page.goto(`${site}rules/back-segment-begins-with-opt.html`);
      await page.getByTitle('Try it').first().click();
      await page.locator('[data-result]').waitFor();
      expect(await page.locator('.try .asked code').first().textContent()).toMatch(/^source_from_cache\(/);
    });
  });

  test('what cannot be read is told, with its place', async () => {
    await visiting("try.html?value='a&python-version=2.7", async (page) => {
      await page.getByText("In the address, python-version: '2.7' is not a specified release").waitFor();
      await page.getByText("The path cannot be read: a closing ' is expected at column 3.").waitFor();
      const field = page.getByLabel('Path, as Python source');
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      await field.fill("'a'");
      await page.getByText('__pycache__/acpython-315.pyc').first().waitFor();
      await page.waitForURL(/^[^?]*\?value=%27a%27$/);
      expect(await page.getByText('In the address').count()).toBe(0);
      await page.getByRole('link', { name: 'notation of the examples' }).click();
      await page.getByRole('heading', { name: 'How to read an example' }).waitFor();
    });
  });

  test('a rule that decides leads to its page', async () => {
    await visiting('try.html?path=/foo.py', async (page) => {
      // The most relevant rule comes first.
      expect(await page.locator('.try .rules a').first().textContent()).toBe('path-root-is-lost');
      await page.getByRole('link', { name: 'path-root-is-lost' }).first().click();
      await page.getByRole('heading', { name: 'path-root-is-lost' }).first().waitFor();
      expect(page.url()).toBe(`${site}rules/path-root-is-lost.html`);
    });
  });

  test.each(['light', 'dark'] as const)('shuts nobody out: %s', async (colorScheme) => {
    for (const query of [
      '',
      '?path=a.py&debug-override=false&optimization=x&python-version=3.14.0',
      '?path=.%2Fpkg%2F.m.py&pycache-prefix=%2Fp&python-version=3.9.5',
      "?value='a&cache-tag=x&platform=none",
    ]) {
      const look = async (page: Page): Promise<void> => {
        await page.waitForSelector('.try .outcome');
        expect([query, await seriousFaults(page)]).toEqual([query, []]);
        const room = await page.evaluate(() => innerWidth - document.documentElement.scrollWidth);
        expect([query, room >= 0]).toEqual([query, true]);
      };
      await visiting(`try.html${query}`, look, { colorScheme, viewport: { width: 390, height: 800 } });
    }
  });

  const windows = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

  test.each(Object.entries(windows))(
    'the fields, the result and what surprises are in sight together: %s',
    async (_, viewport) => {
      const looking =
        (surprise: string) =>
        async (page: Page): Promise<void> => {
          for (const one of [
            page.getByLabel('Path', { exact: true }),
            page.getByLabel('Python', { exact: true }),
            page.locator('[data-result]'),
            page.locator('.quirks strong'),
          ]) {
            await one.waitFor();
            expect([String(one), await isInSight(one)]).toEqual([String(one), true]);
          }
          expect(await page.evaluate(() => scrollY)).toBe(0);
          expect(await page.locator('.quirks').textContent()).toContain(surprise);
        };
      const ofSource = looking('A file in the root directory loses its root.');
      await visiting('try.html?path=/m.py', ofSource, { viewport });
      const ofBytecode = looking('The tag in the name can be any text');
      await visiting('try.html?path=/foo/__pycache__/m.T.opt-1.pyc', ofBytecode, { viewport });
    },
  );

  test('on a phone the result is in sight from the first field to the last', async () => {
    const look = async (page: Page): Promise<void> => {
      await page.locator('.more summary').click();
      for (const label of ['Path', 'Python', 'Pycache prefix', 'debug_override']) {
        const field = page.getByLabel(label, { exact: true });
        await field.evaluate((one) => one.scrollIntoView());
        for (const one of [field, page.locator('[data-result]')])
          expect([label, String(one), await isInSight(one)]).toEqual([label, String(one), true]);
      }
    };
    await visiting('try.html', look, { viewport: windows.phone });
  });

  test('the keyboard comes to the field, and from there to the result, in few steps', async () => {
    await visiting('try.html?path=/m.py', async (page) => {
      await page.locator('.quirks a').waitFor();
      expect(await stepsTo(page, '#try-path')).toBeLessThanOrEqual(12);
      expect(await stepsTo(page, '.quirks a')).toBeLessThanOrEqual(5);
    });
  });

  test('what surprises is the first of the reasons', async () => {
    await visiting('try.html?path=.%2Fpkg%2Fm.py&pycache-prefix=%2Fp&python-version=3.12.0', async (page) => {
      const first = page.locator('.try .rules li').first();
      expect(await first.locator('a').textContent()).toBe('prefix-leading-dot-is-dropped-once');
      expect(await first.locator('.mark.quirk').count()).toBe(1);
    });
  });

  test('without JavaScript tells the command', async () => {
    const look = async (page: Page): Promise<void> => {
      const text = await page.evaluate(() => document.body.innerText);
      expect(text).toContain('npx pycache-spec path /foo/bar/baz.py');
      expect(await page.locator('.try').count()).toBe(0);
    };
    await visiting('try.html', look, { javaScriptEnabled: false });
  });
});
