/* For the tests: runs of misbehaving adapters, and what must hold of every run. */
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { answer } from '../../reference.ts';
import type { Tally } from '../books.ts';
import { decodeCall, encodeOutcome, type Json } from '../codec.ts';
import { mishaps, type Event, type Problem, type Selection, type Shard, type Work } from '../events.ts';
import { packageRoot } from '../package.ts';
import { select } from '../plan.ts';
import { run } from '../run.ts';
import { chapters, target } from '../testing.ts';
import { verdictOf, type Verdict } from '../verdict.ts';
import { deadlinesOf, type Deadlines } from './adapter.ts';
import type { Channel } from './channel.ts';
import { contain } from './contained.ts';
import { startProcess } from './process.ts';

const folder = join(packageRoot(), 'src', 'conformance', 'subjects', 'misbehaving');
/** The command of a misbehaving adapter. */
export const misbehaving = (program: string, ...args: readonly string[]): string[] => [
  process.execPath,
  join(folder, program),
  ...args,
];

export type Options = {
  readonly selection?: Selection;
  readonly runs?: number;
  readonly seed?: number;
  readonly shard?: Shard | null;
  readonly deadlines?: Partial<Deadlines>;
  readonly restarts?: number;
  readonly signal?: AbortSignal;
};

export type Checked = {
  readonly tally: Tally;
  readonly verdict: Verdict;
  readonly events: readonly Event[];
  readonly works: readonly Work[];
  readonly problems: readonly Problem[];
  /** The process ids of the adapter and of everything it started, from the lines `pid N` on stderr. */
  readonly pids: readonly number[];
  /** The number of replies of each kind, and of losses of each kind, counted independently of the run. */
  readonly replies: Readonly<Partial<Record<string, number>>>;
  /** How much it printed to stderr, in characters. */
  readonly printed: number;
};

/** Runs the engine through the protocol. */
export async function check(
  launch: () => Promise<Channel>,
  {
    selection = { chapter: 'cache-tag' },
    runs = 5,
    seed = 1,
    shard = null,
    deadlines = {},
    restarts = 2,
    signal,
  }: Options = {},
): Promise<Checked> {
  const events: Event[] = [];
  const pids: number[] = [];
  const replied: Partial<Record<string, number>> = {};
  let printed = 0;
  const tally = await run({
    chapters,
    selected: select(chapters, selection),
    selection,
    command: [],
    runs,
    seed,
    shard,
    open: async (hooks) => {
      const subject = await contain({
        launch,
        ...hooks,
        deadlines: { ...deadlinesOf(5), ...deadlines },
        restarts,
        ...(signal === undefined ? {} : { signal }),
      });
      return {
        hello: subject.hello,
        ask: async (calls) => {
          const given = await subject.ask(calls);
          for (const reply of given) {
            const kind = reply.kind === 'lost' ? reply.why : reply.kind;
            replied[kind] = (replied[kind] ?? 0) + 1;
          }
          return given;
        },
        stopped: () => subject.stopped(),
        close: () => subject.close(),
      };
    },
    emit: (event) => events.push(event),
    sign: (sign) => {
      if (sign.type !== 'stderr') return;
      printed += sign.text.length;
      if (sign.text.length > 10_000) return;
      for (const [, pid] of sign.text.matchAll(/^pid (\d+)$/gm)) pids.push(Number(pid));
    },
  });
  const works = events.filter((event) => event.type === 'work');
  return {
    tally,
    verdict: verdictOf(tally),
    events,
    works,
    problems: tally.problems,
    pids,
    replies: replied,
    printed,
  };
}

export const checkProcess = (command: readonly string[], options: Options = {}): Promise<Checked> =>
  check(() => startProcess(command), options);

