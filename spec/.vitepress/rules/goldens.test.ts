import { parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { readGoldens, versionsOn } from '../../../fixtures/goldens.ts';
import { readChapters } from '../../../src/conformance/chapters.ts';
import { goldensOf, goldensTable } from './goldens.ts';
import { neighboursOf } from './neighbours.ts';

const chapters = readChapters();
const rules = chapters.flatMap((chapter) => chapter.rules);
const ruleOf = (id: string): (typeof rules)[number] => rules.find((rule) => rule.id === id)!;

describe('the goldens of a rule', () => {
  test.each(rules)('$id: each is shown, with an answer of every captured release', (rule) => {
    const root = parse(goldensTable(rule));
    const file = readGoldens(rule.chapter);
    const bodies = root.querySelectorAll('tbody');
    expect(bodies.length).toBe(goldensOf(rule).length);
    for (const table of root.querySelectorAll('table')) {
      const columns = table.querySelectorAll('thead th').length;
      expect(rule.platforms.map((platform) => versionsOn(file, platform).length)).toContain(columns);
      for (const row of table.querySelectorAll('tbody tr')) {
        const cells = row.querySelectorAll('td, th');
        expect(cells.reduce((sum, one) => sum + Number(one.getAttribute('colspan')), 0)).toBe(columns);
      }
    }
  });

  test('what releases answered alike is one cell', () => {
    const root = parse(goldensTable(ruleOf('prefix-short-directory-raises')));
    const row = root
      .querySelectorAll('tbody')
      .find((one) => one.text.includes("cache_from_source('//b.py')"))!;
    const cells = row.querySelectorAll('td').map((one) => [one.getAttribute('colspan'), one.text]);
    expect(cells.map(([, text]) => text)).toEqual([
      "'/__pycache__/b.cpython-313.pyc'",
      'raises IndexError: string index out of range',
      "'/p/b.cpython-313.pyc'",
      // 3.14.0 is older than the patch releases of 3.13 in the column before.
      'raises IndexError: string index out of range',
      "'/p/b.cpython-313.pyc'",
    ]);
  });

  test('the releases to which the rule does not apply are told apart', () => {
    const head = parse(goldensTable(ruleOf('prefix-leading-dot-is-dropped-once'))).querySelector('thead')!;
    const told = head.querySelectorAll('.outside').map((one) => one.text);
    expect([told[0], told.at(-1)]).toEqual(['(3.4.2)', '(3.11)']);
    expect(head.querySelectorAll('th').length).toBeGreaterThan(told.length);
  });
});

describe('the neighbours of a rule', () => {
  const neighbours = neighboursOf(chapters);
  const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id);

  test('what holds in the other releases, from either side', () => {
    for (const [one, other] of [
      ['path-first-dot-ends-the-name', 'path-last-dot-ends-the-name'],
      ['prefix-leading-dot-stays', 'prefix-leading-dot-is-dropped-once'],
      ['windows-drive-root-is-kept', 'windows-drive-root-is-lost'],
      ['debug-decides-the-extension', 'path-ends-in-pyc'],
    ] as const) {
      expect(ids(neighbours.get(one)!.counterparts)).toContain(other);
      expect(ids(neighbours.get(other)!.counterparts)).toContain(one);
    }
    expect(ids(neighbours.get('path-root-is-lost')!.counterparts)).toEqual([]);
  });

  test('those that decide the same goldens, and not those that decide all', () => {
    expect(ids(neighbours.get('opt-float-by-its-repr')!.together)).toContain(
      'opt-other-than-alphanumeric-raises',
    );
    const named = [...neighbours.values()].flatMap(({ together }) => ids(together));
    expect(named).not.toContain('call-same-result-each-time');
  });

  test('the chapter goes on to the next', () => {
    const { previous, next } = neighbours.get('tag-none-raises')!;
    expect([previous?.id, next?.id]).toEqual(['tag-follows-the-name', 'tag-may-be-empty']);
    expect(neighbours.get('tag-follows-the-name')!.previous).toBeUndefined();
  });
});
