/* The page of a rule as Markdown: the text of its chapter, and everything that supports it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder, type Chapter, type Rule } from '../../../src/conformance/chapters.ts';
import { capturedOf, onlyReadOf, type Evidence } from '../../../src/conformance/evidence.ts';
import type { Platform } from '../../../src/python/interpreter.ts';
import { formatVersion } from '../../../src/python/releases.ts';
import type { Report } from '../../../fixtures/reports.ts';
import { verdictsOn } from '../picture.ts';
import { goldensOf, goldensTable } from './goldens.ts';
import { html } from './html.ts';
import type { Neighbours } from './neighbours.ts';
import { lawOf, readMutant, type Excerpt } from './sources.ts';

/** The data that the pages are made from. */
export type Shelf = {
  readonly chapters: readonly Chapter[];
  readonly evidence: Evidence;
  readonly neighbours: ReadonlyMap<string, Neighbours>;
  readonly reports: readonly Report[];
};

export function rulePage(rule: Rule, { chapters, evidence, neighbours, reports }: Shelf): string {
  const own = neighbours.get(rule.id)!;
  return [
    frontmatter(rule, own),
    `# ${rule.id}`,
    chapterLine(rule, chapters),
    section(rule),
    `## The law\n\nWhat \`check\` tests: it draws inputs whose answers are known, makes the calls, and requires the following of the outcomes. The code also says which parts of the outcome of any call the rule decides.`,
    ...lawBlocks(rule),
    `## Interpreters' answers\n\n${provenance(rule, evidence)}`,
    ...goldens(rule),
    `## Implementations\n\n${verdictsOn(rule.id, reports)}\n\nFrom [the picture of conformance](../conformance.md).`,
    `## Mutants\n\nDeliberately wrong implementations that break this rule. Its law catches each of them.`,
    ...(evidence.mutants.get(rule.id) ?? []).map(mutantBlock),
    `## Related rules`,
    neighbourList(rule, own),
    `## Check it alone\n\n\`\`\`sh\n# The python3 on your PATH; for an adapter, add -- and its command\nnpx pycache-spec check --rule ${rule.id}\n# Shows this rule in the terminal\nnpx pycache-spec rules ${rule.id}\n\`\`\``,
  ].join('\n\n');
}

const frontmatter = ({ title }: Rule, { previous, next }: Neighbours): string => {
  const link = (rule: Rule | undefined): unknown =>
    rule === undefined ? false : { text: rule.id, link: `/rules/${rule.id}` };
  const fields = {
    description: plain(title),
    pageClass: 'rule-page',
    prev: link(previous),
    next: link(next),
  };
  return `---\n${Object.entries(fields)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')}\n---`;
};

/** Markdown without markup. */
const plain = (markdown: string): string =>
  markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');

const chapterLine = ({ id, chapter }: Rule, chapters: readonly Chapter[]): string => {
  const { title } = chapters.find(({ name }) => name === chapter)!;
  return `This rule is part of chapter ${Number.parseInt(chapter, 10)}, [${title}](../${chapter}.md#${id}).`;
};

