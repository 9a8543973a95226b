import { neighboursOf } from '../.vitepress/rules/neighbours.ts';
import { rulePage, rulesPage, type Shelf } from '../.vitepress/rules/page.ts';
import { readReports } from '../../fixtures/reports.ts';
import { readChapters } from '../../src/conformance/chapters.ts';
import { readEvidence } from '../../src/conformance/evidence.ts';

export default {
  paths(): Array<{ params: { rule: string }; content: string }> {
    const chapters = readChapters();
    const shelf: Shelf = {
      chapters,
      evidence: readEvidence(),
      neighbours: neighboursOf(chapters),
      reports: readReports(),
    };
    return [
      { params: { rule: 'index' }, content: rulesPage(shelf) },
      ...chapters
        .flatMap(({ rules }) => rules)
        .map((rule) => ({ params: { rule: rule.id }, content: rulePage(rule, shelf) })),
    ];
  },
};
