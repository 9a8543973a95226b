import { Books } from '../conformance/books.ts';
import { merge as mergeStreams, MergeError, type NamedStream } from '../conformance/merge.ts';
import { wantsColor } from '../conformance/reports/layout.ts';
import { terminalReport, type Streams } from '../conformance/reports/terminal.ts';
import { readStreamFile, StreamError } from '../conformance/stream.ts';
import { exitCodes, verdictOf } from '../conformance/verdict.ts';
import { savesCounterexamples } from './counterexamples.ts';
import { readKnown } from './known.ts';
import { openReports } from './reports.ts';
import { readOptions, UsageError } from './usage.ts';

export const merge = {
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions('merge', args);
    if (positionals.length === 0) throw new UsageError('merge takes the reports of the shards');
    if (positionals.filter((file) => file === '-').length > 1) {
      throw new UsageError('only one of the reports can be stdin');
    }
    const known = readKnown(values);
    const events = await readMerged(positionals);
    const reports = await openReports(values.report);
    const counterexamples = savesCounterexamples(values.counterexamples);
    const out = reports.toStdout ? process.stderr : process.stdout;
    const streams: Streams = { out, err: process.stderr, color: wantsColor(out) };
    const tell = terminalReport(streams, counterexamples.again);
    const books = new Books();
    for (const event of events) {
      const due = event.type === 'end' && known !== undefined ? [known.judge(books.tally()), event] : [event];
      for (const one of due) {
        books.add(one);
        counterexamples.add(one);
        reports.add(one);
        tell(one);
      }
    }
    const tally = books.tally();
    await known?.update(tally);
    return reports.close(exitCodes[verdictOf(tally)]);
  },
};

/** @throws UsageError */
async function readMerged(files: readonly string[]): Promise<ReturnType<typeof mergeStreams>> {
  try {
    const streams: NamedStream[] = [];
    for (const name of files) streams.push({ name, events: await readStreamFile(name) });
    return mergeStreams(streams);
  } catch (error) {
    if (error instanceof StreamError || error instanceof MergeError) {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}
