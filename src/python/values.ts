import { Str } from './text.ts';

/**
 * A Python value in the suite's representation: immutable, comparable, and the same in TypeScript, in the protocol and
 * in the goldens. None, bool, int and str are `null`, `boolean`, `bigint` and `Str`.
 */
export type Value = null | boolean | bigint | Str | Float | Bytes | List | Tuple | PathLike | Obj;

export type Float = { readonly kind: 'float'; readonly number: number };
export type Bytes = { readonly kind: 'bytes'; readonly bytes: readonly number[] };
export type List = { readonly kind: 'list'; readonly items: readonly Value[] };
export type Tuple = { readonly kind: 'tuple'; readonly items: readonly Value[] };

/** An object of a class `PathLike` whose `__fspath__` gives the answer. */
export type PathLike = { readonly kind: 'path'; readonly fspath: Answer };

/**
 * An object of a class `Object` that defines the methods given here and inherits the others. With `is`, the class is a
 * subclass of that value's type, and the object holds that value.
 */
export type Obj = {
  readonly kind: 'object';
  readonly is?: Str | bigint;
  readonly str?: Answer;
  readonly bool?: Answer;
  readonly eq?: Answer;
};

/** What a method does when it is called. */
export type Answer = Value | Raises | Sequence;
export type Raises = { readonly kind: 'raise'; readonly type: string; readonly message?: Str };
/** The first call gives the first answer, the next call the next one. The last answer repeats. */
export type Sequence = { readonly kind: 'sequence'; readonly answers: readonly Answer[] };

export type ObjectMethod = 'str' | 'bool' | 'eq';
export const objectMethods: readonly ObjectMethod[] = ['str', 'bool', 'eq'];

/** Constructors for the Python values that JavaScript has no literal for. */
export const py = {
  /** A `str` from text, or from code points if two surrogates must not become one character. */
  str: (text: string | Iterable<number>): Str =>
    typeof text === 'string' ? Str.from(text) : Str.fromCodePoints(text),
  int: (value: number | bigint | string): bigint => BigInt(value),
  float: (number: number): Float => ({ kind: 'float', number }),
  bytes: (bytes: Iterable<number> | string): Bytes => ({
    kind: 'bytes',
    bytes: typeof bytes === 'string' ? Array.from(bytes, (c) => c.charCodeAt(0)) : [...bytes],
  }),
  list: (...items: Value[]): List => ({ kind: 'list', items }),
  tuple: (...items: Value[]): Tuple => ({ kind: 'tuple', items }),
  /** An object with `__fspath__`. */
  pathLike: (fspath: Answer): PathLike => ({ kind: 'path', fspath }),
  /** An object with methods of its own, optionally an instance of a subclass of str or int. */
  object: (methods: Omit<Obj, 'kind'> = {}): Obj => ({ kind: 'object', ...methods }),
  /** An answer: the method raises. */
  raises: (type: string, message?: string | Str): Raises =>
    message === undefined
      ? { kind: 'raise', type }
      : { kind: 'raise', type, message: typeof message === 'string' ? Str.from(message) : message },
  /** An answer: one after the other. */
  sequence: (...answers: Answer[]): Sequence => ({ kind: 'sequence', answers }),
};

/** Whether two values are the same, or both are undefined. */
export function sameValue(a: Answer | undefined, b: Answer | undefined): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Str || b instanceof Str) return a instanceof Str && b instanceof Str && a.equals(b);
  switch (a.kind) {
    case 'float':
      return b.kind === 'float' && Object.is(a.number, b.number);
    case 'bytes':
      return (
        b.kind === 'bytes' && a.bytes.length === b.bytes.length && a.bytes.every((x, i) => x === b.bytes[i])
      );
    case 'list':
    case 'tuple':
      return a.kind === b.kind && sameAll(a.items, b.items);
    case 'path':
      return b.kind === 'path' && sameValue(a.fspath, b.fspath);
    case 'object':
      return (
        b.kind === 'object' && sameValue(a.is, b.is) && objectMethods.every((m) => sameValue(a[m], b[m]))
      );
    case 'raise':
      return b.kind === 'raise' && a.type === b.type && sameValue(a.message, b.message);
    case 'sequence':
      return b.kind === 'sequence' && sameAll(a.answers, b.answers);
  }
}

const sameAll = (a: readonly Answer[], b: readonly Answer[]): boolean =>
  a.length === b.length && a.every((x, i) => sameValue(x, b[i]));
