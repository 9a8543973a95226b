/*
 * The calls that an implementation is for, if that is only a part of the function: spec/protocol.md, "domain". Inputs
 * are drawn as usual and then moved inside; all other calls are asked only if they lie inside.
 */
import type { Call } from '../../python/call.ts';
import type { Platform, State } from '../../python/interpreter.ts';
import { Str } from '../../python/text.ts';
import { objectMethods, sameValue, type Answer, type Obj, type Value } from '../../python/values.ts';
import {
  consistsOf,
  fits,
  narrowedCharacters,
  narrowedPaths,
  nearestFitting,
  restrictedTo,
  type Characters,
  type PathDescription,
} from './paths.ts';

/** A text must equal one of the values or fit one of the descriptions. */
export type Texts = ReadonlyArray<Str | null | PathDescription>;

/** A missing key sets no limit. */
export type Limits = {
  readonly path?: PathDescription;
  readonly pycachePrefix?: Texts;
  readonly cwd?: Texts;
  /** None also stands for an omitted argument. */
  readonly optimization?: readonly Value[];
  readonly cacheTag?: ReadonlyArray<Str | null>;
  readonly optimize?: readonly bigint[];
  readonly characters?: Characters;
};

export class Domain {
  readonly limits: Limits;
  readonly platform: Platform;
  /** The limits without what the characters rule out. */
  private readonly reachable: Limits;

  constructor(limits: Limits, platform: Platform) {
    this.limits = limits;
    this.platform = platform;
    this.reachable = limits.characters === undefined ? limits : within(limits, limits.characters);
  }

  /** Whether the domain contains every call. */
  get isWhole(): boolean {
    return Object.keys(this.limits).length === 0;
  }

  holds(call: Call): boolean {
    const { path, pycachePrefix, cwd, optimization, cacheTag, optimize, characters } = this.limits;
    const { state } = call;
    if (path !== undefined) {
      const given = pathsIn(call);
      if (given.length === 0 || !given.every((value) => this.fitsPath(value, path))) return false;
    }
    if (pycachePrefix !== undefined && !this.isAmong(state.pycachePrefix, pycachePrefix)) return false;
    if (cwd !== undefined && state.pycachePrefix !== null && !this.isAmong(state.cwd, cwd)) return false;
    if (optimization !== undefined && call.function === undefined) {
      const given = call.kwargs.find(([name]) => name === 'optimization')?.[1] ?? null;
      if (!optimization.some((one) => sameValue(one, given))) return false;
    }
    if (cacheTag !== undefined && !cacheTag.some((one) => sameValue(one, state.cacheTag))) return false;
    if (optimize !== undefined && !optimize.includes(state.optimize)) return false;
    return characters === undefined || textsIn(call).every((text) => consistsOf(text, characters));
  }

  /**
   * The call inside the domain that is nearest to a call: that call itself if it lies inside.
   * @returns undefined if the call has something that no call inside has
   */
  nearest(call: Call): Call | undefined {
    if (this.holds(call)) return call;
    const choice = choiceFor(call);
    const { path, pycachePrefix, cwd, optimization, cacheTag, optimize, characters } = this.reachable;
    if ([pycachePrefix, optimization, cacheTag].some((values) => values?.length === 0)) return undefined;
    let moved = characters === undefined ? call : restricted(call, characters);
    if (path !== undefined) {
      const withPath = this.withNearestPath(moved, path, choice);
      if (withPath === undefined) return undefined;
      moved = withPath;
    }
    const state: { -readonly [K in keyof State]: State[K] } = { ...moved.state };
    if (pycachePrefix !== undefined)
      state.pycachePrefix = this.nearestText(state.pycachePrefix, pycachePrefix, choice);
    if (cwd !== undefined && state.pycachePrefix !== null)
      state.cwd = this.nearestText(state.cwd, cwd, choice);
    if (cacheTag !== undefined && !cacheTag.some((one) => sameValue(one, state.cacheTag)))
      state.cacheTag = cacheTag[choice % cacheTag.length]!;
    if (optimize !== undefined && !optimize.includes(state.optimize))
      state.optimize = optimize[choice % optimize.length]!;
    moved = { ...moved, state };
    if (optimization !== undefined && call.function === undefined)
      moved = withNearestOptimization(moved, optimization, choice);
    return this.holds(moved) ? moved : undefined;
  }

