/*
 * Values, calls and outcomes as JSON. The encoding is described in spec/protocol.md, and the goldens use it too.
 */
import { functions, type Call, type FunctionName, type Outcome } from '../python/call.ts';
import type { Warning } from '../python/exceptions.ts';
import type { State } from '../python/interpreter.ts';
import { floatText, parseFloatText } from '../python/numbers.ts';
import { Str, str } from '../python/text.ts';
import { objectMethods, py, type Answer, type Raises, type Value } from '../python/values.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** Thrown for JSON that does not follow the encoding. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError';
}

/** JSON as ASCII text. */
export const toLine = (json: Json): string => JSON.stringify(json).replaceAll(/[^\0-~]+/g, escaped);

/** A text as JSON in ASCII. */
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : `"${escaped(text)}"`);

/** Text that needs no escape in JSON. */
const plain = /^[ !#-[\]-~]*$/;

/** How each UTF-16 unit is written. */
const units: string[] = [];

function escaped(text: string): string {
  let line = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    line += units[unit] ??= unit > 0x7e ? `\\u${unit.toString(16).padStart(4, '0')}` : inJson(unit);
  }
  return line;
}

const inJson = (unit: number): string => JSON.stringify(String.fromCharCode(unit)).slice(1, -1);

/*
 * Values are encoded as text directly. The text is what `toLine` gives for their JSON, which is seldom needed and is
 * therefore parsed from the text.
 */

export const encodeValue = (value: Answer): Json => JSON.parse(valueText(value)) as Json;
export const encodeState = (state: State): Json => JSON.parse(stateText(state)) as Json;
export const encodeCall = (call: Call): Json => JSON.parse(callText(call)) as Json;
export const encodeOutcome = (outcome: Outcome): Json => JSON.parse(outcomeText(outcome)) as Json;

/** The encoding of a value, as ASCII text. */
export function valueText(value: Answer): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return integerText(value);
  switch (value.kind) {
    case 'str':
      return textText(value);
    case 'float':
      return `{"float":"${floatText(value.number)}"}`;
    case 'bytes':
      return `{"bytes":"${value.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}"}`;
    case 'list':
      return `{"list":${listText(value.items)}}`;
    case 'tuple':
      return `{"tuple":${listText(value.items)}}`;
    case 'path':
      return `{"path":${valueText(value.fspath)}}`;
    case 'object': {
      const fields = (['is', ...objectMethods] as const).flatMap((name) => {
        const answer = value[name];
        return answer === undefined ? [] : [`"${name}":${valueText(answer)}`];
      });
      return `{"object":{${fields.join(',')}}}`;
    }
    case 'raise':
      return `{"raise":${quoted(value.type)}${messageText(value.message)}}`;
    case 'sequence':
      return `{"sequence":${listText(value.answers)}}`;
  }
}

const listText = (values: readonly Answer[]): string => `[${values.map(valueText).join(',')}]`;

const smallest = BigInt(Number.MIN_SAFE_INTEGER);
const greatest = BigInt(Number.MAX_SAFE_INTEGER);

const integerText = (int: bigint): string =>
  int >= smallest && int <= greatest ? String(int) : `{"int":"${int}"}`;

function textText(text: Str): string {
  if (plain.test(text.units)) return `"${text.units}"`;
  return text.hasSurrogates ? `{"str":[${text.codePoints().join(',')}]}` : `"${escaped(text.units)}"`;
}

/** The encoding of a call, as ASCII text. */
export function callText({ function: name, state, args, kwargs }: Call): string {
  const asked = name === undefined ? '' : `"function":"${name}",`;
  const given = `{${asked}"env":${stateText(state)},"args":${listText(args)}`;
  if (kwargs.length === 0) return `${given}}`;
  const named = kwargs.map(([name, value]) => `${quoted(name)}:${valueText(value)}`);
  return `${given},"kwargs":{${named.join(',')}}}`;
}

const stateText = ({ cacheTag, optimize, pycachePrefix, cwd }: State): string =>
  `{"cache_tag":${valueText(cacheTag)},"optimize":${valueText(optimize)},` +
  `"pycache_prefix":${valueText(pycachePrefix)},"cwd":${valueText(cwd)}}`;

