import fc from 'fast-check';
import { mixed, oneOf } from './draw.ts';
import type { Platform } from '../../src/python/interpreter.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Scope } from '../property.ts';
import { anyCharacter, charactersBut, letter } from './characters.ts';
import { anyName, component, nameWithoutDot, plainText, text } from './texts.ts';

export const join = (...parts: ReadonlyArray<Str | string>): Str =>
  Str.join(
    '',
    parts.map((part) => (typeof part === 'string' ? str(part) : part)),
  );

/** What joins paths. */
export const separatorOf = ({ platform }: Scope): string => (platform === 'posix' ? '/' : '\\');

/** The cache folder and the separator after it. */
export const cacheFolder = (scope: Scope): string => `__pycache__${separatorOf(scope)}`;

/** What stands before the extension: not empty, no separator, no dot. */
export const stem = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    oneOf(
      { arbitrary: plainText, weight: 4 },
      {
        arbitrary: fc.constantFrom('__init__', '__main__', 'my-mod', 'Mod_1', 'a b', '~').map(str),
        weight: 1,
      },
    ),
    nameWithoutDot(scope),
  );

const endings = ['py', 'pyc', 'pyo', 'pyw', 'PY', 'so', ''];
/** Endings that no file has. */
const strange = ['p\0y', '\0', 'py\n', ' py ', 'p:y', '\u00e9', '\ud800'];

/** What follows the dot that ends the name, perhaps nothing. */
export const extension = (scope: Scope): fc.Arbitrary<Str> =>
  scope.release.has('name-ends-at-last-dot')
    ? mixed(
        fc.constantFrom(...endings).map(str),
        oneOf(nameWithoutDot(scope, 0), fc.constantFrom(...strange).map(str)),
      )
    : mixed(
        fc.constantFrom(...endings, 'tar.gz', '.').map(str),
        oneOf(anyName(scope), fc.constantFrom(...strange).map(str)),
      );

export type DottedName = { readonly base: Str; readonly extension: Str; readonly name: Str };

/** A name with at least one dot that is not its first character, and its two parts around the dot that ends it. */
export const dottedName = (scope: Scope): fc.Arbitrary<DottedName> =>
  fc
    .record({
      base: scope.release.has('name-ends-at-last-dot')
        ? mixed(
            stem(scope),
            oneOf(
              component(scope),
              fc.constantFrom('.', '..', '.a', 'a.', 'a.b', 'a.cpython-313', 'a.opt-1').map(str),
            ),
          )
        : stem(scope),
      extension: extension(scope),
    })
    .map(({ base, extension: end }) => ({ base, extension: end, name: join(base, '.', end) }));

const dots = fc.constantFrom('.', '..', '...').map(str);

const plainParts = (scope: Scope): fc.Arbitrary<Str[]> =>
  fc.array(
    oneOf(
      { arbitrary: plainText, weight: 4 },
      { arbitrary: component(scope), weight: 1 },
      { arbitrary: dots, weight: 1 },
      { arbitrary: fc.constantFrom('__pycache__', 'a.b', 'c.py', '~').map(str), weight: 1 },
    ),
    { minLength: 1, maxLength: 5 },
  );

const posixDirectory = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    oneOf(
      {
        arbitrary: fc
          .constantFrom('a', '/a', '__pycache__', 'a.b', '.', '..', '~', '$HOME', 'file:', 'a.zip')
          .map(str),
        weight: 1,
      },
      {
        arbitrary: fc
          .record({
            root: fc.constantFrom('', '/', '//', './', '../', 'C:/'),
            parts: plainParts(scope),
            separator: fc.constantFrom('/', '/', '//', '/./'),
          })
          .map(({ root, parts, separator }) => join(root, Str.join(separator, parts))),
        weight: 2,
      },
    ),
    fc
      .tuple(text(anyCharacter), charactersBut('/'))
      .map(([start, last]) => join(start, Str.fromCodePoints([last]))),
  );

/** With each root that keeps its spelling when the cache folder is joined to it. */
const windowsDirectory = (scope: Scope): fc.Arbitrary<Str> =>
  fc
    .record({
      root: fc.constantFrom(
        '',
        '',
        'C:\\',
        'c:\\',
        '\\',
        '.\\',
        '..\\',
        '\\\\server\\share\\',
        '\\\\?\\C:\\',
      ),
      parts: plainParts(scope),
      separator: fc.constantFrom('\\', '\\', '/', '\\\\', '\\.\\'),
    })
    .map(({ root, parts, separator }) => join(root, Str.join(separator, parts)));

