/*
 * Asks the calls of a counterexample again. The calls are those in the file, whatever the generators draw today. The
 * expected outcomes are the reference's, for the subject's own release or the one that the run was asked to hold it to.
 */
import type { Answered, Call, Outcome } from '../python/call.ts';
import { sameOutcome } from '../python/compare.ts';
import { outcomeSource } from '../python/source.ts';
import {
  formatVersion,
  known,
  oldestKnown,
  parseVersion,
  releaseOf,
  type Version,
} from '../python/releases.ts';
import { answer, type Target } from '../reference.ts';
import { appliesTo, type Rule } from './chapters.ts';
import { decodeCall, decodeOutcome, encodeOutcome, EncodingError, fieldsOf, type Json } from './codec.ts';
import { readCounterexample, type CounterexampleFile } from './counterexample.ts';
import { domainInWords } from './domain/words.ts';
import { missingFrom, type Hello } from './features.ts';
import { asClaimed } from './judge.ts';
import { targetOf } from './plan.ts';
import { painter, wrapped, type Paint } from './reports/layout.ts';
import {
  answerLines,
  counterexampleLines,
  factsOf,
  heldText,
  inOneLine,
  unsteadyLines,
} from './reports/wording.ts';
import { rounds } from './defaults.ts';
import type { Reply, Subject } from './subjects/subject.ts';
import { exitCodes } from './verdict.ts';

/** A counterexample, with its calls and outcomes decoded. */
export type Replayable = {
  readonly file: CounterexampleFile;
  readonly calls: readonly Call[];
  readonly before: readonly Outcome[];
  readonly heldTo: Version | undefined;
};

/** @throws EncodingError if the text is not a counterexample; the message is a sentence without a full stop */
export function readReplayable(text: string): Replayable {
  if (text.startsWith('{"type":"start"')) {
    throw new EncodingError('it is the report of a whole run, which diff and merge take');
  }
  const file = readCounterexample(text);
  const { calls, outcomes } = file;
  if (outcomes.length !== calls.length) {
    throw new EncodingError(`it has ${calls.length} "calls", and ${outcomes.length} "outcomes"`);
  }
  const { suite, expected, subject, heldTo }: Readonly<Record<string, unknown>> = { ...file };
  if (typeof suite !== 'string') throw new EncodingError('it has no "suite"');
  if (!(expected as unknown[]).every((line) => typeof line === 'string')) {
    throw new EncodingError('its "expected" is not a list of strings');
  }
  const { target, platform } = fieldsOf(subject as Json | undefined, 'its "subject"');
  if (typeof target !== 'string' || typeof platform !== 'string') {
    throw new EncodingError('its "subject" has no "target" and "platform"');
  }
  return {
    file,
    calls: calls.map(decodeCall),
    before: outcomes.map(decodeOutcome),
    heldTo: heldTo === undefined ? undefined : releaseIn(heldTo),
  };
}

/** @throws EncodingError */
function releaseIn(heldTo: unknown): Version {
  const version = typeof heldTo === 'string' ? parseVersion(heldTo) : undefined;
  if (version !== undefined && known(version) === 'known') return version;
  throw new EncodingError('its "heldTo" is no release that is specified');
}

export type Replay = {
  readonly hello: Hello;
  readonly target: Target;
  readonly result: Result;
};
export type Result =
  /** Every round had the expected outcomes. */
  | { readonly kind: 'holds'; readonly outcomes: readonly Answered[] }
  /** One call had a wrong outcome, the same in every round: the one in the file, or another one. */
  | {
      readonly kind: 'as it did' | 'in another way';
      readonly outcomes: readonly Answered[];
      readonly failed: number;
      readonly expected: Answered;
    }
  /** A call had two different outcomes. */
  | { readonly kind: 'unsteady'; readonly call: number; readonly outcomes: readonly [Answered, Answered] }
  | NoAnswer;
/** The subject cannot be asked, or the adapter failed. */
type NoAnswer =
  /** `why` is a sentence without a full stop. */
  | { readonly kind: 'not asked'; readonly why: string }
  /** `why` is one or more sentences. */
  | { readonly kind: 'adapter'; readonly why: string };

