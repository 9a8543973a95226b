import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainState, type State } from '../python/interpreter.ts';
import { parseVersion, releaseOf } from '../python/releases.ts';
import { Str, str } from '../python/text.ts';
import { py, type Value } from '../python/values.ts';
import { specFolder } from './chapters.ts';
import { features, featuresOf, type Feature } from './features.ts';

const state = plainState([3, 12, 1]);
const path = str('a.py');

type Kwargs = Record<string, Value>;
/** The features that a call needs in one release, if the subject fixes these parts of the state. */
const neededIn = (
  version: string,
  args: readonly Value[],
  kwargs: Kwargs = {},
  own: Partial<State> = {},
  fixed: Partial<State> = {},
): Feature[] => {
  const call = { state: { ...state, ...own }, args, kwargs: Object.entries(kwargs) };
  return [...featuresOf(call, fixed, releaseOf(parseVersion(version)!))].toSorted();
};
const needed = (...rest: Parameters<typeof neededIn> extends [string, ...infer R] ? R : never): Feature[] =>
  neededIn('3.12.1', ...rest);

test('a path of text alone needs nothing', () => {
  expect(needed([path])).toEqual([]);
  expect(needed([py.str([0xd800, 0x1f600])])).toEqual([]);
});

describe('optimization', () => {
  test.each<readonly [string, Value]>([
    ['text', str('x')],
    ['an integer', 2n],
    ['an integer of many digits', 10n ** 5000n],
    ['None', null],
  ])('of %s needs no more than the argument', (_, optimization) => {
    expect(needed([path], { optimization })).toEqual(['optimization']);
  });

  test.each<readonly [string, Value]>([
    ['a bool', true],
    ['a float', py.float(1)],
    ['bytes', py.bytes('1')],
    ['a list', py.list()],
    ['a tuple', py.tuple(1n)],
    ['a path object', py.pathLike(str('2'))],
  ])('of %s needs values', (_, optimization) => {
    expect(needed([path], { optimization })).toEqual(['optimization', 'values']);
  });

  test('of an object needs objects', () => {
    expect(needed([path], { optimization: py.object({ str: str('2') }) })).toEqual([
      'objects',
      'optimization',
    ]);
  });

  test('of an object within a list needs both', () => {
    expect(needed([path], { optimization: py.list(py.tuple(py.object())) })).toEqual([
      'objects',
      'optimization',
      'values',
    ]);
  });
});

describe('debug_override', () => {
  test.each<readonly [string, Value]>([
    ['a bool', false],
    ['text', str('')],
    ['an integer', 0n],
    ['None', null],
  ])('of %s needs no more than the argument', (_, value) => {
    expect(needed([path], { debug_override: value })).toEqual(['debug_override']);
  });

  test('of a float or a list needs values', () => {
    expect(needed([path], { debug_override: py.float(0) })).toEqual(['debug_override', 'values']);
    expect(needed([path], { debug_override: py.list() })).toEqual(['debug_override', 'values']);
  });

  test('of an object needs objects', () => {
    expect(needed([path], { debug_override: py.object({ bool: true }) })).toEqual([
      'debug_override',
      'objects',
    ]);
  });

  test('by position needs any form of call too', () => {
    expect(needed([path, true])).toEqual(['debug_override', 'python_calls']);
  });
});

describe('an argument that a release does not have', () => {
  test.each<readonly [version: string, name: string, taken: boolean]>([
    ['3.4.0', 'optimization', false],
    ['3.4.10', 'optimization', false],
    ['3.5.0', 'optimization', true],
    ['3.15.0', 'optimization', true],
    ['3.4.0', 'debug_override', true],
    ['3.14.9', 'debug_override', true],
    ['3.15.0', 'debug_override', false],
  ])('Python %s, %s: %s', (version, name, taken) => {
    expect(neededIn(version, [path], { [name]: null })).toEqual([taken ? name : 'python_calls']);
  });

  test('needs what its value is, all the same', () => {
    expect(neededIn('3.4.0', [path], { optimization: py.list() })).toEqual(['python_calls', 'values']);
    expect(neededIn('3.15.0', [path], { debug_override: py.object() })).toEqual(['objects', 'python_calls']);
  });

  test('by position is one of any form of call', () => {
    expect(neededIn('3.14.0', [path, true])).toEqual(['debug_override', 'python_calls']);
    expect(neededIn('3.15.0', [path, true])).toEqual(['python_calls']);
  });
});

describe('python_calls', () => {
  test.each<readonly [string, Value[], Kwargs]>([
    ['without a path', [], {}],
    ['with the path by keyword', [], { path }],
    ['with an unknown keyword', [path], { level: 1n }],
  ])('is needed by a call %s', (_, args, kwargs) => {
    expect(needed(args, kwargs)).toEqual(['python_calls']);
  });

  test('is needed by a call with too many arguments', () => {
    expect(needed([path, null, 1n])).toContain('python_calls');
  });
});

