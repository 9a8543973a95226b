import { tallyOf, type Tally } from '../conformance/books.ts';
import { toLine } from '../conformance/codec.ts';
import { differenceOf, differenceSummary, differenceText, exitCodeOf } from '../conformance/diff.ts';
import { painter, wantsColor } from '../conformance/reports/layout.ts';
import { readStreamFile, StreamError } from '../conformance/stream.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const diff = {
  async run(args: readonly string[]): Promise<number> {
    const { values, positionals } = readOptions('diff', args);
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
