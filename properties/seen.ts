/* A call from the point of view of a rule: the call, what the reference computed, and its outcome. */
import type { Answered, Call } from '../src/python/call.ts';
import { Instance, type Live } from '../src/python/objects.ts';
import { isText, truthOf } from '../src/python/operations.ts';
import { Str, str } from '../src/python/text.ts';
import type { Answer, Obj, Value } from '../src/python/values.ts';
import type { CallRecord } from '../src/record.ts';
import { recorded, type Target } from '../src/reference.ts';
import { releaseOf, unicodeVersions, type Release } from '../src/python/releases.ts';
import { isalnum, isAlphanumeric } from '../src/python/unicode.ts';
import type { Part } from './parts.ts';

/** A step of the function that may raise, in CPython's order. `join` can raise only on Windows. */
export type Step =
  | 'arguments'
  | 'both given'
  | 'truth'
  | 'path'
  | 'tag'
  | 'text'
  | 'alphanumeric'
  | 'cwd'
  | 'index'
  | 'join';

export class Seen {
  readonly call: Call;
  readonly target: Target;
  readonly release: Release;
  readonly record: CallRecord;
  readonly expected: Answered;

  constructor(call: Call, target: Target) {
    this.call = call;
    this.target = target;
    this.release = releaseOf(target.version);
    const { record, outcome } = recorded(call, target);
    this.record = record;
    this.expected = outcome;
  }

  get posix(): boolean {
    return this.target.platform === 'posix';
  }

  get separators(): string {
    return this.posix ? '/' : '\\/';
  }

  get returned(): boolean {
    return this.expected.kind === 'return';
  }

  /** Whether the result is a path that no prefix affects. */
  get beside(): boolean {
    return this.returned && this.record.absolute === undefined;
  }

  /** Whether the result is a path below a prefix. */
  get below(): boolean {
    return this.returned && this.record.absolute !== undefined;
  }

  /** The prefix that the function reads; null if the release has none. */
  get prefix(): Str | null {
    return this.release.has('pycache-prefix') ? this.call.state.pycachePrefix : null;
  }

  get level(): bigint {
    return this.call.state.optimize;
  }

  get takesOptimization(): boolean {
    return this.release.has('optimization');
  }

  get takesOverride(): boolean {
    return !this.release.has('no-debug-override');
  }

  /** The optimization that was given; None if it was not. */
  get optimization(): Live {
    return this.record.optimization ?? null;
  }

  get override(): Live {
    return this.record.debug_override ?? null;
  }

  /** The step that raised, if any. */
  get step(): Step | undefined {
    if (this.returned) return undefined;
    const { misfit, chosen, fspath, tag, text, filename, getcwd, absolute, below } = this.record;
    if (misfit !== undefined) return 'arguments';
    if (chosen === undefined)
      return this.optimization !== null && this.takesOptimization ? 'both given' : 'truth';
    if (fspath === undefined) return 'path';
    if (tag === null) return 'tag';
    if (filename === undefined) return text === undefined ? 'text' : 'alphanumeric';
    if (getcwd === true && absolute === undefined && this.call.state.cwd === null) return 'cwd';
    return absolute !== undefined && below === undefined ? 'index' : 'join';
  }

  /** The text that the function cuts. */
  get text(): string {
    return this.record.fspath?.units ?? '';
  }

  get hasSeparator(): boolean {
    const { fspath, tail } = this.record;
    return tail !== undefined && fspath!.units.length > tail.units.length;
  }

  get head(): Str {
    return this.record.head ?? Str.empty;
  }

  /** The head without the separators at its end. */
  get trimmed(): Str {
    return this.head.rstrip(this.separators);
  }

  /** The argument as written in the call. */
  written(name: 'path' | 'debug_override' | 'optimization'): Value | undefined {
    const byKeyword = this.call.kwargs.find(([keyword]) => keyword === name)?.[1];
    if (byKeyword !== undefined) return byKeyword;
    if (name === 'path') return this.call.args[0];
    return name === 'debug_override' && this.takesOverride ? this.call.args[1] : undefined;
  }

  /** Whether a value is false without calling one of its methods. */
  isFalse(value: Live): boolean {
    return value !== null && !(value instanceof Instance) && !truthOf(value, this.release);
  }

  get isPathText(): boolean {
    return isText(this.record.path ?? null);
  }
}

