/*
 * A subject that limits each failure to the calls that cause it. An adapter that ends, hangs or breaks the protocol is
 * restarted and sent fewer and fewer calls, until the call at fault is found. All other calls get their answers.
 */
import type { Call, Outcome } from '../../python/call.ts';
import { callSource } from '../../python/source.ts';
import type { Str } from '../../python/text.ts';
import type { Answer } from '../../python/values.ts';
import type { Mishap } from '../events.ts';
import type { Hello } from '../features.ts';
import { greet, type Conversation, type Deadlines } from './adapter.ts';
import { Bystander, type Channel, type Line } from './channel.ts';
import { AdapterError, Stopped, type Lost, type Reply, type Subject } from './subject.ts';

/** A failure of the adapter that no single call causes. */
export type Trouble = { readonly why: Mishap; readonly text: string; readonly stderr: string };

export type Containment = {
  readonly launch: () => Promise<Channel>;
  readonly onStderr: (text: string) => void;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly deadlines: Deadlines;
  /** How many times the adapter may be restarted. */
  readonly restarts: number;
  /** Ends the subject; calls that are still waiting are not run. The reason of the signal is a string. */
  readonly signal?: AbortSignal;
};

/** After this many failing calls in a row, with none answered, the rest of the message is not tried. */
const hopeless = 3;
/** The longest message, in characters. A reply may be several times as long, and must fit into a line. */
const longestMessage = 4 * 1024 * 1024;

/**
 * Starts an adapter.
 * @throws NoSuchProgram
 * @throws Stopped if the signal is aborted first
 * @throws AdapterError if its hello is wrong or missing
 */
export async function contain(options: Containment): Promise<Subject> {
  try {
    return new Contained(await begin(options), options);
  } catch (error) {
    if (error instanceof AdapterError && options.signal?.aborted === true) {
      throw new Stopped(String(options.signal.reason));
    }
    throw error;
  }
}

async function begin({ launch, onStderr, deadlines, signal }: Containment): Promise<Conversation> {
  const channel = await launch();
  const kill = (): void => channel.kill();
  if (signal?.aborted === true) kill();
  signal?.addEventListener('abort', kill);
  try {
    return await greet(channel, onStderr, deadlines);
  } finally {
    signal?.removeEventListener('abort', kill);
  }
}

const notRun: Lost = { kind: 'lost', why: 'not run' };

/** How an adapter failed on some calls. It has been restarted since. */
class Failed {
  readonly why: Mishap;
  readonly text: string;
  /** Whether it had been asked nothing before. */
  readonly fresh: boolean;
  private readonly line: Line;

  constructor({ why, message }: AdapterError, { line }: Conversation, fresh: boolean) {
    this.why = why;
    this.text = message;
    this.line = line;
    this.fresh = fresh;
  }

  get stderr(): string {
    return this.line.stderr;
  }
}

class Contained implements Subject {
  readonly hello: Hello;
  private readonly options: Containment;
  private conversation: Conversation;
  /** The failure that is being analysed; other calls wait for it. */
  private turn: Promise<unknown> = Promise.resolve();
  private over: string | null = null;
  private restarts = 0;
  /** How the adapter failed, for each failure that was reported. */
  private readonly explained: Mishap[] = [];
  /** The calls on which it failed since it last answered one. */
  private inVain = 0;
  /** A call that it has answered. */
  private witness: Call | undefined;
  /** Whether the rest of the current message is not tried. */
  private givenUp = false;
  private readonly told = new Set<string>();

  constructor(conversation: Conversation, options: Containment) {
    this.hello = conversation.hello;
    this.options = options;
    this.conversation = conversation;
    const { signal } = options;
    const end = (): void => this.stop(String(signal?.reason));
    signal?.addEventListener('abort', end);
    if (signal?.aborted === true) end();
  }

  stopped(): string | null {
    return this.over;
  }

  async ask(calls: readonly Call[]): Promise<Reply[]> {
    if (calls.length === 0) return [];
    for (let turn; turn !== this.turn; await turn) turn = this.turn;
    if (this.over !== null) return calls.map(() => notRun);
    if (calls.length > 1 && lengthOf(calls) > longestMessage) {
      const half = calls.length >> 1;
      const parts = [calls.slice(0, half), calls.slice(half)];
      return (await Promise.all(parts.map((part) => this.ask(part)))).flat();
    }
    const { conversation } = this;
    const { call, message } = this.options.deadlines;
    try {
      const outcomes = await conversation.ask(calls, calls.length === 1 ? call : message);
      return this.answered(calls, outcomes);
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      const turn = this.turn.then(() => this.recover(calls, error, conversation));
      this.turn = turn;
      return turn;
    }
  }

