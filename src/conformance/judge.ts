import { Broken, type Case } from '../../properties/index.ts';
import type { Outcome } from '../python/call.ts';
import type { Warning } from '../python/exceptions.ts';
import { Str } from '../python/text.ts';
import type { Feature } from './features.ts';

/** What is wrong with a case's outcomes, if anything is. */
export function judge(
  one: Case,
  outcomes: readonly Outcome[],
  supports: ReadonlySet<Feature>,
): Broken | undefined {
  try {
    one.judge(outcomes.map((outcome) => asClaimed(outcome, supports)));
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
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
