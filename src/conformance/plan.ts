import type fc from 'fast-check';
import { Broken, properties, type Case, type Scope, type Told } from '../../properties/index.ts';
import type { Call, Outcome } from '../python/call.ts';
import { sameOutcome } from '../python/compare.ts';
import { plainState } from '../python/interpreter.ts';
import { known, newestKnown, releaseOf } from '../python/releases.ts';
import { outcomeSource } from '../python/source.ts';
import { str } from '../python/text.ts';
import { answer, rulesThatDecide, type Target } from '../reference.ts';
import { appliesTo, type Chapter, type Example, type Level, type Rule } from './chapters.ts';
import type { WorkKind } from './events.ts';
import type { Hello } from './features.ts';
import { wildcard } from './wildcard.ts';

/** Which rules are to be checked. */
export type Selection = {
  /** A rule's id, with `*` for any characters. */
  readonly rule?: string;
  readonly chapter?: string;
  readonly level?: Level;
};

/** Inputs of one kind, and the rules under which a failure is reported. */
export type Task = {
  readonly chapter: string;
  readonly kind: WorkKind;
  /** Distinguishes its random numbers from those of the others. */
  readonly name: string;
  /** Its place in the plan. */
  readonly place: number;
  /** The rule whose law or examples these are. */
  readonly rule: string | null;
  /** Tried every time, before the drawn ones. */
  readonly always: readonly Case[];
  readonly cases: fc.Arbitrary<Case>;
  /** Whether a case has to do with a selected rule. */
  wants(one: Case): boolean;
  /** The selected rules that a failure of this call may be a failure of, the likeliest last. */
  suspects(call: Call): readonly string[];
  /** Why nothing is asked: what the subject does not tell. */
  readonly untold: readonly Told[];
  /** How many of the inputs that are drawn for a property are drawn for this one. */
  readonly share: number;
};

export type Plan = {
  /** Which release's behaviour is expected. */
  readonly target: Target;
  /** The selected rules that apply to it, by chapter. */
  readonly chapters: readonly Chapter[];
  /** The selected rules that do not. */
  readonly inapplicable: readonly Rule[];
  readonly tasks: readonly Task[];
};

/** The release that a subject is held to: its own, or the newest known one if its own is newer. */
export const targetOf = ({ python, platform }: Hello): Target => ({
  version: known(python) === 'newer' ? newestKnown : python,
  platform,
});

export function select(chapters: readonly Chapter[], { rule, chapter, level }: Selection): Chapter[] {
  const pattern = rule === undefined ? undefined : wildcard(rule);
  return chapters
    .filter(({ name }) => chapter === undefined || name === chapter || name.replace(/^\d+-/, '') === chapter)
    .map((one) => ({
      ...one,
      rules: one.rules.filter(
        ({ id, level: own }) => (pattern?.test(id) ?? true) && (level === undefined || level === own),
      ),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** What is to be asked of a subject about the selected rules. */
export function planOf(selected: readonly Chapter[], all: readonly Chapter[], hello: Hello): Plan {
  const target = targetOf(hello);
  const scope: Scope = { release: releaseOf(target.version), platform: target.platform, fixed: hello.fixed };
  const applicable = selected
    .map((chapter) => ({ ...chapter, rules: chapter.rules.filter((rule) => appliesTo(rule, target)) }))
    .filter(({ rules }) => rules.length > 0);
  const ids = new Set(applicable.flatMap(({ rules }) => rules.map(({ id }) => id)));
  const everything =
    ids.size === all.flatMap(({ rules }) => rules.filter((rule) => appliesTo(rule, target))).length;

  const suspects = (call: Call): string[] => suspectsOf(call, target).filter((id) => ids.has(id));

  const tasks = properties.flatMap(({ chapter, laws, calls, small }): Array<Omit<Task, 'place'>> => {
    const rules = applicable.find(({ name }) => name === chapter)?.rules ?? [];
    if (rules.length === 0) return [];
    const compared = {
      chapter,
      cases: calls(scope).map((call) => agreeing(call, target)),
      wants: everything ? () => true : (one: Case) => suspects(one.calls[0]!).length > 0,
      suspects,
      untold: [],
    };
    const examples = rules.map(({ id, examples: own }): Omit<Task, 'place'> => ({
      ...compared,
      kind: 'example',
      name: `examples of ${id}`,
      rule: id,
      always: examplesFor(target, own).map((call) => agreeing(call, target)),
      share: 0,
    }));
    const ownLaws = laws
      .filter(({ rule }) => ids.has(rule))
      .map((law): Omit<Task, 'place'> => {
        const strict = (one: Case): Case => andAgreeing(one, target, (call) => suspects(call).length > 0);
        return {
          chapter,
          kind: 'law',
          name: law.rule,
          rule: law.rule,
          always: law.always(scope).map(strict),
          cases: law.cases(scope).map(strict),
          wants: () => true,
          suspects,
          share: law.share,
          untold: law.needs.filter((told) => !hello.supports.has(told)),
        };
      });
    const agreement: Omit<Task, 'place'> = {
      ...compared,
      kind: 'agreement',
      name: `agreement on ${chapter}`,
      rule: null,
      always: small(scope).map((call) => agreeing(call, target)),
      // These are the wildest calls.
      share: 4,
    };
    return [...examples, ...ownLaws, agreement];
  });
  return {
    target,
    chapters: applicable,
    inapplicable: selected.flatMap(({ rules }) => rules.filter(({ id }) => !ids.has(id))),
    tasks: tasks.map((task, place) => ({ ...task, place })),
  };
}

/** The calls of examples, but for those with a prefix whose working directory the platform cannot have. */
const examplesFor = ({ version, platform }: Target, examples: readonly Example[]): Call[] =>
  examples.flatMap(({ call, target }) => {
    if (target.platform === platform) return [call];
    const { cwd } = plainState(version, platform);
    return call.state.pycachePrefix === null ? [{ ...call, state: { ...call.state, cwd } }] : [];
  });

/** An outcome that is not the reference's. */
export class Disagreement extends Broken {}

/** A call whose outcome must be the reference's. */
export const agreeing = (call: Call, target: Target): Case => ({
  calls: [call],
  judge: ([outcome]) => compare(call, outcome!, 0, target),
});

/** A case that holds, and whose outcomes are the reference's too: what a law leaves open is not left out. */
const andAgreeing = (one: Case, target: Target, wants: (call: Call) => boolean): Case => ({
  calls: one.calls,
  judge: (outcomes) => {
    one.judge(outcomes);
    for (const [i, call] of one.calls.entries()) compare(call, outcomes[i]!, i, target, wants);
  },
});

/**
 * @param wants whether a disagreement on the call would be one about a selected rule
 * @throws Disagreement
 */
function compare(
  call: Call,
  outcome: Outcome,
  index: number,
  target: Target,
  wants: (call: Call) => boolean = () => true,
): void {
  const expected = answer(call, target);
  if (!sameOutcome(outcome, expected) && wants(call)) {
    throw new Disagreement(index, ...outcomeSource(expected));
  }
}

/** The rules that decide a call, but for those that decide the plainest call too. */
function suspectsOf(call: Call, target: Target): readonly string[] {
  const plain = new Set(
    rulesThatDecide(
      { state: plainState(target.version, target.platform), args: [str('a.py')], kwargs: [] },
      target,
    ),
  );
  const deciding = rulesThatDecide(call, target);
  const own = deciding.filter((id) => !plain.has(id));
  return own.length > 0 ? own : deciding;
}
