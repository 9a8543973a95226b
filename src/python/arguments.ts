import { raised, type Thrown } from './exceptions.ts';
import type { Release } from './releases.ts';
import { closestName } from './suggestions.ts';

/** The parameters of a Python function. */
export type Signature = {
  readonly name: string;
  readonly parameters: readonly string[];
  /**
   * The number of parameters, from the first, that can be given by position or by keyword. The others are keyword-only.
   */
  readonly positional: number;
  /** The number of parameters, from the first, that have no default. */
  readonly required: number;
};

/** Why the arguments of a call do not fit a signature. */
export type Misfit = 'unknown-keyword' | 'given-twice' | 'too-many' | 'missing';

/**
 * Assigns arguments to parameters, as Python does before it enters a function.
 *
 * @returns the values in the order of the parameters, undefined for those not given
 * @param record receives the kind of misfit and the keyword, before the exception is thrown
 * @throws Thrown TypeError, with CPython's message
 */
export function bindArguments<V>(
  signature: Signature,
  args: readonly V[],
  kwargs: ReadonlyArray<readonly [string, V]>,
  release: Release,
  record?: Misfitting,
): ReadonlyArray<V | undefined> {
  const { name, parameters, positional, required } = signature;
  if (kwargs.length === 0 && args.length >= required && args.length <= positional) return args;
  const bound = parameters.map((_, i) => (i < positional && i < args.length ? args[i] : undefined));
  for (const [keyword, value] of kwargs) {
    const place = parameters.indexOf(keyword);
    if (place < 0) {
      const near = release.holds['keyword-suggestions'] ? closestName(keyword, parameters) : undefined;
      const hint = near === undefined ? '' : `. Did you mean '${near}'?`;
      const message = `${name}() got an unexpected keyword argument '${keyword}'${hint}`;
      throw misfit('unknown-keyword', message, record, keyword);
    }
    if (bound[place] !== undefined) {
      throw misfit('given-twice', `${name}() got multiple values for argument '${keyword}'`, record, keyword);
    }
    bound[place] = value;
  }

  if (args.length > positional) {
    const takes =
      required === positional
        ? `${required} positional argument${required === 1 ? '' : 's'}`
        : `from ${required} to ${positional} positional arguments`;
    const alone = bound.filter((value, i) => i >= positional && value !== undefined).length;
    const given =
      alone === 0
        ? `${args.length}`
        : `${args.length} positional arguments (and ${alone} keyword-only argument${alone === 1 ? '' : 's'})`;
    throw misfit('too-many', `${name}() takes ${takes} but ${given} were given`, record);
  }

  for (let i = 0; i < required; i++) {
    if (bound[i] === undefined) throw misfit('missing', `${name}() ${lacking(signature, bound)}`, record);
  }
  return bound;
}

function lacking({ parameters, required }: Signature, bound: readonly unknown[]): string {
  const missing = parameters.filter((_, i) => i < required && bound[i] === undefined);
  const list = missing.map((one) => `'${one}'`).join(' and ');
  return `missing ${missing.length} required positional argument${missing.length === 1 ? '' : 's'}: ${list}`;
}

type Misfitting = { misfit?: Misfit; keyword?: string | undefined };

function misfit(misfit: Misfit, message: string, record: Misfitting | undefined, keyword?: string): Thrown {
  if (record) Object.assign(record, { misfit, keyword });
  return raised('TypeError', message);
}
