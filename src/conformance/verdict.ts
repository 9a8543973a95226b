import type { Tally } from './events.ts';

/** The command's exit codes. Never a count. */
export const exitCodes = {
  conformant: 0,
  broken: 1,
  usage: 2,
  incomplete: 3,
  adapter: 4,
} as const;

export type Verdict = 'conformant' | 'broken' | 'incomplete' | 'adapter';

/** What a run says of its subject. Where several hold: adapter, then incomplete, then broken. */
export function verdictOf({ chapters, planned, answered, skipped, failure }: Tally): Verdict {
  if (failure !== undefined) return 'adapter';
  const rules = chapters.flatMap((chapter) => chapter.rules);
  const declined = [...skipped.values()].reduce((sum, calls) => sum + calls, 0);
  const nothingPassed = !rules.some(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (
    answered + declined !== planned ||
    nothingPassed ||
    rules.some(({ verdict }) => verdict === 'skipped')
  ) {
    return 'incomplete';
  }
  return rules.some(({ verdict }) => verdict === 'fail') ? 'broken' : 'conformant';
}
