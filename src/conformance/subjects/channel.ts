/*
 * Exchanges lines with an adapter, wherever it runs.
 */
import { isUtf8 } from 'node:buffer';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { EncodingError, excerpt, toLine, type Json } from '../codec.ts';
import type { Mishap } from '../events.ts';
import { AdapterError } from './subject.ts';

/** The streams of a running adapter. */
export type Channel = {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended, such as `with exit code 1`. Resolves when it has ended and its streams are closed. */
  readonly ended: Promise<string>;
  /** Ends it and everything that it started, at once. */
  kill(): void;
};

export const longestLine = 16 * 1024 * 1024;
/** How much of the end of stderr is kept, in characters, to be shown with a failure. */
const stderrKept = 4000;

/** The error for a message that was lost because the adapter failed on another message, or between messages. */
export class Bystander extends AdapterError {}

/** Thrown for a reply to a message that was already answered. It says nothing about the current message. */
export class Stray extends EncodingError {}

/** One conversation with an adapter. After its first failure, nothing more is sent. */
export type Line = {
  readonly failure: AdapterError | undefined;
  /** Whether no message caused the failure. */
  readonly idle: boolean;
  /** The end of what came on stderr. */
  readonly stderr: string;
  /**
   * Sends a message, and waits for its reply.
   * @param message one line of ASCII
   * @param deadline in milliseconds, counted from when all earlier messages are answered
   * @param what what is asked for, for the error message
   * @throws Bystander if the line failed on another message
   * @throws AdapterError
   */
  request<T>(message: string, deadline: number, what: string, decode: (reply: Json) => T): Promise<T>;
  /**
   * Says bye.
   * @throws AdapterError if the adapter does not end as it should
   */
  close(deadline: number): Promise<void>;
  kill(): void;
};

type Pending = {
  readonly what: string;
  readonly deadline: number;
  /** @throws EncodingError */
  readonly accept: (reply: Json) => void;
  readonly reject: (error: Error) => void;
};

const advice = {
  stdout: 'stdout carries the protocol and nothing else: print to stderr instead.',
  timeout: 'If it needs longer, use --timeout.',
  crash: 'Look at what it printed to stderr, or run `pycache-spec doctor`, which tries it piece by piece.',
  protocol: 'See spec/protocol.md for replies, or run `pycache-spec doctor`, which tries it piece by piece.',
};

