import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { EncodingError, toLine, type Json } from '../codec.ts';
import { Bystander, longestLine, openLine, Stray, type Line } from './channel.ts';
import { AdapterError } from './subject.ts';

type Opened = {
  readonly line: Line;
  /** Makes the adapter print a text. */
  readonly says: (text: string | Buffer) => void;
  readonly ends: (how?: string) => void;
  readonly killed: () => boolean;
  /** Requests any JSON. */
  readonly asks: (what: string, deadline?: number, decode?: (reply: Json) => Json) => Promise<Json>;
};

function open(): Opened {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let end: (how: string) => void = () => {};
  let killed = false;
  const line = openLine(
    {
      stdin,
      stdout,
      stderr,
      ended: new Promise((resolve) => (end = resolve)),
      kill: () => {
        killed = true;
        end('by SIGKILL');
      },
    },
    () => {},
  );
  return {
    line,
    says: (text) => stdout.write(text),
    ends: (how = 'with exit code 0') => stdout.end(() => setImmediate(() => end(how))),
    killed: () => killed,
    asks: (what, deadline = 5000, decode = (reply) => reply) =>
      line.request(toLine({ what }), deadline, what, decode),
  };
}

/** The error with which a promise is rejected, which must be an AdapterError. */
const rejected = async (promise: Promise<unknown>): Promise<AdapterError> => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(AdapterError);
  return error as AdapterError;
};

describe('replies', () => {
  test('are given in the order of the requests, however they are cut', async () => {
    const { asks, says } = open();
    const replies = [asks('one'), asks('two'), asks('three')];
    for (const part of ['1\n{"a":', '"\u00e9', '"}\n"th', 'ree"\n']) says(part);
    expect(await Promise.all(replies)).toEqual([1, { a: '\u00e9' }, 'three']);
  });

  test('that have come are read before it is said that they are late', async () => {
    const { asks, says } = open();
    const reply = asks('one', 20);
    // Like the output of a process that waits in a pipe while this process is busy.
    setTimeout(() => setImmediate(() => says('1\n')), 5);
    const until = performance.now() + 60;
    while (performance.now() < until);
    await expect(reply).resolves.toBe(1);
  });

  test('have their own time, which begins when those before are there', async () => {
    const { asks, says } = open();
    const replies = [asks('one', 150), asks('two', 150)];
    await pause(100);
    says('1\n');
    await pause(100);
    says('2\n');
    expect(await Promise.all(replies)).toEqual([1, 2]);
  });

  test('of 16 MiB are read, and longer ones are not', async () => {
    const { asks, says } = open();
    const reply = asks('one');
    says(`"${'x'.repeat(longestLine - 2)}"\n`);
    expect(await reply).toHaveLength(longestLine - 2);
    const more = rejected(asks('two'));
    for (let sent = 0; sent <= longestLine; sent += 65_536) says('x'.repeat(65_536));
    expect((await more).message).toMatch(/more than 16 MiB\. It was asked for two\. /);
  });

  test('may hold whole surrogate pairs, and no half of one', async () => {
    const { asks, says } = open();
    const replies = [asks('one'), asks('two')];
    says(String.raw`["\ud83d\ude00", "\\ud800"]` + '\n');
    expect(await replies[0]).toEqual(['\u{1f600}', String.raw`\ud800`]);
    says(String.raw`{"list":["\udc00"]}` + '\n');
    expect((await rejected(replies[1]!)).message).toContain(
      String.raw`a string holds a lone surrogate: "\udc00"; write it as the list of its code points, {"str":[…]}`,
    );
  });
});

describe('a failure', () => {
  test('is of the message whose turn it was; the others were only there', async () => {
    const { asks, says, line, killed } = open();
    const [one, two, three] = [asks('one'), rejected(asks('two')), rejected(asks('three'))];
    says('1\nnoise\n');
    expect(await one).toBe(1);
    expect((await two).message).toMatch(/not JSON: "noise"\. .* It was asked for two\. /);
    expect(await two).not.toBeInstanceOf(Bystander);
    expect(await three).toBeInstanceOf(Bystander);
    expect(line.idle).toBe(false);
    expect(killed()).toBe(true);
    expect(await rejected(asks('four'))).toBeInstanceOf(Bystander);
  });

  test('between two messages is of none', async () => {
    const { asks, says, ends, line } = open();
    const one = asks('one');
    says('1\n');
    await one;
    ends();
    await pause(20);
    expect(line.idle).toBe(true);
    const two = await rejected(asks('two'));
    expect(two).toBeInstanceOf(Bystander);
    expect(two.message).toMatch(/^The adapter ended with exit code 0 before it received bye\. Look at /);
  });

  test('by a reply to what was answered is of no message', async () => {
    const { asks, says, line } = open();
    const stray = (): never => {
      throw new Stray('it answered message 1 a second time');
    };
    const [one, two] = [rejected(asks('one', 5000, stray)), rejected(asks('two'))];
    says('1\n');
    expect(await one).toBeInstanceOf(Bystander);
    expect(await two).toBeInstanceOf(Bystander);
    expect((await one).message).toMatch(/it answered message 1 a second time\. See spec\//);
    expect(line.idle).toBe(true);
  });

  test('by what cannot be decoded is one of the protocol, however deep it is', async () => {
    const fails = (reply: Json): Json => {
      if (reply === 1) throw new EncodingError('not this');
      throw new RangeError('Maximum call stack size exceeded');
    };
    for (const [text, problem] of [
      ['1', 'not this'],
      ['2', 'a reply is nested too deeply'],
    ] as const) {
      const { asks, says } = open();
      const reply = rejected(asks('one', 5000, fails));
      says(`${text}\n`);
      expect((await reply).why).toBe('protocol');
      expect((await reply).message).toContain(`The adapter broke the protocol: ${problem}. `);
    }
  });
});

describe('at bye', () => {
  test.each<readonly [says: string, how: string, problem: RegExp]>([
    ['', 'with exit code 1', /After bye, the adapter ended with exit code 1/],
    ['', 'by SIGSEGV', /After bye, the adapter ended by SIGSEGV/],
    ['bye\n', 'with exit code 0', /a line without a request: "bye"/],
    ['{"seq":1', 'with exit code 0', /ended in the middle of a line/],
  ])('it may not say %j and end %s', async (text, how, problem) => {
    const { line, says, ends } = open();
    const closed = rejected(line.close(5000));
    if (text !== '') says(text);
    ends(how);
    expect((await closed).message).toMatch(problem);
  });

  test('it ends', async () => {
    const { line, ends, asks, says } = open();
    const one = asks('one');
    says('1\n');
    await one;
    const closed = line.close(5000);
    ends();
    await expect(closed).resolves.toBeUndefined();
  });
});
