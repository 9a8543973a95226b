import type { RuleResult, Tally } from '../books.ts';
import { Books } from '../books.ts';
import type { Counterexample, Event, Greeting, Sign } from '../events.ts';
import { features } from '../features.ts';
import { isBroken, verdictOf, type Verdict } from '../verdict.ts';
import { adapterLines, painter, wrapped } from './layout.ts';
import {
  count,
  counterexampleLines,
  excuseText,
  factsOf,
  grouped,
  inOneLine,
  is,
  plain,
  problemLines,
  subjectOf,
  unsteadyLines,
  verdictLine,
} from './wording.ts';

/** Where a report for a person goes. */
export type Streams = {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly color: boolean;
};

/** Failures of the adapter that are shown. */
const problemsShown = 5;

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
    const { suite, command, runs, seed, shard } = tally.start;
    say(`${paint('bold', subjectOf(tally))} (Python ${python}, ${platform})`);
    say(`  ${inOneLine(command.join(' '))}`);
    if (python !== target) {
      say(`  Python ${python} is newer than the newest release specified: it is held to ${target}.`);
    }
    const part = shard === null ? '' : `, shard ${shard.index} of ${shard.of}`;
    say(`pycache-spec ${suite}: ${tally.rules.length} rules, ${runs} runs a property, seed ${seed}${part}`);
    say();
  }

  function sayAll(tally: Tally): void {
    const { failures, unsteady, problems, known } = tally;
    if (tally.subject !== undefined) {
      for (const chapter of tally.chapters) sayChapter(chapter);
      say();
    }
    const rules = new Map(tally.rules.map((rule) => [rule.id, rule]));
    const news = failures.filter(({ rule }) => rules.has(rule) && rules.get(rule)!.excuse === undefined);
    if (news.length > 1) say(`Look first at ${news[0]!.rule}: the others may follow from it.\n`);
    for (const one of news) sayBroken(one, rules.get(one.rule)!);
    for (const one of unsteady.filter(({ rule }) => rules.has(rule))) {
      sayRule(rules.get(one.rule)!);
      sayLines([...unsteadyLines(one), toRead(rules.get(one.rule)!)]);
      say();
    }
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
    say(paint([...colors[verdictOf(tally)]], verdictLine(tally)));
    if (verdictOf(tally) === 'adapter') say(`${count(tally.answered, 'call')} were answered.`);
  }

  function sayChapter({ name, rules, answered }: Tally['chapters'][number]): void {
    const number = (is: (rule: RuleResult) => boolean): number => rules.filter(is).length;
    const broken = number((rule) => isBroken(rule) && rule.excuse === undefined);
    const excused = number((rule) => isBroken(rule) && rule.excuse !== undefined);
    const checked = number((rule) => rule.verdict === 'pass' || isBroken(rule));
    const verdict =
      broken > 0
        ? paint('red', `FAIL, ${count(broken, 'rule')} broken`)
        : checked > 0
          ? paint('green', 'pass')
          : paint('yellow', 'not checked');
    const unchecked = rules.length - checked;
    const rest = [
      ...(excused > 0 ? [count(excused, 'known failure')] : []),
      ...(unchecked > 0 && checked > 0 ? [`${unchecked} not checked`] : []),
    ].map((text) => paint('yellow', `, ${text}`));
    say(
      `  ${name.replace('-', ' ').padEnd(18)}${count(rules.length, 'rule').padStart(9)}${count(answered, 'call').padStart(15)}   ${verdict}${rest.join('')}`,
    );
  }

  function sayBroken(one: Counterexample, rule: RuleResult): void {
    sayRule(rule);
    sayLines(counterexampleLines(one));
    sayLines([`again     ${again(one)}`, toRead(rule)]);
    say();
  }

  function sayRule(rule: RuleResult): void {
    say(`${paint(['red', 'bold'], rule.id)}  ${factsOf(rule)}`);
    say(wrapped(plain(rule.statement), '  '));
  }

  function sayLines(lines: readonly string[]): void {
    for (const line of lines) say(`    ${line}`);
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
    for (const [reason, calls = 0] of Object.entries(reasons)) {
      say(`The adapter declined ${count(calls, 'call')}: ${inOneLine(reason)}`);
    }
    for (const rule of rules) {
      if (rule.excuse && isBroken(rule)) say(`${rule.id} fails: ${inOneLine(excuseText(rule.excuse))}`);
    }
  }
}

/** What shows the whole of a rule: its chapter's section, where it was captured, its page. */
const toRead = ({ id }: RuleResult): string => `rule      npx pycache-spec rules ${id}`;

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
