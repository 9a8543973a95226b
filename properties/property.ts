import type fc from 'fast-check';
import { functionOf, type Call, type FunctionName, type Outcome } from '../src/python/call.ts';
import { contrasted } from './contrast.ts';
import type { Difference, Part } from './parts.ts';
import type { LawCase, Scope } from './scope.ts';
import type { Seen } from './seen.ts';

/** What a property needs to be told of an outcome. */
export type Told = 'messages' | 'warnings';

/**
 * A rule as a predicate: the parts of a call's outcome that it decides, none where it says nothing of the call. A rule
 * decides a part if some change of that rule alone would change that part.
 */
export type Decides = (seen: Seen) => readonly Part[];

/** Whether a rule's statement is false of an outcome that differs in parts which it decides. */
export type Forbids = (difference: Difference, seen: Seen) => boolean;

/** Whether a rule's statement is true for all that, where the difference cannot come of what it says. */
export type Allows = (difference: Difference, seen: Seen) => boolean;

/** A call that must have the same in what the rule decides: where that holds, and this does not, the rule is broken. */
export type Twin = (seen: Seen) => Call | undefined;

/** A plainer call of which the rule says no less: where that holds, the rule is not what is wrong with this one. */
export type Control = (seen: Seen) => Call | undefined;

/** What a rule says of a call. Where nothing else is told, it is false of whatever differs in what it decides. */
export type Statement =
  | Decides
  | {
      readonly decides: Decides;
      readonly forbids?: Forbids;
      readonly allows?: Allows;
      readonly twin?: Twin;
      readonly control?: Control;
    };

/** A rule made executable: inputs whose answer is known, the calls they make, and what must hold of the outcomes. */
export type Property<I> = {
  readonly rule: string;
  readonly says: Statement;
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

/** A property whose inputs are its own business. */
export type Law = {
  readonly rule: string;
  /** The function that it is about: of a call of the other it says nothing. */
  readonly function: FunctionName;
  readonly decides: Decides;
  readonly forbids: Forbids | undefined;
  readonly allows: Allows | undefined;
  readonly twin: Twin | undefined;
  readonly control: Control | undefined;
  readonly needs: readonly Told[];
  /** How many of the inputs that are drawn for a property are drawn for this one. */
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
