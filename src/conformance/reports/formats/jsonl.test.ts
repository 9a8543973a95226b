import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyRun, written } from '../testing.ts';
import { format } from './jsonl.ts';

test('a line is an event, in ASCII, and nothing of it is lost', () => {
  fc.assert(
    fc.property(anyRun, (events) => {
      const text = written(format, events);
      expect(text).toMatch(/^[\n -~]*$/);
      const lines = text.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(events);
    }),
  );
});

test('a line is written when its event happens', () => {
  expect(format.asItHappens).toBe(true);
});
