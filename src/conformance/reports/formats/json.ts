import type { RuleResult, Tally } from '../../books.ts';
import { toLine, type Json } from '../../codec.ts';
import type { Failure } from '../../events.ts';
import { pageOf } from '../../package.ts';
import { exitCodes, verdictOf } from '../../verdict.ts';
import { atEnd } from '../format.ts';
import {
  answerLines,
  callLine,
  counterexampleLines,
  domainOf,
  scopeOf,
  unsteadyLines,
  verdictLine,
} from '../wording.ts';

/** The result of the run as one object, for programs. */
export const format = atEnd((tally) => `${toLine(summaryOf(tally) as Json)}\n`);

function summaryOf(tally: Tally): unknown {
  const { start, subject, known } = tally;
  const verdict = verdictOf(tally);
  return {
    suite: start.suite,
    at: start.at,
    command: start.command,
    scope: {
      text: scopeOf(tally),
      python: subject?.target ?? null,
      heldTo: start.heldTo ?? null,
      platform: subject?.platform ?? null,
      selection: start.selection,
      shard: start.shard,
      seed: start.seed,
      runs: start.runs,
      domain: subject === undefined || subject.domain === null ? null : domainOf(tally),
    },
    domain: subject?.domain ?? null,
    subject:
      subject === undefined
        ? null
        : {
            implementation: subject.implementation,
            python: subject.python,
            platform: subject.platform,
            functions: subject.functions,
            supports: subject.supports,
            fixed: subject.fixed,
          },
    verdict,
    exitCode: exitCodes[verdict],
    text: verdictLine(tally),
    complete: tally.open.length === 0,
    open: tally.open,
    seconds: tally.seconds,
    calls: {
      planned: tally.planned,
      answered: tally.answered,
      lost: tally.lost,
      reasons: tally.reasons,
      leftOut: tally.leftOut,
    },
    scores: tally.scores,
    chapters: tally.chapters.map(({ name, title, rules, answered }) => ({
      name,
      title,
      rules: rules.length,
      answered,
    })),
    faults: tally.failures
      .filter(({ rule, fault }) => rule === fault)
      .map((one) => summaryOfFault(one, tally)),
    rules: tally.rules.map((rule) => summaryOfRule(rule, tally)),
    inapplicable: subject?.inapplicable ?? [],
    outside: tally.rules.filter((rule) => rule.verdict === 'outside').map(({ id }) => id),
    problems: tally.problems,
    known: known ?? null,
  };
}

/** Every fault is included, even if the list of known failures excuses it. */
function summaryOfFault(fault: Failure, { rules }: Tally): unknown {
  const {
    rule,
    broken,
    flaky,
    calls,
    outcomes,
    failed,
    expected,
    parts,
    whatever,
    explains,
    of,
    touches,
    known,
  } = fault;
  return {
    rule,
    level: rules.find(({ id }) => id === rule)?.level ?? null,
    broken,
    flaky,
    call: callLine(calls[failed]!),
    calls,
    expected,
    got: answerLines(outcomes[failed], Infinity),
    parts,
    whatever,
    explains,
    of,
    touches,
    known,
    page: pageOf(rule),
  };
}

const summaryOfRule = ({ excuse, ...rule }: RuleResult, { failures, unsteady }: Tally): unknown => ({
  ...rule,
  page: pageOf(rule.id),
  excuse: excuse ?? null,
  counterexamples: failures
    .filter((one) => one.rule === rule.id)
    .map((one) => ({ ...one, text: counterexampleLines(one) })),
  unsteady: unsteady
    .filter((one) => one.rule === rule.id)
    .map((one) => ({ ...one, text: unsteadyLines(one) })),
});
