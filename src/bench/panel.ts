/*
 * A panel: the inputs of one run, drawn and encoded once, and given to many subjects with the same hello. The findings
 * about a subject are those of a run, except for the smallest calls and the calls that are asked twice.
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
  /** The line that is sent to the subject. */
  readonly line: string;
  /** Whether every check uses these inputs, whatever the seed. */
  readonly fixed: boolean;
  /** The number of calls before them in the run: all, and those that were drawn. */
  readonly before: { readonly calls: number; readonly drawn: number };
};

/** An input at which a subject fails. */
export type Found = {
  readonly task: Task;
  /** The index of the input in its task. */
  readonly number: number;
  readonly fixed: boolean;
  /** The number of calls so far, including its own: all, and those that were drawn. */
  readonly calls: number;
  readonly drawn: number;
};

/** A subject that answers lines. */
export type Seat = {
  /** Replies in the order of the lines. It may be called again before it has answered. */
  ask(line: string): Promise<string>;
};

export type Panel = {
  readonly hello: Hello;
  readonly plan: Plan;
  /** In the order of a run. Each is drawn when it is first needed. */
  messages(): Iterable<Message>;
  /** The inputs at which a subject fails, in the order of the messages, by default those of a run. */
  failures(seat: Seat, messages?: Iterable<Message>): AsyncGenerator<Found>;
};

const chapters = readChapters();
const stages = ['example', 'law', 'agreement'] as const;

/** @param draw the runs and the seed, as for a run */
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

/** How many messages are sent before the first is answered. */
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
        const fixed = !batch.inputs[0]!.drawn;
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

/** Makes an iterator repeatable. Each item is produced only once. */
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

/** A reply without failures: the complete reply, and the outcomes of each input. */
type Right = { readonly reply: string; readonly own: readonly string[] };

/** Most answers of a wrong function are right, so answers that are identical to right ones are not judged again. */
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

/** The hello of an adapter. @throws AdapterError */
export async function helloOf(command: readonly string[]): Promise<Hello> {
  const { hello, line } = await greet(await startProcess(command), () => {}, deadlinesOf(20));
  await line.close(patience);
  return hello;
}

/** The time limit for all that an adapter is asked, in milliseconds. */
const patience = 300_000;

/**
 * An adapter in a seat. It must follow the protocol: errors are thrown.
 *
 * @returns the result of `use`, after the adapter has ended
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
