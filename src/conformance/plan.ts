import * as fc from '../../properties/inputs/arbitraries.ts';
import {
  chaptersOf,
  plainFile,
  properties,
  Seen,
  type Case,
  type Law,
  type Scope,
  type Told,
} from '../../properties/index.ts';
import { callBack, functionOf, type Call } from '../python/call.ts';
import { plainState } from '../python/interpreter.ts';
import { known, newestKnown, releaseOf, type Version } from '../python/releases.ts';
import { str } from '../python/text.ts';
import type { Target } from '../reference.ts';
import { appliesTo, type Chapter, type Example, type Rule } from './chapters.ts';
import { callText } from './codec.ts';
import { rulesThatDecide } from './deciding.ts';
import { answerableIn } from './domain/agreed.ts';
import type { Domain } from './domain/domain.ts';
import type { Selection, WorkKind } from './events.ts';
import { features, missingFrom, type Feature, type Hello } from './features.ts';
import { wildcard } from './wildcard.ts';

/** Inputs of one kind. */
export type Task = {
  readonly chapter: string;
  readonly kind: WorkKind;
  /** Seeds the task's random numbers, so that they differ from those of other tasks. */
  readonly name: string;
  /** Its index in the plan. */
  readonly place: number;
  /** The rule whose law or examples the inputs are. */
  readonly rule: string | null;
  /** Inputs asked in every run, before the drawn ones. */
  readonly always: readonly Case[];
  readonly cases: fc.Arbitrary<Case>;
  /** The input moved into the subject's domain; undefined if what it tests does not exist there. */
  inside(one: Case): Case | undefined;
  /** Whether a case is about a selected rule. */
  wants(one: Case): boolean;
  /** The selected rule that a call is asked for. */
  ruleOf(call: Call): string | undefined;
  /** What the law needs and the subject does not report. If there is anything, nothing is asked. */
  readonly untold: readonly Told[];
  /** The inputs to draw for this task, as a multiple of those drawn for each property. */
  readonly share: number;
};

export type Plan = {
  /** The release whose behaviour is expected. */
  readonly target: Target;
  /** The selected rules that apply to it, by chapter. */
  readonly chapters: readonly Chapter[];
  /** The selected rules that do not. */
  readonly inapplicable: readonly Rule[];
  /** The rules that decide nothing in any call of the subject's domain. */
  readonly outside: readonly string[];
  /** Whether some applicable rules are not selected. */
  readonly isPart: boolean;
  readonly tasks: readonly Task[];
};

/**
 * The release that a subject is held to: the one asked for, else its own, or the newest known one if its own is newer.
 */
export const targetOf = ({ python, platform }: Hello, heldTo?: Version): Target => ({
  version: heldTo ?? (known(python) === 'newer' ? newestKnown : python),
  platform,
});

export function select(chapters: readonly Chapter[], { rule, chapter, level }: Selection): Chapter[] {
  const pattern = rule === undefined ? undefined : wildcard(rule);
  return chapters
    .filter(({ name }) => chapter === undefined || namesOf(name).includes(chapter))
    .map((one) => ({
      ...one,
      rules: one.rules.filter(
        ({ id, level: own }) => (pattern?.test(id) ?? true) && (level === undefined || level === own),
      ),
    }))
    .filter(({ rules }) => rules.length > 0);
}

/** The names of a chapter that a selection may use: `2-path`, `path`, `2`. */
const namesOf = (name: string): readonly string[] => [
  name,
  name.replace(/^\d+-/, ''),
  name.replace(/-.*$/, ''),
];

