import type { Call, Outcome } from '../../python/call.ts';
import type { Mishap } from '../events.ts';
import type { Hello } from '../features.ts';

/** A call that has no outcome: the adapter failed at it, or was not asked any more. */
export type Lost =
  | { readonly kind: 'lost'; readonly why: Mishap; readonly text: string; readonly stderr: string }
  | { readonly kind: 'lost'; readonly why: 'not run' };
export type Reply = Outcome | Lost;

/** What is being checked. */
export interface Subject {
  readonly hello: Hello;
  /** Replies in the order of the calls. May be asked again before it has answered. */
  ask(calls: readonly Call[]): Promise<Reply[]>;
  /** Why it will not be asked any more, if that is so. */
  stopped(): string | null;
  /** Ends it. */
  close(): Promise<void>;
}

/** The adapter failed. Its message says how, and what to do. */
export class AdapterError extends Error {
  override readonly name: string = 'AdapterError';
  readonly why: Mishap;

  constructor(why: Mishap, message: string) {
    super(message);
    this.why = why;
  }
}

/** It was told to end before it had said hello. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** There is no such program. */
export class NoSuchProgram extends Error {
  override readonly name = 'NoSuchProgram';
}