/**
 * A directory as it may be written before a separator and a name: not empty, no separator at its end, and one that
 * is kept as it is.
 */
export const directory = (scope: Scope): fc.Arbitrary<Str> =>
  scope.platform === 'posix' ? posixDirectory(scope) : windowsDirectory(scope);

/** One separator, now and then several. */
export const separators = ({ platform }: Scope): fc.Arbitrary<Str> => {
  const one = platform === 'posix' ? fc.constant('/') : fc.constantFrom('\\', '\\', '/');
  return oneOf(
    { arbitrary: one.map(str), weight: 3 },
    { arbitrary: fc.array(one, { minLength: 2, maxLength: 9 }).map((all) => join(...all)), weight: 1 },
  );
};

const tokens: Record<Platform, readonly string[]> = {
  posix: ['/', '/', '.', '.'],
  win32: ['\\', '/', '.', 'C:', ':'],
};

/** A path made of the characters that decide, and others between them. */
export const anyPath = (
  platform: Platform = 'posix',
  other: fc.Arbitrary<number> = anyCharacter,
): fc.Arbitrary<Str> =>
  fc
    .array(
      oneOf(
        { arbitrary: fc.constantFrom(...tokens[platform]).map(str), weight: 4 },
        { arbitrary: fc.constantFrom('a', 'py', '\\', ':', '__pycache__', '..').map(str), weight: 2 },
        { arbitrary: letter.map((point) => Str.fromCodePoints([point])), weight: 1 },
        { arbitrary: other.map((point) => Str.fromCodePoints([point])), weight: 2 },
      ),
      { size: 'small' },
    )
    .map((parts) => join(...parts));

/** Roots that Windows knows, and some that it does not. */
const roots = String.raw`
  C:\ C:/ c:\ D:\ C: c: D: 1:\ 1: é:\ É: CC:
  \ / \\ // /\ \\\ \\server \\server\ \\server\\
  \\server\share \\server\share\ //server/share/ \/server\share/
  \\?\ \\?\C: \\?\C:\ //?/c:/ \\?\1:\ \\.\C:\ \\.\pipe\ \\?x\
  \\?\UNC\ \\?\unc\server\share\ \\?\UNC\server \\?\UNC\server\\ \\?\UNC
  \\?\Volume{01234567-89ab-cdef-0123-456789abcdef}\
  \\?\volume{01234567-89AB-CDEF-0123-456789ABCDEF}
  \\?\Volume{0123456789ab-cdef-0123-456789abcdef}\
`
  .trim()
  .split(/\s+/);

/** A path of Windows with any of the roots that it knows, and some that it does not. */
export const windowsPath = (other: fc.Arbitrary<number> = anyCharacter): fc.Arbitrary<Str> =>
  fc
    .record({
      root: oneOf(fc.constant(''), fc.constantFrom(...roots)),
      rest: oneOf(
        fc.constantFrom('b.py', 'a\\b.py', 'a/b.py', '.\\a\\b.py', './.\\a/b.py', '', 'C:b.py').map(str),
        anyPath('win32', other),
      ),
    })
    .map(({ root, rest }) => join(root, rest));

/** A path as programs have them; shrinks to `a.py`. */
export const plainPath = (scope: Scope): fc.Arbitrary<Str> =>
  fc
    .record({
      directory: fc.option(directory(scope), { nil: undefined }),
      separator: separators(scope),
      name: oneOf(
        plainText.map((name) => join(name, '.py')),
        dottedName(scope).map(({ name }) => name),
        stem(scope),
      ),
    })
    .map(({ directory: before, separator, name }) =>
      before === undefined ? name : join(before, separator, name),
    );

/** Any path for which there is a result. */
export const path = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(plainPath(scope), scope.platform === 'posix' ? anyPath() : windowsPath(charactersBut('\0')));

/** Any text at all, and on Windows some that is too long. */
export const wildPath = (scope: Scope): fc.Arbitrary<Str> =>
  scope.platform === 'posix'
    ? path(scope)
    : mixed(
        oneOf(plainPath(scope), windowsPath()),
        oneOf(
          { arbitrary: windowsPath(), weight: 30 },
          {
            arbitrary: fc
              .integer({ min: 32_765, max: 32_770 })
              .map((length) => str(`a\\${'b'.repeat(length)}`)),
            weight: 1,
          },
          {
            arbitrary: fc
              .integer({ min: 32_765, max: 32_770 })
              .map((length) => str(`${'b'.repeat(length)}\\a.py`)),
            weight: 1,
          },
        ),
      );
