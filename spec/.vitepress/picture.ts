/* The picture of conformance as HTML: who was checked, every rule against every implementation, what failed. */
import {
  readMatrix,
  verdictOn,
  type Implementation,
  type Matrix,
  type Shown,
} from '../../fixtures/matrix.ts';
import type { RuleVerdict } from '../../src/conformance/books.ts';
import { readChapters, type Chapter, type Rule } from '../../src/conformance/chapters.ts';
import { decodeCall } from '../../src/conformance/codec.ts';
import { count, grouped, verdictNames } from '../../src/conformance/reports/wording.ts';
import { parseVersion } from '../../src/python/releases.ts';
import { html } from './rules/html.ts';
import { addressOfCall } from './theme/try/address.ts';

type Cell = {
  readonly sign: string;
  readonly says: string;
  readonly kind: 'pass' | 'fail' | 'open' | 'none';
};

const failed = (says: string): Cell => ({ sign: '✗', says, kind: 'fail' });
const open = (says: string): Cell => ({ sign: '?', says, kind: 'open' });
const cells: Readonly<Record<RuleVerdict, Cell>> = {
  pass: { sign: '✓', says: 'pass', kind: 'pass' },
  fail: failed('fail'),
  suspect: failed('the one to look at'),
  flaky: failed('flaky'),
  crash: failed('crash'),
  timeout: failed('timeout'),
  protocol: failed('broken protocol'),
  error: failed('error'),
  skipped: open('skipped'),
  unsupported: open('not checked: it lacks what the rule needs'),
  'not run': open('not run'),
  outside: { sign: '·', says: 'outside its domain', kind: 'none' },
  inapplicable: { sign: '·', says: 'not applicable', kind: 'none' },
};

export function matrixHtml(): string {
  const matrix = readMatrix();
  const chapters = readChapters();
  return [
    legend(matrix),
    implementations(matrix, chapters),
    rules(matrix, chapters),
    counterexamples(matrix),
  ].join('\n');
}

const legend = ({ day, suite, seed, runs }: Matrix): string =>
  `<p>Run on <time datetime="${day}">${day}</time> with pycache-spec ${suite}, ${runs} inputs for each property, seed ${seed}.</p>`;

/** The anchor of an implementation, or of how it breaks a rule. */
export const anchorOf = (implementation: string, rule?: string): string =>
  [implementation.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), ...(rule === undefined ? [] : [rule])].join(
    '--',
  );

const heading = (level: 2 | 3, id: string, text: string): string =>
  `<h${level} id="${id}" tabindex="-1">${text} <a class="header-anchor" href="#${id}" aria-label="Permalink to “${text}”">&#8203;</a></h${level}>`;

const allRules = (chapters: readonly Chapter[]): Rule[] => chapters.flatMap((chapter) => chapter.rules);

/* Who was checked */