/** The encoding of an outcome, as ASCII text. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'return':
      return `{"return":${valueText(outcome.value)}${warningsText(outcome.warnings)}}`;
    case 'raise': {
      const { type, message, warnings } = outcome;
      return `{"raise":${quoted(type)}${messageText(message)}${warningsText(warnings)}}`;
    }
    case 'unsupported':
      return `{"unsupported":${quoted(outcome.feature)}}`;
    case 'skipped':
      return `{"skipped":${quoted(outcome.reason)}}`;
    case 'error':
      return `{"error":${quoted(outcome.text)}}`;
  }
}

const messageText = (message: Str | undefined): string =>
  message === undefined ? '' : `,"message":${textText(message)}`;

const warningsText = (warnings: readonly Warning[] = []): string =>
  warnings.length === 0
    ? ''
    : `,"warnings":[${warnings
        .map(({ category, message }) => `{"category":${quoted(category)}${messageText(message)}}`)
        .join(',')}]`;

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
  const { function: name, env, args, kwargs = {} } = fieldsOf(json, 'a call');
  const { cache_tag, optimize, pycache_prefix = null, cwd = '/' } = fieldsOf(env, "a call's env");
  const level = decodeValue(optimize);
  if (typeof level !== 'bigint') throw new EncodingError(`optimize cannot be ${excerpt(optimize)}`);
  if (name !== undefined && !functions.includes(name as FunctionName))
    throw new EncodingError(`a call's function is one of ${functions.join(', ')}; got ${excerpt(name)}`);
  if (!Array.isArray(args)) throw new EncodingError(`a call's args cannot be ${excerpt(args)}`);
  const state = {
    cacheTag: cache_tag === null ? null : decodeText(cache_tag),
    optimize: level,
    pycachePrefix: pycache_prefix === null ? null : decodeText(pycache_prefix),
    cwd: cwd === null ? null : decodeText(cwd),
  };
  const values = (args as readonly Json[]).map(decodeValue);
  const named = Object.entries(fieldsOf(kwargs, "a call's kwargs")).map(
    ([name, value]) => [name, decodeValue(value)] as const,
  );
  // Two literals: V8 makes what is spread over a literal an object whose every property it then looks up slowly.
  return name === 'source_from_cache'
    ? { function: name, state, args: values, kwargs: named }
    : { state, args: values, kwargs: named };
}

const outcomeKinds = ['return', 'raise', 'unsupported', 'skipped', 'error'] as const;

/** @throws EncodingError */
export function decodeOutcome(json: Json | undefined): Outcome {
  const fields = fieldsOf(json, 'an outcome');
  const kind = outcomeKinds.find((one) => one in fields);
  if (kind === undefined || outcomeKinds.some((one) => one !== kind && one in fields)) {
    throw new EncodingError(`an outcome is one of ${outcomeKinds.join(', ')}; got ${excerpt(json)}`);
  }
  const warnings = decodeWarnings(fields['warnings']);
  if (kind === 'return') {
    const value = decodeValue(fields['return']);
    return warnings === undefined ? { kind, value } : { kind, value, warnings };
  }
  const text = fields[kind];
  if (typeof text !== 'string') throw new EncodingError(`${kind} has no text: ${excerpt(json)}`);
  switch (kind) {
    case 'raise': {
      const message = fields['message'] === undefined ? {} : { message: decodeText(fields['message']) };
      return { kind, type: text, ...message, ...(warnings === undefined ? {} : { warnings }) };
    }
    case 'unsupported':
      return { kind, feature: text };
    case 'skipped':
      return { kind, reason: text };
    case 'error':
      return { kind, text };
  }
}

function decodeWarnings(json: Json | undefined): Warning[] | undefined {
  if (json === undefined) return undefined;
  if (!Array.isArray(json)) throw new EncodingError(`warnings cannot be ${excerpt(json)}`);
  return (json as readonly Json[]).map((one) => {
    const { category, message } = fieldsOf(one, 'a warning');
    if (typeof category !== 'string') throw new EncodingError(`a warning has no category: ${excerpt(one)}`);
    return message === undefined ? { category } : { category, message: decodeText(message) };
  });
}

export function fieldsOf(json: Json | undefined, what: string): JsonObject {
  if (json !== null && typeof json === 'object' && !Array.isArray(json)) return json as JsonObject;
  throw new EncodingError(`${what} cannot be ${excerpt(json)}`);
}

const isCodePoint = (json: Json): json is number =>
  typeof json === 'number' && Number.isInteger(json) && json >= 0 && json <= 0x10ffff;

/** The JSON as text, cut to fit into a message. */
export function excerpt(json: Json | undefined): string {
  const text = json === undefined ? 'missing' : JSON.stringify(json);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
