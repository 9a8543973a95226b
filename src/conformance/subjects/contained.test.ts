import { describe, expect, test } from 'vitest';
import type { Call } from '../../python/call.ts';
import { plainState } from '../../python/interpreter.ts';
import { str } from '../../python/text.ts';
import { deadlinesOf } from './adapter.ts';
import { contain, type Containment, type Trouble } from './contained.ts';
import type { Reply, Subject } from './subject.ts';
import { check, expectSound, inProcess, type Fault, type Schedule } from './testing.ts';

const call = (path: string): Call => ({ state: plainState([3, 12, 1]), args: [str(path)], kwargs: [] });
const calls = (...paths: readonly string[]): Call[] => paths.map(call);
/** That many calls, of which none is special. */
const plain = (count: number): Call[] => Array.from({ length: count }, (_, i) => call(`n${i}.py`));

type Opened = { subject: Subject; troubles: Trouble[]; starts: () => number };

async function open(schedule: Schedule, options: Partial<Containment> = {}): Promise<Opened> {
  const troubles: Trouble[] = [];
  let starts = 0;
  const adapter = inProcess(schedule);
  const subject = await contain({
    launch: () => {
      starts++;
      return adapter.launch();
    },
    onStderr: () => {},
    onTrouble: (trouble) => troubles.push(trouble),
    deadlines: { ...deadlinesOf(5), call: 30, message: 60 },
    restarts: 50,
    ...options,
  });
  return { subject, troubles, starts: () => starts };
}

/** The result of each call: `return`, or why it was lost. */
const kindsOf = (replies: readonly Reply[]): string[] =>
  replies.map((reply) => (reply.kind === 'lost' ? reply.why : reply.kind));
const crash = (path: string, more: Partial<Fault> = {}): Fault => ({ fault: 'crash before', path, ...more });

describe('an adapter that fails', () => {
  test.each<readonly [fault: string, why: string]>([
    ['crash before', 'crash'],
    ['hang', 'timeout'],
    ['short', 'protocol'],
    ['error', 'error'],
    ['contradiction', 'protocol'],
  ])('at two of many calls is found out, and answers the others: %s', async (fault, why) => {
    const { subject, troubles } = await open([{ fault, path: 'bad' }]);
    const many = [...plain(40), call('bad1.py'), ...plain(80), call('bad2.py'), ...plain(3)];
    const kinds = kindsOf(await subject.ask(many));
    expect(kinds).toEqual(
      many.map(({ args: [path] }) => (/bad/.test(JSON.stringify(path)) ? why : 'return')),
    );
    expect(troubles).toEqual([]);
    await subject.close();
  });

  test('costs few new starts to be found out', async () => {
    const { subject, starts } = await open([crash('bad')]);
    await subject.ask([...plain(127), call('bad.py')]);
    // One restart after the message, and two to show that the call alone is to blame.
    expect(starts()).toBe(1 + 3);
    await subject.close();
  });

  test('does not take the messages that wait with it', async () => {
    const { subject, troubles } = await open([crash('bad', { once: true })]);
    const replies = await Promise.all(
      [plain(3), calls('bad.py', 'a.py'), plain(5)].map((some) => subject.ask(some)),
    );
    expect(replies.map(kindsOf)).toEqual([3, 2, 5].map((count) => Array(count).fill('return')));
    expect(troubles).toMatchObject(
      [{ why: 'crash', text: /^The adapter ended with exit code 3 .* not deterministic/ }].map(
        ({ why, text }) => ({
          why,
          text: expect.stringMatching(text) as string,
        }),
      ),
    );
    await subject.close();
  });

  test('by the number of its calls is not a failure of any of them', async () => {
    const { subject, troubles } = await open([{ fault: 'crash before', call: 7 }]);
    expect(kindsOf(await subject.ask(plain(30)))).toEqual(Array(30).fill('return'));
    expect(troubles.length).toBeGreaterThan(0);
    expect(troubles.every(({ text }) => text.includes('did not happen again'))).toBe(true);
    await subject.close();
  });

  test.each(['doubled', 'noise after', 'crash after'])(
    'after its answer, at a call asked alone, is not a failure of the next: %s',
    async (fault) => {
      const { subject, troubles } = await open([{ fault, path: 'odd', once: true }]);
      const kinds = [await subject.ask(calls('odd.py')), await subject.ask(calls('a.py'))].flatMap(kindsOf);
      expect(kinds).toEqual(['return', 'return']);
      expect(troubles).toHaveLength(1);
      await subject.close();
    },
  );

  test('at all calls of a message is given up for that message alone', async () => {
    const { subject } = await open([crash('bad')]);
    await subject.ask(calls('a.py'));
    const kinds = kindsOf(await subject.ask(Array.from({ length: 20 }, (_, i) => call(`bad${i}.py`))));
    expect(kinds.slice(0, 3)).toEqual(['crash', 'crash', 'crash']);
    expect(new Set(kinds.slice(3))).toEqual(new Set(['not run']));
    expect(kindsOf(await subject.ask(plain(2)))).toEqual(['return', 'return']);
    expect(subject.stopped()).toBeNull();
    await subject.close();
  });

  test('at all calls is given up', async () => {
    const { subject, starts } = await open([{ fault: 'crash before' }]);
    const kinds = kindsOf(await subject.ask(plain(20)));
    expect(kinds.slice(0, 3)).toEqual(['crash', 'crash', 'crash']);
    expect(new Set(kinds.slice(3))).toEqual(new Set(['not run']));
    expect(subject.stopped()).toBe('the adapter failed on 3 calls in a row, and answered none');
    expect(starts()).toBeLessThan(12);
    expect(kindsOf(await subject.ask(plain(2)))).toEqual(['not run', 'not run']);
    await subject.close();
  });

  test('more often than it may be started again says how, and stops', async () => {
    const { subject, troubles } = await open([crash('bad')], { restarts: 0 });
    expect(kindsOf(await subject.ask(calls('a.py', 'bad.py')))).toEqual(['not run', 'not run']);
    expect(subject.stopped()).toBe('the adapter had been restarted 0 times (--restarts)');
    expect(troubles.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^The adapter ended with exit code 3 before it received bye\. .* piece by piece\.$/,
      ),
    ]);
    await subject.close();
  });

  test('tells what it printed last', async () => {
    const { subject, troubles } = await open([
      { fault: 'noise on stderr', message: 1 },
      crash('bad', { once: true }),
    ]);
    await subject.ask(calls('a.py'));
    await subject.ask(calls('bad.py'));
    expect(troubles[0]?.stderr).toMatch(/a warning\n$/);
    await subject.close();
  });
});

