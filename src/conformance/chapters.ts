/*
 * Reads the rules from the chapters. A chapter is a Markdown file `spec/N-name.md`. Each of its sections is a rule: the
 * id as the heading, the title in bold and the statement, a line of facts, what a reader would have expected if the
 * rule is a quirk, and the examples.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../python/call.ts';
import { plainState, type Platform, type State } from '../python/interpreter.ts';
import { parseSince, turningPoints, type Version } from '../python/releases.ts';
import { parseCall, parseValue, SourceError } from '../python/source.ts';
import { str } from '../python/text.ts';
import type { Outcome } from '../python/call.ts';
import type { Warning } from '../python/exceptions.ts';
import type { Target } from '../reference.ts';
import { appliesTo, type Bounds } from './bounds.ts';
import { packageRoot } from './package.ts';

export { appliesTo } from './bounds.ts';

export type Level = 'documented' | 'observed';

export type Rule = Bounds & {
  readonly id: string;
  /** The chapter's file name without its extension: `4-optimization`. */
  readonly chapter: string;
  /** The rule in one sentence. */
  readonly title: string;
  /** The title and what qualifies it, in Markdown. */
  readonly statement: string;
  readonly level: Level;
  /** If the rule is a quirk, what a reader would have expected instead. */
  readonly quirk?: string;
  /** The source of the rule, in Markdown. */
  readonly origin: string;
  readonly examples: readonly Example[];
};

export type Chapter = { readonly name: string; readonly title: string; readonly rules: readonly Rule[] };

/** A call that shows the rule (`for`), or its limit (`against`). */
export type Example = {
  readonly side: 'for' | 'against';
  readonly source: string;
  readonly call: Call;
  /** Without the message, or the text of a warning, if the example does not give it. */
  readonly outcome: Outcome;
  /** The interpreter that the example is about. */
  readonly target: Target;
};

/** Thrown for a malformed chapter. */
export class ChapterError extends Error {
  override readonly name = 'ChapterError';
}

export const specFolder = (): string => join(packageRoot(), 'spec');

/** The chapter whose rules are not about calls. `state-chapter.ts` reads it. */
export const stateChapterName = '11-state';

let chapters: readonly Chapter[] | undefined;

/**
 * The chapters whose rules are about calls. They are read once.
 * @throws ChapterError
 */
export const readChapters = (): readonly Chapter[] => (chapters ??= chaptersIn(specFolder()));

function chaptersIn(folder: string): Chapter[] {
  return readdirSync(folder)
    .filter((file) => /^\d+-[a-z-]+\.md$/.test(file) && file !== `${stateChapterName}.md`)
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((file) => parseChapter(file.slice(0, -'.md'.length), readFileSync(join(folder, file), 'utf8')));
}

/** @throws ChapterError */
export function parseChapter(name: string, markdown: string): Chapter {
  const { title, sections } = partsOf(name, markdown);
  return { name, title, rules: sections.map((section) => parseRule(name, section)) };
}

/**
 * Splits a chapter into its title and its sections.
 * @throws ChapterError
 */
