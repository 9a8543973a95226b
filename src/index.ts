/**
 * The path of a Python source file's bytecode file, the way back, and all files of a source, for any interpreter.
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

/** A Python value, or JavaScript's natural one: null, a boolean, an integer as number or bigint, a string. */
export type Argument = Value | number | string;

/** The interpreter whose path is wanted. What is left out is as in a plain CPython of that version. */
export type TargetInterpreter = {
  /**
   * The release, such as `3.12.1`; a series, such as `3.12`, stands for its latest behaviour that is known. Default:
   * the newest series that is specified.
   */
  readonly version?: string;
  readonly platform?: Platform;
  /** `sys.implementation.cache_tag`. Default: CPython's for the version. */
  readonly cacheTag?: string | null;
  /** `sys.flags.optimize`. Default: 0. */
  readonly optimize?: number;
  /** `sys.pycache_prefix`, which releases since 3.8 read. Default: null. */
  readonly pycachePrefix?: string | null;
  /** The working directory, which is read for a relative path below a prefix. Default: `/`, or `C:\` on Windows. */
  readonly cwd?: string;
};

export type Options = {
  /**
   * What the bytecode was optimized with: empty for not at all, null for the interpreter's own level. Python before
   * 3.5 has no such parameter, and refuses null too.
   */
  readonly optimization?: Argument | undefined;
  readonly interpreter?: TargetInterpreter;
  /** Receives each warning as it is given. */
  readonly onWarning?: (warning: Warning) => void;
};

/**
 * Python's `importlib.util.cache_from_source`, for an interpreter that is an argument: nothing of the real
 * environment is read.
 *
 * @param path the source file's path: text, or a `py.pathLike`
 * @param debugOverride deprecated in Python in favour of `optimization`, and gone in 3.15, which refuses null too:
 *   undefined is what is not given
 * @returns the path of the bytecode file. Two surrogate code points that Python keeps apart may become one
 *   character in it, as in every JavaScript string.
 * @throws PythonError with Python's type name and message, and the warnings that came before
 * @throws RangeError when the interpreter is none: a version that is not one or too old, a level that is no integer
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
    // To a caller it starts here.
    throw error instanceof Thrown ? new PythonError(error.type, error.text, warnings) : error;
  }
}

/**
 * Python's `importlib.util.source_from_cache`, the way back, for an interpreter that is an argument: nothing of the
 * real environment is read.
 *
 * @param path the bytecode file's path: text, or a `py.pathLike`
 * @returns the path of the source file, which always ends in `.py`
 * @throws PythonError with Python's type name and message, for a path that is not of the form
 * @throws RangeError when the interpreter is none
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

/** Of which interpreters, at which levels. What is left out is all of them. */
export type WantedFiles = Pick<TargetInterpreter, 'platform' | 'pycachePrefix' | 'cwd'> & {
  readonly implementations?: readonly Implementation[];
  /** Releases or series, such as `3.12`. Default: every series of which these implementations have a tag. */
  readonly versions?: readonly string[];
  /** What stands behind `opt-`, and `0` for the level without it. Default: `0`, `1` and `2`. */
  readonly levels?: readonly string[];
};

/** A file, and those who write and who read it, in words. */
export type BytecodeFile = Omit<FileOfSource, 'path'> & { readonly path: string };

/** The files of a source, and who has none, since Python raises. */
export type BytecodeFiles = {
  readonly files: readonly BytecodeFile[];
  readonly raised: ReadonlyArray<{ readonly runner: Runner; readonly error: PythonError }>;
};

/**
 * Every bytecode file that can belong to a source, in cache folders and beside it, each once. Nothing is looked up:
 * which of them are there is for the caller to see.
 *
 * @param source the source file's path
 * @throws RangeError for an implementation or a version that is none, or a level that is not alphanumeric
 * @see spec/way-back.md
 */
export function bytecodeFiles(source: string, wanted: WantedFiles = {}): BytecodeFiles {
  const { implementations = allImplementations, versions, levels = ['0', '1', '2'], ...interpreter } = wanted;
  const unknown = implementations.find((one: string) => !isImplementation(one));
  if (unknown !== undefined) {
    throw new RangeError(`'${unknown}' is not one of ${allImplementations.join(', ')}`);
  }
  const odd = levels.find((level) => !isLevel(level));
  if (odd !== undefined) throw new RangeError(`'${odd}' is no level such as 0, 1 or 2`);
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

/** How an interpreter is started. What is left out is as without it. */
export type Start = {
  /** Default: `cpython`. */
  readonly implementation?: Startable;
  /** The release of Python, as `TargetInterpreter` has it. */
  readonly version?: string;
  readonly platform?: Platform;
  /** The variables of the environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What follows the interpreter's name: its options, and the program with its own. */
  readonly words?: readonly string[];
};

/** An interpreter as it was started: the `interpreter` of `cacheFromSource`, and what there is to know beside. */
export type StartedInterpreter = Required<Omit<TargetInterpreter, 'cwd'>> & {
  /** Whether imports write bytecode, which neither function asks. */
  readonly written: boolean;
  /** What was set and changes nothing, and why. */
  readonly ignored: readonly Ignored[];
};

/**
 * The state that an interpreter starts with, as users set it: by the variables of the environment and the options of
 * the command line. Nothing of the real environment is read.
 *
 * @throws RangeError when no program would be run, as with an option that there is not; when it is not known what
 *   comes of it, as with a tag that nobody asked for; or when the level is no safe integer, which PyPy takes
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
  if (level > Number.MAX_SAFE_INTEGER) throw new RangeError(`the level ${level} is no safe integer`);
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
