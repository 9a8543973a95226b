import { plainState } from '../../python/interpreter.ts';
import { parseVersion } from '../../python/releases.ts';
import type { RuleResult, RuleVerdict, Tally } from '../books.ts';
import { decodeCall } from '../codec.ts';
import type { Failure } from '../events.ts';
import { decodeFixed } from '../greeting.ts';
import { judgeEntries } from './apply.ts';
import {
  draftOf,
  nameOf,
  ruleOf,
  withCall,
  writeKnownFailures,
  type Entry,
  type Kind,
  type KnownFailures,
  type Said,
  type Shown,
} from './file.ts';
import { callText, wayOfFailure } from './likeness.ts';

export type Update = {
  readonly text: string;
  /** The names of the entries that were added, and of those that were removed. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/** The beginning of a new list. */
const heading = [
  '# What is known to fail, and why. A check rejects this list until every empty reason is filled in.',
];

/**
 * Updates the list after a run: removes the entries that are about nothing that exists, and adds a draft for each fault
 * and each rule that no entry covers.
 * @param list the current list, read with its drafts; undefined if there is none yet
 * @param allRules the ids of all rules of the suite
 * @param options with `adds`, nothing is removed, because another run showed what this one did not; the entries in
 * `young` were made just now, and take in further failures of their rules
 */
export function updateKnownFailures(
  list: KnownFailures | undefined,
  tally: Tally,
  allRules: readonly string[],
  { adds = false, young = new Set() }: { adds?: boolean; young?: ReadonlySet<string> } = {},
): Update {
  const judged = (list === undefined ? [] : judgeEntries(list, tally, allRules)).map((one) =>
    adds ? { ...one, gone: false } : one,
  );
  const staying = judged.filter(({ gone }) => !gone).map(({ entry }) => entry);
  const news = tally.failures.filter(({ known }) => known === null);
  // An entry of a rule is replaced by entries of the faults behind it.
  const singles = news.filter(({ flaky, calls }) => !flaky && calls.length === 1);
  const own = singles.filter(({ rule, fault }) => rule === fault);
  const replaced = staying.filter(
    ({ about, pattern, kind, fails }) =>
      about === 'rule' &&
      kind === 'bug' &&
      fails === null &&
      singles.some(({ rule }) => rule === pattern) &&
      news.every((one) => one.rule !== pattern || singles.includes(one)),
  );
  const kept = staying.filter((entry) => !replaced.includes(entry));
  const whole = new Set(kept.flatMap(({ about, pattern }) => (about === 'rule' ? [pattern] : [])));
  const faults = new Map<string, Entry>(
    kept.filter(({ about }) => about === 'fault').map((entry) => [nameOf(entry), entry]),
  );
  const listed = new Set<string>();
  for (const failure of own) {
    const rules = [failure.rule, ...failure.touches];
    if (rules.every((rule) => whole.has(rule))) continue;
    rules.forEach((rule) => listed.add(rule));
    const said = rules.flatMap((rule) => replaced.filter(({ pattern }) => pattern === rule))[0];
    const one = entryOf(failure, tally, said ?? { kind: 'bug', reason: '', issue: null, until: null });
    const into =
      faults.get(nameOf(one)) ??
      [...faults.values()].find(
        (other) =>
          ruleOf(other) === failure.rule &&
          (young.has(nameOf(other)) || !kept.some((old) => nameOf(old) === nameOf(other))),
      ) ??
      one;
    const touched = singles
      .filter(({ rule, fault }) => rule !== fault && fault === failure.rule)
      .map((other) => shownBy(other, tally));
    const has = new Set(into.shown.map(({ call }) => call));
    const more = [...one.shown, ...touched].filter(({ call }) => !has.has(call) && has.add(call));
    faults.set(nameOf(into), more.reduce(withCall, into));
  }
  const settled = new Set([
    ...whole,
    ...listed,
    ...judged
      .filter(({ gone }) => !gone)
      .flatMap(({ entry, excuses }) => (entry.about === 'rule' ? [] : excuses)),
  ]);
  const drafts = tally.rules.flatMap((rule): Entry[] => {
    const kind =
      settled.has(rule.id) && !isNew(rule.id, listed, whole, tally)
        ? undefined
        : kindFor(rule, tally.declined);
    return kind === undefined
      ? []
      : [draftOf({ about: 'rule', pattern: rule.id }, { kind, reason: '', issue: null, until: null })];
  });
  const entries = [...kept.filter(({ about }) => about !== 'fault'), ...faults.values(), ...drafts];
  const before = new Set(list?.entries.map(nameOf));
  const after = new Set(entries.map(nameOf));
  return {
    text: writeKnownFailures({ comments: list?.comments ?? [heading], entries }),
    added: entries
      .map(nameOf)
      .filter((name) => !before.has(name) || drafts.some((one) => nameOf(one) === name)),
    removed: judged
      .filter(({ entry, gone }) => gone || !after.has(nameOf(entry)))
      .map(({ entry }) => nameOf(entry)),
  };
}

/** Whether a rule has a failure that neither an existing nor a new entry covers. */
const isNew = (
  id: string,
  listed: ReadonlySet<string>,
  whole: ReadonlySet<string>,
  { failures, unsteady }: Tally,
): boolean =>
  !whole.has(id) &&
  !listed.has(id) &&
  [...failures, ...unsteady].some(({ rule, known }) => rule === id && known === null);

function entryOf(failure: Failure, tally: Tally, said: Said): Entry {
  const shown = shownBy(failure, tally);
  return draftOf({ about: 'fault', pattern: `${failure.rule} in ${shown.way}`, shown: [shown] }, said);
}

function shownBy(failure: Failure, { subject }: Tally): Shown {
  const { target, platform, fixed } = subject!;
  const state = { ...plainState(parseVersion(target)!, platform), ...decodeFixed(fixed) };
  return { call: callText(decodeCall(failure.calls[0]), { state }), way: wayOfFailure(failure) };
}

const draftKinds: Readonly<Partial<Record<RuleVerdict, Kind>>> = {
  fail: 'bug',
  suspect: 'bug',
  flaky: 'flaky',
  skipped: 'unsupported',
  unsupported: 'unsupported',
};

/** A rule that is unchecked only because the subject does not claim a feature needs no entry. */
const kindFor = ({ id, verdict }: RuleResult, declined: readonly string[]): Kind | undefined =>
  verdict === 'unsupported' && !declined.includes(id) ? undefined : draftKinds[verdict];
