/*
 * Which of the rules that fail is the one that is wrong. One fault makes many laws fail, since their inputs
 * have more to them than the one rule. The rule that decides the calls that fail, and few of those that hold,
 * is the likeliest: Ochiai's measure from spectrum-based fault localization, over the examples of the chapters.
 */

/** A call that was judged: the rules that decide it, and whether it failed. */
type Judged = { readonly rules: readonly string[]; readonly failed: boolean };

export class Suspicion {
  private readonly judged: Judged[] = [];
  private readonly found = new Map<string, number>();

  add(rules: readonly string[], failed: boolean): void {
    this.judged.push({ rules, failed });
    this.found.clear();
  }

  /** From 0, no failed call is decided by the rule, to 1, all of them are and no other. */
  of(rule: string): number {
    const found = this.found.get(rule) ?? this.measure(rule);
    this.found.set(rule, found);
    return found;
  }

  private measure(rule: string): number {
    const deciding = this.judged.filter(({ rules }) => rules.includes(rule));
    const failed = deciding.filter((one) => one.failed).length;
    const allFailed = this.judged.filter((one) => one.failed).length;
    return failed === 0 ? 0 : failed / Math.sqrt(allFailed * deciding.length);
  }

  /**
   * The likeliest of some rules; of equals the last, which is decided latest.
   * @throws TypeError when there are none: a failure must not go without a rule
   */
  likeliest(rules: readonly string[]): string {
    return rules.reduce((best, rule) => (this.of(rule) >= this.of(best) ? rule : best));
  }
}
