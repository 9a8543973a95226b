/*
 * Values, calls and outcomes as JSON: spec/protocol.md describes the encoding, which the goldens share.
 */
import { match } from 'ts-pattern';
import type { Call, Outcome } from '../python/call.ts';
import type { Warning } from '../python/exceptions.ts';
import type { State } from '../python/interpreter.ts';
import { floatText, parseFloatText } from '../python/numbers.ts';
import { Str, str } from '../python/text.ts';
import { objectMethods, py, type Answer, type Raises, type Value } from '../python/values.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** JSON that does not follow the encoding. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

/** JSON text in ASCII. */
export const toLine = (json: Json): string =>
  JSON.stringify(json).replaceAll(
    /[^\0-~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export function encodeValue(value: Answer): Json {
  // The values of nearly every call come first: a match costs as much as all the rest of their encoding.
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return encodeInteger(value);
  if (value.kind === 'str') return encodeText(value);
  return match(value)
    .returnType<Json>()
    .with({ kind: 'float' }, ({ number }) => ({ float: floatText(number) }))
    .with({ kind: 'bytes' }, ({ bytes }) => ({
      bytes: bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    }))
    .with({ kind: 'list' }, ({ items }) => ({ list: items.map(encodeValue) }))
    .with({ kind: 'tuple' }, ({ items }) => ({ tuple: items.map(encodeValue) }))
    .with({ kind: 'path' }, ({ fspath }) => ({ path: encodeValue(fspath) }))
    .with({ kind: 'object' }, (object) => {
      const encoded: Record<string, Json> = {};
      if (object.is !== undefined) encoded['is'] = encodeValue(object.is);
      for (const name of objectMethods) {
        const answer = object[name];
        if (answer !== undefined) encoded[name] = encodeValue(answer);
      }
      return { object: encoded };
    })
    .with({ kind: 'raise' }, ({ type, message }) => ({
      raise: type,
      ...(message === undefined ? {} : { message: encodeText(message) }),
    }))
    .with({ kind: 'sequence' }, ({ answers }) => ({ sequence: answers.map(encodeValue) }))
    .exhaustive();
}

const smallest = BigInt(Number.MIN_SAFE_INTEGER);
const greatest = BigInt(Number.MAX_SAFE_INTEGER);

function encodeInteger(int: bigint): Json {
  return int >= smallest && int <= greatest ? Number(int) : { int: int.toString() };
}

const encodeText = (text: Str): Json => (text.hasSurrogates ? { str: text.codePoints() } : text.units);

export const encodeState = ({ cacheTag, optimize, pycachePrefix, cwd }: State): Json => ({
  cache_tag: encodeValue(cacheTag),
  optimize: encodeValue(optimize),
  pycache_prefix: encodeValue(pycachePrefix),
  cwd: encodeValue(cwd),
});

export const encodeCall = ({ state, args, kwargs }: Call): Json => ({
  env: encodeState(state),
  args: args.map(encodeValue),
  ...(kwargs.length === 0
    ? {}
    : { kwargs: Object.fromEntries(kwargs.map(([name, value]) => [name, encodeValue(value)])) }),
});

export function encodeOutcome(outcome: Outcome): Json {
  return match(outcome)
    .returnType<Json>()
    .with({ kind: 'return' }, ({ value, warnings }) => ({
      return: encodeValue(value),
      ...encodeWarnings(warnings),
    }))
    .with({ kind: 'raise' }, ({ type, message, warnings }) => ({
      raise: type,
      ...(message === undefined ? {} : { message: encodeText(message) }),
      ...encodeWarnings(warnings),
    }))
    .with({ kind: 'unsupported' }, ({ feature }) => ({ unsupported: feature }))
    .with({ kind: 'skipped' }, ({ reason }) => ({ skipped: reason }))
    .with({ kind: 'error' }, ({ text }) => ({ error: text }))
    .exhaustive();
}

const encodeWarnings = (warnings: readonly Warning[] = []): JsonObject =>
  warnings.length === 0
    ? {}
    : {
        warnings: warnings.map(({ category, message }) => ({
          category,
          ...(message === undefined ? {} : { message: encodeText(message) }),
        })),
      };

/** @throws EncodingError */
export function decodeValue(json: Json | undefined): Value {
  const answer = decodeAnswer(json);
  if (isObject(answer) && (answer.kind === 'raise' || answer.kind === 'sequence')) {
    throw new EncodingError(`a method's answer stands where a value should: ${excerpt(json)}`);
  }
  return answer;
}

const isObject = (answer: Answer): answer is Exclude<Answer, null | boolean | bigint> =>
  answer !== null && typeof answer === 'object';

function decodeAnswer(json: Json | undefined): Answer {
  if (json === null || typeof json === 'boolean') return json;
  if (typeof json === 'string') return str(json);
  if (typeof json === 'number') {
    if (Number.isSafeInteger(json)) return BigInt(json);
    throw new EncodingError(
      `${json} is no integer that JSON holds exactly: write {"float":"…"} or {"int":"…"}`,
    );
  }
  if (json === undefined || Array.isArray(json))
    throw new EncodingError(`a value cannot be ${excerpt(json)}`);
  const fields = json as JsonObject;
  const fail = (): never => {
    throw new EncodingError(`not a value: ${excerpt(json)}`);
  };
  const keys = Object.keys(fields);
  const key = 'raise' in fields ? 'raise' : (keys[0] ?? '');
  if (keys.some((one) => one !== key && !(key === 'raise' && one === 'message'))) fail();
  const content = fields[key];
  const list = (): readonly Json[] => (Array.isArray(content) ? (content as readonly Json[]) : fail());
  const text = (): string => (typeof content === 'string' ? content : fail());
  switch (key) {
    case 'int':
      return /^-?\d+$/.test(text()) ? BigInt(text()) : fail();
    case 'float':
      return py.float(parseFloatText(text()) ?? fail());
    case 'str':
      return py.str(list().map((point) => (isCodePoint(point) ? point : fail())));
    case 'bytes':
      return /^([0-9a-f]{2})*$/i.test(text())
        ? py.bytes((text().match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16)))
        : fail();
    case 'list':
      return py.list(...list().map(decodeValue));
    case 'tuple':
      return py.tuple(...list().map(decodeValue));
    case 'path':
      return py.pathLike(decodeAnswer(content));
    case 'object':
      return decodeObject(content, fail);
    case 'raise':
      return decodeRaise(fields, fail);
    case 'sequence': {
      const answers = list().map(decodeAnswer);
      return answers.length > 0 ? py.sequence(...answers) : fail();
    }
    default:
      return fail();
  }
}

function decodeObject(content: Json | undefined, fail: () => never): Value {
  if (content === null || typeof content !== 'object' || Array.isArray(content)) return fail();
  const { is, ...methods } = content as JsonObject;
  const held = is === undefined ? undefined : decodeValue(is);
  if (held !== undefined && typeof held !== 'bigint' && !(held instanceof Str)) return fail();
  if (Object.keys(methods).some((name) => !(objectMethods as readonly string[]).includes(name)))
    return fail();
  return py.object({
    ...(held === undefined ? {} : { is: held }),
    ...Object.fromEntries(Object.entries(methods).map(([name, answer]) => [name, decodeAnswer(answer)])),
  });
}

function decodeRaise({ raise, message }: JsonObject, fail: () => never): Raises {
  if (typeof raise !== 'string') return fail();
  return message === undefined ? py.raises(raise) : py.raises(raise, decodeText(message));
}

function decodeText(json: Json | undefined): Str {
  const value = decodeValue(json);
  if (value instanceof Str) return value;
  throw new EncodingError(`a text cannot be ${excerpt(json)}`);
}

/** @throws EncodingError */
export function decodeCall(json: Json | undefined): Call {
  const { env, args, kwargs = {} } = fieldsOf(json, 'a call');
  const { cache_tag, optimize, pycache_prefix = null, cwd = '/' } = fieldsOf(env, "a call's env");
  const level = decodeValue(optimize);
  if (typeof level !== 'bigint') throw new EncodingError(`optimize cannot be ${excerpt(optimize)}`);
  if (!Array.isArray(args)) throw new EncodingError(`a call's args cannot be ${excerpt(args)}`);
  return {
    state: {
      cacheTag: cache_tag === null ? null : decodeText(cache_tag),
      optimize: level,
      pycachePrefix: pycache_prefix === null ? null : decodeText(pycache_prefix),
      cwd: cwd === null ? null : decodeText(cwd),
    },
    args: (args as readonly Json[]).map(decodeValue),
    kwargs: Object.entries(fieldsOf(kwargs, "a call's kwargs")).map(([name, value]) => [
      name,
      decodeValue(value),
    ]),
  };
}

/** @throws EncodingError */
export function decodeOutcome(json: Json | undefined): Outcome {
  const fields = fieldsOf(json, 'an outcome');
  const { message } = fields;
  const kinds = (['return', 'raise', 'unsupported', 'skipped', 'error'] as const).filter(
    (kind) => kind in fields,
  );
  if (kinds.length !== 1) {
    throw new EncodingError(
      `an outcome is one of return, raise, unsupported, skipped, error; got ${excerpt(json)}`,
    );
  }
  if (kinds[0] === 'return') {
    return { kind: 'return', value: decodeValue(fields['return']), ...decodeWarnings(fields['warnings']) };
  }
  const text = fields[kinds[0]!];
  if (typeof text !== 'string') throw new EncodingError(`${kinds[0]} has no text: ${excerpt(json)}`);
  return match(kinds[0]!)
    .returnType<Outcome>()
    .with('raise', () => ({
      kind: 'raise',
      type: text,
      ...(message === undefined ? {} : { message: decodeText(message) }),
      ...decodeWarnings(fields['warnings']),
    }))
    .with('unsupported', () => ({ kind: 'unsupported', feature: text }))
    .with('skipped', () => ({ kind: 'skipped', reason: text }))
    .with('error', () => ({ kind: 'error', text }))
    .exhaustive();
}

function decodeWarnings(json: Json | undefined): { warnings?: Warning[] } {
  if (json === undefined) return {};
  if (!Array.isArray(json)) throw new EncodingError(`warnings cannot be ${excerpt(json)}`);
  return {
    warnings: (json as readonly Json[]).map((one) => {
      const { category, message } = fieldsOf(one, 'a warning');
      if (typeof category !== 'string') throw new EncodingError(`a warning has no category: ${excerpt(one)}`);
      return message === undefined ? { category } : { category, message: decodeText(message) };
    }),
  };
}

export function fieldsOf(json: Json | undefined, what: string): JsonObject {
  if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as JsonObject;
  throw new EncodingError(`${what} cannot be ${excerpt(json)}`);
}

const isCodePoint = (json: Json): json is number =>
  typeof json === 'number' && Number.isInteger(json) && json >= 0 && json <= 0x10ffff;

/** As much of it as a message can show. */
export function excerpt(json: Json | undefined): string {
  const text = json === undefined ? 'missing' : JSON.stringify(json);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
