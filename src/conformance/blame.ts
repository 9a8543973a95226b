/*
 * What is wrong in a subject, as far as its outcomes tell. All failing calls of a run are looked at together: the
 * simplest is made as small as it will go, and what is asked around it tells which rule accounts for it. A rule is
 * suspected only for the parts that it decides. It is broken where its own statement is false of an answered call:
 * where a part that it decides differs, and goes on differing wherever the rule has its say around that call, and
 * nowhere else.
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
  /** The calls of its input up to it, and the property whose input it was. */
  readonly before: readonly Call[];
  readonly property: string;
};

/** The rule that the same call has the same result, of the function that a call asks. */
const steadyRuleOf = (call: Call): string =>
  call.function === undefined ? 'call-same-result-each-time' : 'back-same-result-each-time';

/** What one fault comes to. */
export type Fault = {
  /** The rule to look at. */
  readonly rule: string;
  /** Whether that rule's own statement is false; otherwise it is the likeliest. */
  readonly broken: boolean;
  /** The smallest input that shows it: one call, or several of which the last goes wrong. */
  readonly calls: readonly Call[];
  readonly outcomes: readonly Outcome[];
  readonly difference: Difference;
  /** What may be otherwise, and it fails the same way. */
  readonly whatever: readonly Aspect[];
  /** Failing calls that the rule accounts for. */
  readonly explains: number;
  /** Other rules whose statement is false for the same reason. */
  readonly touches: readonly Touched[];
  readonly property: string;
  /** It failed once, and held when it was asked again. */
  readonly flaky: boolean;
};

export type Touched = Pick<Fault, 'rule' | 'calls' | 'outcomes' | 'difference' | 'property'>;

/** What was asked in blame's own account. */
type Asked = { readonly call: Call; readonly outcome: Outcome; readonly difference: Difference | undefined };

/** Asks calls; what the subject lacks or declines has no answer. */
export type Asking = (calls: readonly Call[]) => Promise<ReadonlyArray<Asked | undefined>>;

/** How many calls are kept of a run: of those that fail the simplest, of those that hold one in so many. */
const failingKept = 1500;
/** … and some of each kind of each property: what is rare is not to be lost beside what is common. */
const ofEachProperty = 20;
const passingKept = 1500;

/** Keeps what a run's calls came to, as far as blame needs it. */
export class Findings {
  /** All that failed. */
  failed = 0;
  private held: Call[] = [];
  private stride = 1;
  private passed = 0;
  private kept: Array<readonly [cost: number, failing: Failing]> = [];
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
    if (this.kept.length > 2 * failingKept) this.prune();
  }

  /** The simplest first. */
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
  }
}

/** Faults that are told, and calls that are made smaller for them. */
const mostFaults = 12;
const mostShrunk = 40;
/** Calls that are asked around those that fail: more than that is no use to a reader. */
const mostAsked = 10_000;
/** Failing calls that are held against the faults found before, at a time. */
const lookedAt = 60;
/** Other rules that are looked at for a fault. */
const mostTouched = 8;

export type Blame = {
  readonly findings: Findings;
  readonly target: Target;
  readonly hello: Hello;
  readonly ask: Asking;
  /** Whether the subject is asked any more. */
  readonly goesOn: () => boolean;
  /** How many times as much as usual is asked, and told. */
  readonly patience?: number;
};

/** Failing calls, with how they differ and which rules may be to blame. */
export const weighed = ({ findings, target, hello }: Blame): Weighed[] =>
  findings.failing().flatMap((failing): Weighed[] => {
    const { call, outcome } = failing;
    const difference = judge(call, outcome, target, hello.supports);
    if (difference === undefined) return [];
    const say = sayIn(call, target);
    return [{ ...failing, difference, say, suspects: suspectsOf(call, target, say, difference) }];
  });

/** The faults behind the failing calls: of each function the one that accounts for most first. */
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
  // What says something else than Python, and does the same, may follow from any fault.
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
      // Alone it holds.
      const flaky = await around.unsteady(start);
      const known = faults.find(({ rule }) => rule === flaky.rule);
      if (known === undefined) faults.push(flaky);
      left = left.slice(1);
      continue;
    }
    // What is known accounts for its own part of it.
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
  // What shows in a simple call is nearer the cause than what shows in an odd one.
  const likely = ({ rule, explains, calls }: Fault): number =>
    ((marks.get(rule) ?? 1) * Math.sqrt(explains)) / Math.log2(4 + around.costOf(calls.at(-1)!));
  return faults.toSorted((a, b) => weightOf(b) - weightOf(a) || likely(b) - likely(a));
}

/** What nobody came to make smaller is told all the same: of each likeliest rule the simplest call. */
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

/** A wrong result weighs more than a wrong warning, and that more than a wrong message. */
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

/** Whether all that differs in a call is decided by some rules, one of which is a suspect. */
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

