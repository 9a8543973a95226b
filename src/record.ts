import type { Misfit } from './python/arguments.ts';
import type { Origin } from './python/exceptions.ts';
import type { Live } from './python/objects.ts';
import type { Str } from './python/text.ts';

/**
 * What the reference computed on the way to an outcome, of either function, under CPython's own names. What it did not come to is not
 * there, so that the last that is tells the step that raised.
 */
export type CallRecord = {
  /** How the arguments fail to fit, and the keyword that does not. */
  misfit?: Misfit;
  keyword?: string | undefined;
  /** The arguments, each with its parameter; None where nothing is given. */
  path?: Live;
  debug_override?: Live;
  optimization?: Live;
  /** The optimization after the debug override had its say; before 3.5, the truth that decides the extension. */
  chosen?: Live;
  /** `os.fspath(path)`: the text that is cut. */
  fspath?: Str;
  /** The path, cut at its last separator, and what stood there. */
  head?: Str;
  tail?: Str;
  /** The name, cut at a dot. */
  base?: Str;
  sep?: string;
  rest?: Str;
  tag?: Str | null;
  /** `str(optimization)`: what is judged. */
  text?: Str;
  /** The base, or where it is empty the rest: the name that is kept. */
  stem?: Str;
  almost_filename?: Str;
  filename?: Str;
  /** Whether the working directory was asked for. */
  getcwd?: boolean;
  /** The head made absolute, and what of it stands below the prefix. */
  absolute?: Str;
  below?: Str;

  /* Of `source_from_cache`, whose head and tail are the directory and the name of the bytecode file. */

  /** Whether the head is below the prefix. */
  found_in_pycache_prefix?: boolean;
  /** The last folder of the head, where it is not. */
  pycache?: Str;
  /** What is kept of the head: without the prefix, or without the last folder. */
  kept?: Str;
  dot_count?: number;
  /** What stands behind `opt-`. */
  opt_level?: Str;
  /** The name up to its first dot. */
  base_filename?: Str;

  /** Who raised. */
  origin?: Origin;
};
