import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { properties } from '../../properties/index.ts';
import { readChapters, type Rule, type Statement } from '../conformance/chapters.ts';
import {
  askedFor,
  boundsOf,
  capturedOf,
  isOf,
  onlyReadOf,
  readEvidence,
  uncapturedSeries,
  type AnyRule,
  type CapturedRelease,
  type Evidence,
} from '../conformance/evidence.ts';
import { packageRoot, pageOf, sectionOf } from '../conformance/package.ts';
import { painter, textWidth, wantsColor, wrapped } from '../conformance/reports/layout.ts';
import { readStateChapter, type StateRule } from '../conformance/state-chapter.ts';
import { isStartable, type Startable } from '../python/command-line.ts';
import { platforms, type Platform } from '../python/interpreter.ts';
import { formatVersion } from '../python/releases.ts';
import { implementationNames, implementations } from '../python/tags.ts';
import { rendered } from './markdown.ts';
import { didYouMean } from './nearest.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const rules = {
  run(args: readonly string[]): number {
    const { values, positionals } = readOptions('rules', args);
    const [id, ...others] = positionals;
    noPositionals(others);
    const chapters = readChapters();
    const stateChapter = readStateChapter();
    const isWanted = (rule: { readonly id: string }): boolean => id === undefined || rule.id === id;
    const wanted = chapters.flatMap((chapter) => chapter.rules).filter(isWanted);
    const ofState = stateChapter.rules.filter(isWanted);
    if (wanted.length + ofState.length === 0) {
      const ids = [...chapters, stateChapter].flatMap((chapter) => chapter.rules.map((rule) => rule.id));
      throw new UsageError(`there is no rule '${id}'${didYouMean(id!, ids)}`);
    }
    const evidence = readEvidence();
    if (values.json) {
      console.log(
        JSON.stringify(
          [
            ...wanted.map((rule) => summary(rule, evidence)),
            ...ofState.map((rule) => stateSummary(rule, evidence)),
          ],
          null,
          2,
        ),
      );
    } else if (id === undefined) {
      for (const chapter of chapters) {
        console.log(`${chapter.name.replace('-', ' ')}: ${chapter.title}`);
        for (const rule of chapter.rules) {
          console.log(`  ${rule.id}\n      ${rule.title} (${mark(rule)})`);
          for (const gap of gaps(rule, evidence)) console.log(`      ${gap}`);
        }
        console.log();
      }
      console.log(`${stateChapter.name.replace('-', ' ')}: ${stateChapter.title}`);
      for (const rule of stateChapter.rules) {
        console.log(`  ${rule.id}\n      ${rule.title} (${mark(rule)}, ${whoseOf(rule)})`);
        for (const gap of gaps(rule, evidence)) console.log(`      ${gap}`);
      }
      console.log();
      const { captured, started } = evidence;
      console.log('Read in the source, not captured:');
      console.log(`  for every rule of a call: ${uncaptured(captured, ['cpython'])}`);
      console.log(`  for every rule of a start: ${uncaptured(started, implementations.filter(isStartable))}`);
    } else {
      const paint = painter(wantsColor(process.stdout));
      const width = textWidth(process.stdout);
      const [rule] = [...wanted, ...ofState];
      const page = wanted.length > 0 ? pageOf(id) : sectionOfState(ofState[0]!);
      const text = rendered(section(rule!), width, paint, exampleTitle);
      const behind = [...provenance(rule!, evidence), `page on the site: ${page}`];
      console.log([text, '', ...behind.map((line) => wrapped(line, '', width))].join('\n'));
    }
    return 0;
  },
};

/** The title of an example, for the rule or against it. */
const exampleTitle = (info: string): string =>
  info.endsWith(' against') ? 'By contrast:' : info.endsWith(' for') ? 'For example:' : '';

const mark = ({ level, quirk }: Statement): string => (quirk === undefined ? level : `${level}, quirk`);

/** A rule's section in its chapter. */
function section({ id, chapter }: Statement): string {
  const markdown = readFileSync(join(packageRoot(), 'spec', `${chapter}.md`), 'utf8');
  return `## ${markdown
    .split(/^## /m)
    .find((one) => one.startsWith(`${id}\n`))!
    .trimEnd()}`;
}

const statementOf = ({
  id,
  chapter,
  title,
  statement,
  level,
  quirk,
}: Statement): Record<string, unknown> => ({
  id,
  chapter,
  title,
  statement,
  level,
  quirk: quirk ?? null,
});