/** Asks the calls several times, each time all in one message. The subject stays open. */
export async function replay(replayable: Replayable, subject: Subject): Promise<Replay> {
  const { hello } = subject;
  const target = targetOf(hello, replayable.heldTo);
  const hindrance = hindranceOf(replayable, hello, target);
  const result: Result =
    hindrance === undefined
      ? await askAndCompare(replayable, subject, target)
      : { kind: 'not asked', why: hindrance };
  return { hello, target, result };
}

/** Why a subject cannot be asked; undefined if it can. */
function hindranceOf({ calls, heldTo }: Replayable, hello: Hello, target: Target): string | undefined {
  if (heldTo === undefined && known(hello.python) === 'older') {
    return `the subject claims Python ${formatVersion(hello.python)}, and the oldest release specified is ${formatVersion(oldestKnown)}`;
  }
  if (!calls.every((call) => hello.domain.holds(call)))
    return `the calls lie outside what the subject is for: ${domainInWords(hello.domain)}`;
  const lacking = missingFrom(hello, releaseOf(target.version))({ calls });
  return lacking.length === 0
    ? undefined
    : `the calls need what the subject does not support: ${lacking.join(', ')}`;
}

async function askAndCompare(
  { calls, file, before }: Replayable,
  subject: Subject,
  target: Target,
): Promise<Result> {
  const claimed = (outcome: Answered): Answered => asClaimed(outcome, subject.hello.supports) as Answered;
  const answers: Answered[][] = [];
  while (answers.length < rounds) {
    const replies = await subject.ask(calls);
    const unanswered = noAnswerIn(replies, subject);
    if (unanswered !== undefined) return unanswered;
    answers.push(replies.filter(isAnswer).map(claimed));
  }
  const [first, ...others] = answers as [Answered[], ...Answered[][]];
  for (const other of others) {
    const call = other.findIndex((outcome, i) => !sameOutcome(outcome, first[i]!));
    if (call >= 0) return { kind: 'unsteady', call, outcomes: [first[call]!, other[call]!] };
  }
  const expected = calls.map((call) => claimed(answer(call, target)));
  const isWrong = (i: number): boolean => !sameOutcome(first[i]!, expected[i]!);
  const failed = isWrong(file.failed) ? file.failed : first.findIndex((_, i) => isWrong(i));
  if (failed < 0) return { kind: 'holds', outcomes: first };
  const isAsItWas = failed === file.failed && sameOutcome(first[failed]!, before[failed]!);
  return {
    kind: isAsItWas ? 'as it did' : 'in another way',
    outcomes: first,
    failed,
    expected: expected[failed]!,
  };
}

const isAnswer = (reply: Reply): reply is Answered => reply.kind === 'return' || reply.kind === 'raise';

/** Why some call has no outcome; undefined if all have one. A failure of the adapter comes first. */
function noAnswerIn(replies: readonly Reply[], subject: Subject): NoAnswer | undefined {
  const reasons = replies.flatMap((reply): NoAnswer[] => {
    switch (reply.kind) {
      case 'return':
      case 'raise':
        return [];
      case 'lost':
        return reply.why === 'not run'
          ? [{ kind: 'not asked', why: subject.stopped() ?? 'a call was not asked' }]
          : [{ kind: 'adapter', why: reply.text }];
      case 'error':
        return [{ kind: 'adapter', why: reply.text }];
      case 'skipped':
        return [{ kind: 'not asked', why: `the adapter declined a call: ${inOneLine(reply.reason)}` }];
      case 'unsupported':
        return [
          {
            kind: 'not asked',
            why: `the adapter does not support ${inOneLine(reply.feature)}, which a call needs`,
          },
        ];
    }
  });
  return reasons.find(({ kind }) => kind === 'adapter') ?? reasons[0];
}

export const exitCodeOf = ({ kind }: Result): number =>
  ({
    holds: exitCodes.conformant,
    'as it did': exitCodes.broken,
    'in another way': exitCodes.broken,
    unsteady: exitCodes.broken,
    'not asked': exitCodes.incomplete,
    adapter: exitCodes.adapter,
  })[kind];

