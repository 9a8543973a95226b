/* What comes back of a value. */
import type { Outcome } from '../../python/call.ts';
import { Str, str } from '../../python/text.ts';

/** What any sensible implementation gives back of it: in the path, in an error's message, or as its type. */
export type Back = { readonly in: 'path' | 'message' | 'type'; readonly text: Str };

/** The text of an outcome in which something should come back. */
export function answeredIn(where: Back['in'], outcome: Outcome): Str | undefined {
  if (where === 'path')
    return outcome.kind === 'return' && outcome.value instanceof Str ? outcome.value : undefined;
  if (outcome.kind !== 'raise') return undefined;
  return where === 'type' ? str(outcome.type) : outcome.message;
}
