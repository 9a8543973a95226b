import { describe, expect, test } from 'vitest';
import type { Call } from './python/call.ts';
import { plainState } from './python/interpreter.ts';
import { formatVersion, turningPoints } from './python/releases.ts';
import { parseCall } from './python/source.ts';
import { Str, str } from './python/text.ts';
import { answer, everyTarget, recorded, type Target } from './reference.ts';

test('every target is each turning point on each platform, once', () => {
  const named = everyTarget().map(({ version, platform }) => `${platform} ${formatVersion(version)}`);
  expect(named).toHaveLength(2 * turningPoints().length);
  expect(new Set(named).size).toBe(named.length);
  expect(named).toContain('win32 3.4.0');
  expect(named).toContain('posix 3.15.0');
});

/** Parses the text between a call's parentheses, and after a `#`. */
function read(written: string): [call: Call, target: Target] {
  const [given, comment] = written.split('  # ');
  const { args, kwargs, state, target } = parseCall(
    `cache_from_source(${given})${comment === undefined ? '' : ` # ${comment}`}`,
  );
  const { version = [3, 13, 0], platform = 'posix' } = target;
  return [
    { args, kwargs, state: { ...plainState(version, platform), ...state } },
    { version, platform },
  ];
}

describe('an outcome', () => {
  test.each<readonly [written: string, path: string, warned: readonly string[]]>([
    ["'b/a.py'", 'b/__pycache__/a.cpython-313.pyc', []],
    ["'/b/a.py', False", '/b/__pycache__/a.cpython-313.opt-1.pyc', ['DeprecationWarning']],
    // Before 3.5, both parameters can be given by keyword.
    ["debug_override=False, path='b.py'  # python='3.4.0'", '__pycache__/b.cpython-34.pyo', []],
  ])('of (%s) is the path %s, after %j', (written, path, warned) => {
    const { warnings, ...outcome } = answer(...read(written));
    expect(outcome).toEqual({ kind: 'return', value: str(path) });
    expect(warnings!.map(({ category }) => category)).toEqual(warned);
  });

  test('that is raised has its type and message, and the warnings before', () => {
    expect(answer(...read("'a.py', True, optimization=1"))).toEqual({
      kind: 'raise',
      type: 'TypeError',
      message: str('debug_override or optimization must be set to None'),
      warnings: [
        {
          category: 'DeprecationWarning',
          message: str("the debug_override parameter is deprecated; use 'optimization' instead"),
        },
      ],
    });
  });

  test('is of Python: what else goes wrong is thrown', () => {
    const [call] = read("'a.py'");
    expect(() => answer(call, { version: [3, 3, 0], platform: 'posix' })).toThrow(RangeError);
  });

  test('of one call tells nothing of another', () => {
    const before = answer(...read("'a.py'"));
    answer(...read("'a.py', True"));
    expect(answer(...read("'a.py'"))).toEqual(before);
  });
});

const bound = ['path', 'debug_override', 'optimization'];
const converted = [...bound, 'chosen', 'fspath'];
const cut = [...converted, 'head', 'tail', 'base', 'sep', 'rest'];
const judged = [...cut, 'tag', 'text'];
const named = [...judged, 'stem', 'almost_filename', 'filename'];

/* Each call gets one step further than the one before. */
describe('a record has what the function came to, in the order of its steps, and no more', () => {
  test.each<readonly [written: string, result: string, keys: readonly string[]]>([
    ['', 'TypeError', ['misfit', 'keyword']],
    ["'b', level=1", 'TypeError', ['misfit', 'keyword']],
    ["'b', True, optimization=1", 'TypeError', bound],
    ["'b', Object(bool=Raises('OSError'))", 'OSError', bound],
    ["'b', Object(bool=Raises('OSError'))  # python='3.4.0'", 'OSError', bound],
    ["PathLike(Raises('OSError'))", 'OSError', [...bound, 'chosen']],
    ['1', 'TypeError', [...bound, 'chosen']],
    // A path, but not text.
    ["b'a'", 'TypeError', [...bound, 'chosen']],
    ["PathLike('a')  # python='3.5.0'", 'AttributeError', [...bound, 'chosen']],
    ["'b'  # cache_tag=None", 'NotImplementedError', [...cut, 'tag']],
    ["'b', optimization=Object(str=Raises('OSError'))", 'OSError', [...cut, 'tag']],
    ["'b', optimization='-'", 'ValueError', judged],
    // Its `__str__` is called again when the text is inserted.
    ["'b', optimization=Object(is_='x', str=Object(is_='x', str=Raises('OSError')))", 'OSError', judged],
    ["'b'", 'path', named],
    ["'b', optimization=1", 'path', named],
    ["'b'  # python='3.4.0'", 'path', [...cut, 'tag', 'stem', 'almost_filename', 'filename']],
    ["'b'  # python='3.7.0', pycache_prefix='/p'", 'path', named],
    [String.raw`'b\x00'  # platform='win32'`, 'ValueError', named],
    [String.raw`'b\x00\\b'  # platform='win32', pycache_prefix='C:\\p'`, 'ValueError', named],
    ["'b'  # pycache_prefix='/p', cwd=None", 'FileNotFoundError', [...named, 'getcwd']],
    ["'b'  # pycache_prefix='/p', cwd='/'", 'IndexError', [...named, 'getcwd', 'absolute']],
    ["'b'  # pycache_prefix='/p', cwd='/w'", 'path', [...named, 'getcwd', 'absolute', 'below']],
    ["'/b/a'  # pycache_prefix='/p', cwd='/w'", 'path', [...named, 'absolute', 'below']],
  ])('(%s): %s', (written, result, keys) => {
    const { outcome, record } = recorded(...read(written));
    const isRaised = outcome.kind === 'raise';
    expect(isRaised ? outcome.type : 'path').toBe(result);
    expect(Object.keys(record)).toEqual(isRaised ? [...keys, 'origin'] : keys);
    // Keeping a record changes nothing.
    expect(answer(...read(written))).toEqual(outcome);
  });
});

