/*
 * Asks a subject what a plan says, judges the outcomes, and tells what happens as events.
 */
import fc from 'fast-check';
import { Broken, type Case } from '../../properties/index.ts';
import type { Outcome } from '../python/call.ts';
import { Str } from '../python/text.ts';
import { packageVersion } from './package.ts';
import type { Chapter, Rule } from './chapters.ts';
import type { Counterexample, Event, RuleVerdict, Tally } from './events.ts';
import { featuresOf, type Feature, type Hello } from './features.ts';
import type { Plan, Work } from './plan.ts';
import { AdapterError, type Subject } from './subjects/subject.ts';

export type RunOptions = {
  /** Inputs drawn for each property. */
  readonly runs: number;
  /** With the same seed, and the same runs, the same inputs are drawn. */
  readonly seed: number;
  readonly command: readonly string[];
  readonly emit: (event: Event) => void;
};

/** Inputs that are drawn together and asked in one message. */
const chunkSize = 250;
/** Messages that are sent before the first of them is answered. */
const ahead = 3;

/** Runs a plan. The tally that it ends with is also in the last event. */
export async function run(
  plan: Plan,
  subject: Subject,
  { runs, seed, command, emit }: RunOptions,
): Promise<Tally> {
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
  const all = plan.works.reduce(
    (sum, work) => sum + (work.untold.length > 0 ? 0 : work.always.length + shareOf(work, runs)),
    0,
  );
  let failure: string | undefined;
  try {
    // Laws first: they know best which rule an outcome breaks.
    for (const kind of ['law', 'agreement'] as const) {
      const failures = await askAll(
        plan.works.filter((work) => work.kind === kind),
        subject,
        runs,
        seed,
        books,
        (done) => emit({ type: 'progress', done, of: all }),
      );
      for (const failed of failures) {
        const counterexample = await smallest(failed, subject, books);
        books.broken.add(counterexample.rule);
        emit({ type: 'broken', counterexample });
      }
    }
    await subject.close();
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    failure = error.message;
  }
  const tally = books.close((performance.now() - begun) / 1000, failure);
  emit({ type: 'end', tally });
  return tally;
}

/** What was asked and answered, rule by rule and chapter by chapter. */
class Books {
  readonly broken = new Set<string>();
  readonly supports: ReadonlySet<Feature>;
  readonly hello: Hello;
  private readonly plan: Plan;
  private readonly answeredIn = new Map<string, number>();
  /** Cases that were judged, and cases that were declined or left out, by rule. */
  private readonly judged = new Map<string, number>();
  private readonly declined = new Map<string, number>();
  private readonly skipped = new Map<string, number>();
  private readonly unsupported = new Map<string, number>();
  private planned = 0;
  private answered = 0;

  constructor(plan: Plan, hello: Hello) {
    this.plan = plan;
    this.hello = hello;
    this.supports = hello.supports;
  }

  /** The features without which a case cannot be asked. */
  missing(one: Case): Feature[] {
    const missing = new Set<Feature>();
    for (const call of one.calls) {
      for (const feature of featuresOf(call, this.hello.fixed)) {
        if (!this.supports.has(feature)) missing.add(feature);
      }
    }
    return [...missing];
  }

  leftOut(features: readonly string[]): void {
    for (const feature of features) count(this.unsupported, feature);
  }

  asking(calls: number): void {
    this.planned += calls;
  }

  /** Books what came back of a case; true when all its calls were answered, so that it can be judged. */
  received(work: Work, one: Case, outcomes: readonly Outcome[]): boolean {
    let complete = true;
    outcomes.forEach((outcome, i) => {
      if (outcome.kind === 'error') {
        throw new AdapterError(`The adapter failed at a call: ${outcome.text}.`);
      }
      if (outcome.kind === 'unsupported' && this.supports.has(outcome.feature as Feature)) {
        throw new AdapterError(
          `The adapter's hello supports ${outcome.feature}, and it answered call ${i + 1} of ${one.calls.length} that it does not.`,
        );
      }
      if (outcome.kind === 'return' || outcome.kind === 'raise') {
        this.answered++;
        count(this.answeredIn, work.chapter);
        return;
      }
      complete = false;
      count(this.skipped, outcome.kind === 'skipped' ? outcome.reason : `unsupported: ${outcome.feature}`);
    });
    if (work.kind === 'law') count(complete ? this.judged : this.declined, work.name);
    return complete;
  }