export function partsOf(name: string, markdown: string): { title: string; sections: string[] } {
  const [head = '', ...sections] = markdown.split(/^## /m);
  const title = /^# \d+ (.+)$/m.exec(head)?.[1];
  if (title === undefined) throw new ChapterError(`${name}: the title is not '# N …'`);
  return { title, sections };
}

const facts =
  /^(documented|observed)(, quirk)? · Python ([\d., ]+) and later(?:, before ([\d., ]+))? · (POSIX|Windows|POSIX, Windows) · (.+)$/m;
const platformNames: Record<string, Platform> = { POSIX: 'posix', Windows: 'win32' };

/** The part of a rule that every section has, whatever the rule is about. */
export type Statement = Pick<Rule, 'id' | 'chapter' | 'title' | 'statement' | 'level' | 'quirk'>;
type Fail = (problem: string) => never;

/**
 * Reads a section, without its examples.
 * @param facts the line of facts; its first two groups are the level and the quirk mark
 * @param form the form of that line, for the error message
 * @returns the statement, the other groups of the line of facts, and a function that throws an error about the section
 * @throws ChapterError
 */
export function parseStatement(
  chapter: string,
  section: string,
  facts: RegExp,
  form: string,
): { statement: Statement; groups: ReadonlyArray<string | undefined>; fail: Fail } {
  const id = section.slice(0, section.indexOf('\n')).trim();
  const fail = (problem: string): never => {
    throw new ChapterError(`${chapter}, ${id}: ${problem}`);
  };
  if (!/^[a-z]+(-[a-z]+)+$/.test(id)) fail('the heading is not an id in kebab case');
  const found = facts.exec(section) ?? fail(`no line '${form}'`);
  const [, level, quirkMark, ...groups] = found as ReadonlyArray<string | undefined>;
  const statement = section.slice(id.length, section.indexOf(found[0])).trim();
  const title =
    /^\*\*(.+?)\*\*/.exec(statement)?.[1] ?? fail('the statement does not begin with its title in bold');
  const quirk = /^Expected instead: (.+)$/m.exec(section)?.[1];
  if ((quirk === undefined) !== (quirkMark === undefined)) {
    fail("a quirk, and no other rule, has a line 'Expected instead: …'");
  }
  return {
    statement: {
      id,
      chapter,
      title,
      statement,
      level: level as Level,
      ...(quirk === undefined ? {} : { quirk }),
    },
    groups,
    fail,
  };
}

/**
 * The example blocks of a section, as text. There must be at least one for and one against the rule.
 * @throws ChapterError
 */
export function exampleBlocks(
  section: string,
  language: string,
  fail: Fail,
): Array<[Example['side'], string]> {
  const fences = new RegExp(`^\`\`\`${language} (for|against)\\n(.*?)^\`\`\`$`, 'gms');
  const blocks = [...section.matchAll(fences)].map(([, side, block]): [Example['side'], string] => [
    side as Example['side'],
    block!,
  ]);
  for (const side of ['for', 'against'] as const) {
    if (!blocks.some(([one]) => one === side)) fail(`no example ${side} it`);
  }
  return blocks;
}

function parseRule(chapter: string, section: string): Rule {
  const form = 'level · Python … and later · POSIX, Windows · origin';
  const { statement, groups, fail } = parseStatement(chapter, section, facts, form);
  const [since, before, named, origin] = groups;
  const applies = {
    since: parseSince(since!.replaceAll(',', '')),
    ...(before === undefined ? {} : { before: parseSince(before.replaceAll(',', '')) }),
    platforms: named!.split(', ').map((name) => platformNames[name]!),
  };
  const usual = exampleTarget(applies) ?? fail('there is no release to which it applies');
  const examples = exampleBlocks(section, 'python', fail).flatMap(([side, block]) =>
    parseExamples(side, block, usual, fail),
  );
  return { ...statement, ...applies, origin: origin!, examples };
}

/** The release of an example that names none: the one whose tag the examples show. */
const exampleVersion: Version = [3, 13, 0];
const exampleVersions = [...turningPoints(), exampleVersion];

/**
 * The target of a rule's examples that name none: that release, or if the rule does not apply to it, the last one to
 * which it does.
 */
const exampleTarget = (rule: Bounds): Target | undefined =>
  exampleVersions
    .map((version): Target => ({ version, platform: rule.platforms[0]! }))
    .findLast((target) => appliesTo(rule, target));

const exampleState = (platform: Platform): State => plainState(exampleVersion, platform);

function parseExamples(
  side: Example['side'],
  block: string,
  usual: Target,
  fail: (problem: string) => never,
): Example[] {
  return block
    .split(/^>>> /m)
    .slice(1)
    .map((text) => {
      const [source = '', ...lines] = text.trimEnd().split('\n');
      try {
        const { state, target, ...asked } = parseCall(source);
        return {
          side,
          source,
          call: { ...asked, state: { ...exampleState(target.platform ?? usual.platform), ...state } },
          outcome: parseOutcome(lines),
          target: { ...usual, ...target },
        };
      } catch (error) {
        if (error instanceof SourceError) return fail(error.message);
        throw error;
      }
    });
}

function parseOutcome(lines: readonly string[]): Outcome {
  const result = lines.at(-1) ?? '';
  const warnings = lines.slice(0, -1).map((line): Warning => {
    const [category, message] = typeAndMessage(line, 'warns');
    return message === undefined ? { category } : { category, message: str(message) };
  });
  if (!result.startsWith('raises ')) return { kind: 'return', value: parseValue(result), warnings };
  const [type, message] = typeAndMessage(result, 'raises');
  return { kind: 'raise', type, warnings, ...(message === undefined ? {} : { message: str(message) }) };
}

function typeAndMessage(line: string, verb: string): [type: string, message: string | undefined] {
  const match = /^(\w+) (\w+)(?:: (.*))?$/s.exec(line);
  if (match?.[1] !== verb) throw new SourceError(`'${verb} …' is wanted instead of: ${line}`);
  return [match[2]!, match[3]];
}
