/* The figures on the front page, counted when the site is built. */
import { readGoldens } from '../../../../fixtures/goldens.ts';
import { readReports } from '../../../../fixtures/reports.ts';
import { readChapters } from '../../../../src/conformance/chapters.ts';
import { readEvidence } from '../../../../src/conformance/evidence.ts';
import { grouped } from '../../../../src/conformance/reports/wording.ts';
import { formatVersion } from '../../../../src/python/releases.ts';

/** What is counted, the count, and the page that lists it. */
export type Figure = { readonly of: string; readonly count: string; readonly page: string };

export declare const data: readonly Figure[];

export default {
  watch: [
    '../../../[0-9]-*.md',
    '../../../../fixtures/summary.json',
    '../../../../fixtures/conformance/*.json',
  ],
  load(): Figure[] {
    const chapters = readChapters();
    const releases = new Set(readEvidence().captured.map(({ version }) => formatVersion(version)));
    const others = readReports().filter(({ kind }) => kind === 'other');
    const goldens = chapters.flatMap(({ name }) => readGoldens(name).goldens);
    const counted: ReadonlyArray<readonly [of: string, count: number, page: string]> = [
      ['rules', chapters.flatMap(({ rules }) => rules).length, 'rules/index'],
      ['releases of CPython tested', releases.size, 'reading'],
      ['calls captured', goldens.length, 'fixtures'],
      ['other implementations checked', others.length, 'conformance'],
    ];
    return counted.map(([of, number, page]) => ({ of, count: grouped(number), page }));
  },
};
