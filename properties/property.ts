import type fc from 'fast-check';
import { functionOf, type Call, type FunctionName, type Outcome } from '../src/python/call.ts';
import { contrasted } from './contrast.ts';
import type { Difference, Part } from './parts.ts';
import type { LawCase, Scope } from './scope.ts';
import type { Seen } from './seen.ts';

/** What an adapter must report for a property to apply. */
export type Told = 'messages' | 'warnings';

/**
 * A rule as a predicate: the parts of a call's outcome that it decides, none if it does not concern the call. A rule
 * decides a part if some change of that rule alone would change that part.
 */
export type Decides = (seen: Seen) => readonly Part[];

/** Whether a rule's statement is false of an outcome that differs in parts that the rule decides. */
export type Forbids = (difference: Difference, seen: Seen) => boolean;

/** Whether a rule's statement is still true, because the difference cannot result from it. */
export type Allows = (difference: Difference, seen: Seen) => boolean;

/**
 * A call with the same result in the parts that the rule decides. If the twin holds and the call does not, the rule is
 * broken.
 */
export type Twin = (seen: Seen) => Call | undefined;

/**
 * A plainer call about which the rule says no less. If it holds, something other than the rule is wrong with the call.
 */
export type Control = (seen: Seen) => Call | undefined;

/**
 * What a rule says about a call. If nothing else is given, its statement is false of any difference in a part that it
 * decides.
 */
export type Statement =
  | Decides
  | {
      readonly decides: Decides;
      readonly forbids?: Forbids;
      readonly allows?: Allows;
      readonly twin?: Twin;
      readonly control?: Control;
    };

/**
 * A rule in executable form: inputs whose answer is known, the calls that they make, and what must hold of the
 * outcomes.
 */
export type Property<I> = {
  readonly rule: string;
  readonly says: Statement;
  /** The property applies only if the adapter reports all of these. */
  readonly needs?: readonly Told[];
  /** Its calls are long: only a tenth of the inputs are drawn. */
  readonly costly?: true;
  /** All its inputs raise. One in ten gets an additional plain call, which does not raise. */
  readonly raises?: true;
  /** Mostly valid inputs and some raw ones. They shrink towards the plain case. */
  input(scope: Scope): fc.Arbitrary<I>;
  /** Inputs that every check uses. */
  always?(scope: Scope): Iterable<I>;
  calls(input: I, scope: Scope): readonly Call[];
  /** @throws Broken */
  holds(input: I, outcomes: readonly Outcome[], scope: Scope): void;
};

/** A property with the type of its inputs hidden. */
export type Law = {
  readonly rule: string;
  /** The function that it is about. It says nothing about calls of the other. */
  readonly function: FunctionName;
  readonly decides: Decides;
  readonly forbids: Forbids | undefined;
  readonly allows: Allows | undefined;
  readonly twin: Twin | undefined;
  readonly control: Control | undefined;
  readonly needs: readonly Told[];
  /** The share of the runs per property that this one gets. */
  readonly share: number;
  cases(scope: Scope): fc.Arbitrary<LawCase>;
  always(scope: Scope): LawCase[];
};

export function law<I>(property: Property<I>, name: FunctionName = 'cache_from_source'): Law {
  const decides = typeof property.says === 'function' ? property.says : property.says.decides;
  const caseOf = (input: I, scope: Scope): LawCase => ({
    calls: property.calls(input, scope),
    judge: (outcomes) => property.holds(input, outcomes, scope),
  });
  return {
    rule: property.rule,
    function: name,
    decides: (seen) => (functionOf(seen.call) === name ? decides(seen) : none),
    forbids: typeof property.says === 'function' ? undefined : property.says.forbids,
    allows: typeof property.says === 'function' ? undefined : property.says.allows,
    twin: typeof property.says === 'function' ? undefined : property.says.twin,
    control: typeof property.says === 'function' ? undefined : property.says.control,
    needs: property.needs ?? [],
    share: property.costly === true ? 0.1 : 1,
    cases: (scope) => {
      const cases = property.input(scope).map((input) => caseOf(input, scope));
      return property.raises === true ? contrasted(cases, scope, name) : cases;
    },
    always: (scope) => [...(property.always?.(scope) ?? [])].map((input) => caseOf(input, scope)),
  };
}

const none: readonly Part[] = [];
