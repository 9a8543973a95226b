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
 * @param onMisfit told which way the arguments do not fit, and by which keyword, before the exception
 * @throws PythonError TypeError, in CPython's words
 */
export function bindArguments<V>(
  { name, positional, required, keywordOnly }: Signature,
  args: readonly V[],
  kwargs: ReadonlyArray<readonly [string, V]>,
  release: Release,
  onMisfit: (misfit: Misfit, keyword?: string) => void,
): ReadonlyMap<string, V> {
  const fail = (misfit: Misfit, message: string, keyword?: string): never => {
    onMisfit(misfit, keyword);
    throw new PythonError('TypeError', `${name}() ${message}`);
  };
  const bound = new Map<string, V>();
  args.slice(0, positional.length).forEach((value, i) => bound.set(positional[i]!, value));

  const names = [...positional, ...keywordOnly];
  for (const [keyword, value] of kwargs) {
    if (!names.includes(keyword)) {
      const near = release.has('keyword-suggestions') ? closestName(keyword, names) : undefined;
      const hint = near === undefined ? '' : `. Did you mean '${near}'?`;
      fail('unknown-keyword', `got an unexpected keyword argument '${keyword}'${hint}`, keyword);
    }
    if (bound.has(keyword)) fail('given-twice', `got multiple values for argument '${keyword}'`);
    bound.set(keyword, value);
  }

  if (args.length > positional.length) {
    const takes =
      required === positional.length
        ? `${required} positional argument${required === 1 ? '' : 's'}`
        : `from ${required} to ${positional.length} positional arguments`;
    const alone = keywordOnly.filter((keyword) => bound.has(keyword)).length;
    const given =
      alone === 0
        ? `${args.length}`
        : `${args.length} positional arguments (and ${alone} keyword-only argument${alone === 1 ? '' : 's'})`;
    fail('too-many', `takes ${takes} but ${given} were given`);
  }

  const missing = positional.slice(0, required).filter((parameter) => !bound.has(parameter));
  if (missing.length > 0) {
    const list = missing.map((parameter) => `'${parameter}'`).join(' and ');
    fail(
      'missing',
      `missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${list}`,
    );
  }
  return bound;
}
