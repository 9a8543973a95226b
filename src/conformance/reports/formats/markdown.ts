/* GitHub Markdown for the summary of a CI run or for a comment. What a reader wants to know first comes first. */
import type { RuleResult, Tally } from '../../books.ts';
import { fails, isBroken } from '../../verdict.ts';
import { pageOf } from '../../package.ts';
import { faultsOf, isKnown, isNew, type ToldFault } from '../faults.ts';
import { atEnd } from '../format.ts';
import {
  completenessOf,
  count,
  counterexampleLines,
  factsOf,
  faultLines,
  grouped,
  inOneLine,
  problemLines,
  scopeOf,
  scoreText,
  shortened,
  subjectOf,
  suspected,
  unsteadyLines,
  verdictLine,
  verdictNameOf,
  visible,
} from '../wording.ts';

/**
 * Limits on the number of faults shown and the length of their texts, since a comment can have at most 65,536
 * characters. Of the other faults, only the rules are named.
 */
const mostShown = 20;
const longest = { call: 400, answer: 300 };

export const format = atEnd((tally) =>
  [
    `## pycache-spec: ${verdictNameOf(tally)}`,
    // Emphasized text must not end with a space.
    `**${plain(shortened(verdictLine(tally)).trim())}**`,
    factsTable(tally),
    chapterTable(tally),
    ...problemParts(tally),
    ...faultParts(tally),
    ...unsteadyParts(tally),
    ...brokenParts(tally),
    ...knownParts(tally),
    ...uncheckedParts(tally),
  ]
    .map((part) => `${part}\n`)
    .join('\n'),
);

const factsTable = (tally: Tally): string => {
  const { start, scores } = tally;
  return table(
    ['', ''],
    [
      ['subject', plain(subjectOf(tally))],
      ['scope', plain(scopeOf(tally))],
      [
        'suite',
        `pycache-spec ${plain(start.suite)}, ${count(start.runs, 'run')} per property, seed ${start.seed}`,
      ],
      ['completeness', plain(completenessOf(tally))],
      ['documented', `${scoreText(scores.documented)} rules pass`],
      ['observed', `${scoreText(scores.observed)} rules pass`],
    ],
  );
};

function chapterTable({ chapters, subject }: Tally): string {
  // If the domain contains every call, no rule lies outside.
  const withOutside = subject !== undefined && subject.domain !== null;
  return table(
    [
      'chapter',
      'rules',
      'pass',
      'broken',
      'suspected',
      'known',
      'not checked',
      ...(withOutside ? ['outside'] : []),
      'calls',
    ],
    chapters.map(({ name, rules, answered }) => {
      const pass = rules.filter(({ verdict }) => verdict === 'pass').length;
      const broken = rules.filter(isBrokenNews).length;
      const suspect = rules.filter(isNew).length - broken;
      const known = rules.filter(isKnown).length;
      const outside = rules.filter(({ verdict }) => verdict === 'outside').length;
      const unchecked = rules.length - pass - broken - suspect - known - outside;
      return [
        plain(name),
        ...[
          rules.length,
          pass,
          broken,
          suspect,
          known,
          unchecked,
          ...(withOutside ? [outside] : []),
          answered,
        ].map((number) => grouped(number)),
      ];
    }),
  );
}

const isBrokenNews = (rule: RuleResult): boolean => isNew(rule) && isBroken(rule);

const problemParts = ({ problems }: Tally): string[] => [
  ...(problems.length === 0 ? [] : ['### The adapter failed']),
  ...problems.slice(0, mostShown).map((one) => fenced(problemLines(one, longest))),
  ...(problems.length > mostShown ? [`And ${count(problems.length - mostShown, 'time')} more.`] : []),
];

function faultParts(tally: Tally): string[] {
  const faults = faultsOf(tally);
  const rest = faults.slice(mostShown).map(({ rule }) => code(rule.id));
  return [
    ...(faults.length === 0 ? [] : ['### Faults']),
    ...faults.slice(0, mostShown).map(faultPart),
    ...(rest.length === 0 ? [] : [`And ${count(rest.length, 'fault')} more: ${rest.join(', ')}.`]),
  ];
}

