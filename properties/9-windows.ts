/* The laws of spec/9-windows.md. */
import * as fc from './inputs/arbitraries.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { raises, sameText, startsWith } from './expect.ts';
import { call } from './inputs/calls.ts';
import { charactersBut } from './inputs/characters.ts';
import { mixed, oneOf } from './inputs/draw.ts';
import { directory, dottedName, join, separators } from './inputs/paths.ts';
import { absolutePrefix, aState, relativePrefix, stateOf } from './inputs/states.ts';
import { component, nameWithoutDot, plainText } from './inputs/texts.ts';
import { listed } from './inputs/listed.ts';
import { words } from './inputs/words.ts';
import { law, type Statement, type Law } from './property.ts';
import type { Scope } from './scope.ts';
import { where, ofRaise } from './seen.ts';
import {
  differsInSeparators,
  endsInSeveral,
  hasNull,
  inside,
  isLong,
  isTorn,
  joined,
  joins,
  namesDrive,
  namesDriveAgain,
  oddName,
  placed,
  refused,
  rootOf,
  startsAnew,
  startsWithDrive,
  withoutTorn,
} from './windows.ts';

/** A path, and the start of its result up to the cache tag. */
type Placed = { readonly path: Str; readonly start: Str; readonly prefix?: Str; readonly cwd?: Str };

const placedCall = (state: State, { path, prefix, cwd }: Placed): ReturnType<typeof call> =>
  call(
    {
      ...state,
      ...(prefix === undefined ? {} : { pycachePrefix: prefix }),
      ...(cwd === undefined ? {} : { cwd }),
    },
    path,
  );

const beginsAsPlaced = (
  { cacheTag }: State,
  { start }: Placed,
  ...[outcomes, at]: [Parameters<typeof startsWith>[0], number]
): void => startsWith(outcomes, at, join(start, cacheTag ?? '', '.'));

/** A law about one path. */
const placing = (
  rule: string,
  says: Statement,
  input: (scope: Scope) => fc.Arbitrary<Placed>,
  always: readonly Placed[] = [],
): Law =>
  law<{ state: State; placed: Placed }>({
    rule,
    says,
    input: (scope) => fc.record({ state: stateOf(scope), placed: input(scope) }),
    always: (scope) => always.map((placed) => ({ state: aState(scope), placed })),
    calls: ({ state, placed }) => [placedCall(state, placed)],
    holds: ({ state, placed }, outcomes) => beginsAsPlaced(state, placed, outcomes, 0),
  });

const separator = fc.constantFrom('\\', '/');
const drive = fc.constantFrom('C:', 'c:', 'D:', 'z:');
const run = (minLength: number): fc.Arbitrary<string> =>
  fc.array(separator, { minLength, maxLength: minLength + 4 }).map((all) => all.join(''));

/** Components with separators between them, and none at either end. */
const parts = (scope: Scope, between: fc.Arbitrary<string> = mixed(separator, run(2))): fc.Arbitrary<Str> =>
  fc
    .tuple(
      plainText,
      fc.array(
        fc
          .tuple(
            between,
            oneOf(plainText, component(scope), fc.constantFrom('.', '..', 'a.b', '__pycache__').map(str)),
          )
          .map((all) => join(...all)),
        { maxLength: 3 },
      ),
    )
    .map(([first, rest]) => join(first, ...rest));

const cacheFolder = '__pycache__\\';
/** A name, and the start of the result's name. */
type Name = { readonly name: Str; readonly start: Str };
const fileName = (scope: Scope): fc.Arbitrary<Name> =>
  dottedName(scope).map(({ base, name }) => ({ name, start: join(base, '.') }));

/** A file in a directory that is kept unchanged. */
const kept = (before: Str, end: Str | string, { name, start }: Name): Placed => ({
  path: join(before, end, name),
  start: join(before, '\\', cacheFolder, start),
});

