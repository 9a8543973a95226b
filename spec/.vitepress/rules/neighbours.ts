/* Finds the rules that are related to a rule. */
import type { Chapter, Rule } from '../../../src/conformance/chapters.ts';
import { rulesThatDecide } from '../../../src/conformance/deciding.ts';
import { formatVersion, type Since } from '../../../src/python/releases.ts';
import { decidersOf, goldensOf } from './goldens.ts';

export type Neighbours = {
  readonly previous?: Rule;
  readonly next?: Rule;
  /** The rules for the releases to which this one does not apply. */
  readonly counterparts: readonly Rule[];
  /** Rules that decide many of the same goldens, and few others. */
  readonly together: readonly Rule[];
};

/** The neighbours of every rule, by id. */
export function neighboursOf(chapters: readonly Chapter[]): ReadonlyMap<string, Neighbours> {
  const rules = chapters.flatMap((chapter) => chapter.rules);
  const decided = new Map(rules.map((rule) => [rule, decidedBeside(rule)]));
  const all = [...decided.values()].flat();
  const shares = new Map(rules.map(({ id }) => [id, shareOf(id, all)]));
  const follow = new Map(rules.map((rule) => [rule, followedOrPreceded(rule, rules)]));
  const isCounterpart = (one: Rule, other: Rule): boolean => {
    const [there, back] = [follow.get(one)!.includes(other), follow.get(other)!.includes(one)];
    return (
      (there && back) || (there && shares.get(other.id)! < common) || (back && shares.get(one.id)! < common)
    );
  };
  return new Map(
    rules.map((rule) => {
      const own = chapters.find(({ name }) => name === rule.chapter)!.rules;
      const place = own.indexOf(rule);
      const [previous, next] = [own[place - 1], own[place + 1]];
      const counterparts = rules.filter((other) => isCounterpart(rule, other));
      const together = closest(decided.get(rule)!, shares).map((id) => rules.find((one) => one.id === id)!);
      return [
        rule.id,
        {
          ...(previous === undefined ? {} : { previous }),
          ...(next === undefined ? {} : { next }),
          counterparts,
          together: together.filter((one) => !counterparts.includes(one)).slice(0, most),
        },
      ];
    }),
  );
}

/** A rule that decides at least this share of all goldens is not specific to any. */
const common = 0.3;
/** The maximum number of rules to name. */
const most = 6;

const shareOf = (id: string, goldens: ReadonlyArray<ReadonlySet<string>>): number =>
  goldens.filter((ids) => ids.has(id)).length / goldens.length;

/** For each golden that a rule decides, the other rules that decide it. */
const decidedBeside = (rule: Rule): ReadonlyArray<ReadonlySet<string>> =>
  goldensOf(rule)
    .map((golden) => new Set(decidersOf(golden, rule)))
    .filter((ids) => ids.delete(rule.id));

/** The rules that decide these goldens more often than others, the most specific first. */
function closest(goldens: ReadonlyArray<ReadonlySet<string>>, shares: ReadonlyMap<string, number>): string[] {
  return [...new Set(goldens.flatMap((ids) => [...ids]))]
    .map((id) => ({ id, here: shareOf(id, goldens), anywhere: shares.get(id)! }))
    .filter(({ here, anywhere }) => here >= 0.2 && here >= 2 * anywhere)
    .toSorted((a, b) => b.here * Math.log(b.here / b.anywhere) - a.here * Math.log(a.here / a.anywhere))
    .map(({ id }) => id);
}

/** The rules whose bounds meet the bounds of this one, and that decide an example against it. */
function followedOrPreceded(rule: Rule, rules: readonly Rule[]): Rule[] {
  const deciding = new Set(
    rule.examples
      .filter(({ side }) => side === 'against')
      .flatMap(({ call, target }) => rulesThatDecide(call, target)),
  );
  return rules.filter(
    ({ id, since, before }) => deciding.has(id) && (meets(rule.before, since) || meets(before, rule.since)),
  );
}

const meets = (before: Since | undefined, since: Since): boolean =>
  before !== undefined &&
  before.some((end) => since.some((begin) => formatVersion(begin) === formatVersion(end)));
