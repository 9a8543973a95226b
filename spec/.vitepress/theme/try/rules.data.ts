/* The rules as the page tells of them: read from the chapters when the site is built. */
import { firstSentence } from '../../../../src/cli/explain.ts';
import { plain } from '../../../../src/conformance/reports/wording.ts';
import { readChapters, type Level } from '../../../../src/conformance/chapters.ts';

/** Texts are HTML. */
export type RuleData = {
  readonly level: Level;
  /** The rule in a sentence; all of it where it is a quirk. */
  readonly says: string;
  readonly quirk?: string;
};

export declare const data: Readonly<Record<string, RuleData>>;

export default {
  watch: ['../../../[0-9]-*.md'],
  load: (): Record<string, RuleData> =>
    Object.fromEntries(
      readChapters().flatMap(({ rules }) =>
        rules.map((rule) => [
          rule.id,
          {
            level: rule.level,
            says: html(rule.quirk === undefined ? firstSentence(rule) : rule.statement),
            ...(rule.quirk === undefined ? {} : { quirk: html(rule.quirk) }),
          },
        ]),
      ),
    ),
};

/** Of Markdown only the code is kept. */
const html = (markdown: string): string =>
  plain(markdown)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>');
