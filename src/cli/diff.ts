import { tallyOf, type Tally } from '../conformance/books.ts';
import { toLine } from '../conformance/codec.ts';
import { differenceOf, differenceSummary, differenceText, exitCodeOf } from '../conformance/diff.ts';
import { painter, wantsColor } from '../conformance/reports/layout.ts';
import { readStreamFile, StreamError } from '../conformance/stream.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const diff = {
  usage: `pycache-spec diff BEFORE AFTER [--json]
    compares two runs by their reports of the format jsonl, of which one may be - for stdin: what fails and did
    not before, what passed and is not checked any more, what came into the domain or left it, what is fixed.
    Exit codes: 0 nothing got worse, 1 something did, 2 a report cannot be read, 3 a run is incomplete; that a
    rule fails outranks that. Rules that only one of the runs is about do not count`,

  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions(args, { json: { type: 'boolean', default: false } });
    const [before, after, ...others] = positionals;
    noPositionals(others);
    if (before === undefined || after === undefined) throw new UsageError('diff takes two reports');
    if (before === '-' && after === '-') throw new UsageError('only one of the reports can be stdin');
    const difference = differenceOf(await readRun(before), await readRun(after));
    process.stdout.write(
      values.json
        ? `${toLine(differenceSummary(difference))}\n`
        : differenceText(difference, painter(wantsColor(process.stdout))),
    );
    return exitCodeOf(difference);
  },
};

/** @throws UsageError */
async function readRun(file: string): Promise<Tally> {
  try {
    return tallyOf(await readStreamFile(file));
  } catch (error) {
    if (error instanceof StreamError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
