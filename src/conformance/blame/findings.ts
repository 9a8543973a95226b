/* The calls of a run that are kept to find its faults. */
import type { Call, Outcome } from '../../python/call.ts';
import type { Target } from '../../reference.ts';
import type { Hello } from '../features.ts';
import { costOf, plainCalls, type PlainCalls } from './cost.ts';

/** A call whose outcome differs from the reference's. */
export type Failing = {
  readonly call: Call;
  readonly outcome: Outcome;
  /** The calls before it in the same input, and the property that the input belongs to. */
  readonly before: readonly Call[];
  readonly property: string;
};

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