/** Plans what to ask a subject about the selected rules. */
export function planOf(
  selected: readonly Chapter[],
  all: readonly Chapter[],
  hello: Hello,
  heldTo?: Version,
): Plan {
  const target = targetOf(hello, heldTo);
  const scope: Scope = { release: releaseOf(target.version), platform: target.platform, fixed: hello.fixed };
  const judged = new Set(hello.functions.flatMap(chaptersOf));
  const applies = (rule: Rule): boolean => judged.has(rule.chapter) && appliesTo(rule, target);
  const applicable = selected
    .map((chapter) => ({ ...chapter, rules: chapter.rules.filter(applies) }))
    .filter(({ rules }) => rules.length > 0);
  const ids = new Set(applicable.flatMap(({ rules }) => rules.map(({ id }) => id)));
  const everything = ids.size === all.flatMap(({ rules }) => rules.filter(applies)).length;

  const plain = plainRules(target);
  const about = (call: Call): string | undefined =>
    ownRulesOf(call, target, plain).findLast((id) => ids.has(id));
  const one = (call: Call): Case => ({ calls: [call] });
  const { domain } = hello;
  const answerable = answerableIn(hello);
  const missing = missingFrom(hello, scope.release);
  const isAskedAll = features.every((feature) => hello.supports.has(feature));
  const outside: string[] = [];

  const tasks = properties.flatMap(({ chapter, laws, calls, small }): Array<Omit<Task, 'place'>> => {
    const rules = applicable.find(({ name }) => name === chapter)?.rules ?? [];
    if (rules.length === 0) return [];
    const compared = {
      chapter,
      cases: calls(scope).map(one),
      inside: domain.isWhole ? unmoved : ({ calls: [call] }: Case) => moved([call!], answerable),
      wants: everything ? () => true : ({ calls: asked }: Case) => about(asked[0]!) !== undefined,
      ruleOf: about,
      untold: [],
    };
    const examples = rules.map(({ id, examples: own }): Omit<Task, 'place'> => ({
      ...compared,
      kind: 'example',
      name: `examples of ${id}`,
      rule: id,
      ruleOf: () => id,
      always: examplesFor(hello, target, own)
        .filter((call) => domain.holds(call))
        .map(one),
      share: 0,
    }));
    const ownLaws = laws
      .filter(({ rule }) => ids.has(rule))
      .flatMap((law): Array<Omit<Task, 'place'>> => {
        const shown = rules.find(({ id }) => id === law.rule)?.examples ?? [];
        const drawn = domain.isWhole
          ? { always: law.always(scope), inside: unmoved }
          : drawnInside(law, scope, target, examplesFor(hello, target, shown).map(one), {
              domain,
              answerable,
            });
        if (drawn === undefined) {
          outside.push(law.rule);
          return [];
        }
        const witness = isAskedAll ? null : answerableOf(law.cases(scope), drawn, missing);
        return [
          {
            chapter,
            kind: 'law',
            name: law.rule,
            rule: law.rule,
            ...drawn,
            always: witness ? [...drawn.always, witness] : drawn.always,
            cases: law.cases(scope),
            wants: () => witness !== undefined,
            ruleOf: () => law.rule,
            share: law.share,
            untold: law.needs.filter((told) => !hello.supports.has(told)),
          },
        ];
      });
    const agreement: Omit<Task, 'place'> = {
      ...compared,
      kind: 'agreement',
      name: `agreement on ${chapter}`,
      rule: null,
      always: domain.isWhole ? small(scope).map(one) : once(small(scope).map(one), compared.inside),
      // Each of these calls may break any rule.
      share: 10,
    };
    return [...examples, ...ownLaws, agreement];
  });
  return {
    target,
    chapters: applicable,
    inapplicable: selected.flatMap(({ rules }) => rules.filter(({ id }) => !ids.has(id))),
    outside,
    isPart: !everything,
    tasks: tasks.map((task, place) => ({ ...task, place })),
  };
}

const unmoved = (one: Case): Case => one;

/** The calls moved into a domain; undefined if any of them cannot be. */
function moved(calls: readonly Call[], domain: Domain): Case | undefined {
  const near = calls.map((call) => domain.nearest(call));
  return near.every((call) => call !== undefined) ? { calls: near } : undefined;
}

/** Moves an input of a law into a domain; undefined if the rule then decides nothing in it. */
const insideFor =
  ({ decides }: Law, domain: Domain, target: Target): Task['inside'] =>
  ({ calls }) => {
    const near = moved(calls, domain);
    return near?.calls.some((call) => decides(new Seen(call, target)).length > 0) === true ? near : undefined;
  };

/**
 * The inputs of a law within a domain. They come from the answerable part of it if the rule decides anything there.
 * @returns undefined if the rule decides nothing in the whole domain
 */
