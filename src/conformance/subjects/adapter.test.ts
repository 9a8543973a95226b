import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Call, Outcome } from '../../python/call.ts';
import { plainState } from '../../python/interpreter.ts';
import { Str, str } from '../../python/text.ts';
import type { Hello } from '../features.ts';
import { packageRoot } from '../package.ts';
import { deadlinesOf, greet, type Deadlines } from './adapter.ts';
import { startProcess } from './process.ts';
import { AdapterError, NoSuchProgram } from './subject.ts';
import { expectGone, misbehaving } from './testing.ts';

const calls: readonly Call[] = ['a.py', 'b.py', 'c.py'].map((path) => ({
  state: plainState([3, 12, 1]),
  args: [str(path)],
  kwargs: [],
}));

type Started = {
  readonly hello: Hello;
  ask(calls: readonly Call[]): Promise<Outcome[]>;
  close(): Promise<void>;
};
type Run = { readonly stderr: () => string; start(): Promise<Started>; gone(): Promise<void> };

/** An adapter in the given mode. `gone` waits until its process has ended. */
function adapter(
  mode: string,
  { hello = {}, deadline = {} }: { hello?: Record<string, unknown>; deadline?: Partial<Deadlines> } = {},
  command: readonly string[] = misbehaving('adapter.mjs', mode, JSON.stringify(hello)),
): Run {
  let text = '';
  const deadlines = { ...deadlinesOf(5), ...deadline };
  return {
    stderr: () => text,
    start: async () => {
      const conversation = await greet(await startProcess(command), (more) => (text += more), deadlines);
      return {
        hello: conversation.hello,
        ask: (calls) => conversation.ask(calls, deadlines.message),
        close: () => conversation.line.close(deadlines.bye),
      };
    },
    gone: async () => {
      const pid = Number(/^pid (\d+)$/m.exec(text)?.[1]);
      expect(pid).toBeGreaterThan(0);
      await expectGone([pid]);
    },
  };
}

/** The error with which a promise is rejected. */
async function problemOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing went wrong');
}

const textsOf = (outcomes: readonly Outcome[]): Array<string | undefined> =>
  outcomes.map((one) => (one.kind === 'return' && one.value instanceof Str ? one.value.units : undefined));

describe('an adapter that does as it should', () => {
  test('says who it is, answers and ends', async () => {
    const run = adapter('well', { hello: { fixed: { cwd: '/fixed' } } });
    const subject = await run.start();
    expect(subject.hello).toMatchObject({
      implementation: { name: 'constant', version: '1.0.0' },
      python: [3, 12, 1],
      platform: 'posix',
      supports: new Set(['optimization', 'cache_tag', 'optimize', 'warnings', 'messages']),
    });
    expect(subject.hello.fixed.cwd?.units).toBe('/fixed');
    expect(textsOf(await subject.ask(calls))).toEqual(calls.map(() => '__pycache__/constant.pyc'));
    await subject.close();
    await run.gone();
  });

  test('may be of Windows, and claim a release of any age', async () => {
    for (const [python, version] of [
      ['3.4.0', [3, 4, 0]],
      ['3.15.0', [3, 15, 0]],
      ['4.1.0', [4, 1, 0]],
      ['2.7.18', [2, 7, 18]],
    ] as const) {
      const subject = await adapter('well', { hello: { platform: 'win32', python } }).start();
      expect([subject.hello.platform, subject.hello.python]).toEqual(['win32', version]);
      await subject.close();
    }
  });

  test('may lack what the protocol does not require', async () => {
    const supports = ['cache_tag', 'optimize', 'pycache_prefix', 'cwd', 'removed_cwd'];
    const subject = await adapter('well', { hello: { supports } }).start();
    expect(subject.hello.supports).toEqual(new Set(supports));
    await subject.close();
  });

  test('may be asked again before it has answered', async () => {
    const run = adapter('well');
    const subject = await run.start();
    const replies = await Promise.all([1, 2, 3].map((count) => subject.ask(calls.slice(0, count))));
    expect(replies.map((reply) => reply.length)).toEqual([1, 2, 3]);
    await subject.close();
  });

  test('may write a reply in two parts, one of which ends within a character', async () => {
    const subject = await adapter('in two writes').start();
    expect(textsOf(await subject.ask(calls))).toEqual(['\u00e9', '\u00e9', '\u00e9']);
    await subject.close();
  });

  test('may write the beginning of a reply together with the one before', async () => {
    const subject = await adapter('a reply and a half').start();
    const replies = await Promise.all([1, 2].map((count) => subject.ask(calls.slice(0, count))));
    expect(replies.map((reply) => reply.length)).toEqual([1, 2]);
    await subject.close();
  });

  test('may end its lines as Windows does', async () => {
    const subject = await adapter('ends lines as Windows does').start();
    expect(await subject.ask(calls)).toHaveLength(3);
    await subject.close();
  });

  test('may add keys that the protocol does not name', async () => {
    const subject = await adapter('adds keys', { hello: { language: 'JavaScript' } }).start();
    expect(await subject.ask(calls)).toHaveLength(3);
    await subject.close();
  });

  test('may write a line of almost 16 MiB', async () => {
    const subject = await adapter('line just short enough').start();
    expect(textsOf(await subject.ask(calls.slice(0, 1)))[0]).toHaveLength(16 * 1024 * 1024 - 40);
    await subject.close();
  });

  test('has all that it prints to stderr passed on', async () => {
    const run = adapter('talkative');
    const subject = await run.start();
    await subject.ask(calls);
    await subject.ask(calls);
    await subject.close();
    const expected = [1, 2].flatMap((seq) =>
      Array.from({ length: 2000 }, (_, i) => `message ${seq}, line ${i}: \u00e9`),
    );
    expect(run.stderr().split('\n').slice(1)).toEqual([...expected, 'the end']);
  });
});

