/* The laws of spec/10-source-from-cache.md. */
import * as fc from './inputs/arbitraries.ts';
import { callBack, type Call } from '../src/python/call.ts';
import { Instance } from '../src/python/objects.ts';
import { Str, str } from '../src/python/text.ts';
import { py, type Value } from '../src/python/values.ts';
import { raises, returns, same, warns } from './expect.ts';
import {
  belowPrefix,
  bytecodeCall,
  bytecodeFile,
  bytecodeName,
  callsBack,
  directoryBefore,
  inCacheFolder,
  plainFile,
  plainName,
  someLevel,
  type BytecodeFile,
} from './inputs/bytecode.ts';
import { unknownKeyword } from './inputs/calls.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import { listed } from './inputs/listed.ts';
import { join, separatorOf, stem } from './inputs/paths.ts';
import { absolutePrefix, aState, plainTag, stateOf } from './inputs/states.ts';
import { anyText, component, nameWithoutDot } from './inputs/texts.ts';
import { any, anyBytes, raising } from './inputs/values.ts';
import { deceptive, deceptiveTexts, words } from './inputs/words.ts';
import { sourcePieces, type Difference, type Part } from './parts.ts';
import {
  law,
  type Allows,
  type Control,
  type Forbids,
  type Law,
  type Property,
  type Statement,
  type Twin,
} from './property.ts';
import type { Scope } from './scope.ts';
import {
  byPosition,
  fspathOf,
  givesBytes,
  isRooted,
  isSequence,
  kindOf,
  mayExist,
  ofRaise,
  raisesFirst,
  where,
  withPath,
  withState,
  type Seen,
} from './seen.ts';
import {
  faultsOfName,
  hasHead,
  isBelow,
  isBeside,
  isNearlyBelow,
  joinedByRoots,
  joinedPlainly,
  liesInPrefix,
  piecesOfName,
  separatorsChange,
  stepBack,
  strippedPrefix,
} from './way-back.ts';
import { differsInSeparators } from './windows.ts';
import { answer } from '../src/reference.ts';
import { cpythonTag, plainState, type State } from '../src/python/interpreter.ts';

const ofResult = [...ofRaise, ...sourcePieces] as const;

const back = <I>(property: Property<I>): Law => law(property, 'source_from_cache');

/** A bytecode file, and the state in which the function is called. */
type Asked = { readonly state: State; readonly file: Pick<BytecodeFile, 'path' | 'source'> };

/** A law about files whose source is known. */
const comesBack = (
  rule: string,
  says: Statement,
  input: (scope: Scope) => fc.Arbitrary<Asked>,
  always?: (scope: Scope) => Asked[],
): Law =>
  back<Asked>({
    rule,
    says,
    input,
    ...(always === undefined ? {} : { always }),
    calls: ({ state, file }) => [callBack(state, file.path)],
    holds: ({ file }, outcomes) => returns(outcomes, 0, file.source),
  });

/** A law about files in a cache folder, given by their names. */
const isOf = (
  rule: string,
  says: Statement,
  names: (scope: Scope) => fc.Arbitrary<Named>,
  always?: (scope: Scope) => Asked[],
): Law =>
  comesBack(
    rule,
    says,
    (scope) => fc.record({ state: stateOf(scope), file: bytecodeFile(scope, names(scope)) }),
    always,
  );
type Named = Pick<BytecodeFile, 'base' | 'name'>;

/** A law about paths that raise. */
const refuses = (
  rule: string,
  says: Statement,
  { type, message }: { readonly type: string; readonly message?: (path: Value) => Str },
  paths: (scope: Scope) => fc.Arbitrary<Value>,
): Law =>
  back<{ state: State; path: Value }>({
    rule,
    says,
    raises: true,
    input: (scope) => fc.record({ state: stateOf(scope), path: paths(scope) }),
    calls: ({ state, path }) => [callBack(state, path)],
    holds: ({ path }, outcomes) => raises(outcomes, 0, type, message?.(path)),
  });

/** A law about values that are equivalent to a path given as text. */
const standsFor = (
  rule: string,
  decides: (seen: Seen) => boolean,
  values: (text: Str, scope: Scope) => fc.Arbitrary<Value>,
): Law =>
  back<{ state: State; path: { source: Str; value: Value } }>({
    rule,
    says: {
      decides: (seen) => where(decides(seen), ...ofResult),
      twin: ({ call, record: { fspath } }) => (fspath === undefined ? undefined : withPath(call, fspath)),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: bytecodeFile(scope).chain(({ path, source }) =>
          fc.record({ source: fc.constant(source), value: values(path, scope) }),
        ),
      }),
    calls: ({ state, path: { value } }) => [callBack(state, value)],
    holds: ({ path: { source } }, outcomes) => returns(outcomes, 0, source),
  });

const inFolder = (scope: Scope, names: fc.Arbitrary<Str>): fc.Arbitrary<Str> =>
  fc.tuple(directoryBefore(scope), names).map(([before, name]) => inCacheFolder(scope, name, before));

