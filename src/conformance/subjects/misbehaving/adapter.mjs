/*
 * An adapter that gives the same path for every call and does one thing wrong.
 *
 *     node adapter.mjs MODE [JSON]
 *
 * The keys of JSON replace those of its hello; null removes a key. It prints its process id to stderr.
 */
import { exitAfter, send, stay, converse } from './conversation.mjs';

const [mode = 'well', changes = '{}'] = process.argv.slice(2);

const hello = {
  protocol: 1,
  implementation: { name: 'constant', version: '1.0.0' },
  python: '3.12.1',
  platform: 'posix',
  supports: ['optimization', 'cache_tag', 'optimize', 'warnings', 'messages'],
  ...JSON.parse(changes),
};
const answer = { return: '__pycache__/constant.pyc' };
const outcomes = (calls, outcome = answer) => calls.map(() => outcome);

let held = '';

/** What the mode does differently at hello, at each message of calls, and at bye. */
const modes = {
  well: {},
  // At hello.
  silent: { hello: () => {} },
  'exits at hello': { hello: () => exitAfter('no such module\nlast words', 3) },
  'prints to stdout': { hello: (reply) => process.stdout.write(`Loading…\n${JSON.stringify(reply)}\n`) },
  'says hello twice': {
    hello: (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`.repeat(2)),
  },
  'is no object': { hello: () => send([1]) },
  // At a message of calls.
  'hangs at calls': { calls: () => {} },
  'wrong seq': { calls: ({ seq, calls }) => send({ seq: seq + 6, outcomes: outcomes(calls) }) },
  'wrong seq, and stays': {
    calls: ({ calls }) => {
      stay();
      send({ seq: 7, outcomes: outcomes(calls) });
    },
  },
  'one too few': { calls: ({ seq, calls }) => send({ seq, outcomes: outcomes(calls).slice(1) }) },
  'one too many': { calls: ({ seq, calls }) => send({ seq, outcomes: [...outcomes(calls), answer] }) },
  'no outcomes': { calls: ({ seq }) => send({ seq }) },
  'exits midway': {
    calls: ({ seq, calls }) =>
      seq === 2 ? exitAfter('Traceback\nlast words', 7) : send({ seq, outcomes: outcomes(calls) }),
  },
  'is killed midway': { calls: () => process.kill(process.pid, 'SIGTERM') },
  error: { calls: ({ seq, calls }) => send({ seq, outcomes: outcomes(calls, { error: 'no memory' }) }) },
  unsupported: {
    calls: ({ seq, calls }) => send({ seq, outcomes: outcomes(calls, { unsupported: 'optimization' }) }),
  },
  'strange outcome': {
    calls: ({ seq, calls }) => send({ seq, outcomes: outcomes(calls, { returns: 'a.pyc' }) }),
  },
  'strange value': {
    calls: ({ seq, calls }) => send({ seq, outcomes: outcomes(calls, { return: { set: [] } }) }),
  },
  'long line': {
    calls: ({ seq, calls }) =>
      send({ seq, outcomes: [{ return: 'x'.repeat(17 * 1024 * 1024) }, ...outcomes(calls).slice(1)] }),
  },
  'line just short enough': {
    calls: ({ seq, calls }) =>
      send({ seq, outcomes: [{ return: 'x'.repeat(16 * 1024 * 1024 - 40) }, ...outcomes(calls).slice(1)] }),
  },
  'not UTF-8': {
    calls: ({ seq, calls }) =>
      process.stdout.write(
        Buffer.from(
          `${JSON.stringify({ seq, outcomes: outcomes(calls, { return: 'caf\u00e9' }) })}\n`,
          'latin1',
        ),
      ),
  },
  'adds a line': {
    calls: ({ seq, calls }) =>
      process.stdout.write(`${JSON.stringify({ seq, outcomes: outcomes(calls) })}\nThat was all.\n`),
  },
  // Unusual, but allowed.
  'in two writes': {
    calls: ({ seq, calls }) => {
      const bytes = Buffer.from(
        `${JSON.stringify({ seq, outcomes: outcomes(calls, { return: '\u00e9' }) })}\n`,
      );
      const within = bytes.indexOf(0xa9);
      process.stdout.write(bytes.subarray(0, within));
      setTimeout(() => process.stdout.write(bytes.subarray(within)), 50);
    },
  },
  // The first reply arrives together with the beginning of the second.
  'a reply and a half': {
    calls: ({ seq, calls }) => {
      held += `${JSON.stringify({ seq, outcomes: outcomes(calls) })}\n`;
      if (seq < 2) return;
      process.stdout.write(held.slice(0, -20));
      setTimeout(() => process.stdout.write(held.slice(-20)), 50);
    },
  },
  'ends lines as Windows does': {
    hello: (reply) => process.stdout.write(`${JSON.stringify(reply)}\r\n`),
    calls: ({ seq, calls }) =>
      process.stdout.write(`${JSON.stringify({ seq, outcomes: outcomes(calls) })}\r\n`),
  },
  'adds keys': {
    calls: ({ seq, calls }) => send({ seq, note: 1, outcomes: outcomes(calls, { ...answer, note: 'x' }) }),
  },
  talkative: {
    calls: ({ seq, calls }) => {
      for (let i = 0; i < 2000; i++) process.stderr.write(`message ${seq}, line ${i}: \u00e9\n`);
      send({ seq, outcomes: outcomes(calls) });
    },
    bye: () => process.stderr.write('the end', () => process.exit(0)),
  },
  // At bye.
  'fails at bye': { bye: () => exitAfter('could not clean up\n', 5) },
  'stays after bye': { bye: stay },
  'speaks after bye': { bye: () => process.stdout.write('Goodbye!\n', () => process.exit(0)) },
};

const told = Object.fromEntries(Object.entries(hello).filter(([, value]) => value !== null));
const own = {
  hello: send,
  calls: ({ seq, calls }) => send({ seq, outcomes: outcomes(calls) }),
  bye: () => process.exit(0),
  ...modes[mode],
};

converse({ ...own, hello: () => own.hello(told) });
