import type { RuleResult, Tally } from '../books.ts';
import { Books } from '../books.ts';
import type { Counterexample, Event, Greeting, Sign } from '../events.ts';
import { features } from '../features.ts';
import { fails, isBroken, verdictOf, type Verdict } from '../verdict.ts';
import { faultsOf, isKnown, isNew, isSetAside, type ToldFault } from './faults.ts';
import { adapterLines, firstLines, painter, wrapped } from './layout.ts';
import {
  count,
  counterexampleLines,
  excuseText,
  factsOf,
  faultLines,
  grouped,
  heldText,
  inOneLine,
  is,
  labelled,
  plain,
  domainOf,
  rulesText,
  problemLines,
  subjectOf,
  suspected,
  unsteadyLines,
  verdictLine,
  verdictNames,
  type Shown,
} from './wording.ts';

/** Where a report for a person goes. */
export type Streams = {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly color: boolean;
};

/** How many failures of the adapter are shown, and how many rules with a call that was answered in two ways. */
const problemsShown = 5;
const unsteadyShown = 3;

/** How many lines a fault may take, and its rule's statement. */
const blockLines = 12;
const statementLines = 3;
/** How many lines of a call and its answers take precedence over the statement. */
const evidenceLines = 5;
/** How wide a call and an answer may be. It is more important to see all of a call than all of an answer. */
const limits = { call: 160, answer: 110 } as const;

/**
 * Prints a run for a person to read.
 * @param again gives the command that replays a counterexample
 */
