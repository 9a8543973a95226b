/* Holds what a subject answered against what the reference gives. */
import { differenceOf, Seen, type Difference } from '../../properties/index.ts';
import type { Call, Outcome } from '../python/call.ts';
import { sameOutcome } from '../python/compare.ts';
import type { Warning } from '../python/exceptions.ts';
import { Str } from '../python/text.ts';
import { answer, type Target } from '../reference.ts';
import type { Feature } from './features.ts';

/** Whether an outcome is the reference's, as far as the subject tells. */
export const holds = (
  call: Call,
  outcome: Outcome,
  target: Target,
  supports: ReadonlySet<Feature>,
): boolean => sameOutcome(asClaimed(outcome, supports), answer(call, target));

/** Where it is not; undefined where it is. */
export function judge(
  call: Call,
  outcome: Outcome,
  target: Target,
  supports: ReadonlySet<Feature>,
): Difference | undefined {
  if (holds(call, outcome, target, supports)) return undefined;
  const told = asClaimed(outcome, supports);
  const { expected, record } = new Seen(call, target);
  return differenceOf(told, expected, record, target.platform);
}

/** The outcome without what the subject does not claim to tell, and whole in what it does. */
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
