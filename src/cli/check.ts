import { readChapters, type Chapter } from '../conformance/chapters.ts';
import type { Selection } from '../conformance/events.ts';
import { wantsColor } from '../conformance/reports/layout.ts';
import { terminalReport, type Streams } from '../conformance/reports/terminal.ts';
import { run, type RunOptions } from '../conformance/run.ts';
import { exitCodes, verdictOf } from '../conformance/verdict.ts';
import { savesCounterexamples } from './counterexamples.ts';
import { narrowed, readDomain } from './domain.ts';
import { readKnown, type Again } from './known.ts';
import { boundMemory } from './memory.ts';
import { openReports, type OpenReports } from './reports.ts';
import { readSelection, readShard, selectRules } from './selection.ts';
import { atSeparator, chooseSubject, openSubject, untilInterrupted, type Chosen } from './subject.ts';
import { readHeldTo } from './target.ts';
import { noPositionals, readOptions, readWhole } from './usage.ts';

export const check = {
  async run(args: readonly string[]): Promise<number> {
    const { own, command } = atSeparator(args);
    const { values, positionals } = readOptions('check', own);
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
    boundMemory();

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
    const asked = { chapters, selected, selection, heldTo, domain, command: chosen.command, runs, shard };
    const open: RunOptions['open'] = async (hooks) => {
      const subject = await openSubject(chosen, { ...hooks, signal });
      try {
        return narrowed(subject, domain);
      } catch (error) {
        await subject.close();
        throw error;
      }
    };
    const tally = await run({
      ...asked,
      seed,
      open,
      emit: (event) => {
        counterexamples.add(event);
        reports.add(event);
        tell(event);
      },
      sign: tell,
      ...(known === undefined
        ? {}
        : { known: { excuses: known.excuses, judge: known.judge, thorough: known.updates } }),
    });
    const again: Again = (other, excuses) =>
      run({
        ...asked,
        seed: other,
        open: (hooks) => openSubject(chosen, { ...hooks, signal: AbortSignal.any([signal]) }),
        emit: () => {},
        known: { excuses, thorough: true },
      });
    await known?.update(tally, shard === null ? again : undefined);
    return reports.close(exitCodes[verdictOf(tally)]);
  },
};

/** @returns undefined if nothing is selected */
async function prepare(
  selection: Selection,
  specs: readonly string[] | undefined,
): Promise<{ chapters: readonly Chapter[]; selected: Chapter[]; reports: OpenReports } | undefined> {
  const chapters = readChapters();
  const selected = selectRules(chapters, selection);
  return selected.length === 0 ? undefined : { chapters, selected, reports: await openReports(specs) };
}

/** Awaits the preparation. If it fails or yields nothing, the chosen subject is ended. */
async function abandoning<T>(choosing: Promise<Chosen>, preparing: Promise<T>): Promise<T> {
  // A missing program is reported only after other errors.
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
