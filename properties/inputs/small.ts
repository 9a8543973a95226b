/*
 * Small scope: calls that every check makes, because most mistakes show in small inputs. The chapters state which
 * inputs are thus covered exhaustively.
 */
import type { Call } from '../../src/python/call.ts';
import { parseValues } from '../../src/python/source.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { call, isSettled } from './calls.ts';
import { aState } from './states.ts';

/** All lists of these items up to a length, shorter ones first. */
export function listsUpTo<T>(items: readonly T[], longest: number): T[][] {
  let last: T[][] = [[]];
  const lists = [...last];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((list) => items.map((item) => [...list, item]));
    lists.push(...last);
  }
  return lists;
}

/** All texts of these characters up to a length, shorter ones first. */
export const textsUpTo = (characters: readonly string[], longest: number): Str[] =>
  listsUpTo(characters, longest).map((list) => str(list.join('')));

/** The characters of a path: a separator, the dot, an ordinary character, and separators of other systems. */
const pathCharacters = ['/', '.', 'a', '\\', ':'];

/** All paths of up to three characters, and those of four characters without the separators of other systems. */
export const smallPaths = (scope: Scope): Call[] => {
  const ours = scope.platform === 'posix' ? ['/', '.', 'a'] : ['\\', '/', '.', 'a', ':'];
  const longer = textsUpTo(ours, 4).filter(({ units }) => units.length === 4);
  const state = aState(scope);
  const tag = state.cacheTag ?? Str.empty;
  const ownNames = ['a.', '__pycache__/a.', 'a/__pycache__/b.'].flatMap((start) =>
    ['.py', '.opt-1.py', '.pyc', '.opt-1.pyc'].map((end) => str(start).concat(tag).concat(str(end))),
  );
  return [...textsUpTo(pathCharacters, 3), ...longer, ...oddNames, ...between, ...ownNames].map((path) =>
    call(state, path),
  );
};

/** Names that look like a result of the function, and extensions with one class of character each. */
const oddNames = parseValues(String.raw`
  '__pycache__', '__pycache__/__pycache__', 'a.opt-1.py', 'a...b.py', 'a."', 'a.e\u0301', 'a.\u200b', 'a.%s',
  'a.\x01', 'a.b_c', 'a.\uff0e', '\ud83d.py', '\udc80.py', 'a.\ud83d\udc0d', 'C:C:a.py', '<string>', '<stdin>',
  '<frozen a>', 'file:///a.py', 'a.py:1'`) as readonly Str[];

/** A path between two of each punctuation mark of ASCII, two spaces or two newlines, and between brackets. */
const between = [
  ...Array.from('!"#$%&\'()*+,-;<=>?@[]^_`{|}~ \n', (one) => [one, one] as const),
  ...(['<>', '()', '[]', '{}'] as const).map(([open, close]) => [open!, close!] as const),
].map(([before, after]) => str(`${before}a.py${after}`));

/** One path value of each kind that is not text. */
export const smallPathValues = (scope: Scope): Call[] =>
  parseValues(String.raw`
  None, 1, True, 1.5, b'', b'a.py', [], ('a',), Object(), Object(str='a.py'), Object(is_=''), Object(is_='a.py', str='b.py'),
  Object(is_=1), PathLike(''), PathLike(None), PathLike(1), PathLike(b'a.py'), PathLike(PathLike('a.py')),
  PathLike(Object()), PathLike(Raises('TypeError')), PathLike(Sequence(Raises('ValueError'), 'a.py'))`).map(
    (path) => call(aState(scope), path),
  );

/** One debug override of each kind whose truth value may surprise. */
export const smallOverrides = (scope: Scope): Call[] =>
  scope.release.has('no-debug-override')
    ? []
    : parseValues(String.raw`
  'False', '0', PathLike(''), Object(str=''), Object(is_='x', str=''), Object(bool=None), Object(bool=1),
  Object(bool=False, str='x'), Object(eq=Raises('ValueError'))`).map((debugOverride) =>
        call(aState(scope), str('b.py'), { debugOverride }),
      );

/** Arguments that do not match the parameters, one call for each way. */
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

/**
 * All directories of up to three characters below all prefixes of up to two, with at most four characters in total; and
 * the working directory as the prefix.
 */
export function smallPrefixes(scope: Scope): Call[] {
  if (!scope.release.has('pycache-prefix')) return [];
  const separator = scope.platform === 'posix' ? '/' : '\\';
  const characters = scope.platform === 'posix' ? ['/', '.', 'a'] : ['\\', '/', '.', 'a', ':'];
  const file = str(`${separator}b.py`);
  const directories = textsUpTo(characters, 3);
  const prefixes = textsUpTo(scope.platform === 'posix' ? ['/', '.', 'p'] : ['\\', 'p', ':'], 2);
  const state = aState(scope);
  const inItself = [file.withoutFirst(), (state.cwd ?? Str.empty).concat(file)].map((path) =>
    call({ ...state, pycachePrefix: state.cwd }, path),
  );
  const below = prefixes.flatMap((pycachePrefix) =>
    directories
      .filter(({ units }) => units.length + pycachePrefix.units.length <= 4)
      .map((directory) => call({ ...state, pycachePrefix }, directory.concat(file))),
  );
  return [...inItself, ...below];
}

/** One character of each class that a check for letters and digits may treat differently. */
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
  '\u00e9', // a letter outside ASCII
  '\u02b0', // a modifier letter
  '\u01c5', // a titlecase letter
  '\u0661', // a decimal digit outside ASCII
  '\u00b2', // a digit that is not decimal
  '\u2167', // a letter number
  '\u0301', // a combining mark
  '\u4e00', // an ideograph
  '\u{10400}', // a letter outside the Basic Multilingual Plane
  '\u{1f600}', // a symbol outside the Basic Multilingual Plane
];

/** Optimizations that are not text, or whose text may surprise: one of each kind. */
const odd = [
  ...parseValues(String.raw`
  0.0, -0.0, 1.0, 1e16, 1e-5, float('inf'), float('-inf'), float('nan'), b'', b'2', [], (), PathLike('x'), Object(),
  Object(bool=False), Object(bool=False, str='x'), Object(eq=Raises('ValueError'), str='x'), Object(is_='x', str='y'),
  Object(is_=1), Object(is_=1, str='x'), Object(str=Sequence(Raises('ValueError'), 'x')), Object(str=b'x'), Object(str=None),
  Object(str=1), Object(str=''), Object(is_=''), 9007199254740993, -9007199254740992,
  Object(str=Object(is_='x', bool=False)), Object(str=Object(is_='', bool=True)), 'opt-1', '.opt-1', '-O', '-OO',
  '007', '1e5', '-1', '+1', '1_0', '1.0', 'a_b', 'x' * 51, 'x\x00', 'x\n', ' x', 'True', 'none'`),
  10n ** 4299n,
  10n ** 4300n,
  -(10n ** 4299n),
  str(`${'x'.repeat(300)}_`),
  str(`${'x'.repeat(5000)}_`),
];

/** All optimizations of up to two characters, with every pair of classes. */
export const smallOptimizations = (scope: Scope): Call[] =>
  scope.release.has('optimization')
    ? [...textsUpTo(optimizationCharacters, 2), ...odd].map((optimization) =>
        call(aState(scope), str('b.py'), { optimization }),
      )
    : [];
