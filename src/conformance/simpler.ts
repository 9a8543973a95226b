/*
 * Calls similar to a given call: simpler ones, towards `a.py`, the plain tag and no options, and ones that differ in
 * one aspect. The simpler ones shrink a failure. Both show which features of the call the failure needs.
 */
import { plainFile, withPath, withState } from '../../properties/index.ts';
import { callBack, functions, type Call, type FunctionName } from '../python/call.ts';
import { plainState, type Platform } from '../python/interpreter.ts';
import { releaseOf } from '../python/releases.ts';
import { Str, str } from '../python/text.ts';
import { parseValues } from '../python/source.ts';
import { py, objectMethods, sameValue, type Answer, type Obj, type Value } from '../python/values.ts';
import type { Target } from '../reference.ts';
import { callText } from './codec.ts';
import type { Domain } from './domain/domain.ts';
import type { Hello } from './features.ts';

/** The aspects of a call, with names for a person. */
export const aspects = [
  'path',
  'optimization',
  'debug override',
  'tag',
  'level',
  'prefix',
  'working directory',
] as const;
export type Aspect = (typeof aspects)[number];

/** The simplest call of a function inside the subject's domain. */
export function plainCall(
  target: Target,
  { fixed, domain }: Pick<Hello, 'fixed' | 'domain'>,
  name: FunctionName = 'cache_from_source',
): Call {
  const state = { ...plainState(target.version, target.platform), ...fixed };
  const plainest: Call =
    name === 'cache_from_source'
      ? { state, args: [str('a.py')], kwargs: [] }
      : callBack(state, plainFile(target.platform));
  return domain.nearest(plainest) ?? plainest;
}

/** The plainest call of the function that a call uses. */
export type PlainCalls = (call: Pick<Call, 'function'>) => Call;

export function plainCalls(target: Target, hello: Pick<Hello, 'fixed' | 'domain'>): PlainCalls {
  const [there, back] = functions.map((name) => plainCall(target, hello, name));
  return (call) => (call.function === undefined ? there! : back!);
}

/* The cost of a call: the lower, the simpler. */

function characterCost(point: number): number {
  if (point === 0x61) return 1;
  if ((point >= 0x62 && point <= 0x7a) || (point >= 0x30 && point <= 0x39)) return 1.3;
  if (point === 0x2f || point === 0x2e) return 1.2;
  if (point >= 0x41 && point <= 0x5a) return 1.6;
  if (point > 0x20 && point < 0x7f) return 2;
  return point < 0x100 ? 3 : point < 0xd800 ? 3.5 : 5;
}

const textCost = (text: Str): number => {
  let cost = 0;
  text.every((point) => {
    cost += characterCost(point);
    return true;
  });
  return cost;
};

const pathCost = (text: Str, { function: name, args: [plain] }: Call): number => {
  if (plain instanceof Str && text.equals(plain)) return 0;
  if (name === 'source_from_cache') return bytecodePathCost(text.units);
  return (
    1.5 + (text.endsWith('.py') ? textCost(text.slice(0, text.units.length - 3)) + 0.4 : 2.5 + textCost(text))
  );
};

/** A `__pycache__` folder has a fixed cost. The simplest name is that of a file that Python would write: `a.T.pyc`. */
function bytecodePathCost(path: string): number {
  const [folder] = /__pycache__[\\/]/.exec(path) ?? [''];
  const [directory, pieces] = cutName(path.replace(folder, ''));
  const last = Math.max(pieces.length - 1, 2);
  const nameCost = pieces.reduce((sum, piece, i) => {
    const plain = i === 1 ? 'T' : i === last ? 'pyc' : undefined;
    if (piece === plain) return sum;
    return sum + textCost(str(piece)) + (piece === '' || plain !== undefined ? odd : 0);
  }, 0);
  const missing = Math.max(3 - pieces.length, 0) * odd;
  return 1.5 + textCost(str(directory)) + nameCost + missing + (folder === '' ? 3 : 0);
}
const odd = 2;

/** The directory of a path, with the separator at its end, and the pieces of its name between the dots. */
function cutName(path: string): readonly [directory: string, pieces: readonly string[]] {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1;
  return [path.slice(0, end), path.slice(end).split('.')];
}

