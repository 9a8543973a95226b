/* What got better and what got worse from one run to another. */
import { isDeepStrictEqual } from 'node:util';
import type { RuleResult, RuleVerdict, Tally } from './books.ts';
import { excerpt, type Json } from './codec.ts';
import type { Counterexample, Unsteady } from './events.ts';
import type { Paint } from './reports/layout.ts';
import {
  count,
  counterexampleLines,
  excuseText,
  factsOf,
  inOneLine,
  scopeOf,
  subjectOf,
  unsteadyLines,
  verdictLine,
} from './reports/wording.ts';
import { exitCodes, verdictOf } from './verdict.ts';

/** What happened to a rule between the runs, the most severe kind first. */
export const kinds = [
  'broken',
  'unchecked',
  'still',
  'changed',
  'inside',
  'outside',
  'fixed',
  'new',
  'gone',
  'same',
] as const;
export type Kind = (typeof kinds)[number];

export type Change = {
  readonly kind: Kind;
  /** The result in the later run, or in the earlier one if the later run lacks the rule. */
  readonly rule: RuleResult;
  readonly before: RuleVerdict | undefined;
  readonly after: RuleVerdict | undefined;
  /** The evidence that it fails in the later run. */
  readonly shown: readonly Shown[];
  /** For a rule that fails in both runs, whether it fails in the same way. */
  readonly way?: Way;
};
export type Shown = Counterexample | Unsteady;
/** The same failure, the same calls with another outcome, or other calls. */
export type Way = 'alike' | 'another outcome' | 'other calls';

export type Difference = {
  readonly before: Tally;
  readonly after: Tally;
  /** Differences between the settings of the runs: sentences without a full stop. */
  readonly warnings: readonly string[];
  /** One for each rule, in the order of the chapters. */
  readonly changes: readonly Change[];
  /** Why the comparison is not complete: sentences without a full stop. */
  readonly open: readonly string[];
  /** What got worse, as phrases. */
  readonly worse: readonly string[];
};

/** Compares the results of two runs. */
export function differenceOf(before: Tally, after: Tally): Difference {
  const earlier = new Map(before.rules.map((rule) => [rule.id, rule]));
  const later = new Map(after.rules.map((rule) => [rule.id, rule]));
  const changes = [...after.rules, ...before.rules.filter(({ id }) => !later.has(id))].map((rule): Change => {
    const verdicts = { before: earlier.get(rule.id)?.verdict, after: later.get(rule.id)?.verdict };
    const kind = kindOf(verdicts.before, verdicts.after);
    const shown = shownOf(rule, after);
    const way = kind === 'still' ? { way: wayOf(shownOf(rule, before)[0], shown[0]) } : {};
    return { kind, rule, ...verdicts, shown, ...way };
  });
  const number = (kind: Kind): number => changes.filter((change) => change.kind === kind).length;
  return {
    before,
    after,
    warnings: warningsOf(before, after),
    changes,
    open: [
      ...before.open.map((reason) => `the run before is incomplete: ${reason}`),
      ...after.open.map((reason) => `the run after is incomplete: ${reason}`),
    ],
    worse: [
      ...(number('broken') > 0 ? [`${count(number('broken'), 'rule')} broken`] : []),
      ...(number('unchecked') > 0
        ? [`${count(number('unchecked'), 'rule')} that passed no longer checked`]
        : []),
      ...(before.problems.length === 0 && after.problems.length > 0 ? ['the adapter fails'] : []),
    ],
  };
}

const fails = (verdict: RuleVerdict): boolean => ['fail', 'flaky', 'suspect'].includes(verdict);

function kindOf(before: RuleVerdict | undefined, after: RuleVerdict | undefined): Kind {
  if (before === undefined) return 'new';
  if (after === undefined) return 'gone';
  if (fails(after)) return fails(before) ? 'still' : 'broken';
  if (before === after) return 'same';
  if (before === 'outside') return 'inside';
  if (after === 'outside') return 'outside';
  if (before === 'pass') return 'unchecked';
  return fails(before) && after === 'pass' ? 'fixed' : 'changed';
}

const shownOf = ({ id }: RuleResult, { failures, unsteady }: Tally): Shown[] =>
  [...failures, ...unsteady].filter(({ rule }) => rule === id);

