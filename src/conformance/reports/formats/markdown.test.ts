import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { parse, type HTMLElement } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { tallyOf } from '../../books.ts';
import type { Event } from '../../events.ts';
import { faultsOf, isNew, type ToldFault } from '../faults.ts';
import {
  anyRun,
  end,
  failure,
  hostileTexts,
  known,
  law,
  problem,
  ruleLine,
  rules,
  run,
  start,
  subject,
  unsteady,
  written,
} from '../testing.ts';
import {
  completenessOf,
  inOneLine,
  scopeOf,
  scoreText,
  subjectOf,
  suspected,
  verdictLine,
} from '../wording.ts';
import { format, linked } from './markdown.ts';

const [first, second, third] = rules as [(typeof rules)[0], (typeof rules)[0], (typeof rules)[0]];
const renderer = new MarkdownIt({ html: false });
const rendered = (events: readonly Event[]): HTMLElement =>
  parse(renderer.render(written(format, events)), { blockTextElements: {} });

const textsOf = (html: HTMLElement, selector: string): string[] =>
  html.querySelectorAll(selector).map(({ textContent }) => textContent);
const tablesOf = (html: HTMLElement): string[][][] =>
  html
    .querySelectorAll('table')
    .map((table) => table.querySelectorAll('tr').map((row) => textsOf(row, 'th, td')));
const factsOf = (html: HTMLElement): Record<string, string> =>
  Object.fromEntries(
    tablesOf(html)[0]!
      .slice(1)
      .map(([name, value]) => [name!, value!]),
  );
// A renderer may remove spaces at the ends of a text.
const spaced = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe('rendered, a run', () => {
  test('begins with its verdict, and the facts', () => {
    const html = rendered(run());
    expect(textsOf(html, 'h2')).toEqual(['pycache-spec: conformant']);
    expect(textsOf(html, 'p strong')[0]).toBe('conformant: 3 rules checked, 30 calls in 1.3 s');
    expect(factsOf(html)).toEqual({
      subject: 'cpython 3.13.0',
      scope: 'Python 3.13.0, posix: 3 rules of cache_from_source',
      suite: 'pycache-spec 1.2.3, 100 runs per property, seed 42',
      completeness: 'complete',
      documented: '1/1 rules pass',
      observed: '2/2 rules pass',
    });
    expect(textsOf(html, 'h3')).toEqual([]);
  });

  test('has a line for each chapter', () => {
    const fourth = ruleLine('path-fourth');
    const events = run(
      failure(first),
      failure(second),
      failure(fourth, { broken: false }),
      known({ excused: [{ rule: second.id, kind: 'bug', reason: 'later', issue: null }] }),
      law(third, { judged: 0, planned: 0, answered: 0, leftOut: { warnings: 10 } }),
      start({ rules: [...rules, fourth] }),
    );
    expect(tablesOf(rendered(events))[1]).toEqual([
      ['chapter', 'rules', 'pass', 'broken', 'suspected', 'known', 'not checked', 'calls'],
      ['2-path', '3', '0', '1', '1', '1', '0', '20'],
      ['3-cache-tag', '1', '0', '0', '0', '0', '1', '0'],
    ]);
  });

  test('shows the faults in their order, what is not deterministic, and which rules are broken', () => {
    const html = rendered(
      run(
        failure(second, { touches: [first.id], whatever: ['tag', 'level'] }),
        failure(first, { fault: second.id }),
        unsteady(third),
      ),
    );
    expect(textsOf(html, 'h3')).toEqual(['Faults', 'Not deterministic']);
    expect(textsOf(html, 'h4')).toEqual(['path-second', 'tag-only']);
    expect(textsOf(html, 'blockquote')[0]!.trim()).toBe('Of path-second. What it says of it, as in a.py.');
    expect(textsOf(html, 'pre')[0]).toBe(
      [
        "call      cache_from_source('/a.py')  # cache_tag='cpython-313', optimize=0",
        "expected  '__pycache__/a.cpython-313.pyc'",
        "got       '/wrong.pyc'",
        '           ^',
        'whatever  the tag and the level',
        'explains  4 of 10 failing calls',
        'touches   path-first',
        '',
      ].join('\n'),
    );
    expect(textsOf(html, 'pre')[1]).toContain("first     'one.pyc'");
    expect(textsOf(html, 'p')).toContain('Broken: path-first, path-second, tag-only.');
    expect(textsOf(html, 'strong')).not.toContain(suspected);
  });

  test('says of a rule that is not broken that it is the likeliest, and calls none broken', () => {
    const html = rendered(run(failure(first, { broken: false })));
    expect(textsOf(html, 'h4')).toEqual(['path-first']);
    expect(textsOf(html, 'strong')).toContain(suspected);
    expect(html.textContent).not.toContain('Broken: ');
  });

  test('has sections for what the list says, for problems and for what was not checked', () => {
    const html = rendered(
      run(
        failure(first),
        known({
          excused: [{ rule: first.id, kind: 'bug', reason: 'later', issue: 'tracker 7' }],
          stale: [{ entry: 'old-rule', line: 3, why: 'it passes' }],
        }),
        problem({ stderr: 'Traceback\nboom\n' }),
        law(third, {
          judged: 0,
          answered: 0,
          lost: { skipped: 10 },
          reasons: { 'no | time': 10 },
          declined: { [third.id]: 10 },
        }),
      ),
    );
    expect(textsOf(html, 'h3')).toEqual([
      'The adapter failed',
      'Stale entries of the list',
      'Known failures',
      'Not checked',
    ]);
    expect(textsOf(html, 'pre')[0]).toContain('boom');
    expect(tablesOf(html).slice(2)).toEqual([
      [
        ['line', 'entry', 'why'],
        ['3', 'old-rule', 'it passes'],
      ],
      [
        ['rule', 'kind', 'reason', 'issue'],
        ['path-first', 'bug', 'later', 'tracker 7'],
      ],
      [
        ['rule', 'why'],
        ['tag-only', 'skipped'],
      ],
      [
        ['calls', 'reason'],
        ['10', 'no | time'],
      ],
    ]);
  });

  test('of many broken rules fits a comment, and names all', () => {
    const many = Array.from({ length: 143 }, (_, i) =>
      ruleLine(`path-${'abcdefghijkl'[i % 12]}-${'x'.repeat(i)}`),
    );
    const long = Array.from({ length: 1000 }, (_, i) => String(i)).join('-');
    const text = written(format, [
      start({ rules: many }),
      subject(),
      ...many.map((rule) =>
        failure(rule, {
          outcomes: [{ return: long }],
          expected: [long],
          calls: [failure(rule).calls[0]!],
        }),
      ),
      end(),
    ]);
    expect(text.length).toBeLessThan(65_536);
    for (const { id } of many) expect(text).toContain(`\`${id}\``);
  });
});