describe('the working directory', () => {
  test('of a subject that cannot set it is sent as it is fixed', async () => {
    const echo = `
      let text = '';
      process.stdin.on('data', (chunk) => {
        text += chunk;
        for (let end; (end = text.indexOf('\\n')) >= 0; text = text.slice(end + 1)) {
          const { op, seq, calls } = JSON.parse(text.slice(0, end));
          if (op === 'bye') process.exit(0);
          const reply = op === 'hello'
            ? { protocol: 1, implementation: { name: 'echo', version: '1' }, python: '3.12.1',
                platform: 'posix', supports: ['cache_tag', 'optimize'], fixed: { cwd: '/fixed' } }
            : { seq, outcomes: calls.map((call) => ({ return: JSON.stringify(call) })) };
          console.log(JSON.stringify(reply));
        }
      });`;
    const subject = await adapter('', {}, [process.execPath, '-e', echo]).start();
    const [outcome] = textsOf(await subject.ask(calls.slice(0, 1)));
    expect(JSON.parse(outcome!)).toEqual({
      env: { cache_tag: 'cpython-312', optimize: 0, pycache_prefix: null, cwd: '/fixed' },
      args: ['a.py'],
    });
    await subject.close();
  });
});

describe('a program that cannot be started', () => {
  test.each<readonly [string, string, RegExp]>([
    [
      'does not exist',
      'no-such-program-anywhere',
      /^cannot start 'no-such-program-anywhere': there is no such program$/,
    ],
    ['is a folder', packageRoot(), /^cannot start '.*': it is a directory$/],
    [
      'lies below a file',
      join(packageRoot(), 'package.json', 'x'),
      /^cannot start '.*': '.*package\.json' is not a directory$/,
    ],
    ['has no name', '', /^cannot start '': its name is empty$/],
  ])('because it %s is told from one that fails', async (_, program, message) => {
    const error = await problemOf(adapter('', {}, [program]).start());
    expect(error).toBeInstanceOf(NoSuchProgram);
    expect(error.message).toMatch(message);
  });
});