export function terminalReport(
  { out, err, color }: Streams,
  again: (counterexample: Counterexample) => string,
): (event: Event | Sign) => void {
  const paint = painter(color);
  const say = (line = ''): unknown => out.write(`${line}\n`);
  const books = new Books();
  const progress = progressLine(err);
  const stderr = adapterLines(err);

  return (event) => {
    if (event.type === 'progress') {
      progress.show(event);
      return;
    }
    if (event.type === 'failing') {
      if (err.isTTY === true) sayFailing(event);
      return;
    }
    if (event.type === 'looking') {
      progress.say(`analysing ${count(event.failed, 'failing call')}`);
      return;
    }
    if (event.type === 'stderr') {
      progress.clear();
      stderr.write(event.text);
      return;
    }
    books.add(event);
    if (event.type === 'subject') sayWho(event);
    if (event.type !== 'end') return;
    progress.clear();
    stderr.end();
    sayAll(books.tally());
  };

  function sayWho({ python, platform, target }: Greeting): void {
    const tally = books.tally();
    const { suite, command, runs, seed, shard, heldTo } = tally.start;
    const held = heldText(python, target, heldTo !== undefined);
    say(`${paint('bold', subjectOf(tally))} (Python ${python}, ${platform})`);
    say(`  ${inOneLine(command.join(' '))}`);
    const domain = domainOf(tally);
    if (domain !== '') sayLines(firstLines(`for ${domain}`, 4), '  ');
    if (held !== undefined) {
      const why =
        heldTo === undefined ? `Python ${python} is newer than the newest release specified: it` : 'It';
      say(`  ${why} is ${held}.`);
    }
    const part = shard === null ? '' : `, shard ${shard.index} of ${shard.of}`;
    say(
      `pycache-spec ${suite}: ${rulesText(tally)}, ${count(runs, 'run')} per property, seed ${seed}${part}`,
    );
    say();
  }

  /** Shows the first failing call at once, so that nobody has to wait for the end. */
  function sayFailing(one: Shown): void {
    progress.clear();
    const lines = counterexampleLines(one, { ...limits, lines: evidenceLines });
    err.write(`  ${paint(['red', 'bold'], 'a call fails')}\n`);
    for (const line of lines) err.write(`    ${line}\n`);
    err.write('\n');
  }

  function sayAll(tally: Tally): void {
    const { rules, problems, known } = tally;
    if (tally.subject !== undefined) {
      sayChapters(tally);
      say();
    }
    for (const fault of faultsOf(tally)) sayFault(fault);
    sayUnsteady(tally);
    // The last line of the report shows the first problem, unless that is about a call.
    const isAtEnd = problems[0]?.call === null;
    for (const problem of problems.slice(isAtEnd ? 1 : 0, problemsShown)) {
      const of = problem.rule === null ? '' : `, asked for ${problem.rule}`;
      say(`${paint(['red', 'bold'], `adapter: ${problem.why}`)}${of}`);
      // Its stderr was already shown when it came.
      sayLines(problemLines({ ...problem, stderr: '' }));
      say();
    }
    if (problems.length > problemsShown) {
      say(`… and ${count(problems.length - problemsShown, 'more failure')} of the adapter.\n`);
    }
    for (const { entry, line, why } of known?.stale ?? []) {
      say(`${paint(['yellow', 'bold'], 'stale')}  ${known!.file}:${line}: ${inOneLine(entry)}`);
      say(wrapped(inOneLine(why), '  '));
      say();
    }
    sayUnchecked(tally);
    const broken = rules.filter((rule) => isBroken(rule) && isNew(rule));
    if (broken.length > 0) say(wrapped(`broken: ${broken.map(({ id }) => id).join(', ')}`, ''));
    const told = problems.length > 0 && !isAtEnd ? adapterLine(tally) : verdictLine(tally);
    say(paint([...colors[verdictOf(tally)]], told));
    if (verdictOf(tally) === 'adapter') {
      say(`${count(tally.answered, 'call was answered', 'calls were answered')}.`);
    }
  }

  /** If some chapters fail, shows only those, and summarizes the others in one line. */
  function sayChapters({ chapters, answered }: Tally): void {
    const failing = chapters.filter(({ rules }) => rules.some(isNew));
    const shown = failing.length === 0 ? chapters : failing;
    const width = Math.max(18, ...shown.map(({ name }) => name.length + 1));
    for (const chapter of shown) {
      sayRow(chapter.name.replace('-', ' ').padEnd(width), [chapter], verdictOfChapter(chapter));
    }
    const others = chapters.filter((chapter) => !failing.includes(chapter));
    if (failing.length > 0 && others.length > 0) {
      sayRow(count(others.length, 'other chapter').padEnd(width), others, othersText(others));
    }
    const again = answered - answeredIn(chapters);
    if (again > 0) say(`  ${'asked again'.padEnd(width + 9)}${count(again, 'call').padStart(15)}`);
  }

  function sayRow(title: string, chapters: Tally['chapters'], verdict: string): void {
    const rules = chapters.reduce((sum, chapter) => sum + chapter.rules.length, 0);
    const counts = `${count(rules, 'rule').padStart(9)}${count(answeredIn(chapters), 'call').padStart(15)}`;
    say(`  ${title}${counts}   ${verdict}`);
  }

  function verdictOfChapter({ rules }: Tally['chapters'][number]): string {
    const { broken, suspect, known, checked, outside } = countsOf(rules);
    const failing = [
      ...(broken > 0 ? [`${count(broken, 'rule')} broken`] : []),
      ...(suspect > 0 ? [broken > 0 ? `${suspect} suspected` : `${count(suspect, 'rule')} suspected`] : []),
    ];
    const verdict =
      failing.length > 0
        ? paint('red', `FAIL, ${failing.join(', ')}`)
        : checked > 0
          ? paint('green', 'pass')
          : paint('yellow', outside === rules.length ? 'outside its domain' : 'not checked');
    const unchecked = rules.length - checked - outside;
    const rest = [
      ...(known > 0 ? [count(known, 'known failure')] : []),
      ...(unchecked > 0 && checked > 0 ? [`${unchecked} not checked`] : []),
      ...(outside > 0 && outside < rules.length ? [`${outside} outside`] : []),
    ].map((text) => paint('yellow', `, ${text}`));
    return `${verdict}${rest.join('')}`;
  }

  /** The statement is shortened in favour of the call and its answers, and these in favour of the required lines. */
  function sayFault(fault: ToldFault): void {
    const { rule, failure } = fault;
    const note = failure.broken ? [] : [suspected];
    const end = [...faultLines(fault, limits.answer), ...labelled('again', [again(failure)])];
    const room = blockLines - 1 - note.length - end.length;
    const { length } = statementOf(rule, statementLines);
    const lines = Math.max(room - length, Math.min(room - 1, evidenceLines));
    const evidence = counterexampleLines(failure, { ...limits, lines });
    sayHead(rule);
    sayLines([...statementOf(rule, room - evidence.length), ...note], '  ');
    sayLines([...evidence, ...end]);
    say();
  }

  function sayUnsteady({ unsteady, rules, known }: Tally): void {
    const news = unsteady.flatMap((one) =>
      isSetAside(one, known)
        ? []
        : rules.filter((rule) => rule.id === one.rule && isNew(rule)).map((rule) => [one, rule] as const),
    );
    for (const [one, rule] of news.slice(0, unsteadyShown)) {
      const statement = statementOf(rule, statementLines);
      sayHead(rule);
      sayLines(statement, '  ');
      sayLines(unsteadyLines(one, { ...limits, lines: blockLines - 1 - statement.length }));
      say();
    }
    const more = news.length - unsteadyShown;
    if (more > 0) say(`… and ${count(more, 'more rule')} with a call that was answered in two ways.\n`);
  }

  function sayHead(rule: RuleResult): void {
    say(`${paint(['red', 'bold'], rule.id)}  ${factsOf(rule)}`);
  }

  function sayLines(lines: readonly string[], indent = '    '): void {
    for (const line of lines) say(indent + line);
  }

  function sayUnchecked({ subject, rules, reasons, leftOut }: Tally): void {
    const elsewhere = subject?.inapplicable.length ?? 0;
    if (elsewhere > 0) {
      say(
        `${count(elsewhere, 'selected rule')} ${elsewhere === 1 ? 'applies' : 'apply'} only to other releases, platforms or functions.`,
      );
    }
    const unchecked = rules.filter(({ verdict }) => verdict === 'unsupported').length;
    const lacking = features.filter((feature) => leftOut[feature] !== undefined);
    if (unchecked > 0 && lacking.length > 0) {
      say(
        `${count(unchecked, 'rule')} ${is(unchecked)} not checked: the subject does not support ${lacking.join(', ')}.`,
      );
    }
    const outside = rules.filter(({ verdict }) => verdict === 'outside').map(({ id }) => id);
    if (outside.length > 0) say(wrapped(`outside its domain: ${outside.join(', ')}`, ''));
    for (const [reason, calls = 0] of Object.entries(reasons)) {
      const why = inOneLine(reason);
      say(`The adapter declined ${count(calls, 'call')}: ${why}`);
      const ids = rules.filter((rule) => isDeclined(rule) && rule.reasons.includes(reason));
      if (ids.length > 0) say(wrapped(ids.map(({ id }) => id).join(', '), '  '));
    }
    for (const rule of rules) {
      if (rule.excuse && fails(rule)) say(`${rule.id} fails: ${inOneLine(excuseText(rule.excuse))}`);
    }
  }
}

