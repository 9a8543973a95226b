/* What `--like` tells: how the interpreter would be started. */
import { namedProgram, parseStartLine, StartLineError, type StartLine } from '../conformance/start-line.ts';
import { commandLineOptions, CommandLineError, isStartable, type Starting } from '../python/command-line.ts';
import type { Platform } from '../python/interpreter.ts';
import { releaseOf } from '../python/releases.ts';
import { implementationNames } from '../python/tags.ts';
import { stateOf, stateVariables, type StartedState } from '../state-of.ts';
import { didYouMean, nearest } from './nearest.ts';
import { note, readVersion } from './target.ts';
import { UsageError } from './usage.ts';

/** An interpreter that is started, and the state that it has then. */
export type Like = { readonly starting: Starting; readonly state: StartedState };

/**
 * Reads how an interpreter is started: assignments, a program, and its options.
 * @param version the release, where another option tells it; without it the program's name does
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
    return { starting, state };
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

/** What may have been meant: of letters the same in the other case, since any two are near. */
function meant({ unknown }: CommandLineError): string {
  if (unknown === undefined) return '';
  const { option, known } = unknown;
  const isNear = (one: string): boolean => one.toLowerCase() === option.toLowerCase();
  return didYouMean(option, option.startsWith('--') ? known : known.filter(isNear));
}

/** Says what of a start has no effect, and that nothing is written. */
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
