/* Whether a domain has calls that an implementation can be asked at all. */
import { plainState, type State } from '../../python/interpreter.ts';
import { known, newestKnown, releaseOf, type Release } from '../../python/releases.ts';
import { str } from '../../python/text.ts';
import { callBack, type Call } from '../../python/call.ts';
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

/** Calls that are tried: which values of a domain's lists they get depends on their names. */
const tried = Array.from({ length: 60 }, (_, i) => `a${i}`);
const callOf = (name: string, state: State, { functions }: Hello): Call =>
  functions.includes('cache_from_source')
    ? { state, args: [str(`${name}.py`)], kwargs: [] }
    : callBack(state, str(`__pycache__/${name}.T.pyc`));

/** @throws EncodingError where what the hello says of its domain cannot hold beside the rest of it */
export function refuseContradiction(hello: Hello, where = "hello's domain"): void {
  const { domain, fixed, python, platform } = hello;
  if (domain.isWhole) return;
  const version = known(python) === 'newer' ? newestKnown : python;
  const state = { ...plainState(version, platform), ...fixed };
  let problem: string | undefined;
  for (const name of tried) {
    const own = problemWith(domain.nearest(callOf(name, state, hello)), hello, releaseOf(version));
    if (own === undefined) return;
    problem ??= own;
  }
  throw new EncodingError(`${where} ${problem}`);
}

/** Why a call that was moved inside cannot be asked. */
function problemWith(
  inside: Call | undefined,
  { fixed, supports }: Hello,
  release: Release,
): string | undefined {
  if (inside === undefined) return 'contradicts itself: no call lies inside';
  const { cacheTag, optimize, cwd } = inside.state;
  for (const [name, own, moved] of [
    ['cache_tag', fixed.cacheTag, cacheTag],
    ['optimize', fixed.optimize, optimize],
    ['cwd', fixed.cwd, cwd],
  ] as const) {
    if (own !== undefined && own !== moved)
      return `does not list the ${name} that the hello has under "fixed"`;
  }
  const lacking = [...featuresOf(inside, fixed, release)].find((feature) => !supports.has(feature));
  return lacking === undefined
    ? undefined
    : `holds only calls that need ${lacking}, which the adapter does not support`;
}
