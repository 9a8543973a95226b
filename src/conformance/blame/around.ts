/* Asks calls similar to failing ones. */
import type { Difference, Part } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import { callText } from '../codec.ts';
import { sayIn, suspectsOf } from '../deciding.ts';
import { costOf, plainCalls, type PlainCalls } from './cost.ts';
import {
  isFound,
  raisesAlike,
  wayOf,
  type Asked,
  type Blame,
  type Fault,
  type Found,
  type Say,
  type Weighed,
} from './fault.ts';
import { likePlain, plainerCalls, simplerCalls } from './simpler.ts';
import { aspects, variations, type Aspect } from './variations.ts';

/** How many failing calls are compared with the known faults at a time. */
export const lookedAt = 60;

/** Asks each call at most once, and remembers what was answered. */
export class Around {
  readonly blame: Blame;
  readonly plain: PlainCalls;
  private readonly asked = new Map<string, Asked | undefined>();
  private readonly said = new Map<string, Say>();
  private readonly suspected = new Map<string, ReadonlySet<string>>();
  private names = 0;

  constructor(blame: Blame) {
    this.blame = blame;
    this.plain = plainCalls(blame.target, blame.hello);
  }

  /** A name that no call has had. */
  newName(): string {
    return `q${(this.names++).toString(36)}`;
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

  say(call: Call): Say {
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

  /**
   * The calls to compare a smallest call with: those asked while shrinking it, and for each aspect the calls that
   * differ in it.
   */
  async neighbours({ call, trail = [] }: Found): Promise<Array<readonly Asked[]>> {
    const { target, hello } = this.blame;
    const varied = [...variations(call, target, hello).values()];
    await this.ask(varied.flat());
    return [trail, ...(await Promise.all(varied.map((calls) => this.ask(calls))))];
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
}