/** The goldens of a rule, and the interpreters that they were captured from. */
const support = (rule: AnyRule, evidence: Evidence): Record<string, unknown> => ({
  goldens: evidence.goldens.get(rule.id) ?? 0,
  captured: capturedOf(rule, evidence).map(({ implementation, version, platform, onStandIn }) => ({
    implementation,
    platform,
    version: formatVersion(version),
    ...(onStandIn ? { onStandIn } : {}),
  })),
  readNotCaptured: onlyReadOf(rule, evidence),
});

function summary(rule: Rule, evidence: Evidence): Record<string, unknown> {
  const { id, since, before, platforms, origin } = rule;
  return {
    ...statementOf(rule),
    appliesTo: {
      since: since.map(formatVersion),
      before: before?.map(formatVersion) ?? null,
      platforms,
    },
    origin,
    page: pageOf(id),
    properties: properties.flatMap(({ laws }) =>
      laws.filter((law) => law.rule === id).map((law) => law.rule),
    ),
    ...support(rule, evidence),
    mutants: evidence.mutants.get(id) ?? [],
  };
}

const sectionOfState = ({ chapter, id }: StateRule): string => sectionOf(chapter, id);

/** The interpreters to which a rule applies, of those that are started. */
const whoseOf = ({ bounds }: StateRule): string =>
  bounds
    .map(({ implementation, since, before }) => {
      const [first, end] = [since, before].map((versions) => versions?.map(formatVersion).join(', '));
      return `${implementationNames[implementation]} ${first} and later${end === undefined ? '' : `, before ${end}`}`;
    })
    .join('; ');

function stateSummary(rule: StateRule, evidence: Evidence): Record<string, unknown> {
  const { bounds, origin } = rule;
  return {
    ...statementOf(rule),
    appliesTo: bounds.map(({ implementation, since, before, platforms }) => ({
      implementation,
      since: since.map(formatVersion),
      before: before?.map(formatVersion) ?? null,
      platforms,
    })),
    origin,
    page: sectionOfState(rule),
    ...support(rule, evidence),
  };
}

const platformName = (platform: Platform): string => (platform === 'posix' ? 'POSIX' : 'Windows');

/** The releases in which a rule was captured, and those whose source was only read. */
function provenance(rule: AnyRule, evidence: Evidence): string[] {
  const all = capturedOf(rule, evidence);
  const read = onlyReadOf(rule, evidence);
  const on = (where: string, releases: readonly string[]): string[] =>
    releases.length === 0 ? [] : [`${where} ${releases.join(', ')}`];
  return [
    ...boundsOf(rule).map(({ implementation, platforms }) => {
      const captured = platforms.flatMap((platform) =>
        [false, true].flatMap((standIn) =>
          on(
            standIn ? 'with a stand-in for Windows' : platformName(platform),
            all
              .filter(isOf({ implementation, platform }))
              .filter(({ onStandIn }) => onStandIn === standIn)
              .map(({ version }) => formatVersion(version)),
          ),
        ),
      );
      return `captured from ${implementationNames[implementation]}: ${captured.join('; ') || 'none'}`;
    }),
    ...(all.some(({ onStandIn }) => onStandIn)
      ? ["(with a stand-in: CPython's own Python source, run on another system, with the module nt replaced)"]
      : []),
    ...boundsOf(rule).flatMap(({ implementation, platforms }) => {
      const ranges = platforms.flatMap((platform) =>
        on(
          platformName(platform),
          read.filter(isOf({ implementation, platform })).map(({ releases }) => releases),
        ),
      );
      const name = implementationNames[implementation];
      return ranges.length === 0 ? [] : [`read in ${name}'s source, not captured: ${ranges.join('; ')}`];
    }),
  ];
}

/** The releases of a rule that were not captured, besides the series without any captured release. */
function gaps(rule: AnyRule, evidence: Evidence): string[] {
  if (capturedOf(rule, evidence).length === 0) return ['read, not captured'];
  const missing = onlyReadOf(rule, evidence).filter(
    (range) =>
      !uncapturedSeries(askedFor(rule, evidence), range).some((series) => range.releases.includes(series)),
  );
  const text = missing.map(({ platform, releases }) => `${releases} (${platformName(platform)})`).join(', ');
  return missing.length === 0 ? [] : [`read, not captured: ${text}`];
}

/** The series without any captured release: `CPython none (POSIX), 3.4, 3.5 (Windows)`. */
const uncaptured = (captured: readonly CapturedRelease[], whose: readonly Startable[]): string =>
  whose
    .map((implementation) => {
      const series = platforms.map(
        (platform) =>
          `${uncapturedSeries(captured, { implementation, platform }).join(', ') || 'none'} (${platformName(platform)})`,
      );
      return `${implementationNames[implementation]} ${series.join(', ')}`;
    })
    .join('; ');
