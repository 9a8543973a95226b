/*
 * importlib.util.cache_from_source, in the steps in which CPython takes them. Read it beside the chapters in
 * spec/: `cite?.('…')` stands where that rule decides. What a release does otherwise than others is asked by name,
 * `release.has('…')`; since when it does so stands in src/python/releases.ts.
 */
import type { Cite, Onlooker } from './onlooker.ts';
import { below, beside } from './placement.ts';
import { bindArguments, type Misfit, type Signature } from './python/arguments.ts';
import { PythonError, type Origin } from './python/exceptions.ts';
import type { Interpreter, Platform } from './python/interpreter.ts';
import { Instance, type Live } from './python/objects.ts';
import { characters, formatted, isText, reprOf, strOf, truthOf, typeName } from './python/operations.ts';
import { cutOf, pathsOf, type Paths } from './python/paths.ts';
import { releaseOf, type Release } from './python/releases.ts';
import { Str, str } from './python/text.ts';
import { isAlphanumeric } from './python/unicode.ts';

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
  const { platform, cacheTag, optimize, pycachePrefix } = interpreter;
  const { cite } = onlooker;
  const release = releaseOf(interpreter.version);
  const paths = pathsOf(platform, release);
  // It decides which of two errors comes, so it is told before either.
  cite?.(
    'prefix-is-read-last',
    () => release.has('pycache-prefix') && pycachePrefix !== null && interpreter.cwd === null,
  );

  const given = bound(args, kwargs, release, cite);
  const ending = endingOf(given, optimize, release, onlooker);
  const path = textOf(given.path, platform, release, cite);
  const [directory, separator, name] = split(path, paths, platform, onlooker);
  const file = tagged(name, directory, separator, cacheTag, release, onlooker).concat(ending());
  const source = { directory, separator, file };

  const isBelow = pycachePrefix !== null && release.has('pycache-prefix');
  if (!release.has('pycache-prefix')) cite?.('prefix-is-ignored-before', () => pycachePrefix !== null);
  else if (!isBelow) cite?.('prefix-none-changes-nothing');
  const result = isBelow
    ? below(pycachePrefix, source, interpreter, paths, release, cite)
    : beside(source, paths, platform, release, cite);

  cite?.('call-source-need-not-exist');
  cite?.('call-same-result-each-time');
  cite?.('call-returns-str');
  return result;
}

/* 1 How the function is called */

type Given = { readonly path: Live; readonly debugOverride: Live; readonly optimization: Live };

const signature = (positional: readonly string[], ...keywordOnly: readonly string[]): Signature => ({
  name: 'cache_from_source',
  positional,
  required: 1,
  keywordOnly,
});
const signatures = {
  old: signature(['path', 'debug_override']),
  both: signature(['path', 'debug_override'], 'optimization'),
  new: signature(['path'], 'optimization'),
};

function signatureOf(release: Release): Signature {
  if (!release.has('optimization')) return signatures.old;
  return release.has('no-debug-override') ? signatures.new : signatures.both;
}

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
  cite?: Cite,
): Given {
  const fitting = signatureOf(release);
  const values = bindArguments(fitting, args, kwargs, release, (misfit, keyword) => {
    if (release.has('optimization') && !release.has('no-debug-override')) cite?.('order-call-before-warning');
    if (!release.has('optimization') && (keyword === 'optimization' || misfit === 'too-many')) {
      cite?.('call-optimization-is-unknown');
    } else cite?.(misfitRules[misfit]);
    if (release.has('no-debug-override') && (keyword === 'debug_override' || misfit === 'too-many')) {
      cite?.('call-debug-override-is-gone');
    }
  });
  cite?.('call-path-by-keyword', () => args.length === 0);
  cite?.('call-debug-override-by-position', () => args.length === 2);
  cite?.('call-none-is-not-given', () => values.slice(1).includes(null));
  const [path = null, second = null, third = null] = values;
  return fitting === signatures.new
    ? { path, debugOverride: null, optimization: second }
    : { path, debugOverride: second, optimization: third };
}

/* 5 The debug override */

const pyc = str('.pyc');
const pyo = str('.pyo');

