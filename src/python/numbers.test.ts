import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Thrown } from './exceptions.ts';
import { floatText, intText, parseFloatText } from './numbers.ts';
import { releaseOf, parseVersion } from './releases.ts';

/* values.test.ts compares the texts with real Pythons. */

describe('floats', () => {
  test('the text of a float reads back as the same float', () => {
    fc.assert(
      fc.property(fc.double(), (number) => {
        expect(parseFloatText(floatText(number))).toBe(number);
      }),
      { numRuns: 2000 },
    );
  });

  // As every CPython's repr() returns it.
  test.each<readonly [number, string]>([
    [0, '0.0'],
    [-0, '-0.0'],
    [1, '1.0'],
    [1.5, '1.5'],
    [-12.25, '-12.25'],
    [100, '100.0'],
    [123456, '123456.0'],
    [0.1, '0.1'],
    [0.05, '0.05'],
    [0.00012, '0.00012'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [0.000012, '1.2e-05'],
    [-1e-7, '-1e-07'],
    [5e-324, '5e-324'],
    [1e15, '1000000000000000.0'],
    [1234567890123456, '1234567890123456.0'],
    [1e16, '1e+16'],
    [12345678901234568, '1.2345678901234568e+16'],
    [1e22, '1e+22'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('%d is %s', (number, text) => {
    expect(floatText(number)).toBe(text);
    expect(parseFloatText(text)).toBe(number);
  });

  test.each([
    ['1e5', 1e5],
    ['1E-05', 1e-5],
    ['12', 12],
    ['-1.25e+10', -1.25e10],
  ])('%s is read too', (text, number) => expect(parseFloatText(text)).toBe(number));

  test.each([
    '',
    ' 1.0',
    '1.0 ',
    '1_0',
    '0x10',
    'Infinity',
    'NaN',
    '-nan',
    '+1.0',
    '.5',
    '1.',
    '1e',
    '1.0\n',
  ])('%j is not a float in the notation of repr()', (text) => expect(parseFloatText(text)).toBeUndefined());
});

describe('integers of many digits', () => {
  const message = (version: string, value: bigint): string | undefined => {
    try {
      intText(value, releaseOf(parseVersion(version)!));
      return undefined;
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      expect([error.type, error.origin]).toEqual(['ValueError', 'tooLong']);
      return error.text.units;
    }
  };
  const setter = '; use sys.set_int_max_str_digits() to increase the limit';

  test.each([
    ['3.7.13', undefined],
    ['3.7.14', 'Exceeds the limit (4300) for integer string conversion'],
    ['3.7.15', `Exceeds the limit (4300) for integer string conversion${setter}`],
    ['3.10.6', undefined],
    ['3.10.7', 'Exceeds the limit (4300) for integer string conversion'],
    ['3.10.8', `Exceeds the limit (4300) for integer string conversion${setter}`],
    ['3.11.1', `Exceeds the limit (4300) for integer string conversion${setter}`],
    ['3.11.2', `Exceeds the limit (4300 digits) for integer string conversion${setter}`],
  ])('%s says of 4301 digits: %s', (version, expected) => {
    expect(message(version, 10n ** 4300n)).toBe(expected);
    expect(message(version, -(10n ** 4300n))).toBe(expected);
  });

  test('4300 digits, with a sign or without, have a text in every release', () => {
    const longest = 10n ** 4300n - 1n;
    for (const version of ['3.6.0', '3.7.14', '3.13.0']) {
      const release = releaseOf(parseVersion(version)!);
      expect(intText(longest, release)).toBe('9'.repeat(4300));
      expect(intText(-longest, release)).toBe(`-${'9'.repeat(4300)}`);
    }
  });
});