/** @param ofText the cost of a text in the value */
function valueCost(value: Answer, ofText: (text: Str) => number = plainTextCost): number {
  if (value === null) return 2;
  if (typeof value === 'boolean') return 0.3;
  if (typeof value === 'bigint') {
    if (value === 1n) return 1;
    const digits = String(value).replace('-', '');
    // Of integers with the same number of digits, the smaller costs less.
    return 1 + digits.length + Number(digits.slice(0, 3).padEnd(3, '0')) / 1000 + (value < 0n ? 1 : 0);
  }
  switch (value.kind) {
    case 'str':
      return ofText(value);
    case 'float':
      return 4 + (Number.isFinite(value.number) ? Math.min(String(value.number).length, 30) / 10 : 0);
    case 'bytes':
      return 4 + value.bytes.length;
    case 'list':
    case 'tuple':
      return 5 + value.items.reduce<number>((sum, item) => sum + valueCost(item, ofText), 0);
    case 'path':
      return 6 + valueCost(value.fspath, ofText);
    case 'object':
      return (
        7 +
        (value.is === undefined ? 0 : 1 + valueCost(value.is, ofText)) +
        objectMethods.reduce(
          (sum, name) => sum + (value[name] === undefined ? 0 : 1 + valueCost(value[name], ofText)),
          0,
        )
      );
    case 'raise':
      return (
        2 +
        (value.type === 'ValueError' ? 0 : 1) +
        (value.message === undefined ? 0 : 1 + textCost(value.message))
      );
    case 'sequence':
      return 3 + value.answers.reduce<number>((sum, one) => sum + valueCost(one, ofText), 0);
  }
}

const plainTextCost = (text: Str): number => 0.5 + textCost(text);

/** The cost of a path that is not a str. */
const pathValueCost = (value: Value, plain: Call): number =>
  8 + valueCost(value, plain.function === undefined ? plainTextCost : ({ units }) => bytecodePathCost(units));

const stateTextCost = (text: Str | null, plain: Str | null): number => {
  if (text === null || plain === null) return text === plain ? 0 : text === null ? 6 : 4 + textCost(text);
  return text.equals(plain) ? 0 : 4 + textCost(text);
};

export function costOf({ args, kwargs, state }: Call, plain: Call): number {
  const [path] = args;
  const named = kwargs.reduce((sum, [name, value]) => {
    if (name === 'path')
      return sum + 3 + (value instanceof Str ? pathCost(value, plain) : pathValueCost(value, plain));
    return (
      sum +
      4 +
      name.length / 100 +
      valueCost(value) +
      (name === 'optimization' && typeof value === 'boolean' ? 3 : 0)
    );
  }, 0);
  return (
    (path === undefined ? 3 : path instanceof Str ? pathCost(path, plain) : pathValueCost(path, plain)) +
    args.slice(1).reduce<number>((sum, value) => sum + 5 + valueCost(value), 0) +
    named +
    stateTextCost(state.cacheTag, plain.state.cacheTag) +
    (state.optimize === plain.state.optimize ? 0 : 2 + valueCost(state.optimize)) +
    (/^(?:\/p|C:\\p)$/.test(state.pycachePrefix?.units ?? '')
      ? 1
      : stateTextCost(state.pycachePrefix, plain.state.pycachePrefix)) +
    stateTextCost(state.cwd, plain.state.cwd)
  );
}

/* Simpler values. */

/** Longer texts are not shrunk character by character. */
const long = 48;

function* simplerTexts(text: Str, plainest: readonly string[]): Generator<Str> {
  for (const one of plainest) yield str(one);
  const points = text.codePoints();
  const size = points.length;
  const of = (some: readonly number[]): Str => Str.fromCodePoints(some);
  for (let chunk = size >> 1; chunk >= 1; chunk >>= 1) {
    if (size / chunk > long) break;
    for (let start = 0; start < size; start += chunk)
      yield of([...points.slice(0, start), ...points.slice(start + chunk)]);
  }
  // A failure may depend on the exact length of a long text.
  if (size > long) for (const less of [1, 2, 3]) yield of(points.slice(less));
  const parts = text.units.split(/([/\\.])/);
  if (parts.length > 1 && parts.length < long && !text.hasSurrogates) {
    for (let i = 0; i < parts.length; i += 2) {
      if (parts[i] !== 'a' && parts[i] !== '') yield str(parts.with(i, 'a').join(''));
      yield str([...parts.slice(0, i), ...parts.slice(i + 2)].join(''));
    }
    yield str(parts.map((part, i) => (i % 2 === 0 && part !== '' && part !== 'py' ? 'a' : part)).join(''));
  }
  if (size <= long) {
    for (let i = 0; i < size; i++) {
      if (characterCost(points[i]!) > 1) yield of(points.with(i, 0x61));
      if (characterCost(points[i]!) > 2) yield of(points.with(i, 0x5f));
    }
    for (let i = 0; i < size; i++) {
      for (let j = size <= 10 ? i + 1 : size; j < size; j++) {
        yield of(points.filter((_, at) => at !== i && at !== j));
      }
    }
  } else {
    yield of(points.map(() => 0x61));
    yield of(points.map((point) => (point === 0x2f ? point : 0x61)));
  }
}

