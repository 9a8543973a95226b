/* The laws of spec/8-pycache-prefix.md. */
import * as fc from './inputs/arbitraries.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { Broken, holdsTag, raises, sameResult, sameText, startsWith, textOf } from './expect.ts';
import { call, optionalOptimization, type Options } from './inputs/calls.ts';
import { anyCharacter, charactersBut, notAlphanumeric } from './inputs/characters.ts';
import { oneOf } from './inputs/draw.ts';
import {
  cacheFolder,
  directory,
  dottedName,
  join,
  path,
  separatorOf,
  separators,
  stem,
  type DottedName,
} from './inputs/paths.ts';
import {
  absolutePrefix,
  anyPrefix,
  anyWorkingDirectory,
  aState,
  relativePrefix,
  stateOf,
  workingDirectory,
} from './inputs/states.ts';
import { anyName, component, plainText } from './inputs/texts.ts';
import { dottedWords, words } from './inputs/words.ts';
import { law, type Statement, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import {
  isRooted,
  isUntidyInside,
  ofRaise,
  startsAt,
  startsWithDot,
  startsWithSeveral,
  where,
  withPath,
  withState,
} from './seen.ts';

/** A file below a prefix: the parts of the call, and the start of the result up to the name. */
type Placed = {
  readonly prefix: Str;
  /** Any if omitted. */
  readonly cwd?: Str | null;
  /** The source's directory with a separator after it, or nothing. */
  readonly before: Str;
  readonly start: Str;
};

type Input = Placed & { readonly state: State; readonly dottedName: DottedName };

const inputOf = (scope: Scope, placed: fc.Arbitrary<Placed>): fc.Arbitrary<Input> =>
  fc
    .record({
      state: stateOf(scope, { cwd: workingDirectory(scope) }),
      placed,
      dottedName: dottedName(scope),
    })
    .map(({ state, placed: one, dottedName: name }) => ({
      ...one,
      state: { ...state, pycachePrefix: one.prefix, cwd: one.cwd === undefined ? state.cwd : one.cwd },
      dottedName: name,
    }));

/** The path in the call, and the start of the result. */
const pathOf = ({ before, dottedName: { name } }: Input): Str => join(before, name);
const startOf = ({ start, state, dottedName: { base } }: Input): Str =>
  join(start, base, '.', state.cacheTag ?? '', '.');

const rootOf = ({ platform }: Scope): string => (platform === 'posix' ? '/' : 'C:\\');

/** A prefix, and a directory in `d` at the root that contains the source; if there is none, it is in `d` itself. */
type Given = { readonly prefix: Str; readonly inside?: Str };

/** A law about the place of one file. */
const prefixLaw = (
  rule: string,
  says: Statement,
  placed: (scope: Scope) => fc.Arbitrary<Placed>,
  always: (scope: Scope) => readonly Given[] = () => [],
): Law =>
  law<Input>({
    rule,
    says,
    input: (scope) => inputOf(scope, placed(scope)),
    always: (scope) =>
      always(scope).map(({ prefix, inside = Str.empty }) => ({
        prefix,
        before: join(rootOf(scope), folders(scope, str('d'), inside)),
        start: folders(scope, prefix, str('d'), inside),
        state: { ...aState(scope), pycachePrefix: prefix },
        dottedName: { base: str('a'), extension: str('py'), name: str('a.py') },
      })),
    calls: (one) => [call(one.state, pathOf(one))],
    holds: (one, outcomes) => startsWith(outcomes, 0, startOf(one)),
  });

/* Directories. */

const middlePart = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf(
    { arbitrary: plainText, weight: 3 },
    { arbitrary: component(scope), weight: 2 },
    { arbitrary: fc.constantFrom('.', '..', '__pycache__', '~', 'a.b', 'c.py', '').map(str), weight: 1 },
  );

const innerSeparator = ({ platform }: Scope): fc.Arbitrary<string> =>
  platform === 'posix' ? fc.constant('/') : fc.constantFrom('\\', '\\', '/');

/**
 * The part of a directory that the result keeps: the first and the last component are not empty. On POSIX a component
 * may look like a drive.
 */
const inner = (scope: Scope): fc.Arbitrary<Str> => {
  const end =
    scope.platform === 'posix'
      ? oneOf(
          plainText,
          component(scope),
          fc.constantFrom(':', ':a', 'C:', '..', '\\', '\\a', '__pycache__').map(str),
        )
      : oneOf(plainText, component(scope), fc.constantFrom('..', '.', '__pycache__').map(str));
  return oneOf(
    { arbitrary: end, weight: 2 },
    {
      arbitrary: fc
        .record({
          first: end,
          middle: fc.array(middlePart(scope), { maxLength: 4 }),
          last: end,
          separator: innerSeparator(scope),
        })
        .map(({ first, middle, last, separator }) => Str.join(separator, [first, ...middle, last])),
      weight: 3,
    },
  );
};

/** A directory that is relative in every release, and whose start is kept. */
const relative = (scope: Scope): fc.Arbitrary<Str> =>
  inner(scope).map((one) => (/^(?:\.[\\/]|[^]:)/u.test(one.units) || one.is('.') ? join('a', one) : one));

/** The prefixes that make a directory absolute. */
const root = ({ platform }: Scope): fc.Arbitrary<string> =>
  platform === 'posix' ? fc.constant('/') : fc.constantFrom('C:\\', 'C:\\', 'D:\\', 'z:\\');

/** An absolute directory, and the part that the result keeps. */
const absolute = (scope: Scope): fc.Arbitrary<{ directory: Str; inner: Str }> =>
  fc
    .record({ root: root(scope), inner: inner(scope) })
    .map((one) => ({ directory: join(one.root, one.inner), inner: one.inner }));

/** A working directory, and the part that the result keeps. */
const home = (scope: Scope): fc.Arbitrary<{ cwd: Str; inner: Str }> => {
  const { fixed, platform } = scope;
  if (fixed.cwd) {
    const start = /^(?:[a-z]:)?[\\/]*/i.exec(fixed.cwd.units)?.[0].length ?? 0;
    return fc.constant({ cwd: fixed.cwd, inner: fixed.cwd.slice(start) });
  }
  const parts = fc.array(oneOf(plainText, component(scope)), { minLength: 1, maxLength: 3 });
  const [start, odd] = platform === 'posix' ? ['/', ':'] : ['C:\\', 'a.b\\c d'];
  return oneOf(
    { arbitrary: parts.map((all) => Str.join(separatorOf(scope), all)), weight: 5 },
    { arbitrary: fc.constantFrom('w', odd).map(str), weight: 1 },
    { arbitrary: fc.constant(Str.empty), weight: 1 },
  ).map((one) => ({ cwd: join(start, one), inner: one }));
};

/** Prefixes of all kinds whose spelling does not change when a directory is joined to them. */
const plainPrefix = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf({ arbitrary: absolutePrefix(scope), weight: 3 }, { arbitrary: relativePrefix(scope), weight: 1 });

/** The parts that are not empty, each with a separator after it. */
const folders = (scope: Scope, ...parts: readonly Str[]): Str =>
  join(...parts.filter((part) => !part.isEmpty).map((part) => join(part, separatorOf(scope))));

/** A source in an absolute directory. */
const inAbsolute = (
  scope: Scope,
  prefix: fc.Arbitrary<Str>,
  more: Partial<Pick<Placed, 'cwd'>> = {},
): fc.Arbitrary<Placed> =>
  fc.record({ prefix, source: absolute(scope) }).map(({ prefix: one, source }) => ({
    ...more,
    prefix: one,
    before: join(source.directory, separatorOf(scope)),
    start: folders(scope, one, source.inner),
  }));

/** A source in a relative directory or without one: the text as written, and as kept. */
const inRelative = (scope: Scope, source: fc.Arbitrary<{ written: Str; kept: Str }>): fc.Arbitrary<Placed> =>
  fc
    .record({ prefix: plainPrefix(scope), home: home(scope), source })
    .map(({ prefix, home: { cwd, inner: kept }, source: one }) => ({
      prefix,
      cwd,
      before: folders(scope, one.written),
      start: folders(scope, prefix, kept, one.kept),
    }));

const several = (scope: Scope, least: number): fc.Arbitrary<Str> =>
  fc.array(innerSeparator(scope), { minLength: least, maxLength: least + 8 }).map((all) => str(all.join('')));

/** Any name, except those with a drive on Windows. */
const someName = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf(
    dottedName(scope).map(({ name }) => name),
    stem(scope),
    anyName(scope),
    fc.constantFrom('.hidden', '.', '..', '').map(str),
  );

/** The part after the last separator. */
const fileOf = (scope: Scope, result: Str): Str =>
  result.slice(result.lastIndexOfAny(scope.platform === 'posix' ? '/' : '\\/') + 1);

/** Relative prefixes that a shell would change. */
const deceptivePrefixes = ['~', '$HOME', '%p', '-', ' ', '.py'].map(str);
const prefixRoots = ({ platform }: Scope): string[] =>
  platform === 'posix' ? ['/', '', '//', './', '../', '~/'] : ['C:\\', '', '.\\', '..\\', 'd:\\'];

/* Short directories, on POSIX. */

const shortDirectory = (scope: Scope): fc.Arbitrary<Pick<Placed, 'before'> & { cwd?: Str }> => {
  const atRoot = ['', '/', ...(scope.release.has('leading-dot-is-dropped') ? ['.//'] : [])].map((before) => ({
    cwd: str('/'),
    before: str(before),
  }));
  const anywhere = fc.constant({ before: str('//') });
  return scope.fixed.cwd && !scope.fixed.cwd.is('/') ? anywhere : oneOf(anywhere, fc.constantFrom(...atRoot));
};

/** A fault that raises before the prefix is read. */
type Fault = {
  readonly type: string;
  readonly path: Str | null;
  readonly options: Options;
  readonly tag: boolean;
};
const fault = (scope: Scope): fc.Arbitrary<Fault> => {
  const source = oneOf(plainText, path(scope));
  return oneOf(
    fc
      .record({ path: source, before: anyName(scope), wrong: notAlphanumeric(scope.release) })
      .map(({ path: one, before, wrong }) => ({
        type: 'ValueError',
        path: one,
        options: { optimization: join(before, Str.fromCodePoints([wrong])) },
        tag: true,
      })),
    source.map((one) => ({ type: 'NotImplementedError', path: one, options: {}, tag: false })),
    fc.constant({ type: 'TypeError', path: null, options: {}, tag: true }),
  );
};

export const laws: Law[] = [
  law({
    rule: 'prefix-is-ignored-before',
    says: {
      decides: ({ returned, call }) =>
        where(returned && call.state.pycachePrefix !== null, 'kind', 'folder', 'directory'),
      twin: ({ call }) => withState(call, { pycachePrefix: null }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { cwd: workingDirectory(scope) }),
        prefix: anyPrefix(scope),
        path: path(scope),
      }),
    calls: ({ state, prefix, path: source }) => [
      call({ ...state, pycachePrefix: prefix }, source),
      call({ ...state, pycachePrefix: null }, source),
    ],
    holds: ({ state }, outcomes) => {
      sameText(outcomes, 0, 1);
      holdsTag(outcomes, 0, state);
    },
  }),

  law({
    rule: 'prefix-none-changes-nothing',
    says: {
      decides: ({ returned, prefix, call }) =>
        where(returned && prefix === null, 'directory', ...(call.state.cwd === null ? ofRaise : [])),
      forbids: ({ parts, found, wanted }, { call }) =>
        parts.has('kind') || startsAt(call.state.cwd, found.get('directory'), wanted.get('directory')),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { pycachePrefix: fc.constant(null) }),
        // Reading a removed working directory would raise.
        cwd: anyWorkingDirectory(scope),
        before: oneOf(
          fc.constant(Str.empty),
          directory(scope).map((one) => folders(scope, one)),
        ),
        dottedName: dottedName(scope),
      }),
    calls: ({ state, cwd, before, dottedName: { name } }) => [
      call(state, join(before, name)),
      call({ ...state, cwd }, join(before, name)),
    ],
    holds: ({ state, before, dottedName: { base } }, outcomes, scope) => {
      const start = join(before, cacheFolder(scope), base, '.', state.cacheTag ?? '', '.');
      startsWith(outcomes, 0, start);
      startsWith(outcomes, 1, start);
    },
  }),

  prefixLaw(
    'prefix-replaces-the-cache-folder',
    {
      decides: ({ below }) => where(below, 'folder', 'directory'),
      control: ({ call, posix }) =>
        withState(withPath(call, str(posix ? '/a/a.py' : 'C:\\a\\a.py')), {
          pycachePrefix: str(posix ? '/p' : 'C:\\p'),
        }),
    },
    (scope) => inAbsolute(scope, absolutePrefix(scope)),
    (scope) =>
      [...words, ...dottedWords].map((word) => ({
        prefix: join(rootOf(scope), word),
        inside: join(word, separatorOf(scope), word),
      })),
  ),

  law({
    rule: 'prefix-file-name-is-the-same',
    says: {
      decides: ({ below, posix, record: { filename } }) =>
        where(below && (posix || !/^[^]:/u.test(filename!.units)), 'stem', 'tag', 'segment', 'extension'),
      twin: ({ call }) => withState(call, { pycachePrefix: null }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { pycachePrefix: plainPrefix(scope), cwd: workingDirectory(scope) }),
        before: oneOf(
          absolute(scope).map((one) => one.directory),
          directory(scope),
        ),
        name: someName(scope),
        optimization: optionalOptimization(scope, fc.constantFrom(undefined, str(''), 0n, 1n, str('x'))),
      }),
    calls: ({ state, before, name, optimization }, scope) =>
      [state, { ...state, pycachePrefix: null }].map((one) =>
        call(one, join(folders(scope, before), name), { optimization }),
      ),
    holds: ({ state }, outcomes, scope) => {
      const [file, model] = [0, 1].map((i) => fileOf(scope, textOf(outcomes, i))) as [Str, Str];
      if (!file.equals(model)) throw new Broken(0, 'the name of the file as call 2 gave it');
      holdsTag(outcomes, 0, state);
    },
  }),

  law({
    rule: 'prefix-is-read-at-each-call',
    says: {
      decides: ({ below }) => where(below, 'folder'),
      // If the folder starts with the prefix, the prefix was read. If it is empty, at least no older prefix was used.
      allows: ({ found }, { call, separators }) => {
        const prefix = call.state.pycachePrefix!.rstrip(separators).units;
        const start = str(found.get('folder') ?? '').rstrip(separators).units;
        const after = start.startsWith(prefix) ? start.charAt(prefix.length) : 'other';
        return prefix !== '' && (start === '' || separators.includes(after));
      },
      control: ({ call, posix }) =>
        withState(withPath(call, str(posix ? '/a/a.py' : 'C:\\a\\a.py')), {
          pycachePrefix: str(posix ? '/p' : 'C:\\p'),
        }),
    },
    input: (scope) =>
      fc.record({
        one: inputOf(scope, inAbsolute(scope, plainPrefix(scope))),
        other: plainPrefix(scope).map((prefix) => join(prefix, '2')),
      }),
    calls: ({ one, other }) =>
      [one.prefix, other, null, one.prefix].map((pycachePrefix) =>
        call({ ...one.state, pycachePrefix }, pathOf(one)),
      ),
    holds: ({ one, other }, outcomes, scope) => {
      const { start, prefix, before } = one;
      startsWith(outcomes, 0, startOf(one));
      startsWith(outcomes, 1, startOf({ ...one, start: join(other, start.slice(prefix.units.length)) }));
      startsWith(outcomes, 2, startOf({ ...one, start: join(before, cacheFolder(scope)) }));
      startsWith(outcomes, 3, startOf(one));
    },
  }),

  law({
    rule: 'prefix-is-read-last',
    says: {
      decides: ({ step, prefix }) =>
        where(
          step !== undefined && !['arguments', 'cwd', 'index', 'join'].includes(step) && prefix !== null,
          ...ofRaise,
        ),
      twin: ({ call }) => withState(call, { pycachePrefix: null }),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { pycachePrefix: anyPrefix(scope), cwd: fc.constant(null) }),
        fault: fault(scope),
      }),
    calls: ({ state, fault: { path: source, options, tag } }) => [
      call(tag ? state : { ...state, cacheTag: null }, source, options),
    ],
    holds: ({ fault: { type } }, outcomes) => raises(outcomes, 0, type),
  }),

  prefixLaw(
    'prefix-relative-stays-relative',
    (seen) => where(seen.below && !seen.prefix!.isEmpty && !isRooted(seen.prefix!, seen), 'kind', 'folder'),
    (scope) =>
      inAbsolute(
        scope,
        oneOf(
          relativePrefix(scope),
          fc.constantFrom(...deceptivePrefixes),
          scope.platform === 'posix' ? inner(scope) : relative(scope),
        ),
      ),
    () => deceptivePrefixes.map((prefix) => ({ prefix })),
  ),

  prefixLaw(
    'prefix-empty-is-relative',
    ({ below, prefix }) => where(below && prefix!.isEmpty, 'kind', 'folder', 'directory'),
    (scope) =>
      oneOf(
        inAbsolute(scope, fc.constant(Str.empty)),
        inRelative(
          scope,
          relative(scope).map((one) => ({ written: one, kept: one })),
        ).map((one) => ({ ...one, prefix: Str.empty, start: one.start.slice(one.prefix.units.length + 1) })),
      ),
  ),

  prefixLaw(
    'prefix-separators-at-its-end-are-dropped',
    {
      decides: ({ below, prefix, separators }) =>
        where(below && prefix!.rstrip(separators) !== prefix, 'folder'),
      twin: ({ call, prefix, separators }) => {
        const bare = prefix!.rstrip(separators);
        return bare.isEmpty || bare.endsWith(':') ? undefined : withState(call, { pycachePrefix: bare });
      },
    },
    (scope) =>
      fc
        .record({
          prefix: oneOf(
            { arbitrary: plainPrefix(scope), weight: 4 },
            { arbitrary: fc.constant(str(scope.platform === 'posix' ? '' : 'C:')), weight: 1 },
          ),
          end: separators(scope),
          source: absolute(scope),
        })
        .map(({ prefix, end, source }) => ({
          prefix: join(prefix, end),
          before: folders(scope, source.directory),
          start: join(prefix, separatorOf(scope), source.inner, separatorOf(scope)),
        })),
  ),

  prefixLaw(
    'prefix-is-not-normalized',
    ({ below, posix, prefix, separators }) =>
      where(
        below && (isUntidyInside(prefix!, separators) || (posix && /^\/\/+[^/]/.test(prefix!.units))),
        'kind',
        'folder',
      ),
    (scope) =>
      inAbsolute(
        scope,
        fc
          .record({
            root: fc.constantFrom(...prefixRoots(scope)),
            parts: fc.array(middlePart(scope), { minLength: 1, maxLength: 4 }),
            separator: innerSeparator(scope),
            last: fc.constantFrom('a', '.', '..', 'A b'),
          })
          .map(({ root: start, parts, separator, last }) =>
            join(start, Str.join(separator, [str('p'), ...parts, str(last)])),
          ),
      ),
    (scope) => [
      ...prefixRoots(scope).map((start) => ({
        prefix: join(start, 'p', separatorOf(scope), '..', separatorOf(scope), 'A b'),
      })),
      ...(scope.platform === 'posix' ? ['//p', '///p'] : []).map((one) => ({ prefix: str(one) })),
    ],
  ),

  prefixLaw(
    'prefix-absolute-source-needs-no-working-directory',
    {
      decides: ({ below, record: { getcwd }, call }) =>
        where(below && getcwd !== true, 'directory', ...(call.state.cwd === null ? ofRaise : [])),
      // Below a prefix, the working directory loses its root.
      forbids: ({ parts, found, wanted }, { call: { state }, separators }) =>
        parts.has('kind') ||
        startsAt(
          state.cwd && str(state.cwd.units.replace(/^[a-z]:/i, '')).lstrip(separators),
          found.get('directory'),
          wanted.get('directory'),
        ),
      control: ({ call, posix }) => withPath(call, str(posix ? '/a/a.py' : 'C:\\a\\a.py')),
    },
    (scope) => inAbsolute(scope, plainPrefix(scope), { cwd: null }),
  ),

  prefixLaw(
    'prefix-separators-at-the-start-are-dropped',
    ({ below, record: { absolute, below: kept }, posix }) =>
      where(below && startsWithSeveral(absolute!.units, kept!.units, posix), 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: plainPrefix(scope),
          drive: scope.platform === 'posix' ? fc.constant('') : fc.constantFrom('C:', 'd:'),
          start: several(scope, 2),
          inner: oneOf(
            { arbitrary: inner(scope), weight: 4 },
            { arbitrary: fc.constant(Str.empty), weight: 1 },
          ),
        })
        .map(({ prefix, drive, start, inner: kept }) => ({
          prefix,
          // If nothing else follows, the last of the separators is the one before the name.
          before: join(drive, start, kept.isEmpty ? separatorOf(scope) : folders(scope, kept)),
          start: folders(scope, prefix, kept),
        })),
  ),

  prefixLaw(
    'prefix-separators-before-name-collapse',
    ({ below, head, trimmed }) => where(below && !trimmed.isEmpty && trimmed !== head, 'directory'),
    (scope) =>
      fc
        .record({
          prefix: plainPrefix(scope),
          source: absolute(scope),
          separators: several(scope, 2),
        })
        .map(({ prefix, source, separators: all }) => ({
          prefix,
          before: join(source.directory, all),
          start: folders(scope, prefix, source.inner),
        })),
  ),

  prefixLaw(
    'prefix-directory-is-not-normalized',
    ({ below, record: { below: kept }, separators }) =>
      where(below && isUntidyInside(kept!, separators), 'kind', 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: plainPrefix(scope),
          root: root(scope),
          parts: fc
            .array(oneOf(fc.constantFrom('..', '.', '').map(str), middlePart(scope)), {
              minLength: 1,
              maxLength: 5,
            })
            .map((parts) => [str('x'), ...parts]),
          last: oneOf(fc.constantFrom('..', '.').map(str), plainText),
          separator: innerSeparator(scope),
        })
        .map((one) => {
          const kept = Str.join(one.separator, [...one.parts, one.last]);
          return {
            prefix: one.prefix,
            before: folders(scope, join(one.root, kept)),
            start: folders(scope, one.prefix, kept),
          };
        }),
  ),

  prefixLaw(
    'prefix-working-directory-completes',
    {
      decides: ({ below, record: { getcwd } }) => where(below && getcwd === true, 'kind', 'directory'),
      control: ({ call, posix }) =>
        withState(withPath(call, str(posix ? 'a/a.py' : 'a\\a.py')), {
          pycachePrefix: str(posix ? '/p' : 'C:\\p'),
        }),
    },
    (scope) => {
      const plain = oneOf(
        { arbitrary: relative(scope), weight: 3 },
        { arbitrary: fc.constantFrom('.', '..').map(str), weight: 2 },
      );
      // Another rule covers what these releases consider absolute.
      const withColon =
        scope.platform === 'posix' && scope.release.has('paths-have-roots')
          ? oneOf(
              { arbitrary: plain, weight: 4 },
              { arbitrary: plain.map((one) => join('C:/', one)), weight: 1 },
            )
          : plain;
      return oneOf(
        {
          arbitrary: inRelative(
            scope,
            withColon.map((one) => ({ written: one, kept: one })),
          ),
          weight: 3,
        },
        {
          arbitrary: inRelative(scope, fc.constant({ written: Str.empty, kept: Str.empty })).map((one) =>
            // Other rules cover a name directly in the root directory of POSIX.
            one.cwd?.is('/') === true
              ? { ...one, before: folders(scope, str('a')), start: join(one.start, 'a', separatorOf(scope)) }
              : one,
          ),
          weight: 1,
        },
      );
    },
  ),

  law({
    rule: 'prefix-root-file-counts-as-relative',
    says: {
      decides: ({ prefix, hasSeparator, head, record: { filename } }) =>
        where(
          prefix !== null && filename !== undefined && hasSeparator && head.isEmpty,
          ...ofRaise,
          'directory',
          'folder',
        ),
      twin: ({ call, record: { tail } }) => withPath(call, tail!),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope, {
          pycachePrefix: plainPrefix(scope),
          cwd: home(scope).map(({ cwd, inner: kept }) =>
            kept.isEmpty && !scope.fixed.cwd ? join(cwd, 'w') : cwd,
          ),
        }),
        separator: innerSeparator(scope),
        name: someName(scope),
      }),
    calls: ({ state, separator, name }) => [call(state, join(separator, name)), call(state, name)],
    holds: ({ state }, outcomes, scope) => {
      sameResult(outcomes, 0, 1);
      // In the root directory both calls may raise.
      if (!scope.fixed.cwd) holdsTag(outcomes, 0, state);
    },
  }),

  law({
    rule: 'prefix-working-directory-error-passes-through',
    says: ({ step }) => where(step === 'cwd', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { pycachePrefix: plainPrefix(scope), cwd: fc.constant(null) }),
        before: oneOf(
          fc.constant(Str.empty),
          innerSeparator(scope).map(str),
          relative(scope).map((one) => folders(scope, one)),
          relative(scope).map((one) => folders(scope, str('.'), one)),
        ),
        name: someName(scope),
      }),
    calls: ({ state, before, name }) => [call(state, join(before, name))],
    // Windows has another message.
    holds: (_, outcomes, { platform }) =>
      raises(
        outcomes,
        0,
        'FileNotFoundError',
        platform === 'posix' ? str('[Errno 2] No such file or directory') : undefined,
      ),
  }),

  prefixLaw(
    'prefix-leading-dot-stays',
    ({ below, head, separators, record: { getcwd } }) =>
      where(below && getcwd === true && startsWithDot(head, separators), 'directory'),
    (scope) =>
      inRelative(
        scope,
        fc
          .record({
            dots: fc.array(innerSeparator(scope), { minLength: 1, maxLength: 4 }),
            rest: relative(scope),
          })
          .map(({ dots, rest }) => join(...dots.map((separator) => `.${separator}`), rest))
          .map((one) => ({ written: one, kept: one })),
      ),
  ),

  prefixLaw(
    'prefix-leading-dot-is-dropped-once',
    ({ below, head, separators, record: { getcwd } }) =>
      where(below && getcwd === true && startsWithDot(head, separators), 'directory'),
    (scope) =>
      inRelative(
        scope,
        fc
          .record({ separator: innerSeparator(scope), more: fc.nat({ max: 3 }), rest: relative(scope) })
          .map(({ separator, more, rest }) => {
            const kept = join(`.${separator}`.repeat(more), rest);
            return { written: join(`.${separator}`, kept), kept };
          }),
      ),
  ),

  law({
    rule: 'prefix-short-directory-raises',
    says: ({ step }) => where(step === 'index', ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { pycachePrefix: anyPrefix(scope), cwd: workingDirectory(scope) }),
        short: shortDirectory(scope),
        name: someName(scope),
      }),
    calls: ({ state, short: { before, ...cwd }, name }) => [call({ ...state, ...cwd }, join(before, name))],
    holds: (_, outcomes) => raises(outcomes, 0, 'IndexError', str('string index out of range')),
  }),

  prefixLaw(
    'prefix-short-directory-is-the-prefix',
    ({ below, record: { absolute } }) =>
      where(below && absolute!.withoutFirst().isEmpty, 'kind', 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: oneOf({ arbitrary: plainPrefix(scope), weight: 4 }, fc.constant(Str.empty)),
          short: shortDirectory(scope),
        })
        .map(({ prefix, short }) => ({ ...short, prefix, start: folders(scope, prefix) })),
  ),

  prefixLaw(
    'prefix-drive-counts-as-absolute',
    ({ below, record: { absolute }, head }) =>
      where(below && absolute === head && /^[^/]:\//u.test(head.units), ...ofRaise, 'directory'),
    (scope) =>
      fc
        .record({
          prefix: plainPrefix(scope),
          drive: oneOf(fc.constant(0x43), charactersBut('/', anyCharacter)),
          colon: fc.nat({ max: 2 }).map((more) => `:/${'/'.repeat(more)}`),
          inner: inner(scope),
        })
        .map(({ prefix, drive, colon, inner: kept }) => ({
          prefix,
          before: folders(scope, join(Str.fromCodePoints([drive]), colon, kept)),
          start: folders(scope, prefix, kept),
        })),
  ),
];
