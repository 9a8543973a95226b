/* Inputs for source_from_cache: paths of bytecode files, near misses, and calls with them. */
import * as fc from './arbitraries.ts';
import { callBack, type Call } from '../../src/python/call.ts';
import { plainState, type Platform, type State } from '../../src/python/interpreter.ts';
import { Str, str } from '../../src/python/text.ts';
import { py, type Value } from '../../src/python/values.ts';
import type { Scope } from '../scope.ts';
import { oneOf } from './draw.ts';
import { listed } from './listed.ts';
import { cacheFolder, directory, join, separatorOf, stem } from './paths.ts';
import { absolutePrefix, aState, plainTag, stateOf } from './states.ts';
import { anyText, component, nameWithoutDot } from './texts.ts';
import { alphanumericText, anyPathValue } from './values.ts';

/** A bytecode file, and its parts. */
export type BytecodeFile = {
  readonly path: Str;
  /** Without the directory. */
  readonly name: Str;
  /** The name of its source, without the extension. */
  readonly base: Str;
  /** The directory of its source with a separator after it; empty if there is none. */
  readonly directory: Str;
  /** The path of its source. */
  readonly source: Str;
};

/** The name of a bytecode file without a segment. */
export const plainName = (base: Str | string, tag: Str | string = 'T'): Str => join(base, '.', tag, '.pyc');

/** The path of a bytecode file with this name in a cache folder. */
export const inCacheFolder = (scope: Scope, name: Str, before: Str | string = ''): Str =>
  join(before, cacheFolder(scope), name);

/** The plainest bytecode file, of `a.py`. */
export const plainFile = (platform: Platform): Str =>
  str(platform === 'posix' ? '__pycache__/a.T.pyc' : String.raw`__pycache__\a.T.pyc`);

/** The plainest call. */
export const bytecodeCall = (state: State, { platform }: Scope): Call => callBack(state, plainFile(platform));

/** Names of bytecode files, with the names of their sources without extension. */
export const bytecodeName = (
  scope: Scope,
  levels: fc.Arbitrary<Str | undefined> = levelOrNone(scope),
): fc.Arbitrary<Pick<BytecodeFile, 'base' | 'name'>> =>
  fc
    .record({
      base: stem(scope),
      tag: oneOf(
        { arbitrary: plainTag(scope), weight: 3 },
        { arbitrary: nameWithoutDot(scope, 0), weight: 1 },
      ),
      level: levels,
      extension: oneOf(
        { arbitrary: listed('pyc', 'pyc', 'pyo').map(str), weight: 3 },
        { arbitrary: nameWithoutDot(scope, 0), weight: 1 },
      ),
    })
    // A tag may contain dots, but the name must have two or three.
    .map(({ base, tag, level, extension }) => ({
      base,
      name: join(
        base,
        '.',
        tag.units.replaceAll('.', ''),
        '.',
        ...(level === undefined ? [] : ['opt-', level, '.']),
        extension,
      ),
    }));

/** An alphanumeric level, if the release has levels in names. */
export const someLevel = ({ release }: Scope): fc.Arbitrary<Str> =>
  oneOf(
    { arbitrary: listed('1', '2', 'x', 'True').map(str), weight: 2 },
    { arbitrary: alphanumericText(release), weight: 1 },
  );
const levelOrNone = (scope: Scope): fc.Arbitrary<Str | undefined> =>
  scope.release.has('optimization')
    ? fc.option(someLevel(scope), { nil: undefined, freq: 1 })
    : fc.constant(undefined);

/** Directories before a cache folder: none, or one that is returned unchanged. */
export const directoryBefore = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf(
    { arbitrary: fc.constant(Str.empty), weight: 1 },
    { arbitrary: directory(scope).map((one) => join(one, separatorOf(scope))), weight: 3 },
  );

