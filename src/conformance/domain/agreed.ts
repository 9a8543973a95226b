/* Whether a domain contains calls that an implementation can be asked. */
import { plainState, type State } from '../../python/interpreter.ts';
import { known, newestKnown, releaseOf, type Release } from '../../python/releases.ts';
import { str } from '../../python/text.ts';
import { callBack, type Call } from '../../python/call.ts';
import { EncodingError } from '../codec.ts';
import { Domain, type Limits } from './domain.ts';
import { featuresOf, type Hello } from '../features.ts';

/** The domain without the values that need a feature the subject lacks, as far as single values can be excluded. */
export function answerableIn({ domain, supports, platform }: Hello): Domain {
  const limits: Limits = {
    ...(supports.has('pycache_prefix') ? {} : { pycachePrefix: [null] }),
    ...(supports.has('optimization') ? {} : { optimization: [null] }),
  };
  return domain.narrowedBy(new Domain(limits, platform)) ?? domain;
}

/** The names in the calls that are tried. Which values they get from a domain's lists depends on their names. */
const tried = Array.from({ length: 60 }, (_, i) => `a${i}`);
const callOf = (name: string, state: State, { functions }: Hello): Call =>
  functions.includes('cache_from_source')
    ? { state, args: [str(`${name}.py`)], kwargs: [] }
    : callBack(state, str(`__pycache__/${name}.T.pyc`));

/** @throws EncodingError if the domain contradicts the rest of the hello */
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

/** Why a call that was moved inside cannot be asked; undefined if it can. */
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