describe('the path', () => {
  test('an object that gives text needs path_like', () => {
    expect(needed([py.pathLike(path)])).toEqual(['path_like']);
    expect(needed([], { path: py.pathLike(path) })).toEqual(['path_like', 'python_calls']);
  });

  test('an object that raises or answers in a sequence needs objects too', () => {
    expect(needed([py.pathLike(py.raises('OSError'))])).toEqual(['objects', 'path_like']);
    expect(needed([py.pathLike(py.sequence(path, path))])).toEqual(['objects', 'path_like']);
  });

  test.each<readonly [string, Value]>([
    ['None', null],
    ['a bool', true],
    ['an integer', 1n],
    ['bytes', py.bytes('a.py')],
    ['a list', py.list(path)],
    ['another object with __fspath__', py.pathLike(path)],
  ])('an object that gives %s needs values too', (_, given) => {
    expect(needed([py.pathLike(given)])).toEqual(['path_like', 'values']);
  });

  test.each<readonly [string, Value]>([
    ['None', null],
    ['a bool', true],
    ['an integer', 1n],
    ['bytes', py.bytes('a.py')],
    ['a list', py.list(path)],
    ['a float', py.float(1)],
  ])('of %s needs values', (_, value) => {
    expect(needed([value])).toEqual(['values']);
  });

  test('of a str subclass needs objects', () => {
    expect(needed([py.object({ is: path })])).toEqual(['objects']);
  });
});

describe('the state', () => {
  test('may be anything where nothing is fixed', () => {
    expect(needed([path], {}, { cacheTag: null, optimize: 7n, cwd: str('/x') })).toEqual([]);
  });

  test('needs cache_tag where it differs from the fixed tag', () => {
    expect(needed([path], {}, { cacheTag: str('x') }, { cacheTag: str('x') })).toEqual([]);
    expect(needed([path], {}, { cacheTag: str('x') }, { cacheTag: str('y') })).toEqual(['cache_tag']);
    expect(needed([path], {}, { cacheTag: str('x') }, { cacheTag: null })).toEqual(['cache_tag']);
    expect(needed([path], {}, { cacheTag: null }, { cacheTag: null })).toEqual([]);
  });

  test('needs optimize where it differs from the fixed level', () => {
    expect(needed([path], {}, { optimize: 2n }, { optimize: 2n })).toEqual([]);
    expect(needed([path], {}, { optimize: 2n }, { optimize: 0n })).toEqual(['optimize']);
  });

  const prefix = { pycachePrefix: str('/p') };

  test('needs pycache_prefix where there is a prefix, if only an empty one, and cwd with it', () => {
    expect(needed([path], {}, prefix)).toEqual(['cwd', 'pycache_prefix']);
    expect(needed([path], {}, { pycachePrefix: Str.empty })).toEqual(['cwd', 'pycache_prefix']);
    expect(needed([str('/absolute.py')], {}, prefix)).toEqual(['cwd', 'pycache_prefix']);
  });

  test('needs cwd with a prefix alone, and not where it is fixed to the same', () => {
    expect(needed([path], {}, { cwd: str('/v') })).toEqual([]);
    expect(needed([path], {}, { cwd: str('/v') }, { cwd: str('/u') })).toEqual([]);
    expect(needed([path], {}, { ...prefix, cwd: str('/v') }, { cwd: str('/v') })).toEqual(['pycache_prefix']);
    expect(needed([path], {}, { ...prefix, cwd: str('/v') }, { cwd: str('/u') })).toEqual([
      'cwd',
      'pycache_prefix',
    ]);
  });

  test('needs removed_cwd where there is no working directory, prefix or none', () => {
    expect(needed([path], {}, { cwd: null })).toEqual(['removed_cwd']);
    expect(needed([path], {}, { ...prefix, cwd: null })).toEqual(['cwd', 'pycache_prefix', 'removed_cwd']);
    expect(needed([path], {}, { ...prefix, cwd: null }, { cwd: str('/v') })).toEqual([
      'cwd',
      'pycache_prefix',
      'removed_cwd',
    ]);
  });
});

test('the protocol names the same features', () => {
  const markdown = readFileSync(join(specFolder(), 'protocol.md'), 'utf8');
  const [, section] = /^## Features\n(.*?)^## /ms.exec(markdown)!;
  const rows = section!.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((line) => [...line.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  expect(new Set(named)).toEqual(new Set(features));
  expect(named).toHaveLength(features.length);
});
