/*
 * Finds what is wrong in a subject, as far as its outcomes show. All failing calls of a run are examined together. The
 * simplest is shrunk as far as possible, and calls similar to it show which rule accounts for the failure. A rule is
 * suspected only for the parts that it decides. It is broken if its own statement is false of an answered call: a part
 * that it decides differs there, and also in the similar calls for which the rule decides that part, and in no others.
 */
import { controlOf, isTelling, Seen, twinOf, type Difference, type Part } from '../../properties/index.ts';
import { functionOf, functions, type Call, type Outcome } from '../python/call.ts';
import { Str, str } from '../python/text.ts';
import type { Target } from '../reference.ts';
import { callText } from './codec.ts';
import { partsDecided, sayIn, suspectsOf } from './deciding.ts';
import type { Hello } from './features.ts';
import { judge } from './judge.ts';
import {
  aspects,
  costOf,
  likePlain,
  plainCalls,
  plainerCalls,
  simplerCalls,
  variations,
  type Aspect,
  type PlainCalls,
} from './simpler.ts';

/** A call whose outcome differs from the reference's. */
export type Failing = {
  readonly call: Call;
  readonly outcome: Outcome;
  /** The calls before it in the same input, and the property that the input belongs to. */
  readonly before: readonly Call[];
  readonly property: string;
};

/** The rule that says that the same call has the same result each time, for the function that is called. */
const steadyRuleOf = (call: Call): string =>
  call.function === undefined ? 'call-same-result-each-time' : 'back-same-result-each-time';

/** What is wrong in a subject: one rule to look at, and the failing calls that it explains. */
export type Fault = {
  readonly rule: string;
  /** Whether the statement of `rule` is false. If not, `rule` is only the likeliest rule. */
  readonly broken: boolean;
  /** The smallest input that shows the fault: one call, or several of which the last fails. */
  readonly calls: readonly Call[];
  readonly outcomes: readonly Outcome[];
  readonly difference: Difference;
  /** The aspects that do not matter: with any other value, the call fails in the same way. */
  readonly whatever: readonly Aspect[];
  /** How many failing calls the rule accounts for. */
  readonly explains: number;
  /** Other rules whose statement is false for the same reason. */
  readonly touches: readonly Touched[];
  readonly property: string;
  /** Whether the call failed once and passed when it was asked again. */
  readonly flaky: boolean;
};

export type Touched = Pick<Fault, 'rule' | 'calls' | 'outcomes' | 'difference' | 'property'>;

/** A call that was asked to find the cause of a failure, and its result. */
type Asked = { readonly call: Call; readonly outcome: Outcome; readonly difference: Difference | undefined };

/** Asks calls. The entry of a call that the subject declines or does not support is undefined. */
export type Asking = (calls: readonly Call[]) => Promise<ReadonlyArray<Asked | undefined>>;

/** How many calls of a run are kept: the simplest failing ones, and an even sample of the passing ones. */
const failingKept = 1500;
/**
 * Failing calls always kept for each property and exception type, so that common failures do not crowd out rare ones.
 */
const ofEachProperty = 20;
const passingKept = 1500;

/** Collects the calls of a run that are needed to find its faults. */
export class Findings {
  /** The number of failing calls, including those that are not kept. */
  failed = 0;
  private held: Call[] = [];
  private stride = 1;
  private passed = 0;
  private kept: Array<readonly [cost: number, failing: Failing]> = [];
  private pruned = 0;
  private readonly plain: PlainCalls;

  constructor(target: Target, hello: Pick<Hello, 'fixed' | 'domain'>) {
    this.plain = plainCalls(target, hello);
  }

  pass(call: Call): void {
    if (this.passed++ % this.stride !== 0) return;
    this.held.push(call);
    if (this.held.length < 2 * passingKept) return;
    this.stride *= 2;
    this.held = this.held.filter((_, i) => i % 2 === 0);
  }

  passing(): readonly Call[] {
    return this.held;
  }

  fail(failing: Failing): void {
    this.failed++;
    this.kept.push([costOf(failing.call, this.plain(failing.call)), failing]);
    // With many kinds of failures, pruning keeps more than `failingKept`.
    if (this.kept.length > 2 * Math.max(failingKept, this.pruned)) this.prune();
  }

  /** The failing calls that are kept, the simplest first. */
  failing(): readonly Failing[] {
    this.prune();
    return this.kept.map(([, failing]) => failing);
  }

  private prune(): void {
    const seen = new Map<string, number>();
    this.kept = this.kept
      .toSorted(([a], [b]) => a - b)
      .filter(([, { property, outcome }], i) => {
        const kind = `${property} ${outcome.kind === 'raise' ? outcome.type : ''}`;
        const before = seen.get(kind) ?? 0;
        seen.set(kind, before + 1);
        return i < failingKept || before < ofEachProperty;
      });
    this.pruned = this.kept.length;
  }
}

