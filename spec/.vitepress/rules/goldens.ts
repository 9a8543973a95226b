/* The goldens of a rule as a table: each call, and below it the answers of the captured releases. */
import {
  outcomeFor,
  readGoldens,
  versionsOn,
  type Golden,
  type GoldenFile,
} from '../../../fixtures/goldens.ts';
import { appliesTo, type Rule } from '../../../src/conformance/chapters.ts';
import { decodeCall } from '../../../src/conformance/codec.ts';
import { rulesThatDecide } from '../../../src/conformance/deciding.ts';
import { answerLines, callLine, count, shortened } from '../../../src/conformance/reports/wording.ts';
import type { Platform } from '../../../src/python/interpreter.ts';
import { parseVersion } from '../../../src/python/releases.ts';
import type { Target } from '../../../src/reference.ts';
import { addressOfCall } from '../theme/try/address.ts';
import { html } from './html.ts';

const files = new Map<string, GoldenFile>();

const fileOf = (chapter: string): GoldenFile => {
  const file = files.get(chapter) ?? readGoldens(chapter);
  files.set(chapter, file);
  return file;
};

export const goldensOf = ({ id, chapter }: Rule): Golden[] =>
  fileOf(chapter).goldens.filter(({ rule }) => rule === id);

/** The newest captured release to which a rule applies; undefined if there is none. */
const newestOf = (rule: Rule, platform: Platform): Target | undefined =>
  versionsOn(fileOf(rule.chapter), platform)
    .map((text): Target => ({ version: parseVersion(text)!, platform }))
    .findLast((target) => appliesTo(rule, target));

/** The rules that decide a golden in the newest captured release to which the given rule applies. */
export function decidersOf({ call, platform }: Golden, rule: Rule): readonly string[] {
  const target = newestOf(rule, platform);
  return target === undefined ? [] : rulesThatDecide(decodeCall(call), target);
}

const platformNames: Record<Platform, string> = { posix: 'POSIX', win32: 'Windows' };
/** How many calls are shown before the rest is unfolded. */
const atFirst = 8;
const longest = { call: 300, answer: 300 };

/** The table as HTML without blank lines. */
export function goldensTable(rule: Rule): string {
  return rule.platforms
    .flatMap((platform) => {
      const goldens = goldensOf(rule).filter((one) => one.platform === platform);
      if (goldens.length === 0) return [];
      // The chapter's examples come first, then the drawn calls.
      const inOrder = goldens.toSorted(
        (a, b) => Number(b.origin === 'example') - Number(a.origin === 'example'),
      );
      const several =
        rule.platforms.length > 1 ? [`<h3 class="platform">${platformNames[platform]}</h3>`] : [];
      const more = inOrder.slice(atFirst);
      return [
        ...several,
        table(inOrder.slice(0, atFirst), platform, rule),
        ...(more.length === 0
          ? []
          : [
              `<details><summary>${count(more.length, 'more call')}</summary>`,
              table(more, platform, rule),
              '</details>',
            ]),
      ];
    })
    .join('\n');
}

function table(goldens: readonly Golden[], platform: Platform, rule: Rule): string {
  const file = fileOf(rule.chapter);
  const versions = versionsOn(file, platform);
  const applies = (text: string): boolean => appliesTo(rule, { version: parseVersion(text)!, platform });
  const head = versions.map((text) => {
    const told = versions.filter((one) => series(one) === series(text)).length > 1 ? text : series(text);
    return applies(text)
      ? `<th scope="col">${told}</th>`
      : `<th scope="col" class="outside" title="The rule does not apply to ${text}">(${told})</th>`;
  });
  const rows = goldens.map((golden) => rowsOf(golden, versions, rule).join('\n'));
  const splits = goldens.some(({ outcomes }) => outcomes.length > 1) ? ' splits' : '';
  return `<div class="goldens${splits}" tabindex="0" role="region" aria-label="Goldens on ${platformNames[platform]}"><table>
<thead><tr>${head.join('')}</tr></thead>
${rows.join('\n')}
</table></div>`;
}

/** `3.14.2` without its last number, which is in the list of captured releases. */
const series = (version: string): string => version.split('.').slice(0, 2).join('.');

function rowsOf(golden: Golden, versions: readonly string[], rule: Rule): string[] {
  const [call = '', state = ''] = shortened(callLine(golden.call), longest.call).split(/ {2}(?=# )/);
  const side = golden.side === 'against' ? '<span class="side">against it</span> ' : '';
  const target = newestOf(rule, golden.platform);
  const address = target && addressOfCall(decodeCall(golden.call), target);
  const code = `<code>${html(call)}</code>`;
  // Without a link if the address would be too long.
  const tried =
    address === undefined || address.length > 1000
      ? code
      : `<a href="../try.html?${html(address)}" title="Try it">${code}</a>`;
  const answers = runs(golden, versions, fileOf(rule.chapter)).map(
    ({ lines, length }) =>
      `<td colspan="${length}">${lines.map((line) => `<code>${html(line)}</code>`).join('<br>')}</td>`,
  );
  return [
    `<tbody><tr class="call"><th scope="rowgroup" colspan="${versions.length}">${side}${tried} <code class="state">${html(state)}</code></th></tr>`,
    `<tr>${answers.join('')}</tr></tbody>`,
  ];
}

/** The answers, each with the number of consecutive releases that gave it. */
function runs(
  golden: Golden,
  versions: readonly string[],
  file: GoldenFile,
): Array<{ lines: string[]; length: number }> {
  const merged: Array<{ key: string; lines: string[]; length: number }> = [];
  for (const version of versions) {
    const outcome = outcomeFor(golden, version, file);
    const key = JSON.stringify(outcome ?? null);
    const last = merged.at(-1);
    if (last?.key === key) last.length++;
    else {
      const lines = outcome === undefined ? ['not asked'] : answerLines(outcome, longest.answer);
      merged.push({ key, lines, length: 1 });
    }
  }
  return merged;
}
