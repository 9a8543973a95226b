/* Which rules decide a call: those of the properties that, according to the chapters, apply to the target. */
import {
  decidedBy,
  sayOf,
  Seen,
  suspectsIn,
  type Difference,
  type Part,
  type Say,
} from '../../properties/index.ts';
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

const looked = new WeakMap<Call, Seen>();

/** Examines a call once, however many rules are asked about it. */
function seenOf(call: Call, target: Target): Seen {
  const known = looked.get(call);
  if (known?.target === target) return known;
  const seen = new Seen(call, target);
  looked.set(call, seen);
  return seen;
}

/** The parts of a call's outcome that each rule decides. */
export function sayIn(call: Call, target: Target): Say {
  const rules = rulesOf(target);
  return sayOf(seenOf(call, target), (rule) => rules.has(rule));
}

/** The parts that one rule decides. The rule must apply to the target. */
export const partsDecided = (rule: string, call: Call, target: Target): readonly Part[] =>
  decidedBy(rule, seenOf(call, target));

/** The rules among `say` whose statements are false of an outcome. */
export const suspectsOf = (call: Call, target: Target, say: Say, difference: Difference): Set<string> =>
  suspectsIn(seenOf(call, target), say, difference);

/** The rules that decide a call, in the order of the chapters. */
export const rulesThatDecide = (call: Call, target: Target): string[] => [...sayIn(call, target).keys()];

/** The rules that explain the result of a call, the most specific first. */
export const tellingRules = (call: Call, target: Target): string[] =>
  telling(call, target, (one) => sayIn(one, target));
