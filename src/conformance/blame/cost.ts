/* The plainest call of each function, and how far a call is from it. */
import { plainFile } from '../../../properties/index.ts';
import { callBack, functions, type Call, type FunctionName } from '../../python/call.ts';
import { plainState } from '../../python/interpreter.ts';
import { Str, str } from '../../python/text.ts';
import { objectMethods, type Answer, type Value } from '../../python/values.ts';
import type { Target } from '../../reference.ts';
import type { Hello } from '../features.ts';

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

export function characterCost(point: number): number {
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

/** On POSIX, an empty path, and a name that is only an extension, are odder than they are short. */
const pathCost = (text: Str, { function: name, args: [plain], state }: Call): number => {
  if (plain instanceof Str && text.equals(plain)) return 0;
  if (name === 'source_from_cache') return bytecodePathCost(text.units);
  const isWindows = state.cwd?.units.startsWith('C:') === true;
  return (
    1.5 +
    (text.endsWith('.py') ? textCost(text.slice(0, text.units.length - 3)) + 0.4 : 2.5 + textCost(text)) +
    (/^$|(?:\/|^)\.[^./]+$/.test(text.units) && !isWindows ? odd : 0)
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
export function cutName(path: string): readonly [directory: string, pieces: readonly string[]] {
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