/** What will follow the cache tag. The debug override is asked at once, the optimization in its turn. */
function endingOf(
  { debugOverride, optimization }: Given,
  interpreterLevel: bigint,
  release: Release,
  onlooker: Onlooker,
): () => Str {
  const { cite } = onlooker;
  if (!release.has('optimization')) {
    cite?.('debug-decides-the-extension');
    const debug =
      debugOverride === null ? interpreterLevel === 0n : truthOfOverride(debugOverride, release, cite);
    return () => (debug ? pyc : pyo);
  }
  const chosen = release.has('no-debug-override')
    ? optimization
    : overridden(debugOverride, optimization, release, onlooker);
  return () => {
    const text = segment(chosen, interpreterLevel, release, cite);
    cite?.('path-ends-in-pyc');
    return text.concat(pyc);
  };
}

/** The optimization, after the debug override has had its say. */
function overridden(
  debugOverride: Live,
  optimization: Live,
  release: Release,
  { cite, warn }: Onlooker,
): Live {
  if (debugOverride === null) {
    cite?.('debug-none-is-silent');
    return optimization;
  }
  cite?.('order-warning-before-error');
  cite?.('debug-override-warns');
  warn('DeprecationWarning', str("the debug_override parameter is deprecated; use 'optimization' instead"));
  if (optimization !== null) {
    cite?.('order-both-given-before-truth');
    cite?.(
      'debug-empty-optimization-counts-as-given',
      () => !(optimization instanceof Instance) && !truthOf(optimization, release),
    );
    cite?.('debug-both-given-raises');
    throw new PythonError('TypeError', 'debug_override or optimization must be set to None');
  }
  if (truthOfOverride(debugOverride, release, cite)) {
    cite?.('debug-true-is-empty-optimization');
    return Str.empty;
  }
  cite?.('debug-false-is-level-one');
  return 1n;
}

function truthOfOverride(debugOverride: Live, release: Release, cite?: Cite): boolean {
  cite?.('debug-ignores-interpreter-level');
  cite?.('debug-compared-with-none-by-identity', () => has(debugOverride, 'eq'));
  cite?.('debug-truth-asked-once', () => has(debugOverride, 'bool'));
  cite?.('debug-judged-by-truth', () => typeof debugOverride !== 'boolean');
  return asking(
    () => truthOf(debugOverride, release),
    (origin) => {
      cite?.('order-truth-before-path');
      cite?.(origin === 'mistyped' ? 'debug-truth-must-be-bool' : 'debug-truth-error-passes-through');
    },
  );
}

/* 6 Path-like objects */

