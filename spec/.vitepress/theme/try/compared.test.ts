import { describe, expect, test } from 'vitest';
import { recorded } from '../../../../src/reference.ts';
import { compared, type Table } from './compared.ts';
import { isProblem, plainForm, readForm, type Form } from './form.ts';
import { drawnCalls, rules } from './testing.ts';
import { formOf } from './written.ts';

function tablesOf(changes: Partial<Form>): Table[] {
  const read = readForm({ ...plainForm(), ...changes });
  if (isProblem(read)) throw new Error(read.wanted);
  return compared(read, recorded(read.call, read.target), rules);
}

/** The rows as text: `[…]` is marked, `[]` marks a missing piece. */
const told = ({ platforms, rows }: Table): string[] =>
  rows.map(({ releases, pieces, isChosen, because }) => {
    const text = pieces.map((piece) => (piece.instead === undefined ? piece.text : `[${piece.text}]`));
    return [platforms.join(), releases, ...(isChosen ? ['chosen'] : []), text.join(''), ...because].join(' ');
  });

describe('the releases beside the chosen one', () => {
  test('a relative path below a prefix, in 3.11.4', () => {
    const [posix] = tablesOf({
      path: './b/a.py',
      version: '3.11.4',
      pycachePrefix: 'text',
      pycachePrefixText: '/p',
    });
    expect(told(posix!)).toEqual([
      'posix 3.4–3.7 []./b[/__pycache__]/a.cpython-311.pyc path-cache-folder-beside-source path-dots-in-directories-do-not-count path-directory-is-not-normalized prefix-is-ignored-before',
      'posix 3.8–3.11 chosen /p/w/./b/a.cpython-311.pyc',
      'posix 3.12–3.15 /p/w/[]b/a.cpython-311.pyc prefix-leading-dot-is-dropped-once',
    ]);
  });

  test('a backslash, on Windows', () => {
    const [win32, posix] = tablesOf({ path: String.raw`d\a.py`, platform: 'win32' });
    expect(told(win32!)).toEqual([String.raw`win32 3.4–3.15 chosen d\__pycache__\a.cpython-315.pyc`]);
    expect(told(posix!)).toEqual([
      String.raw`posix 3.4–3.15 [__pycache__/]d[]\a.cpython-315.pyc path-without-directory path-backslash-and-colon-are-characters`,
    ]);
  });

  test('platforms that agree in every release have one table', () => {
    const [both, ...others] = tablesOf({ kind: 'call', path: "cache_from_source('a.py', optimization='-')" });
    expect(others).toEqual([]);
    expect(both!.platforms).toEqual(['posix', 'win32']);
    expect(both!.rows.length).toBeGreaterThan(1);
    expect(tablesOf({ path: 'b/a.py' }).map(({ platforms }) => platforms)).toEqual([['posix'], ['win32']]);
  });

  test('an error is marked as a whole beside a path', () => {
    const [posix] = tablesOf({ path: 'a.py', optimization: '1' });
    expect(told(posix!)).toEqual([
      "posix 3.4 [TypeError: cache_from_source() got an unexpected keyword argument 'optimization'] call-optimization-is-unknown",
      'posix 3.5–3.15 chosen __pycache__/a.cpython-315.opt-1.pyc',
    ]);
  });
});

test('one row is chosen, and what is said to be the same has no marks', () => {
  for (const { call, target } of drawnCalls(70)) {
    const form = formOf(call, target, 'call');
    if (form === undefined) continue;
    const tables = tablesOf(form);
    const rows = tables.flatMap((table) => table.rows);
    expect(tables[0]!.platforms[0]).toBe(target.platform);
    const chosen = rows.filter(({ isChosen }) => isChosen);
    expect(chosen).toHaveLength(1);
    expect(chosen[0]!.isSame).toBe(true);
    for (const { isSame, pieces, because, outcome } of rows) {
      expect(pieces.map(({ text }) => text).join('')).toBe(outcome.text);
      expect([isSame, pieces.some(({ instead }) => instead !== undefined)]).not.toEqual([true, true]);
      expect([isSame, because.length > 0]).not.toEqual([true, true]);
    }
  }
});