test('asked nothing, an adapter is sent nothing', async () => {
  let turns = 0;
  const { launch } = inProcess([], () => turns++);
  const { subject } = await open([], { launch });
  expect(await subject.ask([])).toEqual([]);
  expect(await subject.ask(plain(1))).toHaveLength(1);
  // One turn for its start, and one for the call.
  expect(turns).toBe(2);
  await subject.close();
});

describe('an interruption', () => {
  test('before it is asked stops it', async () => {
    const controller = new AbortController();
    const opened = open([], { signal: controller.signal });
    const { subject } = await opened;
    controller.abort('it was interrupted');
    expect(kindsOf(await subject.ask(plain(2)))).toEqual(['not run', 'not run']);
    expect(subject.stopped()).toBe('it was interrupted');
    await subject.close();
  });

  test('while it says hello is not missed', async () => {
    const controller = new AbortController();
    const { launch } = inProcess([]);
    const subject = await contain({
      launch: async () => {
        const channel = await launch();
        // The hello has arrived, but has not been reported yet.
        channel.stdout.once('data', () =>
          queueMicrotask(() => queueMicrotask(() => controller.abort('at once'))),
        );
        return { ...channel, kill: () => {} };
      },
      onStderr: () => {},
      onTrouble: () => {},
      deadlines: deadlinesOf(5),
      restarts: 0,
      signal: controller.signal,
    });
    expect(subject.stopped()).toBe('at once');
    expect(kindsOf(await subject.ask(plain(1)))).toEqual(['not run']);
  });

  test('while it is found out how it fails is no failure of its own', async () => {
    const controller = new AbortController();
    let turns = 0;
    const adapter = inProcess([crash('bad')], () => {
      turns++;
      if (turns === 4) controller.abort('it was interrupted');
    });
    const troubles: Trouble[] = [];
    const subject = await contain({
      launch: adapter.launch,
      onStderr: () => {},
      onTrouble: (trouble) => troubles.push(trouble),
      deadlines: deadlinesOf(5),
      restarts: 50,
      signal: controller.signal,
    });
    // The first call is being asked alone.
    expect(kindsOf(await subject.ask(calls('bad.py', 'b.py')))).toEqual(['not run', 'not run']);
    expect(troubles).toEqual([]);
    expect(subject.stopped()).toBe('it was interrupted');
    expect(adapter.running()).toBe(0);
  });
});

test('what broke a rule before the adapter failed for good is told', async () => {
  const schedule: Schedule = [
    { fault: 'wrong value', path: '.' },
    { fault: 'crash before', message: 2 },
  ];
  const checked = await check(inProcess(schedule).launch, {
    selection: { rule: 'tag-follows-the-name' },
    restarts: 0,
  });
  expectSound(checked);
  expect(checked.verdict).toBe('adapter');
  expect(checked.tally.failures.length).toBeGreaterThan(0);
  expect(checked.tally.failures.filter(({ flaky }) => flaky)).toEqual([]);
});

test('what is planned and not asked any more is in the books', async () => {
  const checked = await check(inProcess([{ fault: 'crash before', message: 2 }]).launch, {
    selection: { rule: 'debug-none-is-silent' },
    runs: 2000,
    restarts: 0,
  });
  expectSound(checked);
  const { planned, answered, lost } = checked.tally;
  expect(answered).toBeGreaterThan(0);
  expect(lost).toEqual({ 'not run': planned - answered });
  // The failing batch, the batches sent with it, and one more that was drawn in the meantime.
  expect(lost['not run']).toBeGreaterThan(150);
});
