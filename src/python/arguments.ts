import { PythonError } from './exceptions.ts';
import type { Release } from './releases.ts';
import { closestName } from './suggestions.ts';

/** The parameters of a Python function: the first `required` of the positional ones have no default. */
export type Signature = {
  readonly name: string;
  /** By position or by keyword. */
  readonly positional: readonly string[];
  readonly required: number;
  readonly keywordOnly: readonly string[];
};

/** How the arguments of a call fail to fit a signature. */
export type Misfit = 'unknown-keyword' | 'given-twice' | 'too-many' | 'missing';

/**
 * Gives each argument its parameter, as Python does before it enters a function.
 *
 * @returns the values in the order of the parameters, undefined where none is given
 * @param onMisfit told which way the arguments do not fit, and by which keyword, before the exception
 * @throws PythonError TypeError, in CPython's words
 */
export function bindArguments<V>(
  { name, positional, required, keywordOnly }: Signature,
  args: readonly V[],
  kwargs: ReadonlyArray<readonly [string, V]>,
  release: Release,
  onMisfit: (misfit: Misfit, keyword?: string) => void,
): ReadonlyArray<V | undefined> {
  const fail = (misfit: Misfit, message: string, keyword?: string): never => {
    onMisfit(misfit, keyword);
    throw new PythonError('TypeError', `${name}() ${message}`);
  };
  const bound: Array<V | undefined> = args.slice(0, positional.length);
  for (const [keyword, value] of kwargs) {
    const place = placeOf(keyword, positional, keywordOnly);
    if (place < 0) {
      const names = [...positional, ...keywordOnly];
      const near = release.has('keyword-suggestions') ? closestName(keyword, names) : undefined;
      const hint = near === undefined ? '' : `. Did you mean '${near}'?`;
      fail('unknown-keyword', `got an unexpected keyword argument '${keyword}'${hint}`, keyword);
    }
    if (bound[place] !== undefined) fail('given-twice', `got multiple values for argument '${keyword}'`);
    while (bound.length < place) bound.push(undefined);
    bound[place] = value;
  }

  if (args.length > positional.length) {
    const takes =
      required === positional.length
        ? `${required} positional argument${required === 1 ? '' : 's'}`
        : `from ${required} to ${positional.length} positional arguments`;
    const alone = keywordOnly.filter((_, i) => bound[positional.length + i] !== undefined).length;
    const given =
      alone === 0
        ? `${args.length}`
        : `${args.length} positional arguments (and ${alone} keyword-only argument${alone === 1 ? '' : 's'})`;
    fail('too-many', `takes ${takes} but ${given} were given`);
  }

  const unbound = bound.indexOf(undefined);
  if (bound.length < required || (unbound >= 0 && unbound < required)) {
    const missing = positional.slice(0, required).filter((_, i) => bound[i] === undefined);
    const list = missing.map((parameter) => `'${parameter}'`).join(' and ');
    fail(
      'missing',
      `missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${list}`,
    );
  }
  return bound;
}

/** Where a parameter stands among all, or less than 0. */
function placeOf(keyword: string, positional: readonly string[], keywordOnly: readonly string[]): number {
  const place = positional.indexOf(keyword);
  if (place >= 0) return place;
  const after = keywordOnly.indexOf(keyword);
  return after < 0 ? after : positional.length + after;
}