function wayOf(before: Shown | undefined, after: Shown | undefined): Way {
  if (!isDeepStrictEqual(callsOf(before), callsOf(after))) return 'other calls';
  return isDeepStrictEqual(before?.outcomes, after?.outcomes) ? 'alike' : 'another outcome';
}

const callsOf = (shown: Shown | undefined): readonly Json[] | undefined =>
  shown === undefined ? undefined : 'calls' in shown ? shown.calls : [shown.call];

/** What two comparable runs should have in common, and how to get it from a run. */
const facts: ReadonlyArray<readonly [name: string, of: (tally: Tally) => Json]> = [
  ['implementations', ({ subject }) => subject?.implementation.name ?? null],
  ['claimed Pythons', ({ subject }) => subject?.python ?? null],
  ['releases that they are held to', ({ subject }) => subject?.target ?? null],
  ['platforms', ({ subject }) => subject?.platform ?? null],
  ['supported features', ({ subject }) => subject?.supports.toSorted() ?? null],
  ['versions of the suite', ({ start }) => start.suite],
  ['selections', ({ start }) => start.selection],
  ['seeds', ({ start }) => start.seed],
  ['numbers of runs', ({ start }) => start.runs],
  ['shards', ({ start }) => start.shard],
];

const warningsOf = (before: Tally, after: Tally): string[] =>
  facts.flatMap(([name, of]) => {
    const [one, other] = [of(before), of(after)];
    return isDeepStrictEqual(one, other)
      ? []
      : [`the ${name} differ: ${inOneLine(excerpt(one))} and ${inOneLine(excerpt(other))}`];
  });

/**
 * 0 if nothing got worse, 1 if something did, 3 if a run is incomplete. A newly broken rule outranks incompleteness.
 */
export function exitCodeOf({ changes, open, worse }: Difference): number {
  if (changes.some(({ kind }) => kind === 'broken')) return exitCodes.broken;
  if (open.length > 0) return exitCodes.incomplete;
  return worse.length > 0 ? exitCodes.broken : exitCodes.conformant;
}

const headings: Readonly<
  Record<
    Exclude<Kind, 'same'>,
    { readonly word: string; readonly color: 'red' | 'green' | 'yellow'; readonly says: string }
  >
> = {
  broken: { word: 'broken', color: 'red', says: 'did not fail before, and fails after' },
  unchecked: { word: 'no longer checked', color: 'red', says: 'passed before, and is not checked after' },
  still: { word: 'still broken', color: 'yellow', says: 'fails before and after' },
  changed: {
    word: 'changed',
    color: 'yellow',
    says: 'another verdict, and not checked in at least one of the runs',
  },
  inside: {
    word: 'now inside the domain',
    color: 'yellow',
    says: 'was outside before, and does not fail after',
  },
  outside: {
    word: 'now outside the domain',
    color: 'yellow',
    says: 'was inside before, and is not checked after',
  },
  fixed: { word: 'fixed', color: 'green', says: 'failed before, and passes after' },
  new: { word: 'new', color: 'yellow', says: 'only in the scope of the run after' },
  gone: { word: 'gone', color: 'yellow', says: 'only in the scope of the run before' },
};

/** The comparison as text for a person. */
export function differenceText(difference: Difference, paint: Paint): string {
  const { before, after, warnings, changes } = difference;
  const sections = kinds
    .filter((kind) => kind !== 'same')
    .flatMap((kind) => {
      const own = changes.filter((change) => change.kind === kind);
      if (own.length === 0) return [];
      const { word, color, says } = headings[kind];
      return [
        `${paint([color, 'bold'], word)}  ${count(own.length, 'rule')}: ${says}`,
        ...own.flatMap(changeLines),
        '',
      ];
    });
  return [
    ...runLines('before', before),
    ...runLines('after', after),
    ...warnings.map((warning) => paint('yellow', `Note: ${warning}.`)),
    '',
    ...sections,
    paint([exitCodeOf(difference) === exitCodes.conformant ? 'green' : 'red', 'bold'], lastLine(difference)),
    '',
  ].join('\n');
}

function runLines(label: string, tally: Tally): string[] {
  const { suite, seed, runs, at } = tally.start;
  return [
    `${label.padEnd(7)} ${subjectOf(tally)}, ${scopeOf(tally)}`,
    `        pycache-spec ${suite}, ${runs} runs per property, seed ${seed}, ${inOneLine(at)}`,
    `        ${verdictLine(tally)}`,
  ];
}

