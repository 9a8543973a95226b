import * as fc from './arbitraries.ts';
import { mixed, oneOf } from './draw.ts';
import { listed, orListed } from './listed.ts';
import { cpythonTag, type Platform } from '../../src/python/interpreter.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { anyCharacter, charactersBut, letter } from './characters.ts';
import { anyName, component, nameWithoutDot, plainText, text } from './texts.ts';
import { dottedWords, words } from './words.ts';

export const join = (...parts: ReadonlyArray<Str | string>): Str =>
  Str.join(
    '',
    parts.map((part) => (typeof part === 'string' ? str(part) : part)),
  );

/** The separator that joins paths. */
export const separatorOf = ({ platform }: Scope): string => (platform === 'posix' ? '/' : '\\');

/** The cache folder and the separator after it. */
export const cacheFolder = (scope: Scope): string => `__pycache__${separatorOf(scope)}`;

/** The part of a name before the extension: not empty, without separators and dots. */
export const stem = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    oneOf(
      { arbitrary: plainText, weight: 4 },
      {
        arbitrary: listed(...words),
        weight: 1,
      },
    ),
    nameWithoutDot(scope),
  );

const endings = ['py', 'pyc', 'pyo', 'pyw', 'PY', 'so', ''];
/** Extensions that no real file has. */
const strange = ['p\0y', '\0', 'py\n', ' py ', 'p:y', '\u00e9', '\ud800'];

/** The part after the dot that ends the name; may be empty. */
export const extension = (scope: Scope): fc.Arbitrary<Str> =>
  scope.release.has('name-ends-at-last-dot')
    ? mixed(listed(...endings).map(str), oneOf(nameWithoutDot(scope, 0), listed(...strange).map(str)))
    : mixed(listed(...endings, 'tar.gz', '.').map(str), oneOf(anyName(scope), listed(...strange).map(str)));

/** Names like those of the interpreter's own bytecode files. */
const ownNames = ({ release, fixed }: Scope): string[] => {
  const tag = (fixed.cacheTag ?? cpythonTag(release.version)).units;
  return [`a.${tag}`, `a.${tag}.opt-1`, `a.${tag}.pyc`, tag, `a-${tag}`];
};

export type DottedName = { readonly base: Str; readonly extension: Str; readonly name: Str };

/** A name with at least one dot that is not its first character, split at the dot that ends the name. */
export const dottedName = (scope: Scope): fc.Arbitrary<DottedName> =>
  fc
    .record({
      base: scope.release.has('name-ends-at-last-dot')
        ? mixed(
            stem(scope),
            oneOf(
              component(scope),
              listed(
                ...['.', '..', '.a', 'a.', 'a.b', ...ownNames(scope)].map((base) => str(base)),
                ...dottedWords,
              ),
            ),
          )
        : stem(scope),
      extension: extension(scope),
    })
    .map(({ base, extension: end }) => ({ base, extension: end, name: join(base, '.', end) }));

const dots = listed('.', '..', '...').map(str);

const plainParts = (scope: Scope): fc.Arbitrary<Str[]> =>
  fc.array(
    oneOf(
      { arbitrary: plainText, weight: 4 },
      { arbitrary: component(scope), weight: 1 },
      { arbitrary: dots, weight: 1 },
      { arbitrary: listed(...words, ...dottedWords), weight: 1 },
    ),
    { minLength: 1, maxLength: 5 },
  );

const directories = ['a', '/a', '.', '..', '~', 'a.b', 'a.zip', 'file:', '$HOME', '__pycache__'].map(str);

const posixDirectory = (scope: Scope): fc.Arbitrary<Str> =>
  mixed(
    oneOf(
      {
        arbitrary: listed(...directories),
        weight: 1,
      },
      {
        arbitrary: orListed(
          fc
            .record({
              root: listed('', '/', '//', './', '../', 'C:/'),
              parts: plainParts(scope),
              separator: listed('/', '/', '//', '/./'),
            })
            .map(({ root, parts, separator }) => join(root, Str.join(separator, parts))),
          ...directories,
        ),
        weight: 2,
      },
    ),
    fc
      .tuple(text(anyCharacter), charactersBut('/'))
      .map(([start, last]) => join(start, Str.fromCodePoints([last]))),
  );

/** Directories with each root whose spelling does not change when the cache folder is joined to it. */
const windowsDirectory = (scope: Scope): fc.Arbitrary<Str> =>
  fc
    .record({
      root: listed('', '', 'C:\\', 'c:\\', '\\', '.\\', '..\\', '\\\\server\\share\\', '\\\\?\\C:\\'),
      parts: plainParts(scope),
      separator: listed('\\', '\\', '/', '\\\\', '\\.\\'),
    })
    .map(({ root, parts, separator }) => join(root, Str.join(separator, parts)));

/**
 * A directory before a separator and a name: not empty, without a separator at its end, and unchanged in the result.
 */
export const directory = (scope: Scope): fc.Arbitrary<Str> =>
  scope.platform === 'posix' ? posixDirectory(scope) : windowsDirectory(scope);

/** One separator, occasionally several. */
export const separators = ({ platform }: Scope): fc.Arbitrary<Str> => {
  const one = platform === 'posix' ? fc.constant('/') : listed('\\', '\\', '/');
  return oneOf(
    { arbitrary: one.map(str), weight: 3 },
    { arbitrary: fc.array(one, { minLength: 2, maxLength: 9 }).map((all) => join(...all)), weight: 1 },
  );
};