function* simplerAnswers(answer: Answer): Generator<Answer> {
  if (answer !== null && typeof answer === 'object') {
    if (answer.kind === 'raise') {
      yield py.raises('ValueError', answer.message);
      yield py.raises(answer.type);
      if (answer.message !== undefined) yield py.raises(answer.type, 'a');
      return;
    }
    if (answer.kind === 'sequence') {
      const { answers } = answer;
      for (let i = 0; i < answers.length; i++) {
        if (answers.length > 1) yield py.sequence(...answers.toSpliced(i, 1));
        for (const simpler of simplerAnswers(answers[i]!)) yield py.sequence(...answers.with(i, simpler));
      }
      yield answers[0]!;
      return;
    }
  }
  yield* simplerValues(answer, ['a', '']);
}

function* simplerValues(value: Value, plainest: readonly string[]): Generator<Value> {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'bigint') {
    for (const one of [1n, 0n, 2n, 3n, -1n, value / 2n, value / 10n, value - 1n]) yield one;
    const digits = value.toString().replace('-', '');
    if (digits.length > 1) yield 10n ** BigInt(digits.length - 1);
    return;
  }
  switch (value.kind) {
    case 'str':
      yield* simplerTexts(value, plainest);
      return;
    case 'float':
      for (const number of [1, 0, 0.5]) yield py.float(number);
      return;
    case 'bytes':
      yield py.bytes('a');
      yield py.bytes('');
      yield py.bytes('a.py');
      return;
    case 'list':
    case 'tuple': {
      const make = value.kind === 'list' ? py.list : py.tuple;
      yield make();
      for (let i = 0; i < value.items.length; i++) {
        yield make(...value.items.toSpliced(i, 1));
        yield make(...value.items.with(i, 1n));
      }
      return;
    }
    case 'path':
      for (const plain of plainest) yield py.pathLike(str(plain));
      yield py.pathLike(py.bytes('a'));
      yield py.pathLike(1n);
      yield py.pathLike(null);
      for (const simpler of simplerAnswers(value.fspath)) yield py.pathLike(simpler);
      return;
    case 'object':
      yield* simplerObjects(value);
  }
}

function* simplerObjects(object: Omit<Obj, 'kind'>): Generator<Value> {
  const names = (['is', ...objectMethods] as const).filter((name) => object[name] !== undefined);
  for (const name of names) {
    const { [name]: own, ...others } = object;
    yield py.object(others);
    if (name === 'is') {
      for (const simpler of simplerValues(own as Str | bigint, ['a', ''])) {
        if (simpler instanceof Str || typeof simpler === 'bigint')
          yield py.object({ ...object, is: simpler });
      }
    } else for (const simpler of simplerAnswers(own!)) yield py.object({ ...object, [name]: simpler });
    if (name === 'is' || name === 'str') yield own instanceof Str || typeof own === 'bigint' ? own : null;
  }
}

/* Simpler calls. */

const named = (call: Call, name: string, value: Value | undefined): Call => ({
  ...call,
  kwargs: [
    ...call.kwargs.filter(([own]) => own !== name),
    ...(value === undefined ? [] : [[name, value] as const]),
  ],
});

/** The call, made plain in every aspect in which `model` is not plain. */
export function likePlain(call: Call, model: Call, plain: Call): Call {
  const differs = (other: Call): boolean => callText(other) !== callText(plain);
  const state = { ...call.state };
  for (const key of ['cacheTag', 'optimize', 'pycachePrefix', 'cwd'] as const) {
    if (differs(withState(plain, { [key]: model.state[key] })))
      Object.assign(state, { [key]: plain.state[key] });
  }
  return {
    ...call,
    state,
    args: differs({ ...plain, args: model.args }) ? plain.args : call.args,
    kwargs: model.kwargs.length > 0 ? [] : call.kwargs,
  };
}

