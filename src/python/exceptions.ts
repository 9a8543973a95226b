import { str, type Str } from './text.ts';

/** A warning, as Python's `warnings` would show it. */
export type Warning = { readonly category: string; readonly message?: Str };

/** Whether a method raised it, or Python because a method returned the wrong type or an integer is too long. */
export type Origin = 'raised' | 'mistyped' | 'tooLong';

/**
 * An exception of Python's while a call is under way. It is no Error: where in JavaScript it was raised is no news to
 * anybody, and to find that out would cost more than all the rest.
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

  /** As an Error has it, for who catches what was not to come this far. */
  get message(): string {
    return `${this.type}: ${this.text.units}`;
  }
}

/** What is to be thrown where Python raises. */
export const raised = (type: string, text: Str | string, origin: Origin = 'raised'): Thrown =>
  new Thrown(type, typeof text === 'string' ? str(text) : text, origin);

/** An exception of Python's, for who calls from JavaScript: its type's name and `str()` of it. */
export class PythonError extends Error {
  /** Python's name for the type, such as `ValueError`. */
  readonly type: string;
  readonly text: Str;
  /** The warnings that came before it. */
  readonly warnings: readonly Warning[];

  constructor(type: string, text: Str | string, warnings: readonly Warning[] = []) {
    const exact = typeof text === 'string' ? str(text) : text;
    super(`${type}: ${exact.units}`);
    this.type = type;
    this.text = exact;
    this.warnings = warnings;
  }

  // Not a field: the stack is headed by it, and is written before there are fields.
  override get name(): string {
    return 'PythonError';
  }
}
