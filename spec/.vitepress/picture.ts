/* The conformance page as HTML: the differences, what holds, and the Pythons from which the rules were taken. */
import { fileOf, readReports, verdictOn, type Fault, type Report } from '../../fixtures/reports.ts';
import { absent, tools } from '../../fixtures/tools.ts';
import { wordsOf } from '../../fixtures/words.ts';
import type { RuleVerdict } from '../../src/conformance/books.ts';
import { readChapters, type Rule } from '../../src/conformance/chapters.ts';
import { decodeCall } from '../../src/conformance/codec.ts';
import { decodeDomain } from '../../src/conformance/domain/declared.ts';
import { domainInWords } from '../../src/conformance/domain/words.ts';
import { count, grouped, plain, verdictNames, whateverText } from '../../src/conformance/reports/wording.ts';
import { compareVersions, formatVersion, parseVersion } from '../../src/python/releases.ts';
import { html } from './rules/html.ts';
import { addressOfCall } from './theme/try/address.ts';

export function pictureHtml(): string {
  const reports = readReports();
  const rules = readChapters().flatMap((chapter) => chapter.rules);
  const interpreters = reports.filter(({ kind }) => kind === 'interpreter');
  const beside = reports.filter(({ kind }) => kind !== 'interpreter');
  const differing = reports.filter(differs).toSorted((a, b) => placeOf(a) - placeOf(b));
  return [
    provenance(reports),
    differences(differing, rules),
    table(differing, rules),
    holding(beside.filter((one) => !differs(one)).toSorted((a, b) => placeOf(a) - placeOf(b))),
    pythons(interpreters),
    missing(),
  ].join('\n');
}

const differs = ({ faults }: Report): boolean => faults.length > 0;

/** Orders reports like the tools. Others come last. */
const placeOf = ({ name }: Report): number => {
  const place = tools.findIndex((tool) => tool.name === name);
  return place < 0 ? tools.length : place;
};

function provenance(reports: readonly Report[]): string {
  const days = reports.map(({ day }) => day).toSorted();
  const span = days[0] === days.at(-1) ? `on ${days[0]}` : `from ${days[0]} to ${days.at(-1)}`;
  const suites = [...new Set(reports.map(({ suite }) => suite))].join(', ');
  return `<p>${count(reports.length, 'report')}, made ${span} with pycache-spec ${suites}.</p>`;
}

/** The anchor of an implementation, or of its fault under a rule. */
export const anchorOf = (implementation: string, rule?: string): string =>
  [fileOf(implementation).replaceAll('.', '-'), ...(rule === undefined ? [] : [rule])].join('--');

const heading = (level: 2 | 3, id: string, text: string): string =>
  `<h${level} id="${id}" tabindex="-1">${text} <a class="header-anchor" href="#${id}" aria-label="Permalink to “${text}”">&#8203;</a></h${level}>`;

const ruleLink = (id: string): string => `<a href="./rules/${id}.html"><code>${id}</code></a>`;

/** Its domain in words. */
function scopeOf({ domain, platform }: Report): string {
  const words = domain === null ? '' : domainInWords(decodeDomain(domain, platform, 'its domain'));
  return words === '' ? 'the whole function' : words;
}

const sentence = (text: string): string => (text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`);

/* What differs */

function differences(reports: readonly Report[], rules: readonly Rule[]): string {
  return [
    heading(2, 'what-differs', 'What differs'),
    reports.length === 0
      ? '<p>No differences in the calls that were made.</p>'
      : `<p>For each fault: the smallest call that shows it, Python's result, and the result of the implementation.</p>`,
    ...reports.map((report) => {
      const { name, about, from, version, target } = report;
      return [
        heading(3, anchorOf(name), html(name)),
        `<p>${html(sentence(about))} From ${html(from)}; its adapter calls it ${html(version)}, and it is checked against Python ${target}. Tested: ${html(scopeOf(report))}.</p>`,
        ...report.faults.map((fault) => faultHtml(fault, report, rules)),
      ].join('\n');
    }),
  ].join('\n');
}

