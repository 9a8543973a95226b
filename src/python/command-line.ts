/*
 * Splits Python's own command line into options, like CPython's getopt and PyPy's app_main.py. src/state-of.ts defines
 * the effect of the options.
 */
import type { Platform } from './interpreter.ts';
import type { Release } from './releases.ts';
import type { Implementation } from './tags.ts';

/** The implementations whose command line is specified. */
export type Startable = Extract<Implementation, 'cpython' | 'pypy'>;

export const isStartable = (implementation: Implementation): implementation is Startable =>
  implementation === 'cpython' || implementation === 'pypy';

/** The interpreter whose command line it is. */
export type Starting = {
  readonly implementation: Startable;
  readonly release: Release;
  readonly platform: Platform;
};

/** An option, by its letter or long name, with its value if it takes one. */
export type CommandLineOption = { readonly name: string; readonly value?: string };

/** The interpreter does not run a program with this command line. */
export class CommandLineError extends RangeError {
  override readonly name = 'CommandLineError';
  /** The unknown option, and the known ones. */
  readonly unknown: { readonly option: string; readonly known: readonly string[] } | undefined;

  constructor(message: string, unknown?: CommandLineError['unknown']) {
    super(message);
    this.unknown = unknown;
  }
}

/** Whether an option takes a value, starts the program's part of the line, or makes the interpreter exit. */
type Kind = 'flag' | 'value' | 'program' | 'ends';

function optionsOf({ implementation, release }: Starting): ReadonlyMap<string, Kind> {
  const isCpython = implementation === 'cpython';
  const { holds } = release;
  const names: ReadonlyArray<readonly [Kind, ...string[]]> = [
    ['flag', ...'bBdEiIOqRsSuv', ...(isCpython ? 'tx' : ''), ...(holds['safe-path'] ? 'P' : '')],
    ['value', 'W', 'X'],
    ['value', ...(holds['check-hash-based-pycs'] ? [checkPycs] : []), ...(isCpython ? [] : ['--jit'])],
    // The program's own command line follows.
    ['program', 'c', 'm'],
    ['ends', 'h', '?', 'V', '--help', '--version', ...(isCpython ? [] : ['--info'])],
    ['ends', ...(isCpython && holds['help-by-topic'] ? ['--help-env', '--help-xoptions', '--help-all'] : [])],
  ];
  return new Map(names.flatMap(([kind, ...own]) => own.map((name) => [name, kind] as const)));
}

const checkPycs = '--check-hash-based-pycs';

/** Of which bytecode files with a hash the source is hashed: of those that ask for it, of all, or of none. */
export type HashChecks = (typeof hashChecks)[number];
const hashChecks = ['default', 'always', 'never'] as const;

/** `_imp.check_hash_based_pycs`. Of several options, the last one counts. */
export const hashChecksOf = (options: readonly CommandLineOption[]): HashChecks =>
  (options.findLast(({ name }) => name === checkPycs)?.value as HashChecks | undefined) ?? 'default';

/**
 * The interpreter's own options in the words after its name: those before the program. The program is the first word
 * that is not an option, or follows `-c` or `-m`.
 * @throws CommandLineError if the interpreter would not run a program
 */
export function commandLineOptions(words: readonly string[], starting: Starting): CommandLineOption[] {
  const kinds = optionsOf(starting);
  const options: CommandLineOption[] = [];
  const left = words.values();
  const valueOf = (name: string, rest: string): string => {
    const value = rest === '' ? left.next().value : rest;
    if (value === undefined) throw new CommandLineError(`${shown(name)} has no value`);
    return value;
  };
  for (const word of left) {
    if (word === '/?' && starting.platform === 'win32') throw runsNothing(word);
    if (word === '-' || word === '--' || !word.startsWith('-')) return options;
    if (word.startsWith('--')) {
      if (kindOf(word, kinds) === 'ends') throw runsNothing(word);
      const value = valueOf(word, '');
      if (word === checkPycs && !hashChecks.some((one) => one === value)) {
        throw new CommandLineError(`${word} takes default, always or never, not '${value}'`);
      }
      options.push({ name: word, value });
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const name = String.fromCodePoint(word.codePointAt(at)!);
      const kind = kindOf(name, kinds, word);
      if (kind === 'ends') throw runsNothing(shown(name));
      if (kind === 'flag') options.push({ name });
      else {
        options.push({ name, value: valueOf(name, word.slice(at + 1)) });
        if (kind === 'program') return options;
        break;
      }
    }
  }
  return options;
}

/** @throws CommandLineError for an unknown option */
function kindOf(name: string, kinds: ReadonlyMap<string, Kind>, word = name): Kind {
  const kind = kinds.get(name);
  if (kind !== undefined) return kind;
  const option = shown(name);
  const [isLong, known] = [name.startsWith('--'), [...kinds.keys()].map(shown)];
  throw new CommandLineError(
    `${word === option ? '' : `${word}: `}there is no option ${option}${/\d/.test(name) ? ', and levels are written -O and -OO' : ''}`,
    { option, known: known.filter((one) => one.startsWith('--') === isLong) },
  );
}

const runsNothing = (option: string): CommandLineError =>
  new CommandLineError(`with ${option} the interpreter prints something about itself and runs no program`);

const shown = (name: string): string => (name.startsWith('--') ? name : `-${name}`);
