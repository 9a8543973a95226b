/* The words in which every report tells of a run. */
import { chaptersOf } from '../../../properties/index.ts';
import { decodeCall, decodeOutcome, EncodingError, toLine, type Json } from '../codec.ts';
import type { RuleResult, Score, Tally } from '../books.ts';
import { decodeDomain } from '../domain/declared.ts';
import { domainInWords } from '../domain/words.ts';
import type { Counterexample, Failure, Greeting, Problem, RuleLine, Start, Unsteady } from '../events.ts';
import type { Outcome } from '../../python/call.ts';
import { callSource, outcomeSource, stateSource } from '../../python/source.ts';
import { fails, isBroken, verdictOf, type Verdict } from '../verdict.ts';
import { columnsOf, isCombining } from './columns.ts';
import { faultsOf, isKnown, isNew, type ToldFault } from './faults.ts';

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
export const answerLines = (outcome: Json | undefined, longest?: number): string[] =>
  wholeAnswerLines(outcome).map((line) => shortened(line, longest));

function wholeAnswerLines(outcome: Json | undefined): string[] {
  if (outcome === undefined || outcome === null) return ['no answer'];
  return decoded(() => outcomeLines(decodeOutcome(outcome)), [toLine(outcome)]).map(inOneLine);
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

/** How many characters a call and an answer may have, and how many lines they may take together, four at least. */
export type Limits = { readonly call?: number; readonly answer?: number; readonly lines?: number };

/** A call in so many characters: its arguments are at its start, and what it is asked of at its end. */
function shortenedCall(call: Json, longest = Infinity): string {
  const text = callLine(call);
  if (text.length <= longest) return text;
  const tail = Math.floor(longest / 3);
  const start = text.slice(0, longest - tail).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(-tail).replace(/^[\uDC00-\uDFFF]/, '');
  return `${start}…${end} (${grouped(text.length)} characters)`;
}

/** Of a counterexample, what its lines tell. */
export type Shown = Pick<Counterexample, 'calls' | 'outcomes' | 'failed' | 'expected' | 'flaky'>;

/** The calls, what was expected and what came, a label before each. */
export function counterexampleLines(one: Shown, limits: Limits = {}): string[] {
  const { lines = Infinity } = limits;
  const { outcomes, failed, expected, flaky } = one;
  const note = flaky ? [`It failed once and held when it was repeated: ${unsteady}.`] : [];
  const left = lines - note.length;
  const compared = comparedLines(
    expected.map(inOneLine),
    wholeAnswerLines(outcomes[failed]),
    limits.answer,
    left - 1,
  );
  return [...callLines(one, limits, left - compared.length), ...compared, ...note];
}

/** The call that went wrong, in at most so many lines with as much of the others as fits. */
function callLines(
  { calls, outcomes, failed }: Shown,
  { call: longestCall, answer }: Limits,
  most: number,
): string[] {
  const asked = (i: number): string[] =>
    labelled(calls.length === 1 ? 'call' : `call ${i + 1}${i === failed ? '*' : ''}`, [
      shortenedCall(calls[i]!, longestCall),
    ]);
  const all = [...calls.keys()];
  if (calls.length <= most) {
    const whole = all.flatMap((i) => [
      ...asked(i),
      ...(i === failed ? [] : labelled('', answerLines(outcomes[i], answer))),
    ]);
    return whole.length <= most ? whole : all.flatMap(asked);
  }
  if (most < 2) return asked(failed);
  // One line says how many there are beside those next to the one that went wrong.
  const nearest = all.toSorted((a, b) => Math.abs(a - failed) - Math.abs(b - failed)).slice(0, most - 1);
  return [
    ...labelled('', [`… ${count(calls.length - nearest.length, 'more call')}`]),
    ...all.filter((i) => nearest.includes(i)).flatMap(asked),
  ];
}

/**
 * What was expected and what came, under each other. What both begin with is told once; where each is one line
 * then, a caret is below their first difference.
 */
function comparedLines(
  expected: readonly string[],
  got: readonly string[],
  longest: number | undefined,
  most: number,
): string[] {
  const last = Math.min(expected.length, got.length) - 1;
  const same = Math.max(
    0,
    expected.findIndex((line, i) => i >= last || line !== got[i]),
  );
  const lines = [
    ...labelled(
      'both',
      expected.slice(0, same).map((line) => shortened(line, longest)),
    ),
    ...sideLines(expected.slice(same), got.slice(same), longest),
  ];
  return lines.length <= most ? lines : sideLines([expected.join('; ')], [got.join('; ')], longest);
}

function sideLines(
  expected: readonly string[],
  got: readonly string[],
  longest: number | undefined,
): string[] {
  const [one, other] = [expected[0], got[0]];
  if (expected.length !== 1 || got.length !== 1) {
    const short = (line: string): string => shortened(line, longest);
    return [...labelled('expected', expected.map(short)), ...labelled('got', got.map(short))];
  }
  const { lines, column } = aroundDifference(one!, other!, longest);
  return [
    ...labelled('expected', [lines[0]]),
    ...labelled('got', [lines[1]]),
    ...(column === undefined ? [] : labelled('', [`${' '.repeat(column)}^`])),
  ];
}

/**
 * Two lines, each in so many characters, with their first difference in sight.
 *
 * @returns the column of the difference; none where nothing before it is the same, or nothing differs
 */
function aroundDifference(
  one: string,
  other: string,
  longest = 1000,
): { lines: readonly [string, string]; column: number | undefined } {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  if (isLowSurrogate(one[at]) || isLowSurrogate(other[at])) at--;
  // A mark is seen upon the character before it.
  const isMark = (text: string): boolean => isCombining(String.fromCodePoint(text.codePointAt(at) ?? 0));
  while (at > 0 && (isMark(one) || isMark(other))) at -= isLowSurrogate(one[at - 1]) ? 2 : 1;
  let start = Math.max(one.length, other.length) > longest ? Math.max(0, at - Math.floor(longest / 2)) : 0;
  if (isLowSurrogate(one[start])) start--;
  const seen = (text: string): string => {
    const end = text.length - start > longest ? start + longest : text.length;
    const kept = text.slice(start, end).replace(/[\uD800-\uDBFF]$/, '');
    const isWhole = start === 0 && end === text.length;
    return isWhole
      ? text
      : `${start > 0 ? '…' : ''}${kept}${end < text.length ? '…' : ''} (${grouped(text.length)} characters)`;
  };
  const before = (start > 0 ? 1 : 0) + columnsOf(one.slice(start, at));
  return { lines: [seen(one), seen(other)], column: at === 0 || one === other ? undefined : before };
}

const isLowSurrogate = (unit: string | undefined): boolean =>
  unit !== undefined && unit >= '\uDC00' && unit <= '\uDFFF';

const unsteady = 'the subject is not deterministic';

/** A call and its two answers. */
export function unsteadyLines(
  { call, outcomes: [first, second] }: Unsteady,
  { call: longestCall, answer, lines = Infinity }: Limits = {},
): string[] {
  const answers = [wholeAnswerLines(first), wholeAnswerLines(second)] as const;
  const fits = 2 + answers.flat().length <= lines;
  const [one, other] = answers.map((each) =>
    (fits ? each : [each.join('; ')]).map((line) => shortened(line, answer)),
  );
  return [
    ...labelled('call', [shortenedCall(call, longestCall)]),
    ...labelled('first', one!),
    ...labelled('then', other!),
    `The same call was answered in two ways: ${unsteady}.`,
  ];
}

/** What stands below a fault's counterexample: what plays no part in it, how much it explains, what it touches. */
export function faultLines(
  { failure, touches }: Pick<ToldFault, 'failure' | 'touches'>,
  widest = Infinity,
): string[] {
  const { rule, fault, whatever, explains, of } = failure;
  const touched = touches.length === 0 ? '' : listed(touches.map(inOneLine), widest);
  return [
    ...labelled(
      'whatever',
      whatever.length === 0 ? [] : [shortened(inOneLine(whateverText(whatever)), widest)],
    ),
    ...labelled('explains', [`${grouped(explains)} of ${count(of, 'failing call')}`]),
    ...(rule === fault
      ? labelled('touches', touched === '' ? [] : [touched])
      : labelled('fault', [`of ${inOneLine(fault)}${touched === '' ? '' : `; it also touches ${touched}`}`])),
  ];
}

/** `the tag, the level and the working directory`. */
export function whateverText(aspects: readonly string[]): string {
  const names = aspects.map((aspect) => `the ${aspect}`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

/** `a, b, c and 3 more`: one at least, and as many as fit. */
function listed(names: readonly string[], widest: number): string {
  const textOf = (number: number): string => {
    const rest = names.length - number;
    return `${names.slice(0, number).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
  };
  let number = names.length;
  while (number > 1 && textOf(number).length > widest) number--;
  return textOf(number);
}

/** What is said of a rule that is the likeliest of those that decide what differs. */
export const suspected = "No single rule's statement is false here; this is the likeliest one to look at.";

/** Of a rule that a fault breaks beside its own. */
export const belonging = ({ fault }: Failure): string => `It is part of the fault of ${inOneLine(fault)}.`;

/** How the adapter failed, at which call, and what it had printed. */
export const problemLines = (
  { text, call, stderr }: Problem,
  { call: longestCall, answer }: Limits = {},
): string[] => [
  ...visible(text)
    .split('\n')
    .map((line) => shortened(line, answer)),
  ...(call === null ? [] : labelled('call', [shortenedCall(call, longestCall)])),
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

/** A label before the first of some lines. */
export const labelled = (label: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => `${(i === 0 ? label : '').padEnd(9)} ${line}`);

/** `observed, quirk, spec/2-path.md`. */
export const factsOf = ({ level, quirk, chapter }: RuleLine): string =>
  `${level}${quirk ? ', quirk' : ''}, spec/${chapter}.md`;

/** `cpython 3.13.0`. */
export const subjectOf = ({ subject }: Tally): string =>
  subject === undefined
    ? 'unknown: it did not identify itself'
    : inOneLine(`${subject.implementation.name} ${subject.implementation.version}`);

/**
 * What was to be checked, in a phrase: `Python 3.13.0, posix: 103 rules of cache_from_source (chapter cache-tag, shard
 * 2/4)`.
 */
export function scopeOf(tally: Tally): string {
  const {
    start,
    start: { selection, shard },
    subject,
  } = tally;
  const domain = domainOf(tally);
  const interpreter = subject === undefined ? 'an unknown Python' : interpreterOf(start, subject);
  const chosen = [
    ...Object.entries(selection).map(([name, value]) => `${name} ${value}`),
    ...(shard === null ? [] : [`shard ${shard.index}/${shard.of}`]),
  ];
  return inOneLine(
    `${interpreter}: ${rulesText(tally)}${chosen.length === 0 ? '' : ` (${chosen.join(', ')})`}${domain === '' ? '' : `, within its domain: ${domain}`}`,
  );
}

/** How many rules of which functions: `103 rules of cache_from_source`. */
export function rulesText({ rules, subject }: Tally): string {
  const head = count(rules.length, 'rule');
  if (subject === undefined) return head;
  const chapters = new Set(rules.map(({ chapter }) => chapter));
  const whose = subject.functions.filter((name) => chaptersOf(name).some((one) => chapters.has(one)));
  return `${head} of ${(whose.length === 0 ? subject.functions : whose).join(' and ')}`;
}

/** The calls that the subject is for, in words; nothing where it is for all. */
export function domainOf({ subject }: Tally): string {
  if (subject === undefined || subject.domain === null) return '';
  return inOneLine(domainInWords(decodeDomain(subject.domain, subject.platform, 'its domain')));
}

function interpreterOf({ heldTo }: Start, { python, target, platform }: Greeting): string {
  const held = heldText(python, target, heldTo !== undefined);
  if (held === undefined) return `Python ${python}, ${platform}`;
  return heldTo === undefined ? `Python ${python} ${held}, ${platform}` : `${platform}, ${held}`;
}

/** That a subject is held to another release than it claims: `held to 3.14.1, as asked; it claims 3.14.0`. */
export function heldText(claims: string, target: string, isAsked: boolean): string | undefined {
  if (claims === target) return undefined;
  return `held to ${target}${isAsked ? `, as asked; it claims ${claims}` : ''}`;
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

/** The same, with the domain that it is about. */
export const verdictNameOf = (tally: Tally): string => {
  const isWhole = tally.subject === undefined || tally.subject.domain === null;
  const verdict = verdictOf(tally);
  const within = !isWhole && (verdict === 'conformant' || verdict === 'broken') ? ' within its domain' : '';
  return `${verdictNames[verdict]}${within}`;
};

/** The line that ends a report: the verdict, why, and what it took. */
export function verdictLine(tally: Tally): string {
  const { rules, problems, open, known } = tally;
  const verdict = verdictOf(tally);
  const said = verdictNameOf(tally);
  const outside = rules.filter((rule) => rule.verdict === 'outside').length;
  const inside = rules.length - outside;
  const news = rules.filter(isNew);
  const knownOnes = rules.filter(isKnown).length;
  const checked = rules.filter((rule) => fails(rule) || rule.verdict === 'pass').length;
  const broken = news.filter(isBroken).length;
  const suspect = broken === news.length ? '' : `, ${grouped(news.length - broken)} suspected`;
  const brokenText =
    broken > 0 || news.length === 0
      ? `${grouped(broken)} of ${count(checked, 'rule')} broken${suspect}`
      : `no single rule is broken, ${count(faultsOf(tally).length, 'fault')}`;
  const beside = knownOnes === 0 ? '' : `, ${count(knownOnes, 'known failure')} beside`;
  const spent = spentText(tally);
  switch (verdict) {
    case 'conformant': {
      const but = knownOnes === 0 ? '' : ` but for ${count(knownOnes, 'known failure')}`;
      if (tally.subject !== undefined && tally.subject.domain !== null) {
        const lacking = inside - checked === 0 ? '' : `, ${grouped(inside - checked)} not checked`;
        const lie = outside === 0 ? '' : `, ${grouped(outside)} ${outside === 1 ? 'lies' : 'lie'} outside`;
        return `${said}${but}: ${count(checked - knownOnes, 'rule holds', 'rules hold')}${lacking}${lie}, ${spent}`;
      }
      const of = checked === rules.length ? '' : `${grouped(checked)} of `;
      return `${said}${but}: ${of}${count(rules.length, 'rule')} checked, ${spent}`;
    }
    case 'broken':
      return `${said}: ${brokenText}${beside}${open.length === 0 ? '' : `; ${completenessOf(tally)}`}, ${spent}`;
    case 'incomplete':
      return `${completenessOf(tally)}; ${spent}`;
    case 'adapter': {
      const more = problems.length === 1 ? '' : ` (and ${count(problems.length - 1, 'more failure')})`;
      return `${said}: ${inOneLine(problems[0]!.text)}${more}`;
    }
    case 'stale': {
      const { length } = known!.stale;
      return `${said}: ${count(length, 'entry', 'entries')} of ${inOneLine(known!.file)} ${is(length)} no longer true, ${spent}`;
    }
  }
}

/** `known failure (bug): reason, issue`. */
export const excuseText = ({ kind, reason, issue }: NonNullable<RuleResult['excuse']>): string =>
  `known failure (${kind}): ${reason}${issue === null ? '' : `, ${issue}`}`;

/** Why a rule was not checked. */
export function uncheckedText({ verdict, lacking, reasons }: RuleResult): string {
  if (verdict === 'outside') return "outside: it has no say in any call of the subject's domain";
  if (verdict === 'unsupported') {
    return `unsupported: the subject does not support ${lacking.length === 0 ? 'a feature that this rule needs' : lacking.join(', ')}`;
  }
  if (verdict === 'skipped') {
    const why = reasons.map((reason) => shortened(inOneLine(reason)));
    return `skipped: the adapter declined calls about this rule${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
  }
  return 'not run: no call about this rule was made';
}
