import { Books, type Tally } from '../books.ts';
import type { Event } from '../events.ts';

/** A way of writing a run down; a file of `formats/` exports one as `format`, and its name is the format's. */
export type Format = {
  /** Whether each event is written when it comes, in whole lines, and not everything at the end. */
  readonly asItHappens: boolean;
  /** Gives what takes a run's events, in their order; `write` takes what is to be in the report next. */
  readonly report: (write: (text: string) => void) => (event: Event) => void;
};

/** A format that is written at once, when the run has ended. */
export const atEnd = (textOf: (tally: Tally) => string): Format => ({
  asItHappens: false,
  report(write) {
    const books = new Books();
    return (event) => {
      books.add(event);
      if (event.type === 'end') write(textOf(books.tally()));
    };
  },
});
