/*
 * Calls and outcomes as Python source: the notation of examples in the chapters and of counterexamples in reports.
 * Objects with behaviour are written as calls of PathLike, Object, Raises and Sequence.
 */
import { match, P } from 'ts-pattern';
import { functionOf, functions, type Answered, type Call } from './call.ts';
import type { Warning } from './exceptions.ts';
import { isPlatform, type Platform, type State } from './interpreter.ts';
import { floatText, parseFloatText } from './numbers.ts';
import { parseVersion, type Version } from './releases.ts';
import { reprBytes } from './repr.ts';
import { Str } from './text.ts';
import { objectMethods, py, type Answer, type List, type ObjectMethod, type Value } from './values.ts';

/** A str as an ASCII literal. If a few characters repeat very often, it is a sum of literals and products. */
export function textSource(text: Str): string {
  const terms: string[] = [];
  let end = 0;
  for (const { 0: run, 1: unit, index } of text.units.matchAll(longRun)) {
    if (index > end) terms.push(literal(text.slice(end, index)));
    terms.push(`${literal(Str.from(unit!))} * ${run.length / unit!.length}`);
    end = index + run.length;
  }
  if (end < text.units.length || terms.length === 0) terms.push(literal(text.slice(end)));
  return terms.join(' + ');
}

const longRun = /([ -~]{1,4}?)\1{49,}/g;

function literal(text: Str): string {
  const body = text.codePoints().map(charSource).join('');
  const quote = body.includes("'") && !body.includes('"') ? '"' : "'";
  return quote + (quote === "'" ? body.replaceAll("'", String.raw`\'`) : body) + quote;
}

function charSource(point: number): string {
  const short = new Map([
    [0x5c, String.raw`\\`],
    [0x0a, String.raw`\n`],
    [0x0d, String.raw`\r`],
    [0x09, String.raw`\t`],
  ]).get(point);
  if (short !== undefined) return short;
  if (point >= 0x20 && point < 0x7f) return String.fromCharCode(point);
  const hex = point.toString(16);
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

export function valueSource(value: Answer): string {
  return match(value)
    .returnType<string>()
    .with(null, () => 'None')
    .with(P.boolean, (truth) => (truth ? 'True' : 'False'))
    .with(P.bigint, integerSource)
    .with({ kind: 'str' }, textSource)
    .with({ kind: 'float' }, ({ number }) =>
      Number.isFinite(number) ? floatText(number) : `float('${floatText(number)}')`,
    )
    .with({ kind: 'bytes' }, ({ bytes }) => `b${reprBytes(bytes).units}`)
    .with({ kind: 'list' }, ({ items }) => `[${items.map(valueSource).join(', ')}]`)
    .with({ kind: 'tuple' }, ({ items }) =>
      items.length === 1 ? `(${valueSource(items[0]!)},)` : `(${items.map(valueSource).join(', ')})`,
    )
    .with({ kind: 'path' }, ({ fspath }) => `PathLike(${valueSource(fspath)})`)
    .with({ kind: 'object' }, (object) => {
      const held = object.is === undefined ? [] : [`is_=${valueSource(object.is)}`];
      const methods = objectMethods.flatMap((name) => {
        const answer = object[name];
        return answer === undefined ? [] : [`${name}=${valueSource(answer)}`];
      });
      return `Object(${[...held, ...methods].join(', ')})`;
    })
    .with({ kind: 'raise' }, ({ type, message }) =>
      message === undefined ? `Raises('${type}')` : `Raises('${type}', ${textSource(message)})`,
    )
    .with({ kind: 'sequence' }, ({ answers }) => `Sequence(${answers.map(valueSource).join(', ')})`)
    .exhaustive();
}

/** Digits, or for a large power of ten or its neighbour, an expression with that power. */
function integerSource(value: bigint): string {
  const power = (size: bigint): string | undefined => {
    const zeros = /^1(0{20,})$/.exec(size.toString())?.[1];
    return zeros === undefined ? undefined : `10**${zeros.length}`;
  };
  const [size, sign] = value < 0n ? [-value, '-'] : [value, ''];
  const exact = power(size);
  if (exact !== undefined) return `${sign}${exact}`;
  const next = power(size + 1n);
  return next === undefined ? value.toString() : `${sign}${next} ${sign === '' ? '-' : '+'} 1`;
}

/** The source of a call: `cache_from_source('a.py', optimization=2)`. */
export function callSource(call: Call): string {
  const { args, kwargs } = call;
  const given = [...args.map(valueSource), ...kwargs.map(([name, value]) => `${name}=${valueSource(value)}`)];
  return `${functionOf(call)}(${given.join(', ')})`;
}

/** The source of a state: `cache_tag='cpython-313', optimize=2`. */
export function stateSource({ cacheTag, optimize, pycachePrefix, cwd }: State): string {
  const removed = cwd === null ? ['cwd=None'] : [];
  const prefix =
    pycachePrefix === null
      ? removed
      : [`pycache_prefix=${valueSource(pycachePrefix)}`, `cwd=${valueSource(cwd)}`];
  return [`cache_tag=${valueSource(cacheTag)}`, `optimize=${optimize}`, ...prefix].join(', ');
}

function warningSource({ category, message }: Warning): string {
  return message === undefined ? `warns ${category}` : `warns ${category}: ${message.units}`;
}

/** One line per warning, and one for the result. */
export function outcomeSource(outcome: Answered): string[] {
  const result = match(outcome)
    .returnType<string>()
    .with({ kind: 'return' }, ({ value }) => valueSource(value))
    .with({ kind: 'raise' }, ({ type, message }) =>
      message === undefined ? `raises ${type}` : `raises ${type}: ${message.units}`,
    )
    .exhaustive();
  return [...(outcome.warnings ?? []).map(warningSource), result];
}

/** The text is not valid in the notation. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** What was expected, and the offset in UTF-16 units, if the error is about one place. */
  readonly place: { readonly wanted: string; readonly at: number } | undefined;

  constructor(message: string, place?: { readonly wanted: string; readonly at: number }) {
    super(message);
    this.place = place;
  }
}