/** A name with a given segment. */
const withSegment = (scope: Scope, segments: fc.Arbitrary<Str>): fc.Arbitrary<Str> =>
  fc.tuple(stem(scope), segments).map(([base, segment]) => join(base, '.T.', segment, '.pyc'));

/** Names with a given number of dots. */
const ofDots = (counts: fc.Arbitrary<number>): fc.Arbitrary<Str> =>
  counts.map((count) => join('a', ...Array.from({ length: count }, (_, i) => `.${'abcdef'[i] ?? 'x'}`)));

const noPath: readonly Value[] = [
  null,
  1n,
  true,
  py.float(1),
  py.list(str('a')),
  py.tuple(str('a')),
  py.object(),
];

/** A prefix, and a bytecode file whose directory is almost below it. */
const nearly = (scope: Scope): fc.Arbitrary<{ readonly state: State; readonly path: Str }> =>
  fc
    .record({
      state: stateOf(scope),
      name: stem(scope).map((base) => plainName(base)),
      pair:
        scope.platform === 'posix'
          ? listed<readonly [string, string]>(
              ['/p', '/P/a/'],
              ['/p', '/pa/b/'],
              ['/p', '//p/a/'],
              ['/p', '/./p/a/'],
              ['./p', 'p/a/'],
              ['/w/p', 'p/a/'],
              ['p', '/w/p/a/'],
              ['/p/q', '/p//q/a/'],
              ['/p/../q', '/q/a/'],
            )
          : listed<readonly [string, string]>(
              ['C:\\p', 'c:\\p\\a\\'],
              ['C:\\p', 'C:\\P\\a\\'],
              ['C:\\p', 'C:\\pa\\b\\'],
              ['C:/p', 'C:\\p\\a\\'],
              ['C:\\p\\q', 'C:\\p/q\\a\\'],
              ['p', 'C:\\w\\p\\a\\'],
            ),
    })
    .map(({ state, name, pair: [prefix, head] }) => ({
      state: { ...state, pycachePrefix: str(prefix) },
      path: join(head, name),
    }));

/**
 * Whether the path is rejected with ValueError, or its directory differs in more than the separators that other rules
 * decide.
 */
const isRefusedOrDiffers: Forbids = (difference, seen) =>
  difference.parts.has('directory')
    ? !(separatorsChange(seen) && differsInSeparators(difference))
    : isRefused(difference);
const isRefused = ({ got }: Difference): boolean => got.kind === 'raise' && got.type === 'ValueError';

/** Whether a directory was returned without the cache folder at its end. */
const lacksFolder: Allows = ({ parts, wanted, found }) =>
  parts.has('directory') && wanted.get('directory')?.replace(endsInFolder, '') === found.get('directory');
const endsInFolder = /__pycache__[\\/]$/;

/** The call with another name for the file. `change` gets the pieces between the name's dots. */
function withName(seen: Seen, change: (pieces: readonly Str[]) => readonly Str[]): Call | undefined {
  const { fspath, tail } = seen.record;
  if (!seen.returned || fspath === undefined) return undefined;
  const pieces: Str[] = [];
  for (let rest = tail!; ;) {
    const [before, dot, after] = rest.partition('.');
    pieces.push(before);
    if (dot === '') break;
    rest = after;
  }
  const before = fspath.slice(0, fspath.units.length - tail!.units.length);
  return withPath(seen.call, before.concat(Str.join('.', change(pieces))));
}

/** The call with the interpreter's own tag, if a name can contain it. */
const withOwnTag: Twin = (seen) => {
  const { tag } = seen.record;
  const isOdd = tag === null || tag === undefined || /[./\\:\0]/.test(tag.units);
  return isOdd ? undefined : withName(seen, (pieces) => pieces.with(1, tag));
};
const withPyc: Twin = (seen) => withName(seen, (pieces) => [...pieces.slice(0, -1), str('pyc')]);
const withoutSegment: Twin = (seen) =>
  withName(seen, (pieces) => (pieces.length === 4 ? pieces.toSpliced(2, 1) : pieces));
const withPlainLevel: Twin = (seen) =>
  withName(seen, (pieces) => (pieces.length === 4 ? pieces.with(2, str('opt-1')) : pieces));

/** Whether a source was returned for a name with an optimization segment. */
const hasSegment = (seen: Seen): boolean => seen.returned && seen.record.opt_level !== undefined;
/** The levels that every implementation with levels supports. */
const isPlainLevel = /^[12]$/;

/** A bytecode file in the cache folder of a directory. */
const inFolderOf = (scope: Scope, folder: Str, base: Str): Asked['file'] => ({
  path: inCacheFolder(scope, plainName(base), join(folder, separatorOf(scope))),
  source: join(folder, separatorOf(scope), base, '.py'),
});

/** The parts of the path that are returned: the directory and the stem. */
const ownText = ({ record: { kept, base_filename } }: Seen): string =>
  `${kept!.units}/${base_filename!.units}`;

/**
 * The parts that depend on a file being below the prefix. In a cache folder, the file would be accepted anyway, so only
 * the directory depends on it.
 */
