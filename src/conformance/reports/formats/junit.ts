/*
 * XML for programs that read JUnit reports. The structure is that of Jenkins. A reader sees a failure or an error
 * whenever the command does not exit with 0.
 */
import type { RuleResult, Tally } from '../../books.ts';
import { mishaps, type Failure } from '../../events.ts';
import { exitCodes, fails, verdictOf } from '../../verdict.ts';
import { isSetAside } from '../faults.ts';
import { atEnd } from '../format.ts';
import {
  belonging,
  completenessOf,
  count,
  counterexampleLines,
  domainOf,
  excuseText,
  faultLines,
  plain,
  problemLines,
  scopeOf,
  scoreText,
  shortened,
  subjectOf,
  suspected,
  uncheckedText,
  unsteadyLines,
  verdictLine,
} from '../wording.ts';
import { xmlAttributes, xmlText } from '../xml.ts';

/**
 * A suite for each chapter with a case for each rule, and a suite named `run` for everything that is not about a rule.
 */
export const format = atEnd((tally) => {
  const suites = [...tally.chapters.map((chapter) => chapterSuite(chapter, tally)), runSuite(tally)];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'pycache-spec', time: tally.seconds.toFixed(3), ...countsOf(all) })}>`,
    ...suites.flatMap((suite) => suiteLines(suite, tally)),
    '</testsuites>',
    '',
  ].join('\n');
});

type Suite = {
  readonly name: string;
  readonly seconds: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
};
type Case = { readonly name: string; readonly result?: Result };
type Result =
  | {
      readonly is: 'failure' | 'error';
      readonly type: string;
      readonly message: string;
      readonly text: string;
    }
  | { readonly is: 'skipped'; readonly text: string };

const chapterSuite = ({ name, rules }: Tally['chapters'][number], tally: Tally): Suite => ({
  name,
  seconds: 0,
  properties: {},
  cases: rules.map((rule) => ({ name: rule.id, ...resultOf(rule, tally) })),
});

const isMishap = ({ verdict }: RuleResult): boolean => mishaps.some((one) => one === verdict);

function resultOf(rule: RuleResult, tally: Tally): Pick<Case, 'result'> {
  const { id, verdict, excuse } = rule;
  if (isMishap(rule)) {
    const own = tally.problems.filter((problem) => problem.rule === id);
    const text = own.map((one) => problemLines(one).join('\n')).join('\n\n');
    return { result: { is: 'error', type: verdict, message: shortened(own[0]!.text), text } };
  }
  if (verdict === 'pass') return {};
  if (excuse !== undefined) return { result: { is: 'skipped', text: excuseText(excuse) } };
  if (!fails(rule)) return { result: { is: 'skipped', text: uncheckedText(rule) } };
  const statement = plain(rule.statement);
  const shown = [
    ...tally.failures.filter((one) => one.rule === id && !isSetAside(one, tally.known)).flatMap(failureTexts),
    ...tally.unsteady
      .filter((one) => one.rule === id && !isSetAside(one, tally.known))
      .map((one) => unsteadyLines(one).join('\n')),
  ];
  const message = verdict === 'suspect' ? `suspected: ${statement}` : statement;
  return { result: { is: 'failure', type: verdict, message, text: [statement, ...shown].join('\n\n') } };
}

/** What is wrong, and which fault it belongs to. */
function failureTexts(failure: Failure): string[] {
  const isOwn = failure.rule === failure.fault;
  return [
    ...(failure.broken ? [] : [suspected]),
    ...(isOwn ? [] : [belonging(failure)]),
    [
      ...counterexampleLines(failure),
      ...(isOwn ? faultLines({ failure, touches: failure.touches }) : []),
    ].join('\n'),
  ];
}

function runSuite(tally: Tally): Suite {
  const { start, open, rules, problems, known, scores } = tally;
  const told = new Set(rules.filter(isMishap).map(({ id }) => id));
  const untold = problems.filter(({ rule }) => rule === null || !told.has(rule));
  const stale = known?.stale ?? [];
  const verdict = verdictOf(tally);
  return {
    name: 'run',
    seconds: tally.seconds,
    properties: {
      suite: `pycache-spec ${start.suite}`,
      command: start.command.join(' '),
      subject: subjectOf(tally),
      scope: scopeOf(tally),
      ...(domainOf(tally) === '' ? {} : { domain: domainOf(tally) }),
      seed: String(start.seed),
      runs: String(start.runs),
      verdict: verdictLine(tally),
      exitCode: String(exitCodes[verdict]),
      completeness: completenessOf(tally),
      documented: scoreText(scores.documented),
      observed: scoreText(scores.observed),
    },
    cases: [
      caseOf('everything was answered', 'error', 'incomplete', open),
      caseOf(
        'the adapter did not fail',
        'error',
        untold[0]?.why ?? '',
        untold.map((one) => problemLines(one).join('\n')),
        untold[0]?.text,
      ),
      ...(known === undefined
        ? []
        : [
            caseOf(
              'the list of known failures is up to date',
              'failure',
              'stale',
              stale.map(({ entry, line, why }) => `${known.file}:${line}: ${entry}: ${why}`),
              count(stale.length, 'stale entry', 'stale entries'),
            ),
          ]),
    ],
  };
}

/** A case that fails for each of the reasons, and passes if there are none. */
const caseOf = (
  name: string,
  is: 'failure' | 'error',
  type: string,
  reasons: readonly string[],
  message = reasons.join('; '),
): Case =>
  reasons.length === 0
    ? { name }
    : { name, result: { is, type, message: shortened(message), text: reasons.join('\n\n') } };

function countsOf(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors', number> {
  const counted = (kind: Result['is']): number => cases.filter(({ result }) => result?.is === kind).length;
  return { tests: cases.length, failures: counted('failure'), errors: counted('error') };
}

function suiteLines({ name, seconds, properties, cases }: Suite, { start }: Tally): string[] {
  const attributes = xmlAttributes({
    name,
    ...countsOf(cases),
    skipped: cases.filter(({ result }) => result?.is === 'skipped').length,
    time: seconds.toFixed(3),
    timestamp: start.at.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length),
  });
  const named = Object.entries(properties);
  return [
    `  <testsuite${attributes}>`,
    ...(named.length === 0
      ? []
      : [
          '    <properties>',
          ...named.map(([key, value]) => `      <property${xmlAttributes({ name: key, value })}/>`),
          '    </properties>',
        ]),
    ...cases.map((one) => caseLine(name, one)),
    '  </testsuite>',
  ];
}

function caseLine(classname: string, { name, result }: Case): string {
  const tag = `    <testcase${xmlAttributes({ name, classname, time: 0 })}`;
  if (result === undefined) return `${tag}/>`;
  const attributes = 'message' in result ? { type: result.type, message: result.message } : {};
  return `${tag}><${result.is}${xmlAttributes(attributes)}>${xmlText(result.text)}</${result.is}></testcase>`;
}
