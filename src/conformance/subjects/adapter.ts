/*
 * A subject reached through the adapter protocol (spec/protocol.md): one conversation, up to its end or its first
 * failure.
 */
import { functions, type Call, type FunctionName, type Outcome } from '../../python/call.ts';
import { platforms, type State } from '../../python/interpreter.ts';
import { parseVersion } from '../../python/releases.ts';
import { Str } from '../../python/text.ts';
import {
  decodeOutcome,
  decodeValue,
  callText,
  EncodingError,
  excerpt,
  fieldsOf,
  toLine,
  type Json,
} from '../codec.ts';
import { refuseContradiction } from '../domain/agreed.ts';
import { decodeDomain } from '../domain/declared.ts';
import { features, type Feature, type Hello } from '../features.ts';
import { openLine, Stray, type Channel, type Line } from './channel.ts';

const protocol = 1;

/** The time limits for a hello, a single call, a message of many calls, and a bye, in milliseconds. */
export type Deadlines = {
  readonly hello: number;
  readonly call: number;
  readonly message: number;
  readonly bye: number;
};

/** @param seconds the time limit for one call; the others are derived from it */
export const deadlinesOf = (seconds: number): Deadlines => ({
  hello: 12_000 * seconds,
  call: 1000 * seconds,
  message: 6000 * seconds,
  bye: 2000 * seconds,
});
export const usualDeadlines = deadlinesOf(5);

export type Conversation = {
  readonly hello: Hello;
  readonly line: Line;
  /** Whether nothing has been asked yet. */
  readonly fresh: boolean;
  /**
   * @param deadline in milliseconds
   * @throws AdapterError
   */
  ask(calls: readonly Call[], deadline: number): Promise<Outcome[]>;
};

/**
 * Says hello to an adapter.
 * @param onStderr called with what it prints to stderr, as it comes
 * @throws AdapterError
 */
export async function greet(
  channel: Channel,
  onStderr: (text: string) => void,
  deadlines: Deadlines,
): Promise<Conversation> {
  const line = openLine(channel, onStderr);
  const hello = await line.request(toLine({ op: 'hello', protocol }), deadlines.hello, 'hello', decodeHello);
  const { cwd: fixed } = hello.fixed;
  const asSent = (call: Call): Call =>
    fixed === undefined || call.state.cwd === null ? call : { ...call, state: { ...call.state, cwd: fixed } };
  let seq = 0;
  return {
    hello,
    line,
    get fresh() {
      return seq === 0;
    },
    ask: (calls, deadline) => {
      const number = ++seq;
      return line.request(
        `{"op":"call","seq":${number},"calls":[${calls.map((call) => callText(asSent(call))).join(',')}]}`,
        deadline,
        calls.length === 1
          ? `the call of message ${number}`
          : `the ${calls.length} calls of message ${number}`,
        (reply) => decodeReply(reply, number, calls),
      );
    },
  };
}

function decodeHello(reply: Json): Hello {
  const {
    protocol: spoken,
    implementation,
    python,
    platform,
    functions: named = ['cache_from_source'],
    supports,
    fixed = {},
    domain,
  } = fieldsOf(reply, 'hello');
  if (spoken !== protocol)
    throw new EncodingError(`it speaks protocol ${excerpt(spoken)} instead of ${protocol}`);
  const { name, version } = fieldsOf(implementation, "hello's implementation");
  if (typeof name !== 'string' || typeof version !== 'string') {
    throw new EncodingError("hello's implementation needs a name and a version, both strings");
  }
  const release =
    typeof python === 'string' && /^\d+\.\d+\.\d+$/.test(python) ? parseVersion(python) : undefined;
  if (!release)
    throw new EncodingError(`hello's python is not three numbers such as "3.12.1": ${excerpt(python)}`);
  const known = platforms.find((one) => one === platform);
  if (!known)
    throw new EncodingError(`hello's platform must be one of ${platforms.join(', ')}: ${excerpt(platform)}`);
  if (!Array.isArray(supports))
    throw new EncodingError(`hello's supports is not a list: ${excerpt(supports)}`);
  const stranger = (supports as readonly Json[]).find((feature) => !features.includes(feature as Feature));
  if (stranger !== undefined) {
    throw new EncodingError(
      `hello supports ${excerpt(stranger)}, which is not a feature; the features are ${features.join(', ')}`,
    );
  }
  const supported = new Set(supports as readonly Feature[]);
  const hello = {
    implementation: { name, version },
    python: release,
    platform: known,
    functions: decodeFunctions(named),
    supports: supported,
    fixed: decodeFixed(fixed, supported),
    domain: decodeDomain(domain, known, "hello's domain"),
  };
  refuseContradiction(hello);
  return hello;
}

