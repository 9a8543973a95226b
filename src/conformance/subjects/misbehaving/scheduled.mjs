/*
 * The reference behind the protocol, with a schedule of faults. Needs the build.
 *
 *     node scheduled.mjs FOLDER SCHEDULE
 *
 * The folder records how often the adapter was started, and which faults have happened, one line each.
 */
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { hang } from './conversation.mjs';
import { misbehave } from './faults.mjs';
import { hello, outcomeOf } from './reference.mjs';

const [folder, schedule] = process.argv.slice(2);
const [starts, fired] = [join(folder, 'starts'), join(folder, 'fired')];
const linesOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);

/** Writes synchronously, so that everything is written before anything else happens. */
const write = (descriptor) => (text) => {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
};

appendFileSync(starts, `${process.pid}\n`);
write(2)(`pid ${process.pid}\n`);
process.stdin.setEncoding('utf8').on(
  'data',
  misbehave({
    schedule: JSON.parse(schedule),
    start: linesOf(starts).length,
    hello,
    answers: (calls) => calls.map(outcomeOf),
    io: { write: write(1), complain: write(2), exit: (code) => process.exit(code), hang },
    fired: (index) => appendFileSync(fired, `${index}\n`),
    hasFired: (index) => linesOf(fired).includes(String(index)),
  }),
);
