/* Calls that differ from a given one in one aspect. They show which features of the call a failure needs. */
import { withPath, withState } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import type { Platform } from '../../python/interpreter.ts';
import { releaseOf } from '../../python/releases.ts';
import { parseValues } from '../../python/source.ts';
import { Str, str } from '../../python/text.ts';
import { sameValue, type Value } from '../../python/values.ts';
import type { Target } from '../../reference.ts';
import { callText } from '../codec.ts';
import type { Domain } from '../domain/domain.ts';
import type { Hello } from '../features.ts';
import { named } from './simpler.ts';

/** The aspects of a call, with names for a person. */
export const aspects = [
  'path',
  'optimization',
  'debug override',
  'tag',
  'level',
  'prefix',
  'working directory',
] as const;
export type Aspect = (typeof aspects)[number];

const optimizations = parseValues(String.raw`
  None, '', 'a', 'A', '0', '1', '12', '_', 'a_', '-1', '\u00e9', '\u4e00', 0, 1, 2, 3, 10, 12345, -1, True, False,
  1.0, float('nan'), b'a', b'', [], (), Object(), Object(str='a'), Object(str='_'), Object(is_='a'), Object(is_=1), Object(str=1),
  Object(str=Raises('ValueError', 'a')), Object(bool=False, str='a'), Object(eq=True, str='a'),
  Object(str=Sequence('a', 'b')), Object(is_='a', str='b'), Object(str=Object(is_='a'))`);

const overrides = parseValues(String.raw`
  None, True, False, 0, 1, '', 'a', [], 0.0, b'', Object(), Object(bool=False), Object(bool=True), Object(bool=1),
  Object(bool=Raises('ValueError', 'a')), Object(bool=Sequence(True, False)), Object(eq=True),
  Object(eq=True, bool=False), Object(is_=''), Object(is_='a')`);

const posixPaths = parseValues(String.raw`
  'a.py', 'b.py', 'a', 'b', '', '.', '..', '.a', '.a.py', 'a.b.py', 'a.b.c', 'a.', 'a.so', 'a.pyc', 'a.PY', 'a.pyw',
  'A.py', 'a_1.py', 'a-b.py', 'a b.py', '/a.py', '/a', '//a.py', '///a.py', '/', 'a/', 'a/b.py', 'a/b', 'a.b/c',
  'a.b/c.py', 'a/b/c.py', 'a//b.py', 'a///b.py', 'a//b/c.py', './a.py', '../a.py', 'a/./b.py', 'a/../b.py', '/a/b.py',
  '/a/b', '/a/./b.py', 'a/.b', '/usr/lib/a.py', '/usr/bin', '__pycache__/a.py', '__init__.py', 'site-packages/a.py',
  'a\\b.py', 'a:b.py', 'C:/a/b.py', 'a\n.py', '\u00e9.py', '~/a.py', '$a.py', '%s.py', '{}.py', 'a\x00.py', '\ud800.py'`);

const windowsPaths = parseValues(String.raw`
  'a\\b.py', 'a/b.py', 'a\\', 'a\\b', 'a\\\\b.py', 'a//b.py', '.\\a.py', '..\\a.py', '\\a.py', '/a.py', '\\\\a.py',
  'C:\\a.py', 'C:a.py', 'c:\\a.py', 'C:/a.py', 'C:\\a\\b.py', 'C:/a/b.py', 'D:\\a\\b.py', 'D:a.py', 'C:a\\b.py',
  '\\a\\b.py', '/a/b.py', '\\\\s\\t\\a.py', '\\\\s\\t\\a\\b.py', '\\\\?\\C:\\a.py', '\\\\?\\C:\\a\\b.py', '1:\\a\\b.py',
  '1:a.py', 'a\\C:b.py', 'C:\\a\\C:b.py', 'C:\\D:\\a.py', 'con.py', 'a .py', 'a\x00.py', 'a\\.\\b.py', 'a\\..\\b.py',
  '.\\a\\b.py', './a/b.py', '.\\./a\\b.py', '\ud801\udc00.py'`);