/** Limits on the faults reported, and on the failing calls shrunk to find them. */
const mostFaults = 12;
const mostShrunk = 40;
/** A limit on the calls asked to find causes. More would not help a reader. */
const mostAsked = 10_000;
/** How many failing calls are compared with the known faults at a time. */
const lookedAt = 60;
/** How many other rules are examined for each fault. */
const mostTouched = 8;

export type Blame = {
  readonly findings: Findings;
  readonly target: Target;
  readonly hello: Hello;
  readonly ask: Asking;
  /** Whether the subject can still be asked. */
  readonly goesOn: () => boolean;
  /** A factor for all limits on what is asked and reported; 1 by default. */
  readonly patience?: number;
};

/** The failing calls, each with its difference and the rules that may be to blame. */
export const weighed = ({ findings, target, hello }: Blame): Weighed[] =>
  findings.failing().flatMap((failing): Weighed[] => {
    const { call, outcome } = failing;
    const difference = judge(call, outcome, target, hello.supports);
    if (difference === undefined) return [];
    const say = sayIn(call, target);
    return [{ ...failing, difference, say, suspects: suspectsOf(call, target, say, difference) }];
  });

/**
 * The faults behind the failing calls, function by function. Within a function, the most severe come first, and of
 * equally severe ones the likeliest.
 */
export async function faultsIn(
  blame: Blame,
  failing: readonly Weighed[] = weighed(blame),
  around: Around = new Around(blame),
): Promise<Fault[]> {
  const found: Fault[] = [];
  for (const name of functions) {
    const own = failing.filter(({ call }) => functionOf(call) === name);
    found.push(...(await faultsOf(blame, own, around)));
  }
  return found;
}

/** @param failing calls of one function */
async function faultsOf(blame: Blame, failing: readonly Weighed[], around: Around): Promise<Fault[]> {
  const { findings, patience = 1 } = blame;
  let left = [...failing];
  // Any fault can also change a message, so calls of which only the message differs come last.
  left = [...left.filter((one) => !isMessageAlone(one)), ...left.filter(isMessageAlone)];
  if (left.length === 0) return [];
  const total = new Totals(left, findings.passing(), blame.target);
  const faults: Fault[] = [];
  const marks = new Map<string, number>();
  const remembering = await around.memory(left);
  if (remembering !== undefined) {
    faults.push(remembering.fault);
    left = remembering.left;
  }
  const goesOn = (shrunk: number): boolean =>
    shrunk < mostShrunk * patience &&
    faults.length < mostFaults * patience &&
    around.calls < mostAsked * patience;
  for (let shrunk = 0; left.length > 0 && goesOn(shrunk); shrunk++) {
    if (faults.length > 0) {
      const rest = await around.unexplained(left.slice(0, lookedAt), faults);
      for (const [i, more] of rest.explained)
        faults[i] = { ...faults[i]!, explains: faults[i]!.explains + more };
      left = [...rest.left, ...left.slice(lookedAt)];
    }
    const [start] = left;
    if (start === undefined) break;
    const shrunkTo = await around.smallest(start);
    if (shrunkTo === undefined) {
      // The call alone passes.
      const flaky = await around.unsteady(start);
      const known = faults.find(({ rule }) => rule === flaky.rule);
      if (known === undefined) faults.push(flaky);
      left = left.slice(1);
      continue;
    }
    // The known faults account for the parts that their rules decide.
    const open = new Set(
      [...shrunkTo.difference.parts].filter((part) => !around.decided(shrunkTo.call, faults).has(part)),
    );
    const unexplained = open.size === 0 ? shrunkTo.difference.parts : open;
    const cause = await around.causeOf(shrunkTo, unexplained, faults);
    if (cause >= 0) {
      const alike = wayOf(start.difference);
      const same = left.filter((one) => one === start || wayOf(one.difference) === alike);
      faults[cause] = { ...faults[cause]!, explains: faults[cause]!.explains + same.length };
      left = left.filter((one) => !same.includes(one));
      continue;
    }
    const { rule, broken, mark, found: smallest } = await around.suspect(shrunkTo, total, unexplained);
    const named = new Set([rule, ...faults.map((fault) => fault.rule)]);
    const explained = left.filter((one) => one.suspects.has(rule) && isAccountedFor(one, named));
    const known = faults.findIndex((fault) => fault.rule === rule);
    const way = wayOf(start.difference);
    const gone = new Set([
      ...explained,
      start,
      ...(known >= 0 ? left.filter((one) => wayOf(one.difference) === way) : []),
    ]);
    if (known >= 0) {
      faults[known] = { ...faults[known]!, explains: faults[known]!.explains + gone.size };
    } else {
      const others = await around.touched(rule, [...gone], smallest, total, faults);
      faults.push({
        rule,
        broken,
        calls: [smallest.call],
        outcomes: [smallest.outcome],
        difference: smallest.difference,
        whatever: await around.whatever(smallest),
        explains: gone.size,
        touches: others,
        property: start.property,
        flaky: false,
      });
      marks.set(rule, mark);
      around.named.add(rule);
      const touched = new Set(others.map((one) => one.rule));
      for (const one of left)
        if (wayOf(one.difference) === way && isAccountedFor(one, touched)) gone.add(one);
    }
    left = left.filter((one) => !gone.has(one));
  }
  faults.push(...unshrunk(left, total, faults));
  // A fault that shows in a simple call is likelier to be the cause than one that needs an unusual call.
  const likely = ({ rule, explains, calls }: Fault): number =>
    ((marks.get(rule) ?? 1) * Math.sqrt(explains)) / Math.log2(4 + around.costOf(calls.at(-1)!));
  return faults.toSorted((a, b) => weightOf(b) - weightOf(a) || likely(b) - likely(a));
}

