import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { properties } from '../../properties/index.ts';
import { readChapters, type Rule, type Statement } from '../conformance/chapters.ts';
import {
  capturedOf,
  onlyReadOf,
  readEvidence,
  uncapturedSeries,
  type Evidence,
} from '../conformance/evidence.ts';
import { packageRoot, pageOf, sectionOf } from '../conformance/package.ts';
import { painter, textWidth, wantsColor, wrapped } from '../conformance/reports/layout.ts';
import { readStateChapter, type StateRule } from '../conformance/state-chapter.ts';
import { platforms, type Platform } from '../python/interpreter.ts';
import { formatVersion } from '../python/releases.ts';
import { implementationNames } from '../python/tags.ts';
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
          [...wanted.map((rule) => summary(rule, evidence)), ...ofState.map(stateSummary)],
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
      }
      console.log();
      const series = platforms.map(
        (platform) =>
          `${uncapturedSeries(evidence, platform).join(', ') || 'none'} (${platformName(platform)})`,
      );
      console.log(
        `Read in CPython's source, not captured, for every rule of a call: Python ${series.join(', ')}.`,
      );
    } else {
      const paint = painter(wantsColor(process.stdout));
      const width = textWidth(process.stdout);
      const [ofCall, otherwise] = [wanted[0], ofState[0]];
      const text = rendered(section((ofCall ?? otherwise)!), width, paint, exampleTitle);
      const behind = ofCall
        ? provenance(ofCall, evidence)
        : [`page on the site: ${sectionOfState(otherwise!)}`];
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
    goldens: evidence.goldens.get(id) ?? 0,
    captured: capturedOf(rule, evidence).map(({ version, platform, onStandIn }) => ({
      platform,
      version: formatVersion(version),
      ...(onStandIn ? { onStandIn } : {}),
    })),
    readNotCaptured: onlyReadOf(rule, evidence),
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

function stateSummary(rule: StateRule): Record<string, unknown> {
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
  };
}

const platformName = (platform: Platform): string => (platform === 'posix' ? 'POSIX' : 'Windows');

/** The releases in which a rule was captured, and those whose source was only read. */
function provenance(rule: Rule, evidence: Evidence): string[] {
  const on = (where: string, releases: readonly string[]): string[] =>
    releases.length === 0 ? [] : [`${where} ${releases.join(', ')}`];
  const all = capturedOf(rule, evidence);
  const captured = rule.platforms.flatMap((platform) =>
    [false, true].flatMap((standIn) =>
      on(
        standIn ? 'with a stand-in for Windows' : platformName(platform),
        all
          .filter((one) => one.platform === platform && one.onStandIn === standIn)
          .map(({ version }) => formatVersion(version)),
      ),
    ),
  );
  const onlyRead = rule.platforms.flatMap((platform) =>
    on(
      platformName(platform),
      onlyReadOf(rule, evidence)
        .filter((range) => range.platform === platform)
        .map(({ releases }) => releases),
    ),
  );
  return [
    `captured from CPython: ${captured.join('; ') || 'none'}`,
    ...(all.some(({ onStandIn }) => onStandIn)
      ? ["(with a stand-in: CPython's own Python source, run on another system, with the module nt replaced)"]
      : []),
    ...(onlyRead.length === 0 ? [] : [`read in CPython's source, not captured: ${onlyRead.join('; ')}`]),
    `page on the site: ${pageOf(rule.id)}`,
  ];
}

/** The releases of a rule that were not captured, besides the series without any captured release. */
function gaps(rule: Rule, evidence: Evidence): string[] {
  const missing = onlyReadOf(rule, evidence).filter(
    ({ platform, releases }) =>
      !uncapturedSeries(evidence, platform).some((series) => releases.includes(series)),
  );
  const isNever = capturedOf(rule, evidence).length === 0;
  const text = missing.map(({ platform, releases }) => `${releases} (${platformName(platform)})`).join(', ');
  if (isNever) return ['read, not captured'];
  return missing.length === 0 ? [] : [`read, not captured: ${text}`];
}
