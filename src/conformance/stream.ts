/* Reads a run from the stream of its events. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { EncodingError, excerpt, type Json } from './codec.ts';
import { functions } from '../python/call.ts';
import { decodeDomain } from './domain/declared.ts';
import { format, mishaps, type Event } from './events.ts';

/**
 * Thrown for a text that is not a stream of events. The message says what is wrong and where: a sentence without a full
 * stop.
 */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

/**
 * Reads the events of a file.
 * @param file its path, or `-` for stdin
 * @throws StreamError if it cannot be read; the message names the file
 */
export async function readStreamFile(file: string): Promise<Event[]> {
  const name = file === '-' ? 'stdin' : file;
  let text: string;
  try {
    text = file === '-' ? await textOf(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new StreamError(`${name} cannot be read: ${whyUnreadable(error)}`, { cause: error });
  }
  try {
    return readStream(text);
  } catch (error) {
    if (error instanceof StreamError) throw new StreamError(`${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Why a file cannot be read or written, in words. */
export function whyUnreadable(error: unknown): string {
  const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
  const inWords: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    ENOTDIR: 'what should be a folder on the way is a file',
    EISDIR: 'it is a folder',
    EACCES: 'that is not permitted',
    EPERM: 'that is not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space is left',
    ENAMETOOLONG: 'the name is too long',
  };
  return inWords[code] ?? `the system rejects it (${code})`;
}

/**
 * Reads the events of a stream. A stream that was cut short is read up to its last whole line, and is incomplete.
 * Events and keys that a later version has added are ignored.
 * @throws StreamError
 */
export function readStream(text: string): Event[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  lines.pop();
  const [first] = lines;
  if (first === undefined || !isStart(parsed(first))) throw new StreamError(whyNoStream(text));
  const events: Event[] = [];
  const seen = new Set<string>();
  const names = { checked: new Set<string>(), elsewhere: new Set<string>(), some: false };
  lines.forEach((line, i) => {
    const at = `line ${i + 1}`;
    const event = eventOf(parsed(line), at);
    if (event === undefined) return;
    const { type } = event;
    if (seen.has('end')) {
      throw new StreamError(`${at}: something follows the end of the run; let each file hold one run`);
    }
    if (single.has(type) && seen.has(type))
      throw new StreamError(`${at}: a second event "${type}" in one run`);
    seen.add(type);
    if (event.type === 'start') {
      names.some = Object.keys(event.selection).length > 0;
      for (const { id } of event.rules) names.checked.add(id);
    }
    if (event.type === 'subject') for (const id of event.inapplicable) names.elsewhere.add(id);
    checkNames(event, names, at);
    events.push(event);
  });
  return events;
}

const single: ReadonlySet<string> = new Set(['start', 'subject', 'known', 'end']);

type Fields = { readonly [key: string]: Json };
const isFields = (json: Json | undefined): json is Fields =>
  json !== null && typeof json === 'object' && !Array.isArray(json);
const isStart = (json: Json | undefined): boolean => isFields(json) && json['type'] === 'start';

/** @returns undefined if the text is not JSON */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What a text is if it does not begin like a stream. */
function whyNoStream(text: string): string {
  const wanted = "wanted is the stream that 'check --report jsonl=FILE' writes";
  if (text.trim() === '') return `it is empty; ${wanted}`;
  const opening = '{"type":"start"';
  if (opening.startsWith(text.slice(0, opening.length))) {
    return 'it ends within its first line: the run ended as soon as it began, and left nothing to read';
  }
  if (/^\s*</.test(text)) return `it is XML, as a JUnit report or a badge is; ${wanted}`;
  const json = parsed(text) ?? parsed(text.slice(0, text.indexOf('\n')));
  if (!isFields(json)) return `it is not a report of a run; ${wanted}`;
  if ('verdict' in json) return `it is the summary of a run, of the format json; ${wanted}`;
  if ('calls' in json) return `it is a counterexample, which replay takes; ${wanted}`;
  const { type } = json;
  if (typeof type === 'string' && Object.hasOwn(shapes, type)) {
    return `it does not begin with the start of a run, but with "${type}"; ${wanted}`;
  }
  return `it is JSON, but no report of a run; ${wanted}`;
}

/** @returns undefined for an unknown type of event */
function eventOf(json: Json | undefined, at: string): Event | undefined {
  if (!isFields(json)) throw new StreamError(`${at} is not a JSON object; the file was damaged or edited`);
  const { type } = json;
  if (typeof type !== 'string') throw new StreamError(`${at}: its "type" is ${excerpt(type)}, and no text`);
  if (type === 'start' && json['format'] !== format) {
    throw new StreamError(
      `${at}: the stream is of format ${excerpt(json['format'])}, and this version reads format ${format}; use the version that wrote it, ${excerpt(json['suite'])}`,
    );
  }
  if (!Object.hasOwn(shapes, type)) return undefined;
  object(shapes[type as Event['type']])(json, at);
  return json as unknown as Event;
}

type Names = {
  readonly checked: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  /** Whether only some rules are selected. In that case, a failure may be about another rule. */
  readonly some: boolean;
};

/** A failure must be about a rule that is checked, or one that was not selected. */
function checkNames(event: Event, { checked, elsewhere, some }: Names, at: string): void {
  if (event.type !== 'failure' && event.type !== 'unsteady') return;
  if (elsewhere.has(event.rule) || (!checked.has(event.rule) && !some)) {
    throw new StreamError(`${at}: its rule "${event.rule}" is none of those that are checked`);
  }
  if (event.type === 'failure' && !(event.failed in event.calls)) {
    throw new StreamError(`${at}: its "failed" is ${event.failed}, and it has ${event.calls.length} calls`);
  }
}

/** Throws if a value is wrong; `at` says where the value is. */
type Check = (json: Json | undefined, at: string) => void;
type Shape = Readonly<Record<string, Check>>;

const wants =
  (what: string, is: (json: Json | undefined) => boolean): Check =>
  (json, at) => {
    if (!is(json)) throw new StreamError(`${at} has to be ${what}, and is ${excerpt(json)}`);
  };
const words = wants('a text', (json) => typeof json === 'string');
const whole = wants('a whole number', (json) => Number.isSafeInteger(json) && Number(json) >= 0);
const integer = wants('an integer', (json) => Number.isSafeInteger(json));
const seconds = wants('a number that is not negative', (json) => typeof json === 'number' && json >= 0);
const flag = wants('true or false', (json) => typeof json === 'boolean');
const moment = wants('a time', (json) => typeof json === 'string' && !Number.isNaN(Date.parse(json)));
const anything = wants('a value', (json) => json !== undefined);
const oneOf = (...names: readonly string[]): Check =>
  wants(`one of ${names.join(', ')}`, (json) => typeof json === 'string' && names.includes(json));
const orNull =
  (check: Check): Check =>
  (json, at) => {
    if (json !== null) check(json, at);
  };
const list =
  (check: Check): Check =>
  (json, at) => {
    wants('a list', Array.isArray)(json, at);
    (json as readonly Json[]).forEach((item, i) => check(item, `${at}, place ${i + 1}`));
  };
const counts: Check = (json, at) => {
  wants('an object', isFields)(json, at);
  for (const [name, number] of Object.entries(json as Fields)) whole(number, `${at}, "${name}"`);
};
const object =
  (shape: Shape): Check =>
  (json, at) => {
    wants('an object', isFields)(json, at);
    for (const [name, check] of Object.entries(shape)) {
      check(Object.hasOwn(json as Fields, name) ? (json as Fields)[name] : undefined, `${at}: "${name}"`);
    }
  };
const optional =
  (check: Check): Check =>
  (json, at) => {
    if (json !== undefined) check(json, at);
  };
const shard: Check = (json, at) => {
  object({ index: whole, of: whole })(json, at);
  const { index, of } = json as { readonly index: number; readonly of: number };
  if (index < 1 || index > of) throw new StreamError(`${at} is ${index}/${of}, and there is no such part`);
};

const domain: Check = (json, at) => {
  try {
    // Which domains are valid does not depend on the platform.
    decodeDomain(json, 'posix', at);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw new StreamError(error.message, { cause: error });
  }
};

/** The keys of each event. */
const shapes: {
  readonly [T in Event['type']]: Readonly<Record<Exclude<keyof Extract<Event, { type: T }>, 'type'>, Check>>;
} = {
  start: {
    format: whole,
    suite: words,
    at: moment,
    command: list(words),
    seed: integer,
    runs: whole,
    selection: object({ rule: optional(words), chapter: optional(words), level: optional(words) }),
    domain: orNull(domain),
    heldTo: optional(words),
    shard: orNull(shard),
    excuses: list(words),
    chapters: list(object({ name: words, title: words })),
    rules: list(
      object({
        id: words,
        chapter: words,
        level: oneOf('documented', 'observed'),
        quirk: flag,
        statement: words,
      }),
    ),
  },
  subject: {
    implementation: object({ name: words, version: words }),
    python: words,
    platform: oneOf('posix', 'win32'),
    functions: list(oneOf(...functions)),
    supports: list(words),
    fixed: object({}),
    target: words,
    inapplicable: list(words),
    domain: orNull(domain),
    outside: list(words),
  },
  work: {
    property: words,
    place: whole,
    kind: oneOf('example', 'law', 'agreement', 'again'),
    chapter: words,
    rule: orNull(words),
    inputs: whole,
    judged: whole,
    planned: whole,
    answered: whole,
    lost: counts,
    reasons: counts,
    declined: counts,
    leftOut: counts,
  },
  failure: {
    rule: words,
    broken: flag,
    fault: words,
    explains: whole,
    of: whole,
    touches: list(words),
    parts: list(words),
    property: words,
    chapter: words,
    calls: list(anything),
    outcomes: list(anything),
    failed: whole,
    expected: list(words),
    whatever: list(words),
    flaky: flag,
    known: orNull(words),
  },
  unsteady: {
    rule: words,
    property: words,
    call: anything,
    outcomes: (json, at) => {
      list(anything)(json, at);
      wants('a list of two', (pair) => (pair as readonly Json[]).length === 2)(json, at);
    },
    known: orNull(words),
  },
  problem: {
    why: oneOf(...mishaps),
    text: words,
    call: anything,
    rule: orNull(words),
    stderr: words,
  },
  known: {
    file: words,
    entries: list(words),
    excused: list(object({ rule: words, kind: words, reason: words, issue: orNull(words) })),
    stale: list(object({ entry: words, line: whole, why: words })),
  },
  end: { seconds, stopped: orNull(words) },
};
