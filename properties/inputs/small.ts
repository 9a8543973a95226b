/*
 * Small scope: calls that are all asked every time, since most mistakes show in a small one. The chapters say what a
 * check thereby leaves to no chance.
 */
import type { Call } from '../../src/python/call.ts';
import { str, type Str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { call } from './calls.ts';
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
  return [...textsUpTo(pathCharacters, 3), ...longer].map((path) => call(aState(scope), path));
};

/** Every directory of up to three characters below every prefix of up to two. */
export function smallPrefixes(scope: Scope): Call[] {
  if (!scope.release.has('pycache-prefix')) return [];
  const separator = scope.platform === 'posix' ? '/' : '\\';
  const characters = scope.platform === 'posix' ? ['/', '.', 'a'] : ['\\', '/', '.', 'a', ':'];
  const file = str(`${separator}b.py`);
  const directories = textsUpTo(characters, 3).map((directory) => directory.concat(file));
  const prefixes = textsUpTo(scope.platform === 'posix' ? ['/', '.', 'p'] : ['\\', 'p', ':'], 2);
  return prefixes.flatMap((pycachePrefix) =>
    directories.map((path) => call({ ...aState(scope), pycachePrefix }, path)),
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

/** Every optimization of up to two characters, one of a class before one of a class. */
export const smallOptimizations = (scope: Scope): Call[] =>
  scope.release.has('optimization')
    ? textsUpTo(optimizationCharacters, 2).map((optimization) =>
        call(aState(scope), str('b.py'), { optimization }),
      )
    : [];