/** The parts if the condition holds, else none. */
export const where = (condition: boolean, ...parts: readonly Part[]): readonly Part[] =>
  condition ? parts : none;
const none: readonly Part[] = [];

/** The parts of an outcome that raises. */
export const ofRaise = ['kind', 'type', 'message'] as const satisfies readonly Part[];

/** A value with methods, as written in the call. */
export const objectOf = (value: Value | undefined): Obj | undefined =>
  value !== null && typeof value === 'object' && value.kind === 'object' ? value : undefined;

/** Whether a method's second answer may differ. */
export const isSequence = (answer: Answer | undefined): boolean =>
  answer !== null && typeof answer === 'object' && answer.kind === 'sequence';

/** Whether its text is given directly, is the same each time, and has no methods of its own. */
export function isAnsweredPlainly(object: Obj | undefined): boolean {
  const answer = object?.str;
  return answer === null || typeof answer !== 'object' || answer.kind === 'str';
}

/** The first answer of a method. */
export const first = (answer: Answer | undefined): Answer | undefined =>
  answer !== null && typeof answer === 'object' && answer.kind === 'sequence'
    ? first(answer.answers[0])
    : answer;

/* Calls similar to another. */

export const withState = (call: Call, state: Partial<Call['state']>): Call => ({
  ...call,
  state: { ...call.state, ...state },
});

export const withKeyword = (call: Call, name: string, value: Value): Call => ({
  ...call,
  kwargs: [...call.kwargs.filter(([own]) => own !== name), [name, value]],
});

/** With another path, passed in the same way. */
export const withPath = (call: Call, path: Value): Call =>
  call.args.length > 0 ? { ...call, args: call.args.with(0, path) } : withKeyword(call, 'path', path);

/** With the same separators and dots in its path, and `a` between them. An extension `py` stays. */
export function withPlainLetters({ call, posix, record: { fspath } }: Seen): Call | undefined {
  if (fspath === undefined) return undefined;
  const [whole, before] = /^(.*?)(?:\.py)?$/s.exec(fspath.units)!;
  return withPath(
    call,
    str(before!.replaceAll(posix ? /[^/.]+/g : /[^\\/.:]+/g, 'a') + whole.slice(before!.length)),
  );
}

/** With another debug override, passed in the same way. */
export const withOverride = (call: Call, override: Value): Call =>
  call.args.length > 1
    ? { ...call, args: call.args.with(1, override) }
    : withKeyword(call, 'debug_override', override);

/** With an optimization, and no debug override. */
export const withOptimization = (call: Call, optimization: Value): Call => ({
  ...call,
  args: call.args.slice(0, 1),
  kwargs: [...call.kwargs.filter(([name]) => name === 'path'), ['optimization', optimization]],
});

/** With the optimization's text in place of the optimization. */
export const textAsOptimization = ({ call, record: { text } }: Seen): Call | undefined =>
  text === undefined ? undefined : withKeyword(call, 'optimization', text);

/** The same debug override without its own equality. */
export function withoutEquality(seen: Seen): Call | undefined {
  const object = objectOf(seen.written('debug_override'));
  if (object === undefined) return undefined;
  const { eq: _, ...others } = object;
  return withOverride(seen.call, others);
}

/** The same optimization without its own equality and truth value. */
export function withoutTruth({ call }: Seen): Call | undefined {
  const object = objectOf(call.kwargs.find(([name]) => name === 'optimization')?.[1]);
  if (object === undefined) return undefined;
  const { eq: _, bool: __, ...others } = object;
  return withKeyword(call, 'optimization', others);
}

export const byPosition = (call: Call): Call => ({
  ...call,
  args: call.kwargs.filter(([name]) => name === 'path').map(([, value]) => value),
  kwargs: call.kwargs.filter(([name]) => name !== 'path'),
});

export const withoutNone = (call: Call): Call => ({
  ...call,
  args: call.args.filter((value, i) => i === 0 || value !== null),
  kwargs: call.kwargs.filter(([name, value]) => name === 'path' || value !== null),
});

/* Properties of paths */

/** Whether a directory wrongly starts with the working directory. */
export const startsAt = (cwd: Str | null, found = '', wanted = ''): boolean =>
  cwd !== null && !/^[\\/]?$/.test(cwd.units) && found.startsWith(cwd.units) && !wanted.startsWith(cwd.units);

