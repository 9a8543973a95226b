/*
 * The file format of a counterexample: what failed, and how it was found. Only the literal calls are replayed.
 */
import { createHash } from 'node:crypto';
import { decodeCall, EncodingError, fieldsOf, toLine, type Json } from './codec.ts';
import type { Counterexample, Greeting, Start } from './events.ts';

export type CounterexampleFile = Counterexample & {
  readonly format: 'pycache-spec counterexample 2';
  /** The version of the suite. */
  readonly suite: string;
  readonly seed: number;
  readonly runs: number;
  readonly subject: Pick<Greeting, 'implementation' | 'python' | 'platform' | 'target'>;
  /** The release that the run was asked to hold the subject to. */
  readonly heldTo?: string;
};

const format = 'pycache-spec counterexample 2';

/** The keys of a failure that are kept. The others only locate it in its run. */
const kept = [
  'rule',
  'broken',
  'fault',
  'parts',
  'property',
  'chapter',
  'calls',
  'outcomes',
  'failed',
  'expected',
  'whatever',
  'flaky',
] as const satisfies ReadonlyArray<keyof Counterexample>;

export const fileOf = (
  found: Counterexample,
  { suite, seed, runs, heldTo }: Start,
  { implementation, python, platform, target }: Greeting,
): CounterexampleFile => ({
  format,
  suite,
  seed,
  runs,
  subject: { implementation, python, platform, target },
  ...(heldTo === undefined ? {} : { heldTo }),
  ...(Object.fromEntries(kept.map((key) => [key, found[key]])) as Counterexample),
});

/** The file name. The same failure always has the same name. */
export const nameOf = ({ rule, calls, outcomes }: Counterexample): string =>
  `${rule}-${createHash('sha256')
    .update(toLine([calls, outcomes]))
    .digest('hex')
    .slice(0, 8)}.json`;

/** The text of the file: one key per line, in ASCII. */
export const writeCounterexample = (file: CounterexampleFile): string =>
  `{\n${Object.entries(file)
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${toLine(value as Json)}`)
    .join(',\n')}\n}\n`;

/** @throws EncodingError if the text is not a counterexample */
export function readCounterexample(text: string): CounterexampleFile {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    throw new EncodingError(`it is not JSON: ${(error as Error).message}`);
  }
  const fields = fieldsOf(json, 'a counterexample');
  if (fields['format'] !== format) throw new EncodingError(`its "format" is not "${format}"`);
  const { calls, outcomes, failed, expected, rule } = fields;
  if (!Array.isArray(calls) || calls.length === 0) throw new EncodingError('it has no list of "calls"');
  (calls as readonly Json[]).forEach(decodeCall);
  if (!Array.isArray(outcomes) || !Array.isArray(expected)) {
    throw new EncodingError('it has no lists of "outcomes" and "expected"');
  }
  if (typeof failed !== 'number' || !(failed in calls)) {
    throw new EncodingError('its "failed" is not the place of one of its calls');
  }
  if (typeof rule !== 'string') throw new EncodingError('it has no "rule"');
  return fields as unknown as CounterexampleFile;
}
