/* The words in which every report tells of a run. */
import { decodeCall, decodeOutcome, EncodingError, toLine, type Json } from '../codec.ts';
import type { RuleResult, Score, Tally } from '../books.ts';
import type { Counterexample, Problem, RuleLine, Unsteady } from '../events.ts';
import type { Outcome } from '../../python/call.ts';
import { callSource, outcomeSource, stateSource } from '../../python/source.ts';
import { isBroken, verdictOf, type Verdict } from '../verdict.ts';

/** `1,234`. */
export const grouped = (number: number): string => String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
/** `1 rule`, `2 rules`. */
export const count = (number: number, noun: string, nouns = `${noun}s`): string =>
  `${grouped(number)} ${number === 1 ? noun : nouns}`;
export const is = (number: number): string => (number === 1 ? 'is' : 'are');

/** Markdown, but for the code in it, as text. */
export const plain = (markdown: string): string =>
  markdown.replaceAll('**', '').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');

/** A message may be as long as the text that it is about. */
export const shortened = (text: string, longest = 1000): string =>
  text.length > longest
    ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}… (${grouped(text.length)} characters)`
    : text;

/** Text with a Python escape for what does not show, but for line breaks and tabs: controls, lone surrogates. */
export const visible = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, (one) =>
    one === '\n' || one === '\t' ? one : escaped(one),
  );

/** The same, in one line. */
export const inOneLine = (text: string): string =>
  visible(text)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', String.raw`\t`);

function escaped(character: string): string {
  if (character === '\r') return String.raw`\r`;
  const hex = character.codePointAt(0)!.toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** What came back of a call: a line for each warning, and one for the result. */
export function answerLines(outcome: Json | undefined, longest?: number): string[] {
  if (outcome === undefined || outcome === null) return ['no answer'];
  return decoded(() => outcomeLines(decodeOutcome(outcome)), [toLine(outcome)]).map((line) =>
    shortened(inOneLine(line), longest),
  );
}

function outcomeLines(outcome: Outcome): string[] {
  switch (outcome.kind) {
    case 'return':
    case 'raise':
      return outcomeSource(outcome);
    case 'unsupported':
      return [`unsupported: ${outcome.feature}`];
    case 'skipped':
      return [`skipped: ${outcome.reason}`];
    case 'error':
      return [`error: ${outcome.text}`];
  }
}

/** A call as Python writes it, with what it is asked of: `cache_from_source('a.py')  # cache_tag='x', optimize=0`. */
export function callLine(call: Json): string {
  return decoded(() => {
    const one = decodeCall(call);
    return `${callSource(one)}  # ${stateSource(one.state)}`;
  }, toLine(call));
}

/** A report shows what does not follow the encoding as it is, rather than fail. */
function decoded<T>(decode: () => T, instead: T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof EncodingError) return instead;
    throw error;
  }
}

/** How many characters a call and an answer may have; a call has to be whole to be asked again. */
export type Longest = { readonly call?: number; readonly answer?: number };

/** The calls, what was expected and what came, a label before each. */
export function counterexampleLines(
  { calls, outcomes, failed, expected, flaky }: Counterexample,
  { call: longestCall = Infinity, answer }: Longest = {},
): string[] {
  const asked = calls.flatMap((call, i) => {
    const label = calls.length === 1 ? 'call' : `call ${i + 1}${i === failed ? '*' : ''}`;
    return [
      ...labelled(label, [shortened(callLine(call), longestCall)]),
      ...(i === failed ? [] : labelled('', answerLines(outcomes[i], answer))),
    ];
  });
  return [
    ...asked,
    ...labelled(
      'expected',
      expected.map((line) => shortened(inOneLine(line), answer)),
    ),
    ...labelled('got', answerLines(outcomes[failed], answer)),
    ...(flaky ? [`It failed once, and held when it was asked again: ${unsteady}.`] : []),
  ];
}

const unsteady = 'the subject is not steady';

/** A call and its two answers. */
export const unsteadyLines = (
  { call, outcomes: [first, second] }: Unsteady,
  { call: longestCall = Infinity, answer }: Longest = {},
): string[] => [
  ...labelled('call', [shortened(callLine(call), longestCall)]),
  ...labelled('first', answerLines(first, answer)),
  ...labelled('then', answerLines(second, answer)),
  `The same call was answered in two ways: ${unsteady}.`,
];

/** How the adapter failed, at which call, and what it had printed. */
export const problemLines = (
  { text, call, stderr }: Problem,
  { call: longestCall = Infinity, answer }: Longest = {},
): string[] => [
  ...visible(text)
    .split('\n')
    .map((line) => shortened(line, answer)),
  ...(call === null ? [] : labelled('call', [shortened(callLine(call), longestCall)])),
  ...labelled(
    'stderr',
    stderr === ''
      ? []
      : stderr
          .trimEnd()
          .split('\n')
          .map((line) => shortened(inOneLine(line), answer)),
  ),
];