/** Copies of the call in which one aspect is plain, or all but one. */
export function plainerCalls(call: Call, plain: Call): Call[] {
  const { args, kwargs } = call;
  const all: Call[] = [
    { ...call, args: plain.args.concat(args.slice(1)) },
    ...(args.length > 1 ? [{ ...call, args: args.slice(0, 1) }] : []),
    ...kwargs.map((_, i) => ({ ...call, kwargs: kwargs.toSpliced(i, 1) })),
    ...(['cacheTag', 'optimize', 'pycachePrefix', 'cwd'] as const).map((key) =>
      withState(call, { [key]: plain.state[key] }),
    ),
    { ...plain, args },
    { ...plain, kwargs },
  ];
  const own = callText(call);
  return all.filter((one) => callText(one) !== own);
}

/** The path that an object stands for: the text it holds, or what its `__fspath__` returns. */
function valuesIn(value: Value): readonly Value[] {
  if (value === null || typeof value !== 'object') return [];
  if (value.kind === 'object') return value.is === undefined ? [] : [value.is];
  if (value.kind !== 'path') return [];
  const { fspath } = value;
  if (fspath === null || typeof fspath !== 'object') return [fspath];
  return fspath.kind === 'raise' || fspath.kind === 'sequence' ? [] : [fspath];
}

/** Calls that are simpler in one aspect, and some that are simpler in all others. Not all of them have a lower cost. */
function* simplerCandidates(call: Call, plain: Call): Generator<Call> {
  const { args, kwargs, state } = call;
  // Keep at most two aspects.
  yield plain;
  yield { ...plain, args };
  yield { ...plain, kwargs };
  yield { ...plain, args, kwargs };
  yield { ...plain, state };
  yield { ...plain, args, state };
  yield { ...call, args: plain.args };
  for (const key of ['cacheTag', 'optimize', 'pycachePrefix', 'cwd'] as const) {
    yield withState(call, { [key]: plain.state[key] });
    yield { ...plain, state: { ...plain.state, [key]: state[key] } };
    yield { ...plain, args, state: { ...plain.state, [key]: state[key] } };
    yield { ...plain, kwargs, state: { ...plain.state, [key]: state[key] } };
  }
  for (let i = 0; i < kwargs.length; i++) yield { ...call, kwargs: kwargs.toSpliced(i, 1) };
  if (args.length > 1) {
    for (let i = 1; i < args.length; i++) yield { ...call, args: args.toSpliced(i, 1) };
    if (args.length === 2 && !kwargs.some(([name]) => name === 'debug_override'))
      yield { ...call, args: args.slice(0, 1), kwargs: [['debug_override', args[1]!], ...kwargs] };
  }
  if (args.length === 0 && kwargs.some(([name]) => name === 'path')) {
    yield {
      ...call,
      args: [kwargs.find(([name]) => name === 'path')![1]],
      kwargs: kwargs.filter(([name]) => name !== 'path'),
    };
  }
  const isBack = call.function === 'source_from_cache';
  const plainest = plain.args.flatMap((one) => (one instanceof Str ? [one.units] : []));
  const paths = isBack ? [...plainest, ...simplerFiles] : ['a.py', 'a/a.py', '/a/a.py', 'a', ''];
  for (let i = 0; i < args.length; i++) {
    const value = args[i]!;
    if (i === 0 && !(value instanceof Str)) {
      yield { ...call, args: args.with(0, str(paths[0]!)) };
      for (const inner of valuesIn(value)) yield { ...call, args: args.with(0, inner) };
    }
    if (isBack && i === 0)
      for (const plainer of withPlainerName(value)) yield { ...call, args: args.with(0, plainer) };
    for (const simpler of simplerValues(value, i === 0 ? paths : ['a', '']))
      yield { ...call, args: args.with(i, simpler) };
    if (i > 0) for (const one of [null, true, false, 1n]) yield { ...call, args: args.with(i, one) };
  }
  for (let i = 0; i < kwargs.length; i++) {
    const [name, value] = kwargs[i]!;
    const with_ = (one: Value): Call => ({ ...call, kwargs: kwargs.with(i, [name, one]) });
    for (const simpler of simplerValues(value, name === 'path' ? paths : ['a', '', '1']))
      yield with_(simpler);
    for (const one of [null, true, false, 1n, str('a')]) yield with_(one);
    if (
      !['path', 'debug_override', 'optimization'].includes(name) &&
      !kwargs.some(([other]) => other === 'a')
    ) {
      yield { ...call, kwargs: kwargs.with(i, ['a', value]) };
    }
  }
  if (state.cacheTag !== null) {
    for (const cacheTag of simplerTexts(state.cacheTag, ['a', 'A', ''])) yield withState(call, { cacheTag });
  }
  for (const optimize of [0n, 1n, 2n]) yield withState(call, { optimize });
  if (state.pycachePrefix !== null) {
    if (isBack) yield* withShorterPrefixes(call);
    const windows = plain.state.cwd?.units.startsWith('C:') === true;
    const plainest = windows ? ['C:\\p', 'p', ''] : ['/p', 'p', ''];
    for (const pycachePrefix of simplerTexts(state.pycachePrefix, plainest))
      yield withState(call, { pycachePrefix });
  }
  if (state.cwd !== null) {
    for (const cwd of simplerTexts(state.cwd, [])) {
      if (/^(?:\/|[A-Za-z]:\\|\\\\.)/.test(cwd.units)) yield withState(call, { cwd });
    }
  }
}