describe('from the events', () => {
  test('come the scope, the completeness and both scores', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const tally = tallyOf(events);
        const html = rendered(events);
        const facts = factsOf(html);
        expect(facts['documented']).toBe(`${scoreText(tally.scores.documented)} rules pass`);
        expect(facts['observed']).toBe(`${scoreText(tally.scores.observed)} rules pass`);
        expect(facts['suite']).toContain(`pycache-spec ${tally.start.suite}, `);
        expect(spaced(facts['scope']!)).toBe(spaced(scopeOf(tally)));
        expect(spaced(facts['subject']!)).toBe(spaced(subjectOf(tally)));
        expect(spaced(facts['completeness']!)).toBe(spaced(completenessOf(tally)));
        expect(
          tablesOf(html)[1]!
            .slice(1)
            .map(([name, of]) => [name, of]),
        ).toEqual(tally.chapters.map(({ name, rules }) => [name, String(rules.length)]));
      }),
    );
  });
});

describe('whatever a text holds', () => {
  test.each(hostileTexts)('%j stays text', (text) => {
    const str = { str: Array.from(text, (one) => one.codePointAt(0)!) };
    const html = rendered(
      run(
        subject({ implementation: { name: text, version: '1' } }),
        failure(first, { expected: [text], outcomes: [{ raise: 'ValueError', message: str }] }),
        known({
          file: text,
          stale: [{ entry: text, line: 1, why: text }],
          excused: [{ rule: second.id, kind: 'bug', reason: text, issue: null }],
        }),
      ),
    );
    expect(spaced(factsOf(html)['subject']!)).toBe(spaced(`${inOneLine(text)} 1`));
    expect(
      tablesOf(html)[2]!
        .slice(1)
        .map((row) => row.map(spaced)),
    ).toEqual([['1', spaced(inOneLine(text)), spaced(inOneLine(text))]]);
    expect(spaced(tablesOf(html)[3]![1]![2]!)).toBe(spaced(inOneLine(text)));
    const [shown] = textsOf(html, 'pre');
    expect(shown!.split('\n').slice(1, 3)).toEqual([
      `expected  ${inOneLine(text)}`,
      `got       raises ValueError: ${inOneLine(text)}`,
    ]);
  });

  test('the structure is that of the run', () => {
    fc.assert(
      fc.property(anyRun, (drawn) => {
        // The statement of a rule is Markdown from the suite itself, so it is not hostile.
        const events = drawn.map((event) =>
          event.type === 'start'
            ? { ...event, rules: event.rules.map((rule) => ({ ...rule, statement: 'It holds.' })) }
            : event,
        );
        const tally = tallyOf(events);
        const html = rendered(events);
        expect(textsOf(html, 'h1, h5, h6, ul, ol, a, img, em, script, hr')).toEqual([]);
        const faults = faultsOf(tally);
        const isSuspect = ({ failure: { broken } }: ToldFault): boolean => !broken;
        expect(textsOf(html, 'strong').map(spaced)).toEqual([
          spaced(verdictLine(tally)),
          ...faults.filter(isSuspect).map(() => suspected),
        ]);
        expect(textsOf(html, 'h2')).toHaveLength(1);
        const led = faults.map(({ rule }) => rule.id);
        const unsteady = tally.unsteady.map(({ rule }) => rule).filter((id) => !led.includes(id));
        const news = new Set(tally.rules.filter(isNew).map(({ id }) => id));
        expect(textsOf(html, 'h4').toSorted()).toEqual(
          [...led, ...new Set(unsteady)].filter((id) => news.has(id)).toSorted(),
        );
        for (const table of tablesOf(html)) {
          for (const row of table) expect(row).toHaveLength(table[0]!.length);
        }
      }),
    );
  });
});

test("a rule's id leads to its page where the site has an address", () => {
  const page = 'https://example.org/spec/rules/tag-may-be-empty.html';
  const link = parse(renderer.renderInline(linked('tag-may-be-empty', page))).querySelector('a')!;
  expect([link.getAttribute('href'), link.textContent]).toEqual([page, 'tag-may-be-empty']);
  expect(linked('tag-may-be-empty', 'rules/tag-may-be-empty.html')).toBe('`tag-may-be-empty`');
  expect(parse(renderer.renderInline(linked('a](b)', page))).querySelector('a')).toBeNull();
});
