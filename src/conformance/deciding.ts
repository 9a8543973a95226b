/* Which rules have a say in a call: those of the properties, as far as the chapters say that they apply. */
import { sayOf, Seen, suspectsIn, type Difference, type Say } from '../../properties/index.ts';
import type { Call } from '../python/call.ts';
import { formatVersion } from '../python/releases.ts';
import type { Target } from '../reference.ts';
import { appliesTo, readChapters } from './chapters.ts';
import { telling } from './telling.ts';

const applicable = new Map<string, ReadonlySet<string>>();

/** The ids of the rules that apply to a target. */
export function rulesOf(target: Target): ReadonlySet<string> {
  const key = `${target.platform} ${formatVersion(target.version)}`;
  const known = applicable.get(key);
  if (known !== undefined) return known;
  const rules = readChapters().flatMap((chapter) => chapter.rules);
  const ids = new Set(rules.filter((rule) => appliesTo(rule, target)).map(({ id }) => id));
  applicable.set(key, ids);
  return ids;
}

/** The parts that each rule decides of what comes back of a call. */
export function sayIn(call: Call, target: Target): Say {
  const rules = rulesOf(target);
  return sayOf(new Seen(call, target), (rule) => rules.has(rule));
}

/** Of these, the rules whose statement is false of an outcome. */
export const suspectsOf = (call: Call, target: Target, say: Say, difference: Difference): Set<string> =>
  suspectsIn(new Seen(call, target), say, difference);

/** The rules that decide a call, in the order of the chapters. */
export const rulesThatDecide = (call: Call, target: Target): string[] => [...sayIn(call, target).keys()];

/** The rules that tell why a call has its result: what is special about it first. */
export const tellingRules = (call: Call, target: Target): string[] =>
  telling(call, target, (one) => rulesThatDecide(one, target));
