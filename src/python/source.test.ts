import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newest, testEach, testWith } from '../../fixtures/present.ts';
import { callsAbout, type Topic } from '../../properties/inputs/calls.ts';
import { anyText } from '../../properties/inputs/texts.ts';
import { any, anyBytes, anyFloat, anyInteger, longInteger } from '../../properties/inputs/values.ts';
import { decodeValue, encodeValue, type Json } from '../conformance/codec.ts';
import type { Call } from './call.ts';
import { plainState } from './interpreter.ts';
import {
  callSource,
  outcomeSource,
  parseCall,
  parseValue,
  SourceError,
  stateSource,
  textSource,
  valueSource,
} from './source.ts';
import { str } from './text.ts';
import { askPython, drawn, newestScope } from './testing.ts';
import { py, sameValue, type Value } from './values.ts';

const topics: readonly Topic[] = [
  'call',
  'path',
  'cacheTag',
  'optimization',
  'debugOverride',
  'pathLike',
  'order',
];

/** Text in which a few characters repeat, between other text. */
const repeating = fc
  .tuple(
    anyText,
    fc.string({ unit: fc.constantFrom(...`ab/'"\\`), minLength: 1, maxLength: 5 }),
    fc.nat(120),
    anyText,
  )
  .map(([start, few, times, end]) => start.concat(str(few.repeat(times))).concat(end));

/** Values for which Python has literals. */
const plainValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value; items: Value[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Value>(null, true, false),
    fc.oneof(
      anyInteger,
      fc.constantFrom(10n ** 20n, 10n ** 21n, -(10n ** 40n), 10n ** 40n - 1n, 1n - 10n ** 40n),
    ),
    anyText,
    repeating,
    fc.string({ unit: fc.constantFrom(...`'"\\\n\r\t\0a\u00e9`) }).map(str),
    anyFloat,
    anyBytes,
    tie('items').map((items) => py.list(...items)),
    tie('items').map((items) => py.tuple(...items)),
  ),
  items: fc.array(tie('value'), { maxLength: 3 }),
})).value;

const evaluating = `
def answer(source):
    return encode(eval(source))
`;

