/* What the list of known failures says of a run. */
import { match, P } from 'ts-pattern';
import type { Outcome } from '../../python/call.ts';
import { callSource, outcomeSource, stateSource } from '../../python/source.ts';
import { closestName } from '../../python/suggestions.ts';
import type { RuleVerdict, Tally } from '../books.ts';
import { decodeCall, decodeOutcome, type Json } from '../codec.ts';
import type { Known } from '../events.ts';
import { wildcard } from '../wildcard.ts';
import { isDraft, nameOf, type Entry, type KnownFailures } from './file.ts';

/**
 * The event that tells what is excused and what is stale. A draft excuses nothing.
 * @param allRules the ids of the whole suite
 * @param today in ISO 8601
 */
export function applyKnownFailures(
  list: KnownFailures,
  tally: Tally,
  allRules: readonly string[],
  today: string,
): Known {
  const judged = judgeEntries(list, tally, allRules).filter(({ entry }) => !isDraft(entry));
  return {
    type: 'known',
    file: list.file,
    excused: tally.rules.flatMap(({ id }) => {
      const entry = judged.find(({ excuses }) => excuses.includes(id))?.entry;
      return entry === undefined
        ? []
        : [{ rule: id, kind: entry.kind, reason: entry.reason, issue: entry.issue }];
    }),
    stale: judged.flatMap(({ entry, concerned, stale, gone }) =>
      [...stale, ...(concerned && !gone ? expired(entry, today) : [])].map((why) => ({
        entry: nameOf(entry),
        line: entry.line,
        why,
      })),
    ),
  };
}

const expired = ({ until }: Entry, today: string): string[] =>
  until !== null && until < today ? [`it held until ${until}: say another day, or remove the entry`] : [];

/** How an entry stands to a run, whatever the day. */
export type Judgement = {
  readonly entry: Entry;
  /** Whether the run saw what it is about. */
  readonly concerned: boolean;
  /** The rules that do not pass, and that it speaks for. */
  readonly excuses: readonly string[];
  /** Why it is not true any more. */
  readonly stale: readonly string[];
  /** It speaks of nothing that there is, so that an update leaves it out. */
  readonly gone: boolean;
};

/** Each entry of a list, judged on its own. */
export function judgeEntries(
  { entries }: KnownFailures,
  tally: Tally,
  allRules: readonly string[],
): Judgement[] {
  const run = seenIn(tally, allRules);
  return entries.map((entry) => {
    if (entry.about === 'rule' && !allRules.includes(entry.pattern)) {
      return { entry, ...pointless(noSuchRule(entry.pattern, allRules)) };
    }
    const findings = entry.about === 'rule' ? judgeRule(entry, run) : judgeCall(entry, run);
    // The other parts of the run may have seen what this one did not.
    return { entry, ...findings, ...(run.inShard ? { stale: [], gone: false } : {}) };
  });
}

function noSuchRule(id: string, allRules: readonly string[]): string {
  const closest = closestName(id, allRules);
  return closest === undefined
    ? "there is no such rule: remove the entry, or see 'pycache-spec rules'"
    : `there is no such rule: is it ${closest}?`;
}

/** A call that failed. */
type Fault = {
  readonly rule: string;
  readonly flaky: boolean;
  /** As reports show it: without the state of the interpreter, and with it. */
  readonly shown: readonly string[];
  /** What came of it; more than one when it was asked again. */
  readonly got: readonly string[];
};

type Seen = {
  readonly verdicts: ReadonlyMap<string, RuleVerdict>;
  /** Those that the verdicts stand on. */
  readonly faults: readonly Fault[];
  /** Whether everything that can be asked was asked. */
  readonly whole: boolean;
  readonly declined: readonly string[];
  readonly inShard: boolean;
};

function seenIn(tally: Tally, allRules: readonly string[]): Seen {
  const { rules, failures, unsteady, declined, start } = tally;
  const verdicts = new Map(rules.map(({ id, verdict }) => [id, verdict]));
  const faults = [
    ...failures.map(({ rule, flaky, calls, outcomes, failed }): Fault => ({
      rule,
      flaky,
      shown: callShown(calls[failed]),
      got: [outcomeShown(outcomes[failed])],
    })),
    ...unsteady.map(({ rule, call, outcomes }): Fault => ({
      rule,
      flaky: true,
      shown: callShown(call),
      got: outcomes.map(outcomeShown),
    })),
  ];
  return {
    verdicts,
    faults: faults.filter(({ rule, flaky }) =>
      (flaky ? ['flaky'] : ['fail', 'suspect']).includes(verdicts.get(rule) ?? ''),
    ),
    whole: isWhole(tally, allRules.length),
    declined,
    inShard: start.shard !== null,
  };
}

