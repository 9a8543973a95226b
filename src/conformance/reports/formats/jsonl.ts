import { toLine, type Json } from '../../codec.ts';
import type { Format } from '../format.ts';

/** The events themselves, one line of ASCII each. */
export const format: Format = {
  asItHappens: true,
  report: (write) => (event) => write(`${toLine(event as Json)}\n`),
};