  close(seconds: number, failure: string | undefined): Tally {
    return {
      chapters: this.plan.chapters.map((chapter: Chapter) => ({
        name: chapter.name,
        title: chapter.title,
        rules: chapter.rules.map((rule) => ({ rule, verdict: this.verdict(rule) })),
        calls: this.answeredIn.get(chapter.name) ?? 0,
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

  private verdict({ id }: Rule): RuleVerdict {
    if (this.broken.has(id)) return 'fail';
    if (this.judged.has(id)) return 'pass';
    return this.declined.has(id) ? 'skipped' : 'unsupported';
  }
}

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** A case that failed, and how to draw it again: the seed and the index of its chunk. */
type Failed = {
  work: Work;
  one: Case;
  broken: Broken;
  outcomes: readonly Outcome[];
  seed?: number;
  index?: number;
};

/** Asks every work's cases, until the work has a failure. */
async function askAll(
  works: readonly Work[],
  subject: Subject,
  runs: number,
  seed: number,
  books: Books,
  progress: (done: number) => void,
): Promise<Failed[]> {
  const failures = new Map<Work, Failed>();
  const waiting: Array<() => Promise<void>> = [];
  let done = 0;

  for (const work of works) {
    if (work.untold.length > 0) {
      books.leftOut(work.untold);
      continue;
    }
    for (const chunk of chunksOf(work, runs, seed)) {
      if (failures.has(work)) break;
      waiting.push(askChunk(work, chunk));
      if (waiting.length >= ahead) await waiting.shift()!();
    }
  }
  for (const one of waiting) await one();
  return [...failures.values()];

  function askChunk(work: Work, { cases, seed: chunkSeed }: Chunk): () => Promise<void> {
    const asked = cases.flatMap((one, index) => {
      const missing = books.missing(one);
      books.leftOut(missing);
      return missing.length === 0 && work.wants(one) ? [{ one, index }] : [];
    });
    const calls = asked.flatMap(({ one }) => one.calls);
    books.asking(calls.length);
    const reply = calls.length === 0 ? Promise.resolve([]) : subject.ask(calls);
    // Awaited in its turn; until then a failure is not to count as unhandled.
    reply.catch(() => {});
    return async () => {
      const outcomes = await reply;
      let offset = 0;
      for (const { one, index } of asked) {
        const own = outcomes.slice(offset, offset + one.calls.length);
        offset += one.calls.length;
        if (!books.received(work, one, own)) continue;
        const broken = failures.has(work) ? undefined : judge(one, own, books.supports);
        if (broken)
          failures.set(work, {
            work,
            one,
            broken,
            outcomes: own,
            ...(chunkSeed === undefined ? {} : { seed: chunkSeed, index }),
          });
      }
      done += cases.length;
      progress(done);
    };
  }
}

type Chunk = { readonly cases: readonly Case[]; readonly seed?: number };

/** Each chunk has random numbers of its own, so that none depends on how many were drawn before. */
function* chunksOf(work: Work, runs: number, seed: number): Generator<Chunk> {
  for (let start = 0; start < work.always.length; start += chunkSize) {
    yield { cases: work.always.slice(start, start + chunkSize) };
  }
  const drawn = shareOf(work, runs);
  for (let start = 0; start < drawn; start += chunkSize) {
    const own = hash(`${seed} ${work.name} ${start}`);
    const numRuns = Math.min(chunkSize, drawn - start);
    yield { cases: fc.sample(fc.tuple(work.cases), { seed: own, numRuns }).map(([one]) => one), seed: own };
  }
}

const shareOf = ({ share }: Work, runs: number): number => Math.ceil(runs * share);

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state | 0;
}

function judge(one: Case, outcomes: readonly Outcome[], supports: ReadonlySet<Feature>): Broken | undefined {
  try {
    one.judge(outcomes.map((outcome) => asClaimed(outcome, supports)));
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

/** The outcome without what the subject does not claim to tell, and whole in what it does. */
function asClaimed(outcome: Outcome, supports: ReadonlySet<Feature>): Outcome {
  if (outcome.kind !== 'return' && outcome.kind !== 'raise') return outcome;
  const messages = supports.has('messages');
  const warnings = supports.has('warnings')
    ? (outcome.warnings ?? []).map(({ category, message = Str.empty }) =>
        messages ? { category, message } : { category },
      )
    : undefined;
  const told = warnings === undefined ? {} : { warnings };
  if (outcome.kind === 'return') return { kind: 'return', value: outcome.value, ...told };
  const { type, message = Str.empty } = outcome;
  return messages ? { kind: 'raise', type, message, ...told } : { kind: 'raise', type, ...told };
}

/** Shrinks a failure, towards one that fails the same way. */
async function smallest(failed: Failed, subject: Subject, books: Books): Promise<Counterexample> {
  const { work } = failed;
  let found: Failed | undefined;
  const again = async (one: Case): Promise<Failed | undefined> => {
    if (books.missing(one).length > 0 || !work.wants(one)) return undefined;
    const outcomes = await subject.ask(one.calls);
    const answered = outcomes.every(({ kind }) => kind === 'return' || kind === 'raise');
    const broken = answered ? judge(one, outcomes, books.supports) : undefined;
    return broken ? { work, one, broken, outcomes } : undefined;
  };
  if (failed.seed === undefined) found = await again(failed.one);
  else {
    const property = fc.asyncProperty(work.cases, async (one) => {
      const smaller = await again(one);
      if (smaller === undefined || wayOf(smaller) !== wayOf(failed)) return true;
      found = smaller;
      return false;
    });
    await fc.check(property, { seed: failed.seed, path: String(failed.index), numRuns: 1 });
  }
  const { one, broken, outcomes } = found ?? failed;
  const suspects = work.suspects(one);
  return {
    rule: suspects.find((id) => books.broken.has(id)) ?? suspects.at(-1)!,
    property: work.name,
    chapter: work.chapter,
    kind: work.kind,
    calls: one.calls,
    outcomes: outcomes.map((outcome) => asClaimed(outcome, books.supports)),
    failed: broken.call,
    expected: broken.expected,
    flaky: found === undefined,
  };
}

/** How a case fails: at which call, and with what kind of outcome in the place of which. */
function wayOf({ broken, outcomes }: Failed): string {
  const outcome = outcomes[broken.call];
  const got = outcome?.kind === 'raise' ? outcome.type : outcome?.kind;
  const expected = broken.expected.at(-1)?.split(':')[0] ?? '';
  return `${broken.call} ${got} ${expected.startsWith('raises') ? expected : 'a result'}`;
}
