import type { Answered, Outcome } from '../../python/call.ts';
import { compareVersions, formatVersion } from '../../python/releases.ts';
import { callSource, outcomeSource, stateSource } from '../../python/source.ts';
import type { Rule } from '../chapters.ts';
import type { Counterexample, Event, Tally } from '../events.ts';
import { features, type Feature } from '../features.ts';
import { verdictOf } from '../verdict.ts';
import { painter, wrapped } from './layout.ts';

/** Where a report for a person goes. */
export type Streams = {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly color: boolean;
};

/** Prints a run for a person to read. `replay` gives the command that finds a counterexample again. */
export function terminalReport(
  { out, err, color }: Streams,
  replay: (counterexample: Counterexample) => string,
): (event: Event) => void {
  const paint = painter(color);
  const say = (line = ''): unknown => out.write(`${line}\n`);
  const counterexamples: Counterexample[] = [];
  const progress = progressLine(err);
  const stderr = prefixedLines((line) => err.write(`adapter | ${line}\n`));
  let supports: ReadonlySet<Feature> = new Set();

  return (event) => {
    switch (event.type) {
      case 'start': {
        const { implementation, python, platform } = event.hello;
        ({ supports } = event.hello);
        say(
          `${paint('bold', `${implementation.name} ${implementation.version}`)} (Python ${formatVersion(python)}, ${platform})`,
        );
        say(`  ${event.command.join(' ')}`);
        if (compareVersions(python, event.target.version) !== 0) {
          say(
            `  Python ${formatVersion(python)} is newer than the newest release specified: it is held to ${formatVersion(event.target.version)}.`,
          );
        }
        say(
          `pycache-spec ${event.suite}: ${event.rules} rules, ${event.runs} runs a property, seed ${event.seed}`,
        );
        say();
        return;
      }
      case 'progress':
        progress.show(event.done, event.of);
        return;
      case 'stderr':
        progress.clear();
        stderr.write(event.text);
        return;
      case 'broken':
        counterexamples.push(event.counterexample);
        return;
      case 'end': {
        progress.clear();
        stderr.end();
        sayChapters(event.tally);
        const rules = new Map(
          event.tally.chapters.flatMap((one) => one.rules.map(({ rule }) => [rule.id, rule])),
        );
        const broken = likeliestFirst(counterexamples);
        if (broken.length > 1) say(`Look first at ${broken[0]!.rule}: the others may follow from it.\n`);
        for (const one of broken) sayBroken(one, rules.get(one.rule)!);
        sayVerdict(event.tally);
      }
    }
  };

  function sayChapters({ chapters }: Tally): void {
    for (const { name, rules, calls } of chapters) {
      const broken = rules.filter(({ verdict }) => verdict === 'fail').length;
      const unchecked = rules.filter(
        ({ verdict }) => verdict === 'unsupported' || verdict === 'skipped',
      ).length;
      const checked = rules.length - unchecked;
      const verdict =
        broken > 0
          ? paint('red', `FAIL, ${count(broken, 'rule')} broken`)
          : checked > 0
            ? paint('green', 'pass')
            : paint('yellow', 'not checked');
      const rest = unchecked > 0 && checked > 0 ? paint('yellow', `, ${unchecked} not checked`) : '';
      say(
        `  ${name.replace('-', ' ').padEnd(18)}${count(rules.length, 'rule').padStart(9)}${count(calls, 'call').padStart(15)}   ${verdict}${rest}`,
      );
    }
    say();
  }

  function sayBroken(one: Counterexample, rule: Rule): void {
    const outcome = one.outcomes[one.failed];
    say(
      `${paint(['red', 'bold'], rule.id)}  ${rule.level}${rule.quirk === undefined ? '' : ', quirk'}, spec/${rule.chapter}.md`,
    );
    say(wrapped(rule.statement.replaceAll('**', ''), '  '));
    one.calls.forEach((call, i) => {
      const label = one.calls.length === 1 ? 'call' : `call ${i + 1}${i === one.failed ? '*' : ' '}`;
      say(`    ${label.padEnd(9)} ${callSource(call)}  # ${stateSource(call.state)}`);
      if (i !== one.failed) sayLines('', answeredSource(one.outcomes[i]));
    });
    sayLines('expected', one.expected);
    sayLines('got', answeredSource(outcome));
    if (one.flaky) say('    It failed once, and held when it was asked again: the subject is not steady.');
    say(`    again     ${replay(one)}`);
    say();
  }

  function sayLines(label: string, lines: readonly string[]): void {
    lines.forEach((line, i) => say(`    ${(i === 0 ? label : '').padEnd(9)} ${shortened(line)}`));
  }

  function sayVerdict(tally: Tally): void {
    const rules = tally.chapters.flatMap((chapter) => chapter.rules);
    const counted = (...verdicts: string[]): number =>
      rules.filter(({ verdict }) => verdicts.includes(verdict)).length;
    const unchecked = counted('unsupported');
    if (tally.inapplicable > 0)
      say(
        `${count(tally.inapplicable, 'rule')} of the selection ${is(tally.inapplicable)} about other releases or platforms.`,
      );
    if (unchecked > 0) {
      const lacking = features.filter((feature) => !supports.has(feature) && tally.unsupported.has(feature));
      say(
        `${count(unchecked, 'rule')} ${is(unchecked)} not checked: the subject does not support ${lacking.join(', ')}.`,
      );
    }
    for (const [reason, calls] of tally.skipped)
      say(`The adapter declined ${count(calls, 'call')}: ${reason}`);
    const spent = `${count(tally.answered, 'call')} in ${tally.seconds.toFixed(1)} s`;
    const verdict = verdictOf(tally);
    if (verdict === 'conformant')
      say(paint(['green', 'bold'], `conformant: ${count(counted('pass'), 'rule')} checked, ${spent}`));
    if (verdict === 'broken') {
      say(
        paint(
          ['red', 'bold'],
          `not conformant: ${counted('fail')} of ${count(counted('pass', 'fail'), 'rule')} broken, ${spent}`,
        ),
      );
    }
    if (verdict === 'incomplete') {
      const open = counted('skipped');
      const why =
        open > 0
          ? `for ${count(open, 'rule')} the adapter declined every call`
          : counted('pass', 'fail') === 0
            ? 'no rule could be checked'
            : `${tally.planned - tally.answered} of ${count(tally.planned, 'call')} were not answered`;
      say(paint(['yellow', 'bold'], `incomplete: ${why}; ${spent}`));
    }
    if (verdict === 'adapter') {
      say(paint(['red', 'bold'], `the adapter failed: ${tally.failure}`));
      say(`${spent} were answered before.`);
    }
  }
}

