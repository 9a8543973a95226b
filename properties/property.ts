import type fc from 'fast-check';
import type { Call, Outcome } from '../src/python/call.ts';
import type { Platform, State } from '../src/python/interpreter.ts';
import type { Release } from '../src/python/releases.ts';
import { contrasted } from './contrast.ts';

/** The interpreter that inputs are made for. */
export type Scope = {
  readonly release: Release;
  readonly platform: Platform;
  /** The parts of its state that no call can set. */
  readonly fixed: Partial<State>;
};

/** What a property needs to be told of an outcome. */
export type Told = 'messages' | 'warnings';

/** A rule made executable: inputs whose answer is known, the calls they make, and what must hold of the outcomes. */
export type Property<I> = {
  readonly rule: string;
  /** Without it told, the property says nothing. */
  readonly needs?: readonly Told[];
  /** Its calls are long: a tenth of the inputs is drawn. */
  readonly costly?: true;
  /** All its inputs raise, so that a plain call, which does not, is asked with one in ten of them. */
  readonly raises?: true;
  /** Mostly valid inputs and raw ones, shrinking to the plain case. */
  input(scope: Scope): fc.Arbitrary<I>;
  /** Inputs that are tried every time. */
  always?(scope: Scope): Iterable<I>;
  calls(input: I, scope: Scope): readonly Call[];
  /** @throws Broken */
  holds(input: I, outcomes: readonly Outcome[], scope: Scope): void;
};

/** One input's calls, and how their outcomes are judged. */
export type Case = {
  readonly calls: readonly Call[];
  /** @throws Broken */
  judge(outcomes: readonly Outcome[]): void;
};

/** A property whose inputs are its own business. */
export type Law = {
  readonly rule: string;
  readonly needs: readonly Told[];
  /** How many of the inputs that are drawn for a property are drawn for this one. */
  readonly share: number;
  cases(scope: Scope): fc.Arbitrary<Case>;
  always(scope: Scope): Case[];
};

export function law<I>(property: Property<I>): Law {
  const caseOf = (input: I, scope: Scope): Case => ({
    calls: property.calls(input, scope),
    judge: (outcomes) => property.holds(input, outcomes, scope),
  });
  return {
    rule: property.rule,
    needs: property.needs ?? [],
    share: property.costly === true ? 0.1 : 1,
    cases: (scope) => {
      const cases = property.input(scope).map((input) => caseOf(input, scope));
      return property.raises === true ? contrasted(cases, scope) : cases;
    },
    always: (scope) => [...(property.always?.(scope) ?? [])].map((input) => caseOf(input, scope)),
  };
}
