/* What inputs are made for, and what they come to. */
import type { Call, Outcome } from '../src/python/call.ts';
import type { Platform, State } from '../src/python/interpreter.ts';
import type { Release } from '../src/python/releases.ts';

/** The interpreter that inputs are made for. */
export type Scope = {
  readonly release: Release;
  readonly platform: Platform;
  /** The parts of its state that no call can set. */
  readonly fixed: Partial<State>;
};

/** One input's calls. */
export type Case = { readonly calls: readonly Call[] };

/** One input's calls, and what the law says of their outcomes. */
export type LawCase = Case & {
  /** @throws Broken */
  judge(outcomes: readonly Outcome[]): void;
};
