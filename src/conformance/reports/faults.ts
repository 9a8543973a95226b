/* Which of a run's faults are reported. */
import type { RuleResult, Tally } from '../books.ts';
import type { Failure, Unsteady } from '../events.ts';
import { fails } from '../verdict.ts';

/** Whether a rule fails and the list of known failures does not excuse it. */
export const isNew = (rule: RuleResult): boolean => fails(rule) && rule.excuse === undefined;
/** Whether a rule fails and the list of known failures excuses it. */
export const isKnown = (rule: RuleResult): boolean => fails(rule) && rule.excuse !== undefined;

/** Whether a failure was set aside for an entry that holds. */
export const isSetAside = (
  { known: entry }: Pick<Failure | Unsteady, 'known'>,
  known: Tally['known'],
): boolean => entry !== null && known?.entries.includes(entry) === true;

/** A fault as it is reported. */
export type ToldFault = {
  /**
   * The fault's own rule. If that is known to fail or not selected, the first rule it touches for which neither is
   * true.
   */
  readonly rule: RuleResult;
  readonly failure: Failure;
  /** The other rules that the fault touches. */
  readonly touches: readonly string[];
};

/** The faults that are not completely known, in their order. */
export function faultsOf({
  failures,
  rules,
  known,
}: Pick<Tally, 'failures' | 'rules' | 'known'>): ToldFault[] {
  const news = failures.filter((failure) => !isSetAside(failure, known));
  const results = new Map(rules.map((rule) => [rule.id, rule]));
  const groups = new Map<string, Failure[]>();
  for (const failure of news) {
    groups.set(failure.fault, [...(groups.get(failure.fault) ?? []), failure]);
  }
  return [...groups.values()].flatMap((group) => {
    const failure = group.find(({ rule }) => results.has(rule) && isNew(results.get(rule)!));
    if (failure === undefined) return [];
    const touched = new Set(group.flatMap(({ touches }) => touches));
    const touches = [...touched].filter((id) => id !== failure.rule);
    return [{ rule: results.get(failure.rule)!, failure, touches }];
  });
}
