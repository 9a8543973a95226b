import type { Call, Outcome } from '../python/call.ts';
import type { Target } from '../reference.ts';
import type { Rule } from './chapters.ts';
import type { Hello } from './features.ts';

/** What happened in a run, in its order. Every report is made of these alone. */
export type Event =
  | {
      readonly type: 'start';
      readonly suite: string;
      /** The subject's program and arguments, for a person to repeat. */
      readonly command: readonly string[];
      readonly hello: Hello;
      readonly target: Target;
      readonly seed: number;
      readonly runs: number;
      readonly rules: number;
    }
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'stderr'; readonly text: string }
  | { readonly type: 'broken'; readonly counterexample: Counterexample }
  | { readonly type: 'end'; readonly tally: Tally };

/** The smallest failure found of a rule. */
export type Counterexample = {
  readonly rule: string;
  /** The property that found it: the rule's own law, or the agreement of a chapter. */
  readonly property: string;
  readonly chapter: string;
  readonly kind: 'example' | 'law' | 'agreement';
  readonly calls: readonly Call[];
  readonly outcomes: readonly Outcome[];
  /** Which of the calls went wrong. */
  readonly failed: number;
  /** Python's notation, or words; a line each. */
  readonly expected: readonly string[];
  /** From 0 to 1, how likely it is that this rule is the one that is wrong. */
  readonly suspicion: number;
  /** It failed once, and held when it was asked again. */
  readonly flaky: boolean;
};

export type RuleVerdict = 'pass' | 'fail' | 'unsupported' | 'skipped' | 'inapplicable';

/** What a run came to. */
export type Tally = {
  readonly chapters: ReadonlyArray<{
    readonly name: string;
    readonly title: string;
    readonly rules: ReadonlyArray<{ readonly rule: Rule; readonly verdict: RuleVerdict }>;
    /** Calls that were answered. */
    readonly calls: number;
  }>;
  readonly inapplicable: number;
  /** Calls that were to be asked, counted where they were made; answered, and declined. */
  readonly planned: number;
  readonly answered: number;
  readonly skipped: ReadonlyMap<string, number>;
  /** Inputs that were left out because the subject lacks a feature. */
  readonly unsupported: ReadonlyMap<string, number>;
  readonly seconds: number;
  /** Why the run broke off, if it did. */
  readonly failure?: string;
};
