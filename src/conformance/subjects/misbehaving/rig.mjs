/*
 * The reference behind the protocol, with one kind of misbehaviour. Needs the build.
 *
 *     node rig.mjs MODE [FOLDER]
 *
 * The folder keeps what the adapter must know after a restart.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { converse, exitAfter, hang, lineOf, send, stay, write } from './conversation.mjs';
import { hello, outcomeOf } from './reference.mjs';

const [mode, folder = ''] = process.argv.slice(2);

const reply = ({ seq, calls }, outcome = outcomeOf) => ({ seq, outcomes: calls.map(outcome) });

/** The only call that some modes fail on: an example of `tag-may-be-empty`. */
const isGuilty = ({ env, args }) => env.cache_tag === '' && args[0] === 'b';
/** Answers each message, except one with that call. */
const unlessGuilty = (fault) => (request) =>
  request.calls.some(isGuilty) ? fault(request) : send(reply(request));
/** Answers each message, except the first one of all processes. */
const unlessFirst = (fault) => (request) => {
  const mark = join(folder, 'was here');
  if (existsSync(mark)) return send(reply(request));
  writeFileSync(mark, '');
  return fault(request);
};
const isStartedAgain = () => {
  const mark = join(folder, 'started');
  const again = existsSync(mark);
  writeFileSync(mark, '');
  return again;
};
/** Leaves a process behind that keeps its streams open. */
const leave = (options, seconds) => {
  const child = spawn(process.execPath, ['-e', `setTimeout(() => {}, ${seconds * 1000})`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  process.stderr.write(`pid ${child.pid}\n`);
};
const flood = async (stream, text, bytes) => {
  for (let left = bytes; left > 0; left -= text.length) {
    if (!stream.write(text)) await once(stream, 'drain');
  }
};
const wrong = { return: null };
const known = new Set();
let count = 0;
let held;
let turn = Promise.resolve();

const hellos = {
  'says hello late': () => setTimeout(300).then(() => send(hello)),
  'says hello too late': () => setTimeout(3000).then(() => send(hello)),
  'says a long hello': () => send({ ...hello, note: 'x'.repeat(20 * 1024 * 1024) }),
  'says hello with a byte order mark': () => write(`\ufeff${lineOf(hello)}`),
  'crashes, then says another hello': () => send(isStartedAgain() ? { ...hello, python: '3.11.0' } : hello),
  'crashes, then says no hello': () => (isStartedAgain() ? undefined : send(hello)),
  'crashes, then does not start': () => (isStartedAgain() ? exitAfter('no licence\n', 9) : send(hello)),
  'sets no feature': () => send({ ...hello, supports: [], fixed: { cache_tag: 'cpython-312', optimize: 0 } }),
  'leaves a child': () => {
    leave({}, 60);
    send(hello);
  },
  'leaves a child in another session': () => {
    leave({ detached: true }, 4);
    send(hello);
  },
  'closes stdin': () => {
    send(hello);
    stay();
    process.stdin.destroy();
  },
  'reads no more': () => {
    send(hello);
    stay();
    process.stdin.pause();
  },
};

const calls = {
  // The form of a line.
  'writes a line in parts': (request) => {
    const line = lineOf(reply(request));
    turn = turn.then(async () => {
      write(line.slice(0, 11));
      await setTimeout(5);
      write(line.slice(11));
    });
  },
  'ends lines as Windows does': (request) => write(lineOf(reply(request)).replace('\n', '\r\n')),
  'adds keys': (request) =>
    send({ ...reply(request, (call) => ({ ...outcomeOf(call), note: 'x' })), took: 0.1 }),
  'adds empty lines': (request) => write(`${lineOf(reply(request))}\n`),
  'prints before it answers': (request) => write(`DEBUG: asked\n${lineOf(reply(request))}`),
  'writes half a line and ends': (request) =>
    write(lineOf(reply(request)).slice(0, -20), () => process.exit(0)),
  'writes 20 MiB': (request) => send(reply(request, () => ({ return: 'x'.repeat(20 * 1024 * 1024) }))),
  'writes Latin-1': (request) =>
    write(Buffer.from(lineOf(reply(request, () => ({ return: 'caf\u00e9' }))), 'latin1')),
  'writes half a surrogate pair': (request) =>
    write(lineOf(reply(request, () => ({ return: '@' }))).replaceAll('@', String.raw`\ud800`)),
  'floods stdout': () => flood(process.stdout, 'x'.repeat(65_536), 200e6),
  'floods stdout with lines': () => flood(process.stdout, `${'x'.repeat(65_535)}\n`, 200e6),
  'floods stderr': (request) => {
    turn = turn.then(async () => {
      if (request.seq === 1) await flood(process.stderr, `${'x'.repeat(65_535)}\n`, 200e6);
      send(reply(request));
    });
  },
  // The choice of messages and calls.
  'answers out of turn': (request) => {
    if (held === undefined) held = request;
    else {
      send(reply(request));
      send(reply(held));
      held = undefined;
    }
  },
  'answers twice': (request) => write(lineOf(reply(request)).repeat(2)),
  'says seq as a text': (request) => send({ ...reply(request), seq: String(request.seq) }),
  'forgets seq': ({ calls }) => send({ outcomes: calls.map(outcomeOf) }),
  'leaves the second message short': (request) => {
    const { seq, outcomes } = reply(request);
    send({ seq, outcomes: seq === 2 ? outcomes.slice(1) : outcomes });
  },
  'mixes the outcomes up': (request) => {
    const { seq, outcomes } = reply(request);
    send({ seq, outcomes: outcomes.toReversed() });
  },
  'echoes what it is asked': (request) => send(request),
  // How the process ends, or does not.
  'crashes at one call': unlessGuilty(() => exitAfter('Traceback: the guilty call\n', 1)),
  'crashes, then says another hello': unlessGuilty(() => process.exit(1)),
  'crashes, then says no hello': unlessGuilty(() => process.exit(1)),
  'crashes, then does not start': unlessGuilty(() => process.exit(1)),
  'crashes once': unlessFirst(() => process.exit(1)),
  'crashes at every seventh call': (request) => {
    count += request.calls.length;
    if (count >= 7) process.exit(1);
    send(reply(request));
  },
  'crashes always': () => process.kill(process.pid, 'SIGSEGV'),
  'ends without being told': (request) => write(lineOf(reply(request)), () => process.exit(0)),
  'hangs at one call': unlessGuilty(hang),
  'hangs once': unlessFirst(hang),
  'hangs always': hang,
  'is slow': (request) => setTimeout(30).then(() => send(reply(request))),
  'answers too late': (request) => setTimeout(2000).then(() => send(reply(request))),
  'closes stdout': () => {
    stay();
    process.stdout.destroy();
  },
  // The outcome of a call.
  'is wrong the first time': (request) =>
    send(
      reply(request, (call) => {
        const key = JSON.stringify(call);
        const again = known.has(key);
        known.add(key);
        return again ? outcomeOf(call) : wrong;
      }),
    ),
  'is wrong at random': (request) =>
    send(reply(request, (call) => (Math.random() < 0.3 ? wrong : outcomeOf(call)))),
  'says one path': (request) => send(reply(request, () => ({ return: '__pycache__/a.cpython-312.pyc' }))),
  'echoes the path': (request) => send(reply(request, ({ args }) => ({ return: args[0] ?? null }))),
  'returns a subclass': (request) =>
    send(
      reply(request, (call) => {
        const outcome = outcomeOf(call);
        return typeof outcome.return === 'string' ? { return: { object: { is: outcome.return } } } : outcome;
      }),
    ),
  'has no messages': (request) =>
    send(
      reply(request, (call) => {
        const { message: _, ...rest } = outcomeOf(call);
        return rest;
      }),
    ),
  'supports nothing': (request) => send(reply(request, () => ({ unsupported: 'removed_cwd' }))),
  'supports less than it said': (request) =>
    send(reply(request, (call) => (isGuilty(call) ? { unsupported: 'cache_tag' } : outcomeOf(call)))),
  'skips all': (request) => send(reply(request, () => ({ skipped: 'not today' }))),
  'skips one call': (request) =>
    send(reply(request, (call) => (isGuilty(call) ? { skipped: 'not this one' } : outcomeOf(call)))),
  'skips what it has answered': (request) =>
    send(
      reply(request, (call) => {
        const key = JSON.stringify(call);
        if (known.has(key)) return { skipped: 'as before' };
        known.add(key);
        return outcomeOf(call);
      }),
    ),
  'fails at all': (request) => send(reply(request, () => ({ error: 'no memory' }))),
  'fails at one call': (request) =>
    send(reply(request, (call) => (isGuilty(call) ? { error: 'x'.repeat(1e6) } : outcomeOf(call)))),
  'says two outcomes in one': (request) =>
    send(reply(request, (call) => ({ ...outcomeOf(call), skipped: 'or not' }))),
  'says a number of a half': (request) => send(reply(request, () => ({ return: 0.5 }))),
  'nests without end': ({ seq, calls }) => {
    const deep = `${'{"list":['.repeat(50_000)}${']}'.repeat(50_000)}`;
    write(`{"seq":${seq},"outcomes":[${calls.map(() => `{"return":${deep}}`).join()}]}\n`);
  },
};

const byes = {
  'stays after bye': stay,
  'fails at bye': () => exitAfter('could not clean up\n', 5),
  'speaks after bye': () => write('Goodbye!\n', () => process.exit(0)),
  'ends within a line': () => write('Good', () => process.exit(0)),
  'answers after bye': () => write(lineOf({ seq: 1, outcomes: [] }), () => process.exit(0)),
};

if (![hellos, calls, byes].some((modes) => mode in modes) && mode !== 'well')
  throw new Error(`no mode ${mode}`);
converse({
  hello: hellos[mode] ?? (() => send(hello)),
  calls: calls[mode] ?? ((request) => send(reply(request))),
  bye: byes[mode] ?? (() => process.exit(0)),
});