const tokens: Record<Platform, readonly string[]> = {
  posix: ['/', '/', '.', '.'],
  win32: ['\\', '/', '.', 'C:', ':'],
};

/** A path of characters that matter to the function, with others between them. */
export const anyPath = (
  platform: Platform = 'posix',
  other: fc.Arbitrary<number> = anyCharacter,
): fc.Arbitrary<Str> =>
  fc
    .array(
      orListed(
        oneOf(
          { arbitrary: listed(...tokens[platform]).map(str), weight: 4 },
          { arbitrary: listed('a', 'py', '\\', ':', '..', '__pycache__').map(str), weight: 2 },
          { arbitrary: letter.map((point) => Str.fromCodePoints([point])), weight: 1 },
          { arbitrary: other.map((point) => Str.fromCodePoints([point])), weight: 2 },
        ),
        str('a'),
      ),
      { size: 'small' },
    )
    .map((parts) => join(...parts));

/** Paths at the boundaries of rules. */
const corners: Record<Platform, readonly string[]> = {
  posix: String.raw`
    a.py a/a.py /a/a.py ../a.py .a a/ a// / /a /.a // /// //.a . .. ... d/... .a.b .a.b. d/.a. ..a a..b a.b.c.d /a/..
    .//a.py ././a.py ././d/a.py /d/../a.py d//e/a.py __pycache__ d/__pycache__ a.cpython-38.opt-1.pyc
    a\ \\s\a.py C:\d\a.py C:a.py d/C:a.py C:/a.py C:/d/a.py /C:/a.py d:e/a.py
  `
    .trim()
    .split(/\s+/),
  win32: String.raw`
    a.py a\a.py C:\a\a.py ..\a.py \ / \\ // \\\ . .. ... d\... .a.b \a /a.py //a \.a a\\ .a.b. d\.a. ..a a..b a.b.c.d
    ./a.py .\.\a.py .\./a.py ./.\a.py ./d/a.py C:\d\..\a.py __pycache__ d\__pycache__ a.cpython-38.opt-1.pyc
    C: C:\ C:a.py C:\a.py C:/a.py c:\d\a.py D:d\a.py D:a.py C:\D:\a.py C:\C:a.py C:\c:\d\a.py d\D:a.py
    CC:\a.py 1:\d\a.py 1:a.py a:b.py d\a.py:b \\server\a.py \\server\share\a.py //server/share/d/a.py
    \\server\\d\a.py \\?\C:\d\a.py \\?\C:a.py \\.\C:\a.py con d\NUL.py d.\a.py
  `
    .trim()
    .split(/\s+/),
};

const cornersOf = (platform: Platform): Str[] => corners[platform].map(str);

/** Paths with surrogates, adjacent or alone. */
const surrogatePath = (platform: Platform): fc.Arbitrary<Str> =>
  fc
    .array(
      listed(
        ...[0x61, 0x2e, platform === 'posix' ? 0x2f : 0x5c, 0xd801, 0xdc00, 0xdce9, 0x10400].map((point) => [
          point,
        ]),
        [0xd801, 0xdc00],
      ),
      { minLength: 1 },
    )
    .map((points) => Str.fromCodePoints(points.flat()));

/** Paths that are longer than file systems allow. */
const longPath = (scope: Scope): fc.Arbitrary<Str> =>
  fc
    .record({ parts: fc.nat({ max: 300 }), length: fc.integer({ min: 1, max: 300 }) })
    .map(({ parts, length }) => join(`d${separatorOf(scope)}`.repeat(parts), 'a'.repeat(length), '.py'));

/** Windows roots, and some texts that only look like one. */
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

/** A Windows path with any kind of root, or none. */
export const windowsPath = (other: fc.Arbitrary<number> = anyCharacter): fc.Arbitrary<Str> =>
  fc
    .record({
      root: oneOf(fc.constant(''), listed(...roots)),
      rest: oneOf(
        listed('a.py', 'd\\a.py', 'd/a.py', '.\\d\\a.py', './.\\d/a.py', '', 'C:a.py').map(str),
        anyPath('win32', other),
      ),
    })
    .map(({ root, rest }) => join(root, rest));

/** A path as in real programs. Shrinks to `a.py`. */
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

/** Any path that has a result. */
export const path = (scope: Scope): fc.Arbitrary<Str> => {
  const { platform } = scope;
  const all = cornersOf(platform);
  const raw = oneOf(
    { arbitrary: listed(...all), weight: 8 },
    { arbitrary: platform === 'posix' ? anyPath() : windowsPath(charactersBut('\0')), weight: 9 },
    { arbitrary: surrogatePath(platform), weight: 3 },
    { arbitrary: longPath(scope), weight: 1 },
  );
  return mixed(plainPath(scope), orListed(raw, ...all));
};

/** Any text; on Windows, also some that is too long. */
export const wildPath = (scope: Scope): fc.Arbitrary<Str> => {
  if (scope.platform === 'posix') return path(scope);
  const all = cornersOf('win32');
  const length = fc.integer({ min: 32_765, max: 32_770 });
  const raw = oneOf(
    { arbitrary: listed(...all), weight: 15 },
    { arbitrary: windowsPath(), weight: 15 },
    { arbitrary: surrogatePath('win32'), weight: 8 },
    { arbitrary: length.map((count) => str(`a\\${'b'.repeat(count)}`)), weight: 1 },
    { arbitrary: length.map((count) => str(`${'b'.repeat(count)}\\a.py`)), weight: 1 },
  );
  return mixed(oneOf(plainPath(scope), orListed(windowsPath(), ...all)), orListed(raw, ...all));
};
