/* The outcome of a call as the page shows it. */
import type { Answered } from '../../../../src/python/call.ts';
import type { UnicodeVersion } from '../../../../src/python/releases.ts';
import { textSource, valueSource } from '../../../../src/python/source.ts';
import { Str } from '../../../../src/python/text.ts';
import { shown } from '../../../../src/cli/picture.ts';

export type Display = {
  readonly raised: boolean;
  /** The path that is returned, or the last line of Python's traceback. */
  readonly text: string;
  /** As Python shows them. */
  readonly warnings: readonly string[];
};

export function displayOf(outcome: Answered, unicode: UnicodeVersion): Display {
  const line = (type: string, message: Str = Str.empty): string =>
    message.isEmpty ? type : `${type}: ${brief(message, unicode)}`;
  const warnings = (outcome.warnings ?? []).map(({ category, message }) => line(category, message));
  if (outcome.kind === 'raise') return { raised: true, text: line(outcome.type, outcome.message), warnings };
  const { value } = outcome;
  return { raised: false, text: value instanceof Str ? brief(value, unicode) : valueSource(value), warnings };
}

/** A long text is shown as Python source, in which repetition is short: nobody reads thirty thousand letters. */
export const brief = (text: Str, unicode: UnicodeVersion): string =>
  text.units.length > longest ? textSource(text) : shown(text, unicode);

const longest = 2000;
