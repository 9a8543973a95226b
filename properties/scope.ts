/* What inputs are drawn for, and the calls that they make. */
import type { Call, Outcome } from '../src/python/call.ts';
import type { Platform, State } from '../src/python/interpreter.ts';
import type { Release } from '../src/python/releases.ts';

/** The interpreter that inputs are drawn for. */
export type Scope = {
  readonly release: Release;
  readonly platform: Platform;
  /** The parts of its state that a call cannot set. */
  readonly fixed: Partial<State>;
};

/** The calls of one input. */
export type Case = { readonly calls: readonly Call[] };

/** The calls of one input, and the law's judgement of their outcomes. */
export type LawCase = Case & {
  /** @throws Broken */
  judge(outcomes: readonly Outcome[]): void;
};
