import { expect, test } from 'vitest';
import * as present from '../../fixtures/present.ts';
// @ts-expect-error It is not TypeScript.
import * as absent from './absent.mjs';

test('what stands for the interpreters has all that tests import of them', () => {
  const names = Object.keys(present);
  expect(names.length).toBeGreaterThan(3);
  expect(Object.keys(absent as object)).toEqual(expect.arrayContaining(names));
});