/** The rule's section in its chapter, without the heading. */
function section({ id, chapter }: Rule): string {
  const markdown = readFileSync(join(specFolder(), `${chapter}.md`), 'utf8');
  const found = markdown.split(/^## /m).find((one) => one.startsWith(`${id}\n`))!;
  return fromRules(found.slice(id.length).trim(), chapter);
}

/** Rewrites the links of a chapter for a page in `rules/`. */
const fromRules = (markdown: string, chapter: string): string =>
  markdown.replaceAll(
    /\]\((?![a-z]+:)([^)#]*)(#[^)]*)?\)/g,
    (_, path: string, anchor: string = '') => `](../${path === '' ? `${chapter}.md` : path}${anchor})`,
  );

function lawBlocks(rule: Rule): string[] {
  const { law, uses } = lawOf(rule);
  if (uses.length === 0) return [excerptBlock(law)];
  return [
    excerptBlock(law),
    folded('Helpers that it uses from the same file', uses.map(excerptBlock).join('\n\n')),
  ];
}

const excerptBlock = ({ file, line, text }: Excerpt): string =>
  `<p class="file"><code>${html(file)}</code>, line ${line}</p>\n\n\`\`\`ts\n${text}\n\`\`\``;

/** @param body Markdown */
const folded = (summary: string, body: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;

const platformNames: Record<Platform, string> = { posix: 'POSIX', win32: 'Windows' };

/** The interpreters that were asked, and where the source was only read. */
function provenance(rule: Rule, evidence: Evidence): string {
  const captured = capturedOf(rule, evidence);
  const lines = rule.platforms.flatMap((platform) => {
    const asked = (standIn: boolean): string =>
      captured
        .filter((one) => one.platform === platform && one.onStandIn === standIn)
        .map(({ version }) => formatVersion(version))
        .join(', ');
    const [builds, standIns] = [asked(false), asked(true)];
    const read = onlyReadOf(rule, evidence)
      .filter((one) => one.platform === platform)
      .map(({ releases }) => releases);
    return [
      ...(builds === '' ? [] : [`Captured (${platformNames[platform]}): ${builds}.`]),
      ...(standIns === ''
        ? []
        : [
            `Captured from CPython's own Python source, run with a stand-in for the part that calls Windows: ${standIns}.`,
          ]),
      ...(read.length === 0
        ? []
        : [`Read in CPython's source, not captured (${platformNames[platform]}): ${read.join(', ')}.`]),
    ];
  });
  return lines.map((line) => `- ${line}`).join('\n');
}

function goldens(rule: Rule): string[] {
  if (goldensOf(rule).length === 0) return ['There is no golden for this rule.'];
  return [
    'Each call, followed by its results in all releases. One cell covers all releases with the same result. The rule does not apply to the releases in brackets. Each call links to [the page to try it](../try.md). [How the goldens are stored](../fixtures.md).',
    `<div v-pre>\n${goldensTable(rule)}\n</div>`,
  ];
}

function mutantBlock(name: string): string {
  const { file, wrong, source } = readMutant(name);
  return folded(
    `<code>${html(name)}</code> <span v-pre>${html(wrong)}</span>`,
    `<p class="file"><code>${html(file)}</code></p>\n\n\`\`\`python\n${source}\n\`\`\``,
  );
}

function neighbourList(rule: Rule, { counterparts, together }: Neighbours): string {
  const line = (label: string, rules: readonly Rule[]): string[] =>
    rules.length === 0 ? [] : [`${label}:\n\n${rules.map((one) => `- ${entry(one)}`).join('\n')}`];
  const lists = [
    ...line('In the releases to which this rule does not apply', counterparts),
    ...line('Rules that decide the same goldens', together),
  ];
  return lists.length === 0 ? `The other rules of [its chapter](../${rule.chapter}.md).` : lists.join('\n\n');
}

const entry = ({ id, title, chapter }: Rule): string =>
  `[\`${id}\`](./${id}.md): ${fromRules(title, chapter)}`;

/** The page that lists all rules. */
export function rulesPage({ chapters }: Shelf): string {
  const rules = chapters.flatMap((chapter) => chapter.rules);
  const count = (of: (rule: Rule) => boolean): number => rules.filter(of).length;
  return [
    `---\npageClass: "rules-page"\nprev: false\nnext: false\n---`,
    '# All rules',
    `${rules.length} rules: ${count(({ level }) => level === 'documented')} documented, ${count(({ level }) => level === 'observed')} observed; ${count(({ quirk }) => quirk !== undefined)} are quirks.`,
    ...chapters.map(({ name, title, rules: own }) => {
      const heading = `## ${Number.parseInt(name, 10)} ${title}`;
      return `${heading}\n\n[Read the chapter](../${name}.md).\n\n${own.map((rule) => `- ${entry(rule)} ${marks(rule)}`).join('\n')}`;
    }),
  ].join('\n\n');
}

function marks({ level, quirk, since, before, platforms }: Rule): string {
  const bounds = [
    ...(since.length === 1 && since[0]!.join('.') === '3.4.0'
      ? []
      : [`from ${since.map(formatVersion).join(', ')}`]),
    ...(before === undefined ? [] : [`before ${before.map(formatVersion).join(', ')}`]),
  ];
  const only = platforms.length === 1 ? [platformNames[platforms[0]!]] : [];
  return [
    `<span class="mark ${level}">${level}</span>`,
    ...(quirk === undefined ? [] : ['<span class="mark quirk">quirk</span>']),
    ...[...bounds, ...only].map((text) => `<span class="mark">${text}</span>`),
  ].join(' ');
}
