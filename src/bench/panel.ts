/*
 * A panel: the inputs of one run, drawn and encoded once, and put to many subjects that say the same hello. What
 * it tells of a subject is what a run would tell, but for the smallest calls and the calls that are asked twice.
 */
import type { Hello } from '../conformance/features.ts';
import { planOf, type Plan, type Task } from '../conformance/plan.ts';
import { readChapters } from '../conformance/chapters.ts';
import { decodeOutcome, encodeCall, toLine, type Json } from '../conformance/codec.ts';
import { batchesOf, type Input } from '../conformance/draw.ts';
import { missingFrom } from '../conformance/features.ts';
import { judge } from '../conformance/judge.ts';
import { deadlinesOf, greet } from '../conformance/subjects/adapter.ts';
import { startProcess } from '../conformance/subjects/process.ts';
import { releaseOf } from '../python/releases.ts';

/** The inputs of one message of a run. */
export type Message = {
  readonly inputs: readonly Input[];
  /** What is written to the subject. */
  readonly line: string;
  /** Whether these inputs are tried every time, whatever the seed. */
  readonly fixed: boolean;
  /** The calls that the run asks before them: all of these, and those that were drawn. */
  readonly before: { readonly calls: number; readonly drawn: number };
};

/** An input that a subject fails at. */
export type Found = {
  readonly task: Task;
  /** Which of the task's inputs. */
  readonly number: number;
  readonly fixed: boolean;
  /** The calls asked until then, its own included: all of these, and those that were drawn. */
  readonly calls: number;
  readonly drawn: number;
};

/** Something that answers lines. */
export type Seat = {
  /** Replies in the order of the lines. May be asked again before it has answered. */
  ask(line: string): Promise<string>;
};

export type Panel = {
  readonly hello: Hello;
  readonly plan: Plan;
  /** In the order of a run, each drawn when it is first wanted. */
  messages(): Iterable<Message>;
  /** The inputs that a subject fails at, in the order of some messages: those of a run by default. */
  failures(seat: Seat, messages?: Iterable<Message>): AsyncGenerator<Found>;
};

const chapters = readChapters();
const stages = ['example', 'law', 'agreement'] as const;

/** @param draw as those of a run */
export function panelOf(hello: Hello, draw: { readonly runs: number; readonly seed: number }): Panel {
  const plan = planOf(chapters, chapters, hello);
  const messages = remembered(messagesOf(plan, hello, draw));
  const right = new Map<Message, Right>();
  return {
    hello,
    plan,
    messages,
    async *failures(seat, asked = messages()) {
      const waiting: Array<readonly [Message, Promise<string>]> = [];
      try {
        for (const message of asked) {
          waiting.push([message, seat.ask(message.line)]);
          if (waiting.length > ahead) yield* received();
        }
        while (waiting.length > 0) yield* received();
      } finally {
        await Promise.all(waiting.map(([, reply]) => reply));
      }

      async function* received(): AsyncGenerator<Found> {
        const [message, reply] = waiting.shift()!;
        yield* failuresIn(message, await reply, plan, hello, right);
      }
    },
  };
}

/** Messages that are sent before the first of them is answered. */
const ahead = 8;

function* messagesOf(
  plan: Plan,
  hello: Hello,
  draw: { readonly runs: number; readonly seed: number },
): Generator<Message> {
  const missing = missingFrom(hello, releaseOf(plan.target.version));
  let [seq, calls, drawn] = [0, 0, 0];
  for (const kind of stages) {
    for (const task of plan.tasks.filter((one) => one.kind === kind && one.untold.length === 0)) {
      for (const batch of batchesOf(task, { ...draw, shard: null }, missing)) {
        if (batch.calls.length === 0) continue;
        const fixed = batch.inputs[0]!.drawn === null;
        yield {
          inputs: batch.inputs,
          line: toLine({ op: 'call', seq: ++seq, calls: batch.calls.map(encodeCall) }),
          fixed,
          before: { calls, drawn },
        };
        calls += batch.calls.length;
        if (!fixed) drawn += batch.calls.length;
      }
    }
  }
}

/** What can be gone through again, and is made once. */
function remembered<T>(source: Iterator<T>): () => Iterable<T> {
  const known: T[] = [];
  return function* () {
    for (let i = 0; ; i++) {
      if (i === known.length) {
        const next = source.next();
        if (next.done === true) return;
        known.push(next.value);
      }
      yield known[i]!;
    }
  };
}

/** A reply to a message at which nothing fails: the whole, and the outcomes of each input. */
type Right = { readonly reply: string; readonly own: readonly string[] };

/** Most of what a wrong function answers is right: what says the same as a right reply is not judged again. */
function* failuresIn(
  message: Message,
  reply: string,
  { target }: Plan,
  { supports }: Hello,
  right: Map<Message, Right>,
): Generator<Found> {
  const model = right.get(message);
  if (reply === model?.reply) return;
  const { outcomes } = JSON.parse(reply) as { outcomes: readonly Json[] };
  const own: string[] = [];
  let [asked, failed] = [0, false];
  for (const { task, number, one } of message.inputs) {
    const answers = outcomes.slice(asked, (asked += one.calls.length));
    const text = JSON.stringify(answers);
    own.push(text);
    if (text === model?.own[own.length - 1]) continue;
    const differs = answers.some(
      (answer, i) => judge(one.calls[i]!, decodeOutcome(answer), target, supports) !== undefined,
    );
    if (!differs) continue;
    failed = true;
    yield {
      task,
      number,
      fixed: message.fixed,
      calls: message.before.calls + asked,
      drawn: message.before.drawn + (message.fixed ? 0 : asked),
    };
  }
  if (!failed && model === undefined) right.set(message, { reply, own });
}

/** What an adapter says of itself. @throws AdapterError */
export async function helloOf(command: readonly string[]): Promise<Hello> {
  const { hello, line } = await greet(await startProcess(command), () => {}, deadlinesOf(20));
  await line.close(patience);
  return hello;
}

/** Milliseconds that an adapter has for what it is asked, all in all. */
const patience = 300_000;

/**
 * An adapter in a seat. It must do as the protocol says: what goes wrong is thrown.
 *
 * @returns what `use` returns, when the adapter has ended
 */
export async function seated<T>(command: readonly string[], use: (seat: Seat) => Promise<T>): Promise<T> {
  const channel = await startProcess(command);
  const { stdin, stdout, stderr, ended } = channel;
  const waiting: Array<(line: string) => void> = [];
  let rest = '';
  stdout.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) waiting.shift()?.(line);
  });
  let said = '';
  stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-1000);
  });
  const late = setTimeout(() => channel.kill(), patience);
  const crash = ended.then((how) => {
    throw new Error(`${command.join(' ')} ended ${how}, and was asked more: ${said}`);
  });
  crash.catch(() => {});
  const ask = (line: string): Promise<string> => {
    stdin.write(`${line}\n`);
    return Promise.race([new Promise<string>((resolve) => waiting.push(resolve)), crash]);
  };
  try {
    await ask(toLine({ op: 'hello', protocol: 1 }));
    const result = await use({ ask });
    stdin.end(`${toLine({ op: 'bye' })}\n`);
    await ended;
    return result;
  } finally {
    clearTimeout(late);
    channel.kill();
  }
}