  async close(): Promise<void> {
    const { line } = this.conversation;
    if (this.over !== null) {
      line.kill();
      return;
    }
    try {
      await line.close(this.options.deadlines.bye);
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      // The process may be interrupted during the bye.
      if (!this.interrupted) this.tell(error.why, error.message, line.stderr);
    }
  }

  private get interrupted(): boolean {
    return this.options.signal?.aborted === true;
  }

  private stop(reason: string): void {
    this.over ??= reason;
    this.conversation.line.kill();
  }

  /** Finds the calls on which it failed, if any of these, and answers the others. */
  private async recover(
    calls: readonly Call[],
    error: AdapterError,
    conversation: Conversation,
  ): Promise<Reply[]> {
    if (this.conversation === conversation) await this.restart(conversation);
    const { call, message } = this.options.deadlines;
    let failed = new Failed(error, conversation, conversation.fresh);
    if (error instanceof Bystander) {
      if (conversation.line.idle && !this.interrupted) this.tell(failed.why, failed.text, failed.stderr);
      const replies = await this.attempt(calls, message);
      if (!(replies instanceof Failed)) return replies;
      failed = replies;
    }
    const before = this.explained.length;
    // A part of a message that hangs must not take as long as a whole message.
    const replies = await this.bisect(calls, failed.why === 'timeout' ? call : message);
    this.givenUp = false;
    if (!this.explained.slice(before).includes(failed.why)) this.tellUnsteady(failed);
    return replies;
  }

  /**
   * Asks calls in halves, and splits each half that fails again.
   * @param failed how the adapter failed when exactly these calls were asked
   */
  private async bisect(calls: readonly Call[], deadline: number, failed?: Failed): Promise<Reply[]> {
    const half = calls.length >> 1;
    if (half === 0) return this.alone(calls, failed);
    const [first, second] = [calls.slice(0, half), calls.slice(half)];
    const before = await this.attempt(first, deadline);
    if (!(before instanceof Failed)) {
      // The failure must be in the second half.
      return [...before, ...(await this.bisect(second, deadline))];
    }
    const found = await this.bisect(first, deadline, before);
    const after = await this.attempt(second, deadline);
    if (!(after instanceof Failed)) return [...found, ...after];
    return [...found, ...(await this.bisect(second, deadline, after))];
  }

  /** A call is to blame only if it fails when nothing else was asked before it. */
  private async alone(call: readonly Call[], failed?: Failed): Promise<Reply[]> {
    let last = failed;
    while (last?.fresh !== true) {
      const replies = await this.attempt(call, this.options.deadlines.call);
      if (!(replies instanceof Failed)) {
        if (last !== undefined) this.tellUnsteady(last);
        return replies;
      }
      last = replies;
    }
    const { why, text, stderr } = last;
    this.explained.push(why);
    this.inVain++;
    if (this.inVain >= hopeless) await this.giveUp();
    return [{ kind: 'lost', why, text, stderr }];
  }

  /**
   * Gives up a message, and also the adapter if it no longer answers a call that it answered before, or has answered
   * none.
   */
  private async giveUp(): Promise<void> {
    const { witness } = this;
    const alive =
      witness === undefined ? undefined : await this.attempt([witness], this.options.deadlines.call);
    if (alive === undefined || alive instanceof Failed) {
      this.stop(`the adapter failed on ${hopeless} calls in a row, and answered none`);
    }
    this.givenUp = true;
  }

  /** @returns the replies, or how the adapter failed, in which case it has been restarted */
  private async attempt(calls: readonly Call[], deadline: number): Promise<Reply[] | Failed> {
    for (;;) {
      if (this.over !== null || this.givenUp) return calls.map(() => notRun);
      const { conversation } = this;
      const { fresh, line } = conversation;
      try {
        const outcomes = await conversation.ask(
          calls,
          calls.length === 1 ? this.options.deadlines.call : deadline,
        );
        return this.answered(calls, outcomes);
      } catch (error) {
        if (!(error instanceof AdapterError)) throw error;
        if (this.interrupted) return calls.map(() => notRun);
        await this.restart(conversation);
        if (!(error instanceof Bystander)) return new Failed(error, conversation, fresh);
        // It failed before these calls were asked.
        this.tell(error.why, error.message, line.stderr);
      }
    }
  }