function faultHtml(fault: Fault, report: Report, rules: readonly Rule[]): string {
  const { rule, call, lines, whatever, explains, of, touches } = fault;
  const { name, target, platform } = report;
  const words = wordsOf(name, rule);
  const title = words?.title ?? plain(rules.find(({ id }) => id === rule)?.title ?? rule);
  const address = addressOfCall(decodeCall(call), { version: parseVersion(target)!, platform });
  const facts = [
    ...(words === undefined ? [] : [html(sentence(words.since))]),
    `Explains ${grouped(explains)} of ${count(of, 'failing call')}${whatever.length === 0 ? '' : `, whatever ${html(whateverText(whatever))}`}.`,
    ...(touches.length === 0 ? [] : [`Touches ${touches.map(ruleLink).join(', ')}.`]),
    ...(address === undefined ? [] : [`<a href="./try.html?${html(address)}">What Python gives</a>`]),
  ];
  return `<div class="fault" id="${anchorOf(name, rule)}"><p><strong>${html(title)}</strong><br>${ruleLink(rule)}</p>
<pre tabindex="0">${html(lines.join('\n'))}</pre>
<p class="beside">${facts.join(' ')}</p></div>`;
}

/* A table of the rules that some implementation breaks */

const signs: Partial<Readonly<Record<RuleVerdict, { readonly sign: string; readonly says: string }>>> = {
  fail: { sign: '✗', says: 'broken' },
  suspect: { sign: '✗', says: 'the one to look at' },
  flaky: { sign: '✗', says: 'flaky' },
  pass: { sign: '', says: 'holds' },
};
const unasked = { sign: '·', says: 'not asked' };

