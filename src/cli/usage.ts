import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command was not called as it should be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Config<O extends ParseArgsConfig['options']> = {
  args: string[];
  options: O;
  allowPositionals: true;
  strict: true;
};
type Read<O extends ParseArgsConfig['options']> = ReturnType<typeof parseArgs<Config<O>>>;

/**
 * Reads a command's options.
 * @throws UsageError
 */
export function readOptions<O extends ParseArgsConfig['options']>(
  args: readonly string[],
  options: O,
): Read<O> {
  try {
    return parseArgs<Config<O>>({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence] = error.message.split(/\.\s/);
    throw new UsageError(sentence);
  }
}

/** @throws UsageError when it is not a whole number from `least` to `most` */
export function readWhole(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not '${text}'`);
}

/** @throws UsageError when there are any */
export function noPositionals(positionals: readonly string[]): void {
  const [first] = positionals;
  if (first !== undefined) throw new UsageError(`'${first}' is not expected here`);
}
