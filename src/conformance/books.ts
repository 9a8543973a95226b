import type { Case } from '../../properties/index.ts';
import type { Call, Declined, Outcome } from '../python/call.ts';
import { releaseOf, type Release } from '../python/releases.ts';
import { callSource } from '../python/source.ts';
import type { Rule } from './chapters.ts';
import type { RuleVerdict, Tally } from './events.ts';
import { featuresOf, type Feature, type Hello } from './features.ts';
import type { Plan, Work } from './plan.ts';
import { AdapterError } from './subjects/subject.ts';

/** What was planned, asked and answered, rule by rule and chapter by chapter. */
export class Books {
  readonly broken = new Set<string>();
  readonly supports: ReadonlySet<Feature>;
  private readonly plan: Plan;
  private readonly hello: Hello;
  private readonly release: Release;
  private readonly answeredIn = new Map<string, number>();
  /** Of each rule's own law: cases that could be judged, and cases that the subject declined. */
  private readonly judged = new Map<string, number>();
  private readonly declined = new Map<string, number>();
  private readonly skipped = new Map<string, number>();
  private readonly unsupported = new Map<string, number>();
  private planned = 0;
  private answered = 0;

  constructor(plan: Plan, hello: Hello) {
    this.plan = plan;
    this.hello = hello;
    this.release = releaseOf(plan.target.version);
    this.supports = hello.supports;
  }

  /** The features without which a case cannot be asked. */
  missing(one: Case): Feature[] {
    const needed = one.calls.flatMap((call) => [...featuresOf(call, this.hello.fixed, this.release)]);
    return [...new Set(needed)].filter((feature) => !this.supports.has(feature));
  }

  /** Books an input that is not asked about, for want of these. */
  leftOut(features: readonly string[]): void {
    for (const feature of features) count(this.unsupported, feature);
  }

  /** Books calls before they are sent. */
  asking(calls: number): void {
    this.planned += calls;
  }

  /**
   * Books what came back of a case's calls.
   * @returns whether all were answered, so that the case can be judged
   * @throws AdapterError when the adapter says that it failed, or contradicts itself
   */
  received(work: Work, one: Case, outcomes: readonly Outcome[]): boolean {
    const complete = outcomes.every(({ kind }) => kind === 'return' || kind === 'raise');
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.kind === 'return' || outcome.kind === 'raise') {
        this.answered++;
        count(this.answeredIn, work.chapter);
      } else {
        count(this.skipped, this.reasonOf(one.calls[i]!, outcome));
      }
    }
    if (work.kind === 'law') count(complete ? this.judged : this.declined, work.name);
    return complete;
  }

  /** @returns why a call was declined */
  private reasonOf(call: Call, outcome: Declined): string {
    if (outcome.kind === 'error')
      throw new AdapterError(`The adapter failed at ${callSource(call)}: ${outcome.text}.`);
    if (outcome.kind === 'skipped') return outcome.reason;
    if ([...this.supports].some((feature) => feature === outcome.feature)) {
      throw new AdapterError(
        `The adapter said at hello that it supports ${outcome.feature}, and at ${callSource(call)} that it does not.`,
      );
    }
    return `unsupported: ${outcome.feature}`;
  }

  close(seconds: number, failure: string | undefined): Tally {
    return {
      chapters: this.plan.chapters.map(({ name, title, rules }) => ({
        name,
        title,
        rules: rules.map((rule) => ({ rule, verdict: this.verdict(rule, failure !== undefined) })),
        calls: this.answeredIn.get(name) ?? 0,
      })),
      inapplicable: this.plan.inapplicable.length,
      planned: this.planned,
      answered: this.answered,
      skipped: this.skipped,
      unsupported: this.unsupported,
      seconds,
      ...(failure === undefined ? {} : { failure }),
    };
  }

  private verdict({ id }: Rule, brokenOff: boolean): RuleVerdict {
    if (this.broken.has(id)) return 'fail';
    if (this.judged.has(id)) return 'pass';
    return this.declined.has(id) || brokenOff ? 'skipped' : 'unsupported';
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
