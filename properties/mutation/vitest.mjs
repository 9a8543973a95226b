/*
 * The parts of vitest that the tests use, for tests that run a thousand times: `test` and `describe` only collect, and
 * `expect` is vitest's own.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from '@vitest/expect';
import * as chai from 'chai';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);

export const expect = (value, message) => chai.expect(value, message);
Object.assign(expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);

/** The tests that a file declares, in order. */
export const collected = [];

const spread = (body, row) => (Array.isArray(row) ? body(...row) : body(row));

export const test = (name, body) => {
  collected.push({ name, body });
};
test.skip = () => {};
test.each = (rows) => (name, body) => {
  for (const row of rows) test(name, () => spread(body, row));
};

export const describe = (_, body) => body();
describe.each = (rows) => (_, body) => {
  for (const row of rows) spread(body, row);
};
