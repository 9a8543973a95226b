import { expect, test } from 'vitest';
import type { Call, Outcome } from '../python/call.ts';
import { str } from '../python/text.ts';
import { answer } from '../reference.ts';
import { decodeCall, encodeOutcome, type Json } from '../conformance/codec.ts';
import { judge } from '../conformance/judge.ts';
import { check, hello, subject, target, type Wrong } from '../conformance/testing.ts';
import { panelOf, type Found, type Seat } from './panel.ts';

/** A seat for a function in this process. */
function seatOf(wrong: Wrong): Seat & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    ask: (line) => {
      const { seq, calls } = JSON.parse(line) as { seq: number; calls: Json[] };
      asked += calls.length;
      const outcomes = calls.map((encoded) => {
        const call = decodeCall(encoded);
        const reply = wrong(call, answer(call, target));
        return reply.kind === 'lost' ? null : encodeOutcome(reply);
      });
      return Promise.resolve(JSON.stringify({ seq, outcomes }));
    },
  };
}

const right: Wrong = (_, outcome) => outcome;
/** Wrong for a path in the root directory. Such paths are among the examples and in every second law. */
const rootKept: Wrong = ({ args: [path] }, outcome) => {
  const isInRoot =
    path !== null && typeof path === 'object' && path.kind === 'str' && /^\/[^/]*$/.test(path.units);
  return isInRoot && outcome.kind === 'return' ? { ...outcome, value: str('/__pycache__/a.pyc') } : outcome;
};

const panel = panelOf(hello, { runs: 10, seed: 1 });
async function failuresOf(wrong: Wrong): Promise<Found[]> {
  const all: Found[] = [];
  for await (const one of panel.failures(seatOf(wrong))) all.push(one);
  return all;
}

test('the reference fails at nothing', async () => {
  expect(await failuresOf(right)).toEqual([]);
});

test('the calls that a function fails at are as many as a run tells of', async () => {
  const { found } = await check(subject(rootKept), { runs: 10, seed: 1 });
  expect(found.length).toBeGreaterThan(0);
  const wrong = (calls: readonly Call[]): Call[] =>
    calls.filter((call) => {
      const right = answer(call, target);
      return judge(call, rootKept(call, right) as Outcome, target, hello.supports) !== undefined;
    });
  const failures = await failuresOf(rootKept);
  const calls = [...panel.messages()].flatMap(({ inputs }) =>
    inputs.filter(({ task, number }) => failures.some((one) => one.task === task && one.number === number)),
  );
  expect(calls.length).toBe(failures.length);
  const failing = calls.map(({ one }) => wrong(one.calls).length);
  expect(failing).not.toContain(0);
  expect(failing.reduce((sum, number) => sum + number, 0)).toBe(found[0]!.of);
});

test('a right answer before does not hide a wrong one after it, nor the other way round', async () => {
  const before = await failuresOf(rootKept);
  expect(await failuresOf(right)).toEqual([]);
  expect(await failuresOf(rootKept)).toEqual(before);
});

test('a failure comes with the calls that were asked until then, and those that were drawn', async () => {
  const failures = await failuresOf(rootKept);
  expect(failures.filter(({ calls, drawn }) => drawn > calls)).toEqual([]);
  const examples = failures.filter(({ task }) => task.kind === 'example');
  expect(examples.length).toBeGreaterThan(0);
  expect(examples.filter(({ fixed, drawn }) => !fixed || drawn > 0)).toEqual([]);
  const seat = seatOf(rootKept);
  const asked = [...panel.messages()];
  const [first] = failures;
  const last = asked.find(({ inputs }) =>
    inputs.some(({ task, number }) => task === first!.task && number === first!.number),
  )!;
  const position = last.inputs.findIndex(({ number }) => number === first!.number);
  const within = last.inputs.slice(0, position + 1).reduce((sum, { one }) => sum + one.calls.length, 0);
  expect(first!.calls).toBe(last.before.calls + within);
  for (const message of asked.slice(0, asked.indexOf(last))) await seat.ask(message.line);
  expect(seat.asked()).toBe(last.before.calls);
});

test('some messages can be asked alone, and what follows a failure need not be', async () => {
  const seat = seatOf(rootKept);
  const drawn = [...panel.messages()].filter(({ fixed }) => !fixed);
  for await (const found of panel.failures(seat, drawn)) {
    expect(found.fixed).toBe(false);
    break;
  }
  const all = drawn.flatMap(({ inputs }) => inputs).reduce((sum, { one }) => sum + one.calls.length, 0);
  expect(seat.asked()).toBeLessThan(all);
});
