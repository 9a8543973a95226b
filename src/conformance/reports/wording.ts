/* The wording that all reports share. */
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

/** A number with separators: `1,234`. */
export const grouped = (number: number): string => String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
/** A number with its noun: `1 rule`, `2 rules`. */
export const count = (number: number, noun: string, nouns = `${noun}s`): string =>
  `${grouped(number)} ${number === 1 ? noun : nouns}`;
export const is = (number: number): string => (number === 1 ? 'is' : 'are');

/** Markdown as plain text. Code in it stays as it is. */
export const plain = (markdown: string): string =>
  markdown.replaceAll('**', '').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1');

/** Shortens a text, since a message may be as long as the text it is about. */
export const shortened = (text: string, longest = 1000): string =>
  text.length > longest
    ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}… (${grouped(text.length)} characters)`
    : text;

/**
 * Text in which controls, lone surrogates and other invisible characters are replaced by Python escapes. Line breaks
 * and tabs stay.
 */
export const visible = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, (one) =>
    one === '\n' || one === '\t' ? one : escaped(one),
  );

/** The same in one line. */
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

/** An outcome: one line for each warning, and one for the result. */
export const answerLines = (outcome: Json | undefined, longest?: number): string[] =>
  wholeAnswerLines(outcome).map((line) => shortened(line, longest));

const wholeAnswerLines = (outcome: Json | undefined): string[] => rawAnswerLines(outcome).map(inOneLine);

function rawAnswerLines(outcome: Json | undefined): string[] {
  if (outcome === undefined || outcome === null) return ['no answer'];
  return decoded(() => outcomeLines(decodeOutcome(outcome)), [toLine(outcome)]);
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

/**
 * A call in Python's notation, with the state of the interpreter:
 * `cache_from_source('a.py')  # cache_tag='x', optimize=0`.
 */
export function callLine(call: Json): string {
  return decoded(() => {
    const one = decodeCall(call);
    return `${callSource(one)}  # ${stateSource(one.state)}`;
  }, toLine(call));
}

/** A report shows JSON that does not follow the encoding as it is, rather than fail. */
function decoded<T>(decode: () => T, instead: T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof EncodingError) return instead;
    throw error;
  }
}

/**
 * The longest call and the longest answer, in characters, and the most lines that they may take together, at least
 * four.
 */
export type Limits = { readonly call?: number; readonly answer?: number; readonly lines?: number };

/** A call, shortened in the middle: the arguments are at its start and the state is at its end. */
function shortenedCall(call: Json, longest = Infinity): string {
  const text = callLine(call);
  if (text.length <= longest) return text;
  const tail = Math.floor(longest / 3);
  const start = text.slice(0, longest - tail).replace(/[\uD800-\uDBFF]$/, '');
  const end = text.slice(-tail).replace(/^[\uDC00-\uDFFF]/, '');
  return `${start}…${end} (${grouped(text.length)} characters)`;
}

/** The parts of a counterexample that its lines show. */
export type Shown = Pick<Counterexample, 'calls' | 'outcomes' | 'failed' | 'expected' | 'flaky'>;

/** The calls, what was expected and what was answered, each with a label. */
export function counterexampleLines(one: Shown, limits: Limits = {}): string[] {
  const { lines = Infinity } = limits;
  const { outcomes, failed, expected, flaky } = one;
  const note = flaky ? [`It failed once and held when it was repeated: ${unsteady}.`] : [];
  const left = lines - note.length;
  const [wanted, got] = toldApart(expected, rawAnswerLines(outcomes[failed]));
  const compared = comparedLines(wanted, got, limits.answer, left - 1);
  return [...callLines(one, limits, left - compared.length), ...compared, ...note];
}

/** Both outcomes with what cannot be printed escaped, and their backslashes too if nothing else tells them apart. */
function toldApart(
  one: readonly string[],
  other: readonly string[],
): readonly [one: readonly string[], other: readonly string[]] {
  const plain = [one.map(inOneLine), other.map(inOneLine)] as const;
  if (plain[0].join('\n') !== plain[1].join('\n')) return plain;
  const exact = (line: string): string => inOneLine(line.replaceAll('\\', '\\\\'));
  return [one.map(exact), other.map(exact)];
}

/** The failing call, and as many of the other calls as fit into `most` lines. */
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
  // One line says how many calls are left out.
  const nearest = all.toSorted((a, b) => Math.abs(a - failed) - Math.abs(b - failed)).slice(0, most - 1);
  return [
    ...labelled('', [`… ${count(calls.length - nearest.length, 'more call')}`]),
    ...all.filter((i) => nearest.includes(i)).flatMap(asked),
  ];
}

/**
 * What was expected above what was answered. Lines that both begin with are shown once. If one line each remains, a
 * caret marks the first difference.
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
 * Shortens two lines so that their first difference stays visible.
 * @returns the column of the difference; undefined if the lines differ from the start or not at all
 */
