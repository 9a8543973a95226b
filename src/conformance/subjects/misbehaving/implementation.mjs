/*
 * The reference behind the protocol, with a fault in its outcomes. Needs the build.
 *
 *     node implementation.mjs FAULT [JSON]
 *
 * The keys of JSON replace those of its hello.
 */
import { createInterface } from 'node:readline';
import { decodeCall, encodeOutcome, toLine } from '../../../../dist/src/conformance/codec.js';
import { decodeDomain } from '../../../../dist/src/conformance/domain/declared.js';
import { Str, str } from '../../../../dist/src/python/text.js';
import { answer } from '../../../../dist/src/reference.js';
import { hello as reference } from './reference.mjs';

const [fault, changes = '{}'] = process.argv.slice(2);
const hello = {
  ...reference,
  implementation: { name: 'faulty', version: '1.0.0' },
  ...JSON.parse(changes),
};
const { platform } = hello;
const target = { version: hello.python.split('.').map(Number), platform };
const domain = decodeDomain(hello.domain, platform, 'domain');

const faults = {
  none: (_, right) => right,
  /** No fault, but much output on stderr. */
  talkative: (call, right) => {
    process.stderr.write(`${JSON.stringify(right)}\n`);
    return right;
  },
  /** No fault, but it exits at a call outside its domain. */
  'dies outside': (call, right) => (domain.holds(call) ? right : process.exit(7)),
  /** The path for a name with two dots is wrong. A law detects this. */
  'first dot': ({ args: [path] }, right) =>
    right.kind === 'return' && path instanceof Str && /[^./]\.[^/]*\.[^/]*$/.test(path.units)
      ? { ...right, value: str("it's cut.pyc") }
      : right,
  /** The message for a missing path is different. No law detects this. */
  'other message': (_, right) =>
    right.kind === 'raise' && right.message.units.includes("argument: 'path'")
      ? { ...right, message: str('no path') }
      : right,
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { op, seq, calls } = JSON.parse(line);
  if (op === 'bye') process.exit(0);
  const reply =
    op === 'hello'
      ? hello
      : {
          seq,
          outcomes: calls.map((json) => {
            const call = decodeCall(json);
            return encodeOutcome(faults[fault](call, answer(call, target)));
          }),
        };
  process.stdout.write(`${toLine(reply)}\n`);
});
