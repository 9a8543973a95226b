/* Compares the outcomes of a subject with the reference's. */
import { differenceOf, Seen, type Difference } from '../../properties/index.ts';
import type { Answered, Call, Outcome } from '../python/call.ts';
import { sameOutcome } from '../python/compare.ts';
import type { Warning } from '../python/exceptions.ts';
import { Str } from '../python/text.ts';
import { answer, type Target } from '../reference.ts';
import type { Feature } from './features.ts';

/** Whether an outcome agrees with the reference's, as far as the subject claims to report it. */
export const holds = (
  call: Call,
  outcome: Outcome,
  target: Target,
  supports: ReadonlySet<Feature>,
): boolean => sameOutcome(asClaimed(outcome, supports), asJudged(answer(call, target)));

/** How an outcome differs from the reference's; undefined if it agrees. */
export function judge(
  call: Call,
  outcome: Outcome,
  target: Target,
  supports: ReadonlySet<Feature>,
): Difference | undefined {
  if (holds(call, outcome, target, supports)) return undefined;
  const told = asClaimed(outcome, supports);
  const { expected, record } = new Seen(call, target);
  return differenceOf(told, asJudged(expected), record, target.platform);
}

/** The expected outcome without a message that an implementation may word otherwise. */
export function asJudged(expected: Answered): Answered {
  if (expected.kind === 'return' || expected.incidental === undefined) return expected;
  const { kind, type, warnings = none } = expected;
  return { kind, type, warnings };
}

/** The outcome without what the subject does not claim to report. What it claims but left out is filled in as empty. */
export function asClaimed(outcome: Outcome, supports: ReadonlySet<Feature>): Outcome {
  if (outcome.kind !== 'return' && outcome.kind !== 'raise') return outcome;
  if (outcome.kind === 'return' && outcome.warnings === undefined && supports.has('warnings')) {
    return { kind: 'return', value: outcome.value, warnings: none };
  }
  const messages = supports.has('messages');
  const warnings = supports.has('warnings')
    ? (outcome.warnings ?? []).map(({ category, message = Str.empty }) =>
        messages ? { category, message } : { category },
      )
    : undefined;
  const told = warnings === undefined ? {} : { warnings };
  if (outcome.kind === 'return') return { kind: 'return', value: outcome.value, ...told };
  const { type, message = Str.empty } = outcome;
  return messages ? { kind: 'raise', type, message, ...told } : { kind: 'raise', type, ...told };
}

const none: readonly Warning[] = [];
