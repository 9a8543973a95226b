/*
 * Asks a subject what a plan says, and tells what happens as events.
 */
import { rulesThatDecide } from '../reference.ts';
import { ask, inputsOf, type Judged } from './ask.ts';
import { Books } from './books.ts';
import type { Counterexample, Event, Tally } from './events.ts';
import { asClaimed } from './judge.ts';
import { packageVersion } from './package.ts';
import type { Plan, Work } from './plan.ts';
import { shrink } from './shrink.ts';
import { AdapterError, type Subject } from './subjects/subject.ts';
import { Suspicion } from './suspicion.ts';

export type RunOptions = {
  /** Inputs drawn for each property. */
  readonly runs: number;
  /** With the same seed, and the same runs, the same inputs are drawn. */
  readonly seed: number;
  /** The subject's program and arguments, for the reports. */
  readonly command: readonly string[];
  readonly emit: (event: Event) => void;
};

/** Runs a plan to its end, and ends the subject. The tally is that of the last event. */
export async function run(plan: Plan, subject: Subject, options: RunOptions): Promise<Tally> {
  const { runs, seed, command, emit } = options;
  const begun = performance.now();
  const books = new Books(plan, subject.hello);
  emit({
    type: 'start',
    suite: packageVersion(),
    command,
    hello: subject.hello,
    target: plan.target,
    seed,
    runs,
    rules: plan.chapters.flatMap(({ rules }) => rules).length,
  });
  let failure: string | undefined;
  try {
    await askInStages(plan, subject, books, options);
    await subject.close();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    failure = error.message;
    // It may be running still, when what failed is what it said.
    await subject.close().catch(() => {});
  }
  const tally = books.close((performance.now() - begun) / 1000, failure);
  emit({ type: 'end', tally });
  return tally;
}

/**
 * First the examples, which tell where to look; then the laws, each of which speaks of one rule; then what
 * they leave open, by agreement with the reference.
 */
async function askInStages(plan: Plan, subject: Subject, books: Books, options: RunOptions): Promise<void> {
  const { runs, emit } = options;
  const of = plan.works.reduce((sum, work) => sum + inputsOf(work, runs), 0);
  let done = 0;
  const stage = (kind: Work['kind'], judged: (result: Judged) => boolean): Promise<void> =>
    ask(
      plan.works.filter((work) => work.kind === kind),
      subject,
      books,
      options,
      judged,
      (inputs) => emit({ type: 'progress', done: (done += inputs), of }),
    );

  const suspicion = new Suspicion();
  const failedExamples: Judged[] = [];
  await stage('example', (result) => {
    suspicion.add(rulesThatDecide(result.one.calls[0]!, plan.target), result.broken !== undefined);
    if (result.broken) failedExamples.push(result);
    return true;
  });

  const report = async (failures: readonly Judged[]): Promise<void> => {
    for (const failed of failures) {
      const { source, one, outcomes, broken, flaky } = await shrink(failed, subject, books);
      const suspects = source.work.suspects(one);
      const rule = suspicion.likeliest(suspects);
      const isKnown = (id: string): boolean => books.broken.has(id);
      // What a law has found out already needs no second proof.
      if (
        source.work.kind !== 'law' &&
        (isKnown(rule) || (suspicion.of(rule) === 0 && suspects.some(isKnown)))
      ) {
        continue;
      }
      books.broken.add(rule);
      const counterexample: Counterexample = {
        rule,
        property: source.work.name,
        chapter: source.work.chapter,
        kind: source.work.kind,
        calls: one.calls,
        outcomes: outcomes.map((outcome) => asClaimed(outcome, books.supports)),
        failed: broken!.call,
        expected: broken!.expected,
        suspicion: suspicion.of(rule),
        flaky,
      };
      emit({ type: 'broken', counterexample });
    }
  };

  for (const kind of ['law', 'agreement'] as const) {
    const failures: Judged[] = [];
    await stage(kind, (result) => {
      if (result.broken) failures.push(result);
      return result.broken === undefined;
    });
    await report(failures);
    if (kind === 'law') await report(failedExamples);
  }
}
