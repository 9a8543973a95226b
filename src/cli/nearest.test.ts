import { expect, test } from 'vitest';
import { readChapters } from '../conformance/chapters.ts';
import { didYouMean, nearest } from './nearest.ts';
import { commands } from './table.ts';

const names = Object.keys(commands);
const ids = readChapters().flatMap(({ rules }) => rules.map(({ id }) => id));

test.each([
  ['chek', ['check']],
  ['cehck', ['check']],
  ['CHECK', ['check']],
  ['rule', ['rules']],
  ['explian', ['explain']],
  ['dif', ['diff']],
  ['compl', ['completion']],
  ['sing', []],
  ['', []],
  ['x', []],
])('%j among the commands', (word, meant) => expect(nearest(word, names)).toEqual(meant));

test.each([
  ['path-rot-is-lost', ['path-root-is-lost']],
  ['path-root', ['path-root-is-lost', 'path-root-of-slashes-is-one']],
  ['root-is-ke', ids.filter((id) => id.includes('root-is-ke'))],
  ['no-such-rule', []],
])('%j among the rules', (word, meant) => expect(nearest(word, ids)).toEqual(meant));

test('every name with a letter less, more, or exchanged is found', () => {
  for (const name of [...names.filter((one) => one.length > 3), ...ids]) {
    const middle = name.length >> 1;
    const wrong = [
      name.slice(0, middle) + name.slice(middle + 1),
      `${name.slice(0, middle)}z${name.slice(middle)}`,
      `${name.slice(0, middle)}z${name.slice(middle + 1)}`,
      `${name.slice(0, middle - 1)}${name[middle]}${name[middle - 1]}${name.slice(middle + 1)}`,
    ];
    for (const word of wrong) expect(nearest(word, [...names, ...ids]), word).toContain(name);
  }
});

test('is a question where there is something to ask', () => {
  expect(didYouMean('chek', names)).toBe('; did you mean check?');
  expect(didYouMean('path-root', ids)).toMatch(/^; did you mean path-root-is-lost or path-root-[a-z-]+\?$/);
  expect(didYouMean('sing', names)).toBe('');
});
