/* An adapter under examination. It is restarted after a failure, and observed more closely than in a check. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Outcome } from '../../python/call.ts';
import { toLine, type Json } from '../codec.ts';
import type { Domain } from '../domain/domain.ts';
import type { Hello } from '../features.ts';
import { greet, type Conversation, type Deadlines } from '../subjects/adapter.ts';
import type { Channel } from '../subjects/channel.ts';
import { AdapterError, NoSuchProgram } from '../subjects/subject.ts';
import type { Kind } from './kinds.ts';
import { remarkOn, type Incident } from './remarks.ts';

/** The adapter failed, and its conversation is over. */
export class Breakdown extends Error {
  override readonly name = 'Breakdown';
  /** The end of what it printed to stderr, if that may say more. */
  readonly stderr: string | undefined;

  constructor(message: string, stderr?: string) {
    super(message);
    this.stderr = stderr;
  }
}

/** This process was told to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

export type Care = {
  readonly launch: () => Promise<Channel>;
  readonly deadlines: Deadlines;
  readonly signal: AbortSignal;
  /** How long each throughput is measured, in milliseconds. */
  readonly sample?: number;
};

/** How many bytes or characters of each stream are kept. */
const kept = 64 * 1024;

/** A process, and what it has printed. */
type Life = {
  readonly channel: Channel;
  heard: Buffer;
  stderr: string;
  ended?: string;
};

export class Patient {
  readonly deadlines: Deadlines;
  readonly sample: number;
  /** Whether a name that is sent comes back in the result. */
  givesBack = true;
  /** The kinds that it declined, those whose text came back changed, and those that worked. */
  readonly declined: Kind[] = [];
  readonly altered: Kind[] = [];
  readonly fine: Kind[] = [];
  private supposed: Domain | undefined;
  private readonly care: Care;
  private life: Life | undefined;
  private talk: Conversation | undefined;
  private number = 1_000_000;
  private readonly asked = { calls: 0, milliseconds: 0 };

  constructor(care: Care) {
    this.care = care;
    this.deadlines = care.deadlines;
    this.sample = care.sample ?? 300;
    care.signal.addEventListener('abort', () => this.life?.channel.kill());
  }

  /** The average time for a call so far, in milliseconds. */
  get pace(): number {
    return this.asked.milliseconds / Math.max(1, this.asked.calls);
  }

  /**
   * The adapter's hello, which is requested if it has not been yet.
   * @throws Breakdown
   * @throws Interrupted
   */
  async meet(): Promise<Hello> {
    const { hello } = await this.conversation();
    return this.supposed === undefined ? hello : { ...hello, domain: this.supposed };
  }

  /** From now on, treats the adapter as if it had declared this domain. */
  suppose(domain: Domain): void {
    this.supposed = domain;
  }

  /**
   * Sends one message of calls.
   * @throws Breakdown
   * @throws Interrupted
   */
  async ask(calls: readonly Call[]): Promise<Outcome[]> {
    const [outcomes] = await this.askAhead([calls]);
    return outcomes!;
  }

  /**
   * Sends several messages without waiting for the replies in between.
   * @throws Breakdown
   * @throws Interrupted
   */
  async askAhead(messages: ReadonlyArray<readonly Call[]>): Promise<Outcome[][]> {
    const conversation = await this.conversation();
    const start = performance.now();
    const outcomes = await this.watched('calls', () =>
      Promise.all(
        messages.map((calls) =>
          conversation.ask(calls, calls.length === 1 ? this.deadlines.call : this.deadlines.message),
        ),
      ),
    );
    this.asked.milliseconds += performance.now() - start;
    this.asked.calls += messages.flat().length;
    return outcomes;
  }

  /**
   * Sends one message of calls with additional keys.
   * @throws Breakdown
   * @throws Interrupted
   */
  async askRaw<T>(
    calls: readonly Json[],
    more: Record<string, Json>,
    decode: (reply: Json) => T,
  ): Promise<T> {
    const { line } = await this.conversation();
    return this.watched('calls', () =>
      line.request(
        toLine({ op: 'call', seq: ++this.number, calls, ...more }),
        this.deadlines.message,
        'the calls',
        decode,
      ),
    );
  }

