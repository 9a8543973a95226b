/*
 * Compares the speed of the reference with that of a Python's own function, on the same calls. Only the function is
 * timed: the arguments are ready, and the interpreter's state is given or set.
 */
import { join } from 'node:path';
import { adapterPath } from '../cli/adapter.ts';
import { decodeCall, toLine, type Json } from '../conformance/codec.ts';
import { packageRoot } from '../conformance/package.ts';
import { answer, type Target } from '../reference.ts';
import { openPipe, type Pipe } from './pipe.ts';

/** The number of calls that are timed together. */
const together = 1000;

/** Calls as text, so that they do not burden the garbage collector while others are measured. */
export type Calls = { readonly number: number; readonly lines: readonly string[] };

export function asLines(calls: readonly Json[]): Calls {
  const lines: string[] = [];
  for (let first = 0; first < calls.length; first += together) {
    lines.push(`${toLine(calls.slice(first, first + together))}\n`);
  }
  return { number: calls.length, lines };
}

/** Seconds for all calls. */
export type Compared = { readonly reference: number; readonly own: number };

type Timed = { readonly seconds: number; readonly raised: number };

export type Functions = {
  /**
   * Times both, alternately.
   * @throws Error if they do not raise equally often, because then they did different work
   */
  compare(calls: Calls): Promise<Compared>;
  close(): Promise<void>;
};

/** @param target the release and platform of the Python */
export async function openFunctions(python: string, target: Target): Promise<Functions> {
  const script = join(packageRoot(), 'src', 'bench', 'own.py');
  const pipe = await openPipe([python, '-I', script, adapterPath('python')!], true);
  return {
    async compare({ lines }) {
      let [reference, own] = [0, 0];
      for (const line of lines) {
        const ours = timeReference(line, target);
        const theirs = await timeOwn(line, pipe);
        if (ours.raised !== theirs.raised) {
          throw new Error(
            `the reference raised at ${ours.raised} calls, and Python at ${theirs.raised} of the same: look at it with check`,
          );
        }
        reference += ours.seconds;
        own += theirs.seconds;
      }
      return { reference, own };
    },
    close: () => pipe.close(),
  };
}

/** Includes creating the objects of the calls, which is not timed for Python. */
function timeReference(line: string, target: Target): Timed {
  // Recreated, so that nothing is cached from an earlier pass.
  const calls = (JSON.parse(line) as Json[]).map(decodeCall);
  let raised = 0;
  const begun = performance.now();
  for (const call of calls) if (answer(call, target).kind === 'raise') raised++;
  return { seconds: (performance.now() - begun) / 1000, raised };
}

async function timeOwn(line: string, pipe: Pipe): Promise<Timed> {
  const [seconds, raised] = JSON.parse(await pipe.ask(line, 1)) as [number, number];
  return { seconds, raised };
}