/** A bytecode file in a cache folder. */
export const bytecodeFile = (scope: Scope, names = bytecodeName(scope)): fc.Arbitrary<BytecodeFile> =>
  fc.tuple(directoryBefore(scope), names).map(([before, { base, name }]) => ({
    base,
    name,
    directory: before,
    path: inCacheFolder(scope, name, before),
    source: join(before, base, '.py'),
  }));

/** A directory without a root, and not starting with a dot. */
const inner = (scope: Scope): fc.Arbitrary<Str> =>
  fc
    .array(component(scope), { minLength: 1, maxLength: 3 })
    .map((parts) => Str.join(separatorOf(scope), parts));

/** A bytecode file below a prefix, and a state with that prefix. The source's directory starts with a separator. */
export const belowPrefix = (
  scope: Scope,
  ends: fc.Arbitrary<string> = fc.constant(''),
): fc.Arbitrary<{ readonly state: State; readonly file: BytecodeFile; readonly prefix: Str }> =>
  fc
    .record({
      prefix: absolutePrefix(scope),
      state: stateOf(scope, { pycachePrefix: ends.map(str) }),
      before: inner(scope),
      name: bytecodeName(scope),
    })
    .map(({ prefix, state, before, name: { base, name } }) => {
      const separator = separatorOf(scope);
      const own = join(separator, before, separator);
      return {
        state: { ...state, pycachePrefix: join(prefix, state.pycachePrefix!) },
        prefix,
        file: { base, name, directory: own, path: join(prefix, own, name), source: join(own, base, '.py') },
      };
    });

/* General calls. */

const piece = fc.oneof(
  {
    arbitrary: fc.constantFrom('a', '', 'mod', 'T', 'cpython-313', 'pypy311', 'pyc', 'pyo', 'py'),
    weight: 6,
  },
  {
    arbitrary: fc.constantFrom('opt-1', 'opt-', 'opt-_', 'opt-é', 'opt-²', 'OPT-1', 'opt', 'xopt-1'),
    weight: 4,
  },
  { arbitrary: anyText.map(({ units }) => `opt-${units}`), weight: 1 },
  { arbitrary: anyText.map(({ units }) => units), weight: 1 },
);
const name = fc
  .oneof(
    { arbitrary: fc.array(piece, { minLength: 3, maxLength: 4 }), weight: 4 },
    { arbitrary: fc.array(piece, { maxLength: 6 }), weight: 1 },
  )
  .map((pieces) => pieces.join('.'));
const separator = fc.oneof(
  { arbitrary: fc.constant('/'), weight: 6 },
  fc.constantFrom('\\', '//', '\\/', ''),
);
const folder = fc.oneof(
  { arbitrary: fc.constant('__pycache__'), weight: 4 },
  fc.constantFrom('a', '', '.', '__PYCACHE__', '__pycache__ ', 'x__pycache__', '/p', '/p/a', '\\p\\a', 'C:'),
);
const posix = '/ // a /a a/b a// ./a /p /p/a /p/__pycache__ p /px 𐐀'.split(' ');
const windows = String.raw`\ \a C: C:\ C:\a c:\p\a C:\p C:\p\a \\s\h \\?\C:\a é:\a`.split(' ');
const anyDirectory = fc.constantFrom('', 'a\0', ...posix, ...windows);
const text = fc.oneof(
  {
    arbitrary: fc.tuple(anyDirectory, separator, folder, separator, name).map((parts) => str(parts.join(''))),
    weight: 8,
  },
  { arbitrary: fc.tuple(folder, separator, name).map((parts) => str(parts.join(''))), weight: 2 },
  { arbitrary: anyText, weight: 1 },
);
const prefixes = [
  '',
  ...String.raw`/ /p /p/ /p// p . /p/a /p/__pycache__ 𐐀 \ \p C: C:\ C:\p C:\p\ C:\p/ c:\p C:/p`.split(' '),
];

