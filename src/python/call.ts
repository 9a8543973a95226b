import type { Warning } from './exceptions.ts';
import type { State } from './interpreter.ts';
import type { Str } from './text.ts';
import type { Value } from './values.ts';

/** Arguments, with the state of the interpreter that they are given to. */
export type Call = {
  readonly state: State;
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyArray<readonly [name: string, value: Value]>;
};

/** What came back of a call. `warnings` and a message are left out by a subject that does not report them. */
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
  readonly warnings?: readonly Warning[];
};
/** What an adapter says that has no answer. */
export type Declined =
  | { readonly kind: 'unsupported'; readonly feature: string }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'error'; readonly text: string };
