/*
 * Draws the inputs of a task in batches, and counts what is planned. It sends nothing.
 */
import * as fc from '../../properties/inputs/arbitraries.ts';
import type { Case } from '../../properties/index.ts';
import type { Call } from '../python/call.ts';
import type { Shard } from './events.ts';
import type { Feature } from './features.ts';
import type { Task } from './plan.ts';

/** How many inputs are drawn together and asked in one message. A few such messages fit into a pipe. */
const batchSize = 50;

export type Draw = {
  /** Inputs for each property. */
  readonly runs: number;
  /** The same seed and the same `runs` draw the same inputs. */
  readonly seed: number;
  readonly shard: Shard | null;
};

/** An input to ask about, and where it came from. */
export type Input = {
  readonly task: Task;
  readonly one: Case;
  /** Its index among the inputs of the task. */
  readonly number: number;
  /** Whether it was drawn, unlike an example. */
  readonly drawn: boolean;
  /** Whether it is asked a second time at the end. */
  readonly again: boolean;
};

export type Batch = {
  readonly inputs: readonly Input[];
  /** The calls of all inputs. */
  readonly calls: readonly Call[];
  /** How many inputs were drawn, including those that are not asked. */
  readonly drawn: number;
  /** The features that the subject lacks, for each input that is left out because of them. */
  readonly leftOut: readonly Feature[];
};

/** Kinds that each shard asks in full: the examples, and the calls that a shard asks a second time. */
const wholeInShards: ReadonlySet<Task['kind']> = new Set(['example', 'again']);

/** The batches of a task, or in a shard only the shard's own. */
export function* batchesOf(
  task: Task,
  { runs, seed, shard }: Draw,
  missing: (one: Case) => readonly Feature[],
): Generator<Batch> {
  let count = 0;
  const isOwn = (): boolean =>
    shard === null || wholeInShards.has(task.kind) || (task.place + count) % shard.of === shard.index - 1;
  let first = 0;
  const batch = (cases: readonly Case[], drawn: boolean): Batch => {
    const isSampled = !wholeInShards.has(task.kind) && isAmongFew(count);
    const inputs: Input[] = [];
    const calls: Call[] = [];
    const leftOut: Feature[] = [];
    for (const [i, one] of cases.entries()) {
      const lacking = missing(one);
      leftOut.push(...lacking);
      if (lacking.length > 0 || !task.wants(one)) continue;
      inputs.push({ task, one, number: first + i, drawn, again: isSampled && inputs.length === 0 });
      calls.push(...one.calls);
    }
    return { inputs, calls, drawn: cases.length, leftOut };
  };
  for (; first < task.always.length; first += batchSize) {
    if (isOwn()) yield batch(task.always.slice(first, first + batchSize), false);
    count++;
  }
  const total = drawnOf(task, runs);
  for (let start = 0; start < total; start += batchSize) {
    first = task.always.length + start;
    if (isOwn()) {
      // Each batch has its own random numbers, so that none depends on how many were drawn before it.
      const own = hash(`${seed} ${task.name} ${start}`);
      const numRuns = Math.min(batchSize, total - start);
      yield batch(sampled(task, own, numRuns), true);
    }
    count++;
  }
}

/** How many times inputs are redrawn, at most, when some have nothing inside the subject's domain. */
const mostDraws = 12;

function sampled(task: Task, seed: number, numRuns: number): Case[] {
  const found: Case[] = [];
  for (let draw = 0; draw < mostDraws && found.length < numRuns; draw++) {
    for (const [one] of fc.sample(fc.tuple(task.cases), { seed: (seed + draw) | 0, numRuns })) {
      const near = task.inside(one);
      if (near !== undefined && found.length < numRuns) found.push(near);
    }
  }
  return found;
}

/** The number of inputs of a task; approximate in a shard. */
export const inputsOf = (task: Task, { runs, shard }: Draw): number =>
  task.untold.length > 0
    ? 0
    : Math.ceil(
        (task.always.length + drawnOf(task, runs)) / (wholeInShards.has(task.kind) ? 1 : (shard?.of ?? 1)),
      );

const drawnOf = ({ share }: Task, runs: number): number => Math.ceil(runs * share);

/** Few batches of a long run are sampled, so that little is kept for asking again. */
const isAmongFew = (count: number): boolean => count < 2 || Number.isInteger(Math.log2(count));

/** The FNV-1a hash of a text, as a signed 32-bit integer. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state | 0;
}