  /**
   * Says bye.
   * @throws Breakdown
   * @throws Interrupted
   */
  async bye(): Promise<void> {
    const { line } = await this.conversation();
    await this.watched('bye', () => line.close(this.deadlines.bye));
    this.end();
  }

  /**
   * Closes the adapter's stdin without a bye.
   * @returns how it ended; undefined if it did not end in time
   * @throws Breakdown
   * @throws Interrupted
   */
  async closeInput(): Promise<string | undefined> {
    await this.conversation();
    const { channel } = this.life!;
    channel.stdin.end();
    const how = await within(channel.ended, this.deadlines.bye);
    this.end();
    if (this.care.signal.aborted) throw new Interrupted();
    return how;
  }

  /** Ends the adapter at once. The next request restarts it. */
  end(): void {
    this.life?.channel.kill();
    this.life = undefined;
    this.talk = undefined;
  }

  private async conversation(): Promise<Conversation> {
    if (this.talk !== undefined) return this.talk;
    const life = await this.start();
    this.talk = await this.watched('hello', () =>
      greet(
        life.channel,
        (text) => {
          life.stderr = (life.stderr + text).slice(-kept);
        },
        this.deadlines,
      ),
    );
    return this.talk;
  }

  private async start(): Promise<Life> {
    try {
      const life = listened(await this.care.launch());
      this.life = life;
      if (!this.care.signal.aborted) return life;
      this.end();
      throw new Interrupted();
    } catch (error) {
      if (error instanceof NoSuchProgram) throw new Breakdown(`Started again, it failed: ${error.message}.`);
      throw error;
    }
  }

  private async watched<T>(asked: Incident['asked'], act: () => Promise<T>): Promise<T> {
    const life = this.life!;
    life.heard = Buffer.alloc(0);
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      life.channel.kill();
      // Its last output arrives when it ends.
      await within(life.channel.ended, 1000);
      this.end();
      if (this.care.signal.aborted) throw new Interrupted();
      const isMute = error.why === 'timeout' && asked === 'hello' && life.heard.length === 0;
      const remark =
        (isMute ? await this.remarkOnInput() : undefined) ??
        remarkOn({ why: error.why, asked, heard: life.heard, ended: life.ended });
      throw new Breakdown(
        [withoutReferral(error.message), ...(remark === undefined ? [] : [remark])].join(' '),
        error.why === 'crash' || life.stderr.trim() !== '' ? life.stderr : undefined,
      );
    }
  }

  /** A remark if an adapter that did not answer does so once its input ends. */
  private async remarkOnInput(): Promise<string | undefined> {
    const life = await this.start();
    const { channel } = life;
    channel.stderr.resume();
    channel.stdin.end(`${toLine({ op: 'hello', protocol: 1 })}\n`);
    const answered = new Promise<string>((resolve) => {
      channel.stdout.on('data', () => resolve('answered'));
    });
    const how = await within(answered, this.deadlines.bye);
    this.end();
    return how === undefined
      ? undefined
      : 'It did answer when its stdin was closed: it holds its replies back, or reads all of its input first. Let it flush its stdout after each line, such as by print(…, flush=True), and read line by line.';
  }
}

/** Keeps the beginning of what comes on stdout. The caller must open a line on the channel at once, to miss nothing. */
function listened(channel: Channel): Life {
  const life: Life = { channel, heard: Buffer.alloc(0), stderr: '' };
  channel.stdout.on('data', (chunk: Buffer) => {
    if (life.heard.length < kept) life.heard = Buffer.concat([life.heard, chunk.subarray(0, kept)]);
  });
  void channel.ended.then((how) => {
    life.ended = how;
  });
  return life;
}

/** A check refers to the doctor, but this is the doctor. */
const withoutReferral = (message: string): string =>
  message.replace(', or run `pycache-spec doctor`, which tries it piece by piece', '');

/** @returns undefined if the promise is not settled in time */
async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  const controller = new AbortController();
  try {
    return await Promise.race([
      promise,
      pause(milliseconds, undefined, { signal: controller.signal }).catch(() => undefined),
    ]);
  } finally {
    controller.abort();
  }
}
