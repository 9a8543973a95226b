import type { RuleResult, RuleVerdict, Tally } from '../books.ts';
import { judgeEntries } from './apply.ts';
import { draftOf, nameOf, writeKnownFailures, type Entry, type Kind, type KnownFailures } from './file.ts';

export type Update = {
  readonly text: string;
  /** The names of the entries that are new, and of those that are left out. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/** What a new list begins with. */
const heading = [
  '# What is known to fail, and why. A check refuses this list until every empty reason is filled in.',
];

/**
 * The list anew, of what a run found: without what speaks of nothing that there is, and with a draft for each
 * rule that neither passes nor is spoken for.
 * @param list read with its drafts; undefined when there is none yet
 * @param allRules the ids of the whole suite
 */
export function updateKnownFailures(
  list: KnownFailures | undefined,
  tally: Tally,
  allRules: readonly string[],
): Update {
  const judged = list === undefined ? [] : judgeEntries(list, tally, allRules);
  const kept = judged.filter(({ gone }) => !gone);
  const named = kept.flatMap(({ entry }) => (entry.about === 'rule' ? [entry.pattern] : []));
  const settled = new Set([...named, ...kept.flatMap(({ excuses }) => excuses)]);
  const drafts = tally.rules.flatMap((rule): Entry[] => {
    const kind = settled.has(rule.id) ? undefined : kindFor(rule, tally.declined);
    return kind === undefined ? [] : [draftOf(rule.id, kind)];
  });
  return {
    text: writeKnownFailures({
      comments: list?.comments ?? [heading],
      entries: [...kept.map(({ entry }) => entry), ...drafts],
    }),
    added: drafts.map(nameOf),
    removed: judged.filter(({ gone }) => gone).map(({ entry }) => nameOf(entry)),
  };
}

const draftKinds: Readonly<Partial<Record<RuleVerdict, Kind>>> = {
  fail: 'bug',
  suspect: 'bug',
  flaky: 'flaky',
  skipped: 'unsupported',
  unsupported: 'unsupported',
};

/** What lacks a feature that the subject does not claim needs no entry. */
const kindFor = ({ id, verdict }: RuleResult, declined: readonly string[]): Kind | undefined =>
  verdict === 'unsupported' && !declined.includes(id) ? undefined : draftKinds[verdict];