/** Whether a path has components that could be omitted: empty ones, `.` and `..`. */
export const isUntidy = (path: string): boolean => /\/\/|(^|\/)\.\.?(\/|$)/.test(path);

/** Whether it has such components between the separators at both ends, on either platform. */
export function isUntidyInside(path: Str, separators: string): boolean {
  const inner = path.lstrip(separators).rstrip(separators).units;
  const all = separators === '/' ? inner.split('/') : inner.split(/[\\/]/);
  return inner !== '' && all.some((part) => ['', '.', '..'].includes(part));
}

export const startsWithDot = (head: Str, separators: string): boolean =>
  [...separators].some((separator) => head.startsWith(`.${separator}`));

/** Whether more than one separator is dropped from the start, or nothing else is there. */
export const startsWithSeveral = (absolute: string, kept: string, posix: boolean): boolean =>
  posix
    ? absolute.length - kept.length > 1 && absolute.startsWith('//')
    : /^(?:[^\\/]:)?[\\/]{2}/u.test(absolute);

/** Matches paths of files, directories and links that exist on most systems. */
export const mayExist =
  /^(?:[/.]+$|\/(?:bin|dev|etc|home|lib|proc|root|sbin|tmp|usr|var)(?:\/|$)|[A-Z]:\\(?:Windows|Users))/;

/** Whether a path is absolute, or on Windows starts with any root. */
export const isRooted = (path: Str, { posix }: Seen): boolean =>
  (posix ? /^\// : /^(?:[\\/]|[a-z]:)/i).test(path.units);

/* Kinds of values */

export const kindOf = (value: Live): string =>
  value !== null && typeof value === 'object' ? value.kind : typeof value;

export const isObject = (value: Live): value is Instance => value instanceof Instance;

/** An object whose text is the default one. */
export const isPlainObject = (value: Value | undefined): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (value.kind === 'path' || (value.kind === 'object' && value.str === undefined && value.is === undefined));

/** Whether a value defines its equality or its truth value. */
export function definesTruth(value: Value | undefined): boolean {
  const object = objectOf(value);
  return object?.eq !== undefined || object?.bool !== undefined;
}

export const givesNone = ({ args, kwargs }: Call): boolean =>
  args.slice(1).includes(null) || kwargs.some(([name, value]) => name !== 'path' && value === null);

export const givesOverride = ({ args, kwargs }: Call): boolean =>
  (args[1] ?? null) !== null || kwargs.some(([name, value]) => name === 'debug_override' && value !== null);

/** Whether an optimization raises, or may raise: an object's own methods decide. */
export function wouldRaise(optimization: Live, { unicode }: Release): boolean {
  if (optimization === null || typeof optimization === 'boolean') return false;
  if (typeof optimization === 'bigint') return optimization < 0n;
  return !(optimization instanceof Str) || !(optimization.isEmpty || isalnum(optimization, unicode));
}

/* Results of `__fspath__` */

export const fspathOf = (value: Value | undefined): Answer | undefined =>
  value !== null && typeof value === 'object' && value.kind === 'path' ? value.fspath : undefined;

const answered = (seen: Seen): Answer | undefined => first(fspathOf(seen.written('path')));

export function raisesFirst(seen: Seen): boolean {
  const answer = answered(seen);
  return answer !== null && typeof answer === 'object' && answer.kind === 'raise';
}

export function givesBytes(seen: Seen): boolean {
  const value = seen.release.has('path-like')
    ? (answered(seen) ?? seen.written('path'))
    : seen.written('path');
  return value !== null && typeof value === 'object' && value.kind === 'bytes';
}

/* Properties of texts */

export const isAscii = (text: Str): boolean => !/[^\0-\x7f]/.test(text.units);

/**
 * Whether alphanumeric text stays alphanumeric when normalized to NFC: some letters decompose into a letter and a mark.
 */
export const isKeptByComposing = ({ units }: Str, { unicode }: Release): boolean =>
  isalnum(Str.from(units.normalize('NFC')), unicode);

/** Whether some character is alphanumeric in one release and not in another. */
export const differsByRelease = (text: Str): boolean =>
  !isAscii(text) &&
  !text.every((point) => {
    const [one, ...others] = unicodeVersions.map((unicode) => isAlphanumeric(point, unicode));
    return others.every((other) => other === one);
  });