/** Faults for the calls that were never shrunk: one for each likeliest rule, with its simplest call. */
function unshrunk(left: readonly Weighed[], total: Totals, faults: readonly Fault[]): Fault[] {
  const known = new Set(faults.map(({ rule }) => rule));
  const more = new Map<string, Fault>();
  for (const { call, outcome, difference, suspects, property } of left) {
    const [rule = steadyRuleOf(call)] = [...suspects].toSorted(
      (a, b) => total.of(b, difference.parts) - total.of(a, difference.parts),
    );
    if (known.has(rule)) continue;
    const before = more.get(rule);
    more.set(
      rule,
      before === undefined
        ? {
            rule,
            broken: false,
            calls: [call],
            outcomes: [outcome],
            difference,
            whatever: [],
            explains: 1,
            touches: [],
            property,
            flaky: false,
          }
        : { ...before, explains: before.explains + 1 },
    );
  }
  return [...more.values()];
}

/** A wrong result weighs more than a wrong warning, and a wrong warning more than a wrong message. */
function weightOf({ difference: { parts } }: Fault): number {
  const lesser = [...parts].filter((part) => part !== 'message');
  if (lesser.length === 0) return 0;
  return lesser.every((part) => part === 'warnings') ? 1 : 2;
}

type Say = ReturnType<typeof sayIn>;
export type Weighed = Failing & {
  readonly difference: Difference;
  readonly say: Say;
  readonly suspects: ReadonlySet<string>;
};

/** Whether some rules decide everything that differs in a call, and at least one of them is a suspect. */
const isAccountedFor = ({ difference, say, suspects }: Weighed, rules: ReadonlySet<string>): boolean => {
  const decided = new Set([...rules].flatMap((rule) => say.get(rule) ?? []));
  return (
    [...rules].some((rule) => suspects.has(rule)) && [...difference.parts].every((part) => decided.has(part))
  );
};

const isMessageAlone = ({ difference: { parts } }: Weighed): boolean =>
  parts.size === 1 && parts.has('message');

const meets = (some: readonly Part[] | undefined, parts: ReadonlySet<Part>): boolean =>
  some?.some((part) => parts.has(part)) === true;

/**
 * How an outcome differs, as a key: the parts, and if the kind or the exception's type is among them, what was expected
 * and what came.
 */
export function wayOf({ parts, expected, got }: Difference): string {
  const name = (outcome: Outcome): string => (outcome.kind === 'raise' ? outcome.type : outcome.kind);
  const kinds = parts.has('kind') || parts.has('type') ? ` ${name(expected)} ${name(got)}` : '';
  return `${[...parts].toSorted().join()}${kinds}`;
}

/**
 * Whether two outcomes are wrong in the same way: the same parts differ, and each wrong piece of the path is the same.
 */
const isAlike = (a: Difference, b: Difference): boolean =>
  wayOf(a) === wayOf(b) &&
  [...a.found].every(([piece, text]) => !a.parts.has(piece) || b.found.get(piece) === text);

/** Whether both outcomes raise the same type of exception, and the second was expected to raise too. */
const raisesAlike = ({ got: one }: Difference, { got: other, expected }: Difference): boolean =>
  expected.kind === 'raise' && one.kind === 'raise' && other.kind === 'raise' && one.type === other.type;

/**
 * Scores rules over all judged calls with Ochiai's measure from spectrum-based fault localization, for the parts that
 * differ.
 */
class Totals {
  private readonly failing: readonly Weighed[];
  private readonly passing: readonly Call[];
  private readonly target: Target;
  /** What a rule decides in each passing call; computed only for the few rules that need it. */
  private readonly decided = new Map<string, ReadonlyArray<readonly Part[]>>();
  private readonly alike = new Map<string, Alike>();
  private readonly marks = new Map<string, number>();