export function openLine(channel: Channel, onStderr: (text: string) => void): Line {
  const { stdin, stdout, stderr } = channel;
  const pending: Pending[] = [];
  let failure: AdapterError | undefined;
  let idle = false;
  let timer: NodeJS.Timeout | undefined;
  let closing = false;
  let kept = '';

  const fail = (why: Mishap, what: string, todo: string, stray = false): AdapterError => {
    if (failure) return failure;
    clearTimeout(timer);
    const bystanders = pending.splice(0);
    const guilty = stray ? undefined : bystanders.shift();
    idle = guilty === undefined;
    const asked = guilty === undefined ? '' : ` It was asked for ${guilty.what}.`;
    failure = new AdapterError(why, `${what}${asked} ${todo}`);
    channel.kill();
    // Processes that it started may keep the streams open. stderr is read a little longer, for its last words.
    stdout.destroy();
    setTimeout(() => stderr.destroy(), 1000).unref();
    guilty?.reject(failure);
    for (const one of bystanders) one.reject(new Bystander(why, failure.message));
    return failure;
  };

  /** Starts the time limit of the message that is to be answered next. */
  const arm = (): void => {
    clearTimeout(timer);
    const [first] = pending;
    if (first === undefined) return;
    const late = (): void => {
      if (pending[0] !== first) return;
      fail('timeout', `The adapter did not answer within ${first.deadline / 1000} s.`, advice.timeout);
    };
    // An answer that arrived while this process was busy is read first.
    timer = setTimeout(() => setImmediate(late), first.deadline);
  };

  void channel.ended.then((how) => {
    if (!closing) fail('crash', `The adapter ended ${how} before it received bye.`, advice.crash);
  });

  const errors = new StringDecoder('utf8');
  stderr.on('data', (chunk: Buffer) => {
    const text = errors.write(chunk);
    kept = (kept + text).slice(-stderrKept);
    onStderr(text);
  });

  const partial = receiveLines(
    stdout,
    (text) => {
      if (failure) return;
      const asked = pending[0];
      if (!asked) {
        fail('protocol', `The adapter sent a line without a request: ${shortened(text)}.`, advice.stdout);
        return;
      }
      const reply = parsed(text);
      if (reply === undefined) {
        fail(
          'protocol',
          `The adapter sent a line that is not JSON: ${shortened(text)}. Was it meant for stderr?`,
          advice.stdout,
        );
        return;
      }
      try {
        if (surrogateEscape.test(text)) refuseLoneSurrogates(reply);
        asked.accept(reply);
      } catch (error) {
        const problem =
          error instanceof RangeError ? 'a reply is nested too deeply' : (error as Error).message;
        if (!(error instanceof EncodingError || error instanceof RangeError)) throw error;
        const isStray = error instanceof Stray;
        fail('protocol', `The adapter broke the protocol: ${problem}.`, advice.protocol, isStray);
        return;
      }
      pending.shift();
      arm();
    },
    (problem, todo) => fail('protocol', problem, todo),
  );

  return {
    get failure() {
      return failure;
    },
    get idle() {
      return idle;
    },
    get stderr() {
      return kept;
    },
    kill: () => channel.kill(),
    request: (message, deadline, what, decode) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(new Bystander(failure.why, failure.message));
          return;
        }
        pending.push({ what, deadline, accept: (reply) => resolve(decode(reply)), reject });
        if (pending.length === 1) arm();
        stdin.write(`${message}\n`, 'latin1');
      }),
    async close(deadline) {
      if (failure) throw failure;
      closing = true;
      stdin.end(`${toLine({ op: 'bye' })}\n`);
      const late = setTimeout(
        () =>
          fail(
            'timeout',
            `The adapter did not end within ${deadline / 1000} s after bye.`,
            'Make it exit with code 0 after bye.',
          ),
        deadline,
      );
      const how = await channel.ended;
      clearTimeout(late);
      if (failure as AdapterError | undefined) throw failure;
      if (how !== 'with exit code 0') {
        throw fail('crash', `After bye, the adapter ended ${how} instead of 0.`, advice.crash);
      }
      if (pending.length > 0) throw fail('crash', 'The adapter ended before it had answered.', advice.crash);
      if (partial() > 0) throw fail('protocol', 'The adapter ended in the middle of a line.', advice.stdout);
    },
  };
}

/**
 * Splits the input into lines.
 * @returns a function that gives the length of the unfinished line
 */
function receiveLines(
  stdout: Readable,
  onLine: (line: string) => void,
  fail: (problem: string, todo: string) => void,
): () => number {
  let partial: Buffer[] = [];
  let length = 0;
  stdout.on('data', (chunk: Buffer) => {
    const first = chunk.indexOf('\n');
    const last = chunk.lastIndexOf('\n');
    length += first < 0 ? chunk.length : first;
    if (length > longestLine) {
      partial = [];
      fail(
        'The adapter sent a line of more than 16 MiB.',
        'No reply is that long: does it send replies without line ends?',
      );
      return;
    }
    if (first < 0) {
      partial.push(chunk);
      return;
    }
    const whole = Buffer.concat([...partial, chunk.subarray(0, last)]);
    partial = [chunk.subarray(last + 1)];
    length = chunk.length - last - 1;
    if (!isUtf8(whole)) {
      fail(
        'The adapter sent a line that is not UTF-8.',
        'Write JSON in ASCII, or open stdout as UTF-8, whatever the locale is.',
      );
      return;
    }
    for (const line of whole.toString().split('\n')) onLine(line);
  });
  return () => length;
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return undefined;
  }
}

/** A heuristic for the escape of a surrogate without its other half. */
const surrogateEscape =
  /\\u[dD][89abAB][\da-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][\da-fA-F]{2})\\u[dD][c-fC-F]/;

/** @throws EncodingError */
function refuseLoneSurrogates(json: Json): void {
  if (typeof json === 'string') {
    if (!/\p{Cs}/u.test(json)) return;
    throw new EncodingError(
      `a string holds a lone surrogate: ${excerpt(json)}; write it as the list of its code points, {"str":[…]}`,
    );
  }
  if (json !== null && typeof json === 'object') Object.values(json).forEach(refuseLoneSurrogates);
}

const shortened = (line: string): string =>
  JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