describe('what is printed is read back', () => {
  /** The call without keywords that are not identifiers, which the notation cannot express. */
  const written = (call: Call): Call => ({
    ...call,
    kwargs: call.kwargs.filter(([name]) => /^[a-z_]\w*$/i.test(name)),
  });

  test.each(topics)('calls about %s', (topic) => {
    fc.assert(
      fc.property(callsAbout(topic, newestScope).map(written), (call) => {
        const { args, kwargs, state } = parseCall(`${callSource(call)}  # ${stateSource(call.state)}`);
        expect(sameValue(py.tuple(...args), py.tuple(...call.args))).toBe(true);
        expect(kwargs.map(([name]) => name)).toEqual(call.kwargs.map(([name]) => name));
        expect(kwargs.every(([, value], i) => sameValue(value, call.kwargs[i]![1]))).toBe(true);
        expect(sameValue(state.cacheTag, call.state.cacheTag)).toBe(true);
        expect(state.optimize).toBe(call.state.optimize);
      }),
      { numRuns: 300 },
    );
  });

  test('values', () => {
    fc.assert(
      fc.property(fc.oneof(any(newestScope.release).value, plainValue, longInteger), (value) => {
        expect(sameValue(parseValue(valueSource(value)), value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('texts, as one line of ASCII', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, repeating), (text) => {
        expect(textSource(text)).toMatch(/^[ -~]*$/);
        expect(sameValue(parseValue(textSource(text)), text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

testEach('what is printed of 1000 values is Python for them', {}, async (interpreter) => {
  const values = drawn(plainValue, 1000);
  const sources = values.map(valueSource);
  const evaluated = await askPython<Json>(interpreter, evaluating, sources);
  expect(sources.filter((_, i) => !sameValue(decodeValue(evaluated[i]), values[i]))).toEqual([]);
});

/** Expressions that the notation accepts but never prints. */
const expressions = [
  '[1, 2,]',
  '( 1 )',
  '(1)',
  '( 1 , )',
  '()',
  '[ ]',
  '  None  ',
  "'a' + 'b'",
  "'a' * 3 + 'b' * 0",
  '"it\'s" + \'"\'',
  '10**25',
  '-10 ** 3',
  '-2**2',
  '10**25 - 1',
  '-10**25 + 1',
  '1 - 2 + 3',
  '1 -1',
  "'\\x41\\u00e9\\U0001F600'",
  "'\\xFF\\xfF\\uABCD'",
  "'\\'\\\"\\\\\\n\\r\\t'",
  "b'\\xfF\\'\\\\\\n'",
  "'\\ud83d\\ude00'",
  '1e5',
  '1E-5',
  '-0.0',
  "float('nan')",
  "float('-inf')",
  "float('1.5')",
];

testWith(
  'CPython',
  newest,
  'what may be written by hand has the value that it has in Python',
  async (interpreter) => {
    const evaluated = (await askPython<Json>(interpreter, evaluating, expressions)).map(decodeValue);
    expect(evaluated.map(encodeValue)).toEqual(expressions.map((source) => encodeValue(parseValue(source))));
  },
);

describe('what is not in the notation is refused', () => {
  const fault = (source: string, column: number, wanted: string): SourceError =>
    new SourceError(`${wanted} is expected at column ${column} of: ${source}`, { wanted, at: column - 1 });

  test.each([
    ['', 1, 'a value'],
    ['[1, ?]', 5, 'a value'],
    ['?None', 1, 'a value'],
    ["'a", 3, "a closing '"],
    ['[b"a\'', 6, 'a closing "'],
    ["'a\\'", 5, "a closing '"],
    ["'a' 'b'", 5, 'the end'],
    ['[1, 2', 6, "']'"],
    ['(1', 3, "')'"],
    ['[1 2]', 4, "']'"],
    ['1_000', 2, 'the end'],
    ["'a' + 1", 8, 'the same kind on both sides of +'],
    ["1 + 'a'", 8, 'the same kind on both sides of +'],
    ["'a' - 'b'", 10, 'the same kind on both sides of -'],
    ["'a' ** 2", 6, 'a value'],
    ["'a' * 'b'", 10, 'an integer'],
    ['2 ** 0.5', 9, 'an integer of 0 or more'],
    ['2 ** -1', 8, 'an integer of 0 or more'],
    ['nan', 4, "'('"],
    ["'ab' * 500001", 14, 'a shorter text'],
    ["'ab' * 400000 + 'ab' * 200000", 30, 'a shorter text'],
    [`'' * 1${'0'.repeat(400)}`, 407, 'a shorter text'],
    ['10 ** 20000', 12, 'a smaller power'],
    ['lambda()', 9, 'a value of the notation'],
    ['Object(repr=1)', 15, 'a value of the notation'],
    ['Raises(1)', 10, 'a value of the notation'],
    ["Raises('OSError', 1)", 21, 'a value of the notation'],
    ["double('1.5')", 14, 'a value of the notation'],
    ["float('abc')", 13, 'a value of the notation'],
    ["float('')", 10, 'a value of the notation'],
    ["'\\0'", 5, 'an escape of the notation'],
    ["'a\\a'", 6, 'an escape of the notation'],
    ["'\\x4'", 6, 'an escape of the notation'],
    ["'\\N{DIGIT ONE}'", 16, 'an escape of the notation'],
    ["b'\\q'", 6, 'an escape of the notation'],
  ])('the value %j: at column %i, %s is wanted', (source, column, wanted) => {
    expect(() => parseValue(source)).toThrow(fault(source, column, wanted));
  });

  test.each([
    ["path('a')", 1, "'cache_from_source'"],
    ['cache_from_source', 18, "'('"],
    ["cache_from_source('a'", 22, "')'"],
    ["cache_from_source('a' 'b')", 23, "')'"],
    ["cache_from_source(path='a', 1)", 29, 'a keyword'],
    ["cache_from_source(path='a', path='b')", 34, 'a keyword other than path'],
    ["cache_from_source('a') 1", 24, 'the end'],
    ["cache_from_source('a') # 1", 26, 'a name'],
    ["cache_from_source('a') # optimize 1", 35, "'='"],
    ["cache_from_source('a') # optimize=1;", 36, 'the end'],
  ])('the call %j: at column %i, %s is wanted', (source, column, wanted) => {
    expect(() => parseCall(source)).toThrow(fault(source, column, wanted));
  });

  test.each([
    ['cache_tag', '1'],
    ['optimize', "'1'"],
    ['optimize', '1.0'],
    ['cwd', '1'],
    ['pycache_prefix', 'None'],
    ['python', "'3'"],
    ['python', '3.6'],
    ['platform', "'dos'"],
    ['platform', '1'],
    ['os', "'posix'"],
    ['version', "'3.6'"],
  ])('the state %s=%s', (name, value) => {
    const source = `cache_from_source('a')  # ${name}=${value}`;
    expect(() => parseCall(source)).toThrow(new SourceError(`${name} cannot be ${value} in: ${source}`));
  });

  test('and an error says where, if it is about one place', () => {
    const place = { wanted: 'a name', at: 3 };
    expect(new SourceError('no', place)).toMatchObject({ name: 'SourceError', message: 'no', place });
    expect(new SourceError('no').place).toBeUndefined();
  });
});

test.each<readonly [source: string, value: Value]>([
  ['( 1 )', 1n],
  ['( 1 , )', py.tuple(1n)],
  ['()', py.tuple()],
  ['  None  ', null],
  ['2 ** 0', 1n],
  ['0 ** 0', 1n],
  ['-2 ** 3', -8n],
  ["'ab' * 500000", str('ab'.repeat(500_000))],
  [String.raw`'\'\"\\\n'`, str('\'"\\\n')],
])('%j may be written, though it is not printed', (source, value) => {
  expect(sameValue(parseValue(source), value)).toBe(true);
});

describe('what is printed', () => {
  test('of a text is ASCII, as short as Python writes it', () => {
    const text = str('\0\t\n\r\u001f ~\u007f\u00ff\u0100\uffff\u{10000}\\');
    const source = String.raw`'\x00\t\n\r\x1f ~\x7f\xff\u0100\uffff\U00010000\\'`;
    expect(textSource(text)).toBe(source);
  });

  test('a working directory is told where it was removed', () => {
    const state = plainState([3, 13, 0]);
    expect(stateSource(state)).toBe("cache_tag='cpython-313', optimize=0");
    expect(stateSource({ ...state, cwd: null })).toBe("cache_tag='cpython-313', optimize=0, cwd=None");
  });

  test('a prefix is named together with the working directory that it is joined to', () => {
    const state = { ...plainState([3, 13, 0]), pycachePrefix: str('/p'), cwd: str('/w') };
    expect(stateSource(state)).toBe("cache_tag='cpython-313', optimize=0, pycache_prefix='/p', cwd='/w'");
  });

  test('an outcome is a line for each warning and one for the result', () => {
    const warnings = [{ category: 'DeprecationWarning', message: str('old') }, { category: 'UserWarning' }];
    expect(outcomeSource({ kind: 'return', value: str('a'), warnings })).toEqual([
      'warns DeprecationWarning: old',
      'warns UserWarning',
      "'a'",
    ]);
    expect(outcomeSource({ kind: 'raise', type: 'ValueError', message: str('bad') })).toEqual([
      'raises ValueError: bad',
    ]);
    expect(outcomeSource({ kind: 'raise', type: 'ValueError' })).toEqual(['raises ValueError']);
  });

  test.each([
    [10n ** 19n, '10000000000000000000'],
    [21n * 10n ** 20n, '2100000000000000000000'],
    [10n ** 21n + 2n, '1000000000000000000002'],
    [-(10n ** 4300n), '-10**4300'],
    [10n ** 4300n - 1n, '10**4300 - 1'],
    [1n - 10n ** 4300n, '-10**4300 + 1'],
  ])('an integer at a great power of ten is short: %#', (value, source) =>
    expect(valueSource(value)).toBe(source),
  );

  test.each([
    ['a'.repeat(49), `'${'a'.repeat(49)}'`],
    ['a'.repeat(50), "'a' * 50"],
    [`x${'../'.repeat(100)}y`, "'x' + '../' * 100 + 'y'"],
    [`${"'".repeat(60)}"`, `"'" * 60 + '"'`],
  ])('a text that repeats itself is short: %#', (text, source) => expect(textSource(str(text))).toBe(source));
});
