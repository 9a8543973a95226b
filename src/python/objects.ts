import { PythonError } from './exceptions.ts';
import { reprText } from './repr.ts';
import type { UnicodeVersion } from './releases.ts';
import { Str } from './text.ts';
import type { Answer, Bytes, Float, List, ObjectMethod, Raises, Tuple, Value } from './values.ts';

type Method = ObjectMethod | 'fspath';

/** A value while a call is under way, when objects remember how often they were asked. */
export type Live = null | boolean | bigint | Str | Float | Bytes | List | Tuple | Instance;

/** An object whose class was made for the call. */
export class Instance {
  readonly kind = 'instance';
  readonly className: 'PathLike' | 'Object';
  /** The str or int that it holds, where its class is a subclass of that type. */
  readonly base: Str | bigint | undefined;
  private readonly methods: ReadonlyMap<Method, () => Live>;

  constructor(className: Instance['className'], base: Instance['base'], methods: Instance['methods']) {
    this.className = className;
    this.base = base;
    this.methods = methods;
  }

  /** The method of that name, if its own class defines one. */
  method(name: Method): (() => Live) | undefined {
    return this.methods.get(name);
  }
}

/** Makes the objects that a call's values describe. */
export function live(value: Value, unicode: UnicodeVersion): Live {
  if (value === null || typeof value !== 'object' || value instanceof Str) return value;
  if (value.kind === 'path') {
    return new Instance('PathLike', undefined, new Map([['fspath', method(value.fspath, unicode)]]));
  }
  if (value.kind !== 'object') return value;
  const methods = new Map<Method, () => Live>();
  if (value.str !== undefined) methods.set('str', method(value.str, unicode));
  if (value.bool !== undefined) methods.set('bool', method(value.bool, unicode));
  if (value.eq !== undefined) methods.set('eq', method(value.eq, unicode));
  return new Instance('Object', value.is, methods);
}

function method(answer: Answer, unicode: UnicodeVersion): () => Live {
  if (answer !== null && typeof answer === 'object' && !(answer instanceof Str)) {
    if (answer.kind === 'raise') {
      return () => {
        throw new PythonError(answer.type, exceptionText(answer, unicode));
      };
    }
    if (answer.kind === 'sequence') {
      const methods = answer.answers.map((one) => method(one, unicode));
      let calls = 0;
      return () => methods[Math.min(calls++, methods.length - 1)]!();
    }
  }
  const value = live(answer, unicode);
  return () => value;
}

/** `str()` of an exception made with one message, or with none. A KeyError shows its key's repr. */
function exceptionText({ type, message }: Raises, unicode: UnicodeVersion): Str {
  if (message === undefined) return Str.empty;
  return type === 'KeyError' ? reprText(message, unicode) : message;
}
