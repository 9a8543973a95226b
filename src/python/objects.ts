import { raised, type Thrown } from './exceptions.ts';
import { reprText } from './repr.ts';
import type { UnicodeVersion } from './releases.ts';
import { Str } from './text.ts';
import type {
  Answer,
  Bytes,
  Float,
  List,
  Obj,
  ObjectMethod,
  PathLike,
  Raises,
  Tuple,
  Value,
} from './values.ts';

type Method = ObjectMethod | 'fspath';

/** A value during a call, in which objects count how often their methods were called. */
export type Live = null | boolean | bigint | Str | Float | Bytes | List | Tuple | Instance;

/** An object whose class was created for the call. */
export class Instance {
  private readonly value: PathLike | Obj;
  private readonly unicode: UnicodeVersion;
  /** Methods that have been called and may give another answer the next time. */
  private called: { [M in Method]?: () => Live } | undefined;

  constructor(value: PathLike | Obj, unicode: UnicodeVersion) {
    this.value = value;
    this.unicode = unicode;
  }

  get kind(): 'instance' {
    return 'instance';
  }

  get className(): 'PathLike' | 'Object' {
    return this.value.kind === 'path' ? 'PathLike' : 'Object';
  }

  /** The str or int that the object holds, if its class is a subclass of that type. */
  get base(): Str | bigint | undefined {
    return this.value.kind === 'path' ? undefined : this.value.is;
  }

  /**
   * Calls the method with that name.
   *
   * @returns undefined if its own class does not define it
   * @throws Thrown what the method raises
   */
  call(name: Method): Live | undefined {
    const methods: { readonly [M in Method]?: Answer } = this.value;
    const answer = methods[name];
    if (answer === undefined || isSimple(answer)) return answer;
    if (answer.kind === 'raise') throw exception(answer, this.unicode);
    this.called ??= {};
    return (this.called[name] ??= method(answer, this.unicode))();
  }
}

type Simple = null | boolean | bigint | Str;
const isSimple = (value: Answer): value is Simple =>
  value === null || typeof value !== 'object' || value instanceof Str;

/** Creates the object that a value describes. */
export function live(value: Value, unicode: UnicodeVersion): Live {
  if (isSimple(value)) return value;
  return value.kind === 'path' || value.kind === 'object' ? new Instance(value, unicode) : value;
}

function method(answer: Answer, unicode: UnicodeVersion): () => Live {
  if (isSimple(answer)) return () => answer;
  if (answer.kind === 'raise') {
    return () => {
      throw exception(answer, unicode);
    };
  }
  if (answer.kind === 'sequence') {
    const methods = answer.answers.map((one) => method(one, unicode));
    let calls = 0;
    return () => methods[Math.min(calls++, methods.length - 1)]!();
  }
  const value = live(answer, unicode);
  return () => value;
}

const exception = (answer: Raises, unicode: UnicodeVersion): Thrown =>
  raised(answer.type, exceptionText(answer, unicode));

/** `str()` of an exception with one message or none. A KeyError shows its key's repr. */
function exceptionText({ type, message }: Raises, unicode: UnicodeVersion): Str {
  if (message === undefined) return Str.empty;
  return type === 'KeyError' ? reprText(message, unicode) : message;
}
