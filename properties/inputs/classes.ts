/*
 * The classes of input that a run should reach: properties of calls that an implementation may handle wrongly.
 * reach.test.ts measures how often each is reached.
 */
import type { Call } from '../../src/python/call.ts';
import { plainState } from '../../src/python/interpreter.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Answer, Obj, Value } from '../../src/python/values.ts';
import { answer } from '../../src/reference.ts';
import type { Scope } from '../scope.ts';

/** The names of the classes that are possible for a release and a platform. */
export const classesFor = (scope: Scope): string[] =>
  groups.flatMap((one) => (one.applies(scope) ? one.names(scope) : []));

/** The names of the classes that a call belongs to. */
export function classesOf(call: Call, scope: Scope): string[] {
  const seen = see(call, scope);
  return groups.flatMap((one) => (one.applies(scope) ? one.of(seen) : []));
}

/** Classes about the same part of a call. */
type Group = {
  readonly applies: Applies;
  readonly names: (scope: Scope) => string[];
  readonly of: (seen: Seen) => string[];
};

/** Whether the group is possible for a release and a platform. */
type Applies = (scope: Scope) => boolean;

/** @param part what the classes are about; undefined if the call is in none of them */
const group = <Part>(
  about: string,
  applies: Applies,
  part: (seen: Seen) => Part | undefined,
  classes: Record<string, (part: Part) => boolean>,
): Group => {
  const named = Object.entries(classes).map(([name, has]) => [`${about}: ${name}`, has] as const);
  return {
    applies,
    names: () => named.map(([name]) => name),
    of: (seen) => {
      const one = part(seen);
      return one === undefined ? [] : named.filter(([, has]) => has(one)).map(([name]) => name);
    },
  };
};

const always: Applies = () => true;
const takesOptimization: Applies = ({ release }) => release.has('optimization');
const takesOverride: Applies = ({ release }) => !release.has('no-debug-override');
const takesPathLike: Applies = ({ release }) => release.has('path-like');
const limitsIntegers: Applies = ({ release }) => release.has('integer-limit');
const ordersKeywords: Applies = ({ release }) => release.has('keywords-in-order');
const readsPrefix: Applies = ({ release }) => release.has('pycache-prefix');
const onPosix: Applies = ({ platform }) => platform === 'posix';
const onWindows: Applies = ({ platform }) => platform === 'win32';
const both =
  (one: Applies, other: Applies): Applies =>
  (scope) =>
    one(scope) && other(scope);

const namesOf = <K extends string>(flags: Record<K, unknown>): K[] => Object.keys(flags) as K[];
const setIn = <K extends string>(flags: Record<K, boolean>): K[] =>
  namesOf(flags).filter((name) => flags[name]);
const matching = (patterns: Record<string, RegExp>): Record<string, (text: string) => boolean> =>
  Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [name, (text: string) => pattern.test(text)]),
  );

/* The parts of a call */

/** What can be wrong with the arguments of a call. */
type Misfit = 'no path' | 'too many' | 'an unknown keyword' | 'one given twice';
/** A part that makes the call raise even if all other parts are plain. */
type Fault =
  | 'arguments that do not fit'
  | 'both given'
  | 'a debug override without a truth'
  | 'no path'
  | 'no tag'
  | 'a bad optimization'
  | 'no working directory'
  | 'a refused path';

type Seen = {
  readonly call: Call;
  readonly scope: Scope;
  readonly path: Value | undefined;
  readonly debugOverride: Value | undefined;
  readonly optimization: Value | undefined;
  readonly misfits: readonly Misfit[];
  readonly faults: readonly Fault[];
};

/** Splits a call into its parts. */
function see(call: Call, scope: Scope): Seen {
  const { args, kwargs } = call;
  const positional = takesOverride(scope) ? ['path', 'debug_override'] : ['path'];
  const names = takesOptimization(scope) ? [...positional, 'optimization'] : positional;
  const byPosition = positional.slice(0, args.length);
  const given = new Map([...byPosition.map((name, i) => [name, args[i]!] as const), ...kwargs]);
  const parts = {
    call,
    scope,
    path: given.get('path'),
    debugOverride: given.get('debug_override'),
    optimization: given.get('optimization'),
    misfits: setIn<Misfit>({
      'no path': !given.has('path'),
      'too many': args.length > positional.length,
      'an unknown keyword': kwargs.some(([name]) => !names.includes(name)),
      'one given twice': kwargs.some(([name]) => byPosition.includes(name)),
    }),
  };
  return { ...parts, faults: faultsOf(parts) };
}

function faultsOf({
  call: { state },
  scope,
  path = str('a.py'),
  debugOverride = null,
  optimization = null,
  misfits,
}: Omit<Seen, 'faults'>): Fault[] {
  const { release, platform } = scope;
  const plain = plainState(release.version, platform);
  /** The type of the exception that a plain call raises with these parts. */
  const errorOf = (parts: Partial<Call>): string | undefined => {
    const call = { state: plain, args: [str('a.py')], kwargs: [], ...parts };
    const outcome = answer(call, { version: release.version, platform });
    return outcome.kind === 'raise' ? outcome.type : undefined;
  };
  const isPath = path instanceof Str || errorOf({ args: [path] }) === undefined;
  const mayBeRefused = isPath && (platform === 'win32' || state.pycachePrefix !== null);
  const refused = mayBeRefused
    ? errorOf({ state: { ...state, cacheTag: state.cacheTag ?? plain.cacheTag }, args: [path] })
    : undefined;
  return setIn<Fault>({
    'arguments that do not fit': misfits.length > 0,
    'both given': takesOptimization(scope) && debugOverride !== null && optimization !== null,
    'a debug override without a truth':
      takesOverride(scope) &&
      kindOf(debugOverride) === 'object' &&
      errorOf({ kwargs: [['debug_override', debugOverride]] }) !== undefined,
    'no path': !isPath,
    'no tag': state.cacheTag === null,
    'a bad optimization':
      takesOptimization(scope) &&
      !(optimization === null || (optimization instanceof Str && /^[\da-z]*$/.test(optimization.units))) &&
      errorOf({ kwargs: [['optimization', optimization]] }) !== undefined,
    'no working directory': refused === 'FileNotFoundError',
    'a refused path': refused !== undefined && refused !== 'FileNotFoundError',
  });
}