  constructor(failing: readonly Weighed[], passing: readonly Call[], target: Target) {
    this.failing = failing;
    this.passing = passing;
    this.target = target;
  }

  private decidedOfPassing(rule: string): ReadonlyArray<readonly Part[]> {
    return getOrSet(this.decided, rule, () =>
      this.passing.map((call) => partsDecided(rule, call, this.target)),
    );
  }

  /** From 0, if the rule decides no failing call, to 1, if it decides all failing calls and no passing one. */
  of(rule: string, parts: ReadonlySet<Part>): number {
    const some = [...parts].toSorted();
    const key = some.join();
    return getOrSet(this.marks, `${rule} ${key}`, () => {
      const { calls, suspected } = getOrSet(this.alike, key, () => this.failingIn(some));
      const failed = suspected.get(rule) ?? 0;
      if (failed === 0) return 0;
      const held = this.decidedOfPassing(rule).filter((own) => meets(own, parts)).length;
      return failed / Math.sqrt(calls * (failed + held));
    });
  }

  /** Counts the failing calls that differ in one of these parts, and for each rule those that it is suspected for. */
  private failingIn(some: readonly Part[]): Alike {
    const suspected = new Map<string, number>();
    let calls = 0;
    for (const { difference, suspects } of this.failing) {
      if (!meets(some, difference.parts)) continue;
      calls++;
      for (const rule of suspects) suspected.set(rule, (suspected.get(rule) ?? 0) + 1);
    }
    return { calls, suspected };
  }
}

type Alike = { readonly calls: number; readonly suspected: ReadonlyMap<string, number> };

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/**
 * How well a rule separates failing from passing calls: `local` among similar calls, `own` also weighted by the rule's
 * own statement, and `all` also by the score over all judged calls.
 */
type Mark = { readonly rule: string; readonly local: number; readonly own: number; readonly all: number };

/** From this score on, a rule's statement counts as false. */
const likelyBroken = 0.4;
/**
 * A factor: an outcome that the rule's own statement forbids says more than a mere difference in a part that the rule
 * decides.
 */
const telling = 1.4;
const acquitted = 0.2;
/** A factor: a rule already known to be broken is likelier than another one. */
const familiar = 1.25;

/** Asks calls similar to failing ones. */
export class Around {
  private readonly blame: Blame;
  private readonly plain: PlainCalls;
  private readonly asked = new Map<string, Asked | undefined>();
  private readonly said = new Map<string, Say>();
  private readonly suspected = new Map<string, ReadonlySet<string>>();
  private fresh = 0;
  /** The rules of the known faults. */
  readonly named = new Set<string>();

  constructor(blame: Blame) {
    this.blame = blame;
    this.plain = plainCalls(blame.target, blame.hello);
  }

  costOf(call: Call): number {
    return costOf(call, this.plain(call));
  }

  /** How many different calls were asked. */
  get calls(): number {
    return this.asked.size;
  }

  /** Asks each call at most once. Calls without an answer are left out. */
  async ask(calls: readonly Call[]): Promise<Asked[]> {
    const texts = calls.map(callText);
    const news = calls.filter((_, i) => !this.asked.has(texts[i]!) && texts.indexOf(texts[i]!) === i);
    if (news.length > 0 && this.blame.goesOn()) {
      const answers = await this.blame.ask(news);
      news.forEach((call, i) => this.asked.set(callText(call), answers[i]));
    }
    return texts.map((text) => this.asked.get(text)).filter((one) => one !== undefined);
  }

  private say(call: Call): Say {
    const text = callText(call);
    const known = this.said.get(text) ?? sayIn(call, this.blame.target);
    this.said.set(text, known);
    return known;
  }

  suspects({
    call,
    difference,
  }: {
    readonly call: Call;
    readonly difference: Difference;
  }): ReadonlySet<string> {
    const text = callText(call);
    const known = this.suspected.get(text) ?? suspectsOf(call, this.blame.target, this.say(call), difference);
    this.suspected.set(text, known);
    return known;
  }