function callShown(json: Json | undefined): string[] {
  const call = decodeCall(json);
  return [callSource(call), `${callSource(call)}  # ${stateSource(call.state)}`];
}

function outcomeShown(json: Json | undefined): string {
  const outcome: Outcome = decodeOutcome(json);
  const lines = outcome.kind === 'return' || outcome.kind === 'raise' ? outcomeSource(outcome) : [];
  // An entry has one line, and a message may have several.
  return lines.join(' ').replaceAll(/[\r\n]+/g, ' ');
}

/** Calls that the adapter declined are no gap: an entry may say so. */
function isWhole({ start, problems, planned, answered, lost, rules }: Tally, all: number): boolean {
  const { skipped = 0, unsupported = 0 } = lost;
  return (
    start.rules.length === all &&
    problems.length === 0 &&
    planned === answered + skipped + unsupported &&
    rules.every(({ verdict }) => verdict !== 'not run')
  );
}

type Findings = Omit<Judgement, 'entry'>;

const unconcerned: Findings = { concerned: false, excuses: [], stale: [], gone: false };
const holds: Findings = { ...unconcerned, concerned: true };
const pointless = (why: string): Findings => ({ ...holds, stale: [why], gone: true });

function judgeRule(entry: Entry, run: Seen): Findings {
  const id = entry.pattern;
  return match({ verdict: run.verdicts.get(id), kind: entry.kind })
    .returnType<Findings>()
    .with({ verdict: 'not run', kind: 'unsupported' }, () =>
      // A shard may decline calls that are about the rule, and not be the one that asks its law.
      run.declined.includes(id) ? { ...holds, excuses: [id] } : unconcerned,
    )
    .with({ verdict: P.union(undefined, 'inapplicable', 'outside', 'not run') }, () => unconcerned)
    .with({ verdict: P.union('crash', 'timeout', 'protocol', 'error') }, () => unconcerned)
    .with({ verdict: 'pass', kind: 'flaky' }, () => holds)
    .with({ verdict: 'pass' }, () => pointless('it passes: remove the entry'))
    .with({ verdict: P.union('skipped', 'unsupported'), kind: 'unsupported' }, () => ({
      ...holds,
      excuses: [id],
    }))
    .with({ verdict: P.union('skipped', 'unsupported') }, () =>
      pointless("it is not checked: remove the entry, or say 'kind: unsupported'"),
    )
    .with({ verdict: P.union('fail', 'flaky', 'suspect'), kind: 'unsupported' }, () =>
      pointless('it is checked, and fails: say what kind of failure this is'),
    )
    .with({ verdict: P.union('fail', 'flaky', 'suspect') }, () => judgeFailing(entry, [id], run))
    .exhaustive();
}

function judgeCall(entry: Entry, run: Seen): Findings {
  const pattern = wildcard(entry.pattern);
  const matches = ({ shown }: Fault): boolean => shown.some((one) => pattern.test(one));
  const matching = run.faults.filter(matches);
  if (matching.length === 0) {
    if (!run.whole) return unconcerned;
    return entry.kind === 'flaky' ? holds : pointless('no call that fails is like it: remove the entry');
  }
  // What else fails of a rule is not known.
  const others = new Set(run.faults.filter((fault) => !matches(fault)).map(({ rule }) => rule));
  const rules = [...new Set(matching.map(({ rule }) => rule))].filter((rule) => !others.has(rule));
  return judgeFailing(entry, rules, run);
}

/** Of an entry that speaks for these rules, all of which fail. */
function judgeFailing(entry: Entry, rules: readonly string[], run: Seen): Findings {
  const unsteady = entry.kind === 'flaky' ? [] : rules.filter((rule) => run.verdicts.get(rule) === 'flaky');
  const named = (rule: string): string => (entry.about === 'rule' ? 'it' : rule);
  const fails = entry.fails === null ? undefined : wildcard(entry.fails);
  const otherwise = run.faults.filter(
    ({ rule, got }) => rules.includes(rule) && fails !== undefined && !got.some((one) => fails.test(one)),
  );
  return {
    concerned: true,
    excuses: rules,
    stale: [
      ...unsteady.map(
        (rule) => `${named(rule)} does not fail every time: say 'kind: flaky', and 'until:' which day`,
      ),
      ...otherwise.map(
        ({ rule, got }) =>
          `${named(rule)} fails in another way, got ${got.join(' and ')}: see whether the reason still holds, and correct 'fails:'`,
      ),
    ],
    gone: rules.length > 0 && unsteady.length === rules.length,
  };
}