/** A call in the notation of the chapters, and what its comment says about the interpreter. */
export type ParsedCall = Pick<Call, 'function'> & {
  args: Value[];
  kwargs: Array<[string, Value]>;
  state: Partial<State>;
  target: { readonly version?: Version; readonly platform?: Platform };
};

/**
 * Parses `cache_from_source(…)` or `source_from_cache(…)`, optionally followed by `# cache_tag='x', optimize=2,
 * python='3.8.0'`.
 * @throws SourceError
 */
export function parseCall(source: string): ParsedCall {
  const reader = new Reader(source);
  const name = functions.find((one) => reader.accept(one)) ?? reader.fail(`'${functions[0]}'`);
  const { args, kwargs } = reader.callArguments();
  const state: { -readonly [K in keyof State]?: State[K] } = {};
  const target: { version?: Version; platform?: Platform } = {};
  if (reader.accept('#')) {
    do {
      const name = reader.name();
      reader.expect('=');
      const value = reader.value();
      if (name === 'cache_tag' && (value === null || value instanceof Str)) state.cacheTag = value;
      else if (name === 'optimize' && typeof value === 'bigint') state.optimize = value;
      else if (name === 'pycache_prefix' && value instanceof Str) state.pycachePrefix = value;
      else if (name === 'cwd' && (value === null || value instanceof Str)) state.cwd = value;
      else if (name === 'python' && value instanceof Str && parseVersion(value.units)) {
        target.version = parseVersion(value.units)!;
      } else if (name === 'platform' && value instanceof Str && isPlatform(value.units)) {
        target.platform = value.units;
      } else throw new SourceError(`${name} cannot be ${valueSource(value)} in: ${source}`);
    } while (reader.accept(','));
  }
  reader.end();
  return { ...(name === 'source_from_cache' ? { function: name } : {}), args, kwargs, state, target };
}

/**
 * Parses one value.
 * @throws SourceError
 */
export function parseValue(source: string): Value {
  const reader = new Reader(source);
  const value = reader.value();
  reader.end();
  return value;
}

/** Parses the part of Python's expressions that the notation uses. */
class Reader {
  private readonly source: string;
  private at = 0;
  /** The size that repetitions and powers may still add: a few characters could ask for more than any machine holds. */
  private room = 1_000_000;

  constructor(source: string) {
    this.source = source;
  }

  private skipSpace(): void {
    this.at += /^\s*/.exec(this.source.slice(this.at))![0].length;
  }

  accept(token: string): boolean {
    this.skipSpace();
    if (!this.source.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.accept(token)) this.fail(`'${token}'`);
  }

  end(): void {
    this.skipSpace();
    if (this.at < this.source.length) this.fail('the end');
  }

  name(wanted = 'a name'): string {
    return this.pattern(/^[a-z_]\w*/i)?.[0] ?? this.fail(wanted);
  }

  /** A sum of texts, possibly repeated with `*`, or of integers, possibly powers. */
  value(): Value {
    let value = this.product();
    for (let sign = this.sign(); sign !== undefined; sign = this.sign()) {
      const more = this.product();
      if (value instanceof Str && more instanceof Str && sign === '+') value = value.concat(more);
      else if (typeof value === 'bigint' && typeof more === 'bigint') value += sign === '+' ? more : -more;
      else return this.fail(`the same kind on both sides of ${sign}`);
    }
    return value;
  }

  private sign(): '+' | '-' | undefined {
    if (this.accept('+')) return '+';
    return this.accept('-') ? '-' : undefined;
  }