  /**
   * Shrinks a call to the simplest one that fails in the same way.
   * @param keep a condition that the simpler calls must meet
   * @param enough whether a call is simple enough to stop
   * @returns undefined if the call itself no longer fails in this way
   */
  async smallest(
    start: Pick<Weighed, 'call' | 'difference'>,
    keep: (call: Call) => boolean = () => true,
    enough: (found: Found) => boolean = () => false,
  ): Promise<Found | undefined> {
    const way = wayOf(start.difference);
    const fails = (one: Asked | undefined): one is Asked & Found =>
      isFound(one) && wayOf(one.difference) === way;
    const [own] = await this.ask([start.call]);
    // Without an answer, the call cannot be shrunk.
    if (own === undefined)
      return { call: start.call, outcome: start.difference.got, difference: start.difference };
    if (!fails(own)) return undefined;
    let now: Found = own;
    const trail: Asked[] = [now];
    for (let round = 0; round < 60 && this.blame.goesOn() && !enough(now); round++) {
      const simpler = simplerCalls(now.call, this.plain(now.call), this.blame.hello.domain).filter(keep);
      let next: Found | undefined;
      for (let from = 0; from < Math.min(simpler.length, 400) && next === undefined; from += 50) {
        const answers = await this.ask(simpler.slice(from, from + 50));
        trail.push(...answers);
        next = answers.find(fails);
      }
      if (next === undefined) break;
      now = next;
    }
    return { ...now, trail };
  }

  /**
   * The calls to compare a smallest call with: those asked while shrinking it, and for each aspect the calls that
   * differ in it.
   */
  private async neighbours({ call, trail = [] }: Found): Promise<Array<readonly Asked[]>> {
    const { target, hello } = this.blame;
    const varied = [...variations(call, target, hello).values()];
    await this.ask(varied.flat());
    return [trail, ...(await Promise.all(varied.map((calls) => this.ask(calls))))];
  }

  /**
   * Scores how well each suspect separates failing from passing calls: Ochiai's measure, averaged over the aspects that
   * matter and combined with the score over all judged calls.
   */
  private async marks(
    found: Found,
    total: Totals,
    parts: ReadonlySet<Part> = found.difference.parts,
  ): Promise<Mark[]> {
    const fails = ({ difference }: Asked): boolean =>
      difference !== undefined && [...difference.parts].some((part) => parts.has(part));
    const groups = (await this.neighbours(found))
      .map((group) => [...group.filter(({ call }) => call !== found.call), found])
      .filter((group) => !group.every(fails));
    // Of rules with equal scores, the one that decides fewer parts is likelier.
    const says = (rule: string): number => this.say(found.call).get(rule)?.length ?? 0;
    const suspects = await Promise.all(
      [...this.suspects(found)]
        .filter((rule) => meets(this.say(found.call).get(rule), parts))
        .map(async (rule) => [rule, await this.weightOf(rule, found)] as const),
    );
    return suspects
      .map(([rule, weight]): Mark => {
        const locals = groups.map((group) => {
          let [both, failed, decided] = [0, 0, 0];
          for (const one of group) {
            const isFailing = fails(one);
            if (isFailing) failed++;
            const { call, difference } = one;
            const isDeciding = isFailing
              ? this.suspects({ call, difference: difference! }).has(rule)
              : meets(this.say(call).get(rule), parts);
            if (!isDeciding) continue;
            decided++;
            if (isFailing) both++;
          }
          return both === 0 ? 0 : both / Math.sqrt(failed * decided);
        });
        const local = locals.length === 0 ? 1 : locals.reduce((sum, one) => sum + one, 0) / locals.length;
        const own = local * weight;
        return { rule, local: local * Math.min(weight, 1), own, all: own * Math.sqrt(total.of(rule, parts)) };
      })
      .map((mark) => (this.named.has(mark.rule) ? { ...mark, all: mark.all * familiar } : mark))
      .toSorted((a, b) => b.all - a.all || b.own - a.own || says(a.rule) - says(b.rule));
  }

  /**
   * The failing calls that the known faults do not explain. A fault explains a call if the call, made plainer in one
   * aspect, still fails and a rule of the fault is then a suspect.
   */
  async unexplained(
    failing: readonly Weighed[],
    faults: readonly Fault[],
  ): Promise<{ left: Weighed[]; explained: ReadonlyMap<number, number> }> {
    const { domain } = this.blame.hello;
    const variants = failing.map(({ call }) =>
      plainerCalls(call, this.plain(call)).filter((one) => domain.holds(one)),
    );
    await this.ask(variants.flat());
    const left: Weighed[] = [];
    const explained = new Map<number, number>();
    for (const [i, one] of failing.entries()) {
      const decided = this.decided(one.call, faults);
      const answers = await this.ask(variants[i]!);
      const alike = answers.filter(
        ({ difference }) =>
          difference !== undefined &&
          [...one.difference.parts].every((part) => decided.has(part) || difference.parts.has(part)),
      );
      const fault = faults.findIndex((known) =>
        alike.some(({ call, difference }) => {
          const suspects = this.suspects({ call, difference: difference! });
          return [known, ...known.touches].some(({ rule }) => suspects.has(rule));
        }),
      );
      if (fault < 0) left.push(one);
      else explained.set(fault, (explained.get(fault) ?? 0) + 1);
    }
    return { left, explained };
  }

