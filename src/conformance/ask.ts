/*
 * Sends the inputs of a list of tasks to a subject, in batches. The next batches are drawn while it answers the last
 * ones.
 */
import type { Case } from '../../properties/index.ts';
import type { Call, Outcome } from '../python/call.ts';
import { encodeCall } from './codec.ts';
import { Counts, reasonCounts } from './counts.ts';
import { batchesOf, type Batch, type Draw, type Input } from './draw.ts';
import type { Event, Loss, Work } from './events.ts';
import type { Feature } from './features.ts';
import { holds } from './judge.ts';
import type { Task } from './plan.ts';
import type { Target } from '../reference.ts';
import type { Lost, Reply, Subject } from './subjects/subject.ts';

/** Batches that may wait for their replies: enough that the subject is never idle, and few, since they are in memory. */
export const ahead = 3;
/** The longest reason for skipping that is kept, in characters. */
const longestReason = 200;

/** An input, the outcomes of its calls, and whether each outcome agrees with the reference. */
export type Judged = Input & {
  readonly outcomes: readonly Outcome[];
  readonly holding: readonly boolean[];
};

export type Asking = {
  readonly subject: Subject;
  /** The release that the subject is held to. */
  readonly target: Target;
  readonly draw: Draw;
  readonly missing: (one: Case) => readonly Feature[];
  readonly emit: (event: Event) => void;
  /** Called after each batch with the number of its inputs and of its calls. */
  readonly progress: (inputs: number, calls: number) => void;
};

/**
 * Asks the inputs of each task, until the subject stops.
 * @param judged called with each input whose calls were all answered
 */
export async function ask(
  tasks: readonly Task[],
  { subject, target, draw, missing, emit, progress }: Asking,
  judged: (result: Judged) => void,
): Promise<void> {
  const waiting: Array<() => Promise<void> | void> = [];
  for (const task of tasks) {
    if (subject.stopped() !== null) break;
    const account = new Account(task, emit);
    if (task.untold.length > 0) account.leaveOut(task.untold);
    else {
      for (const batch of batchesOf(task, draw, missing)) {
        account.plan(batch);
        if (subject.stopped() !== null) {
          account.lose('not run', batch.calls.length);
          break;
        }
        const replies = subject.ask(batch.calls);
        // The replies are awaited later. Until then, a rejection must not count as unhandled.
        replies.catch(() => {});
        waiting.push(async () => {
          account.receive(batch, await replies, subject, target, judged);
          progress(batch.drawn, batch.calls.length);
        });
        while (waiting.length >= ahead) await waiting.shift()!();
      }
    }
    waiting.push(() => account.close());
  }
  for (const receive of waiting) await receive();
}

/** Counts what is planned, answered and lost in one task. */
export class Account {
  private readonly task: Task;
  private readonly emit: (event: Event) => void;
  private readonly told = new Set<string>();
  private inputs = 0;
  private judged = 0;
  private planned = 0;
  private answered = 0;
  private readonly lost = new Counts<Loss>();
  private readonly reasons = reasonCounts();
  private readonly declined = new Counts();
  private readonly leftOut = new Counts<Feature>();

  constructor(task: Task, emit: (event: Event) => void) {
    this.task = task;
    this.emit = emit;
  }

  leaveOut(features: readonly Feature[]): void {
    for (const feature of features) this.leftOut.add(feature);
  }

  plan({ drawn, calls, leftOut }: Pick<Batch, 'drawn' | 'calls' | 'leftOut'>): void {
    this.inputs += drawn;
    this.planned += calls.length;
    this.leaveOut(leftOut);
  }

  lose(why: Loss, calls = 1): void {
    this.lost.add(why, calls);
  }

  /** Records the replies of a batch, and judges each input whose calls were all answered. */
  receive(
    { inputs }: Pick<Batch, 'inputs'>,
    replies: readonly Reply[],
    { hello }: Subject,
    target: Target,
    judged: (result: Judged) => void,
  ): void {
    let place = 0;
    for (const { task, one, number, drawn, again } of inputs) {
      const outcomes: Outcome[] = [];
      for (const call of one.calls) {
        const reply = replies[place++]!;
        if (this.book(call, reply)) outcomes.push(reply);
      }
      if (outcomes.length < one.calls.length) continue;
      this.judged++;
      const holding = outcomes.map((outcome, i) => holds(one.calls[i]!, outcome, target, hello.supports));
      judged({ task, one, number, drawn, again, outcomes, holding });
    }
  }

  /** @returns whether the reply is an outcome */
  private book(call: Call, reply: Reply): reply is Outcome {
    switch (reply.kind) {
      case 'return':
      case 'raise':
        this.answered++;
        return true;
      case 'lost':
        this.lose(reply.why);
        if (reply.why !== 'not run') this.tell(call, reply);
        return false;
      case 'error':
        // A subject turns such a reply into a lost one.
        this.lose('error');
        return false;
      case 'skipped':
      case 'unsupported':
        this.lose(reply.kind);
        this.declined.add(this.ruleOf(call));
        this.because(reply.kind === 'skipped' ? reply.reason : `unsupported: ${reply.feature}`);
        return false;
    }
  }

  private because(text: string): void {
    this.reasons.add(text.length > longestReason ? `${text.slice(0, longestReason)}…` : text);
  }

  /** Reports a failure of the adapter, once for each rule and kind of failure. */
  tell(call: Call, { why, text, stderr }: Exclude<Lost, { why: 'not run' }>): void {
    const rule = this.ruleOf(call);
    const key = `${why} ${rule}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.emit({ type: 'problem', why, text, call: encodeCall(call), rule, stderr });
  }

  private ruleOf(call: Call): string {
    return this.task.ruleOf(call) ?? '';
  }

  close(): void {
    const { name, kind, place, chapter, rule } = this.task;
    const { inputs, judged, planned, answered, lost, reasons, declined, leftOut } = this;
    const work: Work = {
      type: 'work',
      property: name,
      place,
      kind,
      chapter,
      rule,
      inputs,
      judged,
      planned,
      answered,
      lost: lost.record(),
      reasons: reasons.record(),
      declined: declined.record(),
      leftOut: leftOut.record(),
    };
    this.emit(work);
  }
}