/**
 * The result of a replay as text for a person.
 * @param rule the rule of the counterexample, if the suite still has it
 */
export function replayText(
  replayable: Replayable,
  replayed: Replay,
  rule: Rule | undefined,
  paint: Paint = painter(false),
): string {
  const { hello, result } = replayed;
  const { implementation, python, platform } = hello;
  const color = result.kind === 'holds' ? 'green' : result.kind === 'not asked' ? 'yellow' : 'red';
  return [
    `${paint('bold', inOneLine(`${implementation.name} ${implementation.version}`))} (Python ${formatVersion(python)}, ${platform})`,
    '',
    ...ruleLines(replayable, rule),
    ...callLines(replayable, result).map((line) => `    ${line}`),
    '',
    ...notes(replayable, replayed, rule),
    paint([color, 'bold'], verdictText(replayable, result)),
    '',
  ].join('\n');
}

const ruleLines = ({ file }: Replayable, rule: Rule | undefined): string[] =>
  rule === undefined
    ? [
        inOneLine(file.rule),
        '  This version of the suite has no rule of that name; the calls are asked all the same.',
      ]
    : [
        `${rule.id}  ${factsOf({ ...rule, quirk: rule.quirk !== undefined })}`,
        wrapped(rule.statement.replaceAll('**', ''), '  '),
      ];

/** The calls, with their outcomes in this replay. */
function callLines({ file }: Replayable, result: Result): string[] {
  const shown = (
    outcomes: readonly Answered[],
    failed: number,
    expected: readonly string[] = outcomeSource(outcomes[failed]!),
  ): string[] =>
    counterexampleLines({ ...file, outcomes: outcomes.map(encodeOutcome), failed, expected, flaky: false });
  switch (result.kind) {
    case 'holds':
      return shown(result.outcomes, file.failed);
    case 'as it did':
    case 'in another way':
      return shown(result.outcomes, result.failed, outcomeSource(result.expected));
    case 'unsteady': {
      const [first, then] = result.outcomes;
      return unsteadyLines({
        type: 'unsteady',
        rule: file.rule,
        property: file.property,
        call: file.calls[result.call]!,
        outcomes: [encodeOutcome(first), encodeOutcome(then)],
        known: null,
      });
    }
    case 'not asked':
    case 'adapter':
      return shown([], file.failed, file.expected);
  }
}

/** How this replay differs from the run that found the counterexample. */
function notes({ file, heldTo }: Replayable, { hello, target }: Replay, rule: Rule | undefined): string[] {
  const now = `${formatVersion(target.version)} on ${target.platform}`;
  const before = `${file.subject.target} on ${file.subject.platform}`;
  const held = heldTo && heldText(formatVersion(hello.python), formatVersion(target.version), true);
  return [
    ...(held === undefined ? [] : [`It is ${held}.`]),
    ...(before === now
      ? []
      : [`It was found against Python ${inOneLine(before)}, and this is held to ${now}.`]),
    ...(rule === undefined || appliesTo(rule, target) ? [] : [`The rule is not about Python ${now}.`]),
  ];
}

function verdictText({ file, before }: Replayable, result: Result): string {
  switch (result.kind) {
    case 'holds':
      return `It holds: ${rounds} times each answer was the expected one.`;
    case 'as it did':
      return `It fails as it did when pycache-spec ${inOneLine(file.suite)} found it.`;
    case 'in another way': {
      const was = answerLines(encodeOutcome(before[file.failed]!)).join('; ');
      return result.failed === file.failed
        ? `It fails in another way: the recorded answer was ${was}`
        : `It fails in another way: at call ${result.failed + 1}, not at call ${file.failed + 1} as recorded.`;
    }
    case 'unsteady':
      return `It is not deterministic: a call that was repeated ${rounds} times had two answers.`;
    case 'not asked':
      return `It says nothing: ${result.why}.`;
    case 'adapter':
      return `The adapter failed: ${inOneLine(result.why)}`;
  }
}
