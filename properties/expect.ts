import type { Answered, Outcome } from '../src/python/call.ts';
import { outcomeSource, textSource } from '../src/python/source.ts';
import type { State } from '../src/python/interpreter.ts';
import { Str, str } from '../src/python/text.ts';
import { sameOutcome, sameWarnings } from '../src/python/compare.ts';
import type { Warning } from '../src/python/exceptions.ts';

/** Thrown if a law forbids an outcome. */
export class Broken extends Error {
  override readonly name = 'Broken';
  /** The index of the case's call. */
  readonly call: number;
  /** The expected outcome, in Python's notation or in words. */
  readonly expected: readonly string[];

  constructor(call: number, ...expected: readonly string[]) {
    super(`call ${call}: expected ${expected.join(', ')}`);
    this.call = call;
    this.expected = expected;
  }
}

type Outcomes = readonly Outcome[];

/** The text that a call returned. */
export function textOf(outcomes: Outcomes, call: number): Str {
  const outcome = outcomes[call];
  if (outcome?.kind === 'return' && outcome.value instanceof Str) return outcome.value;
  throw new Broken(call, 'a str');
}

export function returns(outcomes: Outcomes, call: number, expected: Str): void {
  const outcome = outcomes[call];
  const same = outcome?.kind === 'return' && outcome.value instanceof Str && outcome.value.equals(expected);
  if (!same) throw new Broken(call, textSource(expected));
}

export function startsWith(outcomes: Outcomes, call: number, start: Str): void {
  const outcome = outcomes[call];
  const text = outcome?.kind === 'return' && outcome.value instanceof Str ? outcome.value : undefined;
  const begins = text !== undefined && text.slice(0, start.units.length).equals(start);
  if (!begins) throw new Broken(call, `starts with ${textSource(start)}`);
}

export function endsWith(outcomes: Outcomes, call: number, end: Str): void {
  const outcome = outcomes[call];
  const text = outcome?.kind === 'return' && outcome.value instanceof Str ? outcome.value : undefined;
  const ends =
    text !== undefined && text.slice(Math.max(0, text.units.length - end.units.length)).equals(end);
  if (!ends) throw new Broken(call, `ends with ${textSource(end)}`);
}

/**
 * Checks that a call returned a text that contains the cache tag followed by a dot, and so depends on the interpreter.
 */
export function holdsTag(outcomes: Outcomes, call: number, { cacheTag }: State): void {
  const tag = `${cacheTag?.units ?? ''}.`;
  const outcome = outcomes[call];
  const text = outcome?.kind === 'return' && outcome.value instanceof Str ? outcome.value.units : '';
  if (!text.includes(tag)) throw new Broken(call, `a str with ${textSource(str(tag))} in it`);
}

/** @param message the expected message, compared if the subject's messages are Python's */
export function raises(outcomes: Outcomes, call: number, type: string, message?: Str): void {
  const outcome = outcomes[call];
  const expected: Outcome = { kind: 'raise', type, ...(message === undefined ? {} : { message }) };
  const same = outcome !== undefined && sameOutcome(withoutWarnings(outcome), expected);
  if (!same) throw new Broken(call, ...outcomeSource(expected));
}

/** Checks that two calls had the same outcome, warnings included. */
export function same(outcomes: Outcomes, call: number, model: number): void {
  const expected = outcomes[model]!;
  if (!sameOutcome(outcomes[call]!, expected)) throw new Broken(call, ...likeThe(model, expected));
}

/** Checks that two calls had the same result, apart from warnings. */
export function sameResult(outcomes: Outcomes, call: number, model: number): void {
  const expected = withoutWarnings(outcomes[model]!);
  if (!sameOutcome(withoutWarnings(outcomes[call]!), expected))
    throw new Broken(call, ...likeThe(model, expected));
}

/** Checks that two calls returned the same text, apart from warnings. Neither may raise. */
export function sameText(outcomes: Outcomes, call: number, model: number): void {
  textOf(outcomes, model);
  sameResult(outcomes, call, model);
}

export function warns(outcomes: Outcomes, call: number, expected: readonly Warning[]): void {
  const outcome = outcomes[call];
  const given = outcome?.kind === 'return' || outcome?.kind === 'raise' ? outcome.warnings : [];
  if (sameWarnings(given, expected)) return;
  throw new Broken(
    call,
    expected.length === 0
      ? 'no warning'
      : expected
          .map((one) => `warns ${one.category}${one.message ? `: ${one.message.units}` : ''}`)
          .join('\n'),
  );
}

const withoutWarnings = (outcome: Outcome): Outcome => {
  if (outcome.kind === 'return') return { kind: 'return', value: outcome.value };
  if (outcome.kind !== 'raise') return outcome;
  const { kind, type, message } = outcome;
  return message === undefined ? { kind, type } : { kind, type, message };
};

const likeThe = (model: number, outcome: Outcome): string[] => [
  ...(outcome.kind === 'return' || outcome.kind === 'raise' ? outcomeSource(outcome satisfies Answered) : []),
  `(as call ${model + 1} gave)`,
];