const isDeclined = ({ verdict }: RuleResult): boolean => verdict === 'skipped' || verdict === 'unsupported';

const statementOf = ({ statement }: RuleResult, most: number): string[] =>
  firstLines(inOneLine(plain(statement).replaceAll(/\s+/g, ' ')), Math.min(most, statementLines));

type Counts = Readonly<Record<'broken' | 'suspect' | 'known' | 'checked' | 'outside', number>>;

function countsOf(rules: readonly RuleResult[]): Counts {
  const number = (is: (rule: RuleResult) => boolean): number => rules.filter(is).length;
  return {
    broken: number((rule) => isNew(rule) && isBroken(rule)),
    suspect: number((rule) => isNew(rule) && !isBroken(rule)),
    known: number(isKnown),
    checked: number((rule) => rule.verdict === 'pass' || fails(rule)),
    outside: number((rule) => rule.verdict === 'outside'),
  };
}

const answeredIn = (chapters: Tally['chapters']): number =>
  chapters.reduce((sum, { answered }) => sum + answered, 0);

/** How the adapter failed. Its first failure has been shown above. */
function adapterLine({ problems }: Tally): string {
  const how = {
    crash: 'it ended',
    timeout: 'it did not answer in time',
    protocol: 'it broke the protocol',
    error: 'it reported an error',
  }[problems[0]!.why];
  const more = problems.length - 1;
  return `${verdictNames.adapter}: ${how}${more === 0 ? '' : ` (and ${count(more, 'more failure')})`}`;
}

