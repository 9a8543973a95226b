import { str, type Str } from './text.ts';

/** A warning, as Python's `warnings` would show it. */
export type Warning = { readonly category: string; readonly message?: Str };

/** Whether a method raised it, or Python because a method returned the wrong type or an integer is too long. */
export type Origin = 'raised' | 'mistyped' | 'tooLong';

/** An exception of Python's: its type's name and `str()` of it. */
export class PythonError extends Error {
  override readonly name = 'PythonError';
  /** Python's name for the type, such as `ValueError`. */
  readonly type: string;
  readonly text: Str;
  /** The warnings that came before it. */
  warnings: readonly Warning[] = [];

  readonly origin: Origin;

  constructor(type: string, text: Str | string, origin: Origin = 'raised') {
    const exact = typeof text === 'string' ? str(text) : text;
    super(`${type}: ${exact.units}`);
    this.type = type;
    this.text = exact;
    this.origin = origin;
  }
}
