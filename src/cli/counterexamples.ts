/* Counterexamples as files, saved as they are found. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  fileOf,
  nameOf,
  writeCounterexample,
  type CounterexampleFile,
} from '../conformance/counterexample.ts';
import { counterexampleFolder } from '../conformance/defaults.ts';
import type { Counterexample, Event, Greeting, Start } from '../conformance/events.ts';
import { whyUnreadable } from '../conformance/stream.ts';
import { shellLine } from './shell.ts';

export type Counterexamples = {
  /** Saves what is found. */
  add(event: Event): void;
  /** The command that asks it again. */
  readonly again: (counterexample: Counterexample) => string;
};

/** What is saved beside the counterexample: the program and arguments that it was found in. */
type Saved = CounterexampleFile & { readonly command?: unknown };

/** The command that a saved counterexample was found in, where its file tells one. */
export function commandIn(file: CounterexampleFile): readonly string[] | undefined {
  const { command } = file as Saved;
  const isCommand =
    Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string');
  return isCommand ? command : undefined;
}

/** What runs this command. Who starts it otherwise than npx does says so in the variable. */
const own = process.env['PYCACHE_SPEC_COMMAND']?.split(' ') ?? ['npx', 'pycache-spec'];

export function savesCounterexamples(folder: string): Counterexamples {
  let start: Start | undefined;
  let subject: Greeting | undefined;
  let failed = false;
  const pathOf = (one: Counterexample): string => join(folder, nameOf(one));
  return {
    again: (one) => shellLine([...own, 'replay', pathOf(one)]),
    add(event) {
      if (event.type === 'start') start = event;
      if (event.type === 'subject') subject = event;
      if (event.type !== 'failure' || failed) return;
      try {
        if (!existsSync(folder)) {
          mkdirSync(folder, { recursive: true });
          // It holds what a run made, and is not for version control.
          if (folder === counterexampleFolder) writeFileSync(join(folder, '.gitignore'), '*\n');
        }
        const saved: Saved = { ...fileOf(event, start!, subject!), command: start!.command };
        writeFileSync(pathOf(event), writeCounterexample(saved));
      } catch (error) {
        failed = true;
        console.error(
          `pycache-spec: counterexamples cannot be saved in '${folder}': ${whyUnreadable(error)}.`,
        );
      }
    },
  };
}