/** How an outcome differs: in which parts, and between what, where it raises. */
export function wayOf({ parts, expected, got }: Difference): string {
  const name = (outcome: Outcome): string => (outcome.kind === 'raise' ? outcome.type : outcome.kind);
  const kinds = parts.has('kind') || parts.has('type') ? ` ${name(expected)} ${name(got)}` : '';
  return `${[...parts].toSorted().join()}${kinds}`;
}

/** Whether two outcomes go wrong alike: some piece is the same wrong one, or the same comes instead of a path. */
const isAlike = (a: Difference, b: Difference): boolean =>
  wayOf(a) === wayOf(b) &&
  [...a.found].every(([piece, text]) => !a.parts.has(piece) || b.found.get(piece) === text);

/** Whether what comes instead of an exception is the same one as elsewhere. */
const raisesAlike = ({ got: one }: Difference, { got: other, expected }: Difference): boolean =>
  expected.kind === 'raise' && one.kind === 'raise' && other.kind === 'raise' && one.type === other.type;

/** Over all judged calls: Ochiai's measure from spectrum-based fault localization, of the parts that differ. */
class Totals {
  private readonly failing: readonly Weighed[];
  private readonly passing: readonly Call[];
  private readonly target: Target;
  /** What a rule decides of those that hold, for the few rules that anybody asks about. */
  private readonly decided = new Map<string, ReadonlyArray<readonly Part[]>>();
  private readonly marks = new Map<string, number>();

  constructor(failing: readonly Weighed[], passing: readonly Call[], target: Target) {
    this.failing = failing;
    this.passing = passing;
    this.target = target;
  }

  private decidedOfPassing(rule: string): ReadonlyArray<readonly Part[]> {
    const known = this.decided.get(rule) ?? this.passing.map((call) => partsDecided(rule, call, this.target));
    this.decided.set(rule, known);
    return known;
  }

  /** From 0, it decides none that fails, to 1, all of them and no other. */
  of(rule: string, parts: ReadonlySet<Part>): number {
    const key = `${rule} ${[...parts].toSorted().join()}`;
    const known = this.marks.get(key) ?? this.mark(rule, parts);
    this.marks.set(key, known);
    return known;
  }

  private mark(rule: string, parts: ReadonlySet<Part>): number {
    const alike = this.failing.filter(({ difference }) =>
      [...difference.parts].some((part) => parts.has(part)),
    );
    const failed = alike.filter(({ suspects }) => suspects.has(rule)).length;
    if (failed === 0) return 0;
    const held = this.decidedOfPassing(rule).filter((own) => meets(own, parts)).length;
    return failed / Math.sqrt(alike.length * (failed + held));
  }
}

/** How well a rule tells what fails around a call from what holds; and with that, what all judged calls say. */
type Mark = { readonly rule: string; readonly local: number; readonly own: number; readonly all: number };

/** From here on a rule's statement counts as false. */
const likelyBroken = 0.4;
/** That an outcome is just what a rule forbids says more than that something differs which it decides. */
const telling = 1.4;
const acquitted = 0.2;
/** A rule that is broken anyway accounts for more rather than another is. */
const familiar = 1.25;

/** What is asked around failing calls. */
export class Around {
  private readonly blame: Blame;
  private readonly plain: PlainCalls;
  private readonly asked = new Map<string, Asked | undefined>();
  private readonly said = new Map<string, Say>();
  private readonly suspected = new Map<string, ReadonlySet<string>>();
  private fresh = 0;
  /** The rules of the faults that are known. */
  readonly named = new Set<string>();

  constructor(blame: Blame) {
    this.blame = blame;
    this.plain = plainCalls(blame.target, blame.hello);
  }

  costOf(call: Call): number {
    return costOf(call, this.plain(call));
  }

  /** How many were asked. */
  get calls(): number {
    return this.asked.size;
  }

  /** Each call once. */
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
   * The simplest call that fails in the same way.
   * @param keep what it must have
   * @param enough where it need not be any simpler
   * @returns undefined where the call itself holds now
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
    // Without an answer it stays as it is.
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

  /** What is asked around a smallest call: for each of its aspects the calls that differ in it, and those on the way. */
  private async neighbours({ call, trail = [] }: Found): Promise<Array<readonly Asked[]>> {
    const { target, hello } = this.blame;
    const varied = [...variations(call, target, hello).values()];
    await this.ask(varied.flat());
    return [trail, ...(await Promise.all(varied.map((calls) => this.ask(calls))))];
  }

