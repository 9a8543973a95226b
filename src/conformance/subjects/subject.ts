import type { Call, Outcome } from '../../python/call.ts';
import type { Hello } from '../features.ts';

/** What is being checked. */
export interface Subject {
  readonly hello: Hello;
  /** Answers in the order of the calls. May be asked again before it has answered. */
  ask(calls: readonly Call[]): Promise<Outcome[]>;
  /** @throws AdapterError when it does not end as it should */
  close(): Promise<void>;
}

/** The adapter crashed, timed out or broke the protocol. */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
}

/** There is no such program. */
export class NoSuchProgram extends Error {
  override readonly name = 'NoSuchProgram';
}
