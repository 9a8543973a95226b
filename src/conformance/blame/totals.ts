/* How well a rule separates the failing calls of a whole run from the passing ones. */
import type { Part } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import type { Target } from '../../reference.ts';
import { partsDecided } from '../deciding.ts';
import { meets, type Weighed } from './fault.ts';

/**
 * Scores rules over all judged calls with Ochiai's measure from spectrum-based fault localization, for the parts that
 * differ.
 */
export class Totals {
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
