/* Applies the list of known failures to a run. */
import { match, P } from 'ts-pattern';
import { closestName } from '../../python/suggestions.ts';
import type { RuleVerdict, Tally } from '../books.ts';
import { decodeOutcome, type Json } from '../codec.ts';
import type { Known } from '../events.ts';
import { wildcard } from '../wildcard.ts';
import { outcomeShown, signatureOf } from './excuses.ts';
import { isDraft, nameOf, ruleOf, type Entry, type KnownFailures } from './file.ts';

/**
 * The event that says what is excused and what is stale. A draft excuses nothing.
 * @param allRules the ids of all rules of the suite
 * @param today the date, in ISO 8601
 */
export function applyKnownFailures(
  list: KnownFailures,
  tally: Tally,
  allRules: readonly string[],
  today: string,
): Known {
  const judged = judgeEntries(list, tally, allRules).filter(({ entry }) => !isDraft(entry));
  const honoured = judged.filter(({ isHonoured }) => isHonoured).map(({ entry }) => nameOf(entry));
  return {
    type: 'known',
    file: list.file,
    entries: honoured,
    excused: tally.rules.flatMap(({ id }) => {
      const own = judged.filter(({ excuses }) => excuses.includes(id));
      const news = [...tally.failures, ...tally.unsteady].some(
        ({ rule, known }) => rule === id && (known === null || !honoured.includes(known)),
      );
      // Failures that no pattern or fault in the list covers are excused only by an entry for the rule itself.
      const entry = own.find(({ entry: { about } }) => !news || about === 'rule')?.entry;
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
  until !== null && until < today
    ? [`it expired after ${until}: give another date, or remove the entry`]
    : [];

/** How an entry applies to a run, whatever the date. */
export type Judgement = {
  readonly entry: Entry;
  /** Whether the run covered what the entry is about. */
  readonly concerned: boolean;
  /** The rules that do not pass and that the entry excuses. */
  readonly excuses: readonly string[];
  /** Why the entry is no longer true. */
  readonly stale: readonly string[];
  /** Whether the entry is about nothing that exists, so that an update removes it. */
  readonly gone: boolean;
  /** Whether the calls set aside for the entry count as known. */
  readonly isHonoured: boolean;
};

/** Judges each entry of a list on its own. */
export function judgeEntries(
  { entries }: KnownFailures,
  tally: Tally,
  allRules: readonly string[],
): Judgement[] {
  const run = seenIn(tally, allRules);
  return entries.map((entry) => {
    const id = ruleOf(entry);
    const isHonoured = entry.about !== 'rule' && tally.start.excuses.includes(signatureOf(entry));
    if (id !== undefined && !allRules.includes(id)) {
      return { entry, ...pointless(noSuchRule(id, allRules)), isHonoured };
    }
    if (entry.about !== 'rule' && !isHonoured) return { entry, ...without, isHonoured };
    const findings = entry.about === 'rule' ? judgeRule(entry, run) : judgeSetAside(entry, run);
    // Another shard may have seen what this one did not.
    return { entry, ...findings, ...(run.inShard ? { stale: [], gone: false } : {}), isHonoured };
  });
}

function noSuchRule(id: string, allRules: readonly string[]): string {
  const closest = closestName(id, allRules);
  return closest === undefined
    ? "there is no such rule: remove the entry, or see 'pycache-spec rules'"
    : `there is no such rule: is it ${closest}?`;
}

/** A failing call. */
type Fault = {
  readonly rule: string;
  readonly flaky: boolean;
  /** The entry for which it was set aside. */
  readonly known: string | null;
  /** Its outcome. There are several if the call was asked again. */
  readonly got: readonly string[];
};

type Seen = {
  readonly verdicts: ReadonlyMap<string, RuleVerdict>;
  /** The failures that the verdicts are based on. */
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
    ...failures.map(({ rule, flaky, outcomes, failed, known }): Fault => ({
      rule,
      flaky,
      known,
      got: [shownOf(outcomes[failed])],
    })),
    ...unsteady.map(({ rule, outcomes, known }): Fault => ({
      rule,
      flaky: true,
      known,
      got: outcomes.map(shownOf),
    })),
  ];
  return {
    verdicts,
    faults,
    whole: isWhole(tally, allRules.length),
    declined,
    inShard: start.shard !== null,
  };
}

const shownOf = (json: Json | undefined): string => outcomeShown(decodeOutcome(json));

/** Declined calls do not make a run incomplete here, since an entry may be about them. */
function isWhole({ start, problems, planned, answered, lost, rules }: Tally, all: number): boolean {
  const { skipped = 0, unsupported = 0 } = lost;
  return (
    start.rules.length === all &&
    problems.length === 0 &&
    planned === answered + skipped + unsupported &&
    rules.every(({ verdict }) => verdict !== 'not run')
  );
}

type Findings = Omit<Judgement, 'entry' | 'isHonoured'>;

const unconcerned: Findings = { concerned: false, excuses: [], stale: [], gone: false };
const holds: Findings = { ...unconcerned, concerned: true };
const pointless = (why: string): Findings => ({ ...holds, stale: [why], gone: true });
const without: Findings = {
  ...holds,
  stale: ['the run did not have this entry, and set nothing aside: pass the list to every check'],
};

function judgeRule(entry: Entry, run: Seen): Findings {
  const id = entry.pattern;
  return match({ verdict: run.verdicts.get(id), kind: entry.kind })
    .returnType<Findings>()
    .with({ verdict: 'not run', kind: 'unsupported' }, () =>
      // A shard may decline calls about a rule without being the one that asks its law.
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
      pointless("it is not checked: remove the entry, or write 'kind: unsupported'"),
    )
    .with({ verdict: P.union('fail', 'flaky', 'suspect'), kind: 'unsupported' }, () =>
      pointless('it is checked, and fails: change the kind to that of the failure'),
    )
    .with({ verdict: P.union('fail', 'flaky', 'suspect') }, () => judgeFailing(entry, run))
    .exhaustive();
}

/** Judges an entry for which calls are set aside. */
function judgeSetAside(entry: Entry, run: Seen): Findings {
  const name = nameOf(entry);
  const own = run.faults.filter(({ known }) => known === name);
  if (own.length === 0) {
    // The calls of a fault's entry are asked in every run.
    const passes = run.verdicts.get(ruleOf(entry) ?? '') === 'pass';
    if (!run.whole && !passes) return unconcerned;
    if (entry.kind === 'flaky') return holds;
    return pointless(
      entry.about === 'fault'
        ? 'its call no longer fails like this: remove the entry'
        : 'no failing call matches it: remove the entry',
    );
  }
  const rules = [...new Set(own.map(({ rule }) => rule))];
  const unsteady = entry.kind === 'flaky' ? [] : own.filter(({ flaky }) => flaky).map(({ rule }) => rule);
  return {
    ...holds,
    excuses: rules,
    stale: [...new Set(unsteady)].map((rule) => unsteadyText(rule)),
    gone: own.every(({ rule }) => unsteady.includes(rule)),
  };
}

/** Judges an entry whose rule fails. */
function judgeFailing(entry: Entry, run: Seen): Findings {
  const id = entry.pattern;
  const own = run.faults.filter(
    ({ rule, flaky }) => rule === id && flaky === (run.verdicts.get(id) === 'flaky'),
  );
  const isUnsteady = entry.kind !== 'flaky' && run.verdicts.get(id) === 'flaky';
  const fails = entry.fails === null ? undefined : wildcard(entry.fails);
  const otherwise = own.filter(({ got }) => fails !== undefined && !got.some((one) => fails.test(one)));
  return {
    ...holds,
    excuses: [id],
    stale: [
      ...(isUnsteady ? [unsteadyText('it')] : []),
      ...otherwise.map(
        ({ got }) =>
          `it fails in another way, got ${got.join(' and ')}: check whether the reason still applies, and correct 'fails:'`,
      ),
    ],
    gone: isUnsteady,
  };
}

const unsteadyText = (rule: string): string =>
  `${rule} does not fail every time: write 'kind: flaky', and give a date with 'until:'`;
