import fc from 'fast-check';
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
  /** Distinguishes its random numbers from those of the others. */
  readonly name: string;
  /** Its place in the plan. */
  readonly place: number;
  /** The rule whose law or examples these are. */
  readonly rule: string | null;
  /** Tried every time, before the drawn ones. */
  readonly always: readonly Case[];
  readonly cases: fc.Arbitrary<Case>;
  /** The input moved into the subject's domain; undefined where nothing of what it is drawn for lies inside. */
  inside(one: Case): Case | undefined;
  /** Whether a case has to do with a selected rule. */
  wants(one: Case): boolean;
  /** The selected rule that a call is asked for. */
  ruleOf(call: Call): string | undefined;
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
  /** Those that have a say in no call of the subject's domain. */
  readonly outside: readonly string[];
  /** Whether some rules that apply are not selected. */
  readonly isPart: boolean;
  readonly tasks: readonly Task[];
};

/** The release that a subject is held to: the one asked for, or its own, or the newest known one if that is newer. */
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

/** How a chapter may be called: `2-path`, `path`, `2`. */
const namesOf = (name: string): readonly string[] => [
  name,
  name.replace(/^\d+-/, ''),
  name.replace(/-.*$/, ''),
];

/** What is to be asked of a subject about the selected rules. */
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

/** The calls moved into a domain, all of them. */
function moved(calls: readonly Call[], domain: Domain): Case | undefined {
  const near = calls.map((call) => domain.nearest(call));
  return near.every((call) => call !== undefined) ? { calls: near } : undefined;
}

/** A law's input moved into a domain, where the rule still has a say in it. */
const insideFor =
  ({ decides }: Law, domain: Domain, target: Target): Task['inside'] =>
  ({ calls }) => {
    const near = moved(calls, domain);
    return near?.calls.some((call) => decides(new Seen(call, target)).length > 0) === true ? near : undefined;
  };

/**
 * A law's inputs in a domain: in the part of it that can be asked, where its rule has a say there.
 * @returns undefined where it has none in all the domain
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
  // Most rules that say nothing here say nothing of any part.
  const mayBe =
    there.some((one) => asked(one) !== undefined) || witnessesOf(drawn, within, there, 1).length > 0;
  if (!mayBe) return undefined;
  for (const inside of [asked, within]) {
    const always = witnessesOf(drawn, inside, there, enough);
    if (always.length > 0) return { always, inside };
  }
  return undefined;
}

/** How many inputs are drawn, at most, to see whether a subject can be asked any. */
const mostTried = 200;

/**
 * An input of a law that a subject can be asked, where none of those that are there is one: it does not depend on the
 * run's seed, so that whether a rule is checked does not either.
 * @returns null where none is needed, and undefined where none was found
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

/** Each input that has something inside, once. */
function once(cases: readonly Case[], inside: Task['inside'], seen = new Map<string, Case>()): Case[] {
  for (const near of cases.map(inside)) {
    if (near !== undefined) seen.set(near.calls.map(callText).join(), near);
  }
  return [...seen.values()];
}

/** To see whether a rule has a say in a domain: how often some inputs are drawn, at most, how many, and how many are enough. */
const mostDrawn = 3;
const step = 40;
const enough = 10;

/** Inputs that do not depend on the run's seed, so that whether a rule lies inside does not either. */
function drawnOnce(cases: fc.Arbitrary<Case>): (time: number) => readonly Case[] {
  const times: Array<readonly Case[]> = [];
  return (time) =>
    (times[time] ??= fc.sample(fc.tuple(cases), { seed: time, numRuns: step }).map(([one]) => one));
}

/** Inputs in which a rule has a say inside a domain: those that are there, and where they are few some drawn ones. */
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
 * The calls of examples, but for those of a function that the subject does not have, and those with a prefix whose
 * working directory the platform cannot have.
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

/** The rules that decide a call, but for those that decide the plainest call too. */
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
