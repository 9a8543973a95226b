import { parseArgs } from 'node:util';
import { didYouMean } from './nearest.ts';
import { commands, global, isCommand, type CommandName, type Option } from './table.ts';

/** The command was called incorrectly. The message is a sentence without its full stop, unless it is a question. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An option as the parser needs it. */
type Parsed = Omit<Option, 'group' | 'says'>;
type Options = Readonly<Record<string, Parsed>>;
type Config<O extends Options> = { args: string[]; options: O; allowPositionals: true; strict: true };
type Read<O extends Options> = ReturnType<typeof parseArgs<Config<O>>>;
/** The parsed options, and the names of those that were given. */
type ReadOptions<O extends Options> = Read<O> & { readonly given: ReadonlySet<string> };
type Of<N extends CommandName> = (typeof commands)[N]['options'];
export type ValuesOf<N extends CommandName> = Read<Of<N>>['values'];

/**
 * Parses the options of a command in the table.
 * @throws UsageError
 */
export const readOptions = <N extends CommandName>(name: N, args: readonly string[]): ReadOptions<Of<N>> =>
  parseOptions<Of<N>>(name, args, commands[name].options);

/**
 * Parses options.
 * @param name the command that has them
 * @throws UsageError
 */
export function parseOptions<O extends Options>(
  name: string,
  args: readonly string[],
  options: O,
): ReadOptions<O> {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    checkOption(name, token, options);
    if (given.has(token.name) && isSingle(options[token.name]!)) {
      throw new UsageError(`${token.rawName} is given twice, but takes only one value`);
    }
    given.add(token.name);
  }
  const read = parseArgs<Config<O>>({ args: [...args], options, allowPositionals: true, strict: true });
  return { ...read, given };
}

type Given = {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
};

function checkOption(command: string, { name, rawName, value, inlineValue }: Given, options: Options): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const names = [...Object.keys(options), 'help'].map((one) => `--${one}`);
    const meant = rawName.startsWith('--') ? didYouMean(rawName, names) : '';
    const [taken] = isCommand(command)
      ? (/^(?:PATH|SOURCE|FILE)(?=…|$)/.exec(commands[command].takes) ?? [])
      : [];
    const instead = taken === undefined ? '' : `; a ${taken} that begins with a dash must follow --`;
    throw new UsageError(`${command} has no option '${rawName}'${meant || instead}`);
  }
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value, but was given '${value}'`);
    return;
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value`);
  if (inlineValue !== true && value.length > 1 && value.startsWith('-')) {
    throw new UsageError(`${rawName} needs a value; write a value that begins with a dash as ${rawName}=-1`);
  }
}

const isSingle = ({ type, multiple }: Parsed): boolean => type === 'string' && multiple !== true;

/** @throws UsageError if there is no command of that name */
export function commandNamed(word: string): CommandName {
  if (isCommand(word)) return word;
  const names = Object.keys(commands);
  const meant = didYouMean(word, [...names, ...Object.keys(global).map((option) => `--${option}`)]);
  throw new UsageError(
    `'${word}' is not a command${meant === '' ? `; the commands are ${names.join(', ')}` : meant}`,
  );
}

/** @throws UsageError if it is not an integer from `least` to `most` */
export function readWhole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not '${text}'`);
}

/** @throws UsageError if there are any */
export function noPositionals(positionals: readonly string[]): void {
  const [first] = positionals;
  if (first !== undefined) throw new UsageError(`'${first}' is unexpected`);
}
