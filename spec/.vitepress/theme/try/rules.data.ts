/* The page's data about the rules, read from the chapters when the site is built. */
import { firstSentence } from '../../../../src/cli/explain.ts';
import { plain } from '../../../../src/conformance/reports/wording.ts';
import type { Bounds } from '../../../../src/conformance/bounds.ts';
import { readChapters, type Level } from '../../../../src/conformance/chapters.ts';

/** Texts are HTML. */
export type RuleData = Bounds & {
  readonly level: Level;
  readonly title: string;
  /** The rule in one sentence, or all of it if it is a quirk. */
  readonly says: string;
  readonly quirk?: string;
};

/** The rules by id. */
export type Rules = Readonly<Record<string, RuleData>>;

export declare const data: Rules;

export default {
  watch: ['../../../[0-9]-*.md'],
  load: (): Rules =>
    Object.fromEntries(
      readChapters().flatMap(({ rules }) =>
        rules.map((rule) => [
          rule.id,
          {
            level: rule.level,
            title: html(rule.title.replace(/;$/, '.')),
            since: rule.since,
            ...(rule.before === undefined ? {} : { before: rule.before }),
            platforms: rule.platforms,
            says: html(rule.quirk === undefined ? firstSentence(rule) : rule.statement),
            ...(rule.quirk === undefined ? {} : { quirk: html(rule.quirk) }),
          },
        ]),
      ),
    ),
};

/** Converts Markdown, keeping only code as markup. */
const html = (markdown: string): string =>
  plain(markdown)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
