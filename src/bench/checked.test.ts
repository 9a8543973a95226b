import { expect, test } from 'vitest';
import { adapter, reference } from '../cli/testing.ts';
import { record, timedCheck } from './checked.ts';

const checking = { command: reference, runs: 1, seed: 1 };
type Message = { readonly op: string; readonly seq?: number; readonly calls?: readonly unknown[] };

test('what a check sends is taken down: as many calls as are asked, in messages that are whole', async () => {
  const { checked, script } = await record(checking);
  const parsed = (line: string): Message => {
    expect(line.endsWith('\n')).toBe(true);
    return JSON.parse(line) as Message;
  };
  expect(parsed(script.hello)).toEqual({ op: 'hello', protocol: 1 });
  expect(parsed(script.bye)).toEqual({ op: 'bye' });
  const messages = script.messages.map(parsed);
  expect(messages.map(({ op }) => op)).toEqual(messages.map(() => 'call'));
  expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, i) => i + 1));
  expect(messages.flatMap(({ calls }) => calls)).toHaveLength(checked.calls);
  expect(checked.hello.python).toEqual([3, 12, 1]);
  expect(checked.asking).toBeGreaterThan(0);
  expect(checked.asking).toBeLessThan(checked.seconds);
});

test('one call a message, and each after the answer to the one before', async () => {
  const shard = { index: 1, of: 20 };
  let messages = 0;
  const whole = await timedCheck(checking, { shard });
  const { script } = await record(checking, { inLockstep: true, shard });
  for (const line of script.messages) {
    expect((JSON.parse(line) as Message).calls).toHaveLength(1);
    messages++;
  }
  expect(messages).toBe(whole.calls);
});

test('what is not conformant is not measured', async () => {
  const command = adapter('well');
  await expect(timedCheck({ ...checking, command })).rejects.toThrow(
    "came to 'broken', and only what is conformant can be measured",
  );
});
