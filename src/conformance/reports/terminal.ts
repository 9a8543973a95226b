import type { RuleResult, Tally } from '../books.ts';
import { Books } from '../books.ts';
import type { Counterexample, Event, Greeting, Sign } from '../events.ts';
import { features } from '../features.ts';
import { fails, isBroken, verdictOf, type Verdict } from '../verdict.ts';
import { faultsOf, isKnown, isNew, type ToldFault } from './faults.ts';
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
  problemLines,
  subjectOf,
  suspected,
  unsteadyLines,
  verdictLine,
} from './wording.ts';

/** Where a report for a person goes. */
export type Streams = {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly color: boolean;
};

/** Failures of the adapter that are shown, and rules of which a call was answered in two ways. */
const problemsShown = 5;
const unsteadyShown = 3;

/** Lines of what is told of a fault, and of its rule's statement. */
const blockLines = 12;
const statementLines = 3;
/** Lines of a call and its answers that a statement gives way to. */
const evidenceLines = 5;
/** How wide a call and an answer may be. A call has to be seen whole rather than an answer. */
const limits = { call: 160, answer: 110 } as const;

/**
 * Prints a run for a person to read.
 *
 * @param again the command that asks a counterexample again
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
      progress.show(event.done, event.of);
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
    say(`pycache-spec ${suite}: ${tally.rules.length} rules, ${runs} runs a property, seed ${seed}${part}`);
    say();
  }

  function sayAll(tally: Tally): void {
    const { rules, unsteady, problems, known } = tally;
    if (tally.subject !== undefined) {
      sayChapters(tally.chapters);
      say();
    }
    for (const fault of faultsOf(tally)) sayFault(fault);
    sayUnsteady(unsteady, rules);
    for (const problem of problems.slice(0, problemsShown)) {
      const of = problem.rule === null ? '' : `, asked for ${problem.rule}`;
      say(`${paint(['red', 'bold'], `adapter: ${problem.why}`)}${of}`);
      // What it printed has been shown when it came.
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
    say(paint([...colors[verdictOf(tally)]], verdictLine(tally)));
    if (verdictOf(tally) === 'adapter') say(`${count(tally.answered, 'call')} were answered.`);
  }

  /** All of them, or where something fails those in which it does, and the others in one line. */
  function sayChapters(chapters: Tally['chapters']): void {
    const failing = chapters.filter(({ rules }) => rules.some(isNew));
    for (const chapter of failing.length === 0 ? chapters : failing) sayChapter(chapter);
    const others = chapters.filter((chapter) => !failing.includes(chapter));
    if (failing.length > 0 && others.length > 0) say(`  ${othersText(others)}`);
  }

  function sayChapter({ name, rules, answered }: Tally['chapters'][number]): void {
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
    say(
      `  ${name.replace('-', ' ').padEnd(18)}${count(rules.length, 'rule').padStart(9)}${count(answered, 'call').padStart(15)}   ${verdict}${rest.join('')}`,
    );
  }

  /** The statement gives way to the call and its answers, and those to what has to be told. */
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

  function sayUnsteady(unsteady: Tally['unsteady'], rules: Tally['rules']): void {
    const news = unsteady.flatMap((one) =>
      rules.filter((rule) => rule.id === one.rule && isNew(rule)).map((rule) => [one, rule] as const),
    );
    for (const [one, rule] of news.slice(0, unsteadyShown)) {
      const statement = statementOf(rule, statementLines);
      sayHead(rule);
      sayLines(statement, '  ');
      sayLines(unsteadyLines(one, { ...limits, lines: blockLines - 1 - statement.length }));
      say();
    }
    const more = news.length - unsteadyShown;
    if (more > 0) say(`… and ${count(more, 'more rule')} of which a call was answered in two ways.\n`);
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
      say(`${count(elsewhere, 'rule')} of the selection ${is(elsewhere)} about other releases or platforms.`);
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

/** `the other 6 chapters pass`. */
function othersText(chapters: Tally['chapters']): string {
  const passing = chapters.filter(({ rules }) => countsOf(rules).checked > 0);
  const rules = passing.flatMap((chapter) => chapter.rules);
  const { known, checked, outside } = countsOf(rules);
  const unchecked = chapters.length - passing.length;
  const all = chapters.length === 1 ? 'the other chapter' : `the other ${chapters.length} chapters`;
  if (passing.length === 0) return `${all} ${is(unchecked)} not checked`;
  const pass = passing.length === 1 ? 'passes' : 'pass';
  const said =
    unchecked === 0
      ? `${all} ${pass}`
      : `of ${all} ${unchecked} ${is(unchecked)} not checked, and ${passing.length} ${pass}`;
  const but = [
    ...(known > 0 ? [count(known, 'known failure')] : []),
    ...(rules.length > checked + outside
      ? [`${count(rules.length - checked - outside, 'rule')} not checked`]
      : []),
    ...(outside > 0 ? [`${count(outside, 'rule')} outside its domain`] : []),
  ];
  return but.length === 0 ? said : `${said}, but for ${but.join(' and ')}`;
}

const colors: Readonly<Record<Verdict, readonly ['red' | 'green' | 'yellow', 'bold']>> = {
  conformant: ['green', 'bold'],
  broken: ['red', 'bold'],
  incomplete: ['yellow', 'bold'],
  adapter: ['red', 'bold'],
  stale: ['yellow', 'bold'],
};

/** On a terminal a line that says how far a run is, and gives way to what else is printed; elsewhere a line now and then. */
function progressLine(err: Streams['err']): { show(done: number, of: number): void; clear(): void } {
  const isTerminal = err.isTTY === true;
  const pause = isTerminal ? 100 : 30_000;
  let shown = false;
  let last = performance.now();
  return {
    show(done, of) {
      const now = performance.now();
      if (now - last < pause) return;
      last = now;
      shown = isTerminal;
      const text = `  ${grouped(done)} of ${grouped(of)} inputs`;
      err.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    clear() {
      if (shown) err.write('\r\u001b[K');
      shown = false;
    },
  };
}
