/*
 * importlib.util.cache_from_source, in the steps in which CPython takes them. Read it beside the chapters in
 * spec/: `cite('…')` stands where that rule decides.
 */
import { bindArguments, type Misfit, type Signature } from './python/arguments.ts';
import { PythonError } from './python/exceptions.ts';
import type { Interpreter } from './python/interpreter.ts';
import { Instance, type Live } from './python/objects.ts';
import { characters, formatted, isText, reprOf, strOf, truthOf, typeName } from './python/operations.ts';
import { releaseOf, type Release } from './python/releases.ts';
import { Str, str } from './python/text.ts';
import { isAlphanumeric } from './python/unicode.ts';

/** Told the rules that decide a call. A condition says that the rule decides only where it holds. */
export type Cite = (rule: string, condition?: () => boolean) => void;

/** What a call lets be seen, beside its result. */
export type Onlooker = {
  readonly cite: Cite;
  readonly warn: (category: string, message: Str) => void;
};

/** From the documentation of importlib.util.cache_from_source. */
const signature: Signature = {
  name: 'cache_from_source',
  positional: ['path', 'debug_override'],
  required: 1,
  keywordOnly: ['optimization'],
};

/**
 * The path of a source file's bytecode file.
 *
 * @param args the arguments given by position
 * @param kwargs the arguments given by keyword
 * @throws PythonError what Python raises
 */
export function cacheFromSource(
  args: readonly Live[],
  kwargs: ReadonlyArray<readonly [name: string, value: Live]>,
  interpreter: Interpreter,
  onlooker: Onlooker,
): Str {
  const { cite } = onlooker;
  const release = releaseOf(interpreter.version);
  const given = bound(args, kwargs, release, cite);

  const optimization = overridden(given.debugOverride, given.optimization, onlooker);
  const path = fspath(given.path, release, cite);
  const [directory, separator, name] = split(path, cite);
  const file = tagged(name, separator, interpreter.cacheTag, cite)
    .concat(segment(optimization, interpreter.optimize, release, cite))
    .concat(str('.pyc'));
  cite('path-ends-in-pyc');
  cite('call-source-need-not-exist');
  cite('call-same-result-each-time');
  cite('call-returns-str');
  return within(directory, separator, file, cite);
}

/* 1 How the function is called */

const misfitRules: Record<Misfit, string> = {
  missing: 'call-path-is-required',
  'too-many': 'call-optimization-is-keyword-only',
  'unknown-keyword': 'call-unknown-keyword-raises',
  'given-twice': 'call-argument-given-twice-raises',
};

function bound(
  args: readonly Live[],
  kwargs: ReadonlyArray<readonly [name: string, value: Live]>,
  release: Release,
  cite: Cite,
): { path: Live; debugOverride: Live; optimization: Live } {
  const given = bindArguments(signature, args, kwargs, release, (misfit) => {
    cite('order-call-before-warning');
    cite(misfitRules[misfit]);
  });
  cite('call-path-by-keyword', () => args.length === 0);
  cite('call-debug-override-by-position', () => args.length === 2);
  cite(
    'call-none-is-not-given',
    () => given.get('debug_override') === null || given.get('optimization') === null,
  );
  return {
    path: given.get('path') ?? null,
    debugOverride: given.get('debug_override') ?? null,
    optimization: given.get('optimization') ?? null,
  };
}

/* 5 The debug override */

/** The optimization, after the debug override has had its say. */
function overridden(debugOverride: Live, optimization: Live, { cite, warn }: Onlooker): Live {
  if (debugOverride === null) {
    cite('debug-none-is-silent');
    return optimization;
  }
  cite('order-warning-before-error');
  cite('debug-override-warns');
  warn('DeprecationWarning', str("the debug_override parameter is deprecated; use 'optimization' instead"));
  if (optimization !== null) {
    cite('order-both-given-before-truth');
    cite(
      'debug-empty-optimization-counts-as-given',
      () => !(optimization instanceof Instance) && !truthOf(optimization),
    );
    cite('debug-both-given-raises');
    throw new PythonError('TypeError', 'debug_override or optimization must be set to None');
  }
  cite('debug-ignores-interpreter-level');
  cite('debug-compared-with-none-by-identity', () => has(debugOverride, 'eq'));
  cite('debug-truth-asked-once', () => has(debugOverride, 'bool'));
  cite('debug-judged-by-truth', () => typeof debugOverride !== 'boolean');
  const truth = asking(() => truthOf(debugOverride), {
    raised: () => {
      cite('order-truth-before-path');
      cite('debug-truth-error-passes-through');
    },
    mistyped: () => {
      cite('order-truth-before-path');
      cite('debug-truth-must-be-bool');
    },
  });
  if (truth) {
    cite('debug-true-is-empty-optimization');
    return Str.empty;
  }
  cite('debug-false-is-level-one');
  return 1n;
}

