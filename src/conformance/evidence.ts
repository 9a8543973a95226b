/*
 * What stands behind a rule beside its law: the goldens that show it, from which interpreters, and the mutants
 * that break it.
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

/** A release whose answers the goldens hold. */
export type CapturedRelease = Target & {
  /** Whether its Python source answered as if on Windows, with a stand-in for Windows's own part. */
  readonly onStandIn: boolean;
};

export type Evidence = {
  /** The interpreters whose answers the goldens hold, oldest first. */
  readonly captured: readonly CapturedRelease[];
  /** How many goldens each rule has. */
  readonly goldens: ReadonlyMap<string, number>;
  /** The mutants that each rule's law catches. */
  readonly mutants: ReadonlyMap<string, readonly string[]>;
};

/** Releases of one series. */
export type Range = { readonly platform: Platform; readonly releases: string };

/** Those of the captured interpreters to which a rule applies. */
export const capturedOf = (rule: Rule, { captured }: Evidence): CapturedRelease[] =>
  captured.filter((target) => appliesTo(rule, target));

/** The releases to which a rule applies and of whose series, as far as it does, none was captured. */
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

/** The series of which nothing was captured on a platform. */
export const uncapturedSeries = ({ captured }: Evidence, platform: Platform): string[] =>
  knownSeries.filter(
    (series) =>
      !captured.some(
        (target) => target.platform === platform && formatVersion(target.version).startsWith(`${series}.`),
      ),
  );

/** Where what the goldens come to is kept: they themselves are no part of the package. */
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
