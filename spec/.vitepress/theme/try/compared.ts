/*
 * One call in all releases, beside what came back of it.
 */
import { platforms, type Platform } from '../../../../src/python/interpreter.ts';
import { formatVersion, releaseOf } from '../../../../src/python/releases.ts';
import type { Trace } from '../../../../src/reference.ts';
import { differenceOf, type Piece } from './difference.ts';
import type { Question } from './form.ts';
import { displayOf, type Display } from './outcome.ts';
import { inAllReleases, pointOf } from './releases.ts';

export type Row = {
  readonly releases: string;
  readonly outcome: Display;
  /** The outcome's text, and what the chosen release has instead. */
  readonly pieces: readonly Piece[];
  /** The chosen release is one of these. */
  readonly isChosen: boolean;
  /** The same comes back as in the chosen release. */
  readonly isSame: boolean;
  /** The rules that decide here and not there. */
  readonly because: readonly string[];
};

export type Table = { readonly platform: Platform; readonly rows: readonly Row[] };

/**
 * A table for each platform, the chosen one first.
 *
 * @param taken how the question is answered
 */
export function compared({ target, on }: Question, taken: Trace): Table[] {
  const { unicode } = releaseOf(target.version);
  const chosen = displayOf(taken.outcome, unicode);
  const point = formatVersion(pointOf(target.version));
  /** In the release where they are fewest: others have nothing to do with it. */
  const newRules = (sets: ReadonlyArray<readonly string[]>): readonly string[] =>
    sets
      .map((rules) => rules.filter((rule) => !taken.rules.includes(rule)))
      .reduce((fewest, rules) => (rules.length <= fewest.length ? rules : fewest));
  return platforms
    .toSorted((a, b) => Number(b === target.platform) - Number(a === target.platform))
    .map((platform) => ({
      platform,
      rows: inAllReleases(on(platform), platform, unicode).map(({ releases, versions, outcome, rules }) => {
        const isSame = sameDisplay(outcome, chosen);
        return {
          releases,
          outcome,
          pieces:
            outcome.raised === chosen.raised
              ? differenceOf(outcome.text, chosen.text)
              : [{ text: outcome.text, instead: chosen.text }],
          isChosen:
            platform === target.platform && versions.some((version) => formatVersion(version) === point),
          isSame,
          because: isSame ? [] : newRules(rules),
        };
      }),
    }));
}

const sameDisplay = (a: Display, b: Display): boolean =>
  a.raised === b.raised && a.text === b.text && a.warnings.join('\n') === b.warnings.join('\n');
