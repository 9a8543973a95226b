import { describe, expect, test } from 'vitest';
import { callSource, stateSource } from '../../../../src/python/source.ts';
import { isProblem, plainForm, readForm, type Form, type Question } from './form.ts';
import { drawnCalls, identityOf } from './testing.ts';
import { converted, formOf } from './written.ts';

const form = (changes: Partial<Form>): Form => ({ ...plainForm(), ...changes });

function read(changes: Partial<Form>): Question {
  const found = readForm(form(changes));
  if (isProblem(found)) throw new Error(found.wanted);
  return found;
}

describe('the fields come to a call', () => {
  test.each<[Partial<Form>, string]>([
    [{ path: 'a.py' }, "cache_from_source('a.py')"],
    [{ path: "'a.py'" }, 'cache_from_source("\'a.py\'")'],
    [{ kind: 'value', path: 'None' }, 'cache_from_source(None)'],
    [{ kind: 'value', path: "PathLike(b'a')" }, "cache_from_source(PathLike(b'a'))"],
    [{ path: 'a', optimization: '2' }, "cache_from_source('a', optimization=2)"],
    [{ path: 'a', optimization: "''" }, "cache_from_source('a', optimization='')"],
    [{ path: 'a', optimization: 'text', optimizationText: '2' }, "cache_from_source('a', optimization='2')"],
    [
      { path: 'a', optimization: 'value', optimizationText: '1.5' },
      "cache_from_source('a', optimization=1.5)",
    ],
    [{ path: 'a', optimization: 'none', optimizationText: '[' }, "cache_from_source('a')"],
    [
      { path: 'a', debugOverride: 'false', optimization: '1' },
      "cache_from_source('a', debug_override=False, optimization=1)",
    ],
    [
      { kind: 'call', path: ">>> importlib.util.cache_from_source('a', True)", optimization: '2' },
      "cache_from_source('a', True)",
    ],
    [{ path: 'a/__pycache__/b.T.pyc' }, "source_from_cache('a/__pycache__/b.T.pyc')"],
    [{ kind: 'value', path: "'__pycache__/b.T.pyc'" }, "source_from_cache('__pycache__/b.T.pyc')"],
    [{ path: 'a/b.pyc' }, "cache_from_source('a/b.pyc')"],
    [
      { path: '__pycache__/b.T.pyc', optimization: '1' },
      "cache_from_source('__pycache__/b.T.pyc', optimization=1)",
    ],
    [
      { path: '/p/a/b.T.pyc', pycachePrefix: 'text', pycachePrefixText: '/p' },
      "source_from_cache('/p/a/b.T.pyc')",
    ],
    [
      { path: String.raw`a\__pycache__\b.T.pyc`, platform: 'win32' },
      String.raw`source_from_cache('a\\__pycache__\\b.T.pyc')`,
    ],
    [
      { kind: 'call', path: ">>> importlib.util.source_from_cache(path='a')", optimization: '2' },
      "source_from_cache(path='a')",
    ],
    [
      { kind: 'call', path: "cache_from_source('__pycache__/b.T.pyc')" },
      "cache_from_source('__pycache__/b.T.pyc')",
    ],
  ])('%j', (changes, source) => expect(callSource(read(changes).call)).toBe(source));

  test('of the way back on the other platform too, where the path is another', () => {
    const { on } = read({ path: String.raw`a\__pycache__\b.T.pyc`, platform: 'win32' });
    expect(on('posix').function).toBe('source_from_cache');
  });

  test.each<[Partial<Form>, string]>([
    [{}, "cache_tag='cpython-315', optimize=0"],
    [{ version: '3.9.5', optimize: '2' }, "cache_tag='cpython-39', optimize=2"],
    [{ cacheTag: 'text', cacheTagText: '' }, "cache_tag='', optimize=0"],
    [{ cacheTag: 'none', cacheTagText: 'x' }, 'cache_tag=None, optimize=0'],
    [
      { pycachePrefix: 'text', pycachePrefixText: 'p' },
      "cache_tag='cpython-315', optimize=0, pycache_prefix='p', cwd='/w'",
    ],
    [
      { pycachePrefix: 'text', platform: 'win32' },
      String.raw`cache_tag='cpython-315', optimize=0, pycache_prefix='', cwd='C:\\w'`,
    ],
    [{ cwd: 'removed' }, "cache_tag='cpython-315', optimize=0, cwd=None"],
  ])('%j: the interpreter', (changes, source) => expect(stateSource(read(changes).call.state)).toBe(source));
});