const ofBelow = (seen: Seen): readonly Part[] => [
  ...(isInCacheFolder(seen) ? [] : ofRaise),
  ...where(seen.returned, 'directory'),
];
const isInCacheFolder = ({ head }: Seen): boolean => isCacheFolder(head);
const isCacheFolder = ({ units }: Str): boolean => /(?:^|[\\/])__pycache__$/.test(units);

/** Whether the prefix is neither empty nor rooted, so that a directory could be put before it. */
const isRelative = (seen: Seen): boolean => !seen.prefix!.isEmpty && !isRooted(seen.prefix!, seen);

/** The plainest call with a file of this name. */
const named =
  (name: string): Control =>
  ({ target: { version, platform } }) =>
    callBack(plainState(version, platform), str(`__pycache__${platform === 'posix' ? '/' : '\\'}${name}`));

/** The plainest call below a prefix. */
const plainestBelow: Control = ({ target: { version, platform } }) => {
  const [prefix, path] = platform === 'posix' ? ['/p', '/p/a/a.T.pyc'] : ['C:\\p', 'C:\\p\\a\\a.T.pyc'];
  return callBack({ ...plainState(version, platform), pycachePrefix: str(prefix) }, str(path));
};

/** The plainest call, which many rules decide. */
const plainest: Control = ({ target: { version, platform } }) =>
  callBack(plainState(version, platform), plainFile(platform));