/** Whether a call returns, or raises only for the given reason. */
const raisesOnly = ({ faults }: Seen, fault?: Fault): boolean => faults.every((one) => one === fault);

/* Shapes of paths */

/** The path, if it is text and has a result. */
const textOf = (seen: Seen): Str | undefined =>
  seen.path instanceof Str && raisesOnly(seen) ? seen.path : undefined;
/** Of longer texts, only the length is considered. */
const longestLooked = 1000;
const unitsOf = (seen: Seen): string | undefined => {
  const units = textOf(seen)?.units;
  return units !== undefined && units.length <= longestLooked ? units : undefined;
};

const shapes = matching({
  empty: /^$/,
  'a name of one character': /^[^\\/]$/,
  'a name without a dot': /^[^\\/.:]+$/,
  'a name with one dot': /^[^\\/.:]+\.[^\\/.:]+$/,
  'the name `.`': /(?:^|[\\/])\.$/,
  'the name `..`': /(?:^|[\\/])\.\.$/,
  'a name of three dots or more': /(?:^|[\\/])\.{3,}$/,
  'a dot at the start of the name, and no other': /(?:^|[\\/])\.[^\\/.]+$/,
  'a dot at the start of the name, and another': /(?:^|[\\/])\.[^\\/.]+\.[^\\/.]+$/,
  'two dots at the start of the name': /(?:^|[\\/])\.\.[^\\/.]+$/,
  'a dot at the end': /[^\\/.]\.$/,
  'a dot at each end of the name': /(?:^|[\\/])\.[^\\/.]+\.$/,
  'two dots side by side in the name': /[^\\/.]\.\.[^\\/.]+$/,
  'three dots in the name': /[^\\/.]\.[^\\/.]+\.[^\\/.]+\.[^\\/.]*$/,
  'an extension in capitals': /\.PY$/,
  'the extension of bytecode': /\.py[co]$/,
  'a tag in the name': /\.cpython-\d+\.[^\\/]*$/,
  'a segment in the name': /\.opt-\d\.[^\\/]*$/,
  'no dot but in the directory': /\.[^\\/]*[\\/][^\\/.]+$/,
  'dots in the directory and in the name': /\.[^\\/]*[\\/][^\\/.]+\.[^\\/]*$/,
  'a cache folder as directory': /(?:^|[\\/])__pycache__[\\/][^\\/]+$/,
  'a cache folder as name': /(?:^|[\\/])__pycache__$/,
  'a directory of eight parts': /^(?:[^\\/]*[\\/]){8}/,
  'a part `..` in the middle': /[^\\/.][\\/]\.\.[\\/][^\\/]+[\\/]/,
  'a part `.` in the middle': /[^\\/.][\\/]\.[\\/][^\\/]+[\\/]/,
  'the part `..` before the name': /[^\\/.][\\/]\.\.[\\/][^\\/]+$/,
  'the part `.` before the name': /[^\\/.][\\/]\.[\\/][^\\/]+$/,
  'a start with `..`': /^\.\.[\\/][^\\/]+[\\/]/,
  'the directory `..`': /^\.\.[\\/][^\\/]+$/,
  'a home directory': /^~[^\\/]*[\\/]/,
});

const posixShapes = matching({
  'a name without a directory': /^[^/]+$/,
  'an absolute path': /^\/[^/]+\/[^/]+$/,
  'a relative path': /^[^/.][^/]*\/[^/]+$/,
  'the root': /^\/$/,
  'slashes alone': /^\/\/+$/,
  'a file in the root': /^\/[^/]+$/,
  'a file in a root of slashes': /^\/\/+[^/]+$/,
  'a file without a dot in the root': /^\/[^/.]+$/,
  'a hidden file in the root': /^\/\.[^/.]+$/,
  'two slashes at the start': /^\/\/[^/]+\/[^/]+$/,
  'a slash at the end': /[^/]\/$/,
  'slashes at the end': /[^/]\/\/+$/,
  'slashes before the name': /[^/]\/\/+[^/]+$/,
  'slashes inside the directory': /[^/]\/\/+[^/]+\/[^/]+$/,
  '`./` at the start': /^\.\/[^/]+\/[^/]+$/,
  '`./` at the start, twice': /^\.\/\.\/[^/]/,
  '`.//` at the start': /^\.\/\/+[^/]/,
  'the directory `.`': /^\.\/[^/]+$/,
  'a backslash in the name': /\\[^/]*$/,
  'a backslash in the directory': /\\[^/]*\//,
  'a backslash before the last dot': /\\[^/.]*\.[^/.]*$/,
  'a backslash behind the last dot': /\.[^/.]*\\[^/.]*$/,
  'a backslash at the end': /\\$/,
  'two backslashes at the start': /^\\\\/,
  'a drive and a backslash at the start': /^[a-z]:\\/i,
  'a drive and a slash at the start': /^[a-z]:\//i,
  'a drive at the start of the name': /(?:^|\/)[a-z]:[^/\\]+$/i,
  'a colon in the directory': /:[^/]*\//,
});

