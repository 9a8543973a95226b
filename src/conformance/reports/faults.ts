/* What of a run's faults is told. */
import type { RuleResult, Tally } from '../books.ts';
import type { Failure, Unsteady } from '../events.ts';
import { fails } from '../verdict.ts';

/** Something is wrong with it that is not known. */
export const isNew = (rule: RuleResult): boolean => fails(rule) && rule.excuse === undefined;
/** Something is wrong with it that the list of known failures names. */
export const isKnown = (rule: RuleResult): boolean => fails(rule) && rule.excuse !== undefined;

/** Whether it was set aside for an entry that holds. */
export const isSetAside = (
  { known: entry }: Pick<Failure | Unsteady, 'known'>,
  known: Tally['known'],
): boolean => entry !== null && known?.entries.includes(entry) === true;

/** A fault, as it is told. */
export type ToldFault = {
  /** Its own rule; where that is known to fail or not selected, the first that it touches of which neither is true. */
  readonly rule: RuleResult;
  readonly failure: Failure;
  /** The other rules that it touches. */
  readonly touches: readonly string[];
};

/** The faults of which not all is known, in their order. */
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