function decodeFunctions(json: Json): FunctionName[] {
  if (!Array.isArray(json)) throw new EncodingError(`hello's functions is not a list: ${excerpt(json)}`);
  const stranger = (json as readonly Json[]).find((name) => !functions.includes(name as FunctionName));
  if (stranger !== undefined) {
    throw new EncodingError(
      `hello's functions has ${excerpt(stranger)}, which is not a function; the functions are ${functions.join(', ')}`,
    );
  }
  if (json.length === 0) {
    throw new EncodingError(
      "hello's functions is empty; without the key, the only function is cache_from_source",
    );
  }
  const twice = json.find((name, i) => json.indexOf(name) < i) as Json | undefined;
  if (twice !== undefined) throw new EncodingError(`hello's functions has ${excerpt(twice)} twice`);
  return functions.filter((name) => json.includes(name));
}

function decodeFixed(json: Json, supports: ReadonlySet<Feature>): Partial<State> {
  const { cache_tag, optimize, cwd } = fieldsOf(json, "hello's fixed");
  const missing = (['cache_tag', 'optimize'] as const).find(
    (name) => !supports.has(name) && fieldsOf(json, "hello's fixed")[name] === undefined,
  );
  if (missing) {
    throw new EncodingError(`hello does not support ${missing}, so "fixed" must give its value`);
  }
  const fixed: { -readonly [K in keyof State]?: State[K] } = {};
  if (!supports.has('cache_tag')) {
    const tag = decodeValue(cache_tag);
    if (tag !== null && !(tag instanceof Str))
      throw new EncodingError(`fixed cache_tag cannot be ${excerpt(cache_tag)}`);
    fixed.cacheTag = tag;
  }
  if (!supports.has('optimize')) {
    const level = decodeValue(optimize);
    if (typeof level !== 'bigint') throw new EncodingError(`fixed optimize cannot be ${excerpt(optimize)}`);
    fixed.optimize = level;
  }
  if (!supports.has('cwd') && cwd !== undefined) {
    const folder = decodeValue(cwd);
    if (!(folder instanceof Str)) throw new EncodingError(`fixed cwd cannot be ${excerpt(cwd)}`);
    fixed.cwd = folder;
  }
  return fixed;
}

function decodeReply(reply: Json, seq: number, calls: readonly Call[]): Outcome[] {
  const { seq: answered, outcomes } = fieldsOf(reply, 'a reply');
  if (answered !== seq) {
    const isStray = typeof answered === 'number' && answered >= 1 && answered < seq;
    throw isStray
      ? new Stray(`it answered message ${answered} a second time`)
      : new EncodingError(`it answered message ${excerpt(answered)} instead of ${seq}`);
  }
  if (!Array.isArray(outcomes)) throw new EncodingError(`its outcomes are not a list: ${excerpt(outcomes)}`);
  if (outcomes.length !== calls.length) {
    throw new EncodingError(`it gave ${outcomes.length} outcomes for ${calls.length} calls`);
  }
  return (outcomes as readonly Json[]).map((outcome) => {
    refuseDepth(fieldsOf(outcome, 'an outcome')['return'] ?? null);
    return decodeOutcome(outcome);
  });
}

/** No path needs a value nested deeper, and some functions here could not process one. */
const deepest = 100;

/** @throws EncodingError */
function refuseDepth(json: Json, depth = 0): void {
  if (json === null || typeof json !== 'object') return;
  if (depth === deepest) throw new EncodingError(`a value is nested deeper than ${deepest} times`);
  for (const part of Object.values(json)) refuseDepth(part, depth + 1);
}
