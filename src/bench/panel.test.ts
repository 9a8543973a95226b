import { expect, test } from 'vitest';
import { str } from '../python/text.ts';
import { answer } from '../reference.ts';
import { decodeCall, encodeOutcome, type Json } from '../conformance/codec.ts';
import { check, hello, subject, target, type Wrong } from '../conformance/testing.ts';
import { panelOf, type Found, type Seat } from './panel.ts';

/** A function in this process, in a seat. */
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
/** Wrong for a path in the root, of which there are some among the examples and in every second law. */
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

test('the laws that a function breaks are those that a run tells of', async () => {
  const { found } = await check(subject(rootKept), { runs: 10, seed: 1 });
  const told = found.filter(({ kind }) => kind === 'law').map(({ rule }) => rule);
  const laws = (await failuresOf(rootKept)).filter(({ kind }) => kind === 'law').map(({ task }) => task.name);
  expect(told.length).toBeGreaterThan(0);
  expect([...new Set(laws)].toSorted()).toEqual(told.toSorted());
});

test('a right answer before does not hide a wrong one after it, nor the other way round', async () => {
  const before = await failuresOf(rootKept);
  expect(await failuresOf(right)).toEqual([]);
  expect(await failuresOf(rootKept)).toEqual(before);
});

test('a failure comes with the calls that were asked until then, and those that were drawn', async () => {
  const failures = await failuresOf(rootKept);
  expect(failures.filter(({ calls, drawn }) => drawn > calls)).toEqual([]);
  expect(failures.filter(({ kind, fixed, drawn }) => kind === 'example' && (!fixed || drawn > 0))).toEqual(
    [],
  );
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
