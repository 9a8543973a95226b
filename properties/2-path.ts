/* The laws of spec/2-path.md. */
import * as fc from './inputs/arbitraries.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { endsWith, holdsTag, sameText, startsWith } from './expect.ts';
import { call } from './inputs/calls.ts';
import {
  cacheFolder,
  directory,
  dottedName,
  type DottedName,
  extension,
  join,
  path,
  separatorOf,
  separators,
  stem,
} from './inputs/paths.ts';
import { listsUpTo } from './inputs/small.ts';
import { aState, stateOf } from './inputs/states.ts';
import { anyName, component, nameWithoutDot } from './inputs/texts.ts';
import { deceptive, deceptiveTexts, dottedWords, words } from './inputs/words.ts';
import { law, type Allows, type Control, type Law, type Statement } from './property.ts';
import type { Scope } from './scope.ts';
import { isUntidy, Seen, where, withPath, withPlainLetters } from './seen.ts';
import { placed } from './windows.ts';
import { pieces } from './parts.ts';

/** The tag, and the dot after it, which every result contains. */
const tagDot = (state: State): Str => join(state.cacheTag ?? '', '.');

/** A law about separators and dots is not broken by a path of which only the letters matter. */
const plainLettersFor =
  (says: Statement): Control =>
  (seen) => {
    const decides = typeof says === 'function' ? says : says.decides;
    const plainer = withPlainLetters(seen);
    const parts = plainer === undefined ? [] : decides(new Seen(plainer, seen.target));
    return decides(seen).every((part) => parts.includes(part)) ? plainer : undefined;
  };

/** A law about a single path, and the start of its result up to the cache tag. */
function pathLaw<I>(
  rule: string,
  says: Statement,
  input: (scope: Scope) => fc.Arbitrary<I>,
  parts: (input: I, scope: Scope) => { path: Str; start: Str },
  untilTag: boolean = true,
  always: readonly I[] = [],
): Law {
  type Input = { state: State; input: I };
  return law<Input>({
    rule,
    says: { control: plainLettersFor(says), ...(typeof says === 'function' ? { decides: says } : says) },
    input: (scope) => fc.record({ state: stateOf(scope), input: input(scope) }),
    always: (scope) => always.map((one) => ({ state: aState(scope), input: one })),
    calls: (one, scope) => [call(one.state, parts(one.input, scope).path)],
    holds: (one, outcomes, scope) => {
      const { start } = parts(one.input, scope);
      startsWith(outcomes, 0, untilTag ? join(start, tagDot(one.state)) : start);
      if (!untilTag) holdsTag(outcomes, 0, one.state);
    },
  });
}

/** A path in a directory, with the start of its result in the cache folder there. */
const within = (scope: Scope, before: Str, name: Str, start: Str | string): { path: Str; start: Str } => ({
  path: join(before, separatorOf(scope), name),
  start: join(before, separatorOf(scope), cacheFolder(scope), start),
});

const named = (base: Str): DottedName => ({
  base,
  extension: str('py'),
  name: join(base, '.py'),
});

const slashes = (least: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: least + 8 }).map((count) => '/'.repeat(count));
/** A directory with a separator after it, or nothing. */
const maybeDirectory = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    fc.constantFrom('', `a.b${separatorOf(scope)}`).map(str),
    directory(scope).map((one) => join(one, separatorOf(scope))),
  );
const name = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    dottedName(scope).map((one) => one.name),
    anyName(scope),
  );

/** Whether only the characters differ and not the length: the text was cut in the same places. */
const isSpelledOtherwise = (wanted = '', found = ''): boolean =>
  wanted !== found && wanted.length === found.length;

/**
 * Whether the name differs in something other than its dots: it has as many dots, and is not a piece of the original
 * name.
 */
const isNoMatterOfDots: Allows = ({ parts, wanted, found }, { record: { tail } }) => {
  const [own = '', other = ''] = [wanted.get('stem'), found.get('stem')];
  const isPiece = other === '' || tail!.units.startsWith(other) || tail!.units.endsWith(other);
  return !parts.has('tag') && !isPiece && own.split('.').length === other.split('.').length;
};

