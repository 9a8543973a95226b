/* The outcomes of one call in all releases. */
import type { Answered, Call } from '../../../../src/python/call.ts';
import { encodeOutcome, toLine } from '../../../../src/conformance/codec.ts';
import type { Platform } from '../../../../src/python/interpreter.ts';
import {
  compareVersions,
  formatVersion,
  turningPoints,
  type UnicodeVersion,
  type Version,
} from '../../../../src/python/releases.ts';
import { answer } from '../../../../src/reference.ts';
import { displayOf, type Display } from './outcome.ts';

/** Releases with the same outcome. */
export type Group = {
  /** As ranges, such as `3.4.0–3.4.2`. */
  readonly releases: string;
  /** The turning points among the releases. */
  readonly versions: readonly [Version, ...Version[]];
  readonly outcome: Display;
};

/**
 * The groups, ordered by their first releases. Every release is in one group.
 *
 * @param unicode the version for displaying texts, the same in all groups so that they differ only where outcomes do
 */
export function inAllReleases(call: Call, platform: Platform, unicode: UnicodeVersion): Group[] {
  const points = turningPoints();
  const groups = new Map<string, { outcome: Answered; indexes: [number, ...number[]] }>();
  for (const [index, version] of points.entries()) {
    const outcome = answer(call, { version, platform });
    const key = toLine(encodeOutcome(outcome));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { outcome, indexes: [index] });
    else group.indexes.push(index);
  }
  return [...groups.values()].map(({ outcome, indexes }) => ({
    releases: rangesOf(indexes, points).join(', '),
    versions: [points[indexes[0]]!, ...indexes.slice(1).map((index) => points[index]!)],
    outcome: displayOf(outcome, unicode),
  }));
}

/** The turning point with the same behaviour as a release. */
export const pointOf = (version: Version): Version =>
  turningPoints().findLast((point) => compareVersions(point, version) <= 0)!;

/** The releases to choose from, by series: each turning point, with the releases that behave the same. */
export function choices(): Array<{ series: string; releases: Array<{ version: string; label: string }> }> {
  const points = turningPoints();
  const bySeries = new Map<string, Array<{ version: string; label: string }>>();
  for (const [index, version] of points.entries()) {
    const series = seriesOf(version);
    const [label = ''] = rangesOf([index], points);
    bySeries.set(series, [{ version: formatVersion(version), label }, ...(bySeries.get(series) ?? [])]);
  }
  return [...bySeries].map(([series, releases]) => ({ series, releases })).toReversed();
}

/** Converts ascending indexes of turning points to ranges of releases with their behaviour. */
export function rangesOf(indexes: readonly number[], points: readonly Version[]): string[] {
  const runs: Array<[first: number, last: number]> = [];
  for (const index of indexes) {
    const run = runs.at(-1);
    if (run?.[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([first, last]) => rangeOf(points[first]!, points[last]!, points[last + 1]));
}

/** The range from a release up to, but not including, another, or up to the last known one. */
function rangeOf(first: Version, last: Version, next: Version | undefined): string {
  const from = formatVersion(first);
  if (next && seriesOf(next) === seriesOf(last)) {
    const to = formatVersion([next[0], next[1], next[2] - 1]);
    return from === to ? from : `${from}–${to}`;
  }
  const [start, end] = [first[2] === 0 ? seriesOf(first) : from, seriesOf(last)];
  if (seriesOf(first) !== end) return `${start}–${end}`;
  return start === end ? end : `${start} and later ${end}`;
}

const seriesOf = ([major, minor]: Version): string => `${major}.${minor}`;
