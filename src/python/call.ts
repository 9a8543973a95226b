import type { Warning } from './exceptions.ts';
import type { State } from './interpreter.ts';
import type { Str } from './text.ts';
import type { Value } from './values.ts';

/** The specified functions, in both directions. */
export const functions = ['cache_from_source', 'source_from_cache'] as const;
export type FunctionName = (typeof functions)[number];

/** Arguments, with the state of the interpreter that is called. */
export type Call = {
  /** The function; `cache_from_source` if omitted. */
  readonly function?: 'source_from_cache';
  readonly state: State;
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyArray<readonly [name: string, value: Value]>;
};

export const functionOf = ({ function: name }: Pick<Call, 'function'>): FunctionName =>
  name ?? 'cache_from_source';

/** A call of `source_from_cache` with the path of a bytecode file. */
export const callBack = (state: State, path: Value): Call => ({
  function: 'source_from_cache',
  state,
  args: [path],
  kwargs: [],
});

/** The outcome of a call. A subject that does not report warnings or messages omits them. */
export type Outcome = Answered | Declined;
export type Answered = Returned | Raised;
export type Returned = {
  readonly kind: 'return';
  readonly value: Value;
  readonly warnings?: readonly Warning[];
};
export type Raised = {
  readonly kind: 'raise';
  readonly type: string;
  readonly message?: Str;
  /** Whether the function may just as well have another message. */
  readonly incidental?: true;
  readonly warnings?: readonly Warning[];
};
/** The reply of an adapter that has no answer. */
export type Declined =
  | { readonly kind: 'unsupported'; readonly feature: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'error'; readonly text: string };
