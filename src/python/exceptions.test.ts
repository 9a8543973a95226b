import { expect, test } from 'vitest';
import { PythonError } from './exceptions.ts';
import { str } from './text.ts';

test("an exception has Python's type and text, exactly, and is shown by both", () => {
  const error = new PythonError('ValueError', str('bad'));
  expect(error).toBeInstanceOf(Error);
  expect([error.name, error.type, error.text.units, error.message]).toEqual([
    'PythonError',
    'ValueError',
    'bad',
    'ValueError: bad',
  ]);
  expect(error.warnings).toEqual([]);
  expect(new PythonError('OSError', 'worse').text).toEqual(str('worse'));
});

test('an exception says what raised it: a method, unless something else is said', () => {
  expect(new PythonError('KeyError', '').origin).toBe('raised');
  expect(new PythonError('TypeError', '', 'mistyped').origin).toBe('mistyped');
});
