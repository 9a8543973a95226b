/* The words for what is wrong in a subject: failing calls, the faults behind them, and how their outcomes differ. */
import type { Difference, Part } from '../../../properties/index.ts';
import type { Call, Outcome } from '../../python/call.ts';
import type { Target } from '../../reference.ts';
import type { sayIn } from '../deciding.ts';
import type { Hello } from '../features.ts';
import type { Failing, Findings } from './findings.ts';
import type { Aspect } from './variations.ts';

/** The rule that says that the same call has the same result each time, for the function that is called. */
export const steadyRuleOf = (call: Call): string =>
  call.function === undefined ? 'call-same-result-each-time' : 'back-same-result-each-time';

/** What is wrong in a subject: one rule to look at, and the failing calls that it explains. */
export type Fault = {
  readonly rule: string;
  /** Whether the statement of `rule` is false. If not, `rule` is only the likeliest rule. */
  readonly broken: boolean;
  /** The smallest input that shows the fault: one call, or several of which the last fails. */
  readonly calls: readonly Call[];
  readonly outcomes: readonly Outcome[];
  readonly difference: Difference;
  /** The aspects that do not matter: with any other value, the call fails in the same way. */
  readonly whatever: readonly Aspect[];
  /** How many failing calls the rule accounts for. */
  readonly explains: number;
  /** Other rules whose statement is false for the same reason. */
  readonly touches: readonly Touched[];
  readonly property: string;
  /** Whether the call failed once and passed when it was asked again. */
  readonly flaky: boolean;
};

/** Whether a fault is that a call changes the result of a later one. */
export const remembers = ({ calls, flaky }: Fault): boolean => calls.length > 1 && !flaky;

export type Touched = Pick<Fault, 'rule' | 'calls' | 'outcomes' | 'difference' | 'property'>;

/** A call that was asked to find the cause of a failure, and its result. */
export type Asked = {
  readonly call: Call;
  readonly outcome: Outcome;
  readonly difference: Difference | undefined;
};

/** Asks calls. The entry of a call that the subject declines or does not support is undefined. */
export type Asking = (calls: readonly Call[]) => Promise<ReadonlyArray<Asked | undefined>>;

export type Blame = {
  readonly findings: Findings;
  readonly target: Target;
  readonly hello: Hello;
  readonly ask: Asking;
  /**
   * Asks calls of another process, in which nothing was asked before. It is undefined, or resolves to undefined, if
   * there can be none.
   */
  readonly afresh?: (calls: readonly Call[]) => Promise<ReadonlyArray<Asked | undefined> | undefined>;
  /** Whether the subject can still be asked. */
  readonly goesOn: () => boolean;
  /** A factor for all limits on what is asked and reported; 1 by default. */
  readonly patience?: number;
};

export type Say = ReturnType<typeof sayIn>;
export type Weighed = Failing & {
  readonly difference: Difference;
  readonly say: Say;
  readonly suspects: ReadonlySet<string>;
};

export const isMessageAlone = ({ difference: { parts } }: Weighed): boolean =>
  parts.size === 1 && parts.has('message');

export const meets = (some: readonly Part[] | undefined, parts: ReadonlySet<Part>): boolean =>
  some?.some((part) => parts.has(part)) === true;

/**
 * How an outcome differs, as a key: the parts, and if the kind or the exception's type is among them, what was expected
 * and what came.
 */
export function wayOf({ parts, expected, got }: Difference): string {
  const name = (outcome: Outcome): string => (outcome.kind === 'raise' ? outcome.type : outcome.kind);
  const kinds = parts.has('kind') || parts.has('type') ? ` ${name(expected)} ${name(got)}` : '';
  return `${[...parts].toSorted().join()}${kinds}`;
}

/**
 * Whether two outcomes are wrong in the same way: the same parts differ, and each wrong piece of the path is the same.
 */
export const isAlike = (a: Difference, b: Difference): boolean =>
  wayOf(a) === wayOf(b) &&
  [...a.found].every(([piece, text]) => !a.parts.has(piece) || b.found.get(piece) === text);

/** Whether both outcomes raise the same type of exception, and the second was expected to raise too. */
export const raisesAlike = ({ got: one }: Difference, { got: other, expected }: Difference): boolean =>
  expected.kind === 'raise' && one.kind === 'raise' && other.kind === 'raise' && one.type === other.type;

/** A failing call, and the calls asked while shrinking it. */
export type Found = Asked & { readonly difference: Difference; readonly trail?: readonly Asked[] };

export const isFound = (one: Asked | undefined): one is Asked & Found => one?.difference !== undefined;
