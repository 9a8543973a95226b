import fc from 'fast-check';
import { mixed, oneOf } from './draw.ts';
import { Str, str } from '../../src/python/text.ts';
import { anyCharacter, charactersBut, letter } from './characters.ts';
import { component, nameWithoutDot, plainText, text } from './texts.ts';

const join = (...parts: ReadonlyArray<Str | string>): Str =>
  Str.join(
    '',
    parts.map((part) => (typeof part === 'string' ? str(part) : part)),
  );

/** What stands before the extension: not empty, no separator, no dot. */
export const stem: fc.Arbitrary<Str> = mixed(
  oneOf(
    { arbitrary: plainText, weight: 4 },
    { arbitrary: fc.constantFrom('__init__', '__main__', 'my-mod', 'Mod_1', 'a b', '~').map(str), weight: 1 },
  ),
  nameWithoutDot,
);

/** What follows the last dot, perhaps nothing. */
export const extension: fc.Arbitrary<Str> = mixed(
  fc.constantFrom('py', 'pyc', 'pyo', 'pyw', 'PY', 'so', '').map(str),
  text(charactersBut('/.')),
);

/** A name with at least one dot that is not its first character, and its two parts around the last one. */
export const dottedName: fc.Arbitrary<{ base: Str; extension: Str; name: Str }> = fc
  .record({
    base: mixed(
      stem,
      oneOf(component, fc.constantFrom('.', '..', '.a', 'a.', 'a.b', 'a.cpython-313', 'a.opt-1').map(str)),
    ),
    extension,
  })
  .map(({ base, extension: end }) => ({ base, extension: end, name: join(base, '.', end) }));

const dots = fc.constantFrom('.', '..', '...').map(str);

const partsOfDirectory: fc.Arbitrary<Str> = fc
  .record({
    root: fc.constantFrom('', '/', '//', './', '../'),
    parts: fc.array(
      oneOf(
        { arbitrary: plainText, weight: 4 },
        { arbitrary: component, weight: 1 },
        { arbitrary: dots, weight: 1 },
        { arbitrary: fc.constantFrom('__pycache__', 'a.b', 'c.py', '~', 'C:').map(str), weight: 1 },
      ),
      { minLength: 1, maxLength: 5 },
    ),
    separator: fc.constantFrom('/', '/', '//', '/./'),
  })
  .map(({ root, parts, separator }) => join(root, Str.join(separator, parts)));

/** A directory as it may be written before a separator and a name: not empty, and no separator at its end. */
export const directory: fc.Arbitrary<Str> = mixed(
  oneOf(
    {
      arbitrary: fc
        .constantFrom('a', '/a', '__pycache__', 'a.b', '.', '..', '~', '$HOME', 'file:', 'a.zip')
        .map(str),
      weight: 1,
    },
    { arbitrary: partsOfDirectory, weight: 2 },
  ),
  fc
    .tuple(text(anyCharacter), charactersBut('/'))
    .map(([start, last]) => join(start, Str.fromCodePoints([last]))),
);

/** One separator, now and then several. */
export const separators: fc.Arbitrary<Str> = oneOf(
  { arbitrary: fc.constant(str('/')), weight: 3 },
  { arbitrary: fc.integer({ min: 2, max: 9 }).map((n) => str('/'.repeat(n))), weight: 1 },
);

/** A path made of the characters that decide, and others between them. */
export const anyPath: fc.Arbitrary<Str> = fc
  .array(
    oneOf(
      { arbitrary: fc.constantFrom('/', '.').map(str), weight: 4 },
      { arbitrary: fc.constantFrom('a', 'py', '\\', ':', '__pycache__', '..').map(str), weight: 2 },
      { arbitrary: letter.map((point) => Str.fromCodePoints([point])), weight: 1 },
      { arbitrary: anyCharacter.map((point) => Str.fromCodePoints([point])), weight: 2 },
    ),
    { size: 'small' },
  )
  .map((parts) => join(...parts));

/** A path as programs have them; shrinks to `a.py`. */
export const plainPath: fc.Arbitrary<Str> = fc
  .record({
    directory: fc.option(directory, { nil: undefined }),
    separator: separators,
    name: oneOf(
      plainText.map((name) => join(name, '.py')),
      dottedName.map(({ name }) => name),
      stem,
    ),
  })
  .map(({ directory: before, separator, name }) =>
    before === undefined ? name : join(before, separator, name),
  );

export const path: fc.Arbitrary<Str> = mixed(plainPath, anyPath);

export { join };
