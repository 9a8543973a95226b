import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { properties } from '../../properties/index.ts';
import type { Scope } from '../../properties/scope.ts';
import { wildTag } from '../../properties/inputs/states.ts';
import { anyText } from '../../properties/inputs/texts.ts';
import { any, longInteger } from '../../properties/inputs/values.ts';
import type { Answered, Call, Outcome } from '../python/call.ts';
import { newestKnown, releaseOf } from '../python/releases.ts';
import type { Warning } from '../python/exceptions.ts';
import { str, type Str } from '../python/text.ts';
import { py, sameValue, type Answer } from '../python/values.ts';
import {
  callText,
  decodeCall,
  decodeOutcome,
  decodeValue,
  encodeCall,
  encodeOutcome,
  encodeValue,
  EncodingError,
  outcomeText,
  toLine,
  valueText,
  type Json,
} from './codec.ts';
import { specFolder } from './chapters.ts';
import { decodeDomain } from './domain/declared.ts';
import { features } from './features.ts';

const scope: Scope = { release: releaseOf(newestKnown), platform: 'posix', fixed: {} };
const onWindows: Scope = { ...scope, platform: 'win32' };
const { value: anyValue, answer: anyAnswer } = any(scope.release);
const check = <T>(arbitrary: fc.Arbitrary<T>, holds: (one: T) => void): void =>
  fc.assert(fc.property(arbitrary, holds), { seed: 1, numRuns: 1000 });

/** Every kind of call that the suite sends. */
const anyCall: fc.Arbitrary<Call> = fc
  .tuple(
    fc.oneof(...[scope, onWindows].flatMap((one) => properties.map(({ calls }) => calls(one)))),
    wildTag,
    fc.option(anyText),
    fc.option(anyText),
  )
  .map(([call, cacheTag, pycachePrefix, cwd]) => ({
    ...call,
    state: { ...call.state, cacheTag: call.state.cacheTag && cacheTag, pycachePrefix, cwd },
  }));

const name = fc.constantFrom('ValueError', 'DeprecationWarning', 'X');
const warnings = fc.record(
  {
    warnings: fc.array(
      fc.record({ category: name, message: anyText }, { requiredKeys: ['category'] }),
      // The encoding does not distinguish an empty list from a missing one.
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);
const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.tuple(anyValue, warnings).map(([value, told]): Outcome => ({ kind: 'return', value, ...told })),
  fc
    .tuple(
      fc.record({ type: name, message: anyText }, { requiredKeys: ['type'] }) as fc.Arbitrary<{
        type: string;
        message?: Str;
      }>,
      warnings,
    )
    .map(([raised, told]): Outcome => ({ kind: 'raise', ...raised, ...told })),
  fc.constantFrom(...features).map((feature): Outcome => ({ kind: 'unsupported', feature })),
  fc.string({ unit: 'binary' }).map((reason): Outcome => ({ kind: 'skipped', reason })),
  fc.string({ unit: 'binary' }).map((text): Outcome => ({ kind: 'error', text })),
);

/** The JSON after it was sent as a line and read back. */
const overTheWire = (json: Json): Json => JSON.parse(toLine(json)) as Json;

const sameText = (a: Str | null | undefined, b: Str | null | undefined): boolean =>
  a && b ? a.equals(b) : a === b;

/** Compares exactly, while `sameOutcome` ignores what one of the outcomes leaves out. */
function isSame(a: Outcome, b: Outcome): boolean {
  const answered = (one: Outcome): one is Answered => one.kind === 'return' || one.kind === 'raise';
  if (!answered(a) || !answered(b)) return JSON.stringify(a) === JSON.stringify(b);
  const sameWarning = (one: Warning, i: number): boolean =>
    one.category === b.warnings?.[i]?.category && sameText(one.message, b.warnings[i].message);
  return (
    (a.kind === 'return' && b.kind === 'return'
      ? sameValue(a.value, b.value)
      : a.kind === 'raise' && b.kind === 'raise' && a.type === b.type && sameText(a.message, b.message)) &&
    a.warnings?.length === b.warnings?.length &&
    (a.warnings ?? []).every(sameWarning)
  );
}

describe('what is encoded comes back', () => {
  test('a value', () => {
    check(anyValue, (value) => {
      expect(sameValue(decodeValue(overTheWire(encodeValue(value))), value)).toBe(true);
    });
  });

  test('an integer of more digits than a release accepts', () => {
    check(longInteger, (value) => {
      expect(decodeValue(overTheWire(encodeValue(value)))).toBe(value);
    });
  });

  test("a method's answer", () => {
    check(anyAnswer, (answer: Answer) => {
      const path = py.pathLike(answer);
      expect(sameValue(decodeValue(overTheWire(encodeValue(path))), path)).toBe(true);
    });
  });

  test('a call, with its state and the order of its keywords', () => {
    check(anyCall, (call) => {
      const { state, args, kwargs } = decodeCall(overTheWire(encodeCall(call)));
      expect(sameText(state.cacheTag, call.state.cacheTag)).toBe(true);
      expect(sameText(state.pycachePrefix, call.state.pycachePrefix)).toBe(true);
      expect(sameText(state.cwd, call.state.cwd)).toBe(true);
      expect(state.optimize).toBe(call.state.optimize);
      expect(args).toHaveLength(call.args.length);
      expect(args.every((value, i) => sameValue(value, call.args[i]))).toBe(true);
      expect(kwargs.map(([key]) => key)).toEqual(call.kwargs.map(([key]) => key));
      expect(kwargs.every(([, value], i) => sameValue(value, call.kwargs[i]![1]))).toBe(true);
    });
  });

  test('a keyword that JavaScript has a meaning for', () => {
    const { state } = fc.sample(anyCall, { seed: 1, numRuns: 1 })[0]!;
    const kwargs = [['__proto__', 1n] as const, ['constructor', null] as const];
    expect(decodeCall(overTheWire(encodeCall({ state, args: [], kwargs }))).kwargs).toEqual(kwargs);
  });

  test('an outcome', () => {
    check(anyOutcome, (outcome) => {
      expect(isSame(decodeOutcome(overTheWire(encodeOutcome(outcome))), outcome)).toBe(true);
    });
  });
});

describe('lines', () => {
  test('are one line of printable ASCII and valid JSON, whatever they carry', () => {
    check(fc.oneof(anyCall.map(callText), anyOutcome.map(outcomeText)), (line) => {
      expect(line).toMatch(/^[ -~]*$/);
      expect(toLine(JSON.parse(line) as Json)).toBe(line);
    });
  });

  test('hold no escape of a lone surrogate, which some parsers refuse', () => {
    check(anyCall, (call) => {
      const lone = /(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]..|\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])/;
      expect(callText(call).replaceAll('\\\\', '')).not.toMatch(lone);
    });
  });

  test('tell two surrogates from the character that they would make', () => {
    expect(valueText(py.str([0xd83d, 0xde00]))).toBe('{"str":[55357,56832]}');
    expect(valueText(py.str([0x1f600]))).toBe(String.raw`"\ud83d\ude00"`);
  });
});

