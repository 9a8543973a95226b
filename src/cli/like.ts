/* The option `--like`, which describes how the interpreter is started. */
import { namedProgram, parseStartLine, StartLineError, type StartLine } from '../conformance/start-line.ts';
import {
  commandLineOptions,
  CommandLineError,
  hashChecksOf,
  isStartable,
  type HashChecks,
  type Starting,
} from '../python/command-line.ts';
import type { Platform } from '../python/interpreter.ts';
import { releaseOf } from '../python/releases.ts';
import { implementationNames } from '../python/tags.ts';
import { stateOf, stateVariables, type StartedState } from '../state-of.ts';
import { didYouMean, nearest } from './nearest.ts';
import { note, readVersion } from './target.ts';
import { UsageError } from './usage.ts';

/** How an interpreter is started, and its resulting state. */
export type Like = {
  readonly starting: Starting;
  readonly state: StartedState;
  readonly hashChecks: HashChecks;
};

/**
 * Parses the start of an interpreter: assignments, a program, and its options.
 * @param version the release, if another option sets it; otherwise it is taken from the program's name
 * @throws UsageError
 */
export function readLike(line: string, platform: Platform, version: string | undefined): Like {
  const start = readLine(line);
  const named = namedProgram(start.program);
  if (named === undefined) {
    throw new UsageError(
      `--like: '${start.program}' is not the name of a Python, such as python3.13 or pypy3.11`,
    );
  }
  const { implementation } = named;
  if (!isStartable(implementation)) {
    throw new UsageError(
      `--like: how ${implementationNames[implementation]} handles its options is not specified: give its state with --optimize and --pycache-prefix`,
    );
  }
  const release = version ?? named.version;
  if (release === undefined) {
    throw new UsageError(
      `--like: the name '${start.program}' contains no release: write a name such as ${implementation === 'pypy' ? 'pypy3.11' : 'python3.13'}, or give it with --python-version`,
    );
  }
  const starting = { implementation, release: releaseOf(readVersion(release)), platform };
  try {
    const state = stateOf({ ...starting, ...start });
    noteStart(start, starting, state);
    return { starting, state, hashChecks: hashChecksOf(commandLineOptions(start.words, starting)) };
  } catch (error) {
    if (error instanceof CommandLineError) throw new UsageError(`--like: ${error.message}${meant(error)}`);
    throw error;
  }
}

function readLine(line: string): StartLine {
  try {
    return parseStartLine(line);
  } catch (error) {
    if (error instanceof StartLineError) throw new UsageError(`--like: ${error.message}`);
    throw error;
  }
}

/**
 * Suggestions for an unknown option. Since any two single letters are similar, only the same letter in the other case
 * is suggested for one.
 */
function meant({ unknown }: CommandLineError): string {
  if (unknown === undefined) return '';
  const { option, known } = unknown;
  const isNear = (one: string): boolean => one.toLowerCase() === option.toLowerCase();
  return didYouMean(option, option.startsWith('--') ? known : known.filter(isNear));
}

/** Prints which settings of a start have no effect and, if so, that no bytecode is written. */
function noteStart(start: StartLine, starting: Starting, { ignored, written }: StartedState): void {
  for (const { setting, why } of ignored) note(`${setting} has no effect: ${why}`);
  const variables = Object.keys(start.environment).map((name) => [name, name, stateVariables] as const);
  const options = commandLineOptions(start.words, starting)
    .filter(({ name }) => name === 'X')
    .map(({ value = '' }) => [`-X ${value}`, value.split('=')[0]!, ['pycache_prefix']] as const);
  for (const [setting, name, known] of [...variables, ...options]) {
    const isKnown = known.some((one) => one === (starting.platform === 'win32' ? name.toUpperCase() : name));
    const [near] = isKnown ? [] : nearest(name, known);
    if (near !== undefined) note(`${setting} does not affect the path; ${near} would`);
  }
  if (!written) note('imports write no bytecode: sys.dont_write_bytecode is true');
}