/** The value with the name in its path made plain, in one piece or in all. */
function* withPlainerName(value: Value): Generator<Value> {
  if (value === null || typeof value !== 'object') return;
  if (value.kind === 'str') yield* plainerNames(value);
  else if (value.kind === 'path') {
    for (const fspath of givingPlainerName(value.fspath)) yield py.pathLike(fspath);
  } else if (value.kind === 'object' && value.is instanceof Str) {
    for (const is of plainerNames(value.is)) yield py.object({ ...value, is });
  }
}

function* givingPlainerName(answer: Answer): Generator<Answer> {
  if (
    answer === null ||
    typeof answer !== 'object' ||
    (answer.kind !== 'sequence' && answer.kind !== 'raise')
  )
    yield* withPlainerName(answer);
  else if (answer.kind === 'sequence') {
    const { answers } = answer;
    for (const [i, one] of answers.entries())
      for (const plainer of givingPlainerName(one)) yield py.sequence(...answers.with(i, plainer));
  }
}

function* plainerNames(path: Str): Generator<Str> {
  if (path.hasSurrogates) return;
  const [directory, pieces] = cutName(path.units);
  const last = Math.max(pieces.length - 1, 2);
  const names = [
    ['a', 'T', 'pyc'],
    ['a', 'T', ...pieces.slice(2, -1), 'pyc'],
    [pieces[0]!, 'T', 'pyc'],
    pieces.with(0, 'a'),
    ...(pieces.length > 1 ? [pieces.with(1, 'T')] : []),
    ...(pieces.length > last ? [pieces.with(last, 'pyc')] : []),
  ];
  for (const name of names) yield str(directory + name.join('.'));
}

/** Paths that each have only one feature of a bytecode file's path. */
const simplerFiles = ['__pycache__/a', 'a.T.pyc', 'a/a.T.pyc', 'a', ''];

/** Shortens a prefix and the path below it together, so that the path stays below the prefix. */
function* withShorterPrefixes(call: Call): Generator<Call> {
  const { args, state } = call;
  const prefix = state.pycachePrefix!;
  const [path] = args;
  if (!(path instanceof Str) || !path.startsWithStr(prefix)) return;
  for (const pycachePrefix of simplerTexts(prefix, ['/p', 'C:\\p', 'p', ''])) {
    const moved = pycachePrefix.concat(path.slice(prefix.units.length));
    yield { ...call, args: args.with(0, moved), state: { ...state, pycachePrefix } };
  }
}

/** Simpler calls inside a domain, without duplicates, the simplest first. */
export function simplerCalls(call: Call, plain: Call, domain: Domain): Call[] {
  const most = costOf(call, plain);
  const found = new Map<string, readonly [cost: number, call: Call]>();
  for (const candidate of simplerCandidates(call, plain)) {
    const one = domain.nearest(candidate);
    if (one === undefined) continue;
    const cost = costOf(one, plain);
    if (cost < most) found.set(callText(one), [cost, one]);
  }
  return [...found.values()].toSorted(([a], [b]) => a - b).map(([, one]) => one);
}