  /** The intersection of this domain with another one; undefined if it is empty. */
  narrowedBy({ limits: other }: Domain): Domain | undefined {
    const own = this.limits;
    const path =
      own.path === undefined || other.path === undefined
        ? (own.path ?? other.path)
        : narrowedPaths(own.path, other.path);
    if (path === undefined && own.path !== undefined) return undefined;
    const characters = narrowedCharacters(own.characters, other.characters);
    const prefix = this.narrowedTexts(own.pycachePrefix, other.pycachePrefix);
    const cwd = this.narrowedTexts(own.cwd, other.cwd);
    // Without a prefix, the working directory does not matter.
    const isUnprefixed = cwd?.length === 0;
    const lists = {
      pycachePrefix: isUnprefixed ? this.narrowedTexts(prefix, [null]) : prefix,
      cwd: isUnprefixed ? undefined : cwd,
      optimization: narrowedList(own.optimization, other.optimization),
      cacheTag: narrowedList(own.cacheTag, other.cacheTag),
      optimize: narrowedList(own.optimize, other.optimize),
    };
    if (Object.values(lists).some((list) => list?.length === 0)) return undefined;
    const limits = { path, ...lists, characters };
    return new Domain(
      Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)),
      this.platform,
    );
  }

  /** Whether a value is a path that fits: a str, or an object that returns the same str each time. */
  private fitsPath(value: Answer, description: PathDescription): boolean {
    const text = textOf(value);
    return text !== undefined && fits(text, description, this.platform);
  }

  private isAmong(text: Str | null, texts: Texts): boolean {
    return texts.some((one) =>
      isDescription(one) ? text !== null && fits(text, one, this.platform) : sameValue(one, text),
    );
  }

  private nearestText(text: Str | null, texts: Texts, choice: number): Str | null {
    if (this.isAmong(text, texts)) return text;
    for (let i = 0; i < texts.length; i++) {
      const one = texts[(choice + i) % texts.length]!;
      const near = isDescription(one) ? nearestFitting(text ?? Str.empty, one, this.platform, choice) : one;
      if (near !== undefined) return near;
    }
    return text;
  }

  private withNearestPath(call: Call, description: PathDescription, choice: number): Call | undefined {
    const near = (value: Value): Value | undefined => {
      const text = textOf(value);
      const other = text === undefined ? undefined : nearestFitting(text, description, this.platform, choice);
      if (other === undefined || value instanceof Str) return other;
      return isObject(value) ? { ...value, is: other } : { kind: 'path', fspath: other };
    };
    const [first, ...more] = call.args;
    const moved = first === undefined ? undefined : near(first);
    if (first !== undefined && moved === undefined) return undefined;
    const kwargs = call.kwargs.map(([name, value]) => [name, name === 'path' ? near(value) : value] as const);
    if (kwargs.some(([, value]) => value === undefined)) return undefined;
    return {
      ...call,
      args: moved === undefined ? [] : [moved, ...more],
      kwargs: kwargs as Call['kwargs'],
    };
  }

  private narrowedTexts(a: Texts | undefined, b: Texts | undefined): Texts | undefined {
    if (a === undefined || b === undefined) return a ?? b;
    return a.flatMap((one) =>
      b.flatMap((other): Texts => {
        if (isDescription(one) && isDescription(other)) {
          const both = narrowedPaths(one, other);
          return both === undefined ? [] : [both];
        }
        const [value, limit] = isDescription(one) ? [other as Str | null, one] : [one, other];
        return this.isAmong(value, [limit]) ? [value] : [];
      }),
    );
  }
}

/** The limits, reduced to what texts of these characters can satisfy. */
function within(limits: Limits, characters: Characters): Limits {
  const { path, pycachePrefix, cwd, optimization, cacheTag } = limits;
  const described = (one: PathDescription): PathDescription => ({
    ...one,
    characters: narrowedCharacters(one.characters, characters)!,
  });
  const hasThem = (value: Value): boolean =>
    allTextsOf([value]).every((text) => consistsOf(text, characters));
  const texts = (some: Texts): Texts =>
    some.flatMap((one): Texts => {
      if (isDescription(one)) return [described(one)];
      return hasThem(one) ? [one] : [];
    });
  return {
    ...limits,
    ...(path === undefined ? {} : { path: described(path) }),
    ...(pycachePrefix === undefined ? {} : { pycachePrefix: texts(pycachePrefix) }),
    ...(cwd === undefined ? {} : { cwd: texts(cwd) }),
    ...(optimization === undefined ? {} : { optimization: optimization.filter(hasThem) }),
    ...(cacheTag === undefined ? {} : { cacheTag: cacheTag.filter(hasThem) }),
  };
}