const windowsShapes = matching({
  'a name without a directory': /^[^\\/:]+$/,
  'slashes and backslashes': /[^\\/:]\/[^\\/]+\\|[^\\/:]\\[^\\/]+\//,
  'a slash before the name': /[^\\/]\/[^\\/]+$/,
  'a backslash before the name': /[^\\/]\\[^\\/]+$/,
  'separators before the name': /[^\\/:][\\/]{2,}[^\\/]+$/,
  'separators inside the directory': /[^\\/:][\\/]{2,}[^\\/]+[\\/]/,
  'a separator at the end': /[^\\/][\\/]$/,
  'separators at the end': /[^\\/][\\/]{2,}$/,
  'the root': /^[\\/]$/,
  'separators alone': /^[\\/]{2,}$/,
  'a file in the root': /^[\\/][^\\/:]+$/,
  'a file in a root of separators': /^[\\/]{2,}[^\\/:]+$/,
  'a directory in the root': /^[\\/][^\\/:]+[\\/][^\\/]+$/,
  'a drive with a root': /^[a-z]:[\\/][^\\/]+[\\/][^\\/]+$/i,
  'a drive with a slash': /^[a-z]:\/[^\\/]+[\\/][^\\/]+$/i,
  'a drive with separators': /^[a-z]:[\\/]{2,}[^\\/]/i,
  'a drive in small letters': /^[a-z]:[\\/]/,
  'a file in the root of a drive': /^[a-z]:[\\/][^\\/:]+$/i,
  'a drive without a root': /^[a-z]:[^\\/:]+[\\/][^\\/]+$/i,
  'a file on a drive': /^[a-z]:[^\\/:]+$/i,
  'a drive alone': /^[a-z]:$/i,
  'a drive and its root alone': /^[a-z]:[\\/]$/i,
  'a drive at the start of the name': /[\\/][a-z]:[^\\/]+$/i,
  'two drives': /^[a-z]:[^]*[\\/][a-z]:/i,
  'the same drive twice': /^([a-z]):[^]*[\\/]\1:/,
  'the same drive twice, in two cases': /^(?:C:[^]*[\\/]c:|c:[^]*[\\/]C:)/,
  'no letter before a colon': /^[^a-z\\/]:[\\/]/iu,
  'a letter beyond ASCII before a colon': /^[^\0-\x7f]:/u,
  'two letters before a colon': /^[a-z]{2}:/i,
  'a colon in the name': /[^\\/:]{2}:[^\\/]*$/,
  'a share': /^[\\/]{2}[^\\/?.:]+[\\/][^\\/:]+[\\/][^\\/]+[\\/]/,
  'a share with slashes': /^\/\/[^\\/?.:]+\/[^\\/:]+[\\/]/,
  'a file in a share': /^[\\/]{2}[^\\/?.:]+[\\/][^\\/:]+[\\/][^\\/:]+$/,
  'a server without a share': /^[\\/]{2}[^\\/?.:]+[\\/][^\\/:]+$/,
  'a server and two separators': /^[\\/]{2}[^\\/?.:]+[\\/]{2}[^\\/]/,
  'three separators at the start': /^[\\/]{3}[^\\/]/,
  'a drive behind `\\\\?\\`': /^[\\/]{2}\?[\\/][a-z]:/i,
  'a share behind `\\\\?\\`': /^[\\/]{2}\?[\\/]UNC[\\/][^\\/]+[\\/][^\\/]/i,
  'a volume behind `\\\\?\\`': /^[\\/]{2}\?[\\/]Volume\{/i,
  'something else behind `\\\\?\\`': /^[\\/]{2}\?[\\/](?!UNC|Volume|[a-z]:)[^\\/]/i,
  'a device': /^[\\/]{2}\.[\\/]/,
  '`.\\` at the start': /^\.\\[^\\/]+[\\/][^\\/]+$/,
  '`./` at the start': /^\.\/[^\\/]+[\\/][^\\/]+$/,
  '`.\\./` at the start': /^\.\\\.\//,
  '`./.\\` at the start': /^\.\/\.\\/,
  'a reserved name': /(?:^|[\\/])(?:con|nul|aux|prn)(?:\.|$)/i,
  'a dot or a space at the end of a part': /[^\\/.][. ][\\/]/,
  'a character that no name may have': /[<>"|?*]/,
});

/* Classes of character */

type Parts = { readonly scope: Scope; readonly directory: Str; readonly stem: Str; readonly extension: Str };

const partsOf = (seen: Seen): Parts | undefined => {
  const text = textOf(seen);
  if (text === undefined) return undefined;
  const { scope } = seen;
  const at = text.lastIndexOfAny(onPosix(scope) ? '/' : '\\/') + 1;
  const name = text.slice(at);
  const [stem, , extension] = scope.release.has('name-ends-at-last-dot')
    ? name.rpartition('.')
    : name.partition('.');
  return { scope, directory: text.slice(0, at), stem, extension };
};

const withSeams = (text: Str): boolean => text.throughUtf16() !== text;
const has =
  (pattern: RegExp) =>
  ({ units }: Str): boolean =>
    pattern.test(units);

/** Characters that may be confused, lost or changed. */
const characters: Record<string, (text: Str) => boolean> = {
  'a space': has(/ /),
  'a line break': has(/[\n\r]/),
  NUL: has(/\0/),
  'another control character': has(/(?![\0\n\r])\p{Cc}/u),
  'a quotation mark': has(/['"]/),
  'a percent sign or a brace': has(/[%{}]/),
  'one that a shell reads': has(/[$*?~&|<>;!`#]/),
  'a capital letter': has(/[A-Z]/),
  'a digit': has(/\d/),
  'a hyphen or an underscore': has(/[-_]/),
  'a letter of Latin-1': has(/[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]/),
  'a letter beyond Latin-1': has(/(?![\0-\u00ff])\p{L}/u),
  'a combining mark': has(/\p{M}/u),
  'one that normal form changes': ({ units }) => units.normalize('NFKC') !== units,
  'one that looks like a dot or a slash': has(/[\u2024\u2044\u2215\uff0e\uff0f]/),
  'one that is not seen': has(/[\u00ad\u200b\u2028\ufeff]/),
  'a high surrogate alone': has(/[\ud800-\udbff]/u),
  'a low surrogate alone': has(/[\udc00-\udfff]/u),
  'a byte that is no text': has(/[\udc80-\udcff]/u),
  'two surrogates that stay two': withSeams,
  'one beyond U+FFFF': (text) => !withSeams(text) && /[\u{10000}-\u{10ffff}]/u.test(text.units),
};

/** Most parts are plain. This test rules them out more cheaply than testing each class. */
const isOdd = /[^a-z./\\]/;

const inPart = (part: 'directory' | 'stem' | 'extension'): Group => {
  const partOf = (seen: Seen): Str | undefined => {
    const text = partsOf(seen)?.[part];
    return text !== undefined && text.units.length <= longestLooked && isOdd.test(text.units)
      ? text
      : undefined;
  };
  const all = group(`characters of the ${part}`, always, partOf, characters);
  // In the other parts, Windows rejects NUL.
  const refusesNul = ({ platform, release }: Scope): boolean =>
    platform === 'win32' && release.has('paths-have-roots') && part !== 'extension';
  return {
    ...all,
    names: (scope) => all.names(scope).filter((name) => !name.endsWith(': NUL') || !refusesNul(scope)),
  };
};

/** Sizes of paths that have a result. */
const sizes: Record<string, (parts: Parts) => boolean> = {
  'a name of more than fifty characters': ({ stem }) => stem.units.length > 50,
  'a name of more than 255 characters': ({ stem }) => stem.units.length > 255,
  'a directory of more than fifty characters': ({ directory }) => directory.units.length > 50,
  'a directory of more than 255 characters': ({ directory }) => directory.units.length > 255,
};

/* Kinds of value */

const kindOf = (value: Answer | undefined): string => {
  if (value === null) return 'None';
  return typeof value === 'object' ? value.kind : typeof value;
};

type OfValue = (value: Value) => boolean;
type OfAnswer = (answer: Answer | undefined) => boolean;

const isInteger =
  (test: (int: bigint) => boolean): OfValue =>
  (value) =>
    typeof value === 'bigint' && test(value);
const isFloat =
  (test: (number: number) => boolean): OfValue =>
  (value) =>
    value !== null && typeof value === 'object' && value.kind === 'float' && test(value.number);
const isOf =
  (kind: 'list' | 'tuple' | 'bytes', test: (count: number) => boolean): OfValue =>
  (value) => {
    if (value === null || typeof value !== 'object' || value.kind !== kind) return false;
    return test(value.kind === 'bytes' ? value.bytes.length : value.items.length);
  };
const isObject =
  (test: (object: Obj) => boolean): OfValue =>
  (value) =>
    value !== null && typeof value === 'object' && value.kind === 'object' && test(value);
const isPathLike =
  (test: OfAnswer): OfValue =>
  (value) =>
    value !== null && typeof value === 'object' && value.kind === 'path' && test(value.fspath);

const isText: OfAnswer = (value) => value instanceof Str;
const isEmptyText: OfAnswer = (value) => value instanceof Str && value.isEmpty;
const isBool: OfAnswer = (value) => typeof value === 'boolean';
const isRaised =
  (test: (error: { readonly type: string; readonly message?: Str }) => boolean = () => true): OfAnswer =>
  (value) =>
    value !== undefined &&
    value !== null &&
    typeof value === 'object' &&
    value.kind === 'raise' &&
    test(value);
const isSubclassOfStr =
  (test: (object: Obj) => boolean = () => true): OfAnswer =>
  (value) =>
    value !== undefined &&
    kindOf(value) === 'object' &&
    (value as Obj).is instanceof Str &&
    test(value as Obj);
const isOther =
  (test: OfAnswer): OfAnswer =>
  (value) =>
    value !== undefined && !test(value);
/** A sequence whose first answer satisfies one test, and some later answer another. */
const isSequence =
  (first: OfAnswer, later: OfAnswer): OfAnswer =>
  (value) => {
    if (value === undefined || value === null || typeof value !== 'object' || value.kind !== 'sequence')
      return false;
    const [one, ...others] = value.answers;
    return first(one) && others.some(later);
  };

const isNothing: OfValue = (value) =>
  value === null ||
  (typeof value === 'object' && !(value instanceof Str) && 'items' in value && value.items.length === 0);

/** Kinds of value, for any parameter. */
const values: Record<string, OfValue> = {
  None: (value) => value === null,
  'a bool': isBool,
  'an int': isInteger(() => true),
  'a float': isFloat(() => true),
  bytes: isOf('bytes', () => true),
  'a list': isOf('list', () => true),
  'a tuple': isOf('tuple', () => true),
  'a path-like': isPathLike(isText),
  'a plain object': isObject((object) => Object.keys(object).length === 1),
  'an object with a text': isObject(({ is, str: text }) => is === undefined && isText(text)),
  'an object with a comparison of its own': isObject(({ eq }) => eq !== undefined),
  'a str of a subclass': isSubclassOfStr(({ str: text }) => text === undefined),
  'an empty str of a subclass': isSubclassOfStr(({ is }) => isEmptyText(is)),
  'a str of a subclass with a text of its own': isSubclassOfStr(({ str: text }) => isText(text)),
  'an int of a subclass': isObject(({ is }) => typeof is === 'bigint'),
};

const pathValues: Record<string, OfValue> = {
  'what is false, and no text': (value) => isNothing(value) || value === false || value === 0n,
};

const pathLikes: Record<string, OfValue> = {
  'of the empty text': isPathLike(isEmptyText),
  'of a str of a subclass': isPathLike(isSubclassOfStr()),
  'of bytes': isPathLike((value) => kindOf(value) === 'bytes'),
  'of None': isPathLike((value) => value === null),
  'of an int': isPathLike((value) => typeof value === 'bigint'),
  'of a bool': isPathLike(isBool),
  'of another object': isPathLike((value) => kindOf(value) === 'object' && !isSubclassOfStr()(value)),
  'of a path-like': isPathLike((value) => kindOf(value) === 'path'),
  'that raises': isPathLike(isRaised()),
  'that raises without a message': isPathLike(isRaised(({ message }) => message === undefined)),
  'that raises AttributeError': isPathLike(isRaised(({ type }) => type === 'AttributeError')),
  'that raises TypeError': isPathLike(isRaised(({ type }) => type === 'TypeError')),
  'that raises what is no Exception': isPathLike(isRaised(({ type }) => type === 'KeyboardInterrupt')),
  'of a text at first, then of none': isPathLike(isSequence(isText, isOther(isText))),
  'of a text at first, then of another': isPathLike(isSequence(isText, isText)),
  'that raises at first': isPathLike(isSequence(isRaised(), isOther(isRaised()))),
};

/** Values that programs pass for a debug override or an optimization. */
const common: Record<string, OfValue> = {
  True: (value) => value === true,
  False: (value) => value === false,
  zero: isInteger((int) => int === 0n),
  one: isInteger((int) => int === 1n),
  'an integer below zero': isInteger((int) => int < 0n),
  'the empty text': isEmptyText,
};

const overrides: Record<string, OfValue> = {
  ...common,
  'some text': (value) => value instanceof Str && !value.isEmpty,
  'a text that reads false': (value) => value instanceof Str && /^(?:0|False|None)$/.test(value.units),
  'zero as a float': isFloat((number) => number === 0),
  'not a number': isFloat(Number.isNaN),
  'no bytes': isOf('bytes', (count) => count === 0),
  'an empty list': isOf('list', (count) => count === 0),
  'a list that is not empty': isOf('list', (count) => count > 0),
  'an empty tuple': isOf('tuple', (count) => count === 0),
  'an object that cannot be compared': isObject(({ eq }) => isRaised()(eq)),
  'an int of a subclass that is zero': isObject(({ is, bool }) => is === 0n && bool === undefined),
  'a subclass with a truth of its own': isObject(({ is, bool }) => is !== undefined && isBool(bool)),
  'an object that is false': isObject(({ bool }) => bool === false),
  'an object that is true': isObject(({ bool }) => bool === true),
  'an object that is false, and has a text': isObject(
    ({ bool, str: text }) => bool === false && isText(text),
  ),
  'an object with an empty text': isObject(
    ({ is, str: text, bool }) => is === undefined && bool === undefined && isEmptyText(text),
  ),
  'an object whose truth raises': isObject(({ bool }) => isRaised()(bool)),
  'an object whose truth is an int': isObject(({ bool }) => typeof bool === 'bigint'),
  'an object whose truth is None': isObject(({ bool }) => bool === null),
  'an object whose truth is a text': isObject(({ bool }) => isText(bool)),
  'an object with a truth at first, then none': isObject(({ bool }) =>
    isSequence(isBool, isOther(isBool))(bool),
  ),
  'an object whose truth changes': isObject(
    ({ bool }) =>
      isSequence(
        (one) => one === true,
        (one) => one === false,
      )(bool) ||
      isSequence(
        (one) => one === false,
        (one) => one === true,
      )(bool),
  ),
};

const optimizations: Record<string, OfValue> = {
  ...common,
  two: isInteger((int) => int === 2n),
  'an integer of two digits or more': isInteger((int) => int > 9n),
  'an integer of 32 bits or more': isInteger((int) => int >= 2n ** 31n),
  'an integer that no double holds': isInteger(
    (int) => int > 2n ** 53n && int < 2n ** 128n && BigInt(Number(int)) !== int,
  ),
  'an integer of 64 bits or more': isInteger((int) => int >= 2n ** 63n),
  'a float that is whole': isFloat((number) => number !== 0 && Number.isInteger(number)),
  'a float with a fraction': isFloat((number) => Number.isFinite(number) && !Number.isInteger(number)),
  'zero as a float': isFloat((number) => number === 0),
  'not a number': isFloat(Number.isNaN),
  infinity: isFloat((number) => number === Number.POSITIVE_INFINITY),
  'minus infinity': isFloat((number) => number === Number.NEGATIVE_INFINITY),
  'a float with an exponent': isFloat((number) => Number.isFinite(number) && Math.abs(number) >= 1e16),
  'a float with a negative exponent': isFloat((number) => number !== 0 && Math.abs(number) < 1e-4),
  'no bytes': isOf('bytes', (count) => count === 0),
  'an empty list or tuple': (value) => value !== null && isNothing(value),
  'an object that equals everything': isObject(({ eq }) => eq === true),
  'an object that cannot be compared': isObject(({ eq }) => isRaised()(eq)),
  'an int of a subclass with a text of its own': isObject(
    ({ is, str: text }) => typeof is === 'bigint' && isText(text),
  ),
  'an object without a text, but with a truth': isObject(
    ({ str: text, bool }) => text === undefined && bool !== undefined,
  ),
  'an object that is false': isObject(({ bool }) => bool === false),
  'an object whose text is empty': isObject(({ str: text }) => isEmptyText(text)),
  'an object whose text raises': isObject(({ str: text }) => isRaised()(text)),
  'an object whose text is None': isObject(({ str: text }) => text === null),
  'an object whose text is an int': isObject(({ str: text }) => typeof text === 'bigint'),
  'an object whose text is bytes': isObject(({ str: text }) => kindOf(text) === 'bytes'),
  'an object whose text is of a subclass': isObject(({ str: text }) => isSubclassOfStr()(text)),
  'an object whose text has another': isObject(({ str: text }) =>
    isSubclassOfStr(({ str: other }) => isText(other))(text),
  ),
  'an object with a text at first, then none': isObject(({ str: text }) =>
    isSequence(isText, isOther(isText))(text),
  ),
  'an object whose text changes': isObject(({ str: text }) => isSequence(isText, isText)(text)),
  'an object whose text raises at first': isObject(({ str: text }) =>
    isSequence(isRaised(), isOther(isRaised()))(text),
  ),
};

/** Integers around the limit of digits. */
const longIntegers: Record<string, OfValue> = {
  'an integer of 4300 digits': isInteger((int) => int >= 10n ** 4299n && int < 10n ** 4300n),
  'an integer of more digits': isInteger((int) => int >= 10n ** 4300n),
  'an integer of many digits below zero': isInteger((int) => int <= -(10n ** 4299n)),
};

/** The value of a parameter, if nothing else makes the call raise. */
const valueOf =
  (parameter: 'path' | 'debugOverride' | 'optimization', fault: Fault) =>
  (seen: Seen): Value | undefined =>
    raisesOnly(seen, fault) ? seen[parameter] : undefined;
const pathOf = valueOf('path', 'no path');
const overrideOf = valueOf('debugOverride', 'a debug override without a truth');
const optimizationOf = valueOf('optimization', 'a bad optimization');

/* Texts of optimizations */

const optimizationText = (seen: Seen): string | undefined => {
  const value = optimizationOf(seen);
  return value instanceof Str ? value.units : undefined;
};

/** A class of characters in each possible position. */
const inPlaces = (name: string, one: string): Record<string, RegExp> => ({
  [`${name} alone`]: new RegExp(`^(?:${one})$`, 'u'),
  [`${name} at the start`]: new RegExp(`^(?:${one})[^]`, 'u'),
  [`${name} inside`]: new RegExp(`^[^]+(?:${one})[^]`, 'u'),
  [`${name} at the end`]: new RegExp(`[^](?:${one})$`, 'u'),
});
const textsOfOptimizations: Record<string, (text: string) => boolean> = {
  ...matching({
    ...inPlaces('a digit', '[0-9]'),
    ...inPlaces('a small letter', '[a-z]'),
    ...inPlaces('a capital letter', '[A-Z]'),
    ...inPlaces('a letter beyond ASCII', String.raw`(?![\0-\x7f])\p{L}`),
    ...inPlaces('a number beyond ASCII', String.raw`(?![\0-\x7f])\p{N}`),
    ...inPlaces('a sign of ASCII', String.raw`[\0-\x7f](?<=[\W_])`),
    ...inPlaces('a sign beyond ASCII', String.raw`(?![\0-\x7f])[^\p{L}\p{N}]`),
    'a letter beyond U+FFFF': /(?![\0-\uffff])\p{L}/u,
    'a sign beyond U+FFFF': /(?![\0-\uffff])[^\p{L}\p{N}]/u,
    'an underscore between letters': /^[a-z]\w*_\w*[a-z]$/i,
    'an underscore': /_/,
    'a point': /\./,
    'a slash': /[\\/]/,
    'a space': / /,
    'a line break': /[\r\n]/,
    'a line break at the end': /^\w+\n$/,
    NUL: /\0/,
    'NUL at the end': /^\w+\0$/,
    'a combining mark': /\p{M}/u,
    'a combining mark behind a letter': /^\w*[a-z]\p{M}\w*$/iu,
    'a surrogate': /[\ud800-\udfff]/u,
    'digits, the first a zero': /^0\d+$/,
    'a number with a sign': /^[-+]\d+$/,
    'True, False or None, perhaps in small letters': /^(?:true|false|none)$/i,
  }),
  'of more than twenty characters': (text) => text.length > 20,
  'of more than fifty characters': (text) => text.length > 50,
  'one that small letters change': (text) => text.toLowerCase() !== text,
  'one that normal form changes': (text) => text.normalize('NFKC') !== text,
};

/* The interpreter's state */

const tagOf = (seen: Seen): Str | undefined =>
  raisesOnly(seen) ? (seen.call.state.cacheTag ?? undefined) : undefined;
const tags = {
  'a plain one': has(/^[A-Za-z][\w-]*$/),
  empty: has(/^$/),
  'with a dot': has(/\./),
  'with a slash': has(/\//),
  'with a space': has(/ /),
  'like None': has(/^None$/),
  'like a segment': has(/^\.opt-/),
  'of more than fifty characters': (tag: Str) => tag.units.length > 50,
  'beyond ASCII': has(/[^\0-\x7f]/),
  'with a surrogate': (tag: Str) => tag.hasSurrogates,
};

const levels: Record<string, (seen: Seen) => boolean> = {
  'zero, read': (seen) => levelRead(seen) === 0n,
  'one, read': (seen) => levelRead(seen) === 1n,
  'two, read': (seen) => levelRead(seen) === 2n,
  'three, read': (seen) => levelRead(seen) === 3n,
  'of two digits or more, read': (seen) => (levelRead(seen) ?? 0n) > 9n,
};
const levelRead = ({
  call: { state },
  optimization = null,
  debugOverride = null,
}: Seen): bigint | undefined =>
  optimization === null && debugOverride === null ? state.optimize : undefined;
const levelsNotRead: Record<string, (seen: Seen) => boolean> = {
  'above zero, with None as optimization': ({ call: { state }, optimization }) =>
    state.optimize > 0n && optimization === null,
  'above zero, with the empty text as optimization': ({ call: { state }, optimization }) =>
    state.optimize > 0n && isEmptyText(optimization),
  'above zero, with another optimization': ({ call: { state }, optimization }) =>
    state.optimize > 0n &&
    isOther(isEmptyText)(optimization) &&
    optimization !== null &&
    optimization !== state.optimize,
};
const levelsOverridden: Record<string, (seen: Seen) => boolean> = {
  'above zero, with a debug override': ({ call: { state }, debugOverride = null }) =>
    state.optimize > 0n && debugOverride !== null,
};
const withResult = (seen: Seen): Seen | undefined => (raisesOnly(seen) ? seen : undefined);

type Below = { readonly prefix: string; readonly text: string; readonly cwd: string | null };

const belowOf = (seen: Seen): Below | undefined => {
  const { pycachePrefix, cwd } = seen.call.state;
  const text = unitsOf(seen);
  if (pycachePrefix === null || text === undefined) return undefined;
  return { prefix: pycachePrefix.units, text, cwd: cwd?.units ?? null };
};
const prefixOf = (seen: Seen): string | undefined => belowOf(seen)?.prefix;
const ofText = (patterns: Record<string, RegExp>): Record<string, (below: Below) => boolean> =>
  Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [name, ({ text }: Below) => pattern.test(text)]),
  );
/** The working directory, where the function may read it. */
const ofCwd =
  (pattern: RegExp) =>
  ({ text, cwd }: Below): boolean =>
    cwd !== null && /^(?:[^\\/:]+[\\/])*[^\\/:]*$/.test(text) && pattern.test(cwd);

const posixPrefixes = matching({
  empty: /^$/,
  'the root': /^\/$/,
  'slashes alone': /^\/\/+$/,
  absolute: /^\/[^/]+$/,
  'of several parts': /^\/[^/]+\/[^/]+/,
  'with two slashes at the start': /^\/\/[^/]/,
  relative: /^[^/.][^/]*$/,
  'relative, of several parts': /^[^/.][^/]*\/[^/]/,
  'with a slash at the end': /[^/]\/$/,
  'with slashes at the end': /[^/]\/\/+$/,
  'with slashes inside': /[^/]\/\/+[^/]/,
  'with a part `..`': /(?:^|\/)\.\.(?:\/|$)/,
  'with a part `.`': /(?:^|\/)\.(?:\/|$)/,
  'beyond ASCII': /[^\0-\x7f]/,
  'with a backslash': /\\/,
});
const windowsPrefixes = matching({
  empty: /^$/,
  'on a drive': /^[a-z]:\\[^\\/]/i,
  'a drive alone': /^[a-z]:$/i,
  'the root of a drive': /^[a-z]:[\\/]$/i,
  'on a drive, without a root': /^[a-z]:[^\\/:]/i,
  'with a slash': /^[a-z]:\/|[^\\/]\/[^\\/]/i,
  'in the root': /^[\\/][^\\/]/,
  'the root': /^[\\/]$/,
  'a share': /^\\\\[^\\/?.]+\\[^\\/]+$/,
  'in a share': /^\\\\[^\\/?.]+\\[^\\/]+\\[^\\/]/,
  'behind `\\\\?\\`': /^\\\\\?\\/,
  relative: /^[^\\/:.]+$/,
  'with a separator at the end': /[^\\/:][\\/]$/,
  'with separators at the end': /[^\\/:][\\/]{2,}$/,
  'with a part `..`': /(?:^|[\\/])\.\.(?:[\\/]|$)/,
});
const posixBelow: Record<string, (below: Below) => boolean> = {
  ...ofText({
    'a name without a directory': /^[^/]*$/,
    'a relative directory': /^[^/.:][^/:]*\/[^/]/,
    'an absolute directory': /^\/[^/]+\/[^/]/,
    'two slashes at the start': /^\/\/+[^/]+\/[^/]/,
    'a file in the root': /^\/[^/]+$/,
    '`./` at the start': /^\.\/[^/.]/,
    '`./` at the start, twice': /^\.\/\.\/[^/]/,
    '`../` at the start': /^\.\.\/[^/]/,
    'the directory `.`': /^\.\/[^/]+$/,
    'a part `..` in an absolute directory': /^\/[^/]+\/\.\.\//,
    'slashes before the name': /[^/]\/\/+[^/]+$/,
    'slashes inside the directory': /[^/]\/\/+[^/]+\//,
    'a slash at the end': /[^/]\/$/,
    'a drive and a slash': /^[a-z]:\/[^/]/i,
    'a drive behind the root': /^\/[a-z]:\//i,
    'a dot in the directory': /\w\.\w[^/]*\//,
    'a dot at the start of the name': /(?:^|\/)\.[^/.]+$/,
    'no dot in the name': /(?:^|\/)[^/.]+$/,
  }),
  'a removed working directory that is not asked for': ({ cwd }) => cwd === null,
  'the root as working directory': ofCwd(/^\/$/),
  'another working directory': ofCwd(/^\/[^/]/),
  'a working directory with a dot': ofCwd(/\./),
};
const drive = (path: string | null): string => /^[a-z]:/i.exec(path ?? '')?.[0].toUpperCase() ?? '';
const driveOfName = ({ text }: Below): string => drive(/[^\\/]*$/.exec(text)![0]);
const isAnother = (one: string, other: string): boolean => one !== '' && other !== '' && one !== other;
const windowsBelow: Record<string, (below: Below) => boolean> = {
  ...ofText({
    'a name without a directory': /^[^\\/:]*$/,
    'a relative directory': /^[^\\/.:]+[\\/][^\\/]/,
    'a directory on a drive': /^[a-z]:[\\/][^\\/]+[\\/]/i,
    'a directory on a drive, without a root': /^[a-z]:[^\\/:]+[\\/]/i,
    'a file on a drive': /^[a-z]:[^\\/:]+$/i,
    'a file in the root of a drive': /^[a-z]:[\\/][^\\/:]+$/i,
    'a file in the root': /^[\\/][^\\/:]+$/,
    'a directory in the root': /^[\\/][^\\/:]+[\\/]/,
    'a share': /^[\\/]{2}[^\\/?.:]+[\\/][^\\/:]+[\\/]/,
    'a drive behind `\\\\?\\`': /^[\\/]{2}\?[\\/][a-z]:/i,
    '`.\\` at the start': /^\.\\[^\\/.]/,
    '`./` at the start': /^\.\/[^\\/.]/,
    '`.\\./` at the start': /^\.\\\.\//,
    'a drive at the start of the name': /[\\/][a-z]:[^\\/]+$/i,
    'separators before the name': /[^\\/:][\\/]{2,}[^\\/]+$/,
    'a slash before the name': /[^\\/:]\/[^\\/]+$/,
    'two drives': /^[a-z]:[^]*[\\/][a-z]:/i,
    'no letter before a colon': /^[^a-z\\/]:[\\/]/iu,
  }),
  'a removed working directory that is not asked for': ({ cwd }) => cwd === null,
  'the drive of the working directory': ({ text, cwd }) => drive(text) !== '' && drive(text) === drive(cwd),
  'another drive than that of the working directory': ({ text, cwd }) => isAnother(drive(text), drive(cwd)),
  'a name on the drive of the prefix': (below) =>
    driveOfName(below) !== '' && driveOfName(below) === drive(below.prefix),
  'a name on another drive than the prefix': (below) => isAnother(driveOfName(below), drive(below.prefix)),
  'a share as working directory': ofCwd(/^\\\\[^?]/),
  'the root of a drive as working directory': ofCwd(/^[a-z]:\\$/i),
};

/* The arguments */

const parameters: ReadonlySet<string> = new Set(['path', 'debug_override', 'optimization']);
const namedBy = ({ call: { kwargs } }: Seen, test: (name: string) => boolean): number =>
  kwargs.filter(([name]) => test(name)).length;
const isMisfit = ({ misfits }: Seen, one: Misfit): boolean => misfits.length === 1 && misfits[0] === one;
const isBound = ({ misfits }: Seen): boolean => misfits.length === 0;

const shapesOfCalls: Record<string, (seen: Seen) => boolean> = {
  'none at all': ({ call: { args, kwargs } }) => args.length + kwargs.length === 0,
  'others, and no path': (seen) => isMisfit(seen, 'no path') && seen.call.kwargs.length > 0,
  'the path by keyword': (seen) => isBound(seen) && seen.call.args.length === 0,
  'the path by keyword, behind another': (seen) =>
    isBound(seen) && seen.call.kwargs.findIndex(([name]) => name === 'path') > 0,
  'one too many': (seen) =>
    isMisfit(seen, 'too many') && seen.call.args.length === (takesOverride(seen.scope) ? 3 : 2),
  'several too many': (seen) =>
    isMisfit(seen, 'too many') && seen.call.args.length > (takesOverride(seen.scope) ? 3 : 2),
  'an unknown keyword like a parameter': (seen) =>
    isMisfit(seen, 'an unknown keyword') &&
    namedBy(
      seen,
      (name) => /^(?:optimi[sz]ations?|pathh|paths|debug\w*)$/i.test(name) && !parameters.has(name),
    ) > 0,
  'an unknown keyword unlike any': (seen) =>
    isMisfit(seen, 'an unknown keyword') && namedBy(seen, (name) => /^(?:level|self|source)$/.test(name)) > 0,
  'an unknown keyword beyond ASCII': (seen) =>
    isMisfit(seen, 'an unknown keyword') && namedBy(seen, (name) => /[^\0-\x7f]/.test(name)) > 0,
  'an unknown keyword without characters': (seen) =>
    isMisfit(seen, 'an unknown keyword') && namedBy(seen, (name) => name === '') > 0,
  'the path twice': (seen) =>
    isMisfit(seen, 'one given twice') && namedBy(seen, (name) => name === 'path') > 0,
};
const shapesInOrder: Record<string, (seen: Seen) => boolean> = {
  'two unknown keywords': (seen) =>
    isMisfit(seen, 'an unknown keyword') && namedBy(seen, (name) => !parameters.has(name)) > 1,
};
const shapesWithOverride: Record<string, (seen: Seen) => boolean> = {
  'the debug override by position': (seen) => isBound(seen) && seen.call.args.length === 2,
  'the debug override twice': (seen) =>
    isMisfit(seen, 'one given twice') &&
    seen.call.args.length === 2 &&
    namedBy(seen, (name) => name === 'debug_override') > 0,
};
const shapesWithBoth: Record<string, (seen: Seen) => boolean> = {
  'the optimization before the debug override': (seen) =>
    isBound(seen) && /optimization.*debug/.test(seen.call.kwargs.map(([name]) => name).join(' ')),
  'None for both': ({ debugOverride, optimization }) => debugOverride === null && optimization === null,
  'None for the debug override': ({ debugOverride, optimization = null }) =>
    debugOverride === null && optimization !== null,
  'None for the optimization': ({ debugOverride = null, optimization }) =>
    optimization === null && debugOverride !== null,
};

/* Two things wrong at once */

const pairsOf = <T>(all: readonly T[]): Array<readonly [T, T]> =>
  all.flatMap((one, i) => all.slice(i + 1).map((other) => [one, other] as const));
const exactly =
  <T>(...some: readonly T[]) =>
  (all: readonly T[]): boolean =>
    all.length === some.length && some.every((one) => all.includes(one));

const misfits = (applies: Applies, pairs: ReadonlyArray<readonly [Misfit, Misfit]>): Group =>
  group(
    'arguments',
    applies,
    (seen) => (seen.misfits.length > 1 ? seen.misfits : undefined),
    Object.fromEntries(pairs.map(([one, other]) => [`${one}, and ${other}`, exactly(one, other)])),
  );

const canBe: Record<Fault, Applies> = {
  'arguments that do not fit': always,
  'both given': both(takesOptimization, takesOverride),
  'a debug override without a truth': takesOverride,
  'no path': always,
  'no tag': always,
  'a bad optimization': takesOptimization,
  'no working directory': readsPrefix,
  'a refused path': ({ release, platform }) =>
    platform === 'posix'
      ? release.has('pycache-prefix') && !release.has('short-directories')
      : release.has('paths-have-roots'),
};
/** A value that is not a path has no place, and if both arguments are given, no truth value is computed. */
const cannotMeet: ReadonlyArray<readonly [Fault, Fault]> = [
  ['no path', 'no working directory'],
  ['no path', 'a refused path'],
  ['no working directory', 'a refused path'],
  ['a debug override without a truth', 'a bad optimization'],
];
const faultSets: ReadonlyArray<readonly Fault[]> = [
  ...namesOf(canBe).map((one) => [one]),
  ...pairsOf(namesOf(canBe)).filter(
    ([one, other]) => !cannotMeet.some((pair) => pair.includes(one) && pair.includes(other)),
  ),
  ['both given', 'a debug override without a truth', 'a bad optimization'],
];
const nameOfSet = (set: readonly Fault[]): string => `what raises: ${set.join(', and ')}`;
const faults: Group = {
  applies: always,
  names: (scope) => faultSets.filter((set) => set.every((one) => canBe[one](scope))).map(nameOfSet),
  of: (seen) => faultSets.filter((set) => exactly(...set)(seen.faults)).map(nameOfSet),
};

const groups: readonly Group[] = [
  group('path', always, unitsOf, shapes),
  group('path', onPosix, unitsOf, posixShapes),
  group('path', onWindows, unitsOf, windowsShapes),
  group('path', always, partsOf, sizes),
  inPart('directory'),
  inPart('stem'),
  inPart('extension'),
  group('path', always, pathOf, { ...values, ...pathValues }),
  group('path-like', takesPathLike, pathOf, pathLikes),
  group('debug override', takesOverride, overrideOf, { ...values, ...overrides }),
  group('optimization', takesOptimization, optimizationOf, { ...values, ...optimizations }),
  group('optimization', limitsIntegers, optimizationOf, longIntegers),
  group('text of an optimization', takesOptimization, optimizationText, textsOfOptimizations),
  group('tag', always, tagOf, tags),
  group('level', always, withResult, levels),
  group('level', takesOptimization, withResult, levelsNotRead),
  group('level', takesOverride, withResult, levelsOverridden),
  group('prefix', both(readsPrefix, onPosix), prefixOf, posixPrefixes),
  group('prefix', both(readsPrefix, onWindows), prefixOf, windowsPrefixes),
  group('below a prefix', both(readsPrefix, onPosix), belowOf, posixBelow),
  group('below a prefix', both(readsPrefix, onWindows), belowOf, windowsBelow),
  group('arguments', always, (seen) => seen, shapesOfCalls),
  group('arguments', takesOverride, (seen) => seen, shapesWithOverride),
  group('arguments', both(takesOverride, takesOptimization), (seen) => seen, shapesWithBoth),
  group('arguments', ordersKeywords, (seen) => seen, shapesInOrder),
  misfits(always, [
    ['no path', 'an unknown keyword'],
    ['too many', 'an unknown keyword'],
    ['too many', 'one given twice'],
  ]),
  misfits(ordersKeywords, [['an unknown keyword', 'one given twice']]),
  faults,
];