test('what a comment tells of the interpreter goes before the fields', () => {
  const { call, target, told, on } = read({
    kind: 'call',
    path: "cache_from_source('a')  # python='3.8.0', cache_tag='x'",
    version: '3.12.0',
    platform: 'win32',
    optimize: '1',
  });
  expect(target).toEqual({ version: [3, 8, 0], platform: 'win32' });
  expect(stateSource(call.state)).toBe("cache_tag='x', optimize=1");
  expect(told).toEqual(['python', 'cache_tag']);
  expect(on('posix').state.cwd!.units).toBe('/w');
  expect(on('win32').state.cwd!.units).toBe(String.raw`C:\w`);
});

test.each<[Partial<Form>, object]>([
  [
    { kind: 'value', path: "'a" },
    { field: 'path', at: 2, wanted: "a closing '" },
  ],
  [
    { kind: 'value', path: '' },
    { field: 'path', at: 0, wanted: 'a value' },
  ],
  [
    { kind: 'call', path: "importlib.util.cache_from_source('a'" },
    { field: 'path', at: 36, wanted: "')'" },
  ],
  [
    { kind: 'call', path: "open('a')" },
    { field: 'path', at: 0, wanted: "'cache_from_source'" },
  ],
  [
    { kind: 'call', path: "cache_from_source('a', path='b', 1)" },
    { field: 'path', wanted: 'a keyword' },
  ],
  [
    { optimization: 'value', optimizationText: ' dev' },
    { field: 'optimization', wanted: "dev is a name; put text in quotes, 'dev'" },
  ],
  [
    { optimization: 'value', optimizationText: '1.5.2' },
    { field: 'optimization', source: '1.5.2', at: 3, wanted: 'the end' },
  ],
])('%j: the place that cannot be read is told', (changes, problem) =>
  expect(readForm(form(changes))).toMatchObject(problem),
);

describe('a question is the same in another notation', () => {
  test('of drawn calls', () => {
    let there = 0;
    for (const { call, target } of drawnCalls(70)) {
      const whole = formOf(call, target, 'call');
      if (whole === undefined) continue;
      for (const kind of ['text', 'value', 'call'] as const) {
        const other = readForm(converted(whole, kind));
        if (formOf(call, target, kind) === undefined) continue;
        expect(identityOf(other as Question)).toBe(identityOf({ call, target }));
        there++;
      }
    }
    expect(there).toBeGreaterThan(300);
  });

  test.each<[Partial<Form>, Form['kind'], Partial<Form>]>([
    [{ path: 'a.py' }, 'value', { path: "'a.py'" }],
    [
      { path: 'a.py', optimization: '2' },
      'call',
      { path: "cache_from_source('a.py', optimization=2)", optimization: 'none' },
    ],
    [
      { kind: 'call', path: "cache_from_source('a', optimization=2)" },
      'text',
      { path: 'a', optimization: '2' },
    ],
    [{ kind: 'value', path: "'a'" }, 'text', { path: 'a' }],
    [{ kind: 'value', path: 'None' }, 'text', { path: 'None' }],
    [{ kind: 'value', path: "'unfinished" }, 'text', { path: "'unfinished" }],
  ])('%j as a %s', (from, kind, to) => expect(converted(form(from), kind)).toMatchObject({ kind, ...to }));
});
