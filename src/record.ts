import type { Misfit } from './python/arguments.ts';
import type { Origin } from './python/exceptions.ts';
import type { Live } from './python/objects.ts';
import type { Str } from './python/text.ts';

/**
 * The intermediate results of the reference for a call of either function, under CPython's own names. Results that it
 * did not reach are missing, so the last one present shows which step raised.
 */
export type CallRecord = {
  /** Why the arguments do not fit, and the keyword that is wrong. */
  misfit?: Misfit;
  keyword?: string | undefined;
  /** The arguments by parameter; None if omitted. */
  path?: Live;
  debug_override?: Live;
  optimization?: Live;
  /** The optimization after applying the debug override; before 3.5, the truth value that decides the extension. */
  chosen?: Live;
  /** `os.fspath(path)`: the text that is split. */
  fspath?: Str;
  /** The path, split at its last separator. */
  head?: Str;
  tail?: Str;
  /** The name, split at a dot. */
  base?: Str;
  sep?: string;
  rest?: Str;
  tag?: Str | null;
  /** `str(optimization)`, which is checked. */
  text?: Str;
  /** The base, or the rest if the base is empty: the part of the name that is kept. */
  stem?: Str;
  almost_filename?: Str;
  filename?: Str;
  /** Whether the working directory was read. */
  getcwd?: boolean;
  /** The head made absolute, and the part of it that is used below the prefix. */
  absolute?: Str;
  below?: Str;

  /* For `source_from_cache`, whose head and tail are the directory and the name of the bytecode file. */

  /** Whether the head is below the prefix. */
  found_in_pycache_prefix?: boolean;
  /** The last folder of the head, if it is not below the prefix. */
  pycache?: Str;
  /** The part of the head that is kept: without the prefix, or without the last folder. */
  kept?: Str;
  dot_count?: number;
  /** The part after `opt-`. */
  opt_level?: Str;
  /** The name up to its first dot. */
  base_filename?: Str;

  /** What raised. */
  origin?: Origin;
};