const without = (lost: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(lost).reduce<number>((sum, number = 0) => sum + number, 0);

/** Checks what must hold of every run, whatever its subject does. */
export function expectSound({ tally, verdict, events, works, problems, replies }: Checked): void {
  expect([events[0]?.type, events.at(-1)?.type]).toEqual(['start', 'end']);
  expect(events.filter(({ type }) => type === 'start' || type === 'end')).toHaveLength(2);
  for (const work of works) expect(work.planned, work.property).toBe(work.answered + without(work.lost));
  expect(tally.planned).toBe(tally.answered + without(tally.lost));
  // Calls asked while shrinking are not counted.
  if (!events.some(({ type }) => type === 'failure')) {
    expect(tally.answered).toBe((replies['return'] ?? 0) + (replies['raise'] ?? 0));
    for (const why of [...mishaps, 'skipped', 'unsupported'] as const) {
      expect(tally.lost[why], why).toBe(replies[why]);
    }
  }
  for (const { id, verdict: own } of tally.rules) {
    if (own !== 'pass') continue;
    const laws = works.filter(({ kind, rule }) => kind === 'law' && rule === id);
    expect(laws, id).toHaveLength(1);
    for (const { rule, kind, planned, answered } of works) {
      if (rule === id && kind !== 'again') expect(answered, `${kind} of ${id}`).toBe(planned);
    }
  }
  if (verdict === 'conformant' || verdict === 'broken') expect(problems).toEqual([]);
  // A broken run may be incomplete as well.
  if (verdict === 'conformant') expect(tally.answered).toBe(tally.planned);
}

/** Waits until all of these processes have ended. */
export async function expectGone(pids: readonly number[]): Promise<void> {
  for (let waited = 0; pids.some(isRunning); waited += 20) {
    if (waited > 10_000) throw new Error(`still running: ${pids.filter(isRunning).join(', ')}`);
    await pause(20);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A fault and when it happens, as described in misbehaving/faults.mjs. */
export type Fault = {
  readonly fault: string;
  readonly once?: boolean;
  readonly start?: number;
  readonly message?: number;
  readonly call?: number;
  readonly path?: string;
};
export type Schedule = readonly Fault[];
type IO = {
  write(text: string | Buffer): void;
  complain(text: string): void;
  exit(code: number): void;
  hang(): void;
};
type Misbehaving = {
  readonly misbehave: (how: {
    schedule: Schedule;
    start: number;
    hello: Json;
    answers: (calls: readonly Json[]) => Json[];
    io: IO;
    fired: (index: number) => void;
    hasFired: (index: number) => boolean;
  }) => (chunk: string) => void;
} & Readonly<
  Record<'greetings' | 'replies' | 'outcomes' | 'byes' | 'harmless', Readonly<Record<string, unknown>>>
>;

export const { misbehave, greetings, replies, outcomes, byes, harmless } = (await import(
  new URL('misbehaving/faults.mjs', import.meta.url).href
)) as Misbehaving;

const { hello } = (await import(new URL('misbehaving/hello.mjs', import.meta.url).href)) as {
  readonly hello: Json;
};

export type Adapter = {
  readonly launch: () => Promise<Channel>;
  /** The names of the faults that have happened. */
  readonly fired: ReadonlySet<string>;
  readonly running: () => number;
};

/**
 * An adapter in this process that can be started any number of times.
 * @param onTurn called before each start, and before each message is answered
 */
export function inProcess(schedule: Schedule, onTurn: () => void = () => {}): Adapter {
  let [starts, running] = [0, 0];
  const happened = new Set<number>();
  const launch = async (): Promise<Channel> => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    let how = '';
    onTurn();
    running++;
    const end = (as: string): void => {
      if (how !== '') return;
      how = as;
      running--;
      stdin.destroy();
      stdout.end();
      stderr.end();
    };
    stdin.on('error', () => {});
    stdin.setEncoding('utf8').on(
      'data',
      misbehave({
        schedule,
        start: ++starts,
        hello,
        answers: (calls) => {
          onTurn();
          return calls.map((call) => encodeOutcome(answer(decodeCall(call), target)));
        },
        io: {
          write: (text) => how === '' && stdout.write(text),
          complain: (text) => how === '' && stderr.write(text),
          exit: (code) => end(`with exit code ${code}`),
          hang: () => {},
        },
        fired: (index) => happened.add(index),
        hasFired: (index) => happened.has(index),
      }),
    );
    const closed = Promise.allSettled([finished(stdout), finished(stderr)]);
    return { stdin, stdout, stderr, ended: closed.then(() => how), kill: () => end('by SIGKILL') };
  };
  return {
    launch,
    get fired() {
      return new Set([...happened].map((index) => schedule[index]!.fault));
    },
    running: () => running,
  };
}
