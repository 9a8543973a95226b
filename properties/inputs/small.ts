/*
 * Small scope: calls that are all asked every time, since most mistakes show in a small one. The chapters say what a
 * check thereby leaves to no chance.
 */
import type { Call } from '../../src/python/call.ts';
import { parseValues } from '../../src/python/source.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { call, isSettled } from './calls.ts';
import { aState } from './states.ts';

/** Every list of these that is no longer, the shorter ones first. */
export function listsUpTo<T>(items: readonly T[], longest: number): T[][] {
  let last: T[][] = [[]];
  const lists = [...last];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((list) => items.map((item) => [...list, item]));
    lists.push(...last);
  }
  return lists;
}

/** Every text of these characters that is no longer, the shorter ones first. */
export const textsUpTo = (characters: readonly string[], longest: number): Str[] =>
  listsUpTo(characters, longest).map((list) => str(list.join('')));

/** What a path may be made of: what separates, the dot, a character like any other, and what separates elsewhere. */
const pathCharacters = ['/', '.', 'a', '\\', ':'];

/** Every path of up to three characters, and of four without those that separate elsewhere. */
export const smallPaths = (scope: Scope): Call[] => {
  const ours = scope.platform === 'posix' ? ['/', '.', 'a'] : ['\\', '/', '.', 'a', ':'];
  const longer = textsUpTo(ours, 4).filter(({ units }) => units.length === 4);
  const state = aState(scope);
  const tag = state.cacheTag ?? Str.empty;
  const ownNames = ['.py', '.opt-1.py', '.pyc'].map((end) => str('a.').concat(tag).concat(str(end)));
  return [...textsUpTo(pathCharacters, 3), ...longer, ...oddNames, ...ownNames].map((path) =>
    call(state, path),
  );
};

/** Names that look like a result of the function, and extensions of characters of one kind each. */
const oddNames = parseValues(String.raw`
  '__pycache__', '__pycache__/__pycache__', 'a.opt-1.py', 'a...b.py', 'a."', 'a.e\u0301', 'a.\u200b', 'a.%s',
  'a.\x01', 'a.b_c', 'a.\uff0e', '\ud83d.py', '\udc80.py', 'a.\ud83d\udc0d', 'C:C:a.py'`) as readonly Str[];

/** A path of each kind that is no text. */
export const smallPathValues = (scope: Scope): Call[] =>
  parseValues(String.raw`
  None, 1, True, 1.5, b'', b'a.py', [], ('a',), Object(), Object(str='a.py'), Object(is_=''), Object(is_='a.py', str='b.py'),
  Object(is_=1), PathLike(''), PathLike(None), PathLike(1), PathLike(b'a.py'), PathLike(PathLike('a.py')),
  PathLike(Object()), PathLike(Raises('TypeError')), PathLike(Sequence(Raises('ValueError'), 'a.py'))`).map(
    (path) => call(aState(scope), path),
  );

/** A debug override of each kind whose truth is not what it seems. */
export const smallOverrides = (scope: Scope): Call[] =>
  scope.release.has('no-debug-override')
    ? []
    : parseValues(String.raw`
  'False', '0', PathLike(''), Object(str=''), Object(is_='x', str=''), Object(bool=None), Object(bool=1),
  Object(bool=False, str='x'), Object(eq=Raises('ValueError'))`).map((debugOverride) =>
        call(aState(scope), str('b.py'), { debugOverride }),
      );

/** Arguments that fit no parameter, one call for each way. */
export function smallArguments(scope: Scope): Call[] {
  const state = aState(scope);
  const path = str('b.py');
  const strangers = [
    ['a', 1n],
    ['b', 2n],
  ] as const;
  const calls: Call[] = [
    { state, args: [], kwargs: [] },
    { state, args: [], kwargs: strangers },
    { state, args: [path], kwargs: strangers },
    { state, args: [path, null, 1n, 2n], kwargs: [] },
    { state, args: [path, null, 1n, 2n], kwargs: strangers.slice(0, 1) },
    { state, args: [path], kwargs: [['path', path]] },
    {
      state,
      args: [path],
      kwargs: [
        ['a', 1n],
        ['path', path],
      ],
    },
    {
      state,
      args: [],
      kwargs: [
        ['a', 1n],
        ['path', path],
      ],
    },
    {
      state,
      args: [],
      kwargs: [
        ['debug_override', null],
        ['path', path],
      ],
    },
  ];
  return calls.filter((one) => isSettled(one, scope.release));
}

/** Every directory of up to three characters below every prefix of up to two, of at most four together. */
export function smallPrefixes(scope: Scope): Call[] {
  if (!scope.release.has('pycache-prefix')) return [];
  const separator = scope.platform === 'posix' ? '/' : '\\';
  const characters = scope.platform === 'posix' ? ['/', '.', 'a'] : ['\\', '/', '.', 'a', ':'];
  const file = str(`${separator}b.py`);
  const directories = textsUpTo(characters, 3);
  const prefixes = textsUpTo(scope.platform === 'posix' ? ['/', '.', 'p'] : ['\\', 'p', ':'], 2);
  return prefixes.flatMap((pycachePrefix) =>
    directories
      .filter(({ units }) => units.length + pycachePrefix.units.length <= 4)
      .map((directory) => call({ ...aState(scope), pycachePrefix }, directory.concat(file))),
  );
}

/** One character of each class that a check for letters and digits may tell from the others. */
const optimizationCharacters = [
  '0',
  'a',
  'A',
  '_',
  '-',
  '.',
  ' ',
  '\n',
  '\0',
  '\u00e9', // a letter that is not of ASCII
  '\u02b0', // a modifier letter
  '\u01c5', // in title case
  '\u0661', // a decimal digit that is not of ASCII
  '\u00b2', // a digit that is not decimal
  '\u2167', // a number that is a letter
  '\u0301', // a mark
  '\u4e00', // an ideograph
  '\u{10400}', // a letter beyond the first plane
  '\u{1f600}', // a symbol there
];

/** Optimizations that are no text, or whose text is not what it seems: one of each kind. */
const odd = [
  ...parseValues(String.raw`
  0.0, -0.0, 1.0, 1e16, 1e-5, float('inf'), float('-inf'), float('nan'), b'', b'2', [], (), PathLike('x'), Object(),
  Object(bool=False), Object(bool=False, str='x'), Object(eq=Raises('ValueError'), str='x'), Object(is_='x', str='y'),
  Object(is_=1), Object(is_=1, str='x'), Object(str=Sequence(Raises('ValueError'), 'x')), Object(str=b'x'), Object(str=None),
  Object(str=1), Object(str=''), Object(is_=''), 9007199254740993, -9007199254740992,
  '007', '1e5', '-1', '+1', '1_0', '1.0', 'a_b', 'x' * 51, 'x\x00', 'x\n', ' x', 'True', 'none'`),
  10n ** 4299n,
  10n ** 4300n,
  -(10n ** 4299n),
  str(`${'x'.repeat(300)}_`),
  str(`${'x'.repeat(5000)}_`),
];

/** Every optimization of up to two characters, one of a class before one of a class. */
export const smallOptimizations = (scope: Scope): Call[] =>
  scope.release.has('optimization')
    ? [...textsUpTo(optimizationCharacters, 2), ...odd].map((optimization) =>
        call(aState(scope), str('b.py'), { optimization }),
      )
    : [];