function table(reports: readonly Report[], rules: readonly Rule[]): string {
  if (reports.length === 0) return '';
  const isBroken = (id: string, report: Report): boolean =>
    signs[verdictOn(id, report) ?? 'outside']?.sign === '✗';
  const broken = rules.filter(({ id }) => reports.some((one) => isBroken(id, one)));
  const columns = reports.map(({ name }) => `<th scope="col"><span>${html(name)}</span></th>`);
  const rows = broken.map(({ id }) => {
    const cells = reports.map((report) => {
      const { sign, says } = signs[verdictOn(id, report) ?? 'outside'] ?? unasked;
      const anchor = anchorOf(report.name, report.faults.some(({ rule }) => rule === id) ? id : undefined);
      const label = `<span aria-hidden="true">${sign}</span><span class="visually-hidden">${says}</span>`;
      const title = `${html(report.name)}: ${says}`;
      return sign === '✗'
        ? `<td class="fail"><a href="#${anchor}" title="${title}">${label}</a></td>`
        : `<td class="none" title="${title}">${label}</td>`;
    });
    return `<tr><th scope="row"><a href="./rules/${id}.html">${id}</a></th>${cells.join('')}</tr>`;
  });
  return `${heading(2, 'rule-by-rule', 'Rule by rule')}
<p>${count(broken.length, 'rule')} that at least one of these breaks. The other ${rules.length - broken.length} hold wherever they were tested. <span class="cell fail">✗</span> links to the fault. <span class="cell none">·</span> was not tested: the rule is outside the domain, needs a feature that the implementation lacks, or applies to other releases. An empty cell means that the rule holds.</p>
<div class="wide matrix" tabindex="0" role="region" aria-label="Rules that are broken, by implementation"><table>
<thead><tr><td></td>${columns.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}

/* What holds */

function holding(reports: readonly Report[]): string {
  const rows = reports.map((report) => {
    const { name, about, from, rules, calls, declined } = report;
    const reasons = Object.entries(declined).map(
      ([why, number]) => `${count(number ?? 0, 'call')} declined: ${why}`,
    );
    const small = [about, from, ...reasons].filter((text) => text !== '').join('; ');
    return `<tr><th scope="row" id="${anchorOf(name)}">${html(name)}<small>${html(small)}</small></th><td>${html(scopeOf(report))}</td><td>${verdictNames[report.verdict]}</td><td>${rules.pass?.length ?? 0}</td><td>${grouped(calls)}</td></tr>`;
  });
  return `${heading(2, 'what-holds', 'What holds')}
<p>No answer was wrong. If calls were declined, the verdict is incomplete: nothing is claimed about calls that were not answered.</p>
<div class="wide" tabindex="0" role="region" aria-label="Implementations without a difference"><table>
<thead><tr><th scope="col">implementation</th><th scope="col">tested</th><th scope="col">verdict</th><th scope="col">rules that hold</th><th scope="col">calls</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div>`;
}

/* The Pythons */

function pythons(reports: readonly Report[]): string {
  const same = reports.filter((one) => !differs(one) && one.verdict === 'conformant');
  const sorted = reports.toSorted((a, b) =>
    compareVersions(parseVersion(a.target)!, parseVersion(b.target)!),
  );
  const rows = sorted.map(
    (one) =>
      `<tr><th scope="row" id="${anchorOf(one.name)}">${html(one.name)}<small>${html([one.about, one.from].filter((text) => text !== '').join('; '))}</small></th><td>${verdictNames[one.verdict]}</td><td>${one.rules.pass?.length ?? 0}</td><td>${grouped(one.calls)}</td></tr>`,
  );
  return `${heading(2, 'cpython-and-pypy', 'CPython and PyPy')}
<p>The rules were derived from CPython's own source. That these interpreters pass shows that the rules describe it correctly. PyPy runs the same source on its own interpreter.</p>
<details><summary>${html(inOneLine(same))}</summary>
<div class="wide" tabindex="0" role="region" aria-label="CPython and PyPy"><table>
<thead><tr><th scope="col">interpreter</th><th scope="col">verdict</th><th scope="col">rules that hold</th><th scope="col">calls</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table></div></details>`;
}

/** `11 interpreters, 3.6.15 to 3.15.0, on Linux and Pyodide, 10 of them with Windows paths too: no difference`. */
function inOneLine(same: readonly Report[]): string {
  const borrowed = same.filter(borrowsPaths);
  const own = same.filter((one) => !borrowsPaths(one));
  const versions = own.map(({ target }) => parseVersion(target)!).toSorted(compareVersions);
  const systems = [...new Set(own.map(systemOf))].toSorted();
  const besides = borrowed.length === 0 ? '' : `, ${borrowed.length} of them with Windows paths too`;
  const span = `${formatVersion(versions[0]!)} to ${formatVersion(versions.at(-1)!)}`;
  return `${count(own.length, 'interpreter')}, ${span}, on ${listed(systems)}${besides}: no difference`;
}

/** Whether the report is of CPython's own source run as if on Windows. */
const borrowsPaths = ({ platform, about }: Report): boolean => platform === 'win32' && about !== '';

const systemOf = ({ platform, from }: Report): string =>
  platform === 'win32' ? 'Windows' : from.includes('Pyodide') ? 'Pyodide' : from.split(' ')[0]!;

const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;

/* What is not here */

const missing = (): string =>
  `${heading(2, 'what-is-not-here', 'What is not here')}
<p>Tools that implement part of the function, but are not checked:</p>
<ul>${absent.map(({ name, why }) => `<li>${html(name)}: ${html(why)}.</li>`).join('\n')}</ul>`;

/** The verdicts on a rule, for its page, as Markdown. */
export function verdictsOn(rule: string, reports: readonly Report[]): string {
  const by = (...verdicts: readonly RuleVerdict[]): Report[] =>
    reports.filter((one) => verdicts.includes(verdictOn(rule, one) ?? 'inapplicable'));
  const passing = by('pass');
  const failing = by('fail', 'suspect', 'flaky');
  const unchecked = by('unsupported', 'skipped', 'not run', 'crash', 'timeout', 'protocol', 'error');
  const checked = passing.length + failing.length;
  if (checked + unchecked.length === 0)
    return 'Nothing that was at hand is of the releases to which it applies.';
  return [
    ...(checked === 0
      ? []
      : [`- Passed by ${passing.length} of ${count(checked, 'implementation')} checked.`]),
    ...failing.map(({ name, faults }) => {
      const anchor = anchorOf(name, faults.some((fault) => fault.rule === rule) ? rule : undefined);
      return `- Broken by [${name}](../conformance.md#${anchor}).`;
    }),
    ...(unchecked.length === 0
      ? []
      : [`- Not checked of ${unchecked.length} that lack what the rule needs, or declined to answer.`]),
  ].join('\n');
}
