import { describe, expect, test } from 'vitest';
import type { Outcome } from './call.ts';
import { sameMessage, sameOutcome } from './compare.ts';
import { str } from './text.ts';

const warnings = [{ category: 'DeprecationWarning', message: str('old') }];
const returned: Outcome = { kind: 'return', value: str('a'), warnings };
const raised: Outcome = { kind: 'raise', type: 'ValueError', message: str('bad'), warnings };

const both = (a: Outcome, b: Outcome): boolean => {
  expect(sameOutcome(a, b)).toBe(sameOutcome(b, a));
  return sameOutcome(a, b);
};

describe('two outcomes differ', () => {
  test.each<readonly [string, Outcome, Outcome]>([
    ['in kind', returned, raised],
    ['in value', returned, { ...returned, value: str('b') }],
    ['in the type of the value', returned, { ...returned, value: 1n }],
    ['in the type of the exception', raised, { ...raised, type: 'TypeError' }],
    ['in message', raised, { ...raised, message: str('worse') }],
    ['in having warnings', returned, { ...returned, warnings: [] }],
    ['in the number of warnings', raised, { ...raised, warnings: [...warnings, ...warnings] }],
    [
      'in the second of two warnings',
      { ...returned, warnings: [...warnings, ...warnings] },
      { ...returned, warnings: [...warnings, { category: 'UserWarning' }] },
    ],
    [
      'in the category of a warning',
      returned,
      { ...returned, warnings: [{ ...warnings[0]!, category: 'UserWarning' }] },
    ],
    [
      'in the message of a warning',
      raised,
      { ...raised, warnings: [{ ...warnings[0]!, message: str('new') }] },
    ],
  ])('%s', (_, a, b) => expect(both(a, b)).toBe(false));

  test('when one is no outcome of the function, even from the same one', () => {
    const declined: Outcome = { kind: 'error', text: 'no' };
    expect(both(declined, declined)).toBe(false);
    expect(both(declined, returned)).toBe(false);
  });
});

describe('what one of two outcomes leaves out is not compared', () => {
  test.each<readonly [string, Outcome, Outcome]>([
    ['nothing', { ...returned }, { ...returned }],
    ['the warnings', returned, { kind: 'return', value: str('a') }],
    ['the warnings of an exception', raised, { kind: 'raise', type: 'ValueError', message: str('bad') }],
    ['the message', raised, { kind: 'raise', type: 'ValueError', warnings }],
    ['the message of a warning', returned, { ...returned, warnings: [{ category: 'DeprecationWarning' }] }],
  ])('%s', (_, a, b) => expect(both(a, b)).toBe(true));
});

describe('the default repr of an object is the same wherever the object lies', () => {
  test.each([
    ['<__main__.Object object at 0x7f01>', '<__main__.Object object at 0x55AB>', true],
    ['<__main__.PathLike object at 0x7f01>', '<other.name.PathLike object at 0x55ab>', true],
    ['[<__main__.Object object at 0x1>, 1]', '[<Object object at 0x2>, 1]', true],
    ['<__main__.Object object at 0x1>', '<__main__.PathLike object at 0x1>', false],
    ['[<__main__.Object object at 0x1>, 1]', '[<__main__.Object object at 0x1>, 2]', false],
    ['<__main__.Other object at 0x1>', '<__main__.Other object at 0x2>', false],
    ['object at 0x1', 'object at 0x2', false],
  ])('%s and %s: %s', (a, b, same) => expect(sameMessage(str(a), str(b))).toBe(same));
});

describe('the module of a class counts for nothing, where a message says whose method or which type it means', () => {
  test.each([
    ['main.Object.__str__() must return a str', 'Object.__str__() must return a str', true],
    ['expected a.b.PathLike.__fspath__() to', 'expected main.<locals>.PathLike.__fspath__() to', true],
    ['must return a str, not main.Object', 'must return a str, not Object', true],
    ['must return a str, not main.Object', 'must return a str, not PathLike', false],
    ['must return a str, not main.Other', 'must return a str, not Other', false],
    ['must return a str, not main.Objects', 'must return a str, not Objects', false],
    ['main.Object.str() must return a str', 'Object.str() must return a str', false],
    ['main.Object has none', 'Object has none', false],
  ])('%s and %s: %s', (a, b, same) => expect(sameMessage(str(a), str(b))).toBe(same));
});