  /**
   * How well each suspect tells what fails around a call from what holds: Ochiai's measure for each aspect, but for
   * those that play no part, and that over all judged calls.
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
    // Of rules that tell alike the one that says less is nearer.
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
   * Of failing calls those that go wrong for another reason than the faults that are known: made plainer in one thing,
   * they do not fail as one of these.
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
   * The fault that makes other parts go wrong than its rules decide: without what its own smallest call needs, they
   * hold.
   */
  async causeOf(found: Found, open: ReadonlySet<Part>, faults: readonly Fault[]): Promise<number> {
    const suspects = this.suspects(found);
    for (const [i, fault] of faults.entries()) {
      const isSuspect = [fault, ...fault.touches].some(({ rule }) => suspects.has(rule));
      // What raises does so before anything else has its say.
      if (!isSuspect && !raisesAlike(fault.difference, found.difference)) continue;
      const cause = fault.calls.at(-1)!;
      const without = likePlain(found.call, cause, this.plain(cause));
      if (callText(without) === callText(found.call)) continue;
      const [one] = await this.ask([without]);
      if (one !== undefined && ![...(one.difference?.parts ?? [])].some((part) => open.has(part))) return i;
    }
    return -1;
  }

  /** The parts of a call's outcome that are decided by the rules of some faults. */
  decided(call: Call, faults: readonly Fault[]): ReadonlySet<Part> {
    const rules = faults.flatMap(({ rule, touches }) => [rule, ...touches.map((one) => one.rule)]);
    return new Set(rules.flatMap((rule) => this.say(call).get(rule) ?? []));
  }

  /** The plainer call of which a rule says no less, or the one nearest to it in the domain. */
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

  /** What a rule's own statement says of an outcome, beyond that something differs which it decides. */
  private async weightOf(rule: string, { call, difference }: Found): Promise<number> {
    const seen = new Seen(call, this.blame.target);
    const differing = async (other: Call | undefined): Promise<Difference | false | undefined> => {
      if (other === undefined || callText(other) === callText(call)) return undefined;
      const [one] = await this.ask([other]);
      return one && (one.difference ?? false);
    };
    const other = twinOf(rule, seen);
    const [twin, control] = [await differing(other), await differing(this.controlOf(rule, call))];
    // What a rule says of two calls is not seen where the other cannot be asked.
    const own = isTelling(rule) && !(other !== undefined && twin === undefined) ? telling : 1;
    // What it should share with another it shares; or the plainer call, of which it says no less, holds.
    if (twin && isAlike(twin, difference)) return acquitted;
    if (control === false) return acquitted;
    return twin === false ? own * telling : own;
  }

  /**
   * The likeliest rule for a smallest call; or for its twin, where that goes wrong alike: then what both share is to
   * blame, and it is plainer to see there.
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
      // No rule decides what differs: any that has a say is nearer than none.
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

  /** Other rules whose statement is false, too: each with a smallest call of its own, which no other accounts for. */
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
      // What is simpler, and has nothing to do with the rule, fails in the same way.
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

  /** The aspects of a call that may be any other, and it fails in the same way. */
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

  /** Whether a call comes as far as the one that fails, as the reference has it. */
  private mayFail(call: Call, { call: own }: Found): boolean {
    return this.kindOf(call) === this.kindOf(own);
  }

  private kindOf(call: Call): string {
    const say = this.say(call);
    return say.has('call-returns-str') || say.has('back-returns-str') ? 'return' : 'raise';
  }

  /** A name that was in no call before. */
  private unheard(call: Call): Call {
    const { version, platform } = this.blame.target;
    const name = `q${(this.fresh++).toString(36)}x${version[1]}z`;
    // A prefix makes a difference to it.
    const folder = platform === 'posix' ? '/p/d/__pycache__/' : 'C:\\p\\d\\__pycache__\\';
    const path = call.function === undefined ? `${name}.py` : `${folder}${name}.T.pyc`;
    return { ...call, args: call.args.with(0, str(path)) };
  }

  /**
   * Whether the subject keeps something from one call to the next: a call that holds where nothing like it was asked
   * before, and does not after another.
   */
  async memory(failing: readonly Weighed[]): Promise<{ fault: Fault; left: Weighed[] } | undefined> {
    const { domain } = this.blame.hello;
    for (const [rule, one, two] of this.pairs(failing[0]!.call)) {
      const named = domain.nearest(this.unheard(one));
      const second = named && domain.nearest({ ...two, args: named.args });
      const alone = domain.nearest(this.unheard(two));
      if (second === undefined || alone === undefined) continue;
      // A domain may have the one state alone.
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

  /** Two calls of one function, of which the first may change what the second gives; and the rule that says it may not. */
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
    ];
  }

  /**
   * Of failing calls those that fail with names that were in no call before, too: they fail for another reason. What
   * has no name to change may have been asked before in any way.
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

  /** The call with other names in its path; what they end in stays. */
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
    const other = { ...call, args: call.args.with(0, str(start.replaceAll(/[\p{L}\p{N}_]+/gu, name) + end)) };
    return this.blame.hello.domain.nearest(other) ?? call;
  }

  /** What failed once, and holds alone: with what was asked before it, or by chance. */
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

/** A failing call, and what was asked on the way to it. */
export type Found = Asked & { readonly difference: Difference; readonly trail?: readonly Asked[] };

const isFound = (one: Asked | undefined): one is Asked & Found => one?.difference !== undefined;

type Suspect = {
  readonly rule: string;
  readonly broken: boolean;
  readonly mark: number;
  readonly found: Found;
};