  /**
   * Finds the fault that also breaks parts which its rules do not decide: without what the fault's smallest call needs,
   * those parts are right.
   * @returns the index of the fault, or -1
   */
  async causeOf(found: Found, open: ReadonlySet<Part>, faults: readonly Fault[]): Promise<number> {
    const suspects = this.suspects(found);
    for (const [i, fault] of faults.entries()) {
      const isSuspect = [fault, ...fault.touches].some(({ rule }) => suspects.has(rule));
      // An exception preempts every other effect, so the fault's rule need not be a suspect here.
      if (!isSuspect && !raisesAlike(fault.difference, found.difference)) continue;
      const cause = fault.calls.at(-1)!;
      const without = likePlain(found.call, cause, this.plain(cause));
      if (callText(without) === callText(found.call)) continue;
      const [one] = await this.ask([without]);
      if (one !== undefined && ![...(one.difference?.parts ?? [])].some((part) => open.has(part))) return i;
    }
    return -1;
  }

  /** The parts of a call's outcome that the rules of some faults decide. */
  decided(call: Call, faults: readonly Fault[]): ReadonlySet<Part> {
    const rules = faults.flatMap(({ rule, touches }) => [rule, ...touches.map((one) => one.rule)]);
    return new Set(rules.flatMap((rule) => this.say(call).get(rule) ?? []));
  }

  /** The plainer call in which a rule decides no fewer parts, or the nearest such call in the domain. */
  private controlOf(rule: string, call: Call): Call | undefined {
    const control = controlOf(rule, new Seen(call, this.blame.target));
    const near = control && this.blame.hello.domain.nearest(control);
    if (near === undefined || near === control) return near;
    const said = new Set(this.say(near).get(rule));
    return this.say(call)
      .get(rule)
      ?.every((part) => said.has(part)) === true
      ? near
      : undefined;
  }

  /**
   * A factor for what a rule's own statement says of an outcome, beyond a difference in a part that the rule decides.
   */
  private async weightOf(rule: string, { call, difference }: Found): Promise<number> {
    const seen = new Seen(call, this.blame.target);
    const differing = async (other: Call | undefined): Promise<Difference | false | undefined> => {
      if (other === undefined || callText(other) === callText(call)) return undefined;
      const [one] = await this.ask([other]);
      return one && (one.difference ?? false);
    };
    const other = twinOf(rule, seen);
    const [twin, control] = [await differing(other), await differing(this.controlOf(rule, call))];
    // A statement about two calls cannot be tested if the other call cannot be asked.
    const own = isTelling(rule) && !(other !== undefined && twin === undefined) ? telling : 1;
    // The twin is wrong in the same way, as the rule says it should be; or the plainer call, in which the rule decides
    // no fewer parts, passes.
    if (twin && isAlike(twin, difference)) return acquitted;
    if (control === false) return acquitted;
    return twin === false ? own * telling : own;
  }

  /**
   * The likeliest rule for a smallest call, or for its twin if that is wrong in the same way. In that case, what both
   * calls share is to blame, and it is easier to see in the twin.
   */
  async suspect(
    found: Found,
    total: Totals,
    open: ReadonlySet<Part> = found.difference.parts,
    further = 3,
  ): Promise<Suspect> {
    const marks = await this.marks(found, total, open);
    const [best] = marks;
    if (best === undefined) {
      // No rule decides the parts that differ. Any rule that decides something in the call is better than none.
      const rule = [...this.say(found.call).keys()].at(-1) ?? steadyRuleOf(found.call);
      return { rule, broken: false, mark: 0, found };
    }
    const suspect = { rule: best.rule, broken: best.local >= likelyBroken, mark: best.own, found };
    if (suspect.broken) return suspect;
    for (const { rule } of marks) {
      const twin = twinOf(rule, new Seen(found.call, this.blame.target));
      const [other] = twin === undefined ? [] : await this.ask([twin]);
      if (!isFound(other) || !isAlike(other.difference, found.difference)) continue;
      const likely = further > 0 ? await this.suspect(other, total, open, further - 1) : suspect;
      if (likely.broken) return likely;
    }
    return suspect;
  }

