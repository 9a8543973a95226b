import type { RuleResult, Tally } from './books.ts';

/** The exit codes of the command. An exit code is never a count. */
export const exitCodes = {
  conformant: 0,
  broken: 1,
  usage: 2,
  incomplete: 3,
  adapter: 4,
  stale: 5,
} as const;

export type Verdict = 'conformant' | 'broken' | 'incomplete' | 'adapter' | 'stale';

/** The verdict of a run. If several apply, the order is adapter, broken, incomplete, stale. */
export function verdictOf({ rules, problems, open, known }: Tally): Verdict {
  if (problems.length > 0) return 'adapter';
  if (rules.some((rule) => fails(rule) && rule.excuse === undefined)) return 'broken';
  if (open.length > 0) return 'incomplete';
  return (known?.stale.length ?? 0) > 0 ? 'stale' : 'conformant';
}

/** Whether the rule's own statement was false of some outcome. */
export const isBroken = ({ verdict }: RuleResult): boolean => verdict === 'fail' || verdict === 'flaky';
/** Whether something is wrong with the rule: it is broken, or it is the one to look at. */
export const fails = (rule: RuleResult): boolean => isBroken(rule) || rule.verdict === 'suspect';
