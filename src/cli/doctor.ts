import { examine, isWellFormed } from '../conformance/doctor/examine.ts';
import { Interrupted } from '../conformance/doctor/patient.ts';
import { Printer } from '../conformance/doctor/report.ts';
import { wantsColor } from '../conformance/reports/layout.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { shellLine } from './shell.ts';
import { atSeparator, chooseSubject, untilInterrupted, whatIsWrongWith } from './subject.ts';
import { noPositionals, readOptions } from './usage.ts';

export const doctor = {
  async run(args: readonly string[]): Promise<number> {
    const { own, command } = atSeparator(args);
    const { values, positionals } = readOptions('doctor', own);
    noPositionals(positionals);
    const signal = untilInterrupted();
    const chosen = await chooseSubject({ ...values, restarts: '0' }, command);
    const { command: words, launch, patience, python } = chosen;
    console.log(`${shellLine(words)}\n`);
    const printer = new Printer((text) => console.log(text), wantsColor(process.stdout));
    const { hello, call } = patience.deadlines;
    const waiting = setTimeout(
      () =>
        console.error(
          `No hello yet; it may take ${hello / 1000} s. Does the adapter flush its stdout after each line?`,
        ),
      call,
    );
    try {
      const results = await examine({ launch, deadlines: patience.deadlines, signal }, (one) =>
        printer.add(one),
      );
      printer.end(results);
      const isMute = results[0]?.state === 'failure';
      const what = isMute && python !== undefined ? await whatIsWrongWith(python) : undefined;
      if (what !== undefined) console.error(`pycache-spec: ${what}`);
      return isWellFormed(results) ? exitCodes.conformant : exitCodes.adapter;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      printer.flush();
      console.error(`pycache-spec: ${String(signal.reason)}; the remaining steps were not tried.`);
      return exitCodes.incomplete;
    } finally {
      clearTimeout(waiting);
    }
  },
};
