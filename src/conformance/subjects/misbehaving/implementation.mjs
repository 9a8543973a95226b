/*
 * The reference behind the protocol, with a fault in it. What was built has to be there.
 *
 *     node implementation.mjs FAULT [JSON]
 *
 * JSON replaces keys of its hello.
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
  /** No fault, but much to say. */
  talkative: (call, right) => {
    process.stderr.write(`${JSON.stringify(right)}\n`);
    return right;
  },
  /** No fault, but it answers nothing that it is not for. */
  'dies outside': (call, right) => (domain.holds(call) ? right : process.exit(7)),
  /** The path of a name with two dots is cut at the first: a law sees it. */
  'first dot': ({ args: [path] }, right) =>
    right.kind === 'return' && path instanceof Str && /[^./]\.[^/]*\.[^/]*$/.test(path.units)
      ? { ...right, value: str("it's cut.pyc") }
      : right,
  /** The message that no path is there says something else: no law sees it. */
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