  /** The other rules whose statements are false, each with a smallest call that no other rule accounts for. */
  async touched(
    head: string,
    explained: readonly Weighed[],
    smallest: Found,
    total: Totals,
    faults: readonly Fault[],
  ): Promise<Touched[]> {
    const known = new Set([
      head,
      ...faults.flatMap(({ rule, touches }) => [rule, ...touches.map((one) => one.rule)]),
    ]);
    const own = callText(smallest.call);
    const rules = [...new Set(explained.flatMap(({ suspects }) => [...suspects]))]
      .filter((rule) => !known.has(rule))
      .map((rule) => [rule, total.of(rule, smallest.difference.parts)] as const)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, mostTouched);
    const touches: Touched[] = [];
    for (const [rule] of rules) {
      const start = explained.find(({ suspects }) => suspects.has(rule));
      if (start === undefined || !this.blame.goesOn()) continue;
      const kept = await this.smallest(start, (call) => this.say(call).has(rule));
      if (kept === undefined || callText(kept.call) === own) continue;
      // A simpler call that the rule does not concern may fail in the same way.
      const free = await this.smallest(kept);
      if (free === undefined || !this.suspects(free).has(rule)) continue;
      const [best] = await this.marks(free, total);
      if (best === undefined || best.rule !== rule || best.local < likelyBroken) continue;
      touches.push({
        rule,
        calls: [free.call],
        outcomes: [free.outcome],
        difference: free.difference,
        property: start.property,
      });
    }
    return touches;
  }

  /** The aspects of a call that do not matter: with any other value, it fails in the same way. */
  async whatever(found: Found): Promise<Aspect[]> {
    const { target, hello } = this.blame;
    const { parts } = found.difference;
    const varied = variations(found.call, target, hello);
    const free: Aspect[] = [];
    for (const aspect of aspects) {
      const answers = await this.ask(varied.get(aspect) ?? []);
      const returned = answers.filter(
        ({ difference, call }) => difference !== undefined || this.mayFail(call, found),
      );
      const fails = ({ difference }: Asked): boolean =>
        difference !== undefined && [...difference.parts].some((part) => parts.has(part));
      if (returned.length >= 2 && returned.every(fails)) free.push(aspect);
    }
    return free;
  }

  /** Whether the reference raises for both calls, or returns for both. */
  private mayFail(call: Call, { call: own }: Found): boolean {
    return this.kindOf(call) === this.kindOf(own);
  }

  private kindOf(call: Call): string {
    const say = this.say(call);
    return say.has('call-returns-str') || say.has('back-returns-str') ? 'return' : 'raise';
  }

  /** The call with a name that was in no earlier call. */
  private unheard(call: Call, inFolder: boolean): Call {
    const { version, platform } = this.blame.target;
    const name = `q${(this.fresh++).toString(36)}x${version[1]}z`;
    // A path below the prefix that `pairs` sets, so that the prefix changes the result.
    const folder = platform === 'posix' ? '/p/d/__pycache__/' : 'C:\\p\\d\\__pycache__\\';
    const path =
      call.function !== undefined ? `${folder}${name}.T.pyc` : inFolder ? `${name}/${name}.py` : `${name}.py`;
    return { ...call, args: call.args.with(0, str(path)) };
  }

  /** Whether the working directory, if it is read, precedes the path. */
  private completes({ state, args: [path] }: Call): boolean {
    return state.pycachePrefix !== null && !(path instanceof Str && /^[\\/]|^.:/u.test(path.units));
  }

  /**
   * Tests whether the subject keeps something from one call to the next: a call passes on its own, but fails after
   * another one.
   */
  async memory(failing: readonly Weighed[]): Promise<{ fault: Fault; left: Weighed[] } | undefined> {
    const { domain } = this.blame.hello;
    for (const [rule, one, two] of this.pairs(failing[0]!.call)) {
      const inFolder = this.completes(one) || this.completes(two);
      const named = domain.nearest(this.unheard(one, inFolder));
      const second = named && domain.nearest({ ...two, args: named.args });
      const alone = domain.nearest(this.unheard(two, inFolder));
      if (second === undefined || alone === undefined) continue;
      // A domain may allow only one of the two states.
      if (callText(one) !== callText(two) && callText(named!) === callText(second)) continue;
      const answers = await this.blame.ask([alone, named!, second]);
      const [before, first, then] = answers;
      if (before === undefined || first === undefined || then?.difference === undefined) continue;
      if (before.difference !== undefined || first.difference !== undefined) continue;
      const left = await this.notRemembered(failing);
      return {
        fault: {
          rule,
          broken: true,
          calls: [named!, second],
          outcomes: [first.outcome, then.outcome],
          difference: then.difference,
          whatever: [],
          explains: failing.length - left.length,
          touches: [],
          property: failing[0]!.property,
          flaky: false,
        },
        left,
      };
    }
    return undefined;
  }

  /**
   * Pairs of calls of one function, where the first may change the result of the second, each with the rule that
   * forbids this.
   */
  private pairs(like: Call): ReadonlyArray<readonly [rule: string, first: Call, second: Call]> {
    const { target, hello } = this.blame;
    const { fixed } = hello;
    const plain = this.plain(like);
    const state = (part: Partial<Call['state']>): Call => ({ ...plain, state: { ...plain.state, ...part } });
    const other = target.platform === 'posix' ? '/p' : 'C:\\p';
    const prefixed = state({ pycachePrefix: str(other) });
    if (like.function !== undefined) {
      const rule = steadyRuleOf(like);
      return [
        [rule, prefixed, plain],
        [rule, plain, prefixed],
        [rule, plain, plain],
      ];
    }
    return [
      ...(fixed.cacheTag === undefined
        ? [
            ['tag-read-at-each-call', state({ cacheTag: str('a') }), plain] as const,
            ['tag-read-at-each-call', plain, state({ cacheTag: str('a') })] as const,
            ['tag-read-at-each-call', state({ cacheTag: null }), plain] as const,
          ]
        : []),
      ...(fixed.optimize === undefined
        ? [
            ['opt-none-reads-interpreter-level', plain, state({ optimize: 1n })] as const,
            ['opt-none-reads-interpreter-level', state({ optimize: 2n }), state({ optimize: 1n })] as const,
          ]
        : []),
      ['prefix-is-read-at-each-call', plain, prefixed],
      ['prefix-is-read-at-each-call', prefixed, plain],
      ['prefix-is-read-at-each-call', prefixed, state({ pycachePrefix: str(`${other}q`) })],
      [
        'prefix-working-directory-completes',
        prefixed,
        { ...prefixed, state: { ...prefixed.state, cwd: str(`${other}q`) } },
      ],
      ['call-same-result-each-time', plain, plain],
      [
        'call-same-result-each-time',
        { ...plain, kwargs: [['debug_override', true]] },
        { ...plain, kwargs: [['debug_override', true]] },
      ],
      ['call-same-result-each-time', { ...plain, kwargs: [['optimization', str('a')]] }, plain],
      [
        'call-same-result-each-time',
        { ...plain, kwargs: [['optimization', 1n]] },
        { ...plain, kwargs: [['optimization', true]] },
      ],
      ['call-same-result-each-time', { ...plain, kwargs: [['debug_override', false]] }, plain],
      ['call-same-result-each-time', { ...plain, kwargs: [['optimization', str('_')]] }, plain],
    ];
  }

  /**
   * The failing calls that also fail with names that were in no earlier call. They fail for another reason. A call
   * without a name to change is left out, as it may have been asked before.
   */
  private async notRemembered(failing: readonly Weighed[]): Promise<Weighed[]> {
    const rest: Weighed[] = [];
    for (let from = 0; from < failing.length; from += lookedAt) {
      const some = failing.slice(from, from + lookedAt);
      const renamed = some.map(({ call }) => this.renamed(call));
      const answers = await this.blame.ask(renamed);
      rest.push(
        ...some.filter(
          ({ call }, i) => answers[i]?.difference !== undefined && callText(renamed[i]!) !== callText(call),
        ),
      );
    }
    return rest;
  }

  /** The call with other names in its path and the same suffix. */
  private renamed(call: Call): Call {
    const [path] = call.args;
    if (!(path instanceof Str)) return call;
    if (call.function !== undefined) {
      const name = `q${(this.fresh++).toString(36)}z`;
      return {
        ...call,
        args: [str(path.units.replace(/[^\\/.]*(?=(?:\.[^\\/]*)?$)/, name)), ...call.args.slice(1)],
      };
    }
    const end = /\.\w*$/.exec(path.units)?.[0] ?? '';
    const start = path.units.slice(0, path.units.length - end.length);
    const name = `q${(this.fresh++).toString(36)}z`;
    const own = start.replaceAll(/[\p{L}\p{N}_]+/gu, name);
    // What is remembered may be a directory.
    const renamed = this.completes(call) ? `${name}/${own}` : own;
    const other = { ...call, args: call.args.with(0, str(renamed + end)) };
    return this.blame.hello.domain.nearest(other) ?? call;
  }

  /** The fault for a call that failed once and passes alone: it depends on the calls before it, or on chance. */
  async unsteady({ call, before, difference, property }: Weighed): Promise<Fault> {
    const rule = steadyRuleOf(call);
    const shared = { rule, whatever: [], explains: 1, touches: [], property };
    const calls = [...before, call];
    const answers = before.length === 0 ? [] : await this.blame.ask(calls);
    const last = answers.at(-1);
    if (last?.difference !== undefined && answers.every((one) => one !== undefined)) {
      return {
        ...shared,
        broken: true,
        calls,
        outcomes: answers.map((one) => one.outcome),
        difference: last.difference,
        flaky: false,
      };
    }
    return { ...shared, broken: true, calls: [call], outcomes: [difference.got], difference, flaky: true };
  }
}

/** A failing call, and the calls asked while shrinking it. */
export type Found = Asked & { readonly difference: Difference; readonly trail?: readonly Asked[] };

const isFound = (one: Asked | undefined): one is Asked & Found => one?.difference !== undefined;

type Suspect = {
  readonly rule: string;
  readonly broken: boolean;
  readonly mark: number;
  readonly found: Found;
};
