/* The laws of spec/2-path.md. */
import fc from 'fast-check';
import { mixed, oneOf } from './inputs/draw.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { endsWith, sameText, startsWith } from './expect.ts';
import { call } from './inputs/calls.ts';
import { charactersBut } from './inputs/characters.ts';
import { directory, dottedName, extension, join, path, separators, stem } from './inputs/paths.ts';
import { aState, stateOf } from './inputs/states.ts';
import { component, nameWithoutDot, text } from './inputs/texts.ts';
import { law, type Law, type Property, type Scope } from './property.ts';

/** The tag, and the dot that follows it in every result. */
const tagDot = (state: State): Str => join(state.cacheTag ?? '', '.');

/** A law about one path: what its result starts with, up to the cache tag. */
function pathLaw<I>(
  rule: string,
  input: fc.Arbitrary<I>,
  parts: (input: I) => { path: Str; start: Str },
  untilTag: boolean = true,
): Law {
  type Input = { state: State; input: I };
  const property: Property<Input> = {
    rule,
    input: (scope: Scope) => fc.record({ state: stateOf(scope), input }),
    calls: (one) => [call(one.state, parts(one.input).path)],
    holds: (one, outcomes) => {
      const { start } = parts(one.input);
      startsWith(outcomes, 0, untilTag ? join(start, tagDot(one.state)) : start);
    },
  };
  return law(property);
}

const cacheFolder = '__pycache__/';
const slashes = (least: number): fc.Arbitrary<string> =>
  fc.integer({ min: least, max: least + 8 }).map((count) => '/'.repeat(count));
/** A directory and a separator, or nothing. */
const maybeDirectory = mixed(
  fc.constantFrom('', 'a.b/').map(str),
  directory.map((one) => join(one, '/')),
);
/** Texts that do not survive a detour through UTF-8, UTF-16, a template, a shell, a stripping or a normal form. */
const deceptive = fc
  .constantFrom(
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
    [0x7b, 0x7d],
    [0],
  )
  .map((points) => Str.fromCodePoints(points));
const name = mixed(
  dottedName.map((one) => one.name),
  text(charactersBut('/')),
);

export const laws: Law[] = [
  pathLaw(
    'path-cache-folder-beside-source',
    fc.record({ directory, name }),
    (one) => ({ path: join(one.directory, '/', one.name), start: join(one.directory, '/', cacheFolder) }),
    false,
  ),

  pathLaw('path-without-directory', name, (one) => ({ path: one, start: str(cacheFolder) }), false),

  // What precedes the last separator, and only that, precedes the cache folder.
  pathLaw('path-splits-at-last-separator', fc.record({ directory, dottedName }), (one) => ({
    path: join(one.directory, '/', one.dottedName.name),
    start: join(one.directory, '/', cacheFolder, one.dottedName.base, '.'),
  })),

  law({
    rule: 'path-ends-in-pyc',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        path,
        options: fc.constantFrom(
          {},
          { optimization: str('') },
          { optimization: 1n },
          { optimization: 2n },
          { debugOverride: true },
          { debugOverride: false },
        ),
      }),
    calls: (one) => [call(one.state, one.path, one.options)],
    holds: (_, outcomes) => endsWith(outcomes, 0, str('.pyc')),
  }),

  pathLaw('path-last-dot-ends-the-name', dottedName, (one) => ({
    path: one.name,
    start: join(cacheFolder, one.base, '.'),
  })),

  pathLaw(
    'path-dots-in-directories-do-not-count',
    fc.record({ before: component, after: component, stem }),
    (one) => ({
      path: join(one.before, '.', one.after, '/', one.stem),
      start: join(one.before, '.', one.after, '/', cacheFolder, one.stem),
    }),
  ),

  law({
    rule: 'path-extension-is-not-read',
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        before: maybeDirectory,
        base: dottedName.map((one) => one.base),
        extension,
      }),
    calls: ({ state, before, base, extension: end }) => [
      call(state, join(before, base, '.py')),
      call(state, join(before, base, '.', end)),
    ],
    holds: (_, outcomes) => sameText(outcomes, 1, 0),
  }),

  pathLaw('path-name-without-dot-is-glued-to-tag', fc.record({ before: maybeDirectory, stem }), (one) => ({
    path: join(one.before, one.stem),
    start: join(one.before, cacheFolder, one.stem),
  })),

  pathLaw('path-leading-dot-is-dropped', fc.record({ before: maybeDirectory, stem }), (one) => ({
    path: join(one.before, '.', one.stem),
    start: join(one.before, cacheFolder, one.stem, '.'),
  })),

  pathLaw(
    'path-dots-are-a-name',
    fc.record({ before: maybeDirectory, name: fc.constantFrom('.', '..') }),
    (one) => ({ path: join(one.before, one.name), start: join(one.before, cacheFolder, one.name) }),
  ),

  pathLaw('path-empty-gives-the-tag-alone', fc.constant(Str.empty), (one) => ({
    path: one,
    start: str(cacheFolder),
  })),

  pathLaw('path-trailing-slash-leaves-an-empty-name', fc.record({ directory, separators }), (one) => ({
    path: join(one.directory, one.separators),
    start: join(one.directory, '/', cacheFolder),
  })),

  pathLaw('path-root-is-lost', dottedName, (one) => ({
    path: join('/', one.name),
    start: join(cacheFolder, one.base, '.'),
  })),

  pathLaw('path-root-of-slashes-is-one', fc.record({ slashes: slashes(2), dottedName }), (one) => ({
    path: join(one.slashes, one.dottedName.name),
    start: join('/', cacheFolder, one.dottedName.base, '.'),
  })),

  pathLaw(
    'path-slashes-before-name-collapse',
    fc.record({ directory, slashes: slashes(2), dottedName }),
    (one) => ({
      path: join(one.directory, one.slashes, one.dottedName.name),
      start: join(one.directory, '/', cacheFolder, one.dottedName.base, '.'),
    }),
  ),

  pathLaw(
    'path-directory-is-not-normalized',
    fc.record({
      parts: fc
        .array(oneOf(fc.constantFrom('', '.', '..').map(str), component), { minLength: 1 })
        .map((parts) => [...parts, str('a')]),
      last: fc.constantFrom('', '/.', '/..'),
      dottedName,
    }),
    (one) => {
      const before = join(Str.join('/', one.parts), one.last);
      return {
        path: join(before, '/', one.dottedName.name),
        start: join(before, '/', cacheFolder, one.dottedName.base, '.'),
      };
    },
  ),

  pathLaw(
    'path-characters-pass-unchanged',
    fc.record({
      directory: mixed(nameWithoutDot, deceptive),
      stem: mixed(nameWithoutDot, deceptive),
    }),
    (one) => ({
      path: join(one.directory, '/', one.stem, '.py'),
      start: join(one.directory, '/', cacheFolder, one.stem, '.'),
    }),
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
    holds: ({ state, parts, length }, outcomes) =>
      startsWith(outcomes, 0, join('d/'.repeat(parts), cacheFolder, 'a'.repeat(length), '.', tagDot(state))),
  }),

  pathLaw(
    'path-backslash-and-colon-are-characters',
    fc.record({
      drive: fc.constantFrom('', 'C:', 'c:', 'C:\\', '\\', '\\\\', '\\\\?\\'),
      parts: fc.array(stem, { minLength: 1 }),
      end: fc.constantFrom('\\', ':'),
    }),
    (one) => {
      const base = join(one.drive, Str.join(one.end, one.parts));
      return { path: join(base, '.py'), start: join(cacheFolder, base, '.') };
    },
  ),
];
