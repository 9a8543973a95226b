/**
 * For any interpreter: the path of a source's bytecode file, the path of a bytecode file's source, and all bytecode
 * files of a source.
 *
 * @packageDocumentation
 */
import {
  bytecodeFiles as allFiles,
  everySeries,
  isLevel,
  type BytecodeFile as FileOfSource,
  type Runner,
} from './bytecode-files.ts';
import { cacheFromSource as specified } from './cache-from-source.ts';
import type { Call } from './python/call.ts';
import type { Startable } from './python/command-line.ts';
import { PythonError, Thrown, type Warning } from './python/exceptions.ts';
import { cpythonTag, type Platform, type State, type Target } from './python/interpreter.ts';
import { formatVersion, newestKnown, parseRelease, releaseOf } from './python/releases.ts';
import {
  implementations as allImplementations,
  isImplementation,
  tagOf,
  type Implementation,
} from './python/tags.ts';
import { Str, str } from './python/text.ts';
import type { Value } from './python/values.ts';
import { sourceFromCache as specifiedBack } from './source-from-cache.ts';
import { stateOf as specifiedState, type Ignored } from './state-of.ts';

export type { Runner } from './bytecode-files.ts';
export { PythonError, type Warning } from './python/exceptions.ts';
export type { Implementation } from './python/tags.ts';
export { Str } from './python/text.ts';
export { py, type Answer, type Value } from './python/values.ts';
export type { Ignored } from './state-of.ts';

/** A Python value, or a plain JavaScript value: null, a boolean, an integer as number or bigint, or a string. */
export type Argument = Value | number | string;

/** The interpreter to compute paths for. The defaults are those of a plain CPython of that version. */
export type TargetInterpreter = {
  /**
   * The release, such as `3.12.1`. A series, such as `3.12`, stands for its latest known behaviour. Default: the
   * newest specified series.
   */
  readonly version?: string;
  readonly platform?: Platform;
  /** `sys.implementation.cache_tag`. Default: CPython's for the version. */
  readonly cacheTag?: string | null;
  /** `sys.flags.optimize`. Default: 0. */
  readonly optimize?: number;
  /** `sys.pycache_prefix`, which releases since 3.8 read. Default: null. */
  readonly pycachePrefix?: string | null;
  /** The working directory, used for a relative path below a prefix. Default: `/`, or `C:\` on Windows. */
  readonly cwd?: string;
};

export type Options = {
  /**
   * The optimization of the bytecode: the empty string for none, null for the interpreter's own level. Python before
   * 3.5 has no such parameter, and rejects even null.
   */
  readonly optimization?: Argument | undefined;
  readonly interpreter?: TargetInterpreter;
  /** Is called with each warning when it is issued. */
  readonly onWarning?: (warning: Warning) => void;
};

/**
 * Python's `importlib.util.cache_from_source`, for the given interpreter. Nothing is read from the real environment.
 *
 * @param path the source file's path: text, or a `py.pathLike`
 * @param debugOverride deprecated in Python in favour of `optimization`, and removed in 3.15, which rejects even null;
 *   to omit it, pass undefined
 * @returns the path of the bytecode file. Two surrogate code points that are separate in Python can become one
 *   character, as in every JavaScript string.
 * @throws PythonError with Python's type name and message, and the warnings issued before it
 * @throws RangeError if the interpreter is invalid: not a version, a version that is too old, or a level that is not an
 *   integer
 * @see the chapters in spec/, from the documentation of importlib.util.cache_from_source
 */
export function cacheFromSource(
  path: Argument,
  debugOverride?: Argument,
  { optimization, interpreter = {}, onWarning }: Options = {},
): string {
  const { target, state } = asTold(interpreter);
  const warnings: Warning[] = [];
  const call: Call = {
    args: debugOverride === undefined ? [valueOf(path)] : [valueOf(path), valueOf(debugOverride)],
    kwargs: optimization === undefined ? [] : [['optimization', valueOf(optimization)]],
    state,
  };
  const push = (warning: Warning): void => {
    warnings.push(warning);
    onWarning?.(warning);
  };
  try {
    return specified(call, target, { push }).units;
  } catch (error) {
    // The stack should start at this function.
    throw error instanceof Thrown ? new PythonError(error.type, error.text, warnings) : error;
  }
}

/**
 * Python's `importlib.util.source_from_cache`, the way back, for the given interpreter. Nothing is read from the real
 * environment.
 *
 * @param path the bytecode file's path: text, or a `py.pathLike`
 * @returns the path of the source file, which always ends in `.py`
 * @throws PythonError with Python's type name and message, for a path that does not have the form of a bytecode file
 * @throws RangeError if the interpreter is invalid
 * @see spec/10-source-from-cache.md
 */
export function sourceFromCache(
  path: Argument,
  { interpreter = {} }: { readonly interpreter?: TargetInterpreter } = {},
): string {
  const { target, state } = asTold(interpreter);
  const call: Call = { args: [valueOf(path)], kwargs: [], state };
  try {
    return specifiedBack(call, target).units;
  } catch (error) {
    throw error instanceof Thrown ? new PythonError(error.type, error.text) : error;
  }
}

