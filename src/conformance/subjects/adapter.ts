/*
 * A subject in another process, reached by the adapter protocol (spec/protocol.md).
 */
import { isUtf8 } from 'node:buffer';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Call, Outcome } from '../../python/call.ts';
import { platforms, type State } from '../../python/interpreter.ts';
import { parseVersion } from '../../python/releases.ts';
import { Str } from '../../python/text.ts';
import {
  decodeOutcome,
  decodeValue,
  encodeCall,
  EncodingError,
  excerpt,
  fieldsOf,
  toLine,
  type Json,
} from '../codec.ts';
import { features, type Feature, type Hello } from '../features.ts';
import { AdapterError, NoSuchProgram, type Subject } from './subject.ts';

const protocol = 1;
const longestLine = 16 * 1024 * 1024;
/** Milliseconds to answer a hello, a batch of calls, and a bye. */
export type Deadlines = { readonly hello: number; readonly calls: number; readonly bye: number };
const usualDeadlines: Deadlines = { hello: 60_000, calls: 60_000, bye: 10_000 };

/**
 * Starts an adapter and says hello to it.
 *
 * @param onStderr told what it prints to stderr, as it comes
 * @throws NoSuchProgram
 * @throws AdapterError
 */
export async function startAdapter(
  [program = '', ...args]: readonly string[],
  onStderr: (text: string) => void,
  deadlines: Deadlines = usualDeadlines,
): Promise<Subject> {
  const line = await connect(program, args, onStderr);
  const hello = await line.request({ op: 'hello', protocol }, deadlines.hello, 'hello', decodeHello);
  const { cwd } = hello.fixed;
  let seq = 0;
  return {
    hello,
    ask: (calls) => {
      const number = ++seq;
      return line.request(
        {
          op: 'call',
          seq: number,
          calls: calls.map((call) =>
            encodeCall(cwd === undefined ? call : { ...call, state: { ...call.state, cwd } }),
          ),
        },
        deadlines.calls,
        `the ${calls.length} calls of message ${number}`,
        (reply) => decodeReply(reply, number, calls),
      );
    },
    close: () => line.close(deadlines.bye),
  };
}

function decodeHello(reply: Json): Hello {
  const {
    protocol: spoken,
    implementation,
    python,
    platform,
    supports,
    fixed = {},
  } = fieldsOf(reply, 'hello');
  if (spoken !== protocol)
    throw new EncodingError(`it speaks protocol ${excerpt(spoken)}, and this is ${protocol}`);
  const { name, version } = fieldsOf(implementation, "hello's implementation");
  if (typeof name !== 'string' || typeof version !== 'string') {
    throw new EncodingError("hello's implementation has no name and version of text");
  }
  const release =
    typeof python === 'string' && /^\d+\.\d+\.\d+$/.test(python) ? parseVersion(python) : undefined;
  if (!release)
    throw new EncodingError(`hello's python is not three numbers such as "3.12.1": ${excerpt(python)}`);
  const known = platforms.find((one) => one === platform);
  if (!known)
    throw new EncodingError(
      `this suite checks the platforms ${platforms.join(', ')}; hello says ${excerpt(platform)}`,
    );
  if (!Array.isArray(supports))
    throw new EncodingError(`hello's supports is not a list: ${excerpt(supports)}`);
  const stranger = (supports as readonly Json[]).find((feature) => !features.includes(feature as Feature));
  if (stranger !== undefined) {
    throw new EncodingError(
      `hello supports ${excerpt(stranger)}, which is no feature; they are ${features.join(', ')}`,
    );
  }
  const supported = new Set(supports as readonly Feature[]);
  return {
    implementation: { name, version },
    python: release,
    platform: known,
    supports: supported,
    fixed: decodeFixed(fixed, supported),
  };
}

function decodeFixed(json: Json, supports: ReadonlySet<Feature>): Partial<State> {
  const { cache_tag, optimize, cwd } = fieldsOf(json, "hello's fixed");
  const missing = (['cache_tag', 'optimize'] as const).find(
    (name) => !supports.has(name) && fieldsOf(json, "hello's fixed")[name] === undefined,
  );
  if (missing) {
    throw new EncodingError(
      `hello does not support ${missing}, so its "fixed" has to say what ${missing} is`,
    );
  }
  const fixed: { -readonly [K in keyof State]?: State[K] } = {};
  if (!supports.has('cache_tag')) {
    const tag = decodeValue(cache_tag);
    if (tag !== null && !(tag instanceof Str))
      throw new EncodingError(`fixed cache_tag cannot be ${excerpt(cache_tag)}`);
    fixed.cacheTag = tag;
  }
  if (!supports.has('optimize')) {
    const level = decodeValue(optimize);
    if (typeof level !== 'bigint') throw new EncodingError(`fixed optimize cannot be ${excerpt(optimize)}`);
    fixed.optimize = level;
  }
  if (!supports.has('cwd') && cwd !== undefined) {
    const folder = decodeValue(cwd);
    if (!(folder instanceof Str)) throw new EncodingError(`fixed cwd cannot be ${excerpt(cwd)}`);
    fixed.cwd = folder;
  }
  return fixed;
}

