/* The rules that decide a call: the same predicates as everywhere else, applied to the page's data about the rules. */
import { sayOf, Seen, type Say } from '../../../../properties/index.ts';
import { appliesTo } from '../../../../src/conformance/bounds.ts';
import { telling } from '../../../../src/conformance/telling.ts';
import type { Call } from '../../../../src/python/call.ts';
import type { Target } from '../../../../src/reference.ts';
import type { Rules } from './rules.data.ts';

/** The parts of a call's outcome that each rule decides. */
export const sayIn = (rules: Rules, call: Call, target: Target): Say =>
  sayOf(new Seen(call, target), (id) => appliesTo(rules[id]!, target));

/** The rules that explain a call's outcome, the most relevant first. */
export const tellingIn = (rules: Rules, call: Call, target: Target): string[] =>
  telling(call, target, (one) => sayIn(rules, one, target));