/** Calls, most of which are close to the expected form: a cache folder, a name with dots, and perhaps a prefix. */
export function callsBack(scope: Scope): fc.Arbitrary<Call> {
  const path: fc.Arbitrary<Value> = fc.oneof(
    { arbitrary: text, weight: 12 },
    { arbitrary: text.map((one) => py.pathLike(one)), weight: 1 },
    { arbitrary: text.map((one) => py.object({ is: one })), weight: 1 },
    { arbitrary: anyPathValue(scope), weight: 1 },
  );
  const args = fc.oneof(
    { arbitrary: path.map((one) => [[one], []] as const), weight: 20 },
    { arbitrary: path.map((one) => [[], [['path', one]]] as const), weight: 1 },
    path.map((one) => [[one, one], []] as const),
    path.map((one) => [[], [['paths', one]]] as const),
    fc.constant([[], []] as const),
  );
  const ownState = aState(scope);
  const state = fc
    .record({
      tag: fc.oneof(
        { arbitrary: fc.constantFrom('T', 'cpython-313'), weight: 20 },
        fc.constantFrom(null, ''),
      ),
      prefix: fc.oneof(fc.constant(null), fc.constantFrom(...prefixes)),
    })
    .map(({ tag, prefix }): State => ({
      ...ownState,
      ...(scope.fixed.cacheTag === undefined ? { cacheTag: tag === null ? null : str(tag) } : {}),
      pycachePrefix: prefix === null ? null : str(prefix),
    }));
  return fc.tuple(args, state).map(([[given, kwargs], held]): Call => ({
    function: 'source_from_cache',
    args: given,
    kwargs,
    state: held,
  }));
}

/** Names with up to three dots, and different texts between the last two. */
const smallNames = [
  '',
  'a',
  'a.a',
  ...['', 'a'].flatMap((base) => ['', 'a'].flatMap((tag) => ['', 'a'].map((end) => `${base}.${tag}.${end}`))),
  ...['', 'a', 'opt', 'opt-', 'opt-a', 'opt-1', 'opt-_', 'opt-a_', 'opt--1', 'OPT-1', 'aopt-1', '1'].map(
    (segment) => `a.a.${segment}.a`,
  ),
  '.a.opt-1.a',
  'a.a.opt-1.a.a',
  'a.opt-1.a.a',
  'opt-1.a.a.a',
];
const smallHeads = [
  '',
  '/',
  '//',
  'a',
  'a/',
  'a//',
  '/a',
  '/a/',
  './',
  '../',
  'a/b/',
  '/p/',
  '/p/a/',
  '/P/a/',
  '/pa/',
  'p/',
];
const smallFolders = ['__pycache__/', '__PYCACHE__/', '__pycache__//', ''];
const smallPrefixes = ['/p', '/p/', '/', '', 'p', './p', '/p/a'];

/** Every name in a cache folder, and one name in every place, also below some prefixes. */
export function smallCallsBack(scope: Scope): Call[] {
  const state = plainState(scope.release.version, scope.platform);
  const own = { ...state, ...scope.fixed };
  const asOnPlatform = (path: string): Str =>
    str(scope.platform === 'posix' ? path : path.replaceAll('/', '\\').replace(/^(?=\\p)/i, 'C:'));
  const places = smallHeads.flatMap((head) =>
    smallFolders.map((one) => asOnPlatform(`${head}${one}a.T.pyc`)),
  );
  const below = [
    '/p/',
    '/p/a/',
    '/p//',
    '/P/a/',
    '/pa/a/',
    'p/a/',
    './p/a/',
    '/./p/',
    '/p/__pycache__/',
    '/p/a/__pycache__/',
  ];
  return [
    ...smallNames.map((one) => callBack(own, inCacheFolder(scope, str(one)))),
    ...places.map((path) => callBack(own, path)),
    ...smallPrefixes.flatMap((prefix) =>
      below.map((head) =>
        callBack({ ...own, pycachePrefix: asOnPlatform(prefix) }, asOnPlatform(`${head}a.T.pyc`)),
      ),
    ),
  ];
}
