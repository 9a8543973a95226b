import { expect, test } from 'vitest';
import { inDigits, median, ratioOf, spreadOf, table } from './table.ts';

test('the median is the middle figure, whatever their order', () => {
  expect(median([3, 100, 1])).toBe(3);
  expect(median([4, 1, 100, 2])).toBe(3);
  expect(median([7])).toBe(7);
  expect(() => median([])).toThrow('no figures');
});

test('a spread has the median, the least and the greatest', () => {
  expect(spreadOf([30, 10, 20])).toEqual({ middle: 20, least: 10, most: 30 });
});

test('a ratio is that of the medians, and its range that of each round with its own', () => {
  // In the second round both are about three times as slow.
  expect(ratioOf([90, 30, 80], [100, 40, 100])).toEqual({ middle: 0.8, least: 0.75, most: 0.9 });
});

test.each([
  [0.01234, '0.0123'],
  [0.8, '0.800'],
  [4.555, '4.55'],
  [12.34, '12.3'],
  [99.96, '100.0'],
  [123.4, '123'],
  [78_900.4, '78,900'],
  [0, '0'],
])('%d is told as %s', (figure, text) => {
  expect(inDigits(figure)).toBe(text);
});

test('a table is as wide as its widest cells, the first column to the left and the others to the right', () => {
  expect(
    table([
      ['', 'calls/s', 'range'],
      ['a check', '9', '1 to 10'],
      ['b', '12,345', ''],
    ]),
  ).toBe(['         calls/s    range', 'a check        9  1 to 10', 'b         12,345'].join('\n'));
});