const guid = '{01234567-89ab-cdef-0123-456789abcdef}';
const knownShares = [
  '\\\\server\\share',
  '\\\\?\\C:',
  '//?/c:',
  '\\\\?\\UNC\\server\\share',
  '\\\\?\\unc\\server\\share',
  '\\\\.\\C:',
  '\\\\.\\pipe',
  `\\\\?\\Volume${guid}`,
].map(str);
/** Servers and shares, devices and volumes, without the separator after them. */
const share = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf(
    fc
      .tuple(fc.constantFrom('\\\\s', '//s', '\\/s'), component(scope), separator, component(scope))
      .map((all) => join(...all)),
    fc.constantFrom(...knownShares),
  );
/** Roots without a drive, and some starts that are not roots. */
const shareOrDevice = (scope: Scope): fc.Arbitrary<Str> =>
  oneOf(share(scope), fc.constantFrom('\\\\server', '\\\\?', '\\\\?\\a', '\\\\?\\1:').map(str));

/** Characters that are not ASCII letters: neighbours of these, and others that a wrong check takes for letters. */
const noLetter = oneOf(
  fc.constantFrom('1', '0', '@', '[', '`', '{', '_', ' ', '?', '\u00e9', '\u00c5', '\u03a9', '\u4e2d'),
  charactersBut('').map((point) =>
    point < 0x20 || point > 0xd7ff || /[a-z\\/:.]/i.test(String.fromCodePoint(point))
      ? '1'
      : String.fromCodePoint(point),
  ),
);

type WorkingDirectory = {
  readonly cwd: Str;
  /** Empty if there is none. */
  readonly drive: string;
  /** The folder that its root becomes below a prefix; empty for a drive. */
  readonly root: string;
  /** The folder that the whole directory becomes. */
  readonly folder: Str;
};

const cwdOn = (root: string, rest: Str): WorkingDirectory => ({
  cwd: join(root, '\\', rest),
  drive: root.startsWith('\\') ? '' : root,
  root: root.startsWith('\\') ? root.slice(2) : '',
  folder: root.startsWith('\\') ? below(root.slice(2), rest) : rest,
});

/** Joins the parts that are not empty. */
const below = (...all: ReadonlyArray<Str | string>): Str =>
  Str.join(
    '\\',
    all.map((part) => join(part)).filter((part) => !part.isEmpty),
  );

const workingDirectory = (
  { fixed }: Scope,
  root: fc.Arbitrary<string> = fc.constantFrom('C:', 'c:', 'D:', '\\\\server\\share', '\\\\?\\C:'),
): fc.Arbitrary<WorkingDirectory> => {
  const found = /^([a-z]:|\\\\[^\\]+\\[^\\]+)\\?(.*)$/i.exec(fixed.cwd?.units ?? '');
  if (found) return fc.constant(cwdOn(found[1]!, str(found[2]!)));
  const rest = oneOf(
    plainText,
    fc.tuple(plainText, plainText).map((all) => Str.join('\\', all)),
    fc.constant(Str.empty),
  );
  return fc.tuple(root, rest).map((all) => cwdOn(...all));
};

/** A prefix on a drive or a share, or a relative one. */
const prefix = (scope: Scope): fc.Arbitrary<Str> => oneOf(absolutePrefix(scope), relativePrefix(scope));

const longest = 32_767;
const nullMessage = str('_path_splitroot: embedded null character in path');
const longMessage = str('_path_splitroot: path too long for Windows');