/* 6 Path-like objects */

/** `os.fspath`; and what it gives must be text, for it to be split. */
function fspath(path: Live, release: Release, cite: Cite): Str {
  if (isText(path)) {
    cite('like-str-subclass-is-accepted', () => path instanceof Instance);
    return characters(path);
  }
  const method = path instanceof Instance ? path.method('fspath') : undefined;
  cite('like-fspath-asked-once', () => method !== undefined);
  const named = asking(method ?? (() => path), {
    raised: () => {
      cite('order-path-before-tag');
      cite('like-fspath-error-passes-through');
    },
  });
  if (method && isText(named)) {
    cite('like-fspath-gives-the-path');
    return characters(named);
  }
  cite('order-path-before-tag');
  if (named !== null && typeof named === 'object' && named.kind === 'bytes') {
    cite('like-bytes-raise');
    throw new PythonError(
      'TypeError',
      release.has('split-by-rfind')
        ? "argument should be integer or bytes-like object, not 'str'"
        : "a bytes-like object is required, not 'str'",
    );
  }
  if (method) {
    cite('like-fspath-must-give-str');
    throw new PythonError(
      'TypeError',
      `expected PathLike.__fspath__() to return str or bytes, not ${typeName(named)}`,
    );
  }
  cite('like-other-types-raise');
  cite('like-str-method-makes-no-path', () => has(path, 'str'));
  throw new PythonError('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(path)}`);
}

/* 2 The path */

function split(path: Str, cite: Cite): [directory: Str, separator: string, name: Str] {
  const [directory, separator, name] = path.rpartition('/');
  if (separator === '') cite('path-without-directory');
  else cite('path-splits-at-last-separator');
  cite('path-of-any-length', () => path.units.length > 255);
  cite('path-backslash-and-colon-are-characters', () => /[\\:]/.test(path.units));
  return [directory, separator, name];
}

/** The file, in the cache folder of a directory. */
function within(directory: Str, separator: string, file: Str, cite: Cite): Str {
  cite('path-characters-pass-unchanged', () => /[^\w./-]/.test(directory.units + file.units));
  if (directory.isEmpty) {
    cite('path-root-is-lost', () => separator !== '');
    return Str.join('/', [str('__pycache__'), file]);
  }
  const trimmed = directory.rstrip('/');
  if (trimmed.isEmpty) cite('path-root-of-slashes-is-one');
  else cite('path-cache-folder-beside-source');
  cite('path-slashes-before-name-collapse', () => !trimmed.isEmpty && trimmed !== directory);
  cite('path-directory-is-not-normalized', () => /\/\/|(^|\/)\.\.?(\/|$)/.test(trimmed.units));
  cite('path-dots-in-directories-do-not-count', () => trimmed.units.includes('.'));
  return Str.join('/', [trimmed, str('__pycache__'), file]);
}

/* 2 The path, 3 The cache tag */

/** The name with its extension replaced by the cache tag. */
function tagged(name: Str, separator: string, cacheTag: Str | null, cite: Cite): Str {
  const [base, dot, rest] = name.rpartition('.');
  if (cacheTag === null) {
    cite('order-tag-before-optimization');
    cite('tag-none-raises');
    throw new PythonError('NotImplementedError', 'sys.implementation.cache_tag is None');
  }
  cite('tag-read-at-each-call');
  cite('tag-may-be-empty', () => cacheTag.isEmpty);
  cite('tag-is-not-checked', () => /[^\w-]/.test(cacheTag.units));
  if (dot === '') {
    if (!name.isEmpty) cite('path-name-without-dot-is-glued-to-tag');
    else if (separator === '') cite('path-empty-gives-the-tag-alone');
    else cite('path-trailing-slash-leaves-an-empty-name');
    return name.concat(cacheTag);
  }
  cite('tag-follows-the-name');
  if (base.isEmpty && !rest.isEmpty) {
    cite('path-leading-dot-is-dropped');
    return rest.concat(str('.')).concat(cacheTag);
  }
  cite('path-dots-are-a-name', () => name.is('.') || name.is('..'));
  cite('path-last-dot-ends-the-name', () => !base.isEmpty);
  cite('path-extension-is-not-read', () => !rest.is('py'));
  return base.concat(str('.')).concat(cacheTag);
}

/* 4 The optimization */

/** `.opt-…`, or nothing. */
function segment(optimization: Live, interpreterLevel: bigint, release: Release, cite: Cite): Str {
  if (optimization === null) {
    cite('opt-none-reads-interpreter-level');
    if (interpreterLevel === 0n) {
      cite('opt-interpreter-level-zero-adds-no-segment');
      return Str.empty;
    }
  } else {
    cite('opt-given-ignores-interpreter-level');
    citeKind(optimization, cite);
  }
  const faults = {
    raised: () => cite('opt-str-error-passes-through'),
    mistyped: () => cite('opt-str-must-give-str'),
    tooLong: () => cite('opt-integer-past-the-digit-limit-raises'),
  };
  const text = asking(() => strOf(optimization ?? interpreterLevel, release), faults);
  const judged = characters(text);
  cite('opt-returned-subclass-is-asked-again', () => text instanceof Instance);
  if (judged.isEmpty) {
    cite('opt-empty-adds-no-segment');
    return Str.empty;
  }
  cite('opt-alphanumeric-by-release', () => !isAscii(judged));
  if (!judged.codePoints().every((point) => isAlphanumeric(point, release.unicode))) {
    cite('opt-combining-marks-raise', () => /\p{M}/u.test(judged.units));
    cite('opt-error-shows-repr');
    cite('opt-every-character-counts', () => judged.units.length > 1);
    cite('opt-other-than-alphanumeric-raises');
    throw new PythonError('ValueError', reprOf(judged, release).concat(str(' is not alphanumeric')));
  }
  cite('opt-alphanumeric-is-unicode', () => !isAscii(judged));
  cite('opt-text-is-kept', () => /^0.|[^0-9a-z]/.test(judged.units));
  cite('opt-text-becomes-segment');
  return str('.opt-').concat(asking(() => formatted(text, release), faults));
}

/** The optimizations whose text may surprise. */
function citeKind(optimization: Live, cite: Cite): void {
  const kind =
    optimization !== null && typeof optimization === 'object' ? optimization.kind : typeof optimization;
  cite('opt-zero-adds-a-segment', () => optimization === 0n);
  cite('opt-integer-by-its-digits', () => typeof optimization === 'bigint' && optimization >= 0n);
  cite('opt-negative-raises', () => typeof optimization === 'bigint' && optimization < 0n);
  cite('opt-bool-by-name', () => kind === 'boolean');
  cite('opt-float-by-its-repr', () => kind === 'float');
  cite(
    'opt-punctuated-texts-raise',
    () => ['bytes', 'list', 'tuple'].includes(kind) || isPlainObject(optimization),
  );
  cite('opt-str-method-decides', () => kind === 'instance' && !isPlainObject(optimization));
  cite('opt-str-asked-once', () => has(optimization, 'str'));
  cite('opt-compared-with-none-by-identity', () => has(optimization, 'eq') || has(optimization, 'bool'));
}

const isAscii = (text: Str): boolean => !/[^\0-\x7f]/.test(text.units);

const has = (value: Live, method: 'str' | 'bool' | 'eq'): boolean =>
  value instanceof Instance && value.method(method) !== undefined;

/** An object whose text is the default one. */
const isPlainObject = (value: Live): boolean =>
  value instanceof Instance && value.base === undefined && !has(value, 'str');

/** Asks a value something that methods of its own may answer, and tells how that fails. */
function asking<T>(
  question: () => T,
  told: { raised: () => void; mistyped?: () => void; tooLong?: () => void },
): T {
  try {
    return question();
  } catch (error) {
    if (error instanceof PythonError) (told[error.origin] ?? told.raised)();
    throw error;
  }
}
