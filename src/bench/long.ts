/* Tests that a check's time grows no faster than its number of runs, and that its memory does not. */
import { count, grouped } from '../conformance/reports/wording.ts';
import { timedCheck, type Checking } from './checked.ts';
import { inDigits, table } from './table.ts';

/**
 * Checks with ten times as many runs each, up to the given number.
 *
 * @param tell called with progress messages
 * @returns a table
 * @throws Error if one is not conformant
 */
export async function longChecks(
  { command, runs, seed }: Checking,
  tell: (text: string) => void,
): Promise<string> {
  const rows = [['runs', 'calls', 'seconds', 'calls/s', 'greatest memory, MiB']];
  for (const some of powersUpTo(runs)) {
    tell(`a check of ${count(some, 'run')}`);
    let greatest = 0;
    const onAsk = (): void => {
      greatest = Math.max(greatest, process.memoryUsage.rss());
    };
    const { calls, seconds } = await timedCheck({ command, runs: some, seed }, { onAsk });
    const mebibytes = grouped(Math.round(greatest / 2 ** 20));
    tell(`${count(calls, 'call')} in ${inDigits(seconds)} s, ${mebibytes} MiB at most`);
    rows.push([grouped(some), grouped(calls), inDigits(seconds), inDigits(calls / seconds), mebibytes]);
  }
  return table(rows);
}

/** 10, 100, 1000 and so on below the last number, then that number. */
export function powersUpTo(last: number): number[] {
  const powers: number[] = [];
  for (let power = 10; power < last; power *= 10) powers.push(power);
  return [...powers, last];
}