export const laws: Law[] = [
  placing(
    'windows-both-separators',
    {
      decides: (seen) => where(seen.returned && seen.hasSeparator, 'directory', 'stem'),
      forbids: ({ parts }) => parts.has('directory') && parts.has('stem'),
    },
    (scope) =>
      fc
        .record({ before: directory(scope), end: separator, name: fileName(scope) })
        .map(({ before, end, name }) => kept(before, end, name)),
  ),

  law({
    rule: 'windows-joins-with-backslash',
    says: { decides: (seen) => where(joins(seen), 'directory', 'folder'), forbids: differsInSeparators },
    input: (scope) =>
      fc.record({ state: stateOf(scope), before: parts(scope, fc.constant('/')), name: fileName(scope) }),
    calls: ({ state, before, name: { name } }) =>
      ['/', '\\'].map((end) => call(state, join(before, end, name))),
    holds: ({ state, before, name }, outcomes) => {
      beginsAsPlaced(state, kept(before, '/', name), outcomes, 0);
      sameText(outcomes, 1, 0);
    },
  }),

  placing(
    'windows-separators-inside-stay',
    {
      decides: (seen) =>
        where(
          joins(seen) &&
            (inside(seen).some((part) => /[\\/]|^\.\.?$/.test(part)) ||
              /^[a-z]:[^\\/]/i.test(seen.trimmed.units)),
          'kind',
          'directory',
          'folder',
        ),
      forbids: (difference) => difference.parts.has('kind') || differsInSeparators(difference),
    },
    (scope) =>
      fc
        .record({
          root: fc.constantFrom('', '', './', '../', 'C:\\', 'C:', '\\', '\\\\server\\share\\'),
          inside: parts(scope),
          last: fc.constantFrom('', '/.', '\\..', '//a'),
          end: separators(scope),
          name: fileName(scope),
        })
        .map(({ root, inside, last, end, name }) => kept(join(root, inside, last), end, name)),
  ),

  placing(
    'windows-separator-after-root-turns',
    (seen) =>
      where(
        joins(seen) &&
          (placed(seen) === 'folder' || seen.below) &&
          rootOf(seen.below ? seen.prefix! : seen.head, seen).endsWith('/'),
        'directory',
        'folder',
      ),
    (scope) =>
      fc
        .record({
          root: oneOf(
            fc
              .constantFrom('C:', 'c:', '', '//server/share', '\\\\server\\share', '//?/C:', '//./pipe')
              .map(str),
            share(scope),
          ),
          inside: parts(scope),
          end: separator,
          name: fileName(scope),
        })
        .map(({ root, inside, end, name }) => ({
          path: join(root, '/', inside, end, name.name),
          start: join(root, '\\', inside, '\\', cacheFolder, name.start),
        })),
    [str('C:'), str('c:'), Str.empty, ...knownShares].map((root) => ({
      path: join(root, '/d\\a.py'),
      start: join(root, '\\d\\', cacheFolder, 'a.'),
    })),
  ),

  placing(
    'windows-separators-after-root-become-one',
    (seen) =>
      where(
        joins(seen) &&
          (seen.below || !seen.trimmed.isEmpty) &&
          endsInSeveral(rootOf(seen.below ? seen.prefix! : seen.head, seen)),
        'directory',
        'folder',
      ),
    (scope) =>
      fc
        .record({
          root: oneOf(
            fc.tuple(run(3), fc.constant('')).map(([all, root]) => ({ written: all, root })),
            fc
              .record({
                root: fc.constantFrom('\\\\?\\UNC', '//?/unc'),
                all: fc.tuple(separator, separator, separator),
              })
              .map(({ root, all }) => ({ written: root + all.join(''), root })),
            fc
              .record({
                root: fc.constantFrom('\\\\?\\UNC\\server', '//?/unc/s'),
                all: fc.tuple(separator, separator),
              })
              .map(({ root, all }) => ({ written: root + all.join(''), root })),
          ),
          more: separator,
          inside: parts(scope),
          end: separator,
          name: fileName(scope),
        })
        .map(({ root: { written, root }, more, inside, end, name }) => {
          // If there are only separators, the first three are the root.
          const rest = join(root === '' ? written.slice(3) + more : '', inside);
          return {
            path: join(written, root === '' ? more : '', inside, end, name.name),
            start: join(root, '\\', rest, '\\', cacheFolder, name.start),
          };
        }),
    ['\\\\?\\UNC', '//?/unc'].map((root) => ({
      path: join(root, '///d\\a.py'),
      start: join(root, '\\d\\', cacheFolder, 'a.'),
    })),
  ),

  placing(
    'windows-root-is-lost',
    (seen) => where(seen.beside && seen.hasSeparator && placed(seen) === 'name', 'kind', 'directory'),
    (scope) =>
      fc
        .record({ root: separator, name: fileName(scope) })
        .map(({ root, name }) => ({ path: join(root, name.name), start: join(cacheFolder, name.start) })),
  ),

  placing(
    'windows-root-of-separators-is-one',
    (seen) => where(placed(seen) === 'separators', 'kind', 'directory'),
    (scope) =>
      fc.record({ root: run(2), name: fileName(scope) }).map(({ root, name }) => ({
        path: join(root, name.name),
        start: join('\\', cacheFolder, name.start),
      })),
  ),

  placing(
    'windows-shares-are-kept',
    (seen) =>
      where(
        ['folder', 'separators'].includes(placed(seen)) &&
          /^[\\/]{2}[^\\/]/.test(seen.head.units) &&
          !endsInSeveral(rootOf(seen.head, seen)),
        'kind',
        'directory',
      ),
    (scope) =>
      fc
        .record({
          root: shareOrDevice(scope),
          inside: fc.option(parts(scope, fc.constant('\\')), { nil: undefined }),
          end: separator,
          name: fileName(scope),
        })
        .map(({ root, inside, end, name }) =>
          kept(inside === undefined ? root : join(root, '\\', inside), end, name),
        ),
  ),

  placing(
    'windows-drive-root-is-kept',
    (seen) => where(placed(seen) === 'drive', 'directory'),
    (scope) =>
      fc
        .record({ drive, end: separator, name: fileName(scope) })
        .map((one) => kept(str(one.drive), one.end, one.name)),
  ),

  placing(
    'windows-drive-root-is-lost',
    (seen) => where(placed(seen) === 'drive', 'directory'),
    (scope) =>
      fc.record({ drive, end: separator, name: fileName(scope) }).map((one) => ({
        path: join(one.drive, one.end, one.name.name),
        start: join(one.drive, cacheFolder, one.name.start),
      })),
  ),

  placing(
    'windows-drive-is-part-of-the-name',
    (seen) =>
      where(seen.returned && startsWithDrive(seen.record.filename!), 'kind', 'directory', 'folder', 'stem'),
    (scope) =>
      fc
        .record({
          before: fc.option(directory(scope), { nil: undefined }),
          drive,
          name: fileName(scope),
        })
        .map((one) => {
          const name = { name: join(one.drive, one.name.name), start: join(one.drive, one.name.start) };
          return one.before === undefined
            ? { path: name.name, start: join(cacheFolder, name.start) }
            : kept(one.before, '\\', name);
        }),
  ),

  placing(
    'windows-drive-name-drops-the-cache-folder',
    (seen) =>
      where(
        placed(seen) === 'dropped' && startsWithDrive(seen.record.filename!),
        'kind',
        'directory',
        'folder',
        'stem',
      ),
    (scope) =>
      fc
        .record({
          before: oneOf(
            fc.constant(Str.empty),
            fc
              .tuple(fc.constantFrom('', '\\', 'E:', 'e:\\', '\\\\server\\share\\'), parts(scope), separator)
              .map((all) => join(...all)),
          ),
          drive,
          name: fileName(scope),
        })
        .map((one) => ({
          path: join(one.before, one.drive, one.name.name),
          start: join(one.drive, one.name.start),
        })),
  ),

  placing(
    'windows-drive-named-again-is-dropped',
    (seen) => where(seen.returned && namesDriveAgain(seen), 'kind', 'directory', 'folder', 'stem'),
    (scope) =>
      fc
        .record({
          drives: fc.constantFrom(['C:', 'C:'], ['C:', 'c:'], ['z:', 'Z:']),
          root: fc.constantFrom('\\', ''),
          inside: parts(scope),
          end: separator,
          name: fileName(scope),
        })
        .map(({ drives: [one, again], root, inside, end, name }) => ({
          path: join(one, root, inside, end, again, name.name),
          start: join(one, root, inside, '\\', cacheFolder, name.start),
        })),
  ),

  // Any other text before a colon is not a drive, so below a prefix the path is relative.
  placing(
    'windows-drive-is-a-letter',
    (seen) =>
      where(
        seen.returned && joined(seen).some((part) => /^(?:[^a-zA-Z\\/]|[^\\/:]{2,}):/u.test(part.units)),
        'kind',
        'directory',
        'folder',
        'stem',
      ),
    (scope) =>
      fc
        .record({
          before: oneOf(
            { arbitrary: noLetter, weight: 9 },
            { arbitrary: fc.constantFrom('\u{1f600}', 'CC'), weight: 1 },
          ),
          inside: fc.option(parts(scope), { nil: undefined }),
          end: fc.option(separator, { nil: undefined }),
          name: fileName(scope),
          placed: fc.option(fc.record({ prefix: prefix(scope), working: workingDirectory(scope) }), {
            nil: undefined,
            freq: 2,
          }),
        })
        .map(({ before, inside, end, name, placed }) => {
          const odd = join(before, ':');
          const whole = inside === undefined || end === undefined ? odd : join(odd, '\\', inside);
          const source: Placed =
            end === undefined
              ? { path: join(odd, name.name), start: join(cacheFolder, odd, name.start) }
              : kept(whole, end, name);
          if (placed === undefined) return source;
          const { cwd, folder } = placed.working;
          const file = end === undefined ? [join(odd, name.start)] : [whole, name.start];
          return { ...source, prefix: placed.prefix, cwd, start: below(placed.prefix, folder, ...file) };
        }),
  ),

  placing(
    'windows-drive-is-any-character',
    (seen) =>
      where(
        seen.returned && joined(seen).some((part) => /^[^a-z\\/]:/i.test(part.units)),
        'kind',
        'directory',
        'folder',
        'stem',
      ),
    (scope) =>
      fc
        .record({ before: noLetter, end: fc.option(separator, { nil: undefined }), name: fileName(scope) })
        .map(({ before, end, name }) => ({
          path: join(before, ':', end ?? '', name.name),
          start: join(before, ':', end === undefined ? '' : cacheFolder, name.start),
        })),
  ),

  placing(
    'windows-names-are-not-checked',
    {
      decides: (seen) =>
        where(
          joins(seen) &&
            [...joined(seen), seen.record.stem!].some(
              (part) =>
                !hasNull(part) && (oddName.test(withoutTorn(part)) || /(?!^[A-Z]:)[A-Z]/.test(part.units)),
            ),
          'kind',
          'directory',
          'folder',
          'stem',
        ),
      // Other rules decide the separators between names.
      forbids: (difference) =>
        difference.parts.has('kind') || difference.parts.has('stem') || !differsInSeparators(difference),
    },
    (scope) => {
      const names = listed(...words);
      const anyName = oneOf(
        names,
        nameWithoutDot(scope),
        component(scope).map((name) => dotless(name)),
      );
      return fc
        .record({
          before: oneOf(
            anyName,
            names.map((name) => join('C:\\', name, '.')),
          ),
          stem: anyName,
        })
        .map(({ before, stem }) => kept(before, '\\', { name: join(stem, '.py'), start: join(stem, '.') }));
    },
    words.flatMap((word) => [
      kept(word, '\\', { name: str('a.py'), start: str('a.') }),
      kept(str('d'), '\\', { name: join(word, '.py'), start: join(word, '.') }),
    ]),
  ),

  law<{ state: State; placed: Placed }>({
    rule: 'windows-characters-pass-unchanged',
    says: (seen) =>
      where(
        seen.returned && joined(seen).some((part) => isLong(part) || hasNull(part) || isTorn(part)),
        'kind',
        'directory',
        'folder',
        'stem',
      ),
    input: (scope) => {
      const odd = fc
        .constantFrom(
          [0],
          [0x61, 0, 0x62],
          [0xd801, 0xdc00],
          [0xdc00, 0xd801],
          [0xd800],
          [0xdce9],
          [0x65, 0x301],
        )
        .map((points) => Str.fromCodePoints(points));
      return fc.record({
        state: stateOf(scope),
        placed: fc
          .record({ root: fc.constantFrom('', 'C:\\'), before: odd, stem: odd })
          .map(({ root, before, stem }) =>
            kept(join(root, before), '\\', { name: join(stem, '.py'), start: join(stem, '.') }),
          ),
      });
    },
    always: (scope) =>
      [longest, longest + 1, 70_000].flatMap((length) => {
        const long = str('a'.repeat(length));
        const name = { name: str('a.py'), start: str('a.') };
        return [
          { state: aState(scope), placed: kept(long, '\\', name) },
          {
            state: aState(scope),
            placed: kept(str('a'), '\\', { name: join(long, '.py'), start: join(long, '.') }),
          },
        ];
      }),
    calls: ({ state, placed }) => [placedCall(state, placed)],
    holds: ({ state, placed }, outcomes) => beginsAsPlaced(state, placed, outcomes, 0),
  }),

  law({
    rule: 'windows-null-character-raises',
    says: (seen) => where(seen.step === 'join' && !isLong(refused(seen)), ...ofRaise),
    raises: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        before: oneOf(fc.constantFrom('', 'a\\', 'C:\\', 'C:\\a\\').map(str), parts(scope)),
        after: oneOf(fc.constantFrom('', '\\b', '/').map(str), nameWithoutDot(scope)),
      }),
    calls: ({ state, before, after }) => [call(state, join(before, '\0', after, '.py'))],
    holds: (_, outcomes) => raises(outcomes, 0, 'ValueError', nullMessage),
  }),

  law({
    rule: 'windows-long-paths-raise',
    says: (seen) =>
      where(
        seen.step === 'join'
          ? isLong(refused(seen))
          : seen.returned && joined(seen).some(({ units }) => units.length > 200),
        ...ofRaise,
      ),
    costly: true,
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        root: fc.constantFrom('', 'C:\\', '\\\\?\\C:\\'),
        where: fc.constantFrom('directory', 'name'),
        // Each of these characters is two UTF-16 units.
        wide: fc.nat({ max: 20_000 }),
        over: oneOf(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 40_000 })),
      }),
    always: (scope) =>
      ['directory', 'name'].flatMap((where) =>
        [0, 1].flatMap((over) =>
          [0, 16_000].map((wide) => ({ state: aState(scope), root: 'C:\\', where, wide, over })),
        ),
      ),
    calls: (one) => [call(one.state, longPath(one).path)],
    holds: (one, outcomes) => {
      if (one.over > 0) raises(outcomes, 0, 'ValueError', longMessage);
      else beginsAsPlaced(one.state, longPath(one), outcomes, 0);
    },
  }),

  law({
    rule: 'windows-surrogates-become-one',
    says: (seen) => where(seen.returned && joined(seen).some(isTorn), 'directory', 'folder', 'stem'),
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        root: fc.constantFrom('C:\\', 'C:', '\\', '\\\\server\\share\\', '\\\\?\\C:\\'),
        high: fc.integer({ min: 0xd800, max: 0xdbff }),
        low: fc.integer({ min: 0xdc00, max: 0xdfff }),
      }),
    calls: ({ state, root, high, low }) => {
      const two = Str.fromCodePoints([high, low]);
      return [root, ''].map((before) => call(state, join(before, two, '\\', two, '.py')));
    },
    holds: ({ state, root, high, low }, outcomes) => {
      const two = Str.fromCodePoints([high, low]);
      const one = Str.fromCodePoints([0x10000 + (high - 0xd800) * 0x400 + (low - 0xdc00)]);
      const start = join('\\', cacheFolder, two, '.', state.cacheTag ?? '', '.');
      startsWith(outcomes, 0, join(root, one, start));
      startsWith(outcomes, 1, join(two, start));
    },
  }),

  law({
    rule: 'windows-prefix-drops-the-drive',
    says: ({ below, record: { absolute, below: kept } }) =>
      where(below && /^[^\\/]:/u.test(absolute!.units) && !startsWithDrive(kept!), 'directory', 'folder'),
    input: (scope) =>
      fc.record({
        state: stateOf(scope, { pycachePrefix: prefix(scope) }),
        drives: fc.uniqueArray(drive, { minLength: 2, maxLength: 2 }),
        root: mixed(separator, run(2)),
        inside: parts(scope),
        end: separators(scope),
        name: fileName(scope),
      }),
    calls: ({ state, drives, root, inside, end, name }) =>
      drives.map((one) => call(state, join(one, root, inside, end, name.name))),
    holds: ({ state, inside, name }, outcomes) => {
      const start = join(state.pycachePrefix ?? '', '\\', inside, '\\', name.start);
      beginsAsPlaced(state, { path: start, start }, outcomes, 0);
      sameText(outcomes, 1, 0);
    },
  }),

  placing(
    'windows-prefix-shares-become-folders',
    ({ below, record: { absolute } }) =>
      where(below && /^[\\/]{2}/.test(absolute!.units), 'kind', 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          root: oneOf(
            share(scope),
            fc.tuple(run(2), plainText).map((all) => join(...all)),
          ),
          inside: fc.option(parts(scope), { nil: undefined }),
          end: separators(scope),
          name: fileName(scope),
        })
        .map(({ prefix: before, root, inside, end, name }) => {
          const path = inside === undefined ? root : join(root, '\\', inside);
          return {
            prefix: before,
            path: join(path, end, name.name),
            start: join(below(before, path.lstrip('\\/')), '\\', name.start),
          };
        }),
    knownShares.map((root) => ({
      prefix: str('C:\\b'),
      path: join(root, '\\d\\a.py'),
      start: join('C:\\b\\', root.lstrip('\\/'), '\\d\\a.'),
    })),
  ),

  placing(
    'windows-prefix-rooted-path-is-relative',
    ({ below, head }) =>
      where(below && /^[\\/]/.test(head.units) && !head.startsWith('\\/'), ...ofRaise, 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          working: workingDirectory(scope),
          root: oneOf(separator, fc.constantFrom('\\\\', '//', '/\\\\', '\\\\\\/')),
          inside: parts(scope),
          end: separators(scope),
          name: fileName(scope),
        })
        .map(({ prefix: before, working: { cwd, folder }, root, inside, end, name }) => ({
          prefix: before,
          cwd,
          path: join(root, inside, end, name.name),
          start: below(before, folder, join(folder.isEmpty ? '' : root, inside), name.start),
        })),
  ),

  placing(
    'windows-prefix-rooted-path-starts-at-the-drive',
    ({ below, head }) =>
      where(below && /^[\\/](?![\\/])/.test(head.units), ...ofRaise, 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          working: workingDirectory(scope),
          root: separator,
          inside: parts(scope),
          end: separators(scope),
          name: fileName(scope),
        })
        .map(({ prefix: before, working: { cwd, root: folder }, root, inside, end, name }) => ({
          prefix: before,
          cwd,
          path: join(root, inside, end, name.name),
          start: below(before, folder, inside, name.start),
        })),
  ),

  placing(
    'windows-prefix-drive-without-root-becomes-a-folder',
    ({ below, head }) =>
      where(below && /^[a-z]:(?![\\/])/i.test(head.units), ...ofRaise, 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          working: workingDirectory(scope),
          drive,
          inside: oneOf(fc.constant(Str.empty), parts(scope)),
          end: separator,
          name: fileName(scope),
        })
        .map(({ prefix: before, working: { cwd, folder }, inside, end, name, ...one }) => ({
          prefix: before,
          cwd,
          path: join(one.drive, inside, end, name.name),
          start: below(before, folder, join(one.drive, inside), name.start),
        })),
  ),

  placing(
    'windows-prefix-completes-the-same-drive-only',
    (seen) =>
      where(seen.below && /^[^\\/]:$/.test(rootOf(seen.head, seen)), ...ofRaise, 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          working: workingDirectory(scope),
          drive,
          inside: oneOf(fc.constant(Str.empty), parts(scope)),
          end: separator,
          name: fileName(scope),
        })
        .map(({ prefix: before, working: { cwd, folder, ...working }, inside, end, name, ...one }) => ({
          prefix: before,
          cwd,
          path: join(one.drive, inside, end, name.name),
          start: below(
            before,
            one.drive.toUpperCase() === working.drive.toUpperCase() ? folder : '',
            inside,
            name.start,
          ),
        })),
  ),

  law({
    rule: 'windows-drive-name-drops-the-prefix',
    says: (seen) => where(seen.below && namesDrive(seen), ...ofRaise, 'directory', 'folder', 'stem'),
    input: (scope) =>
      fc.record({
        state: stateOf(scope),
        folder: plainText,
        drives: fc.constantFrom(['C:', 'C:'], ['C:', 'c:'], ['z:', 'Z:']),
        other: fc.constantFrom('', 'E:\\', '\\\\server\\share\\', '\\\\?\\C:\\'),
        before: fc
          .tuple(fc.constantFrom('C:\\', 'D:/', 'E:\\'), parts(scope), separator)
          .map(([root, inside, end]) => ({ path: join(root, inside, end), inside })),
        name: fileName(scope),
      }),
    calls: ({ state, folder, drives: [one, again], other, before, name }) =>
      [other, join(again, '\\')].map((root) =>
        call({ ...state, pycachePrefix: join(root, folder) }, join(before.path, one, name.name)),
      ),
    holds: ({ state, folder, drives: [one, again], before, name }, outcomes) => {
      const tag = join(state.cacheTag ?? '', '.');
      startsWith(outcomes, 0, join(one, name.start, tag));
      startsWith(outcomes, 1, below(join(again, '\\', folder), before.inside, join(name.start, tag)));
    },
  }),

  placing(
    'windows-second-drive-drops-the-prefix',
    (seen) => where(seen.below && startsAnew(seen), ...ofRaise, 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: fc.constantFrom('E:\\b', 'b', '', '\\\\server\\share\\b').map(str),
          first: drive,
          end: separator,
          second: drive,
          root: fc.constantFrom('\\', ''),
          inside: parts(scope),
          name: fileName(scope),
        })
        .map(({ prefix: before, first, end, second, root, inside, name }) => ({
          prefix: before,
          path: join(first, end, second, root, inside, end, name.name),
          start: join(second, root, inside, '\\', name.start),
        })),
  ),

  placing(
    'windows-drive-as-prefix-stays-relative',
    (seen) =>
      where(
        seen.below &&
          /^[^\\/]:$/.test(seen.prefix!.units) &&
          rootOf(seen.prefix!, seen) === seen.prefix!.units,
        'directory',
        'folder',
      ),
    (scope) =>
      fc
        .record({
          drives: fc.tuple(drive, drive),
          root: separator,
          inside: parts(scope),
          end: separator,
          name: fileName(scope),
        })
        .map(({ drives: [prefixed, own], root, inside, end, name }) => ({
          prefix: str(prefixed),
          path: join(own, root, inside, end, name.name),
          start: join(prefixed, inside, '\\', name.start),
        })),
  ),

  placing(
    'windows-prefix-any-character-is-a-drive',
    ({ below, head }) =>
      where(below && /^[^a-zA-Z\\/]:[\\/]/u.test(head.units), ...ofRaise, 'directory', 'folder'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          before: noLetter,
          root: separator,
          inside: parts(scope),
          end: separators(scope),
          name: fileName(scope),
        })
        .map(({ prefix: whole, before, root, inside, end, name }) => ({
          prefix: whole,
          path: join(before, ':', root, inside, end, name.name),
          start: below(whole, inside, name.start),
        })),
  ),

  placing(
    'windows-prefix-leading-dots-by-separator',
    ({ below, head }) => where(below && /^\.(?:\\\.\/|\/\.\\)/.test(head.units), 'directory'),
    (scope) =>
      fc
        .record({
          prefix: prefix(scope),
          working: workingDirectory(scope),
          dots: fc.constantFrom(['.\\./', ''], ['./.\\', '.\\'], ['.\\././', './']),
          inside: parts(scope),
          end: separators(scope),
          name: fileName(scope),
        })
        .map(({ prefix: before, working: { cwd, folder }, dots: [given, left], inside, end, name }) => ({
          prefix: before,
          cwd,
          path: join(given, inside, end, name.name),
          start: below(before, folder, join(left, inside), name.start),
        })),
  ),
];

const dotless = (name: Str): Str =>
  Str.fromCodePoints(name.codePoints().map((point) => (point === 0x2e ? 0x61 : point)));

/** A path whose directory, or whose bytecode file's name, is `over` UTF-16 units longer than the limit. */
function longPath(one: { state: State; root: string; where: string; wide: number; over: number }): Placed {
  const fill = (units: number): Str => {
    const wide = Math.min(one.wide, Math.floor(units / 2));
    return str('\u{10400}'.repeat(wide) + 'a'.repeat(units - 2 * wide));
  };
  const { cacheTag, optimize } = one.state;
  if (one.where === 'directory') {
    const before = join(one.root, fill(longest + one.over - one.root.length));
    return kept(before, '/', { name: str('b.py'), start: str('b.') });
  }
  const end = join('.', cacheTag ?? '', optimize === 0n ? '' : `.opt-${optimize}`, '.pyc');
  const stem = fill(longest + one.over - end.units.length);
  return kept(join(one.root, 'b'), '/', { name: join(stem, '.py'), start: join(stem, '.') });
}
