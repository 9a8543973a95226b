import fc from 'fast-check';
import type { Case } from '../../properties/index.ts';
import type { Judged } from './ask.ts';
import type { Books } from './books.ts';
import { judge } from './judge.ts';
import type { Subject } from './subjects/subject.ts';

/** A case that failed, made as small as it will go. */
export type Smallest = Judged & {
  /** It failed once, and held when it was asked again. */
  readonly flaky: boolean;
};

/** Looks for a smaller case that fails the same way. */
export async function shrink(failed: Judged, subject: Subject, books: Books): Promise<Smallest> {
  const { work, seed, index } = failed.source;
  let smallest: Judged | undefined;
  const fails = async (one: Case): Promise<boolean> => {
    if (books.missing(one).length > 0 || !work.wants(one)) return false;
    const outcomes = await subject.ask(one.calls);
    if (!outcomes.every(({ kind }) => kind === 'return' || kind === 'raise')) return false;
    const again = { ...failed, one, outcomes, broken: judge(one, outcomes, books.supports) };
    if (again.broken === undefined || wayOf(again) !== wayOf(failed)) return false;
    smallest = again;
    return true;
  };
  if (seed === undefined) await fails(failed.one);
  else {
    // fast-check would take an exception for one more failure.
    let thrown: unknown;
    const holds = fc.asyncProperty(work.cases, async (one) => {
      try {
        return thrown !== undefined || !(await fails(one));
      } catch (error) {
        thrown = error;
        return true;
      }
    });
    await fc.check(holds, { seed, path: String(index), numRuns: 1 });
    if (thrown !== undefined) throw thrown;
  }
  return { ...(smallest ?? failed), flaky: smallest === undefined };
}

/** How a case fails: at which of its calls, and what kind of outcome stands in the place of which. */
function wayOf({ broken, outcomes }: Judged): string {
  const outcome = outcomes[broken?.call ?? 0];
  const got = outcome?.kind === 'raise' ? outcome.type : outcome?.kind;
  const expected = broken?.expected.at(-1)?.split(':')[0] ?? '';
  return `${broken?.call} ${got} ${expected.startsWith('raises') ? expected : 'a result'}`;
}