function decodeReply(reply: Json, seq: number, calls: readonly Call[]): Outcome[] {
  const { seq: answered, outcomes } = fieldsOf(reply, 'a reply');
  if (answered !== seq)
    throw new EncodingError(`it answered message ${excerpt(answered)} when ${seq} was asked`);
  if (!Array.isArray(outcomes)) throw new EncodingError(`its outcomes are not a list: ${excerpt(outcomes)}`);
  if (outcomes.length !== calls.length) {
    throw new EncodingError(`it gave ${outcomes.length} outcomes for ${calls.length} calls`);
  }
  return (outcomes as readonly Json[]).map(decodeOutcome);
}

type Pending = {
  what: string;
  resolve: (reply: Json) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
};

type Line = {
  request<T>(message: Json, deadline: number, what: string, decode: (reply: Json) => T): Promise<T>;
  close(deadline: number): Promise<void>;
};

async function connect(
  program: string,
  args: readonly string[],
  onStderr: (text: string) => void,
): Promise<Line> {
  const child = await started(program, args);
  const pending: Pending[] = [];
  let failure: AdapterError | undefined;

  const fail = (problem: string, asked = pending[0]?.what): AdapterError => {
    if (failure) return failure;
    failure = new AdapterError(asked === undefined ? problem : `${problem} It was asked for ${asked}.`);
    child.kill('SIGKILL');
    // Processes that it started may hold them open; stderr is read a little longer, for what it said last.
    child.stdout.destroy();
    setTimeout(() => child.stderr.destroy(), 1000).unref();
    for (const one of pending.splice(0)) {
      clearTimeout(one.timer);
      one.reject(failure);
    }
    return failure;
  };
  const throwFailure = (): void => {
    if (failure) throw failure;
  };

  const ended = new Promise<string>((resolve) => {
    child.on('close', (code, signal) => resolve(signal === null ? `with exit code ${code}` : `by ${signal}`));
  });
  let closing = false;
  void ended.then((how) => {
    if (!closing) fail(`The adapter ended ${how} before it was told to.`);
  });
  for (const one of [child, child.stdin]) {
    one.on('error', () => {
      // Its end is reported by `close`, with the exit code.
    });
  }

  const errors = new StringDecoder('utf8');
  child.stderr.on('data', (chunk: Buffer) => onStderr(errors.write(chunk)));

  receiveLines(
    child.stdout,
    (line) => {
      const asked = pending.shift();
      if (!asked) {
        fail(`The adapter sent a line that nothing asked for: ${shortened(line)}.`);
        return;
      }
      try {
        asked.resolve(parseLine(line));
        clearTimeout(asked.timer);
      } catch (error) {
        pending.unshift(asked);
        fail(`The adapter ${(error as Error).message}`);
      }
    },
    fail,
  );

  return {
    async request(message, deadline, what, decode) {
      throwFailure();
      const reply = await new Promise<Json>((resolve, reject) => {
        const timer = setTimeout(
          () => fail(`The adapter did not answer within ${deadline / 1000} s.`),
          deadline,
        );
        pending.push({ what, resolve, reject, timer });
        child.stdin.write(`${toLine(message)}\n`);
      });
      try {
        return decode(reply);
      } catch (error) {
        if (!(error instanceof EncodingError)) throw error;
        throw fail(`The adapter broke the protocol: ${error.message}.`, what);
      }
    },
    async close(deadline) {
      throwFailure();
      closing = true;
      child.stdin.end(`${toLine({ op: 'bye' })}\n`);
      const timer = setTimeout(
        () => fail(`The adapter did not end within ${deadline / 1000} s after bye.`),
        deadline,
      );
      const how = await ended;
      clearTimeout(timer);
      throwFailure();
      if (how !== 'with exit code 0') throw fail(`After bye the adapter ended ${how}, and should with 0.`);
      if (pending.length > 0) throw fail('The adapter ended before it had answered.');
    },
  };
}

/** @throws NoSuchProgram */
async function started(program: string, args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  try {
    const child = spawn(program, args);
    await once(child, 'spawn');
    return child;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such program' : message;
    throw new NoSuchProgram(`cannot start '${program}': ${why}`);
  }
}

/** Splits what a process prints into lines. */
function receiveLines(
  stdout: Readable,
  onLine: (line: string) => void,
  fail: (problem: string) => void,
): void {
  let partial: Buffer[] = [];
  let length = 0;
  stdout.on('data', (chunk: Buffer) => {
    const first = chunk.indexOf('\n');
    const last = chunk.lastIndexOf('\n');
    length += first < 0 ? chunk.length : first;
    if (length > longestLine) return fail('The adapter sent a line of more than 16 MiB.');
    if (first < 0) {
      partial.push(chunk);
      return;
    }
    const whole = Buffer.concat([...partial, chunk.subarray(0, last)]);
    partial = [chunk.subarray(last + 1)];
    length = chunk.length - last - 1;
    if (!isUtf8(whole)) return fail('The adapter sent a line that is not UTF-8.');
    for (const line of whole.toString().split('\n')) onLine(line);
  });
}

function parseLine(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    throw new EncodingError(`sent a line that is not JSON (was it meant for stderr?): ${shortened(line)}.`);
  }
}

const shortened = (line: string): string =>
  JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
