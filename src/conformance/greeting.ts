import type { State } from '../python/interpreter.ts';
import type { Str } from '../python/text.ts';
import { formatVersion } from '../python/releases.ts';
import { decodeValue, encodeValue, fieldsOf, type Json } from './codec.ts';
import { encodeDomain } from './domain/declared.ts';
import type { Greeting } from './events.ts';
import type { Hello } from './features.ts';
import type { Plan } from './plan.ts';

/** What a subject says of itself, as an event. */
export const greetingOf = (
  { implementation, python, platform, functions, supports, fixed, domain }: Hello,
  { target, inapplicable, outside }: Pick<Plan, 'target' | 'inapplicable' | 'outside'>,
): Greeting => ({
  type: 'subject',
  implementation,
  python: formatVersion(python),
  platform,
  functions,
  supports: [...supports],
  fixed: encodeFixed(fixed),
  target: formatVersion(target.version),
  inapplicable: inapplicable.map(({ id }) => id),
  domain: domain.isWhole ? null : encodeDomain(domain),
  outside,
});

/** Decodes the `fixed` key of a greeting: the state that the subject cannot set. */
export function decodeFixed(json: Json): Partial<State> {
  const { cache_tag, optimize, cwd } = fieldsOf(json, 'what is fixed');
  const level = optimize === undefined ? undefined : decodeValue(optimize);
  return {
    ...(cache_tag === undefined ? {} : { cacheTag: decodeValue(cache_tag) as Str | null }),
    ...(typeof level === 'bigint' ? { optimize: level } : {}),
    ...(cwd === undefined ? {} : { cwd: decodeValue(cwd) as Str | null }),
  };
}

const encodeFixed = ({ cacheTag, optimize, cwd }: Partial<State>): Json => ({
  ...(cacheTag === undefined ? {} : { cache_tag: encodeValue(cacheTag) }),
  ...(optimize === undefined ? {} : { optimize: encodeValue(optimize) }),
  ...(cwd === undefined ? {} : { cwd: encodeValue(cwd) }),
});