const bytecodePaths: Record<Platform, readonly Value[]> = {
  posix: parseValues(String.raw`
  '__pycache__/a.T.pyc', '__pycache__/b.T.pyc', 'a/__pycache__/a.T.pyc', '/a/__pycache__/a.T.pyc', '/__pycache__/a.T.pyc',
  'a//__pycache__/a.T.pyc', './__pycache__/a.T.pyc', '__pycache__//a.T.pyc', 'a/a.T.pyc', '/a/a.T.pyc', '/p/a.T.pyc',
  '/p/a/a.T.pyc', '/p/__pycache__/a.T.pyc', '/p/a/__pycache__/a.T.pyc', '/P/a/a.T.pyc', '/pa/a/a.T.pyc', 'p/a/a.T.pyc',
  '__PYCACHE__/a.T.pyc', 'x__pycache__/a.T.pyc', '__pycache__', '__pycache__/', 'a.T.pyc', '', '__pycache__/a',
  '__pycache__/a.pyc', '__pycache__/a.T.pyo', '__pycache__/a.T.', '__pycache__/.T.pyc', '__pycache__/a..pyc',
  '__pycache__/a.T.opt-1.pyc', '__pycache__/a.T.opt-2.pyc', '__pycache__/a.T.opt-a.pyc', '__pycache__/a.T.opt-\u00e9.pyc',
  '__pycache__/a.T.opt-.pyc', '__pycache__/a.T.opt-_.pyc', '__pycache__/a.T.OPT-1.pyc', '__pycache__/a.T.opt.pyc',
  '__pycache__/a.T.xopt-1.pyc', '__pycache__/a.b.T.pyc', '__pycache__/a.b.T.opt-1.pyc', '__pycache__/\u00e9.T.pyc',
  '__pycache__/a\x00.T.pyc', 'a\\__pycache__\\a.T.pyc', '__pycache__/A.T.pyc', '__pycache__/a.cpython-313.pyc'`),
  win32: parseValues(String.raw`
  '__pycache__\\a.T.pyc', '__pycache__\\b.T.pyc', '__pycache__/a.T.pyc', 'a\\__pycache__\\a.T.pyc', 'a/__pycache__/a.T.pyc',
  'a/b\\__pycache__\\a.T.pyc', '\\a\\__pycache__\\a.T.pyc', '/a/__pycache__/a.T.pyc', '\\__pycache__\\a.T.pyc',
  'C:\\__pycache__\\a.T.pyc', 'C:__pycache__\\a.T.pyc', 'C:\\a\\__pycache__\\a.T.pyc', 'C:/a/__pycache__/a.T.pyc',
  '\\\\s\\t\\__pycache__\\a.T.pyc', '\\\\s\\t\\a\\__pycache__\\a.T.pyc', 'a\\a.T.pyc', 'a\\\\__pycache__\\a.T.pyc',
  '__pycache__\\\\a.T.pyc', 'C:\\p\\a.T.pyc', 'C:\\p\\a\\a.T.pyc', 'C:/p/a/a.T.pyc', 'c:\\p\\a\\a.T.pyc',
  'C:\\p/a\\a.T.pyc', 'C:\\p\\__pycache__\\a.T.pyc', '__PYCACHE__\\a.T.pyc', 'a.T.pyc', '', '__pycache__\\a',
  '__pycache__\\a.pyc', '__pycache__\\a.T.opt-1.pyc', '__pycache__\\a.T.opt-.pyc', '__pycache__\\a.T.opt-_.pyc',
  '__pycache__\\a.T.OPT-1.pyc', '__pycache__\\a.b.T.pyc', '__pycache__\\a.b.T.opt-1.pyc', '__pycache__\\C:a.T.pyc',
  'a\\__pycache__\\C:a.T.pyc', 'a\x00\\__pycache__\\a.T.pyc', '__pycache__\\a\x00.T.pyc'`),
};

const pathValues = parseValues(String.raw`
  None, 1, True, 1.0, b'a.py', [], ('a',), Object(), Object(str='a.py'), Object(is_='a.py'), Object(is_='a.py', str='b.py'),
  PathLike('a.py'), PathLike(b'a.py'), PathLike(1), PathLike(None), PathLike(Raises('ValueError', 'a')),
  PathLike(Sequence('a.py', 'b.py')), PathLike(PathLike('a.py')), PathLike(Object(is_='a.py'))`);

const bytecodeValues = parseValues(String.raw`
  None, 1, True, b'__pycache__/a.T.pyc', b'', [], Object(), Object(str='__pycache__/a.T.pyc'), Object(is_='__pycache__/a.T.pyc'),
  PathLike('__pycache__/a.T.pyc'), PathLike(b'__pycache__/a.T.pyc'), PathLike(1), PathLike(Raises('ValueError', 'a'))`);

const tags = parseValues(
  `None, 'cpython-313', 'pypy311', 'a', 'A', 'a_b', 'a-b-c', '', 'a.b', 'a/b', ' '`,
) as ReadonlyArray<Str | null>;