export const laws: Law[] = [
  back<{ call: Call }>({
    rule: 'back-takes-one-path',
    says: ({ record: { misfit } }) => where(misfit !== undefined, ...ofRaise),
    raises: true,
    input: (scope) => {
      const { args } = bytecodeCall(aState(scope), scope);
      return fc
        .record({
          state: stateOf(scope),
          given: oneOf(
            fc.constant<Pick<Call, 'args' | 'kwargs'>>({ args: [], kwargs: [] }),
            any(scope.release).value.map((more) => ({ args: [...args, more], kwargs: [] })),
            unknownKeyword.map((name) => ({ args, kwargs: [[name, null] as const] })),
            fc.constant<Pick<Call, 'args' | 'kwargs'>>({ args, kwargs: [['path', args[0]!]] }),
            fc.constant<Pick<Call, 'args' | 'kwargs'>>({ args, kwargs: [['optimization', str('')]] }),
          ),
        })
        .map(({ state, given }) => ({ call: { function: 'source_from_cache', state, ...given } }));
    },
    calls: ({ call }) => [call],
    holds: (_, outcomes) => raises(outcomes, 0, 'TypeError'),
  }),

  back<Asked>({
    rule: 'back-path-by-keyword',
    says: {
      decides: ({ call, record }) =>
        where(record.misfit === undefined && call.args.length === 0, ...ofResult),
      twin: ({ call }) => byPosition(call),
    },
    input: (scope) => fc.record({ state: stateOf(scope), file: bytecodeFile(scope) }),
    calls: ({ state, file: { path } }) => [
      { function: 'source_from_cache', state, args: [], kwargs: [['path', path]] },
    ],
    holds: ({ file }, outcomes) => returns(outcomes, 0, file.source),
  }),

  comesBack(
    'back-returns-str',
    ({ returned }) => where(returned, 'class'),
    (scope) => fc.record({ state: stateOf(scope), file: bytecodeFile(scope) }),
  ),

  back<Call>({
    rule: 'back-warns-of-nothing',
    says: ({ record: { misfit } }) => where(misfit === undefined, 'warnings'),
    needs: ['warnings'],
    input: (scope) => oneOf(callsBack(scope), fc.constant(bytecodeCall(aState(scope), scope))),
    always: (scope) => [bytecodeCall(aState(scope), scope)],
    calls: (call, scope) => [call, bytecodeCall(aState(scope), scope)],
    holds: (_, outcomes) => {
      warns(outcomes, 0, []);
      returns(outcomes, 1, str('a.py'));
    },
  }),

  back<[Call, Call]>({
    rule: 'back-same-result-each-time',
    says: ({ returned }) => where(returned, 'steadiness'),
    input: (scope) => fc.tuple(callsBack(scope), callsBack(scope)),
    always: (scope) => [
      [bytecodeCall(aState(scope), scope), callBack(aState(scope), inCacheFolder(scope, plainName('b')))],
    ],
    calls: ([one, other]) => [one, other, one, one],
    holds: (_, outcomes) => {
      same(outcomes, 2, 0);
      same(outcomes, 3, 0);
    },
  }),

  comesBack(
    'back-file-need-not-exist',
    {
      decides: (seen) => where(seen.returned, 'kind', ...where(mayExist.test(seen.text), ...sourcePieces)),
      control: (seen) => (mayExist.test(seen.text) ? undefined : plainest(seen)),
    },
    (scope) =>
      fc
        .record({
          state: stateOf(scope),
          folder:
            scope.platform === 'win32'
              ? listed('C:\\Windows\\', 'C:\\Users\\', '.\\')
              : listed('/usr/lib/', '/etc/', '/proc/self/cwd/', './', '../', '/tmp/'),
          base: oneOf(listed('os', 'abc').map(str), stem(scope)),
        })
        .map(({ state, folder, base }) => ({
          state,
          file: {
            path: inCacheFolder(scope, plainName(base), folder),
            source: join(folder, base, '.py'),
          },
        })),
  ),

  back<{ state: State; path: Value }>({
    rule: 'back-tag-none-raises',
    says: (seen) => where(stepBack(seen) === 'tag', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cacheTag: fc.constant(null) }),
        path: mixed<Value>(
          bytecodeFile(scope).map(({ path }) => path),
          anyText,
        ),
      }),
    calls: ({ state, path }) => [callBack(state, path)],
    holds: (_, outcomes) =>
      raises(outcomes, 0, 'NotImplementedError', str('sys.implementation.cache_tag is None')),
  }),

  back<{ state: State; file: BytecodeFile }>({
    rule: 'back-tag-may-be-empty',
    says: {
      decides: (seen) =>
        where(
          seen.record.tag?.isEmpty === true,
          ...(seen.returned ? (['kind'] as const) : (['type', 'message'] as const)),
        ),
      twin: ({ call, release }) => withState(call, { cacheTag: cpythonTag(release.version) }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cacheTag: fc.constant(Str.empty) }),
        file: bytecodeFile(scope),
      }),
    calls: ({ state, file: { path, name } }) => [callBack(state, path), callBack(state, name)],
    holds: ({ file: { source } }, outcomes) => {
      returns(outcomes, 0, source);
      raises(outcomes, 1, 'ValueError');
    },
  }),

  comesBack(
    'back-tag-in-name-is-not-read',
    {
      decides: (seen) =>
        where(
          seen.returned && !seen.record.tag!.is(piecesOfName(seen)[1] ?? ''),
          'kind',
          ...(piecesOfName(seen)[1] === '' ? (['stem'] as const) : []),
        ),
      twin: withOwnTag,
    },
    (scope) =>
      fc
        .record({ state: stateOf(scope), base: stem(scope), tag: nameWithoutDot(scope, 0) })
        .map(({ state, base, tag }) => ({
          state,
          file: { path: inCacheFolder(scope, plainName(base, tag)), source: join(base, '.py') },
        })),
    (scope) =>
      ['', 'cpython-27', 'pypy311', 'opt-1', 'a b'].map((tag) => ({
        state: aState(scope),
        file: { path: inCacheFolder(scope, plainName('a', tag)), source: str('a.py') },
      })),
  ),

  back<{ state: State; path: Value }>({
    rule: 'back-only-text-before-path-like',
    says: (seen) =>
      where(
        (stepBack(seen) === 'path' && kindOf(seen.record.path!) !== 'bytes') ||
          (stepBack(seen) === 'folder' && seen.record.fspath === undefined),
        ...ofRaise,
      ),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: oneOf(
          bytecodeFile(scope).map(({ path }): Value => py.pathLike(path)),
          listed(...noPath),
        ),
      }),
    calls: ({ state, path }) => [callBack(state, path)],
    // On Windows, the function first looks for a separator in the value itself, which fails with one of these types.
    holds: (_, outcomes, { platform }) => {
      const [outcome] = outcomes;
      const type = platform === 'win32' && outcome?.kind === 'raise' ? outcome.type : '';
      if (type !== 'TypeError' && type !== 'ValueError') raises(outcomes, 0, 'AttributeError');
    },
  }),

  standsFor(
    'back-fspath-gives-the-path',
    (seen) => seen.record.fspath !== undefined && !seen.isPathText,
    (text) => fc.constantFrom(py.pathLike(text), py.pathLike(py.object({ is: text, str: str('x') }))),
  ),

  standsFor(
    'back-fspath-asked-once',
    (seen) =>
      (seen.record.fspath !== undefined || stepBack(seen) === 'path') &&
      isSequence(fspathOf(seen.written('path'))),
    (text) => fc.constant(py.pathLike(py.sequence(text, str('asked/twice')))),
  ),

  back<{ state: State; error: ReturnType<typeof py.raises> }>({
    rule: 'back-fspath-error-passes-through',
    says: (seen) => where(stepBack(seen) === 'path' && raisesFirst(seen), ...ofRaise),
    input: (scope) => fc.record({ state: stateOf(scope), error: raising }),
    calls: ({ state, error }) => [callBack(state, py.pathLike(error))],
    holds: ({ error }, outcomes) =>
      raises(outcomes, 0, error.type, error.type === 'KeyError' ? undefined : (error.message ?? Str.empty)),
  }),

  refuses(
    'back-bytes-raise',
    (seen) =>
      where(
        (stepBack(seen) === 'path' && givesBytes(seen)) ||
          (stepBack(seen) === 'folder' && kindOf(seen.record.path!) === 'bytes'),
        ...ofRaise,
      ),
    { type: 'TypeError' },
    (scope) =>
      mixed(
        bytecodeFile(scope).map(({ path }) => py.bytes(path.units.replaceAll(/[^\0-\x7f]/g, '?'))),
        anyBytes.filter(({ bytes }) => bytes.length > 0),
      ).chain((bytes) =>
        scope.release.has('path-like')
          ? fc.constantFrom<Value>(bytes, py.pathLike(bytes))
          : fc.constant(bytes),
      ),
  ),

  refuses(
    'back-other-types-raise',
    (seen) => where(stepBack(seen) === 'path' && !raisesFirst(seen) && !givesBytes(seen), ...ofRaise),
    { type: 'TypeError' },
    (scope) =>
      oneOf<fc.Arbitrary<Value>[]>(
        listed<Value>(...noPath, py.object({ str: str('a') }), py.object({ is: 1n })),
        listed<Value>(...noPath).map(py.pathLike),
        bytecodeFile(scope).map(({ path }) => py.object({ str: path })),
      ),
  ),

  standsFor(
    'back-str-subclass-is-accepted',
    ({ record: { path, fspath } }) =>
      fspath !== undefined && path instanceof Instance && path.base instanceof Str,
    (text) => listed(py.object({ is: text }), py.object({ is: text, str: str('x') })),
  ),

  back<{ state: State; file: BytecodeFile; prefix: Str }>({
    rule: 'back-prefix-is-ignored-before',
    says: ({ call: { state }, record: { head } }) =>
      where(
        head !== undefined &&
          state.pycachePrefix !== null &&
          head.startsWithStr(state.pycachePrefix.rstrip('/\\')),
        ...ofRaise,
        'directory',
      ),
    input: (scope) => belowPrefix(scope),
    calls: ({ state, file: { path, name, directory }, prefix }, scope) => [
      callBack(state, path),
      callBack(state, inCacheFolder(scope, name, join(prefix, directory))),
    ],
    holds: ({ file: { base, directory }, prefix }, outcomes) => {
      raises(outcomes, 0, 'ValueError');
      returns(outcomes, 1, join(prefix, directory, base, '.py'));
    },
  }),

  comesBack(
    'back-prefix-is-dropped',
    {
      decides: (seen) => where(isBelow(seen), ...ofBelow(seen)),
      forbids: isRefusedOrDiffers,
      allows: lacksFolder,
      control: plainestBelow,
    },
    (scope) => belowPrefix(scope),
  ),

  comesBack(
    'back-prefix-separators-at-end-do-not-count',
    (seen) => where(isBelow(seen) && !seen.prefix!.equals(strippedPrefix(seen)!), ...ofBelow(seen)),
    (scope) => belowPrefix(scope, listed(...(scope.platform === 'posix' ? ['/', '//'] : ['\\', '/', '\\/']))),
  ),

  comesBack(
    'back-empty-prefix-is-a-prefix',
    {
      decides: (seen) => where(isBelow(seen) && strippedPrefix(seen)!.isEmpty, ...ofBelow(seen)),
      // The same path below a prefix that is not empty.
      twin: ({ call, posix, record: { fspath } }) => {
        const prefix = str(posix ? '/p' : 'C:\\p');
        return withState(withPath(call, prefix.concat(fspath!)), { pycachePrefix: prefix });
      },
    },
    (scope) =>
      fc
        .record({
          state: stateOf(scope, {
            pycachePrefix: listed(...(scope.platform === 'posix' ? ['', '/', '//'] : ['', '\\', '/'])).map(
              str,
            ),
          }),
          folder: component(scope),
          base: stem(scope),
          hasCacheFolder: fc.boolean(),
        })
        .map(({ state, folder, base, hasCacheFolder }) => {
          const separator = separatorOf(scope);
          const directory = join(
            separator,
            folder,
            separator,
            hasCacheFolder ? `__pycache__${separator}` : '',
          );
          return {
            state,
            file: { path: join(directory, plainName(base)), source: join(directory, base, '.py') },
          };
        }),
  ),

  comesBack(
    'back-below-prefix-cache-folder-stays',
    {
      decides: (seen) =>
        where(seen.returned && isBelow(seen) && isCacheFolder(seen.record.kept!), 'directory'),
      // If the prefix is still there, or the folder is kept after another directory, another rule is broken.
      allows: ({ found }, seen) => {
        const directory = found.get('directory') ?? '';
        return directory.startsWith(strippedPrefix(seen)!.units) || endsInFolder.test(directory);
      },
    },
    (scope) =>
      belowPrefix(scope).map(({ state, prefix, file: { directory, base, name } }) => ({
        state,
        file: {
          path: join(prefix, inCacheFolder(scope, name, directory)),
          source: inCacheFolder(scope, join(base, '.py'), directory),
        },
      })),
  ),

  back<{ state: State; path: Str }>({
    rule: 'back-prefix-itself-is-not-below',
    says: (seen) =>
      where(liesInPrefix(seen), ...(seen.returned ? (['kind', 'directory'] as const) : ofRaise)),
    raises: true,
    input: (scope) =>
      fc
        .record({ state: stateOf(scope), prefix: absolutePrefix(scope), base: stem(scope) })
        .filter(({ prefix }) => !prefix.endsWith('__pycache__'))
        .map(({ state, prefix, base }) => ({
          state: { ...state, pycachePrefix: prefix },
          path: join(prefix, separatorOf(scope), plainName(base)),
        })),
    calls: ({ state, path }) => [callBack(state, path)],
    holds: (_, outcomes) => raises(outcomes, 0, 'ValueError'),
  }),

  back<{ state: State; path: Str }>({
    rule: 'back-prefix-is-compared-to-the-letter',
    says: (seen) =>
      isBelow(seen)
        ? where(isRelative(seen), ...ofBelow(seen))
        : where(
            isNearlyBelow(seen) && !liesInPrefix(seen),
            ...(seen.returned ? (['kind', 'directory'] as const) : ofRaise),
          ),
    raises: true,
    input: nearly,
    calls: ({ state, path }) => [callBack(state, path)],
    holds: (_, outcomes) => raises(outcomes, 0, 'ValueError'),
  }),

  comesBack(
    'back-elsewhere-as-without-prefix',
    {
      decides: (seen) =>
        where(
          seen.prefix !== null && seen.record.found_in_pycache_prefix === false,
          ...(seen.returned ? (['kind', ...sourcePieces] as const) : ofRaise),
        ),
      twin: ({ call }) => withState(call, { pycachePrefix: null }),
      allows: (_, seen) => isNearlyBelow(seen) || liesInPrefix(seen),
    },
    (scope) =>
      fc.record({
        state: stateOf(scope, {
          pycachePrefix: absolutePrefix(scope).map((prefix) => join(prefix, '-elsewhere')),
        }),
        file: bytecodeFile(scope),
      }),
  ),

  isOf(
    'back-cache-folder-is-dropped',
    {
      decides: (seen) => where(isBeside(seen), 'kind', 'directory'),
      forbids: isRefusedOrDiffers,
      control: plainest,
    },
    (scope) => bytecodeName(scope),
  ),

  back<{ state: State; path: Str }>({
    rule: 'back-other-folder-raises',
    says: (seen) => where(stepBack(seen) === 'folder' && seen.record.fspath !== undefined, ...ofRaise),
    raises: true,
    input: (scope) =>
      fc
        .record({
          state: stateOf(scope),
          folder: oneOf(
            listed('', '__PYCACHE__', '__pycache__ ', 'x__pycache__', '__pycache__.', 'pycache').map(str),
            component(scope).filter((name) => !name.is('__pycache__')),
          ),
          base: stem(scope),
        })
        .map(({ state, folder, base }) => ({
          state,
          path: join(folder, ...(folder.isEmpty ? [] : [separatorOf(scope)]), plainName(base)),
        })),
    calls: ({ state, path }) => [callBack(state, path)],
    holds: (_, outcomes) => raises(outcomes, 0, 'ValueError'),
  }),

  comesBack(
    'back-separators-before-folder-become-one',
    (seen) => {
      const { kept } = seen.record;
      return where(seen.returned && !kept!.equals(kept!.rstrip(seen.separators)), 'directory');
    },
    (scope) =>
      fc
        .record({
          state: stateOf(scope),
          folder: component(scope),
          base: stem(scope),
          more: fc.integer({ min: 1, max: 3 }),
        })
        .map(({ state, folder, base, more }) => {
          const separator = separatorOf(scope);
          return {
            state,
            file: {
              path: inCacheFolder(scope, plainName(base), join(folder, separator.repeat(more + 1))),
              source: join(folder, separator, base, '.py'),
            },
          };
        }),
  ),

  comesBack(
    'back-root-is-lost',
    (seen) => {
      const { head, kept } = seen.record;
      return where(isBeside(seen) && kept!.isEmpty && /^[\\/]/.test(head!.units), 'directory');
    },
    (scope) =>
      fc.record({ state: stateOf(scope), base: stem(scope) }).map(({ state, base }) => ({
        state,
        file: {
          path: inCacheFolder(scope, plainName(base), separatorOf(scope)),
          source: join(base, '.py'),
        },
      })),
  ),

  refuses(
    'back-two-dots-before-optimization',
    (seen) => where(stepBack(seen) === 'dots', ...ofRaise),
    { type: 'ValueError' },
    (scope) =>
      inFolder(
        scope,
        oneOf(
          ofDots(listed(0, 1, 3, 4, 5)),
          stem(scope).map((base) => join(base, '.T.opt-1.pyc')),
        ),
      ),
  ),

  refuses(
    'back-two-or-three-dots',
    {
      decides: (seen) =>
        seen.returned
          ? where(hasSegment(seen) || seen.head.units.includes('.'), 'kind')
          : where(stepBack(seen) === 'dots', ...ofRaise),
      twin: withoutSegment,
      control: withPlainLevel,
    },
    { type: 'ValueError' },
    (scope) => inFolder(scope, ofDots(listed(0, 1, 4, 5, 6))),
  ),

  refuses(
    'back-segment-begins-with-opt',
    {
      decides: (seen) => where(stepBack(seen) === 'segment', ...ofRaise),
      control: named('a.T.b.pyc'),
    },
    {
      type: 'ValueError',
      message: () => str("optimization portion of filename does not start with 'opt-'"),
    },
    (scope) =>
      inFolder(
        scope,
        withSegment(
          scope,
          oneOf(
            listed('', '1', 'opt', 'opt1', 'OPT-1', 'Opt-1', 'xopt-1', '-1', 'opt_1', ' opt-1').map(str),
            nameWithoutDot(scope).filter((one) => !one.startsWith('opt-')),
          ),
        ),
      ),
  ),

  refuses(
    'back-level-is-alphanumeric',
    {
      decides: (seen) => where(stepBack(seen) === 'level' && !seen.record.opt_level!.isEmpty, ...ofRaise),
      control: named('a.T.opt-_.pyc'),
    },
    { type: 'ValueError' },
    (scope) =>
      inFolder(
        scope,
        withSegment(
          scope,
          listed('_', '-1', '1_', '1-2', ' ', '1 ', '+1', '~', 'a-b', '\u0301', '1\n', '\u2460x-').map(
            (one) => join('opt-', one),
          ),
        ),
      ),
  ),

  refuses(
    'back-empty-level-raises',
    (seen) => where(stepBack(seen) === 'level' && seen.record.opt_level!.isEmpty, ...ofRaise),
    { type: 'ValueError', message: () => str("optimization level 'opt-' is not an alphanumeric value") },
    (scope) => inFolder(scope, withSegment(scope, fc.constant(str('opt-')))),
  ),

  isOf(
    'back-any-alphanumeric-level',
    {
      decides: (seen) => where(hasSegment(seen) && !isPlainLevel.test(seen.record.opt_level!.units), 'kind'),
      twin: withPlainLevel,
    },
    (scope) => bytecodeName(scope, someLevel(scope)),
  ),

  isOf(
    'back-name-ends-at-first-dot',
    ({ returned, record: { base_filename } }) =>
      where(returned, 'stem', ...where(base_filename?.isEmpty === true, 'kind')),
    (scope) => bytecodeName(scope),
    (scope) =>
      // Empty, and names with a meaning elsewhere.
      ['', '__init__', '__main__', '__pycache__', 'opt-1', 'py', 'A'].map((base) => ({
        state: aState(scope),
        file: { path: inCacheFolder(scope, plainName(base)), source: join(base, '.py') },
      })),
  ),

  isOf(
    'back-source-ends-in-py',
    ({ returned }) => where(returned, 'extension'),
    (scope) => bytecodeName(scope),
  ),

  isOf(
    'back-extension-is-not-read',
    {
      decides: (seen) => where(seen.returned && piecesOfName(seen).at(-1) !== 'pyc', 'kind', 'extension'),
      twin: withPyc,
    },
    (scope) =>
      fc
        .record({
          base: stem(scope),
          tag: plainTag(scope).map((tag) => str(tag.units.replaceAll('.', ''))),
          extension: oneOf(listed('pyo', '', 'py', 'pyw', 'PYC', 'so').map(str), nameWithoutDot(scope)),
        })
        .map(({ base, tag, extension }) => ({ base, name: join(base, '.', tag, '.', extension) })),
  ),

  comesBack(
    'back-characters-pass-unchanged',
    (seen) =>
      where(
        seen.returned && /[^a-z./]/.test(ownText(seen).replaceAll(/__[a-z]+__/g, '')),
        'kind',
        ...sourcePieces,
      ),
    (scope) =>
      fc
        .record({
          state: stateOf(scope),
          folder: oneOf(component(scope), deceptive),
          base: oneOf(nameWithoutDot(scope), deceptive),
        })
        .map(({ state, folder, base }) => ({ state, file: inFolderOf(scope, folder, base) })),
    (scope) =>
      [...deceptiveTexts, ...words].map((text) => ({
        state: aState(scope),
        file: inFolderOf(scope, text, text),
      })),
  ),

  back<{ state: State; path: Value; type: string }>({
    rule: 'back-first-error-is-raised',
    says: (seen) => {
      const step = stepBack(seen);
      const isAlsoWrong =
        step === 'tag'
          ? answer(withState(seen.call, { cacheTag: str('T') }), seen.target).kind === 'raise'
          : step === 'folder' && seen.record.fspath !== undefined && faultsOfName(seen).length > 0;
      return where(isAlsoWrong, ...ofRaise);
    },
    raises: true,
    input: (scope) => {
      const { platform, fixed } = scope;
      const noTag: fc.Arbitrary<{ state: State; path: Value; type: string }> = fc.record({
        state: stateOf(scope, { cacheTag: fc.constant(null) }),
        path: listed<Value>(null, py.bytes('a'), str(''), str('a.T.pyc'), inCacheFolder(scope, str('a'))),
        type: fc.constant('NotImplementedError'),
      });
      const noFolder: typeof noTag = fc.record({
        state: stateOf(scope),
        path: listed('a', 'a.b', 'a.b.c.d', 'a.b.opt-_.d', 'a.b.c.d.e').map((name) =>
          str(platform === 'posix' ? `d/${name}` : `d\\${name}`),
        ),
        type: fc.constant('ValueError'),
      });
      return fixed.cacheTag === undefined ? oneOf(noFolder, noTag) : noFolder;
    },
    calls: ({ state, path }) => [callBack(state, path)],
    holds: ({ type, path }, outcomes) =>
      raises(
        outcomes,
        0,
        type,
        type === 'ValueError'
          ? join(
              '__pycache__ not bottom-level directory in ',
              `'${(path as Str).units.replaceAll('\\', '\\\\')}'`,
            )
          : undefined,
      ),
  }),

  comesBack(
    'back-from-there-comes-the-path',
    {
      decides: (seen) => where(seen.returned && isFromThere(seen), 'kind', ...sourcePieces),
      // This rule follows from the others.
      allows: () => true,
    },
    (scope) =>
      fc
        .record({ state: stateOf(scope), before: directoryBefore(scope), base: stem(scope) })
        .map(({ state, before, base }) => {
          // As cache_from_source builds the name.
          const level =
            state.optimize === 0n || !scope.release.has('optimization') ? '' : `.opt-${state.optimize}`;
          const name = join(base, '.', str(state.cacheTag!.units), level, '.pyc');
          return {
            state,
            file: { path: inCacheFolder(scope, name, before), source: join(before, base, '.py') },
          };
        })
        .filter(({ state }) => !state.cacheTag!.units.includes('.')),
  ),

  comesBack(
    'back-windows-both-separators',
    (seen) =>
      where(
        seen.record.fspath !== undefined && seen.text.includes('/') && hasHead(seen),
        ...(seen.returned ? (['kind', 'directory', 'stem'] as const) : ofRaise),
      ),
    (scope) =>
      fc
        .record({
          state: stateOf(scope),
          folder: component(scope),
          base: stem(scope),
          cuts: listed('/\\', '//', '\\/'),
        })
        .map(({ state, folder, base, cuts }) => ({
          state,
          file: {
            path: join(folder, cuts[0]!, '__pycache__', cuts[1]!, plainName(base)),
            source: join(folder, '\\', base, '.py'),
          },
        })),
  ),

  comesBack(
    'back-windows-prefix-separator-is-a-backslash',
    (seen) => {
      const prefix = strippedPrefix(seen);
      return where(
        prefix !== undefined &&
          hasHead(seen) &&
          !isBelow(seen) &&
          seen.head.startsWithStr(prefix.concat(str('/'))),
        ...(seen.returned ? (['kind', 'directory'] as const) : ofRaise),
      );
    },
    (scope) =>
      fc
        .record({ state: stateOf(scope), folder: component(scope), base: stem(scope) })
        .map(({ state, folder, base }) => ({
          state: { ...state, pycachePrefix: str('C:\\p') },
          file: {
            path: inCacheFolder(scope, plainName(base), join('C:\\p/', folder, '\\')),
            source: join('C:\\p/', folder, '\\', base, '.py'),
          },
        })),
  ),

  comesBack(
    'back-windows-joined-by-roots',
    (seen) =>
      where(
        seen.returned && !joinedPlainly(seen).equals(joinedByRoots(seen) ?? joinedPlainly(seen)),
        ...sourcePieces,
      ),
    (scope) =>
      fc
        .record({ state: stateOf(scope), folder: component(scope), base: stem(scope), kind: listed(0, 1, 2) })
        .map(({ state, folder, base, kind }) => {
          const name = plainName(base);
          const files = [
            { path: inCacheFolder(scope, name, 'C:\\'), source: join('C:', base, '.py') },
            {
              path: inCacheFolder(scope, name, join('/', folder, '\\')),
              source: join('\\', folder, '\\', base, '.py'),
            },
            {
              path: inCacheFolder(scope, join('D:', name), join(folder, '\\')),
              source: join('D:', base, '.py'),
            },
          ];
          return { state, file: files[kind]! };
        }),
  ),

  comesBack(
    'back-windows-joined-plainly-before',
    (seen) =>
      where(
        seen.returned && joinedByRoots(seen)?.equals(joinedPlainly(seen)) !== true,
        'kind',
        ...sourcePieces,
      ),
    (scope) =>
      fc
        .record({ state: stateOf(scope), folder: component(scope), base: stem(scope), kind: listed(0, 1, 2) })
        .map(({ state, folder, base, kind }) => {
          const [before, start] = (
            [
              ['C:\\', ''],
              [join('/', folder, '\\'), ''],
              [join(folder, '\\'), 'D:'],
            ] as const
          )[kind]!;
          return {
            state,
            file: {
              path: inCacheFolder(scope, join(start, plainName(base)), before),
              source: join(before, start, base, '.py'),
            },
          };
        }),
  ),

  refuses(
    'back-windows-null-character-raises',
    (seen) => where(stepBack(seen) === 'join', ...ofRaise),
    { type: 'ValueError', message: () => str('_path_splitroot: embedded null character in path') },
    (scope) =>
      fc
        .tuple(component(scope), stem(scope), fc.boolean())
        .map(([folder, base, isInName]) =>
          inCacheFolder(
            scope,
            plainName(isInName ? join(base, '\0') : base),
            join(folder, isInName ? '\\' : '\0\\'),
          ),
        ),
  ),
];

/** Whether, without a prefix, cache_from_source maps the source that is returned back to this path. */
function isFromThere({ call, target, expected, record: { fspath } }: Seen): boolean {
  if (expected.kind !== 'return' || fspath === undefined || call.state.pycachePrefix !== null) return false;
  const there = answer({ state: call.state, args: [expected.value], kwargs: [] }, target);
  return there.kind === 'return' && (there.value as Str).equals(fspath);
}