export const isDescription = (one: Str | null | PathDescription): one is PathDescription =>
  one !== null && !(one instanceof Str);

const isObject = (value: Value): value is Obj =>
  value !== null && typeof value === 'object' && value.kind === 'object';

/** The values that a call passes as its path. There is more than one if a call passes it twice. */
const pathsIn = ({ args, kwargs }: Call): readonly Value[] => [
  ...args.slice(0, 1),
  ...kwargs.flatMap(([name, value]) => (name === 'path' ? [value] : [])),
];

/** The text of a path: the str itself, or what its `__fspath__` returns. */
function textOf(value: Answer): Str | undefined {
  if (value instanceof Str) return value;
  if (value === null || typeof value !== 'object') return undefined;
  if (value.kind === 'object') return value.is instanceof Str ? value.is : undefined;
  return value.kind === 'path' && value.fspath instanceof Str ? value.fspath : undefined;
}

function withNearestOptimization(call: Call, listed: readonly Value[], choice: number): Call {
  const given = call.kwargs.find(([name]) => name === 'optimization')?.[1];
  if (listed.some((one) => sameValue(one, given ?? null))) return call;
  const value = listed[choice % listed.length] ?? null;
  const others = call.kwargs.filter(([name]) => name !== 'optimization');
  return { ...call, kwargs: value === null ? others : [...others, ['optimization', value]] };
}

/** Every text in a call, including argument names and exception messages. */
const textsIn = ({ args, kwargs, state }: Call): Str[] => [
  ...[state.cacheTag, state.pycachePrefix, state.cwd].filter((text) => text !== null),
  ...kwargs.map(([name]) => Str.from(name)),
  ...allTextsOf([...args, ...kwargs.map(([, value]) => value)]),
];

function allTextsOf(values: readonly Value[]): Str[] {
  const found: Str[] = [];
  for (const value of values) {
    withTexts(value, (text) => {
      found.push(text);
      return text;
    });
  }
  return found;
}

function restricted(call: Call, characters: Characters): Call {
  const { args, kwargs, state } = call;
  const change = (text: Str): Str => restrictedTo(text, characters);
  const changed = (text: Str | null): Str | null => text && change(text);
  return {
    ...call,
    args: args.map((value) => withTexts(value, change)),
    kwargs: kwargs.map(([name, value]) => [change(Str.from(name)).units, withTexts(value, change)]),
    state: {
      ...state,
      cacheTag: changed(state.cacheTag),
      pycachePrefix: changed(state.pycachePrefix),
      cwd: changed(state.cwd),
    },
  };
}

/** The value with every text in it changed. */
function withTexts<T extends Answer>(value: T, change: (text: Str) => Str): T {
  return changedAnswer(value, change) as T;
}

function changedAnswer(value: Answer, change: (text: Str) => Str): Answer {
  if (value instanceof Str) return change(value);
  if (value === null || typeof value !== 'object') return value;
  const again = <T extends Answer>(one: T): T => withTexts(one, change);
  switch (value.kind) {
    case 'float':
    case 'bytes':
      return value;
    case 'list':
    case 'tuple':
      return { ...value, items: value.items.map(again) };
    case 'path':
      return { ...value, fspath: again(value.fspath) };
    case 'object':
      return {
        ...value,
        ...Object.fromEntries(
          (['is', ...objectMethods] as const).flatMap((name) =>
            value[name] === undefined ? [] : [[name, again(value[name])]],
          ),
        ),
      };
    case 'raise':
      return value.message === undefined ? value : { ...value, message: change(value.message) };
    case 'sequence':
      return { ...value, answers: value.answers.map(again) };
  }
}

function narrowedList<T extends Value>(
  a: readonly T[] | undefined,
  b: readonly T[] | undefined,
): readonly T[] | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.filter((one) => b.some((other) => sameValue(one, other)));
}

/**
 * A number that depends only on the call and chooses among the values that the domain lists: FNV-1a of some of its
 * texts.
 */
function choiceFor({ args, kwargs, state }: Call): number {
  let hash = 0x811c9dc5;
  const add = (number: number): void => {
    hash = Math.imul(hash ^ number, 0x01000193);
  };
  const values = [...args, ...kwargs.map(([, value]) => value), state.cacheTag, state.optimize];
  for (const value of values) {
    const text = textOf(value)?.units;
    if (text === undefined) add(typeof value === 'bigint' ? Number(BigInt.asUintN(16, value)) : 1);
    else for (let at = Math.max(0, text.length - 40); at < text.length; at++) add(text.charCodeAt(at));
  }
  return hash >>> 0;
}
