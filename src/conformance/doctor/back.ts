/* Which part of an argument comes back in an outcome. */
import type { Outcome } from '../../python/call.ts';
import { Str, str } from '../../python/text.ts';

/**
 * Text that any sensible implementation gives back: in the returned path, in an error's message, or as the type of an
 * exception.
 */
export type Back = { readonly in: 'path' | 'message' | 'type'; readonly text: Str };

/** The text of an outcome in which something should come back; undefined if the outcome has no such text. */
export function answeredIn(where: Back['in'], outcome: Outcome): Str | undefined {
  if (where === 'path')
    return outcome.kind === 'return' && outcome.value instanceof Str ? outcome.value : undefined;
  if (outcome.kind !== 'raise') return undefined;
  return where === 'type' ? str(outcome.type) : outcome.message;
}
