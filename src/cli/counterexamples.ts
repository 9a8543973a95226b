/* Counterexamples as files, saved as they are found. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reported } from '../conformance/books.ts';
import { fileOf, nameOf, writeCounterexample } from '../conformance/counterexample.ts';
import type { Counterexample, Event, Failure, Greeting, Start } from '../conformance/events.ts';

/** Where they are saved unless told otherwise. */
export const counterexampleFolder = '.pycache-spec';

export type Counterexamples = {
  /** Saves what is found. */
  add(event: Event): void;
  pathOf(counterexample: Counterexample): string;
};

export function savesCounterexamples(folder: string): Counterexamples {
  let start: Start | undefined;
  let subject: Greeting | undefined;
  let failed = false;
  const failures: Failure[] = [];
  const pathOf = (one: Counterexample): string => join(folder, nameOf(one));
  return {
    pathOf,
    add(event) {
      if (event.type === 'start') start = event;
      if (event.type === 'subject') subject = event;
      if (event.type !== 'failure') return;
      failures.push(event);
      // What another failure proves already is not worth a file.
      if (failed || !reported(failures).includes(event)) return;
      try {
        if (!existsSync(folder)) {
          mkdirSync(folder, { recursive: true });
          // It holds what a run made, and is not for version control.
          if (folder === counterexampleFolder) writeFileSync(join(folder, '.gitignore'), '*\n');
        }
        writeFileSync(pathOf(event), writeCounterexample(fileOf(event, start!, subject!)));
      } catch (error) {
        failed = true;
        console.error(`pycache-spec: counterexamples cannot be saved: ${(error as Error).message}`);
      }
    },
  };
}
