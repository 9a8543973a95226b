import fc from 'fast-check';
import type { Case } from '../../properties/index.ts';
import type { Call, Outcome } from '../python/call.ts';
import type { Judged } from './ask.ts';
import { judge } from './judge.ts';
import type { Lost, Subject } from './subjects/subject.ts';

/** A case that failed, made as small as it will go. */
export type Smallest = Judged & {
  /** It failed once, and held when it was asked again. */
  readonly flaky: boolean;
};

type Shrinking = {
  /** What the subject lacks for a case. */
  readonly missing: (one: Case) => readonly unknown[];
  /** Whether a smaller failure is one of the same rule. */
  readonly isSame: (smaller: Judged) => boolean;
  /** Told a call at which the adapter fails. */
  readonly onLost: (call: Call, lost: Lost) => void;
};

/** Looks for a smaller case that fails the same way. */
export async function shrink(
  failed: Judged,
  subject: Subject,
  { missing, isSame, onLost }: Shrinking,
): Promise<Smallest> {
  const { task, drawn } = failed;
  let smallest: Judged | undefined;
  const fails = async (one: Case): Promise<boolean> => {
    if (subject.stopped() !== null || missing(one).length > 0 || !task.wants(one)) return false;
    const replies = await subject.ask(one.calls);
    replies.forEach((reply, i) => {
      if (reply.kind === 'lost') onLost(one.calls[i]!, reply);
    });
    const outcomes = replies.filter((reply): reply is Outcome => ['return', 'raise'].includes(reply.kind));
    if (outcomes.length < replies.length) return false;
    const again = { ...failed, one, outcomes, broken: judge(one, outcomes, subject.hello.supports) };
    if (again.broken === undefined || wayOf(again) !== wayOf(failed) || !isSame(again)) return false;
    smallest = again;
    return true;
  };
  if (drawn === null) await fails(failed.one);
  else {
    // fast-check would take an exception for one more failure.
    let thrown: unknown;
    const holds = fc.asyncProperty(task.cases, async (one) => {
      try {
        return thrown !== undefined || !(await fails(one));
      } catch (error) {
        thrown = error;
        return true;
      }
    });
    const { counterexamplePath } = await fc.check(holds, { ...drawn, numRuns: 1 });
    if (thrown !== undefined) throw thrown;
    if (smallest !== undefined && counterexamplePath !== null) {
      smallest = { ...smallest, drawn: { seed: drawn.seed, path: counterexamplePath } };
    }
  }
  return { ...(smallest ?? failed), flaky: smallest === undefined && subject.stopped() === null };
}

/** How a case fails: as what, at which of its calls, and what kind of outcome stands in the place of which. */
function wayOf({ broken, outcomes }: Judged): string {
  const outcome = outcomes[broken?.call ?? 0];
  const got = outcome?.kind === 'raise' ? outcome.type : outcome?.kind;
  const expected = broken?.expected.at(-1)?.split(':')[0] ?? '';
  return `${broken?.constructor.name} ${broken?.call} ${got} ${expected.startsWith('raises') ? expected : 'a result'}`;
}