/** The text that is cut: the path itself, or what `os.fspath` gives for it. */
function textOf(path: Live, platform: Platform, release: Release, cite?: Cite): Str {
  if (isText(path)) {
    cite?.('like-str-subclass-is-accepted', () => path instanceof Instance);
    return characters(path);
  }
  if (!release.has('path-like')) {
    cite?.('order-path-before-tag');
    cite?.(isBytes(path) ? 'like-bytes-raise' : 'like-only-text-before-path-like');
    throw cutOf(path, platform, release);
  }
  const method = path instanceof Instance ? path.method('fspath') : undefined;
  cite?.('like-fspath-asked-once', () => method !== undefined);
  const named = asking(method ?? (() => path), () => {
    cite?.('order-path-before-tag');
    cite?.('like-fspath-error-passes-through');
  });
  if (method && isText(named)) {
    cite?.('like-fspath-gives-the-path');
    return characters(named);
  }
  cite?.('order-path-before-tag');
  if (isBytes(named)) {
    cite?.('like-bytes-raise');
    throw cutOf(named, platform, release);
  }
  if (method) {
    cite?.('like-fspath-must-give-str');
    throw new PythonError(
      'TypeError',
      `expected PathLike.__fspath__() to return str or bytes, not ${typeName(named)}`,
    );
  }
  cite?.('like-other-types-raise');
  cite?.('like-str-method-makes-no-path', () => has(path, 'str'));
  throw new PythonError('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(path)}`);
}

const isBytes = (value: Live): boolean => typeName(value) === 'bytes';

/* 2 The path */

function split(
  path: Str,
  paths: Paths,
  platform: Platform,
  { cite, cut }: Onlooker,
): [directory: Str, separator: string, name: Str] {
  const [directory, separator, name] = paths.split(path);
  if (separator !== '') cut?.('separator', directory.units.length);
  if (platform === 'posix') {
    cite?.('path-of-any-length', () => path.units.length > 255);
    cite?.('path-backslash-and-colon-are-characters', () => /[\\:]/.test(path.units));
  }
  if (separator !== '') {
    cite?.('path-splits-at-last-separator');
    if (platform === 'win32') cite?.('windows-both-separators');
  }
  return [directory, separator, name];
}

/* 2 The path, 3 The cache tag */

const dotText = str('.');

/** The name with its extension replaced by the cache tag. */
function tagged(
  name: Str,
  directory: Str,
  separator: string,
  cacheTag: Str | null,
  release: Release,
  { cite, cut }: Onlooker,
): Str {
  const lastDotDecides = release.has('name-ends-at-last-dot');
  const [base, dot, rest] = lastDotDecides ? name.rpartition('.') : name.partition('.');
  if (dot !== '') cut?.('dot', directory.units.length + separator.length + base.units.length);
  if (cacheTag === null) {
    if (release.has('optimization')) cite?.('order-tag-before-optimization');
    cite?.('tag-none-raises');
    throw new PythonError('NotImplementedError', 'sys.implementation.cache_tag is None');
  }
  cite?.('tag-read-at-each-call');
  cite?.('tag-may-be-empty', () => cacheTag.isEmpty);
  cite?.('tag-is-not-checked', () => /[^\w-]/.test(cacheTag.units));
  if (dot === '') {
    if (!name.isEmpty) cite?.('path-name-without-dot-is-glued-to-tag');
    else if (separator === '') cite?.('path-empty-gives-the-tag-alone');
    else cite?.('path-trailing-slash-leaves-an-empty-name');
    return name.concat(cacheTag);
  }
  cite?.('tag-follows-the-name');
  cite?.('path-extension-is-not-read', () => !rest.is('py'));
  if (!lastDotDecides) {
    cite?.('path-first-dot-ends-the-name');
    return base.concat(dotText).concat(cacheTag);
  }
  if (base.isEmpty && !rest.isEmpty) {
    cite?.('path-leading-dot-is-dropped');
    return rest.concat(dotText).concat(cacheTag);
  }
  cite?.('path-dots-are-a-name', () => name.is('.') || name.is('..'));
  cite?.('path-last-dot-ends-the-name', () => !base.isEmpty);
  return base.concat(dotText).concat(cacheTag);
}

/* 4 The optimization */

const optText = str('.opt-');

/** `.opt-…`, or nothing. */
function segment(optimization: Live, interpreterLevel: bigint, release: Release, cite?: Cite): Str {
  if (optimization === null) {
    cite?.('opt-none-reads-interpreter-level');
    if (interpreterLevel === 0n) {
      cite?.('opt-interpreter-level-zero-adds-no-segment');
      return Str.empty;
    }
  } else {
    cite?.('opt-given-ignores-interpreter-level');
    if (cite) citeKind(optimization, cite);
  }
  const failing = (origin: Origin): void => cite?.(textFaults[origin]);
  const text = asking(() => strOf(optimization ?? interpreterLevel, release), failing);
  const judged = characters(text);
  cite?.('opt-returned-subclass-is-asked-again', () => text instanceof Instance);
  if (judged.isEmpty) {
    cite?.('opt-empty-adds-no-segment');
    return Str.empty;
  }
  cite?.('opt-alphanumeric-by-release', () => !isAscii(judged));
  if (!judged.every((point) => isAlphanumeric(point, release.unicode))) {
    cite?.('opt-combining-marks-raise', () => /\p{M}/u.test(judged.units));
    cite?.('opt-error-shows-repr');
    cite?.('opt-every-character-counts', () => judged.units.length > 1);
    cite?.('opt-other-than-alphanumeric-raises');
    throw new PythonError('ValueError', reprOf(judged, release).concat(str(' is not alphanumeric')));
  }
  cite?.('opt-alphanumeric-is-unicode', () => !isAscii(judged));
  cite?.('opt-text-is-kept', () => /^0.|[^0-9a-z]/.test(judged.units));
  cite?.('opt-text-becomes-segment');
  return optText.concat(asking(() => formatted(text, release), failing));
}

const textFaults: Record<Origin, string> = {
  raised: 'opt-str-error-passes-through',
  mistyped: 'opt-str-must-give-str',
  tooLong: 'opt-integer-past-the-digit-limit-raises',
};

/** The optimizations whose text may surprise. */
function citeKind(optimization: Exclude<Live, null>, cite: Cite): void {
  if (typeof optimization === 'bigint') {
    cite('opt-zero-adds-a-segment', () => optimization === 0n);
    cite(optimization < 0n ? 'opt-negative-raises' : 'opt-integer-by-its-digits');
  }
  const kind = typeof optimization === 'object' ? optimization.kind : typeof optimization;
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
function asking<T>(question: () => T, failing: (origin: Origin) => void): T {
  try {
    return question();
  } catch (error) {
    if (error instanceof PythonError) failing(error.origin);
    throw error;
  }
}