/** `pass`, and what does not pass. */
function othersText(chapters: Tally['chapters']): string {
  const passing = chapters.filter(({ rules }) => countsOf(rules).checked > 0);
  const rules = passing.flatMap((chapter) => chapter.rules);
  const { known, checked, outside } = countsOf(rules);
  const unchecked = chapters.length - passing.length;
  if (passing.length === 0) return 'not checked';
  const but = [
    ...(known > 0 ? [count(known, 'known failure')] : []),
    ...(rules.length > checked + outside
      ? [`${count(rules.length - checked - outside, 'rule')} not checked`]
      : []),
    ...(outside > 0 ? [`${count(outside, 'rule')} outside its domain`] : []),
  ];
  const pass = `pass${but.length === 0 ? '' : `, but for ${but.join(' and ')}`}`;
  return unchecked === 0 ? pass : `${unchecked} not checked; ${passing.length} ${pass}`;
}

const colors: Readonly<Record<Verdict, readonly ['red' | 'green' | 'yellow', 'bold']>> = {
  conformant: ['green', 'bold'],
  broken: ['red', 'bold'],
  incomplete: ['yellow', 'bold'],
  adapter: ['red', 'bold'],
  stale: ['yellow', 'bold'],
};

type Progress = Extract<Sign, { type: 'progress' }>;

/**
 * Shows the progress. On a terminal, it is one line that is cleared before other output; elsewhere, it is a new line
 * now and then.
 */
function progressLine(err: Streams['err']): {
  show(progress: Progress): void;
  say(text: string): void;
  clear(): void;
} {
  const isTerminal = err.isTTY === true;
  const pause = isTerminal ? 100 : 30_000;
  const begun = performance.now();
  let shown = false;
  let last = begun;
  const write = (text: string): void => {
    shown = isTerminal;
    err.write(isTerminal ? `\r\u001b[K  ${text}` : `  ${text}\n`);
  };
  return {
    show(progress) {
      const now = performance.now();
      if (now - last < pause) return;
      last = now;
      write(progressText(progress, now - begun));
    },
    say(text) {
      if (isTerminal || performance.now() - last >= pause) write(text);
    },
    clear() {
      if (shown) err.write('\r\u001b[K');
      shown = false;
    },
  };
}

/** The number of calls is not known before they are drawn. It is estimated from the calls per input so far. */
function progressText({ done, of, calls }: Progress, elapsed: number): string {
  const rest = Math.max(0, of - done);
  if (done === 0 || rest === 0) return count(calls, 'call');
  const all = Math.round((calls * of) / done);
  const step = 10 ** Math.max(0, String(all).length - 2);
  const some = Math.max(calls, Math.round(all / step) * step);
  return `${grouped(calls)} of about ${count(some, 'call')}, ${timeText((elapsed * rest) / done)} left`;
}

function timeText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