const prefixes: Record<Platform, ReadonlyArray<Str | null>> = {
  posix: parseValues(
    `None, '/p', 'p', '', '/p/', '/p//', '/', './p', '/p/../q', '/p//q', '/a.b', '~/p'`,
  ) as Array<Str | null>,
  win32: parseValues(
    String.raw`None, 'C:\\p', 'D:\\p', 'p', '', 'C:', 'C:\\', 'C:/p/', '\\\\s\\t', 'C:\\p\\..\\q'`,
  ) as Array<Str | null>,
};
const directories: Record<Platform, ReadonlyArray<Str | null>> = {
  posix: parseValues(`None, '/w', '/', '/w/x', '/C:'`) as Array<Str | null>,
  win32: parseValues(String.raw`None, 'C:\\w', 'D:\\w', 'C:\\', '\\\\s\\t'`) as Array<Str | null>,
};

/** For each aspect, the calls inside the domain that differ from a call in that aspect only. */
export function variations(
  call: Call,
  { version, platform }: Target,
  { fixed, domain }: Pick<Hello, 'fixed' | 'domain'>,
): ReadonlyMap<Aspect, readonly Call[]> {
  const release = releaseOf(version);
  const { args, kwargs, state } = call;
  const own = args[0] ?? kwargs.find(([name]) => name === 'path')?.[1];
  const isBack = call.function === 'source_from_cache';
  const texts = isBack
    ? bytecodePaths[platform]
    : platform === 'win32'
      ? [...windowsPaths, ...posixPaths.slice(0, 24)]
      : posixPaths;
  const values = isBack ? bytecodeValues : pathValues;
  const paths = [...texts, ...(own instanceof Str ? editedPaths(own, platform) : []), ...values];
  const withOverride = (value: Value): Call =>
    args.length > 1 ? { ...call, args: args.with(1, value) } : named(call, 'debug_override', value);
  const bare = { ...named(call, 'debug_override', undefined), args: args.slice(0, 1) };
  const all = new Map<Aspect, Call[]>([
    ['path', own === undefined ? [] : paths.map((value) => withPath(call, value))],
    [
      'optimization',
      release.has('optimization') && !isBack
        ? [undefined, ...optimizations].map((value) => named(call, 'optimization', value))
        : [],
    ],
    [
      'debug override',
      release.has('no-debug-override') || isBack
        ? []
        : [...(args.length > 2 ? [] : [bare]), ...overrides.map(withOverride)],
    ],
    ['tag', fixed.cacheTag === undefined ? tags.map((cacheTag) => withState(call, { cacheTag })) : []],
    [
      'level',
      fixed.optimize === undefined ? [0n, 1n, 2n, 3n].map((optimize) => withState(call, { optimize })) : [],
    ],
    ['prefix', prefixes[platform].map((pycachePrefix) => withState(call, { pycachePrefix }))],
    [
      'working directory',
      fixed.cwd === undefined ? directories[platform].map((cwd) => withState(call, { cwd })) : [],
    ],
  ]);
  const itself = callText(call);
  // Without a prefix, the working directory is not used. Only a removed one would show a subject that uses it.
  const isTelling = (one: Call): boolean =>
    state.pycachePrefix !== null || sameValue(one.state.cwd, state.cwd) || one.state.cwd === null;
  return new Map(
    [...all].map(([aspect, calls]) => [
      aspect,
      insideOnce(calls, domain).filter((one) => callText(one) !== itself && isTelling(one)),
    ]),
  );
}

/** The calls moved into a domain, without duplicates. */
function insideOnce(calls: readonly Call[], domain: Domain): Call[] {
  if (domain.isWhole) return [...calls];
  const found = new Map<string, Call>();
  for (const near of calls.map((call) => domain.nearest(call))) {
    if (near !== undefined) found.set(callText(near), near);
  }
  return [...found.values()];
}

/** The path with small changes: another character, another ending, another directory. */
function editedPaths(path: Str, platform: Platform): Str[] {
  const windows = platform === 'win32';
  const separator = windows ? '\\' : '/';
  const { units } = path;
  const at = Math.max(units.lastIndexOf('/'), windows ? units.lastIndexOf('\\') : -1) + 1;
  const head = path.slice(0, at);
  const tail = path.slice(at);
  const edits = [
    str(`b${separator}`).concat(path),
    str(separator).concat(path),
    head.concat(str('b.py')),
    head.concat(str('b')),
    head.concat(str(separator)).concat(tail),
    tail,
    path.concat(str('.py')),
    path.concat(str('b')),
    str('b').concat(path),
    tail.endsWith('.py') ? path.slice(0, units.length - 3) : path.concat(str('x')),
    path.concat(str(`${separator}b.py`)),
    str(`x${separator}y.z${separator}`).concat(tail),
  ];
  return edits.filter((one) => one.units.length < 300);
}
