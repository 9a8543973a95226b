/*
 * What supports a rule besides its law: the goldens that show it, the interpreters that these were captured from, and
 * the mutants that break it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Startable } from '../python/command-line.ts';
import type { Platform } from '../python/interpreter.ts';
import {
  compareVersions,
  formatVersion,
  parseVersion,
  turningPoints,
  type Version,
} from '../python/releases.ts';
import { seriesKnown } from '../python/tags.ts';
import type { Target } from '../reference.ts';
import { appliesTo, type Rule } from './chapters.ts';
import { packageRoot } from './package.ts';
import { isWithin, type ImplementationBounds, type StateRule } from './state-chapter.ts';

/** A release whose outcomes are in the goldens. For PyPy, it is the version of Python. */
export type CapturedRelease = Target & {
  readonly implementation: Startable;
  /** Whether CPython's Python source ran on another system, with a stand-in for the part that queries Windows. */
  readonly onStandIn: boolean;
};

export type Evidence = {
  /** The interpreters whose outcomes of calls are in the goldens, the oldest first. */
  readonly captured: readonly CapturedRelease[];
  /** The interpreters whose outcomes of starts are in the goldens, the oldest first. */
  readonly started: readonly CapturedRelease[];
  /** The number of goldens for each rule. */
  readonly goldens: ReadonlyMap<string, number>;
  /** The mutants that the law of each rule catches. */
  readonly mutants: ReadonlyMap<string, readonly string[]>;
};

/** An implementation on a platform. */
export type Whose = Pick<CapturedRelease, 'implementation' | 'platform'>;

/** Some releases of one series. */
export type Range = Whose & { readonly releases: string };

/** A rule of a call, or of a start. */
export type AnyRule = Rule | StateRule;

const isOfStart = (rule: AnyRule): rule is StateRule => 'bounds' in rule;

/** The interpreters that a rule applies to. Rules of calls are those of CPython. */
export const boundsOf = (rule: AnyRule): readonly ImplementationBounds[] =>
  isOfStart(rule) ? rule.bounds : [{ ...rule, implementation: 'cpython' }];

/** The interpreters that were asked what a rule is about. */
export const askedFor = (rule: AnyRule, { captured, started }: Evidence): readonly CapturedRelease[] =>
  isOfStart(rule) ? started : captured;

/** The captured interpreters that a rule applies to, by implementation. */
export const capturedOf = (rule: AnyRule, evidence: Evidence): CapturedRelease[] =>
  boundsOf(rule).flatMap((bounds) => askedFor(rule, evidence).filter((one) => isWithin(bounds, one)));

/** For each series in which no release that a rule applies to was captured, the releases that the rule applies to. */
export const onlyReadOf = (rule: AnyRule, evidence: Evidence): Range[] =>
  boundsOf(rule).flatMap((bounds) =>
    bounds.platforms.flatMap((platform) => {
      const { implementation } = bounds;
      const captured = capturedOf(rule, evidence).filter(isOf({ implementation, platform }));
      return seriesKnown(implementation).flatMap((series): Range[] => {
        const first = turningPoints().find(
          (version) => isOfSeries(series, version) && appliesTo(bounds, { version, platform }),
        );
        return first === undefined || captured.some(({ version }) => isOfSeries(series, version))
          ? []
          : [{ implementation, platform, releases: releasesFrom(first, bounds, series) }];
      });
    }),
  );

/** A test whether something is of an implementation on a platform. */
export const isOf =
  ({ implementation, platform }: Whose) =>
  (one: Whose): boolean =>
    one.implementation === implementation && one.platform === platform;

const isOfSeries = (series: string, [major, minor]: Version): boolean => `${major}.${minor}` === series;

function releasesFrom(first: Version, { before }: ImplementationBounds, series: string): string {
  const end = before?.find((version) => formatVersion(version).startsWith(`${series}.`));
  const last = end !== undefined && end[2] > 0 ? `${series}.${end[2] - 1}` : undefined;
  if (last === formatVersion(first)) return last;
  if (last !== undefined) return `${formatVersion(first)} to ${last}`;
  return first[2] === 0 ? series : `${formatVersion(first)} and later of ${series}`;
}

/** The series of which no release was captured. */
export const uncapturedSeries = (captured: readonly CapturedRelease[], whose: Whose): string[] =>
  seriesKnown(whose.implementation).filter(
    (series) => !captured.some((one) => isOf(whose)(one) && isOfSeries(series, one.version)),
  );

/** The path of the goldens' summary. The goldens themselves are not part of the package. */
export const summaryPath = (): string => join(packageRoot(), 'fixtures', 'summary.json');

export function readEvidence(): Evidence {
  const { captured, started, goldens } = JSON.parse(readFileSync(summaryPath(), 'utf8')) as {
    captured: readonly Summarized[];
    started: readonly Summarized[];
    goldens: Record<string, number>;
  };
  return {
    captured: oldestFirst(captured),
    started: oldestFirst(started),
    goldens: new Map(Object.entries(goldens)),
    mutants: readMutants(),
  };
}

/** An interpreter in the summary, CPython unless it says otherwise. */
type Summarized = { version: string; paths: Platform; implementation?: Startable; onStandIn?: true };

const oldestFirst = (summarized: readonly Summarized[]): CapturedRelease[] =>
  summarized
    .map(({ version, paths, implementation = 'cpython', onStandIn = false }): CapturedRelease => ({
      implementation,
      version: parseVersion(version)!,
      platform: paths,
      onStandIn,
    }))
    .toSorted((a, b) => compareVersions(a.version, b.version));

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
