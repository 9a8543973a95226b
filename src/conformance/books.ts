/*
 * Computes the result of a run from its events alone. It is a pure fold, so the events may be live or read from a file.
 */
import type { Level } from './chapters.ts';
import { added, reasonCounts } from './counts.ts';
import type {
  Event,
  Failure,
  Greeting,
  Known,
  Loss,
  Mishap,
  Problem,
  RuleLine,
  Start,
  Unsteady,
  Work,
} from './events.ts';
import type { Feature } from './features.ts';

export type RuleVerdict =
  | 'pass'
  /** The rule's own statement is false. */
  | 'fail'
  /** No rule's own statement is false, and this is the rule to look at. */
  | 'suspect'
  | 'flaky'
  | Mishap
  | 'skipped'
  | 'unsupported'
  | 'not run'
  /** The rule decides nothing in any call of the subject's domain. */
  | 'outside'
  | 'inapplicable';

export type RuleResult = RuleLine & {
  readonly verdict: RuleVerdict;
  /** The features that the inputs of its law need and the subject lacks. */
  readonly lacking: readonly string[];
  /** Why the adapter skipped calls of its law. */
  readonly reasons: readonly string[];
  /** The entry of the list of known failures that excuses it. */
  readonly excuse?: Known['excused'][number];
};

export type Score = { readonly passed: number; readonly of: number };

/** The result of a run. */
export type Tally = {
  readonly start: Start;
  /** Missing if the run ended before the hello. */
  readonly subject: Greeting | undefined;
  readonly chapters: ReadonlyArray<{
    readonly name: string;
    readonly title: string;
    /** The selected rules that apply to the subject. */
    readonly rules: readonly RuleResult[];
    /** A number of calls. */
    readonly answered: number;
  }>;
  /** The rules of all chapters. */
  readonly rules: readonly RuleResult[];
  /** Numbers of calls: `planned` = `answered` + all of `lost`. */
  readonly planned: number;
  readonly answered: number;
  readonly lost: Readonly<Partial<Record<Loss, number>>>;
  /** Why calls were skipped, and how many for each reason. */
  readonly reasons: Readonly<Partial<Record<string, number>>>;
  /** Rules with calls that the adapter skipped or reported as unsupported. */
  readonly declined: readonly string[];
  /** How many inputs were left out, by the feature that the subject lacks. */
  readonly leftOut: Readonly<Partial<Record<Feature, number>>>;
  /** One for each rule that something is wrong with, grouped by fault. The fault that explains most comes first. */
  readonly failures: readonly Failure[];
  readonly unsteady: readonly Unsteady[];
  readonly problems: readonly Problem[];
  readonly known: Known | undefined;
  /** How many rules passed, of all that are selected and apply. Known failures count as failed. */
  readonly scores: Readonly<Record<Level, Score>>;
  readonly seconds: number;
  /** Why not everything was answered: sentences without a full stop. Empty for a complete run. */
  readonly open: readonly string[];
};

/** Collects the events of a run. */
export class Books {
  private start: Start | undefined;
  private subject: Greeting | undefined;
  private readonly works: Work[] = [];
  private readonly failures: Failure[] = [];
  private readonly unsteady: Unsteady[] = [];
  private readonly problems: Problem[] = [];
  private known: Known | undefined;
  private seconds = 0;
  private stopped: string | null = 'its report has no end';

  add(event: Event): void {
    switch (event.type) {
      case 'start':
        this.start = event;
        return;
      case 'subject':
        this.subject = event;
        return;
      case 'work':
        this.works.push(event);
        return;
      case 'failure':
        this.failures.push(event);
        return;
      case 'unsteady':
        this.unsteady.push(event);
        return;
      case 'problem':
        this.problems.push(event);
        return;
      case 'known':
        this.known = event;
        return;
      case 'end':
        ({ seconds: this.seconds, stopped: this.stopped } = event);
    }
  }

  /** @throws TypeError before the first event */
  tally(): Tally {
    const { start, subject, works, known } = this;
    if (start === undefined) throw new TypeError('no run has started');
    const { failures } = this;
    const inapplicable = new Set(subject?.inapplicable);
    const outside = new Set(subject?.outside);
    const excuses = new Map(known?.excused.map((one) => [one.rule, one]));
    const verdicts = new Verdicts(works, failures, this.unsteady, this.problems);
    const rules = start.rules
      .filter(({ id }) => !inapplicable.has(id))
      .map((rule): RuleResult => {
        const excuse = excuses.get(rule.id);
        const own = verdicts.of(rule.id);
        const verdict = own === 'not run' && outside.has(rule.id) ? 'outside' : own;
        const { leftOut = {}, reasons = {} } =
          works.find((work) => work.kind === 'law' && work.rule === rule.id) ?? {};
        return {
          ...rule,
          verdict,
          lacking: Object.keys(leftOut).toSorted(),
          reasons: Object.keys(reasons),
          ...(excuse === undefined ? {} : { excuse }),
        };
      });
    const chapters = start.chapters
      .map(({ name, title }) => ({
        name,
        title,
        rules: rules.filter(({ chapter }) => chapter === name),
        answered: sum(works.filter(({ chapter }) => chapter === name).map(({ answered }) => answered)),
      }))
      .filter((chapter) => chapter.rules.length > 0);
    const counts = {
      planned: sum(works.map(({ planned }) => planned)),
      answered: sum(works.map(({ answered }) => answered)),
      lost: added(works.map(({ lost }) => lost)),
      reasons: added(
        works.map(({ reasons }) => reasons),
        reasonCounts(),
      ),
      declined: Object.keys(added(works.map(({ declined }) => declined))),
      leftOut: added(works.map(({ leftOut }) => leftOut)),
    };
    return {
      start,
      subject,
      chapters,
      rules,
      ...counts,
      failures,
      unsteady: this.unsteady,
      problems: this.problems,
      known,
      scores: { documented: scoreOf(rules, 'documented'), observed: scoreOf(rules, 'observed') },
      seconds: this.seconds,
      open: this.reasonsOpen(rules, counts),
    };
  }