function implementations(matrix: Matrix, chapters: readonly Chapter[]): string {
  const rows = matrix.implementations.map((one) => {
    const kinds = allRules(chapters).map(({ id }) => cells[verdictOn(id, one, matrix)].kind);
    const number = (kind: Cell['kind']): number => kinds.filter((each) => each === kind).length;
    return `<tr><th scope="row">${html(one.name)}<small>${html(described(one))}</small></th><td>${verdictNames[one.verdict]}</td><td>${number('pass')}</td><td>${number('fail')}</td><td>${number('open')}</td><td>${grouped(one.calls)}</td></tr>`;
  });
  return `${heading(2, 'who-was-checked', 'Who was checked')}
<div class="wide" tabindex="0" role="region" aria-label="Who was checked"><table>
<thead><tr><th scope="col">implementation</th><th scope="col">verdict</th><th scope="col">rules passed</th><th scope="col">broken</th><th scope="col">not checked</th><th scope="col">calls</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}

/** What it is, and what its adapter says that it is, where its name does not tell. */
const described = ({ name, about, version, target }: Implementation): string =>
  name.startsWith('CPython')
    ? about
    : [...(about === '' ? [] : [about]), `${version}, held to ${target}`].join('; ');

/* Rules against implementations */

function rules(matrix: Matrix, chapters: readonly Chapter[]): string {
  const columns = matrix.implementations.map(
    (one) => `<th scope="col" class="${one.platform}"><span>${html(brief(one))}</span></th>`,
  );
  const bodies = chapters.map((chapter) => {
    const title = `${Number.parseInt(chapter.name, 10)} ${chapter.title}`;
    const rows = chapter.rules.map(
      ({ id }) =>
        `<tr><th scope="row"><a href="./rules/${id}.html">${id}</a></th>${matrix.implementations
          .map((one) => cell(id, one, matrix))
          .join('')}</tr>`,
    );
    return `<tbody><tr class="chapter"><th scope="rowgroup" colspan="${columns.length + 1}"><a href="./${chapter.name}.html">${html(title)}</a></th></tr>\n${rows.join('\n')}</tbody>`;
  });
  return `${heading(2, 'rule-by-rule', 'Rule by rule')}
<p class="signs"><span class="cell pass">✓</span> pass <span class="cell fail">✗</span> broken: leads to the counterexample <span class="cell open">?</span> not checked, for want of what the rule needs <span class="cell none">·</span> not applicable: about other releases or platforms</p>
<div class="wide matrix" tabindex="0" role="region" aria-label="Rules against implementations"><table>
<thead><tr><td></td>${columns.join('')}</tr></thead>
${bodies.join('\n')}
</table></div>`;
}

/** A name that a column has room for. */
const brief = ({ name, target, platform }: Implementation): string =>
  platform === 'win32'
    ? name.replace(' with Windows paths', ', Windows').replace('CPython ', '').replace(' in Pyodide', '')
    : name
        .replace(/^CPython /, '')
        .replace(' in Pyodide', ', Pyodide')
        .replace(/, in CPython .*/, `, ${target}`);

function cell(rule: string, implementation: Implementation, matrix: Matrix): string {
  const { sign, says, kind } = cells[verdictOn(rule, implementation, matrix)];
  const shown = matrix.counterexamples.some(
    (one) => one.rule === rule && one.implementation === implementation.name,
  );
  const label = `<span aria-hidden="true">${sign}</span><span class="visually-hidden">${says}</span>`;
  return shown
    ? `<td class="${kind}"><a href="#${anchorOf(implementation.name, rule)}" title="${html(implementation.name)}: ${says}">${label}</a></td>`
    : `<td class="${kind}" title="${html(implementation.name)}: ${says}">${label}</td>`;
}

/* What failed */

function counterexamples(matrix: Matrix): string {
  const { implementations: all, counterexamples: found } = matrix;
  const failing = all.filter(({ name }) => found.some(({ implementation }) => implementation === name));
  const sections = failing.map((one) => {
    const own = found.filter(({ implementation }) => implementation === one.name);
    return [
      heading(3, anchorOf(one.name), html(one.name)),
      `<p>${html(sentence(one.about))} It breaks ${count(own.length, 'rule')}; the likeliest to be the cause comes first.</p>`,
      ...own.map((shown) => counterexample(shown, one)),
    ].join('\n');
  });
  return [
    heading(2, 'counterexamples', 'Counterexamples'),
    found.length === 0
      ? '<p>No rule is broken.</p>'
      : '<p>For each broken rule the smallest call that was found, what the rule says of its answer, and what came.</p>',
    ...sections,
  ].join('\n');
}

const sentence = (text: string): string => (text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`);

function counterexample(
  { rule, lines, call, implementation }: Shown,
  { target, platform }: Implementation,
): string {
  const address = addressOfCall(decodeCall(call), { version: parseVersion(target)!, platform });
  const attempt = address === undefined ? '' : ` <a href="./try.html?${html(address)}">what Python gives</a>`;
  return `<div class="counterexample" id="${anchorOf(implementation, rule)}"><p><a href="./rules/${rule}.html"><code>${rule}</code></a>${attempt}</p>
<pre tabindex="0">${html(lines.join('\n'))}</pre></div>`;
}

/** What became of a rule, for its page: Markdown. */
export function verdictsOn(rule: string, matrix: Matrix): string {
  const by = (kind: Cell['kind']): Implementation[] =>
    matrix.implementations.filter((one) => cells[verdictOn(rule, one, matrix)].kind === kind);
  const [passing, failing, unchecked] = [by('pass'), by('fail'), by('open')];
  const checked = passing.length + failing.length;
  if (checked + unchecked.length === 0)
    return 'Nothing that was at hand is of the releases to which it applies.';
  return [
    ...(checked === 0
      ? []
      : [`- Passed by ${passing.length} of ${count(checked, 'implementation')} checked.`]),
    ...failing.map(({ name }) => `- Broken by [${name}](../conformance.md#${anchorOf(name, rule)}).`),
    ...(unchecked.length === 0
      ? []
      : [`- Not checked: ${unchecked.map(({ name }) => name).join(', ')}, for want of what the rule needs.`]),
  ].join('\n');
}
