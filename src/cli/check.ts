import { readChapters, type Chapter } from '../conformance/chapters.ts';
import { defaultRuns } from '../conformance/draw.ts';
import type { Selection } from '../conformance/events.ts';
import { wantsColor } from '../conformance/reports/layout.ts';
import { terminalReport, type Streams } from '../conformance/reports/terminal.ts';
import { run } from '../conformance/run.ts';
import { exitCodes, verdictOf } from '../conformance/verdict.ts';
import { counterexampleFolder, savesCounterexamples } from './counterexamples.ts';
import { narrowed, readDomain } from './domain.ts';
import { knownOptions, readKnown } from './known.ts';
import { openReports, reportOptions, type OpenReports } from './reports.ts';
import { readSelection, readShard, selectionOptions, selectRules } from './selection.ts';
import {
  atSeparator,
  chooseSubject,
  openSubject,
  subjectOptions,
  subjectUsage,
  untilInterrupted,
  type Chosen,
} from './subject.ts';
import { readHeldTo } from './target.ts';
import { noPositionals, readOptions, readWhole } from './usage.ts';

export const check = {
  usage: `pycache-spec check [--python EXE] [--runs N] [--seed N] [--rule GLOB] [--chapter NAME]
                   [--level documented|observed] [--known-failures FILE] [--update-known-failures]
                   [--domain JSON|FILE] [--python-version V] [--report FORMAT=FILE]… [--shard I/N]
                   [-- COMMAND ARG…]
    holds an implementation against the specification: the function of a Python, or whatever the adapter
    COMMAND reaches. Without either: python3 on the PATH, else python, else the reference itself.
    --runs N     inputs drawn for each property (default ${defaultRuns})
    --seed N     draws the same inputs again
    --rule GLOB  the rules whose id matches, * standing for any characters
    --domain JSON|FILE       asks only the calls that it describes (spec/protocol.md, domain)
    --known-failures FILE    what is known to fail; --update-known-failures writes it anew
    --report FORMAT=FILE     jsonl, json, junit, markdown or badge; - for stdout
    --python-version V       holds it to that release of CPython, whatever it claims
    --shard I/N  only the I-th part of N; merge joins the reports of all
    --counterexamples DIR    where what fails is saved (default ${counterexampleFolder})
${subjectUsage}`,

  async run(args: readonly string[]): Promise<number> {
    const { own, command } = atSeparator(args);
    const { values, positionals } = readOptions(own, {
      ...subjectOptions,
      ...selectionOptions,
      ...knownOptions,
      ...reportOptions,
      runs: { type: 'string', default: String(defaultRuns) },
      seed: { type: 'string' },
      shard: { type: 'string' },
      domain: { type: 'string' },
      'python-version': { type: 'string' },
      counterexamples: { type: 'string', default: counterexampleFolder },
    });
    noPositionals(positionals);
    const runs = readWhole('runs', values.runs, 1, 1_000_000_000);
    const seed =
      values.seed === undefined
        ? Math.floor(Math.random() * 2 ** 31)
        : readWhole('seed', values.seed, 0, 2 ** 31 - 1);
    const shard = readShard(values.shard);
    const selection = readSelection(values);
    const domain = readDomain(values.domain);
    const heldTo = readHeldTo(values['python-version']);
    const known = readKnown(values);

    // The subject starts while the chapters are read.
    const choosing = chooseSubject(values, command);
    const ready = await abandoning(choosing, prepare(selection, values.report));
    if (ready === undefined) return exitCodes.incomplete;
    const { chapters, selected, reports } = ready;
    const chosen = await choosing;
    const counterexamples = savesCounterexamples(values.counterexamples);
    const streams: Streams = {
      out: reports.toStdout ? process.stderr : process.stdout,
      err: process.stderr,
      color: wantsColor(reports.toStdout ? process.stderr : process.stdout),
    };
    const tell = terminalReport(streams, counterexamples.again);
    const signal = untilInterrupted();
    const tally = await run({
      chapters,
      selected,
      selection,
      heldTo,
      command: chosen.command,
      runs,
      seed,
      shard,
      domain,
      open: async (hooks) => {
        const subject = await openSubject(chosen, { ...hooks, signal });
        try {
          return narrowed(subject, domain);
        } catch (error) {
          await subject.close();
          throw error;
        }
      },
      emit: (event) => {
        counterexamples.add(event);
        reports.add(event);
        tell(event);
      },
      sign: tell,
      ...(known === undefined ? {} : { judgeKnown: known.judge }),
    });
    known?.update(tally);
    return reports.close(exitCodes[verdictOf(tally)]);
  },
};

/** @returns undefined where nothing is selected */
async function prepare(
  selection: Selection,
  specs: readonly string[] | undefined,
): Promise<{ chapters: Chapter[]; selected: Chapter[]; reports: OpenReports } | undefined> {
  const chapters = readChapters();
  const selected = selectRules(chapters, selection);
  return selected.length === 0 ? undefined : { chapters, selected, reports: await openReports(specs) };
}

/** What is prepared for a subject, which is ended where that comes to nothing. */
async function abandoning<T>(choosing: Promise<Chosen>, preparing: Promise<T>): Promise<T> {
  // Whether there is such a program is told after what else is wrong.
  choosing.catch(() => {});
  let ready: T | undefined;
  try {
    ready = await preparing;
    return ready;
  } finally {
    if (ready === undefined) {
      const chosen = await choosing.catch(() => undefined);
      (await chosen?.launch())?.kill();
    }
  }
}
