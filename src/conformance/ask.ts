/*
 * Asks a subject the cases of some works, in chunks: the next ones are drawn while it answers the last.
 */
import fc from 'fast-check';
import type { Broken, Case } from '../../properties/index.ts';
import type { Outcome } from '../python/call.ts';
import type { Books } from './books.ts';
import { judge } from './judge.ts';
import type { Work } from './plan.ts';
import type { Subject } from './subjects/subject.ts';

/** Inputs that are drawn together and asked in one message. */
const chunkSize = 250;
/** Messages that are sent before the first of them is answered. */
const ahead = 3;

/** Where a case came from: enough to draw it again, and to shrink it. Examples have no seed. */
export type Source = { readonly work: Work; readonly seed?: number; readonly index: number };
export type Judged = {
  readonly source: Source;
  readonly one: Case;
  readonly outcomes: readonly Outcome[];
  readonly broken: Broken | undefined;
};

/**
 * @param judged told each case that was judged; when it says false, no more of that work are asked
 * @param progress told how many inputs are done
 */
export async function ask(
  works: readonly Work[],
  subject: Subject,
  books: Books,
  { runs, seed }: { runs: number; seed: number },
  judged: (result: Judged) => boolean,
  progress: (inputs: number) => void,
): Promise<void> {
  const enough = new Set<Work>();
  const waiting: Array<() => Promise<void>> = [];
  for (const work of works) {
    if (work.untold.length > 0) {
      books.leftOut(work.untold);
      continue;
    }
    for (const chunk of chunksOf(work, runs, seed)) {
      if (enough.has(work)) break;
      waiting.push(send(work, chunk));
      if (waiting.length >= ahead) await waiting.shift()!();
    }
  }
  for (const receive of waiting) await receive();

  /** Sends a chunk, and gives what receives and judges its answers. */
  function send(work: Work, { cases, seed: own }: Chunk): () => Promise<void> {
    const asked = cases.flatMap((one, index) => {
      const missing = books.missing(one);
      books.leftOut(missing);
      return missing.length === 0 && work.wants(one) ? [{ one, index }] : [];
    });
    const calls = asked.flatMap(({ one }) => one.calls);
    books.asking(calls.length);
    const reply = calls.length === 0 ? Promise.resolve([]) : subject.ask(calls);
    // It is awaited in its turn; until then a failure is not to count as unhandled.
    reply.catch(() => {});
    return async () => {
      const answers = await reply;
      let offset = 0;
      for (const { one, index } of asked) {
        const outcomes = answers.slice(offset, offset + one.calls.length);
        offset += one.calls.length;
        if (!books.received(work, one, outcomes) || enough.has(work)) continue;
        const broken = judge(one, outcomes, books.supports);
        const source = { work, index, ...(own === undefined ? {} : { seed: own }) };
        if (!judged({ source, one, outcomes, broken })) enough.add(work);
      }
      progress(cases.length);
    };
  }
}

type Chunk = { readonly cases: readonly Case[]; readonly seed?: number };

/** Each chunk has random numbers of its own, so that none depends on how many were drawn before. */
function* chunksOf(work: Work, runs: number, seed: number): Generator<Chunk> {
  for (let start = 0; start < work.always.length; start += chunkSize) {
    yield { cases: work.always.slice(start, start + chunkSize) };
  }
  const drawn = drawnOf(work, runs);
  for (let start = 0; start < drawn; start += chunkSize) {
    const own = hash(`${seed} ${work.name} ${start}`);
    const numRuns = Math.min(chunkSize, drawn - start);
    yield { cases: fc.sample(fc.tuple(work.cases), { seed: own, numRuns }).map(([one]) => one), seed: own };
  }
}

const drawnOf = ({ share }: Work, runs: number): number => Math.ceil(runs * share);

/** How many inputs a work has. */
export const inputsOf = (work: Work, runs: number): number =>
  work.untold.length > 0 ? 0 : work.always.length + drawnOf(work, runs);

/** FNV-1a. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  return state | 0;
}