function changeLines({ kind, rule, before, after, shown, way }: Change): string[] {
  const facts = {
    broken: brokenText(before!, after!),
    unchecked: `: ${after}`,
    still: stillText(before!, after!, way!),
    changed: `: ${before} before, ${after} after`,
    inside: `: ${after}`,
    outside: `: ${before} before`,
    fixed: '',
    new: `: ${after}`,
    gone: `: ${before} before`,
    same: '',
  };
  const excuse =
    rule.excuse === undefined || after === 'pass' ? '' : `; ${inOneLine(excuseText(rule.excuse))}`;
  const isTold = after !== undefined && fails(after) && way !== 'alike';
  return [
    `  ${rule.id}  ${factsOf(rule)}${facts[kind]}${excuse}`,
    ...(isTold ? shown.flatMap(shownLines).map((line) => `      ${line}`) : []),
  ];
}

function brokenText(before: RuleVerdict, after: RuleVerdict): string {
  const facts = [
    ...(before === 'pass' ? [] : [`${before} before`]),
    ...(after === 'flaky' ? ['flaky after'] : []),
  ];
  return facts.length === 0 ? '' : `: ${facts.join(', ')}`;
}

function stillText(before: RuleVerdict, after: RuleVerdict, way: Way): string {
  const verdict = before === after ? '' : `: ${before} before, ${after} after`;
  if (way === 'alike') return verdict;
  return `${verdict}${verdict === '' ? ':' : ','} ${way === 'other calls' ? 'shown by other calls' : 'with another outcome'}`;
}

const shownLines = (shown: Shown): string[] =>
  'calls' in shown ? counterexampleLines(shown) : unsteadyLines(shown);

/** The result in one line. */
export function lastLine(difference: Difference): string {
  const { changes, open, worse } = difference;
  const number = (kind: Kind): number => changes.filter((change) => change.kind === kind).length;
  const better = [
    ...(number('fixed') > 0 ? [`${count(number('fixed'), 'rule')} fixed`] : []),
    ...(number('still') > 0 ? [`${number('still')} still broken`] : []),
  ];
  const came = worse.length > 0 ? `worse: ${worse.join(', ')}` : 'nothing got worse';
  const beside = better.length === 0 ? '' : `; ${better.join(', ')}`;
  if (open.length === 0) return `${came}${beside}`;
  const why = `incomplete: ${inOneLine(open.join('; '))}`;
  return exitCodeOf(difference) === exitCodes.incomplete
    ? `${why}; as far as the runs go, ${came}${beside}`
    : `${came}${beside}; ${why}`;
}

/** The comparison as JSON for a program. */
export function differenceSummary(difference: Difference): Json {
  const { before, after, warnings, changes, open, worse } = difference;
  const of = (kind: Kind): Json[] => changes.filter((change) => change.kind === kind).map(changeSummary);
  return {
    before: runSummary(before),
    after: runSummary(after),
    warnings,
    ...Object.fromEntries(kinds.filter((kind) => kind !== 'same').map((kind) => [kind, of(kind)])),
    same: changes.filter(({ kind }) => kind === 'same').length,
    complete: open.length === 0,
    open,
    worse: worse.length > 0,
    exitCode: exitCodeOf(difference),
    text: lastLine(difference),
  };
}

const runSummary = (tally: Tally): Json => {
  const { start, subject } = tally;
  return {
    implementation: subject?.implementation ?? null,
    python: subject?.python ?? null,
    target: subject?.target ?? null,
    heldTo: start.heldTo ?? null,
    platform: subject?.platform ?? null,
    suite: start.suite,
    at: start.at,
    seed: start.seed,
    runs: start.runs,
    selection: start.selection,
    shard: start.shard,
    verdict: verdictOf(tally),
    text: verdictLine(tally),
  };
};

const changeSummary = ({ rule, before, after, shown, way }: Change): Json => ({
  rule: rule.id,
  chapter: rule.chapter,
  level: rule.level,
  before: before ?? null,
  after: after ?? null,
  ...(way === undefined ? {} : { way }),
  excuse: rule.excuse ?? null,
  shown: shown.map((one) => ({ ...one, text: shownLines(one) })) as unknown as Json,
});