  /** The arguments of a call, with its parentheses. */
  callArguments(): { args: Value[]; kwargs: Array<[string, Value]> } {
    const args: Value[] = [];
    const kwargs: Array<[string, Value]> = [];
    this.expect('(');
    while (!this.accept(')')) {
      const name = this.pattern(/^([a-z_]\w*)\s*=/i)?.[1];
      if (name !== undefined) {
        if (kwargs.some(([other]) => other === name)) this.fail(`a keyword other than ${name}`);
        kwargs.push([name, this.value()]);
      } else if (kwargs.length > 0) this.fail('a keyword');
      else args.push(this.value());
      if (!this.accept(',')) {
        this.expect(')');
        break;
      }
    }
    return { args, kwargs };
  }

  private product(): Value {
    const value = this.atom();
    if (typeof value === 'bigint' && this.accept('**')) {
      const power = this.atom();
      if (typeof power !== 'bigint' || power < 0n) return this.fail('an integer of 0 or more');
      this.take(value.toString().length * costOfDigit, power, 'a smaller power');
      return value < 0n ? -((-value) ** power) : value ** power;
    }
    if (value instanceof Str && this.accept('*')) {
      const times = this.atom();
      if (typeof times !== 'bigint') return this.fail('an integer');
      this.take(value.units.length, times, 'a shorter text');
      return value.repeat(Number(times));
    }
    return value;
  }

  private take(size: number, times: bigint, wanted: string): void {
    this.room -= Math.max(1, size) * Math.max(0, Number(times));
    if (this.room < 0) this.fail(wanted);
  }

  private atom(): Value {
    const number = this.pattern(/^-?\d+(\.\d+)?(e[+-]?\d+)?/i);
    if (number) return /[.e]/i.test(number[0]) ? py.float(Number(number[0])) : BigInt(number[0]);
    const quoted = this.pattern(/^(b?)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/s);
    if (quoted) {
      const points = this.codePointsOfLiteral(quoted[2]!.slice(1, -1));
      return quoted[1] === 'b' ? py.bytes(points) : py.str(points);
    }
    if (this.accept('[')) return py.list(...this.items(']').values);
    if (this.accept('(')) {
      const { values, comma } = this.items(')');
      return values.length === 1 && !comma ? values[0]! : py.tuple(...values);
    }
    const open = this.pattern(/^b?(['"])/);
    if (open) {
      this.at = this.source.length;
      this.fail(`a closing ${open[1]}`);
    }
    return this.named(this.name('a value'));
  }

  private items(close: string): { values: Value[]; comma: boolean } {
    const values: Value[] = [];
    let comma = false;
    while (!this.accept(close)) {
      values.push(this.value());
      comma = this.accept(',');
      if (!comma) {
        this.expect(close);
        break;
      }
    }
    return { values, comma };
  }

  private named(name: string): Value {
    if (name === 'None') return null;
    if (name === 'True' || name === 'False') return name === 'True';
    const { args, kwargs } = this.callArguments() as { args: Answer[]; kwargs: Array<[string, Answer]> };
    const [first = null, second] = args;
    // Raises and Sequence are answers, which may replace a value only within PathLike and Object.
    if (name === 'Sequence') return py.sequence(...args) as unknown as Value;
    if (name === 'Raises' && first instanceof Str && (second === undefined || second instanceof Str)) {
      return py.raises(first.units, second) as unknown as Value;
    }
    if (name === 'PathLike') return py.pathLike(first);
    if (name === 'Object') {
      const methods = kwargs.map(([key, answer]) => [key === 'is_' ? 'is' : key, answer] as const);
      const unknown = methods.find(([key]) => key !== 'is' && !objectMethods.includes(key as ObjectMethod));
      if (!unknown) return py.object(Object.fromEntries(methods));
    }
    const number = name === 'float' && first instanceof Str ? parseFloatText(first.units) : undefined;
    return number === undefined ? this.fail('a value of the notation') : py.float(number);
  }

  /** Accepts only those of Python's escapes that this module prints. */
  private codePointsOfLiteral(body: string): number[] {
    if (!body.includes('\\')) return Array.from(body, (character) => character.codePointAt(0)!);
    return [...body.matchAll(literalCharacter)].map(([, hex, escaped, plain]) => {
      if (hex !== undefined) return Number.parseInt(hex.slice(1), 16);
      const character = escaped === undefined ? plain : shortEscape.get(escaped);
      return character?.codePointAt(0) ?? this.fail('an escape of the notation');
    });
  }

  private pattern(pattern: RegExp): RegExpExecArray | undefined {
    this.skipSpace();
    const found = pattern.exec(this.source.slice(this.at));
    if (found) this.at += found[0].length;
    return found ?? undefined;
  }

  fail(wanted: string): never {
    throw new SourceError(`${wanted} is expected at column ${this.at + 1} of: ${this.source}`, {
      wanted,
      at: this.at,
    });
  }
}

/** A power with many digits takes long to compute. */
const costOfDigit = 40;

const literalCharacter = /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})|\\(.)|(.)/gsu;
const shortEscape = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
]);

/**
 * Parses Python values that are separated by commas, on any number of lines.
 * @throws SourceError
 */
export const parseValues = (source: string): readonly Value[] =>
  (parseValue(`[${source.trim().replaceAll(/\n\s*/g, ' ')}]`) as List).items;
