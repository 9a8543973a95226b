/*
 * What supports a rule besides its law: the goldens that show it, the interpreters that these were captured from, and
 * the mutants that break it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from '../python/interpreter.ts';
import {
  compareVersions,
  formatVersion,
  knownSeries,
  parseVersion,
  turningPoints,
  type Version,
} from '../python/releases.ts';
import type { Target } from '../reference.ts';
import { appliesTo, type Rule } from './chapters.ts';
import { packageRoot } from './package.ts';

/** A release whose outcomes are in the goldens. */
export type CapturedRelease = Target & {
  /** Whether CPython's Python source ran on another system, with a stand-in for the part that queries Windows. */
  readonly onStandIn: boolean;
};

export type Evidence = {
  /** The interpreters whose outcomes are in the goldens, the oldest first. */
  readonly captured: readonly CapturedRelease[];
  /** The number of goldens for each rule. */
  readonly goldens: ReadonlyMap<string, number>;
  /** The mutants that the law of each rule catches. */
  readonly mutants: ReadonlyMap<string, readonly string[]>;
};

/** Some releases of one series. */
export type Range = { readonly platform: Platform; readonly releases: string };

/** The captured interpreters that a rule applies to. */
export const capturedOf = (rule: Rule, { captured }: Evidence): CapturedRelease[] =>
  captured.filter((target) => appliesTo(rule, target));

/** For each series in which no release that a rule applies to was captured, the releases that the rule applies to. */
export const onlyReadOf = (rule: Rule, evidence: Evidence): Range[] =>
  rule.platforms.flatMap((platform) =>
    knownSeries.flatMap((series): Range[] => {
      const isOfSeries = ([major, minor]: Version): boolean => `${major}.${minor}` === series;
      const first = turningPoints().find(
        (version) => isOfSeries(version) && appliesTo(rule, { version, platform }),
      );
      const isCaptured = capturedOf(rule, evidence).some(
        (target) => target.platform === platform && isOfSeries(target.version),
      );
      return first === undefined || isCaptured
        ? []
        : [{ platform, releases: releasesFrom(first, rule, series) }];
    }),
  );

function releasesFrom(first: Version, { before }: Rule, series: string): string {
  const end = before?.find((version) => formatVersion(version).startsWith(`${series}.`));
  const last = end !== undefined && end[2] > 0 ? `${series}.${end[2] - 1}` : undefined;
  if (last === formatVersion(first)) return last;
  if (last !== undefined) return `${formatVersion(first)} to ${last}`;
  return first[2] === 0 ? series : `${formatVersion(first)} and later of ${series}`;
}

/** The series of which no release was captured on a platform. */
export const uncapturedSeries = ({ captured }: Evidence, platform: Platform): string[] =>
  knownSeries.filter(
    (series) =>
      !captured.some(
        (target) => target.platform === platform && formatVersion(target.version).startsWith(`${series}.`),
      ),
  );

/** The path of the goldens' summary. The goldens themselves are not part of the package. */
export const summaryPath = (): string => join(packageRoot(), 'fixtures', 'summary.json');

export function readEvidence(): Evidence {
  const { captured, goldens } = JSON.parse(readFileSync(summaryPath(), 'utf8')) as {
    captured: Array<{ version: string; paths: Platform; onStandIn?: true }>;
    goldens: Record<string, number>;
  };
  return {
    captured: captured
      .map(({ version, paths, onStandIn = false }): CapturedRelease => ({
        version: parseVersion(version)!,
        platform: paths,
        onStandIn,
      }))
      .toSorted((a, b) => compareVersions(a.version, b.version)),
    goldens: new Map(Object.entries(goldens)),
    mutants: readMutants(),
  };
}

function readMutants(): Map<string, string[]> {
  const mutants = new Map<string, string[]>();
  const folder = join(packageRoot(), 'properties', 'mutants');
  for (const file of existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.py')) : []) {
    const breaks = /^Breaks: (.+)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? '';
    for (const id of breaks.split(', ').filter((one) => one !== '')) {
      mutants.set(id, [...(mutants.get(id) ?? []), file.slice(0, -'.py'.length)]);
    }
  }
  return mutants;
}
