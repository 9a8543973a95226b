/* What an author may have overlooked, judging by what the adapter wrote to stdout. */
import { isUtf8 } from 'node:buffer';
import type { Json } from '../codec.ts';
import type { Mishap } from '../events.ts';

/** A failure while something was asked. */
export type Incident = {
  readonly why: Mishap;
  readonly asked: 'hello' | 'calls' | 'bye';
  /** What came on stdout since then. */
  readonly heard: Buffer;
  /** How the process ended, if it did. */
  readonly ended?: string | undefined;
};

/** A sentence or two to add to the description of a failure, or undefined. */
export function remarkOn({ why, asked, heard, ended }: Incident): string | undefined {
  const text = heard.toString();
  const lines = text.split('\n');
  const rest = lines.pop()!;
  switch (why) {
    case 'timeout':
      return asked === 'bye' ? undefined : remarkOnSilence(rest, asked);
    case 'crash':
      if (rest !== '') return `It ended in the middle of a line: ${quoted(rest)}.`;
      if (asked !== 'bye' && ended === 'with exit code 0') {
        return asked === 'calls'
          ? 'It ended by itself after hello. It must keep reading lines until bye.'
          : 'It ended by itself. It must read lines from stdin until bye, and answer each of them.';
      }
      return undefined;
    case 'protocol': {
      if (!isUtf8(heard)) return remarkOnBytes(heard);
      const bad = lines.find((line) => parsed(line) === undefined);
      if (bad !== undefined) return remarkOnLine(bad, text);
      return lines.length === 0 ? undefined : remarkOnReply(parsed(lines.at(-1)!)!, asked);
    }
    case 'error':
      return undefined;
  }
}

function remarkOnSilence(rest: string, asked: 'hello' | 'calls'): string {
  if (rest !== '') return `It wrote ${quoted(rest)} without a line end. End each reply with \\n.`;
  return asked === 'hello'
    ? 'Nothing appeared on its stdout. Does it flush its stdout after each line, and answer each line as soon as it arrives?'
    : 'Nothing more appeared on its stdout. Does it keep reading after hello, and flush its stdout after each reply?';
}

function remarkOnBytes(bytes: Buffer): string | undefined {
  const line = bytes
    .toString('latin1')
    .split('\n')
    .find((one) => /[^\0-\x7f]/.test(one) && parsed(one) !== undefined);
  return line === undefined
    ? undefined
    : `Read as Latin-1 it is ${quoted(line)}: is that the encoding of its stdout?`;
}

/** @param all everything that came, from that line on */
function remarkOnLine(line: string, all: string): string | undefined {
  if (line.startsWith('\uFEFF')) return 'It begins with a byte order mark: write UTF-8 without one.';
  if (line.includes('\0')) return 'It looks like UTF-16: write UTF-8.';
  if (line.trim() === '') return 'The line is empty: does it end its lines twice?';
  if (/^[[{]/.test(line)) {
    if (/^\{\s*'/.test(line))
      return "It looks like the repr of a dict: write JSON, for example with Python's json.dumps.";
    if (/[:[,]\s*-?(NaN|Infinity)\b/.test(line)) {
      return 'JSON has no NaN and no Infinity: a float is {"float":"nan"} or {"float":"inf"}.';
    }
    if (/^[[{]\s*$/.test(line) || parsed(all) !== undefined) {
      return 'It looks like JSON on several lines: write each reply on one line, without indentation.';
    }
    if (/\}\s*\{/.test(line)) return 'It looks like two replies on one line: end each with \\n.';
  }
  if (/.\{.*\}\s*$/.test(line)) return 'It looks like a reply with something printed before it.';
  return undefined;
}

function remarkOnReply(reply: Json, asked: 'hello' | 'calls' | 'bye'): string | undefined {
  if (!isObject(reply)) return undefined;
  if ('op' in reply) return 'It echoes its input.';
  if (asked === 'hello') return remarkOnHello(reply);
  const { outcomes } = reply;
  if (outcomes === undefined) {
    if ('implementation' in reply) return 'It answered calls with a hello: does it look at "op"?';
    if ('return' in reply || 'raise' in reply) {
      return 'Outcomes must be in a list, even if there is only one: {"seq":1,"outcomes":[{"return":"…"}]}.';
    }
    return undefined;
  }
  if (!Array.isArray(outcomes)) return 'outcomes must be a list, even for a single call.';
  const list = outcomes as readonly Json[];
  if (list.some((one) => typeof one === 'string')) {
    return 'Send what the function returned as {"return":"…"}.';
  }
  const boxed = list.flatMap((one) => (isObject(one) && isObject(one['return']) ? [one['return']] : []));
  const number = boxed.find((one) => ['int', 'float'].some((kind) => typeof one[kind] === 'number'));
  if (number !== undefined) return 'Send the digits of an int or a float as a string: {"float":"1.0"}.';
  return undefined;
}

function remarkOnHello(reply: JsonObject): string | undefined {
  if ('outcomes' in reply) return 'It answered hello with outcomes: does it look at "op"?';
  const { python, supports, fixed } = reply;
  if (typeof python === 'string' && /^\d+\.\d+$/.test(python)) {
    return `Give a release with three numbers: "${python}.0" if the third does not matter.`;
  }
  if (!Array.isArray(supports)) return undefined;
  const needed = { cache_tag: 'cpython-313', optimize: 0 };
  const missing = Object.entries(needed).filter(
    ([name]) => !supports.includes(name) && !(isObject(fixed) && name in fixed),
  );
  return missing.length === 0
    ? undefined
    : `For example, "fixed":${JSON.stringify(Object.fromEntries(missing))}.`;
}

type JsonObject = { readonly [key: string]: Json };

const isObject = (json: Json | undefined): json is JsonObject =>
  json !== null && typeof json === 'object' && !Array.isArray(json);

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const quoted = (text: string): string => JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
