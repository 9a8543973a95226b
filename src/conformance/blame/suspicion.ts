/* Which rule a smallest failing call speaks against, as similar calls show. */
import { controlOf, isTelling, Seen, twinOf, type Difference, type Part } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import { callText } from '../codec.ts';
import type { Around } from './around.ts';
import {
  isAlike,
  isFound,
  meets,
  steadyRuleOf,
  type Asked,
  type Fault,
  type Found,
  type Touched,
  type Weighed,
} from './fault.ts';
import type { Totals } from './totals.ts';

/** How many other rules are examined for each fault. */
const mostTouched = 8;

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

/** Weighs the rules that may be to blame for a failing call. */
export class Suspicion {
  private readonly around: Around;
  private readonly total: Totals;
  /** The rules of the known faults. */
  private readonly named = new Set<string>();

  constructor(around: Around, total: Totals) {
    this.around = around;
    this.total = total;
  }

  /** Notes that a rule is known to be broken. */
  know(rule: string): void {
    this.named.add(rule);
  }

  /**
   * Scores how well each suspect separates failing from passing calls: Ochiai's measure, averaged over the aspects that
   * matter and combined with the score over all judged calls.
   */
  private async marks(found: Found, parts: ReadonlySet<Part> = found.difference.parts): Promise<Mark[]> {
    const fails = ({ difference }: Asked): boolean =>
      difference !== undefined && [...difference.parts].some((part) => parts.has(part));
    const groups = (await this.around.neighbours(found))
      .map((group) => [...group.filter(({ call }) => call !== found.call), found])
      .filter((group) => !group.every(fails));
    // Of rules with equal scores, the one that decides fewer parts is likelier.
    const says = (rule: string): number => this.around.say(found.call).get(rule)?.length ?? 0;
    const suspects = await Promise.all(
      [...this.around.suspects(found)]
        .filter((rule) => meets(this.around.say(found.call).get(rule), parts))
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
              ? this.around.suspects({ call, difference: difference! }).has(rule)
              : meets(this.around.say(call).get(rule), parts);
            if (!isDeciding) continue;
            decided++;
            if (isFailing) both++;
          }
          return both === 0 ? 0 : both / Math.sqrt(failed * decided);
        });
        const local = locals.length === 0 ? 1 : locals.reduce((sum, one) => sum + one, 0) / locals.length;
        const own = local * weight;
        return {
          rule,
          local: local * Math.min(weight, 1),
          own,
          all: own * Math.sqrt(this.total.of(rule, parts)),
        };
      })
      .map((mark) => (this.named.has(mark.rule) ? { ...mark, all: mark.all * familiar } : mark))
      .toSorted((a, b) => b.all - a.all || b.own - a.own || says(a.rule) - says(b.rule));
  }

  /** The plainer call in which a rule decides no fewer parts, or the nearest such call in the domain. */
  private controlOf(rule: string, call: Call): Call | undefined {
    const control = controlOf(rule, new Seen(call, this.around.blame.target));
    const near = control && this.around.blame.hello.domain.nearest(control);
    if (near === undefined || near === control) return near;
    const said = new Set(this.around.say(near).get(rule));
    return this.around
      .say(call)
      .get(rule)
      ?.every((part) => said.has(part)) === true
      ? near
      : undefined;
  }

  /**
   * A factor for what a rule's own statement says of an outcome, beyond a difference in a part that the rule decides.
   */
  private async weightOf(rule: string, { call, difference }: Found): Promise<number> {
    const seen = new Seen(call, this.around.blame.target);
    const differing = async (other: Call | undefined): Promise<Difference | false | undefined> => {
      if (other === undefined || callText(other) === callText(call)) return undefined;
      const [one] = await this.around.ask([other]);
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
    open: ReadonlySet<Part> = found.difference.parts,
    further = 3,
  ): Promise<Suspect> {
    const marks = await this.marks(found, open);
    const [best] = marks;
    if (best === undefined) {
      // No rule decides the parts that differ. Any rule that decides something in the call is better than none.
      const rule = [...this.around.say(found.call).keys()].at(-1) ?? steadyRuleOf(found.call);
      return { rule, broken: false, mark: 0, found };
    }
    const suspect = { rule: best.rule, broken: best.local >= likelyBroken, mark: best.own, found };
    if (suspect.broken) return suspect;
    for (const { rule } of marks) {
      const twin = twinOf(rule, new Seen(found.call, this.around.blame.target));
      const [other] = twin === undefined ? [] : await this.around.ask([twin]);
      if (!isFound(other) || !isAlike(other.difference, found.difference)) continue;
      const likely = further > 0 ? await this.suspect(other, open, further - 1) : suspect;
      if (likely.broken) return likely;
    }
    return suspect;
  }

  /** The broken rule, if any, of a call that was shrunk to a known fault although that does not explain it. */
  async beside(
    start: Weighed,
    rule: string,
    faults: readonly Fault[],
  ): Promise<{ readonly suspect: Suspect; readonly known: number } | undefined> {
    const known = faults.findIndex((fault) => fault.rule === rule);
    const { parts, found } = start.difference;
    // An exception may hide any other effect, so only a path can tell two causes apart.
    if (known < 0 || start.suspects.has(rule) || found.size === 0) return undefined;
    const apart = await this.around.smallest(start, (call) => !meets(this.around.say(call).get(rule), parts));
    const suspect = apart && (await this.suspect(apart));
    if (suspect?.broken !== true || faults.some((fault) => fault.rule === suspect.rule)) return undefined;
    return { suspect, known };
  }

  /** The other rules whose statements are false, each with a smallest call that no other rule accounts for. */
  async touched(
    head: string,
    explained: readonly Weighed[],
    smallest: Found,
    faults: readonly Fault[],
  ): Promise<Touched[]> {
    const known = new Set([
      head,
      ...faults.flatMap(({ rule, touches }) => [rule, ...touches.map((one) => one.rule)]),
    ]);
    const own = callText(smallest.call);
    const rules = [...new Set(explained.flatMap(({ suspects }) => [...suspects]))]
      .filter((rule) => !known.has(rule))
      .map((rule) => [rule, this.total.of(rule, smallest.difference.parts)] as const)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, mostTouched);
    const touches: Touched[] = [];
    for (const [rule] of rules) {
      const start = explained.find(({ suspects }) => suspects.has(rule));
      if (start === undefined || !this.around.blame.goesOn()) continue;
      const kept = await this.around.smallest(start, (call) => this.around.say(call).has(rule));
      if (kept === undefined || callText(kept.call) === own) continue;
      // A simpler call that the rule does not concern may fail in the same way.
      const free = await this.around.smallest(kept);
      if (free === undefined || !this.around.suspects(free).has(rule)) continue;
      const [best] = await this.marks(free);
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
}

export type Suspect = {
  readonly rule: string;
  readonly broken: boolean;
  readonly mark: number;
  readonly found: Found;
};