const faultPart = (fault: ToldFault): string =>
  [
    ...headOf(fault.rule),
    ...(fault.failure.broken ? [] : [`**${suspected}**`]),
    fenced([...counterexampleLines(fault.failure, longest), ...faultLines(fault, longest.call)]),
  ].join('\n\n');

/** Rules with a call that was answered in two ways, unless they are shown with the faults. */
function unsteadyParts(tally: Tally): string[] {
  const told = new Set(faultsOf(tally).map(({ rule }) => rule.id));
  const parts = tally.rules
    .filter((rule) => isNew(rule) && !told.has(rule.id))
    .flatMap((rule) => {
      const one = tally.unsteady.find(({ rule: id }) => id === rule.id);
      return one === undefined ? [] : [[...headOf(rule), fenced(unsteadyLines(one, longest))].join('\n\n')];
    });
  return parts.length === 0 ? [] : ['### Not deterministic', ...parts.slice(0, mostShown)];
}

const headOf = (rule: RuleResult): string[] => [
  `#### ${linked(rule.id)}`,
  `${plain(factsOf(rule))}${rule.verdict === 'flaky' ? ', flaky' : ''}`,
  `> ${rule.statement.replaceAll(/\s+/g, ' ')}`,
];

function brokenParts({ rules }: Tally): string[] {
  const broken = rules.filter(isBrokenNews).map(({ id }) => code(id));
  return broken.length === 0 ? [] : [`Broken: ${broken.join(', ')}.`];
}

function knownParts({ known, rules }: Tally): string[] {
  if (known === undefined) return [];
  const excused = rules.flatMap(({ id, excuse }) => (excuse === undefined ? [] : [{ id, ...excuse }]));
  return [
    ...(known.stale.length === 0
      ? []
      : [
          '### Stale entries of the list',
          table(
            ['line', 'entry', 'why'],
            known.stale.map(({ line, entry, why }) => [String(line), cell(entry), cell(why)]),
          ),
        ]),
    ...(excused.length === 0
      ? []
      : [
          '### Known failures',
          table(
            ['rule', 'kind', 'reason', 'issue'],
            excused.map(({ id, kind, reason, issue }) => [
              code(id),
              cell(kind),
              cell(reason),
              cell(issue ?? ''),
            ]),
          ),
        ]),
  ];
}

function uncheckedParts({ rules, reasons }: Tally): string[] {
  const unchecked = rules.filter((rule) => !fails(rule) && rule.verdict !== 'pass');
  if (unchecked.length === 0) return [];
  const declined = Object.entries(reasons).slice(0, mostShown);
  return [
    '### Not checked',
    table(
      ['rule', 'why'],
      unchecked.map(({ id, verdict }) => [code(id), verdict]),
    ),
    ...(declined.length === 0
      ? []
      : [
          'The adapter declined calls:',
          table(
            ['calls', 'reason'],
            declined.map(([reason, calls]) => [grouped(calls ?? 0), cell(reason)]),
          ),
        ]),
  ];
}

const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * Escapes text so that Markdown shows it literally. It uses entities, because the number of backslashes that a table
 * removes varies.
 */
const plain = (text: string): string =>
  visible(text)
    .replaceAll(/[\\`*_{}[\]<>|&~@$#!^"']/g, (one) => `&#${one.charCodeAt(0)};`)
    .replaceAll('\n', ' ');

const cell = (text: string): string => plain(shortened(inOneLine(text), longest.answer));

/** A rule's id as code, or as plain text if a character in it could end the code. */
const code = (id: string): string => (isId(id) ? `\`${id}\`` : plain(id));
const isId = (id: string): boolean => /^[\w-]+$/.test(id);

/** A rule's id, linked to its page if the site has an address. */
export const linked = (rule: string, page = pageOf(rule)): string =>
  isId(rule) && page.includes('://') ? `[${code(rule)}](${page})` : code(rule);

/** A code block with a fence that does not occur in its text. */
function fenced(lines: readonly string[]): string {
  const text = lines.join('\n');
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}
