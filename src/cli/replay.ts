import { readFile } from 'node:fs/promises';
import { readChapters } from '../conformance/chapters.ts';
import { EncodingError } from '../conformance/codec.ts';
import { counterexampleFolder } from '../conformance/defaults.ts';
import {
  exitCodeOf,
  readReplayable,
  replay as ask,
  replayText,
  type Replayable,
} from '../conformance/replay.ts';
import { adapterLines, painter, wantsColor } from '../conformance/reports/layout.ts';
import { inOneLine } from '../conformance/reports/wording.ts';
import { whyUnreadable } from '../conformance/stream.ts';
import { AdapterError, Stopped } from '../conformance/subjects/subject.ts';
import { exitCodes } from '../conformance/verdict.ts';
import { commandIn } from './counterexamples.ts';
import { shellLine } from './shell.ts';
import { atSeparator, chooseSubject, openSubject, untilInterrupted, type Chosen } from './subject.ts';
import { noPositionals, readOptions, UsageError } from './usage.ts';

export const replay = {
  async run(args: readonly string[]): Promise<number> {
    const { own, command } = atSeparator(args);
    const { values, positionals } = readOptions('replay', own);
    const [file, ...others] = positionals;
    noPositionals(others);
    if (file === undefined) throw new UsageError('replay takes a counterexample file that check saved');
    const replayable = await readCounterexampleFile(file);
    return askedOf(replayable, await chooseSubject(values, command ?? commandOf(replayable, values.python)));
  },
};

/**
 * The command recorded in the file, unless another is given. Since it may be someone else's program, it is printed
 * first.
 */
function commandOf({ file }: Replayable, python: string | undefined): readonly string[] | undefined {
  const command = python === undefined ? commandIn(file) : undefined;
  if (command !== undefined) {
    console.error(`pycache-spec: running ${inOneLine(shellLine(command))}, as recorded in the file.`);
  }
  return command;
}

/** Starts the subject, replays the call and prints the result. */
async function askedOf(replayable: Replayable, chosen: Chosen): Promise<number> {
  const troubles: string[] = [];
  const stderr = adapterLines(process.stderr);
  try {
    const subject = await openSubject(chosen, {
      onStderr: (text) => stderr.write(text),
      onTrouble: ({ text }) => troubles.push(text),
      signal: untilInterrupted(),
    });
    const replayed = await ask(replayable, subject).finally(() => subject.close());
    stderr.end();
    const rule = readChapters()
      .flatMap(({ rules }) => rules)
      .find(({ id }) => id === replayable.file.rule);
    process.stdout.write(replayText(replayable, replayed, rule, painter(wantsColor(process.stdout))));
    for (const text of troubles) console.error(`pycache-spec: the adapter failed: ${inOneLine(text)}`);
    return troubles.length > 0 ? exitCodes.adapter : exitCodeOf(replayed.result);
  } catch (error) {
    stderr.end();
    if (error instanceof Stopped) {
      console.error(`pycache-spec: ${error.message}.`);
      return exitCodes.incomplete;
    }
    if (!(error instanceof AdapterError)) throw error;
    console.error(`pycache-spec: the adapter failed: ${inOneLine(error.message)}`);
    return exitCodes.adapter;
  }
}

/** @throws UsageError */
async function readCounterexampleFile(file: string): Promise<Replayable> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${whyUnreadable(error)}`, { cause: error });
  }
  try {
    return readReplayable(text);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new UsageError(
      `${file} is not a counterexample: ${inOneLine(error.message)}; replay takes a file that check saved, by default in ${counterexampleFolder}`,
      { cause: error },
    );
  }
}