export const laws: Law[] = [
  pathLaw(
    'path-cache-folder-beside-source',
    {
      decides: (seen) =>
        where(
          seen.beside && (seen.posix ? !seen.trimmed.isEmpty : placed(seen) === 'folder'),
          'folder',
          'directory',
        ),
      allows: ({ parts, wanted, found }) =>
        !parts.has('folder') && isSpelledOtherwise(wanted.get('directory'), found.get('directory')),
      control: ({ call, trimmed, separators }) => withPath(call, trimmed.concat(str(`${separators[0]}a.py`))),
    },
    (scope) => fc.record({ directory: directory(scope), name: name(scope) }),
    (one, scope) => within(scope, one.directory, one.name, ''),
    false,
    [...['a', '.', '..', '__pycache__', 'a/__pycache__'].map((text) => str(text)), ...dottedWords].map(
      (one) => ({ directory: one, name: str('a.py') }),
    ),
  ),

  pathLaw(
    'path-without-directory',
    {
      decides: (seen) =>
        where(
          seen.beside && !seen.hasSeparator && (seen.posix || placed(seen) === 'name'),
          'folder',
          'directory',
        ),
      control: ({ call }) => withPath(call, str('a.py')),
    },
    name,
    (one, scope) => ({ path: one, start: str(cacheFolder(scope)) }),
    false,
  ),

  // Exactly what precedes the last separator precedes the cache folder.
  pathLaw(
    'path-splits-at-last-separator',
    {
      decides: ({ returned, hasSeparator }) => where(returned && hasSeparator, 'directory', 'stem'),
      forbids: ({ parts }) => parts.has('directory') && parts.has('stem'),
    },
    (scope) => fc.record({ directory: directory(scope), dottedName: dottedName(scope) }),
    (one, scope) => within(scope, one.directory, one.dottedName.name, join(one.dottedName.base, '.')),
  ),

  law({
    rule: 'path-ends-in-pyc',
    says: {
      decides: ({ returned, takesOptimization }) => where(returned && takesOptimization, 'extension'),
      control: ({ call }) => withPath(call, str('a.py')),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path: path(scope),
        options: fc.constantFrom(
          {},
          { optimization: str('') },
          { optimization: 1n },
          { optimization: 2n },
          ...(scope.release.has('no-debug-override')
            ? []
            : [{ debugOverride: true }, { debugOverride: false }]),
        ),
      }),
    calls: (one) => [call(one.state, one.path, one.options)],
    holds: ({ state }, outcomes) => {
      endsWith(outcomes, 0, str('.pyc'));
      holdsTag(outcomes, 0, state);
    },
  }),

  pathLaw(
    'path-last-dot-ends-the-name',
    {
      decides: ({ returned, record: { sep, base } }) =>
        where(returned && sep !== '' && !base!.isEmpty, 'stem', 'tag'),
      allows: isNoMatterOfDots,
    },
    dottedName,
    (one, scope) => ({ path: one.name, start: join(cacheFolder(scope), one.base, '.') }),
    true,
    [...['a', 'a.b', '.a', 'a.', '.', '..', '__init__'].map((base) => str(base)), ...dottedWords].map(named),
  ),

  pathLaw(
    'path-first-dot-ends-the-name',
    {
      decides: ({ returned, record: { sep } }) => where(returned && sep !== '', 'stem', 'tag'),
      allows: isNoMatterOfDots,
    },
    (scope) => fc.record({ base: nameWithoutDot(scope, 0), rest: anyName(scope) }),
    (one, scope) => ({
      path: join(one.base, '.', one.rest),
      start: join(cacheFolder(scope), one.base, '.'),
    }),
  ),

  pathLaw(
    'path-dots-in-directories-do-not-count',
    {
      decides: ({ beside, trimmed }) =>
        where(
          beside && trimmed.units.split(/[/\\]/).some((part) => part.includes('.') && !/^\.{2,}$/.test(part)),
          'kind',
          'stem',
          'tag',
          'directory',
        ),
      // A dot that ends a name changes more than the directory.
      allows: ({ parts }) => parts.has('directory') && parts.size === 1,
    },
    (scope) => fc.record({ before: component(scope), after: component(scope), stem: stem(scope) }),
    (one, scope) => within(scope, join(one.before, '.', one.after), one.stem, one.stem),
  ),

  law({
    rule: 'path-extension-is-not-read',
    says: {
      decides: ({ returned, record: { sep, base, rest } }) =>
        where(
          returned && sep !== '' && !base!.isEmpty && !rest!.is('py'),
          'kind',
          'stem',
          'tag',
          'extension',
        ),
      twin: ({ call, record: { fspath, rest } }) =>
        withPath(call, fspath!.slice(0, fspath!.units.length - rest!.units.length).concat(str('py'))),
    },
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        before: maybeDirectory(scope),
        base: dottedName(scope).map((one) => one.base),
        extension: extension(scope),
      }),
    calls: ({ state, before, base, extension: end }) => [
      call(state, join(before, base, '.py')),
      call(state, join(before, base, '.', end)),
    ],
    holds: ({ state }, outcomes) => {
      sameText(outcomes, 1, 0);
      holdsTag(outcomes, 1, state);
    },
  }),

  pathLaw(
    'path-name-without-dot-is-glued-to-tag',
    {
      // An empty name has no dot either.
      decides: ({ returned, record: { sep, tail } }) =>
        tail?.isEmpty === true
          ? where(returned, 'tag')
          : where(returned && sep === '', 'kind', 'stem', 'tag', 'extension'),
      control: ({ call }) => withPath(call, str('a')),
    },
    (scope) => fc.record({ before: maybeDirectory(scope), stem: stem(scope) }),
    (one, scope) => ({
      path: join(one.before, one.stem),
      start: join(one.before, cacheFolder(scope), one.stem),
    }),
  ),

  pathLaw(
    'path-leading-dot-is-dropped',
    ({ returned, record: { sep, base, rest } }) =>
      where(returned && sep !== '' && base!.isEmpty && !rest!.isEmpty, 'kind', 'stem', 'tag', 'extension'),
    (scope) => fc.record({ before: maybeDirectory(scope), stem: stem(scope) }),
    (one, scope) => ({
      path: join(one.before, '.', one.stem),
      start: join(one.before, cacheFolder(scope), one.stem, '.'),
    }),
  ),

  pathLaw(
    'path-dots-are-a-name',
    ({ returned, record: { tail } }) =>
      where(returned && (tail!.is('.') || tail!.is('..')), 'kind', 'directory', 'stem', 'tag'),
    (scope) => fc.record({ before: maybeDirectory(scope), name: fc.constantFrom('.', '..') }),
    (one, scope) => ({
      path: join(one.before, one.name),
      start: join(one.before, cacheFolder(scope), one.name),
    }),
  ),

  pathLaw(
    'path-empty-gives-the-tag-alone',
    ({ returned, record: { fspath } }) => where(returned && fspath!.isEmpty, 'kind', ...pieces),
    () => fc.constant(Str.empty),
    (one, scope) => ({ path: one, start: str(cacheFolder(scope)) }),
  ),

  pathLaw(
    'path-trailing-slash-leaves-an-empty-name',
    ({ returned, hasSeparator, record: { tail } }) =>
      where(returned && hasSeparator && tail!.isEmpty, 'kind', 'directory', 'stem', 'tag'),
    (scope) => fc.record({ directory: directory(scope), separators: separators(scope) }),
    (one, scope) => ({
      path: join(one.directory, one.separators),
      start: join(one.directory, separatorOf(scope), cacheFolder(scope)),
    }),
  ),

  pathLaw(
    'path-root-is-lost',
    ({ beside, hasSeparator, head }) =>
      where(beside && hasSeparator && head.isEmpty, 'kind', 'directory', 'folder'),
    dottedName,
    (one, scope) => ({
      path: join('/', one.name),
      start: join(cacheFolder(scope), one.base, '.'),
    }),
  ),

  pathLaw(
    'path-root-of-slashes-is-one',
    ({ beside, head, trimmed }) =>
      where(beside && !head.isEmpty && trimmed.isEmpty, 'kind', 'directory', 'folder'),
    (scope) => fc.record({ slashes: slashes(2), dottedName: dottedName(scope) }),
    (one, scope) => ({
      path: join(one.slashes, one.dottedName.name),
      start: join('/', cacheFolder(scope), one.dottedName.base, '.'),
    }),
  ),

  pathLaw(
    'path-slashes-before-name-collapse',
    ({ beside, head, trimmed }) => where(beside && !trimmed.isEmpty && trimmed !== head, 'directory'),
    (scope) =>
      fc.record({
        directory: directory(scope),
        more: separators(scope),
        dottedName: dottedName(scope),
      }),
    (one, scope) => ({
      path: join(one.directory, one.more, separatorOf(scope), one.dottedName.name),
      start: join(one.directory, separatorOf(scope), cacheFolder(scope), one.dottedName.base, '.'),
    }),
  ),

  pathLaw(
    'path-directory-is-not-normalized',
    ({ beside, trimmed }) => where(beside && isUntidy(trimmed.units), 'kind', 'directory'),
    (scope) =>
      fc.record({
        parts: fc
          .array(oneOf(fc.constantFrom('', '.', '..').map(str), component(scope)), { minLength: 1 })
          .map((parts) => [...parts, str('a')]),
        last: fc.constantFrom('', '/.', '/..'),
        dottedName: dottedName(scope),
      }),
    (one, scope) =>
      within(
        scope,
        join(Str.join('/', one.parts), one.last),
        one.dottedName.name,
        join(one.dottedName.base, '.'),
      ),
    true,
    listsUpTo(['', '.', '..', 'b'].map(str), 3).map((parts) => ({
      parts: [...parts, str('a')],
      last: '',
      dottedName: named(str('a')),
    })),
  ),

  pathLaw(
    'path-characters-pass-unchanged',
    {
      decides: ({ beside, head, record: { stem } }) =>
        where(
          beside &&
            /[^a-z./\\:]|[b-z][a-z]{2}|[a-z][b-z][a-z]|[a-z]{2}[b-z]/.test(
              `${head.units}/${stem!.units}`.replaceAll('__pycache__', ''),
            ),
          'kind',
          ...pieces,
        ),
      // No character of the path is there.
      allows: ({ parts }) => [...parts].every((part) => part === 'segment' || part === 'extension'),
    },
    (scope) =>
      fc.record({
        directory: oneOf(nameWithoutDot(scope), deceptive),
        stem: oneOf(nameWithoutDot(scope), deceptive),
      }),
    (one, scope) => within(scope, one.directory, join(one.stem, '.py'), join(one.stem, '.')),
    true,
    [...deceptiveTexts, ...words].map((text) => ({ directory: text, stem: text })),
  ),

  law({
    rule: 'path-of-any-length',
    // Other rules cover long optimizations.
    says: ({ returned, text, record: { stem, tag } }) =>
      where(
        returned && Math.max(text.length, stem!.units.length + tag!.units.length + '.pyc'.length) > 255,
        'kind',
        ...pieces,
      ),
    costly: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        parts: fc.integer({ min: 0, max: 400 }),
        length: fc.integer({ min: 256, max: 5000 }),
      }),
    // Around the lengths that limit file systems, buffers and counters.
    always: (scope) =>
      [255, 256, 1024, 1025, 4096, 4097, 32_768, 65_536, 70_000].flatMap((length) =>
        [0, 1, length].map((parts) => ({ state: aState(scope), parts, length })),
      ),
    calls: ({ state, parts, length }) => [call(state, str(`${'d/'.repeat(parts)}${'a'.repeat(length)}.py`))],
    holds: ({ state, parts, length }, outcomes, scope) =>
      startsWith(
        outcomes,
        0,
        join('d/'.repeat(parts), cacheFolder(scope), 'a'.repeat(length), '.', tagDot(state)),
      ),
  }),

  pathLaw(
    'path-backslash-and-colon-are-characters',
    ({ returned, below, release, head, text, prefix, call, record: { getcwd } }) =>
      where(
        returned &&
          // Below a prefix, these releases take some of these for a drive.
          !(below && !release.has('paths-have-roots') && /^[^/]:\//u.test(head.units)) &&
          /[\\:]/.test(`${text}${prefix?.units ?? ''}${getcwd === true ? call.state.cwd!.units : ''}`),
        'kind',
        ...pieces,
      ),
    (scope) =>
      fc.record({
        drive: fc.constantFrom('', 'C:', 'c:', 'C:\\', '\\', '\\\\', '\\\\?\\'),
        parts: fc.array(stem(scope), { minLength: 1 }),
        end: fc.constantFrom('\\', ':'),
      }),
    (one, scope) => {
      const base = join(one.drive, Str.join(one.end, one.parts));
      return { path: join(base, '.py'), start: join(cacheFolder(scope), base, '.') };
    },
  ),
];