function drawnInside(
  law: Law,
  scope: Scope,
  target: Target,
  shown: readonly Case[],
  { domain, answerable }: Readonly<Record<'domain' | 'answerable', Domain>>,
): Pick<Task, 'always' | 'inside'> | undefined {
  const drawn = drawnOnce(law.cases(scope));
  const there = [...law.always(scope), ...shown];
  const [within, asked] = [domain, answerable].map((one) => insideFor(law, one, target)) as [
    Task['inside'],
    Task['inside'],
  ];
  // Most rules that decide nothing in the domain can be ruled out by these few inputs.
  const mayBe =
    there.some((one) => asked(one) !== undefined) || witnessesOf(drawn, within, there, 1).length > 0;
  if (!mayBe) return undefined;
  for (const inside of [asked, within]) {
    const always = witnessesOf(drawn, inside, there, enough);
    if (always.length > 0) return { always, inside };
  }
  return undefined;
}

/** How many inputs are drawn, at most, to find one that the subject can be asked. */
const mostTried = 200;

/**
 * Finds an input of a law that the subject can be asked, if none of the fixed inputs is. It does not depend on the
 * run's seed, so neither does whether the rule is checked.
 * @returns null if none is needed, undefined if none was found
 */
function answerableOf(
  cases: fc.Arbitrary<Case>,
  { always, inside }: Pick<Task, 'always' | 'inside'>,
  missing: (one: Case) => readonly Feature[],
): Case | null | undefined {
  const isAnswerable = (one: Case): boolean => missing(one).length === 0;
  if (always.some(isAnswerable)) return null;
  const step = 20;
  for (let tried = 0; tried < mostTried; tried += step) {
    for (const [one] of fc.sample(fc.tuple(cases), { seed: tried, numRuns: step })) {
      const near = inside(one);
      if (near !== undefined && isAnswerable(near)) return near;
    }
  }
  return undefined;
}

/** The inputs moved inside, without duplicates and without those that cannot be moved. */
function once(cases: readonly Case[], inside: Task['inside'], seen = new Map<string, Case>()): Case[] {
  for (const near of cases.map(inside)) {
    if (near !== undefined) seen.set(near.calls.map(callText).join(), near);
  }
  return [...seen.values()];
}

/**
 * How to find out whether a rule decides anything in a domain: how many times inputs are drawn, at most, how many each
 * time, and how many witnesses are enough.
 */
const mostDrawn = 3;
const step = 40;
const enough = 10;

/** Draws inputs that do not depend on the run's seed, so that neither does whether a rule lies inside. */
function drawnOnce(cases: fc.Arbitrary<Case>): (time: number) => readonly Case[] {
  const times: Array<readonly Case[]> = [];
  return (time) =>
    (times[time] ??= fc.sample(fc.tuple(cases), { seed: time, numRuns: step }).map(([one]) => one));
}

/**
 * Inputs inside a domain in which a rule decides something: the fixed ones, and if those are too few, some drawn ones.
 */
function witnessesOf(
  drawn: (time: number) => readonly Case[],
  inside: Task['inside'],
  there: readonly Case[],
  wanted: number,
): Case[] {
  const seen = new Map<string, Case>();
  let witnesses = once(there, inside, seen);
  for (let time = 0; time < mostDrawn && witnesses.length < wanted; time++)
    witnesses = once(drawn(time), inside, seen);
  return witnesses;
}

/**
 * The calls of examples. Left out are calls of a function that the subject does not have, and calls with a prefix if
 * their working directory does not exist on the platform.
 */
const examplesFor = (
  { functions }: Hello,
  { version, platform }: Target,
  examples: readonly Example[],
): Call[] =>
  examples.flatMap(({ call, target }) => {
    if (!functions.includes(functionOf(call))) return [];
    if (target.platform === platform) return [call];
    const { cwd } = plainState(version, platform);
    return call.state.pycachePrefix === null ? [{ ...call, state: { ...call.state, cwd } }] : [];
  });

/** The rules that decide a call but not the plainest call. If there are none, all rules that decide it. */
function ownRulesOf(call: Call, target: Target, plain: ReadonlySet<string>): readonly string[] {
  const deciding = rulesThatDecide(call, target);
  const own = deciding.filter((id) => !plain.has(id));
  return own.length > 0 ? own : deciding;
}

/** The rules that decide the plainest calls. */
function plainRules(target: Target): ReadonlySet<string> {
  const state = plainState(target.version, target.platform);
  const plainest: Call[] = [
    { state, args: [str('a.py')], kwargs: [] },
    callBack(state, plainFile(target.platform)),
  ];
  return new Set(plainest.flatMap((call) => rulesThatDecide(call, target)));
}