/* Calls that differ in one aspect. */

const optimizations = parseValues(String.raw`
  None, '', 'a', 'A', '0', '1', '12', '_', 'a_', '-1', '\u00e9', '\u4e00', 0, 1, 2, 3, 10, 12345, -1, True, False,
  1.0, float('nan'), b'a', b'', [], (), Object(), Object(str='a'), Object(str='_'), Object(is_='a'), Object(is_=1), Object(str=1),
  Object(str=Raises('ValueError', 'a')), Object(bool=False, str='a'), Object(eq=True, str='a'),
  Object(str=Sequence('a', 'b')), Object(is_='a', str='b'), Object(str=Object(is_='a'))`);

const overrides = parseValues(String.raw`
  None, True, False, 0, 1, '', 'a', [], 0.0, b'', Object(), Object(bool=False), Object(bool=True), Object(bool=1),
  Object(bool=Raises('ValueError', 'a')), Object(bool=Sequence(True, False)), Object(eq=True),
  Object(eq=True, bool=False), Object(is_=''), Object(is_='a')`);

const posixPaths = parseValues(String.raw`
  'a.py', 'b.py', 'a', 'b', '', '.', '..', '.a', '.a.py', 'a.b.py', 'a.b.c', 'a.', 'a.so', 'a.pyc', 'a.PY', 'a.pyw',
  'A.py', 'a_1.py', 'a-b.py', 'a b.py', '/a.py', '/a', '//a.py', '///a.py', '/', 'a/', 'a/b.py', 'a/b', 'a.b/c',
  'a.b/c.py', 'a/b/c.py', 'a//b.py', 'a///b.py', 'a//b/c.py', './a.py', '../a.py', 'a/./b.py', 'a/../b.py', '/a/b.py',
  '/a/b', '/a/./b.py', 'a/.b', '/usr/lib/a.py', '/usr/bin', '__pycache__/a.py', '__init__.py', 'site-packages/a.py',
  'a\\b.py', 'a:b.py', 'C:/a/b.py', 'a\n.py', '\u00e9.py', '~/a.py', '$a.py', '%s.py', '{}.py', 'a\x00.py', '\ud800.py'`);

const windowsPaths = parseValues(String.raw`
  'a\\b.py', 'a/b.py', 'a\\', 'a\\b', 'a\\\\b.py', 'a//b.py', '.\\a.py', '..\\a.py', '\\a.py', '/a.py', '\\\\a.py',
  'C:\\a.py', 'C:a.py', 'c:\\a.py', 'C:/a.py', 'C:\\a\\b.py', 'C:/a/b.py', 'D:\\a\\b.py', 'D:a.py', 'C:a\\b.py',
  '\\a\\b.py', '/a/b.py', '\\\\s\\t\\a.py', '\\\\s\\t\\a\\b.py', '\\\\?\\C:\\a.py', '\\\\?\\C:\\a\\b.py', '1:\\a\\b.py',
  '1:a.py', 'a\\C:b.py', 'C:\\a\\C:b.py', 'C:\\D:\\a.py', 'con.py', 'a .py', 'a\x00.py', 'a\\.\\b.py', 'a\\..\\b.py',
  '.\\a\\b.py', './a/b.py', '.\\./a\\b.py', '\ud801\udc00.py'`);