describe('a record tells', () => {
  const shown = (value: unknown): unknown => (value instanceof Str ? value.units : value);
  const recordOf = (written: string): Record<string, unknown> => {
    const { record } = recorded(...read(written));
    return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, shown(value)]));
  };

  test('each thing under its name', () => {
    expect(recordOf("'./d/a.b.py', optimization=2  # pycache_prefix='/p', cwd='/w'")).toEqual({
      path: './d/a.b.py',
      debug_override: null,
      optimization: 2n,
      chosen: 2n,
      fspath: './d/a.b.py',
      head: './d',
      tail: 'a.b.py',
      base: 'a.b',
      sep: '.',
      rest: 'py',
      tag: 'cpython-313',
      text: '2',
      stem: 'a.b',
      almost_filename: 'a.b.cpython-313.opt-2',
      filename: 'a.b.cpython-313.opt-2.pyc',
      getcwd: true,
      absolute: '/w/d',
      below: 'w/d',
    });
  });

  test.each<readonly [written: string, part: Record<string, unknown>]>([
    ['', { misfit: 'missing', keyword: undefined }],
    ["'b', path='b'", { misfit: 'given-twice', keyword: 'path' }],
    // The optimization that the override chooses is recorded separately.
    ["'b', True", { debug_override: true, optimization: null, chosen: '' }],
    ["'b', False", { debug_override: false, optimization: null, chosen: 1n }],
    ["'b', False  # python='3.4.0'", { chosen: false }],
    ["'b'  # python='3.4.0', optimize=1", { chosen: false }],
    ["'b'  # optimize=1", { optimization: null, chosen: null, text: '1' }],
    ["'b', 1  # python='3.15.0'", { misfit: 'too-many' }],
    ["'b', optimization='x'  # python='3.15.0'", { debug_override: null, optimization: 'x' }],
    ["PathLike('b/a.py')", { fspath: 'b/a.py', tail: 'a.py' }],
    ["Object(is_='b', str='a')", { fspath: 'b', tail: 'b' }],
    // Names without a dot, and with nothing before it.
    ["'d/b'", { base: '', sep: '', rest: 'b', stem: 'b' }],
    ["'.b'", { base: '', sep: '.', rest: 'b', stem: 'b' }],
    ["'a.b.py'  # python='3.4.2'", { base: 'a', rest: 'b.py', stem: 'a' }],
    ["'b'  # cache_tag=None", { tag: null }],
    // The part below the prefix has no drive.
    [
      String.raw`'C:/a/b'  # platform='win32', pycache_prefix='p'`,
      { head: 'C:/a', absolute: 'C:/a', below: 'a' },
    ],
  ])('of (%s) %o', (written, part) => expect(recordOf(written)).toMatchObject(part));

  test.each([
    ["'b', Object(bool=Raises('OSError'))", 'raised'],
    ["'b', Object(bool=1)", 'mistyped'],
    ["'b', optimization=Object(str=1)", 'mistyped'],
    ["'b', optimization=10**4300", 'tooLong'],
  ])('who raised: (%s): %s', (written, origin) => expect(recordOf(written)['origin']).toBe(origin));

  test('an object that was given as it is while the call is under way', () => {
    expect(recordOf("PathLike(Raises('OSError'))")['path']).toMatchObject({ className: 'PathLike' });
  });
});
