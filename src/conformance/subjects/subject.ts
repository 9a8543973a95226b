import type { Call, Outcome } from '../../python/call.ts';
import type { Mishap } from '../events.ts';
import type { Hello } from '../features.ts';

/** A call without an outcome: the adapter failed on it, or was no longer asked. */
export type Lost =
  | { readonly kind: 'lost'; readonly why: Mishap; readonly text: string; readonly stderr: string }
  | { readonly kind: 'lost'; readonly why: 'not run' };
export type Reply = Outcome | Lost;

/** What is being checked. */
export interface Subject {
  readonly hello: Hello;
  /** The replies, in the order of the calls. It may be called again before it has resolved. */
  ask(calls: readonly Call[]): Promise<Reply[]>;
  /** Why the subject can no longer be asked; null if it can. */
  stopped(): string | null;
  close(): Promise<void>;
}

/** Thrown if the adapter fails. The message says how, and what to do. */
export class AdapterError extends Error {
  override readonly name: string = 'AdapterError';
  readonly why: Mishap;

  constructor(why: Mishap, message: string) {
    super(message);
    this.why = why;
  }
}

/** Thrown if the adapter was told to end before its hello. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Thrown if the program cannot be started. */
export class NoSuchProgram extends Error {
  override readonly name = 'NoSuchProgram';
}