const bytecodePaths: Record<Platform, readonly Value[]> = {
  posix: parseValues(String.raw`
  '__pycache__/a.T.pyc', '__pycache__/b.T.pyc', 'a/__pycache__/a.T.pyc', '/a/__pycache__/a.T.pyc', '/__pycache__/a.T.pyc',
  'a//__pycache__/a.T.pyc', './__pycache__/a.T.pyc', '__pycache__//a.T.pyc', 'a/a.T.pyc', '/a/a.T.pyc', '/p/a.T.pyc',
  '/p/a/a.T.pyc', '/p/__pycache__/a.T.pyc', '/p/a/__pycache__/a.T.pyc', '/P/a/a.T.pyc', '/pa/a/a.T.pyc', 'p/a/a.T.pyc',
  '__PYCACHE__/a.T.pyc', 'x__pycache__/a.T.pyc', '__pycache__', '__pycache__/', 'a.T.pyc', '', '__pycache__/a',
  '__pycache__/a.pyc', '__pycache__/a.T.pyo', '__pycache__/a.T.', '__pycache__/.T.pyc', '__pycache__/a..pyc',
  '__pycache__/a.T.opt-1.pyc', '__pycache__/a.T.opt-2.pyc', '__pycache__/a.T.opt-a.pyc', '__pycache__/a.T.opt-\u00e9.pyc',
  '__pycache__/a.T.opt-.pyc', '__pycache__/a.T.opt-_.pyc', '__pycache__/a.T.OPT-1.pyc', '__pycache__/a.T.opt.pyc',
  '__pycache__/a.T.xopt-1.pyc', '__pycache__/a.b.T.pyc', '__pycache__/a.b.T.opt-1.pyc', '__pycache__/\u00e9.T.pyc',
  '__pycache__/a\x00.T.pyc', 'a\\__pycache__\\a.T.pyc', '__pycache__/A.T.pyc', '__pycache__/a.cpython-313.pyc'`),
  win32: parseValues(String.raw`
  '__pycache__\\a.T.pyc', '__pycache__\\b.T.pyc', '__pycache__/a.T.pyc', 'a\\__pycache__\\a.T.pyc', 'a/__pycache__/a.T.pyc',
  'a/b\\__pycache__\\a.T.pyc', '\\a\\__pycache__\\a.T.pyc', '/a/__pycache__/a.T.pyc', '\\__pycache__\\a.T.pyc',
  'C:\\__pycache__\\a.T.pyc', 'C:__pycache__\\a.T.pyc', 'C:\\a\\__pycache__\\a.T.pyc', 'C:/a/__pycache__/a.T.pyc',
  '\\\\s\\t\\__pycache__\\a.T.pyc', '\\\\s\\t\\a\\__pycache__\\a.T.pyc', 'a\\a.T.pyc', 'a\\\\__pycache__\\a.T.pyc',
  '__pycache__\\\\a.T.pyc', 'C:\\p\\a.T.pyc', 'C:\\p\\a\\a.T.pyc', 'C:/p/a/a.T.pyc', 'c:\\p\\a\\a.T.pyc',
  'C:\\p/a\\a.T.pyc', 'C:\\p\\__pycache__\\a.T.pyc', '__PYCACHE__\\a.T.pyc', 'a.T.pyc', '', '__pycache__\\a',
  '__pycache__\\a.pyc', '__pycache__\\a.T.opt-1.pyc', '__pycache__\\a.T.opt-.pyc', '__pycache__\\a.T.opt-_.pyc',
  '__pycache__\\a.T.OPT-1.pyc', '__pycache__\\a.b.T.pyc', '__pycache__\\a.b.T.opt-1.pyc', '__pycache__\\C:a.T.pyc',
  'a\\__pycache__\\C:a.T.pyc', 'a\x00\\__pycache__\\a.T.pyc', '__pycache__\\a\x00.T.pyc'`),
};

const pathValues = parseValues(String.raw`
  None, 1, True, 1.0, b'a.py', [], ('a',), Object(), Object(str='a.py'), Object(is_='a.py'), Object(is_='a.py', str='b.py'),
  PathLike('a.py'), PathLike(b'a.py'), PathLike(1), PathLike(None), PathLike(Raises('ValueError', 'a')),
  PathLike(Sequence('a.py', 'b.py')), PathLike(PathLike('a.py')), PathLike(Object(is_='a.py'))`);

const bytecodeValues = parseValues(String.raw`
  None, 1, True, b'__pycache__/a.T.pyc', b'', [], Object(), Object(str='__pycache__/a.T.pyc'), Object(is_='__pycache__/a.T.pyc'),
  PathLike('__pycache__/a.T.pyc'), PathLike(b'__pycache__/a.T.pyc'), PathLike(1), PathLike(Raises('ValueError', 'a'))`);

const tags = parseValues(
  `None, 'cpython-313', 'pypy311', 'a', 'A', 'a_b', 'a-b-c', '', 'a.b', 'a/b', ' '`,
) as ReadonlyArray<Str | null>;

const prefixes: Record<Platform, ReadonlyArray<Str | null>> = {
  posix: parseValues(
    `None, '/p', 'p', '', '/p/', '/p//', '/', './p', '/p/../q', '/p//q', '/a.b', '~/p'`,
  ) as Array<Str | null>,
  win32: parseValues(
    String.raw`None, 'C:\\p', 'D:\\p', 'p', '', 'C:', 'C:\\', 'C:/p/', '\\\\s\\t', 'C:\\p\\..\\q'`,
  ) as Array<Str | null>,
};
const directories: Record<Platform, ReadonlyArray<Str | null>> = {
  posix: parseValues(`None, '/w', '/', '/w/x', '/C:'`) as Array<Str | null>,
  win32: parseValues(String.raw`None, 'C:\\w', 'D:\\w', 'C:\\', '\\\\s\\t'`) as Array<Str | null>,
};

