/*
 * Which rules decide a call: the same predicates as everywhere, and of the chapters what the page has of them.
 */
import { sayOf, Seen, type Say } from '../../../../properties/index.ts';
import { appliesTo } from '../../../../src/conformance/bounds.ts';
import { telling } from '../../../../src/conformance/telling.ts';
import type { Call } from '../../../../src/python/call.ts';
import type { Target } from '../../../../src/reference.ts';
import type { Rules } from './rules.data.ts';

/** The parts that each rule decides of what comes back of a call. */
export const sayIn = (rules: Rules, call: Call, target: Target): Say =>
  sayOf(new Seen(call, target), (id) => appliesTo(rules[id]!, target));

/** The rules that tell why a call has its result, the most telling first. */
export const tellingIn = (rules: Rules, call: Call, target: Target): string[] =>
  telling(call, target, (one) => sayIn(rules, one, target));
