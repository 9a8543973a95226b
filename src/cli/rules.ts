import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { properties } from '../../properties/index.ts';
import { readChapters, type Rule } from '../conformance/chapters.ts';
import { packageRoot } from '../conformance/package.ts';
import { formatVersion } from '../python/releases.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const rules = {
  usage: `pycache-spec rules [ID] [--json]
    lists the rules, or shows one`,
  run(args: readonly string[]): number {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } });
    const [id, ...others] = positionals;
    noPositionals(others);
    const chapters = readChapters();
    const all = chapters.flatMap((chapter) => chapter.rules);
    const wanted = id === undefined ? all : all.filter((rule) => rule.id === id);
    if (wanted.length === 0) throw new UsageError(`no rule has the id '${id}'`);
    if (values.json) {
      const evidence = readEvidence();
      console.log(
        JSON.stringify(
          wanted.map((rule) => summary(rule, evidence)),
          null,
          2,
        ),
      );
    } else if (id === undefined) {
      for (const chapter of chapters) {
        console.log(`${chapter.name.replace('-', ' ')}: ${chapter.title}`);
        for (const rule of chapter.rules) console.log(`  ${rule.id}\n      ${rule.title} (${mark(rule)})`);
        console.log();
      }
    } else {
      console.log(section(wanted[0]!));
    }
    return 0;
  },
};

const mark = ({ level, quirk }: Rule): string => (quirk === undefined ? level : `${level}, quirk`);

/** A rule's section, as its chapter has it. */
function section({ id, chapter }: Rule): string {
  const markdown = readFileSync(join(packageRoot(), 'spec', `${chapter}.md`), 'utf8');
  return `## ${markdown
    .split(/^## /m)
    .find((one) => one.startsWith(`${id}\n`))!
    .trimEnd()}`;
}

/** What stands behind each rule, by its id. */
type Evidence = { goldens: Map<string, number>; mutants: Map<string, string[]> };

function summary(rule: Rule, { goldens, mutants }: Evidence): Record<string, unknown> {
  const { id, chapter, title, statement, level, quirk, since, platforms, origin } = rule;
  return {
    id,
    chapter,
    title,
    statement,
    level,
    quirk: quirk ?? null,
    appliesTo: { since: since.map(formatVersion), platforms },
    origin,
    properties: properties.flatMap(({ laws }) =>
      laws.filter((law) => law.rule === id).map((law) => law.rule),
    ),
    goldens: goldens.get(id) ?? 0,
    mutants: mutants.get(id) ?? [],
  };
}

function readEvidence(): Evidence {
  const evidence: Evidence = { goldens: new Map(), mutants: new Map() };
  const fixtures = join(packageRoot(), 'fixtures');
  for (const file of readdirSync(fixtures).filter((name) => /^\d.*\.json$/.test(name))) {
    const { goldens } = JSON.parse(readFileSync(join(fixtures, file), 'utf8')) as {
      goldens: Array<{ rule: string | null }>;
    };
    for (const { rule } of goldens) {
      if (rule !== null) evidence.goldens.set(rule, (evidence.goldens.get(rule) ?? 0) + 1);
    }
  }
  const mutants = join(packageRoot(), 'properties', 'mutants');
  for (const file of existsSync(mutants) ? readdirSync(mutants).filter((name) => name.endsWith('.py')) : []) {
    const breaks = /^Breaks: (.+)$/m.exec(readFileSync(join(mutants, file), 'utf8'))?.[1] ?? '';
    for (const id of breaks.split(', ').filter((one) => one !== '')) {
      evidence.mutants.set(id, [...(evidence.mutants.get(id) ?? []), file.slice(0, -'.py'.length)]);
    }
  }
  return evidence;
}