describe('an adapter fails that, at hello,', () => {
  test.each<readonly [string, RegExp, string]>([
    [
      'exits at hello',
      /^The adapter ended with exit code 3 before it received bye\. It was asked for hello\. Look at /,
      'exits',
    ],
    [
      'prints to stdout',
      /^The adapter sent a line that is not JSON: "Loading…"\. Was it meant for stderr\? It was asked for hello\. /,
      'prints something else to stdout',
    ],
    [
      'is no object',
      /^The adapter broke the protocol: hello cannot be \[1\]\. It was asked for hello\. /,
      'says no object',
    ],
  ])('%s', async (mode, message) => {
    const run = adapter(mode);
    const error = await problemOf(run.start());
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toMatch(message);
    await run.gone();
  });

  test('says nothing', async () => {
    const run = adapter('silent', { deadline: { hello: 1000 } });
    const error = await problemOf(run.start());
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toMatch(
      /^The adapter did not answer within 1 s\. It was asked for hello\. .*--timeout/,
    );
    await run.gone();
  });

  test('says it twice', async () => {
    const run = adapter('says hello twice');
    const subject = await run.start();
    const error = await problemOf(subject.ask(calls));
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toMatch(/^The adapter sent a line without a request: "\{\\"protocol\\":1/);
    await run.gone();
  });

  test.each<readonly [string, Record<string, unknown>, string]>([
    ['speaks another protocol', { protocol: 2 }, 'it speaks protocol 2 instead of 1'],
    ['speaks no protocol', { protocol: null }, 'it speaks protocol missing instead of 1'],
    ['has no implementation', { implementation: null }, "hello's implementation cannot be missing"],
    [
      'has an implementation without a version',
      { implementation: { name: 'x' } },
      "hello's implementation needs a name and a version, both strings",
    ],
    ['claims no Python', { python: null }, 'hello\'s python is not three numbers such as "3.12.1": missing'],
    [
      'claims a Python of two numbers',
      { python: '3.12' },
      'hello\'s python is not three numbers such as "3.12.1": "3.12"',
    ],
    [
      'claims a release candidate',
      { python: '3.14.0rc1' },
      'hello\'s python is not three numbers such as "3.12.1": "3.14.0rc1"',
    ],
    ['is of another platform', { platform: 'vms' }, 'hello\'s platform must be one of posix, win32: "vms"'],
    ['does not say what it supports', { supports: null }, "hello's supports is not a list: missing"],
    [
      'supports what is no feature',
      { supports: ['cache_tag', 'optimize', 'telepathy'] },
      'hello supports "telepathy", which is not a feature; the features are optimization, debug_override, path_like, pycache_prefix, cache_tag, optimize, cwd, removed_cwd, warnings, messages, python_calls, objects, values',
    ],
    [
      'names a function twice',
      { functions: ['source_from_cache', 'cache_from_source', 'source_from_cache'] },
      'hello\'s functions has "source_from_cache" twice',
    ],
    [
      'names a function that is none',
      { functions: ['source_from_cache', 'source_to_cache'] },
      'hello\'s functions has "source_to_cache", which is not a function; the functions are cache_from_source, source_from_cache',
    ],
    [
      'names no function',
      { functions: [] },
      "hello's functions is empty; without the key, the only function is cache_from_source",
    ],
    [
      'neither supports nor fixes the cache tag',
      { supports: ['optimize'] },
      'hello does not support cache_tag, so "fixed" must give its value',
    ],
    [
      'neither supports nor fixes the level',
      { supports: ['cache_tag'], fixed: { cache_tag: 'x' } },
      'hello does not support optimize, so "fixed" must give its value',
    ],
    [
      'fixes a tag that is no text',
      { supports: ['optimize'], fixed: { cache_tag: 3 } },
      'fixed cache_tag cannot be 3',
    ],
    [
      'fixes a level that is no integer',
      { supports: ['cache_tag'], fixed: { optimize: null } },
      'fixed optimize cannot be null',
    ],
    ['fixes a working directory that is no text', { fixed: { cwd: null } }, 'fixed cwd cannot be null'],
    ['fixes a list', { fixed: [] }, "hello's fixed cannot be []"],
  ])('%s', async (_, hello, problem) => {
    const run = adapter('well', { hello });
    const error = await problemOf(run.start());
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toContain(`The adapter broke the protocol: ${problem}. It was asked for hello. `);
    await run.gone();
  });
});

describe('an adapter fails that, asked for calls,', () => {
  const asked = 'It was asked for the 3 calls of message 1.';

  test.each<readonly [string, string]>([
    ['wrong seq', `The adapter broke the protocol: it answered message 7 instead of 1. ${asked}`],
    ['one too few', `The adapter broke the protocol: it gave 2 outcomes for 3 calls. ${asked}`],
    ['one too many', `The adapter broke the protocol: it gave 4 outcomes for 3 calls. ${asked}`],
    ['no outcomes', `The adapter broke the protocol: its outcomes are not a list: missing. ${asked}`],
    [
      'strange outcome',
      `The adapter broke the protocol: an outcome is one of return, raise, unsupported, skipped, error; got {"returns":"a.pyc"}. ${asked}`,
    ],
    ['strange value', `The adapter broke the protocol: not a value: {"set":[]}. ${asked}`],
    ['long line', `The adapter sent a line of more than 16 MiB. ${asked}`],
    ['not UTF-8', `The adapter sent a line that is not UTF-8. ${asked}`],
    ['is killed midway', `The adapter ended by SIGTERM before it received bye. ${asked}`],
  ])('%s', async (mode, message) => {
    const run = adapter(mode);
    const subject = await run.start();
    const error = await problemOf(subject.ask(calls));
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message.startsWith(`${message} `)).toBe(true);
    await run.gone();
  });

  test('does not answer', async () => {
    const run = adapter('hangs at calls', { deadline: { message: 200 } });
    const subject = await run.start();
    const error = await problemOf(subject.ask(calls));
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toContain(`The adapter did not answer within 0.2 s. ${asked} `);
    await run.gone();
  });

  test('exits between two answers: the first counts, and its last words are passed on', async () => {
    const run = adapter('exits midway');
    const subject = await run.start();
    const [first, ...lost] = [1, 2, 3].map(() => subject.ask(calls));
    const errors = lost.map(problemOf);
    expect(await first).toHaveLength(3);
    for (const error of await Promise.all(errors)) {
      expect(error).toBeInstanceOf(AdapterError);
      expect(error.message).toContain(
        'The adapter ended with exit code 7 before it received bye. It was asked for the 3 calls of message 2.',
      );
    }
    expect(run.stderr()).toMatch(/^Traceback\nlast words$/m);
    await run.gone();
  });

  test('says which message was answered wrongly, though others wait', async () => {
    const subject = await adapter('strange outcome').start();
    const errors = [calls.slice(0, 1), calls].map((some) => problemOf(subject.ask(some)));
    for (const error of await Promise.all(errors)) {
      expect(error.message).toMatch(/It was asked for the call of message 1\. /);
    }
  });

  test('adds a line after its answer', async () => {
    const run = adapter('adds a line');
    const subject = await run.start();
    await subject.ask(calls);
    const error = await problemOf(subject.close());
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toContain('The adapter sent a line without a request: "That was all.". ');
    await run.gone();
  });

  test('has failed before: it is not asked again', async () => {
    const run = adapter('wrong seq');
    const subject = await run.start();
    const first = await problemOf(subject.ask(calls));
    expect((await problemOf(subject.ask(calls))).message).toBe(first.message);
    expect(await problemOf(subject.close())).toBe(first);
  });
});