const labelled = (label: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => `${(i === 0 ? label : '').padEnd(9)} ${line}`);

/** `observed, quirk, spec/2-path.md`. */
export const factsOf = ({ level, quirk, chapter }: RuleLine): string =>
  `${level}${quirk ? ', quirk' : ''}, spec/${chapter}.md`;

/** `cpython 3.13.0`. */
export const subjectOf = ({ subject }: Tally): string =>
  subject === undefined
    ? 'unknown: it did not say who it is'
    : inOneLine(`${subject.implementation.name} ${subject.implementation.version}`);

/** What was to be checked, in a phrase: `Python 3.13.0, posix: 103 rules (chapter cache-tag, shard 2/4)`. */
export function scopeOf({ start: { selection, shard }, subject, rules }: Tally): string {
  const interpreter =
    subject === undefined
      ? 'a Python that is not known'
      : `Python ${subject.python}${subject.target === subject.python ? '' : ` held to ${subject.target}`}, ${subject.platform}`;
  const chosen = [
    ...Object.entries(selection).map(([name, value]) => `${name} ${value}`),
    ...(shard === null ? [] : [`shard ${shard.index}/${shard.of}`]),
  ];
  return inOneLine(
    `${interpreter}: ${count(rules.length, 'rule')}${chosen.length === 0 ? '' : ` (${chosen.join(', ')})`}`,
  );
}

/** `complete`, or `incomplete` and why. */
export const completenessOf = ({ open }: Tally): string =>
  open.length === 0 ? 'complete' : `incomplete: ${inOneLine(open.join('; '))}`;

/** `35/35`. */
export const scoreText = ({ passed, of }: Score): string => `${passed}/${of}`;

/** `17,436 calls in 1.4 s`. */
export const spentText = ({ answered, seconds }: Tally): string =>
  `${count(answered, 'call')} in ${seconds.toFixed(1)} s`;

/** A verdict in a word or two. */
export const verdictNames: Readonly<Record<Verdict, string>> = {
  conformant: 'conformant',
  broken: 'not conformant',
  incomplete: 'incomplete',
  adapter: 'the adapter failed',
  stale: 'the list of known failures is stale',
};

/** The line that ends a report: the verdict, why, and what it took. */
export function verdictLine(tally: Tally): string {
  const { rules, problems, open, known } = tally;
  const verdict = verdictOf(tally);
  const said = verdictNames[verdict];
  const broken = rules.filter(isBroken);
  const news = broken.filter(({ excuse }) => excuse === undefined).length;
  const knownOnes = broken.length - news;
  const checked = broken.length + rules.filter(({ verdict: own }) => own === 'pass').length;
  const brokenText = `${grouped(news)} of ${count(checked, 'rule')} broken`;
  const beside = knownOnes === 0 ? '' : `, ${count(knownOnes, 'known failure')} beside`;
  const spent = spentText(tally);
  switch (verdict) {
    case 'conformant': {
      const but = knownOnes === 0 ? '' : ` but for ${count(knownOnes, 'known failure')}`;
      const of = checked === rules.length ? '' : `${grouped(checked)} of `;
      return `${said}${but}: ${of}${count(rules.length, 'rule')} checked, ${spent}`;
    }
    case 'broken':
      return `${said}: ${brokenText}${beside}, ${spent}`;
    case 'incomplete':
      return `${said}: ${inOneLine(open.join('; '))}; ${news === 0 ? '' : `${brokenText}${beside}, `}${spent}`;
    case 'adapter': {
      const more = problems.length === 1 ? '' : ` (and ${count(problems.length - 1, 'more failure')})`;
      return `${said}: ${inOneLine(problems[0]!.text)}${more}`;
    }
    case 'stale': {
      const { length } = known!.stale;
      return `${said}: ${count(length, 'entry', 'entries')} of ${inOneLine(known!.file)} ${is(length)} not true any more, ${spent}`;
    }
  }
}

/** `known failure (bug): reason, issue`. */
export const excuseText = ({ kind, reason, issue }: NonNullable<RuleResult['excuse']>): string =>
  `known failure (${kind}): ${reason}${issue === null ? '' : `, ${issue}`}`;

/** Why a rule was not checked. */
export function uncheckedText({ verdict }: RuleResult, { reasons, leftOut }: Tally): string {
  if (verdict === 'unsupported') {
    const lacking = Object.keys(leftOut);
    return `unsupported: the subject does not support ${lacking.length === 0 ? 'what this rule needs' : lacking.join(', ')}`;
  }
  if (verdict === 'skipped') {
    const why = Object.keys(reasons).map((reason) => shortened(inOneLine(reason)));
    return `skipped: the adapter declined calls that are about this rule${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
  }
  return 'not run: nothing was asked about this rule';
}
