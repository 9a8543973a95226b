import { expect, test } from 'vitest';
import { PythonError, raised, Thrown } from './exceptions.ts';
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
  expect(error.stack).toMatch(/^PythonError: ValueError: bad\n +at .*exceptions\.test/);
  expect(error.warnings).toEqual([]);
  expect(new PythonError('OSError', 'worse').text).toEqual(str('worse'));
});

test('an exception brings the warnings that came before it', () => {
  const warnings = [{ category: 'DeprecationWarning' }];
  expect(new PythonError('TypeError', '', warnings).warnings).toBe(warnings);
});

test('what is thrown on the way has type and text, says who raised it, and is no Error', () => {
  const thrown = raised('ValueError', str('bad'));
  expect(thrown).toBeInstanceOf(Thrown);
  expect(thrown).not.toBeInstanceOf(Error);
  expect([thrown.type, thrown.text.units, thrown.message]).toEqual(['ValueError', 'bad', 'ValueError: bad']);
  expect(raised('OSError', 'worse').text).toEqual(str('worse'));
  // The default: a method raised it.
  expect(thrown.origin).toBe('raised');
  expect(raised('TypeError', '', 'mistyped').origin).toBe('mistyped');
});
