/* Saves counterexamples as files when they are found. */
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
  /** Saves the counterexample of an event, if it has one. */
  add(event: Event): void;
  /** The command that replays a counterexample. */
  readonly again: (counterexample: Counterexample) => string;
};

/** A saved counterexample, with the command of the subject in which it was found. */
type Saved = CounterexampleFile & { readonly command?: unknown };

/** The subject's command in a saved counterexample; undefined if there is none. */
export function commandIn(file: CounterexampleFile): readonly string[] | undefined {
  const { command } = file as Saved;
  const isCommand =
    Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string');
  return isCommand ? command : undefined;
}

/** How this command was started. Starters other than npx set the variable. */
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
          // The folder holds results of runs, which do not belong into version control.
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
