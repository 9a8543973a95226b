/* Compares the outcome of one call with its outcomes in all releases. */
import { differenceOf as differenceBetween } from '../../../../properties/parts.ts';
import { platforms, type Platform } from '../../../../src/python/interpreter.ts';
import { formatVersion, releaseOf, type Version } from '../../../../src/python/releases.ts';
import { recorded, type Recorded } from '../../../../src/reference.ts';
import { sayIn } from './deciding.ts';
import { differenceOf, type Piece } from './difference.ts';
import type { Question } from './form.ts';
import { displayOf, type Display } from './outcome.ts';
import { inAllReleases, pointOf } from './releases.ts';
import type { Rules } from './rules.data.ts';

export type Row = {
  readonly releases: string;
  readonly outcome: Display;
  /** The outcome's text, with the chosen release's text where they differ. */
  readonly pieces: readonly Piece[];
  /** Whether the chosen release is one of these. */
  readonly isChosen: boolean;
  /** Whether the outcome is that of the chosen release. */
  readonly isSame: boolean;
  /** The rules that decide the differing parts here but not in the chosen release. */
  readonly because: readonly string[];
};

/** Rows that apply to each of these platforms. */
export type Table = { readonly platforms: readonly Platform[]; readonly rows: readonly Row[] };

/**
 * A table for each platform, the chosen one first, or one for both if they agree in every release.
 *
 * @param taken the answer to the question
 */
export function compared({ call, target, on }: Question, taken: Recorded, rules: Rules): Table[] {
  const { unicode } = releaseOf(target.version);
  const chosen = displayOf(taken.outcome, unicode);
  const point = formatVersion(pointOf(target.version));
  const there = sayIn(rules, call, target);
  const because = (versions: readonly [Version, ...Version[]], platform: Platform): string[] => {
    const one = on(platform);
    const { outcome, record } = recorded(one, { version: versions[0], platform });
    const parts = differenceBetween(taken.outcome, outcome, record, platform)?.parts;
    const newRules = (version: Version): string[] =>
      [...sayIn(rules, one, { version, platform })]
        .filter(([id, decided]) => !there.has(id) && decided.some((part) => parts?.has(part)))
        .map(([id]) => id);
    // Of these releases, the one with the fewest such rules: the other rules have nothing to do with the difference.
    return versions.map(newRules).reduce((fewest, ids) => (ids.length <= fewest.length ? ids : fewest));
  };
  const tables = platforms
    .toSorted((a, b) => Number(b === target.platform) - Number(a === target.platform))
    .map((platform) => ({
      platforms: [platform],
      rows: inAllReleases(on(platform), platform, unicode).map(({ releases, versions, outcome }) => {
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
          because: isSame ? [] : because(versions, platform),
        };
      }),
    }));
  const [own, other] = tables.map(({ rows }) => rows);
  return sameRows(own!, other!)
    ? [{ platforms: tables.flatMap((one) => one.platforms), rows: own! }]
    : tables;
}

const sameRows = (a: readonly Row[], b: readonly Row[]): boolean =>
  a.length === b.length &&
  a.every((row, i) => row.releases === b[i]!.releases && sameDisplay(row.outcome, b[i]!.outcome));

const sameDisplay = (a: Display, b: Display): boolean =>
  a.raised === b.raised && a.text === b.text && a.warnings.join('\n') === b.warnings.join('\n');
