/*
 * The state that cache_from_source reads, as users set it: with the environment and the command line with which an
 * interpreter is started. The rules are those of chapter 11, in its terms.
 */
import {
  commandLineOptions,
  CommandLineError,
  type CommandLineOption,
  type Starting,
} from './python/command-line.ts';
import { formatVersion } from './python/releases.ts';

/** How an interpreter is started. */
export type Start = Starting & {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What follows the interpreter's name on the command line: its options, and the program with its arguments. */
  readonly words: readonly string[];
};

/** A setting that has no effect. */
export type Ignored = {
  /** As it was set: `PYTHONOPTIMIZE=2`, `-X pycache_prefix=/p`. */
  readonly setting: string;
  /** Why, as a clause: `-I ignores the environment`. */
  readonly why: string;
};

/** The state with which an interpreter starts, except the cache tag, which no setting changes. */
export type StartedState = {
  /** `sys.flags.optimize` */
  readonly level: bigint;
  /** `sys.pycache_prefix`; also null if the release has none. */
  readonly prefix: string | null;
  /** Whether imports write bytecode: whether `sys.dont_write_bytecode` is false. */
  readonly written: boolean;
  readonly ignored: readonly Ignored[];
};

/** The variables that set a part of the state. */
export const stateVariables = ['PYTHONOPTIMIZE', 'PYTHONDONTWRITEBYTECODE', 'PYTHONPYCACHEPREFIX'] as const;
type StateVariable = (typeof stateVariables)[number];

/**
 * The state with which an interpreter starts.
 * @throws CommandLineError if the interpreter would not run a program, or if a value is outside the specification
 * @see spec/11-state.md
 */
export function stateOf(start: Start): StartedState {
  const ignored: Ignored[] = [];
  const ignore = (setting: string, why: string): void => void ignored.push({ setting, why });
  const options = commandLineOptions(start.words, start);
  const given: Given = { options, variable: readEnvironment(start, options, ignore), ignore };
  return {
    level: levelOf(given, start),
    written: writes(given, start),
    prefix: prefixOf(given, start),
    ignored,
  };
}

/** The input of a start, and a function that notes what is ignored. */
type Given = {
  readonly options: readonly CommandLineOption[];
  readonly variable: (name: StateVariable) => string | undefined;
  readonly ignore: (setting: string, why: string) => void;
};

/** Reads variables as the interpreter sees them: empty ones, and those that an option disables, are undefined. */
function readEnvironment(
  { environment, platform }: Start,
  options: readonly CommandLineOption[],
  ignore: Given['ignore'],
): Given['variable'] {
  const isolating = options.find(({ name }) => name === 'E' || name === 'I');
  // On Windows the names of variables are case-insensitive.
  const named = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name);
  const values = new Map(Object.entries(environment).map(([name, value]) => [named(name), value]));
  return (name) => {
    const value = values.get(name);
    if (value === undefined) return undefined;
    if (isolating !== undefined) ignore(`${name}=${value}`, `-${isolating.name} ignores the environment`);
    else if (value === '') ignore(`${name}=`, 'an empty value is ignored');
    else return value;
    return undefined;
  };
}

/** The level of the options or that of the variable, whichever is higher. */
function levelOf({ options, variable, ignore }: Given, start: Start): bigint {
  const counted = options.filter(({ name }) => name === 'O').length;
  const value = variable('PYTHONOPTIMIZE');
  if (value === undefined) return BigInt(counted);
  const number = flagOf('PYTHONOPTIMIZE', value, start);
  if (number >= counted) return number;
  ignore(`PYTHONOPTIMIZE=${value}`, `-${'O'.repeat(counted)} is a higher level`);
  return BigInt(counted);
}

function writes({ options, variable, ignore }: Given, start: Start): boolean {
  const value = variable('PYTHONDONTWRITEBYTECODE');
  const mayBeZero = start.implementation === 'cpython' && start.release.holds['flags-are-whole-numbers'];
  const isZero = mayBeZero && value !== undefined && flagOf('PYTHONDONTWRITEBYTECODE', value, start) === 0n;
  if (isZero) ignore(`PYTHONDONTWRITEBYTECODE=${value}`, 'zero means no');
  return (value === undefined || isZero) && !options.some(({ name }) => name === 'B');
}

/**
 * The prefix of the option: of several, CPython uses the first and PyPy the last. Without the option, that of the
 * variable.
 */
function prefixOf({ options, variable, ignore }: Given, { implementation, release }: Start): string | null {
  const given = options.flatMap(({ name, value = '' }) =>
    name === 'X' && /^pycache_prefix(?:=|$)/.test(value) ? [value] : [],
  );
  const value = variable('PYTHONPYCACHEPREFIX');
  const hasPrefix = release.holds['pycache-prefix'];
  const counting = !hasPrefix ? -1 : implementation === 'cpython' ? 0 : given.length - 1;
  const option = given[counting];
  const why = !hasPrefix
    ? `Python ${formatVersion(release.version)} has no sys.pycache_prefix`
    : `-X ${option} counts`;
  for (const [i, one] of given.entries()) if (i !== counting) ignore(`-X ${one}`, why);
  if (value !== undefined && (option !== undefined || !hasPrefix))
    ignore(`PYTHONPYCACHEPREFIX=${value}`, why);
  if (!hasPrefix) return null;
  if (option === undefined) return value ?? null;
  const text = option.slice('pycache_prefix='.length);
  return text === '' ? null : text;
}

/**
 * The number that a variable's value stands for, given that it is not empty. Anything other than a number counts as 1.
 */
function flagOf(name: StateVariable, value: string, { implementation, release, platform }: Start): bigint {
  if (implementation === 'pypy') return intOf(name, value);
  return release.holds['flags-are-whole-numbers']
    ? wholeNumberOf(value)
    : leadingNumberOf(value, platform === 'posix' ? 64 : 32);
}

const largestInt = 2n ** 31n - 1n;

/** As C's strtol reads it, with nothing after the number. */
function wholeNumberOf(value: string): bigint {
  const digits = /^[ \t\n\v\f\r]*([-+]?\d+)$/.exec(value)?.[1];
  const number = digits === undefined ? 1n : BigInt(digits);
  return number < 0n || number > largestInt ? 1n : number;
}

/** As C's atoi reads it, ignoring what follows the number, but at least 1. */
function leadingNumberOf(value: string, bitsOfLong: number): bigint {
  const number = BigInt(/^[ \t\n\v\f\r]*([-+]?\d+)/.exec(value)?.[1] ?? 1);
  const largest = 2n ** BigInt(bitsOfLong - 1) - 1n;
  const long = number > largest ? largest : number < -largest - 1n ? -largest - 1n : number;
  const int = BigInt.asIntN(32, long);
  return int < 1n ? 1n : int;
}

/**
 * As Python's int reads it, but at least 1.
 * @throws CommandLineError for digits or spaces outside ASCII, and for values that exceed PyPy's integers
 */
function intOf(name: StateVariable, value: string): bigint {
  if (/[^\0-\x7f]/.test(value)) {
    throw new CommandLineError(`${name}=${value}: how PyPy reads characters outside ASCII is not specified`);
  }
  const digits = /^[ \t\n\v\f\r]*([-+]?\d+(?:_\d+)*)[ \t\n\v\f\r]*$/.exec(value)?.[1];
  const number = BigInt(digits?.replaceAll('_', '') ?? 1);
  if (number >= 2n ** 63n)
    throw new CommandLineError(`${name}=${value}: PyPy accepts no level of 2**63 or more`);
  return number < 1n ? 1n : number;
}