function aroundDifference(
  one: string,
  other: string,
  longest = 1000,
): { lines: readonly [string, string]; column: number | undefined } {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  if (isLowSurrogate(one[at]) || isLowSurrogate(other[at])) at--;
  // A combining mark is shown on the character before it.
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

/** The lines below a fault's counterexample: what does not matter, how much the fault explains, and what it touches. */
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

/** The names of aspects, joined: `the tag, the level and the working directory`. */
export function whateverText(aspects: readonly string[]): string {
  const names = aspects.map((aspect) => `the ${aspect}`);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}

/** `a, b, c and 3 more`: at least one name, and as many as fit. */
function listed(names: readonly string[], widest: number): string {
  const textOf = (number: number): string => {
    const rest = names.length - number;
    return `${names.slice(0, number).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
  };
  let number = names.length;
  while (number > 1 && textOf(number).length > widest) number--;
  return textOf(number);
}

/** The note for a rule that is only the likeliest of those that decide the differing parts. */
export const suspected = 'Plainer calls agree with this statement; it is the likeliest one to look at.';

/** The note for a rule that another rule's fault also breaks. */
export const belonging = ({ fault }: Failure): string => `It is part of the fault of ${inOneLine(fault)}.`;

/** How the adapter failed, at which call, and what it printed to stderr. */
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

/** Puts a label before the first of some lines. */
export const labelled = (label: string, lines: readonly string[]): string[] =>
  lines.map((line, i) => `${(i === 0 ? label : '').padEnd(9)} ${line}`);

/** The facts about a rule: `observed, quirk, spec/2-path.md`. */
export const factsOf = ({ level, quirk, chapter }: RuleLine): string =>
  `${level}${quirk ? ', quirk' : ''}, spec/${chapter}.md`;

/** The name and version of the subject: `cpython 3.13.0`. */
export const subjectOf = ({ subject }: Tally): string =>
  subject === undefined
    ? 'unknown: it did not identify itself'
    : inOneLine(`${subject.implementation.name} ${subject.implementation.version}`);

/**
 * What was checked, in a phrase: `Python 3.13.0, posix: 103 rules of cache_from_source (chapter cache-tag, shard 2/4)`.
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

/** The number of rules and their functions: `103 rules of cache_from_source`. */
export function rulesText({ rules, subject }: Tally): string {
  const head = count(rules.length, 'rule');
  if (subject === undefined) return head;
  const chapters = new Set(rules.map(({ chapter }) => chapter));
  const whose = subject.functions.filter((name) => chaptersOf(name).some((one) => chapters.has(one)));
  return `${head} of ${(whose.length === 0 ? subject.functions : whose).join(' and ')}`;
}

/** The domain of the subject in words; empty if it contains every call. */
export function domainOf({ subject }: Tally): string {
  if (subject === undefined || subject.domain === null) return '';
  return inOneLine(domainInWords(decodeDomain(subject.domain, subject.platform, 'its domain')));
}

function interpreterOf({ heldTo }: Start, { python, target, platform }: Greeting): string {
  const held = heldText(python, target, heldTo !== undefined);
  if (held === undefined) return `Python ${python}, ${platform}`;
  return heldTo === undefined ? `Python ${python} ${held}, ${platform}` : `${platform}, ${held}`;
}

/**
 * The phrase for a subject that is held to another release than it claims; otherwise undefined:
 * `held to 3.14.1, as asked; it claims 3.14.0`.
 */
export function heldText(claims: string, target: string, isAsked: boolean): string | undefined {
  if (claims === target) return undefined;
  return `held to ${target}${isAsked ? `, as asked; it claims ${claims}` : ''}`;
}

/** `complete`, or `incomplete` with the reason. */
export const completenessOf = ({ open }: Tally): string =>
  open.length === 0 ? 'complete' : `incomplete: ${inOneLine(open.join('; '))}`;

/** The rules that passed, of all: `35/35`. */
export const scoreText = ({ passed, of }: Score): string => `${passed}/${of}`;

/** What a run took: `17,436 calls in 1.4 s`. */
export const spentText = ({ answered, seconds }: Tally): string =>
  `${count(answered, 'call')} in ${seconds.toFixed(1)} s`;

/** Each verdict in a few words. */
export const verdictNames: Readonly<Record<Verdict, string>> = {
  conformant: 'conformant',
  broken: 'not conformant',
  incomplete: 'incomplete',
  adapter: 'the adapter failed',
  stale: 'the list of known failures is stale',
};

/** The verdict in a few words, with a note if it holds only within a domain. */
export const verdictNameOf = (tally: Tally): string => {
  const isWhole = tally.subject === undefined || tally.subject.domain === null;
  const verdict = verdictOf(tally);
  const within = !isWhole && (verdict === 'conformant' || verdict === 'broken') ? ' within its domain' : '';
  return `${verdictNames[verdict]}${within}`;
};

/** The last line of a report: the verdict, the reason, and the number of calls and the time. */
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

/** The excuse for a rule: `known failure (bug): reason, issue`. */
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
