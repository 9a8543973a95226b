import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answer } from '../../../../src/reference.ts';
import { addressOf, addressOfCall, restored } from './address.ts';
import { examples } from './examples.ts';
import { isProblem, plainForm, readForm, type Question } from './form.ts';
import { anyForm, drawnCalls, exampleCalls, identityOf } from './testing.ts';

const asked = (address: string): Question => {
  const { form, faults } = restored(address);
  const read = readForm(form);
  if (isProblem(read)) throw new Error(`${address}: ${read.wanted}`);
  expect(faults).toEqual([]);
  return read;
};

test('what is as usual has no address', () => {
  expect(addressOf(plainForm())).toBe('');
  expect(restored('')).toEqual({ form: plainForm(), faults: [] });
});

test('the fields come back as they were, but for what they do not read', () => {
  fc.assert(
    fc.property(anyForm, (form) => {
      const address = addressOf(form);
      const { form: again, faults } = restored(`?${address}`);
      expect(faults).toEqual([]);
      expect(addressOf(again)).toBe(address);
      expect(readForm(again)).toEqual(expect.objectContaining(withoutFunctions(readForm(form))));
    }),
    { seed: 1, numRuns: 500 },
  );
});

/** Drops the function `on`, which is a new one each time. */
const withoutFunctions = (read: ReturnType<typeof readForm>): object => {
  if (isProblem(read)) return { field: read.field, wanted: read.wanted };
  return { call: read.call, target: read.target };
};

describe('the address of a call asks that very call', () => {
  test('of each example of the chapters', () => {
    for (const one of exampleCalls()) {
      const address = addressOfCall(one.call, one.target);
      expect(identityOf(asked(address!))).toBe(identityOf(one));
    }
  });

  test('of drawn calls, unless a keyword is no name', () => {
    const written = drawnCalls(70).map((one) => ({ ...one, address: addressOfCall(one.call, one.target) }));
    const there = written.filter(({ address }) => address !== undefined);
    expect(there.length).toBeGreaterThan(0.95 * written.length);
    for (const one of there) expect(identityOf(asked(one.address!))).toBe(identityOf(one));
    for (const { call } of written.filter(({ address }) => address === undefined)) {
      expect(call.kwargs.map(([name]) => name)).toContainEqual(expect.not.stringMatching(/^[a-z_]\w*$/i));
    }
  });

  test.each([
    ["cache_from_source('a.py')", 'path=a.py'],
    ["cache_from_source('a.py', optimization=2)", 'path=a.py&optimization-value=2'],
    [
      "cache_from_source('a.py', optimization='dev')  # python='3.8.0'",
      'path=a.py&optimization=dev&python-version=3.8.0',
    ],
    ["cache_from_source('a\\nb.py')", 'value=%27a%5Cnb.py%27'],
    ["cache_from_source('a.py', True)", 'call=cache_from_source%28%27a.py%27%2C+True%29'],
    ["cache_from_source('a' * 600)", 'value=%27a%27+*+600'],
    ["cache_from_source('a.py', debug_override=False)", 'path=a.py&debug-override=false'],
    ["source_from_cache('__pycache__/a.T.pyc')", 'path=__pycache__%2Fa.T.pyc'],
    ["source_from_cache('a.T.pyc')", 'call=source_from_cache%28%27a.T.pyc%27%29'],
    ["cache_from_source('__pycache__/a.pyc')", 'call=cache_from_source%28%27__pycache__%2Fa.pyc%27%29'],
  ])('%s', (path, address) => {
    const { call, target } = readForm({ ...plainForm(), kind: 'call', path }) as Question;
    expect(addressOfCall(call, target)).toBe(address);
  });
});

describe('a bad address does no harm', () => {
  test.each([
    ['python-version=2.7', "python-version: '2.7' is not a specified release"],
    ['python-version=3.99', "python-version: '3.99' is not a specified release"],
    ['python-version=', "python-version: '' is not a specified release"],
    ['platform=vms', "platform: 'vms' is neither posix nor win32"],
    ['debug-override=1', "debug-override: '1' is neither true nor false"],
    ['optimize=1e9', "optimize: '1e9' is not a whole number"],
    ['cache-tag=a%0Ab', 'cache-tag: it contains a character that no field can show'],
    ['cwd=%00', 'cwd: it contains a character that no field can show'],
  ])('%s is told, and left out', (query, fault) => {
    expect(restored(query)).toEqual({ form: plainForm(), faults: [fault] });
  });

  test.each(['toString=1', '__proto__=1', 'utm_source=x', '&&&', '%', '=', '%E0%A4%A'])(
    '%s is not for this page',
    (query) => expect(restored(query)).toEqual({ form: plainForm(), faults: [] }),
  );

  test('whatever it is, it is answered or said to be unreadable', () => {
    const names = [...new URLSearchParams(addressOf({ ...plainForm(), cacheTag: 'text' })).keys()];
    const name = fc.constantFrom('path', 'value', 'call', 'optimization-value', 'pycache-prefix', ...names);
    const source = fc.string({ unit: fc.constantFrom(...`'"b\\()[],=*+-1eN#c `), maxLength: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.oneof(source, fc.string({ unit: 'binary' })))), (pairs) => {
        const read = readForm(restored(new URLSearchParams(pairs).toString()).form);
        if (!isProblem(read)) answer(read.call, read.target);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test.each([
    ["value='a' * 999999999999", 'a shorter text'],
    ['optimization-value=10**999999999', 'a smaller power'],
    [`value=${'['.repeat(5001)}`, 'Python source of more than 5000 characters is not read here'],
    [`value=${'['.repeat(4999)}`, 'a value'],
    [
      "value=Raises('ValueError')",
      'Raises and Sequence describe what a method does: use them only inside PathLike and Object',
    ],
    [
      "call=cache_from_source(Sequence('a'))",
      'Raises and Sequence describe what a method does: use them only inside PathLike and Object',
    ],
    [
      "call=cache_from_source('a') %23 python='2.7.0'",
      'Python 2.7.0 is older than 3.4.0, the oldest release specified',
    ],
  ])('what is not read, %#: the reason is told', (query, wanted) => {
    expect(readForm(restored(query).form)).toMatchObject({ wanted });
  });
});

describe('an example of the page', () => {
  test.each(examples.map(({ title, address }) => [title, address] as const))('%s is read', (_, address) => {
    expect(addressOf(restored(address).form)).toBe(address);
    asked(address);
  });
});