  private async restart(failed: Conversation): Promise<void> {
    failed.line.kill();
    if (this.over !== null) return;
    const { restarts } = this.options;
    if (this.restarts >= restarts) {
      this.stop(`the adapter had been restarted ${restarts} times (--restarts)`);
      return;
    }
    this.restarts++;
    try {
      const next = await begin(this.options);
      this.conversation = next;
      if (this.interrupted) next.line.kill();
      else if (!sameHello(next.hello, this.hello)) {
        this.tell(
          'protocol',
          'Started again, the adapter said another hello than before. Let it say the same each time.',
          next.line.stderr,
        );
        this.stop('the adapter sent a different hello after it was restarted');
      }
    } catch (error) {
      if (this.interrupted) return;
      const { message } = error as Error;
      this.tell(
        error instanceof AdapterError ? error.why : 'crash',
        `After a restart, it failed: ${message}`,
        failed.line.stderr,
      );
      this.stop('the adapter could not be restarted');
    }
  }

  private tellUnsteady({ why, text, stderr }: Failed): void {
    if (this.interrupted) return;
    this.explained.push(why);
    const steady =
      'It did not happen again when the calls were sent in smaller parts: the adapter is not deterministic, or keeps state between calls.';
    this.tell(why, this.over === null ? `${text} ${steady}` : text, stderr);
  }

  private tell(why: Mishap, text: string, stderr: string): void {
    if (this.told.has(text)) return;
    this.told.add(text);
    this.options.onTrouble({ why, text, stderr });
  }

  /** The outcomes of calls. Outcomes in which the adapter reports an error or contradicts its hello become lost. */
  private answered(calls: readonly Call[], outcomes: readonly Outcome[]): Reply[] {
    this.inVain = 0;
    this.witness = calls.at(-1);
    return outcomes.map((outcome, i) => {
      const at = (): string => shortened(callSource(calls[i]!));
      const lost = (why: Mishap, text: string): Lost => ({
        kind: 'lost',
        why,
        text,
        stderr: this.conversation.line.stderr,
      });
      if (outcome.kind === 'error') {
        return lost('error', `The adapter failed on ${at()}: ${shortened(outcome.text)}.`);
      }
      if (
        outcome.kind === 'unsupported' &&
        [...this.hello.supports].some((feature) => feature === outcome.feature)
      ) {
        const { feature } = outcome;
        return lost(
          'protocol',
          `The adapter's hello says that it supports ${feature}, but its answer to ${at()} says that it does not. Remove ${feature} from its supports, or make it answer.`,
        );
      }
      return outcome;
    });
  }
}

/** A text, cut to fit into a message. */
const shortened = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** The approximate length of calls in a message, in characters. Parts that are always short are not measured. */
function lengthOf(calls: readonly Call[]): number {
  let length = 0;
  for (const { state, args, kwargs } of calls) {
    length +=
      100 + lengthOfText(state.cacheTag) + lengthOfText(state.pycachePrefix) + lengthOfText(state.cwd);
    for (const value of args) length += lengthOfValue(value);
    for (const [, value] of kwargs) length += lengthOfValue(value);
  }
  return length;
}

const lengthOfText = (text: Str | null): number => text?.units.length ?? 0;

function lengthOfValue(value: Answer | undefined): number {
  if (value === undefined || value === null || typeof value === 'boolean') return 5;
  if (typeof value === 'bigint') return lengthOfInteger(value);
  switch (value.kind) {
    case 'str':
      return value.units.length;
    case 'float':
      return 30;
    case 'bytes':
      return 2 * value.bytes.length;
    case 'list':
    case 'tuple':
      return lengthOfAll(value.items, 20);
    case 'path':
      return lengthOfValue(value.fspath);
    case 'object':
      return lengthOfAll([value.is, value.str, value.bool, value.eq], 40);
    case 'raise':
      return 40 + lengthOfText(value.message ?? null);
    case 'sequence':
      return lengthOfAll(value.answers, 20);
  }
}

const lengthOfAll = (values: ReadonlyArray<Answer | undefined>, around: number): number =>
  values.reduce<number>((sum, one) => sum + lengthOfValue(one), around);

const isShort = (value: bigint): boolean => value < 1_000_000_000n && value > -1_000_000_000n;
/** Base 16 is fast to compute; base 10 has up to a fifth more digits. */
const lengthOfInteger = (value: bigint): number => (isShort(value) ? 10 : value.toString(16).length * 1.25);

/** Whether two hellos are the same, up to the order of the features. */
const sameHello = (a: Hello, b: Hello): boolean => {
  const told = (hello: Hello): string =>
    JSON.stringify({ ...hello, supports: [...hello.supports].toSorted() }, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
  return told(a) === told(b);
};