describe('an adapter fails that, after bye,', () => {
  test.each<readonly [string, string]>([
    ['fails at bye', 'After bye, the adapter ended with exit code 5 instead of 0.'],
    ['stays after bye', 'The adapter did not end within 0.2 s after bye.'],
    ['speaks after bye', 'The adapter sent a line without a request: "Goodbye!".'],
  ])('%s', async (mode, message) => {
    const run = adapter(mode, mode.startsWith('stays') ? { deadline: { bye: 200 } } : {});
    const subject = await run.start();
    await subject.ask(calls);
    const error = await problemOf(subject.close());
    expect(error).toBeInstanceOf(AdapterError);
    expect(error.message).toContain(message);
    await run.gone();
  });

  test('has answers left to give', async () => {
    const run = adapter('hangs at calls');
    const subject = await run.start();
    const lost = problemOf(subject.ask(calls));
    const error = await problemOf(subject.close());
    expect(error.message).toContain(
      'The adapter ended before it had answered. It was asked for the 3 calls of message 1.',
    );
    expect(await lost).toBe(error);
    await run.gone();
  });
});

test('what an adapter started ends with it, though it keeps its streams', async () => {
  if (process.platform === 'win32') return;
  const command = ['sh', '-c', '"$0" "$@"; exit $?', ...misbehaving('adapter.mjs', 'hangs at calls')];
  const run = adapter('', { deadline: { message: 200 } }, command);
  const subject = await run.start();
  onTestFinished(() => subject.close().catch(() => {}));
  const error = await problemOf(subject.ask(calls));
  expect(error.message).toMatch(/did not answer within 0\.2 s/);
  await run.gone();
});