describe('the schema of the protocol accepts', () => {
  const schema = JSON.parse(readFileSync(join(specFolder(), 'protocol.schema.json'), 'utf8')) as {
    $id: string;
  };
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(schema);
  const errorsOf = (part: string, json: Json): readonly unknown[] => {
    const validate = ajv.getSchema(`${schema.$id}${part}`)!;
    return validate(json) === true ? [] : validate.errors!;
  };

  test('each call', () => {
    check(anyCall, (call) => {
      expect(errorsOf('#/definitions/call', overTheWire(encodeCall(call)))).toEqual([]);
    });
  });

  test('each outcome', () => {
    check(anyOutcome, (one) => {
      expect(errorsOf('#/definitions/outcome', overTheWire(encodeOutcome(one)))).toEqual([]);
    });
  });

  test('a request and its reply, and neither with another op or without its seq', () => {
    const [call] = fc.sample(anyCall, { seed: 2, numRuns: 1 });
    const [outcome] = fc.sample(anyOutcome, { seed: 2, numRuns: 1 });
    const request = { op: 'call', seq: 1, calls: [encodeCall(call!)] };
    const reply = { seq: 1, outcomes: [encodeOutcome(outcome!)] };
    expect(errorsOf('', request)).toEqual([]);
    expect(errorsOf('', reply)).toEqual([]);
    expect(errorsOf('', { ...request, op: 'calls' })).not.toEqual([]);
    expect(errorsOf('', { outcomes: reply.outcomes })).not.toEqual([]);
  });

  describe('a hello with a domain,', () => {
    const helloWith = (domain: Json): Json => ({
      protocol: 1,
      implementation: { name: 'a', version: '1' },
      python: '3.13.0',
      platform: 'posix',
      supports: ['cache_tag', 'optimize'],
      domain,
    });
    const refused = (domain: Json): boolean => {
      try {
        decodeDomain(domain, 'posix', 'domain');
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(EncodingError);
        return true;
      }
    };

    test.each<Json>([
      {},
      { path: {} },
      {
        path: {
          suffixes: ['.py', ''],
          form: 'relative',
          normalized: true,
          nested: true,
          names: 'identifier',
          characters: 'ascii',
        },
      },
      { pycache_prefix: { form: 'absolute' }, cwd: [null, { nested: true }, '/w', { str: [0xd800] }] },
      { optimization: [null, '', 1, { float: '1.0' }, { tuple: [] }], cache_tag: [null, ''] },
      { optimize: [0, { int: '9007199254740993' }], characters: 'text' },
    ])('such as %j', (domain) => {
      expect(refused(domain)).toBe(false);
      expect(errorsOf('', helloWith(domain))).toEqual([]);
    });

    test.each<Json>([
      null,
      [],
      { suffixes: ['.py'] },
      { path: { suffix: '.py' } },
      { path: ['/a.py'] },
      { path: { suffixes: [] } },
      { path: { suffixes: ['/a.py'] } },
      { path: { suffixes: [String.raw`\a.py`] } },
      { path: { suffixes: ['\0'] } },
      { path: { form: 'any' } },
      { path: { normalized: false } },
      { path: { nested: 1 } },
      { path: { names: 'identifiers' } },
      { pycache_prefix: null },
      { pycache_prefix: [] },
      { cwd: [1] },
      { cwd: [{ str: 'a' }] },
      { optimization: [] },
      { optimization: [1.5] },
      { cache_tag: [1] },
      { optimize: [-1] },
      { optimize: [true] },
      { optimize: ['1'] },
      { characters: 'utf-8' },
    ])('but not %j', (domain) => {
      expect(refused(domain)).toBe(true);
      expect(errorsOf('', helloWith(domain))).not.toEqual([]);
    });
  });

  test('no value that the codec refuses', () => {
    const accepted = noValues.filter(
      ([json]) => json !== undefined && errorsOf('#/definitions/value', json).length === 0,
    );
    expect(accepted).toEqual([]);
  });
});