/** For each aspect, the calls inside the domain that differ from a call in that aspect only. */
export function variations(
  call: Call,
  { version, platform }: Target,
  { fixed, domain }: Pick<Hello, 'fixed' | 'domain'>,
): ReadonlyMap<Aspect, readonly Call[]> {
  const release = releaseOf(version);
  const { args, kwargs, state } = call;
  const own = args[0] ?? kwargs.find(([name]) => name === 'path')?.[1];
  const isBack = call.function === 'source_from_cache';
  const texts = isBack
    ? bytecodePaths[platform]
    : platform === 'win32'
      ? [...windowsPaths, ...posixPaths.slice(0, 24)]
      : posixPaths;
  const values = isBack ? bytecodeValues : pathValues;
  const paths = [...texts, ...(own instanceof Str ? editedPaths(own, platform) : []), ...values];
  const withOverride = (value: Value): Call =>
    args.length > 1 ? { ...call, args: args.with(1, value) } : named(call, 'debug_override', value);
  const bare = { ...named(call, 'debug_override', undefined), args: args.slice(0, 1) };
  const all = new Map<Aspect, Call[]>([
    ['path', own === undefined ? [] : paths.map((value) => withPath(call, value))],
    [
      'optimization',
      release.has('optimization') && !isBack
        ? [undefined, ...optimizations].map((value) => named(call, 'optimization', value))
        : [],
    ],
    [
      'debug override',
      release.has('no-debug-override') || isBack
        ? []
        : [...(args.length > 2 ? [] : [bare]), ...overrides.map(withOverride)],
    ],
    ['tag', fixed.cacheTag === undefined ? tags.map((cacheTag) => withState(call, { cacheTag })) : []],
    [
      'level',
      fixed.optimize === undefined ? [0n, 1n, 2n, 3n].map((optimize) => withState(call, { optimize })) : [],
    ],
    ['prefix', prefixes[platform].map((pycachePrefix) => withState(call, { pycachePrefix }))],
    [
      'working directory',
      fixed.cwd === undefined ? directories[platform].map((cwd) => withState(call, { cwd })) : [],
    ],
  ]);
  const itself = callText(call);
  // Without a prefix, the working directory is not used. Only a removed one would show a subject that uses it.
  const isTelling = (one: Call): boolean =>
    state.pycachePrefix !== null || sameValue(one.state.cwd, state.cwd) || one.state.cwd === null;
  return new Map(
    [...all].map(([aspect, calls]) => [
      aspect,
      insideOnce(calls, domain).filter((one) => callText(one) !== itself && isTelling(one)),
    ]),
  );
}

/** The calls moved into a domain, without duplicates. */
function insideOnce(calls: readonly Call[], domain: Domain): Call[] {
  if (domain.isWhole) return [...calls];
  const found = new Map<string, Call>();
  for (const near of calls.map((call) => domain.nearest(call))) {
    if (near !== undefined) found.set(callText(near), near);
  }
  return [...found.values()];
}

/** The path with small changes: another character, another ending, another directory. */
function editedPaths(path: Str, platform: Platform): Str[] {
  const windows = platform === 'win32';
  const separator = windows ? '\\' : '/';
  const { units } = path;
  const at = Math.max(units.lastIndexOf('/'), windows ? units.lastIndexOf('\\') : -1) + 1;
  const head = path.slice(0, at);
  const tail = path.slice(at);
  const edits = [
    str(`b${separator}`).concat(path),
    str(separator).concat(path),
    head.concat(str('b.py')),
    head.concat(str('b')),
    head.concat(str(separator)).concat(tail),
    tail,
    path.concat(str('.py')),
    path.concat(str('b')),
    str('b').concat(path),
    tail.endsWith('.py') ? path.slice(0, units.length - 3) : path.concat(str('x')),
    path.concat(str(`${separator}b.py`)),
    str(`x${separator}y.z${separator}`).concat(tail),
  ];
  return edits.filter((one) => one.units.length < 300);
}