  private reasonsOpen(
    rules: readonly RuleResult[],
    { planned, answered, lost, declined }: Pick<Tally, 'planned' | 'answered' | 'lost' | 'declined'>,
  ): string[] {
    const without = sum(Object.values(lost));
    const isBalanced = this.works.every(
      (work) => work.planned === work.answered + sum(Object.values(work.lost)),
    );
    const inShard = this.start!.shard !== null;
    const seen = new Set(
      this.works.filter(({ kind, inputs }) => kind === 'law' && inputs > 0).map(({ rule }) => rule),
    );
    const verdictIn =
      (...verdicts: readonly RuleVerdict[]) =>
      ({ verdict }: RuleResult): boolean =>
        verdicts.includes(verdict);
    const notRun = rules.filter(verdictIn('not run')).filter(({ id }) => !inShard || seen.has(id));
    const isAbout = (id: string): boolean => rules.some((rule) => rule.id === id);
    const undeclared = rules.filter(
      ({ id, verdict, excuse }) =>
        declined.includes(id) &&
        excuse?.kind !== 'unsupported' &&
        !((verdict === 'fail' || verdict === 'suspect') && excuse),
    );
    const isFailing = verdictIn('fail', 'flaky', 'suspect');
    const nothing = inShard
      ? answered === 0
      : !rules.some((rule) => rule.verdict === 'pass' || (isFailing(rule) && rule.excuse === undefined));
    const whatNothing = rules.some(isFailing)
      ? 'no rule was found to hold beside those that are known to fail'
      : 'no rule could be checked';
    return [
      ...(this.stopped === null ? [] : [this.stopped]),
      ...(isBalanced
        ? []
        : [`the books do not balance: ${planned} calls planned, ${answered} answered, ${without} lost`]),
      ...(nothing && this.problems.length === 0 ? [whatNothing] : []),
      ...(notRun.length === 0 ? [] : [`${rulesCounted(notRun)} not run`]),
      ...([...this.failures, ...this.unsteady].every(
        ({ rule, known }) => isAbout(rule) || this.known?.entries.includes(known ?? ''),
      )
        ? []
        : ['something failed that is about no selected rule']),
      ...(declined.every(isAbout) ? [] : ['the adapter declined calls that are about no selected rule']),
      ...(undeclared.length === 0 ? [] : [`the adapter declined calls of ${rulesCounted(undeclared)}`]),
    ];
  }
}

const rulesCounted = ({ length }: readonly unknown[]): string =>
  length === 1 ? 'one rule' : `${length} rules`;

/** @throws TypeError if the events are not a run */
export function tallyOf(events: Iterable<Event>): Tally {
  const books = new Books();
  for (const event of events) books.add(event);
  return books.tally();
}

/** Derives the verdict of each rule from the events. */
class Verdicts {
  private readonly laws: ReadonlyMap<string | null, Work>;
  private readonly failing = new Set<string>();
  private readonly suspected = new Set<string>();
  private readonly flaky = new Set<string>();
  private readonly problems = new Map<string | null, Mishap>();
  private readonly declined: ReadonlySet<string>;

  constructor(
    works: readonly Work[],
    failures: readonly Failure[],
    unsteady: readonly Unsteady[],
    problems: readonly Problem[],
  ) {
    this.laws = new Map(works.filter(({ kind }) => kind === 'law').map((work) => [work.rule, work]));
    this.declined = new Set(works.flatMap((work) => Object.keys(work.declined)));
    for (const { rule, flaky, broken } of failures) {
      (flaky ? this.flaky : broken ? this.failing : this.suspected).add(rule);
    }
    for (const { rule } of unsteady) this.flaky.add(rule);
    for (const { rule, why } of problems.toReversed()) this.problems.set(rule, why);
  }

  of(id: string): RuleVerdict {
    if (this.failing.has(id)) return 'fail';
    if (this.flaky.has(id)) return 'flaky';
    if (this.suspected.has(id)) return 'suspect';
    const problem = this.problems.get(id);
    if (problem !== undefined) return problem;
    const law = this.laws.get(id);
    if (law === undefined || (law.lost['not run'] ?? 0) > 0) return 'not run';
    if (this.declined.has(id)) {
      return law.judged === 0 && (law.lost.skipped ?? 0) === 0 ? 'unsupported' : 'skipped';
    }
    if (law.judged > 0) return law.answered === law.planned ? 'pass' : 'not run';
    return Object.keys(law.leftOut).length > 0 ? 'unsupported' : 'not run';
  }
}

function scoreOf(rules: readonly RuleResult[], level: Level): Score {
  const own = rules.filter((rule) => rule.level === level && rule.verdict !== 'outside');
  return { passed: own.filter(({ verdict }) => verdict === 'pass').length, of: own.length };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
