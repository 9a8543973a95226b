import { Books, type Tally } from '../books.ts';
import type { Event } from '../events.ts';

/** A format for reports. Each file in `formats/` exports one as `format`, and the file name is the format's name. */
export type Format = {
  /** Whether events are written as they happen, in whole lines, rather than everything at the end. */
  readonly asItHappens: boolean;
  /**
   * Starts a report. `write` takes the next piece of its text; the returned function takes the run's events, in their
   * order.
   */
  readonly report: (write: (text: string) => void) => (event: Event) => void;
};

/** A format that is written in one piece when the run has ended. */
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