const answeredSource = (outcome: Outcome | undefined): string[] =>
  outcome?.kind === 'return' || outcome?.kind === 'raise' ? outcomeSource(outcome satisfies Answered) : [];

const likeliestFirst = (all: readonly Counterexample[]): Counterexample[] =>
  all.toSorted((a, b) => b.suspicion - a.suspicion);

const count = (number: number, noun: string): string =>
  `${grouped(number)} ${noun}${number === 1 ? '' : 's'}`;
/** A message may be as long as the text that it is about. */
const shortened = (line: string, longest = 1000): string =>
  line.length > longest ? `${line.slice(0, longest)}… (${grouped(line.length)} characters)` : line;

const grouped = (number: number): string => String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
const is = (number: number): string => (number === 1 ? 'is' : 'are');

/** A line on a terminal that says how far a run is, and gives way to what else is printed. */
function progressLine(err: Streams['err']): { show(done: number, of: number): void; clear(): void } {
  let shown = false;
  let last = performance.now();
  return {
    show(done, of) {
      const now = performance.now();
      if (err.isTTY !== true || now - last < 100) return;
      last = now;
      shown = true;
      err.write(`\r\u001b[K  ${grouped(done)} of ${grouped(of)} inputs`);
    },
    clear() {
      if (shown) err.write('\r\u001b[K');
      shown = false;
    },
  };
}

/** Passes text on in whole lines. */
function prefixedLines(onLine: (line: string) => void): { write(text: string): void; end(): void } {
  let partial = '';
  return {
    write(text) {
      const lines = (partial + text).split('\n');
      partial = lines.pop() ?? '';
      lines.forEach(onLine);
    },
    end() {
      if (partial !== '') onLine(partial);
      partial = '';
    },
  };
}
