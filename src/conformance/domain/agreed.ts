/* Whether a domain has calls that an implementation can be asked at all. */
import { plainState } from '../../python/interpreter.ts';
import { known, newestKnown, releaseOf } from '../../python/releases.ts';
import { str } from '../../python/text.ts';
import type { Call } from '../../python/call.ts';
import { EncodingError } from '../codec.ts';
import { Domain, type Limits } from './domain.ts';
import { featuresOf, type Hello } from '../features.ts';

/** The domain without what takes a feature that the subject lacks, as far as that can be said of single values. */
export function answerableIn({ domain, supports, platform }: Hello): Domain {
  const limits: Limits = {
    ...(supports.has('pycache_prefix') ? {} : { pycachePrefix: [null] }),
    ...(supports.has('optimization') ? {} : { optimization: [null] }),
  };
  return domain.narrowedBy(new Domain(limits, platform)) ?? domain;
}

/** @throws EncodingError where what the hello says of its domain cannot hold beside the rest of it */
export function refuseContradiction(
  { domain, fixed, supports, python, platform }: Hello,
  where = "hello's domain",
): void {
  if (domain.isWhole) return;
  const version = known(python) === 'newer' ? newestKnown : python;
  const state = { ...plainState(version, platform), ...fixed };
  const plain: Call = { state, args: [str('a.py')], kwargs: [] };
  const inside = domain.nearest(plain);
  if (inside === undefined) throw new EncodingError(`${where} contradicts itself: no call lies inside`);
  for (const [name, own, moved] of [
    ['cache_tag', fixed.cacheTag, inside.state.cacheTag],
    ['optimize', fixed.optimize, inside.state.optimize],
    ['cwd', fixed.cwd, inside.state.cwd],
  ] as const) {
    if (own !== undefined && own !== moved)
      throw new EncodingError(`${where} does not list the ${name} that the hello has under "fixed"`);
  }
  const lacking = [...featuresOf(inside, fixed, releaseOf(version))].find(
    (feature) => !supports.has(feature),
  );
  if (lacking !== undefined)
    throw new EncodingError(
      `${where} holds only calls that need ${lacking}, which the adapter does not support`,
    );
}