/** The interpreters and levels whose files are wanted. The default of each is all that are known. */
export type WantedFiles = Pick<TargetInterpreter, 'platform' | 'pycachePrefix' | 'cwd'> & {
  readonly implementations?: readonly Implementation[];
  /** Releases or series, such as `3.12`. Default: every series for which these implementations have a known tag. */
  readonly versions?: readonly string[];
  /** The texts after `opt-`, and `0` for the level without a segment. Default: `0`, `1` and `2`. */
  readonly levels?: readonly string[];
};

/** A file, and the names of the programs that write and read it. */
export type BytecodeFile = Omit<FileOfSource, 'path'> & { readonly path: string };

/** The files of a source, and the interpreters that have none because Python raises an exception. */
export type BytecodeFiles = {
  readonly files: readonly BytecodeFile[];
  readonly raised: ReadonlyArray<{ readonly runner: Runner; readonly error: PythonError }>;
};

/**
 * Every bytecode file that can belong to a source, in cache folders and beside it, each once. The file system is not
 * read: the files need not exist.
 *
 * @param source the source file's path
 * @throws RangeError for an unknown implementation, an invalid version, or a level that is not alphanumeric
 * @see spec/way-back.md
 */
export function bytecodeFiles(source: string, wanted: WantedFiles = {}): BytecodeFiles {
  const { implementations = allImplementations, versions, levels = ['0', '1', '2'], ...interpreter } = wanted;
  const unknown = implementations.find((one: string) => !isImplementation(one));
  if (unknown !== undefined) {
    throw new RangeError(`'${unknown}' is not one of ${allImplementations.join(', ')}`);
  }
  const odd = levels.find((level) => !isLevel(level));
  if (odd !== undefined) throw new RangeError(`'${odd}' is not a level such as 0, 1 or 2`);
  const { target, state } = asTold(interpreter);
  const { files, untold } = allFiles(str(source), {
    implementations,
    versions: versions?.map(versionOf) ?? everySeries(implementations),
    levels,
    platform: target.platform,
    pycachePrefix: state.pycachePrefix,
    cwd: state.cwd,
  });
  return {
    files: files.map((file) => ({ ...file, path: file.path.units })),
    raised: untold.map(({ runner, outcome: { type, message = Str.empty } }) => ({
      runner,
      error: new PythonError(type, message),
    })),
  };
}

/** How an interpreter is started. By default no variable is set and no option is given. */
export type Start = {
  /** Default: `cpython`. */
  readonly implementation?: Startable;
  /** The release of Python, as in `TargetInterpreter`. */
  readonly version?: string;
  readonly platform?: Platform;
  /** The environment variables. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What follows the interpreter's name on the command line: its options, and the program with its arguments. */
  readonly words?: readonly string[];
};

/** The state of a started interpreter: an `interpreter` for `cacheFromSource`, and more about the start. */
export type StartedInterpreter = Required<Omit<TargetInterpreter, 'cwd'>> & {
  /** Whether imports write bytecode. It does not affect the paths. */
  readonly written: boolean;
  /** The settings that have no effect, and why. */
  readonly ignored: readonly Ignored[];
};

/**
 * The state that an interpreter starts with, as set by environment variables and command-line options. Nothing is read
 * from the real environment.
 *
 * @throws RangeError if the interpreter would not run a program, as with an unknown option; if the outcome is not
 *   known, as with an unknown cache tag; or if the level, in PyPy, is not a safe integer
 * @see spec/11-state.md
 */
export function stateOf(start: Start = {}): StartedInterpreter {
  const { implementation = 'cpython', platform = 'posix', environment = {}, words = [] } = start;
  const release = releaseOf(versionOf(start.version));
  const version = formatVersion(release.version);
  const tag = tagOf(implementation, release.version);
  if (tag === undefined)
    throw new RangeError(`the cache tag of ${implementation} for Python ${version} is not known`);
  const state = specifiedState({ implementation, release, platform, environment, words });
  const { level, prefix, written, ignored } = state;
  if (level > Number.MAX_SAFE_INTEGER) throw new RangeError(`the level ${level} is not a safe integer`);
  const optimize = Number(level);
  return { version, platform, cacheTag: tag.units, optimize, pycachePrefix: prefix, written, ignored };
}

/** @throws RangeError */
function asTold(interpreter: TargetInterpreter): { readonly target: Target; readonly state: State } {
  const version = versionOf(interpreter.version);
  const { cacheTag = cpythonTag(version).units, optimize = 0, platform = 'posix' } = interpreter;
  const { pycachePrefix = null, cwd = platform === 'posix' ? '/' : 'C:\\' } = interpreter;
  return {
    target: { version, platform },
    state: {
      cacheTag: cacheTag === null ? null : str(cacheTag),
      optimize: BigInt(optimize),
      pycachePrefix: pycachePrefix === null ? null : str(pycachePrefix),
      cwd: str(cwd),
    },
  };
}

function versionOf(text: string | undefined): typeof newestKnown {
  if (text === undefined) return newestKnown;
  const version = parseRelease(text);
  if (version === undefined) throw new RangeError(`'${text}' is not a Python version such as 3.12.1`);
  return version;
}

/** @throws RangeError for a number that is not an exact integer: a float is written `py.float(1.5)` */
function valueOf(argument: Argument): Value {
  if (typeof argument === 'string') return Str.from(argument);
  if (typeof argument !== 'number') return argument;
  if (Number.isSafeInteger(argument)) return BigInt(argument);
  throw new RangeError(`${argument} is not an exact integer: write py.float(${argument}), or a bigint`);
}
