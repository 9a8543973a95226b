/* A check in this process, timed from the hello to the last verdict. */
import { Writable } from 'node:stream';
import { readChapters } from '../conformance/chapters.ts';
import type { Shard } from '../conformance/events.ts';
import type { Hello } from '../conformance/features.ts';
import { run } from '../conformance/run.ts';
import { usualDeadlines } from '../conformance/subjects/adapter.ts';
import type { Channel } from '../conformance/subjects/channel.ts';
import { contain } from '../conformance/subjects/contained.ts';
import { startProcess } from '../conformance/subjects/process.ts';
import type { Reply, Subject } from '../conformance/subjects/subject.ts';
import { verdictOf } from '../conformance/verdict.ts';
import type { Call } from '../python/call.ts';

/** What to check, and the number of inputs per property. */
export type Checking = { readonly command: readonly string[]; readonly runs: number; readonly seed: number };

export type Checked = {
  readonly hello: Hello;
  readonly calls: number;
  readonly seconds: number;
  /** The seconds since the first message. */
  readonly asking: number;
};

type Around = {
  readonly launch?: () => Promise<Channel>;
  /** Called at each message. */
  readonly onAsk?: () => void;
  /** Whether to send one call per message, each after the answer to the one before. */
  readonly inLockstep?: boolean;
  readonly shard?: Shard | null;
};

const chapters = readChapters();

/** @throws Error if the subject is not conformant: failures cause more calls, which would distort the figures */
export async function timedCheck(
  { command, runs, seed }: Checking,
  { launch = () => startProcess(command), onAsk = () => {}, inLockstep = false, shard = null }: Around = {},
): Promise<Checked> {
  let calls = 0;
  let hello: Hello | undefined;
  let begun = 0;
  let asked = 0;
  let ended = 0;
  const tally = await run({
    chapters,
    selected: chapters,
    selection: {},
    command,
    runs,
    seed,
    shard,
    emit: () => {},
    open: async (hooks) => {
      const subject = await contain({ launch, deadlines: usualDeadlines, restarts: 0, ...hooks });
      hello = subject.hello;
      const ask: Subject['ask'] = inLockstep ? oneByOne(subject) : (some) => subject.ask(some);
      begun = performance.now();
      return {
        hello,
        ask: (some) => {
          asked ||= performance.now();
          calls += some.length;
          onAsk();
          return ask(some);
        },
        stopped: () => subject.stopped(),
        close: () => {
          ended = performance.now();
          return subject.close();
        },
      };
    },
  });
  const verdict = verdictOf(tally);
  if (hello === undefined || verdict !== 'conformant') {
    throw new Error(
      `a check of ${command.join(' ')} came to '${verdict}', and only what is conformant can be measured; look at it with check`,
    );
  }
  return { hello, calls, seconds: (ended - begun) / 1000, asking: (ended - asked) / 1000 };
}

function oneByOne(subject: Subject): Subject['ask'] {
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = async (calls: readonly Call[], turn: Promise<unknown>): Promise<Reply[]> => {
    await turn;
    const replies: Reply[] = [];
    for (const call of calls) replies.push(...(await subject.ask([call])));
    return replies;
  };
  return (calls) => {
    const replies = inTurn(calls, before);
    before = replies;
    return replies;
  };
}

/** The lines that a check sends: the hello, the messages of calls, the bye. */
export type Script = { readonly hello: string; readonly messages: readonly string[]; readonly bye: string };

/** Checks a command and records what it is sent. */
export async function record(
  checking: Checking,
  around: Omit<Around, 'launch'> = {},
): Promise<{ checked: Checked; script: Script }> {
  const sent: Buffer[] = [];
  const checked = await timedCheck(checking, {
    ...around,
    launch: async () => {
      const channel = await startProcess(checking.command);
      return { ...channel, stdin: noting(channel.stdin, sent) };
    },
  });
  const [hello, ...messages] = Buffer.concat(sent)
    .toString()
    .split(/(?<=\n)/);
  return { checked, script: { hello: hello!, bye: messages.pop()!, messages } };
}

/** Forwards what is written, and records it. */
const noting = (to: Writable, sent: Buffer[]): Writable =>
  new Writable({
    write(chunk: Buffer, _, done) {
      sent.push(chunk);
      to.write(chunk, done);
    },
    final(done) {
      // A process that has already exited has closed its stdin.
      to.end(() => done());
    },
  });
