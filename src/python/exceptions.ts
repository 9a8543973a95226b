import { str, type Str } from './text.ts';

/** A warning, as Python's `warnings` would show it. */
export type Warning = { readonly category: string; readonly message?: Str };

/**
 * What raised it: a method, or Python, because a method returned the wrong type or an integer is too long. It is
 * incidental if any step could have raised it, each with a message of its own.
 */
export type Origin = 'raised' | 'mistyped' | 'tooLong' | 'incidental';

/**
 * A Python exception during a call. It is not an Error: its JavaScript stack is of no use, and recording one would cost
 * more than the rest of a call.
 */
export class Thrown {
  /** Python's name for the type, such as `ValueError`. */
  readonly type: string;
  readonly text: Str;
  readonly origin: Origin;

  constructor(type: string, text: Str, origin: Origin) {
    this.type = type;
    this.text = text;
    this.origin = origin;
  }

  /** In the format of an Error, for code that catches it unexpectedly. */
  get message(): string {
    return `${this.type}: ${this.text.units}`;
  }
}

/** Creates what to throw where Python raises. */
export const raised = (type: string, text: Str | string, origin: Origin = 'raised'): Thrown =>
  new Thrown(type, typeof text === 'string' ? str(text) : text, origin);

/** A Python exception for callers from JavaScript: the name of its type, and its `str()`. */
export class PythonError extends Error {
  /** Python's name for the type, such as `ValueError`. */
  readonly type: string;
  readonly text: Str;
  /** The warnings issued before it. */
  readonly warnings: readonly Warning[];

  constructor(type: string, text: Str | string, warnings: readonly Warning[] = []) {
    const exact = typeof text === 'string' ? str(text) : text;
    super(`${type}: ${exact.units}`);
    this.type = type;
    this.text = exact;
    this.warnings = warnings;
  }

  // Not a field: the stack starts with the name, and is recorded before fields are set.
  override get name(): string {
    return 'PythonError';
  }
}