const noValues: ReadonlyArray<readonly [json: Json | undefined, message: RegExp]> = [
  [undefined, /cannot be missing/],
  [[], /a value cannot be \[\]/],
  [1.5, /1\.5 is no integer that JSON holds exactly/],
  [2 ** 53, /9007199254740992 is no integer that JSON holds exactly/],
  [{}, /not a value: \{\}/],
  [{ set: [] }, /not a value: \{"set":\[\]\}/],
  [{ int: '1', float: '1.0' }, /not a value: \{"int":"1","float":"1\.0"\}/],
  [{ int: 1 }, /not a value: \{"int":1\}/],
  [{ int: '1e3' }, /"1e3"/],
  [{ int: '' }, /not a value: \{"int":""\}/],
  [{ float: 1.5 }, /not a value: \{"float":1\.5\}/],
  [{ float: '1,5' }, /"1,5"/],
  [{ str: 'a' }, /not a value: \{"str":"a"\}/],
  [{ str: [-1] }, /\[-1\]/],
  [{ str: [0x110000] }, /\[1114112\]/],
  [{ str: [1.5] }, /\[1\.5\]/],
  [{ bytes: '6' }, /not a value: \{"bytes":"6"\}/],
  [{ bytes: 'zz' }, /"zz"/],
  [{ bytes: [1] }, /not a value: \{"bytes":\[1\]\}/],
  [{ list: {} }, /not a value: \{"list":\{\}\}/],
  [{ tuple: [{ set: [] }] }, /\{"set":\[\]\}/],
  [{ list: [{ raise: 'ValueError' }] }, /a method's answer stands where a value should: \{"raise"/],
  [{ raise: 'ValueError' }, /a method's answer stands where a value should/],
  [{ sequence: [1] }, /a method's answer stands where a value should/],
  [{ path: { sequence: [] } }, /not a value: \{"sequence":\[\]\}/],
  [{ path: { raise: 1 } }, /not a value: \{"raise":1\}/],
  [{ path: { raise: 'ValueError', message: 1 } }, /a text cannot be 1/],
  [{ path: { raise: 'ValueError', text: 'x' } }, /not a value: \{"raise":"ValueError","text":"x"\}/],
  [{ object: [] }, /not a value: \{"object":\[\]\}/],
  [{ object: { repr: 'x' } }, /not a value: \{"object":\{"repr":"x"\}\}/],
  [{ object: { is: { float: '1.0' } } }, /not a value: \{"object":\{"is"/],
  [{ object: { str: { bool: true } } }, /not a value: \{"bool":true\}/],
];

describe('malformed', () => {
  const thrownBy = (decode: () => unknown): Error => {
    try {
      decode();
    } catch (error) {
      return error as Error;
    }
    throw new Error('nothing was thrown');
  };

  test.each(noValues)('the value %j is refused with what is wrong in it', (json, message) => {
    const error = thrownBy(() => decodeValue(json));
    expect(error).toBeInstanceOf(EncodingError);
    expect(error.message).toMatch(message);
  });

  const env = { cache_tag: 'x', optimize: 0, pycache_prefix: null, cwd: '/' };
  test.each<readonly [Json | undefined, RegExp]>([
    [undefined, /a call cannot be missing/],
    [[], /a call cannot be \[\]/],
    [{ args: ['a'] }, /a call's env cannot be missing/],
    [{ env }, /a call's args cannot be missing/],
    [{ env, args: 'a' }, /a call's args cannot be "a"/],
    [{ env, args: [{ set: [] }] }, /not a value: \{"set":\[\]\}/],
    [{ env, args: [], kwargs: [] }, /a call's kwargs cannot be \[\]/],
    [{ env: { ...env, optimize: '0' }, args: [] }, /optimize cannot be "0"/],
    [{ env: { ...env, cache_tag: 3 }, args: [] }, /a text cannot be 3/],
    [{ env: { optimize: 0 }, args: [] }, /cannot be missing/],
    [{ env: { ...env, pycache_prefix: true }, args: [] }, /a text cannot be true/],
    [{ env: { ...env, cwd: 3 }, args: [] }, /a text cannot be 3/],
    [{ env: { ...env, cwd: false }, args: [] }, /a text cannot be false/],
  ])('the call %j is refused with what is wrong in it', (json, message) => {
    const error = thrownBy(() => decodeCall(json));
    expect(error).toBeInstanceOf(EncodingError);
    expect(error.message).toMatch(message);
  });

  test.each<readonly [Json | undefined, RegExp]>([
    [undefined, /an outcome cannot be missing/],
    ['a.pyc', /an outcome cannot be "a\.pyc"/],
    [{ returns: 'a' }, /one of return, raise, unsupported, skipped, error; got \{"returns":"a"\}/],
    [{ return: 'a', raise: 'ValueError' }, /got \{"return":"a","raise":"ValueError"\}/],
    [{ return: 1.5 }, /1\.5 is no integer/],
    [{ raise: null }, /raise has no text: \{"raise":null\}/],
    [{ raise: 'ValueError', message: 3 }, /a text cannot be 3/],
    [{ skipped: 1 }, /skipped has no text/],
    [{ unsupported: ['x'] }, /unsupported has no text/],
    [{ error: {} }, /error has no text/],
    [{ return: 'a', warnings: 'none' }, /warnings cannot be "none"/],
    [{ return: 'a', warnings: ['UserWarning'] }, /a warning cannot be "UserWarning"/],
    [{ return: 'a', warnings: [{ message: 'x' }] }, /a warning has no category: \{"message":"x"\}/],
  ])('the outcome %j is refused with what is wrong in it', (json, message) => {
    const error = thrownBy(() => decodeOutcome(json));
    expect(error).toBeInstanceOf(EncodingError);
    expect(error.message).toMatch(message);
  });

  test('what is long is shortened in the message', () => {
    const error = thrownBy(() => decodeValue({ set: ['x'.repeat(100_000)] }));
    expect(error.message.length).toBeLessThan(200);
    expect(error.message).toMatch(/…$/);
  });
});

describe('what other writers of JSON write', () => {
  test('keys in another order, and keys beside those of an outcome', () => {
    expect(decodeValue({ path: { message: 'x', raise: 'ValueError' } })).toEqual(
      py.pathLike(py.raises('ValueError', 'x')),
    );
    expect(decodeOutcome({ note: 1, warnings: [], return: null })).toEqual({
      kind: 'return',
      value: null,
      warnings: [],
    });
  });

  test('a text by its code points that needs no list, and a small integer by its digits', () => {
    expect(sameValue(decodeValue({ str: [97, 0x1f600] }), str('a\u{1f600}'))).toBe(true);
    expect(decodeValue({ int: '-7' })).toBe(-7n);
  });

  test('a call whose working directory was removed', () => {
    const env = { cache_tag: 'x', optimize: 0, pycache_prefix: '/p', cwd: null };
    expect(decodeCall({ env, args: [] }).state.cwd).toBeNull();
    expect(overTheWire(encodeCall(decodeCall({ env, args: [] })))).toEqual({ env, args: [] });
  });

  test('a call without prefix, working directory and keywords', () => {
    const { state, kwargs } = decodeCall({ env: { cache_tag: null, optimize: 2 }, args: [] });
    expect([state.cacheTag, state.optimize, state.pycachePrefix, state.cwd?.units, kwargs]).toEqual([
      null,
      2n,
      null,
      '/',
      [],
    ]);
  });
});
