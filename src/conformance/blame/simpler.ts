/* Calls simpler than a given one, towards `a.py`, the plain tag and no options: what a failure is shrunk to. */
import { withState } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import { Str, str } from '../../python/text.ts';
import { py, objectMethods, type Answer, type Obj, type Value } from '../../python/values.ts';
import { callText } from '../codec.ts';
import type { Domain } from '../domain/domain.ts';
import { characterCost, costOf, cutName } from './cost.ts';

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

export const named = (call: Call, name: string, value: Value | undefined): Call => ({
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
