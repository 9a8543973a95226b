/* The laws of spec/2-path.md. */
import fc from 'fast-check';
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
import { law, type Law, type Scope } from './property.ts';

/** The tag, and the dot that follows it in every result. */
const tagDot = (state: State): Str => join(state.cacheTag ?? '', '.');

/** A law about one path: what its result starts with, up to the cache tag. */
function pathLaw<I>(
  rule: string,
  input: (scope: Scope) => fc.Arbitrary<I>,
  parts: (input: I, scope: Scope) => { path: Str; start: Str },
  untilTag: boolean = true,
  always: readonly I[] = [],
): Law {
  type Input = { state: State; input: I };
  return law<Input>({
    rule,
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

/** A file in a directory, and its cache folder there. */
const within = (scope: Scope, before: Str, name: Str, start: Str | string): { path: Str; start: Str } => ({
  path: join(before, separatorOf(scope), name),
  start: join(before, separatorOf(scope), cacheFolder(scope), start),
});

const named = (base: string): DottedName => ({
  base: str(base),
  extension: str('py'),
  name: join(base, '.py'),
});

const slashes = (least: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: least + 8 }).map((count) => '/'.repeat(count));
/** A directory and a separator, or nothing. */
const maybeDirectory = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    fc.constantFrom('', `a.b${separatorOf(scope)}`).map(str),
    directory(scope).map((one) => join(one, separatorOf(scope))),
  );
/**
 * Texts that do not survive a detour through UTF-8, UTF-16, a template, a shell, an address, a stripping or a normal
 * form.
 */
const deceptiveTexts = [
  [0x61, 0x0a],
  [0x20, 0x61, 0x20],
  [0x41, 0x2d, 0x31],
  [0x7e],
  [0x24, 0x48, 0x4f, 0x4d, 0x45],
  [0xd801, 0xdc00],
  [0xdc00, 0xd801],
  [0xdce9],
  [0xd800],
  [0x65, 0x301],
  [0x212b],
  [0x25, 0x73],
  [0x25, 0x34, 0x31],
  [0x61, 0xff0e, 0x62],
  [0x61, 0xff0f, 0x62],
  [0x5c, 0x6e],
  [0x7b, 0x7d],
  [0],
].map((points) => Str.fromCodePoints(points));
const deceptive = fc.constantFrom(...deceptiveTexts);
const name = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    dottedName(scope).map((one) => one.name),
    anyName(scope),
  );

export const laws: Law[] = [
  pathLaw(
    'path-cache-folder-beside-source',
    (scope) => fc.record({ directory: directory(scope), name: name(scope) }),
    (one, scope) => within(scope, one.directory, one.name, ''),
    false,
    ['a', '.', '..', '__pycache__', 'a/__pycache__'].map((text) => ({
      directory: str(text),
      name: str('a.py'),
    })),
  ),

  pathLaw(
    'path-without-directory',
    name,
    (one, scope) => ({ path: one, start: str(cacheFolder(scope)) }),
    false,
  ),

  // What precedes the last separator, and only that, precedes the cache folder.
  pathLaw(
    'path-splits-at-last-separator',
    (scope) => fc.record({ directory: directory(scope), dottedName: dottedName(scope) }),
    (one, scope) => within(scope, one.directory, one.dottedName.name, join(one.dottedName.base, '.')),
  ),

  law({
    rule: 'path-ends-in-pyc',
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
    dottedName,
    (one, scope) => ({ path: one.name, start: join(cacheFolder(scope), one.base, '.') }),
    true,
    ['a', 'a.b', '.a', 'a.', '.', '..'].map(named),
  ),

  pathLaw(
    'path-first-dot-ends-the-name',
    (scope) => fc.record({ base: nameWithoutDot(scope, 0), rest: anyName(scope) }),
    (one, scope) => ({
      path: join(one.base, '.', one.rest),
      start: join(cacheFolder(scope), one.base, '.'),
    }),
  ),

  pathLaw(
    'path-dots-in-directories-do-not-count',
    (scope) => fc.record({ before: component(scope), after: component(scope), stem: stem(scope) }),
    (one, scope) => within(scope, join(one.before, '.', one.after), one.stem, one.stem),
  ),

  law({
    rule: 'path-extension-is-not-read',
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
    (scope) => fc.record({ before: maybeDirectory(scope), stem: stem(scope) }),
    (one, scope) => ({
      path: join(one.before, one.stem),
      start: join(one.before, cacheFolder(scope), one.stem),
    }),
  ),

  pathLaw(
    'path-leading-dot-is-dropped',
    (scope) => fc.record({ before: maybeDirectory(scope), stem: stem(scope) }),
    (one, scope) => ({
      path: join(one.before, '.', one.stem),
      start: join(one.before, cacheFolder(scope), one.stem, '.'),
    }),
  ),

  pathLaw(
    'path-dots-are-a-name',
    (scope) => fc.record({ before: maybeDirectory(scope), name: fc.constantFrom('.', '..') }),
    (one, scope) => ({
      path: join(one.before, one.name),
      start: join(one.before, cacheFolder(scope), one.name),
    }),
  ),

  pathLaw(
    'path-empty-gives-the-tag-alone',
    () => fc.constant(Str.empty),
    (one, scope) => ({ path: one, start: str(cacheFolder(scope)) }),
  ),

  pathLaw(
    'path-trailing-slash-leaves-an-empty-name',
    (scope) => fc.record({ directory: directory(scope), separators: separators(scope) }),
    (one, scope) => ({
      path: join(one.directory, one.separators),
      start: join(one.directory, separatorOf(scope), cacheFolder(scope)),
    }),
  ),

  pathLaw('path-root-is-lost', dottedName, (one, scope) => ({
    path: join('/', one.name),
    start: join(cacheFolder(scope), one.base, '.'),
  })),

  pathLaw(
    'path-root-of-slashes-is-one',
    (scope) => fc.record({ slashes: slashes(2), dottedName: dottedName(scope) }),
    (one, scope) => ({
      path: join(one.slashes, one.dottedName.name),
      start: join('/', cacheFolder(scope), one.dottedName.base, '.'),
    }),
  ),

  pathLaw(
    'path-slashes-before-name-collapse',
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
      dottedName: named('a'),
    })),
  ),

  pathLaw(
    'path-characters-pass-unchanged',
    (scope) =>
      fc.record({
        directory: oneOf(nameWithoutDot(scope), deceptive),
        stem: oneOf(nameWithoutDot(scope), deceptive),
      }),
    (one, scope) => within(scope, one.directory, join(one.stem, '.py'), join(one.stem, '.')),
    true,
    deceptiveTexts.flatMap((text) => [
      { directory: text, stem: str('a') },
      { directory: str('d'), stem: text },
    ]),
  ),

  law({
    rule: 'path-of-any-length',
    costly: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        parts: fc.integer({ min: 0, max: 400 }),
        length: fc.integer({ min: 256, max: 5000 }),
      }),
    // Around the lengths at which file systems, buffers and counters end.
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
