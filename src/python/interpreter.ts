import type { Version } from './releases.ts';
import { str, type Str } from './text.ts';

export type Platform = 'posix';
export const platforms: readonly Platform[] = ['posix'];

/** What an interpreter holds that the function reads at each call. */
export type State = {
  /** `sys.implementation.cache_tag` */
  readonly cacheTag: Str | null;
  /** `sys.flags.optimize` */
  readonly optimize: bigint;
  /** `sys.pycache_prefix` */
  readonly pycachePrefix: Str | null;
  /** What `os.getcwd()` gives. */
  readonly cwd: Str;
};

export type Interpreter = State & { readonly version: Version; readonly platform: Platform };

/** CPython's own tag for a release. */
export const cpythonTag = (version: Version): Str => str(`cpython-${version[0]}${version[1]}`);

/** A release as it comes: its own tag, no `-O`, no prefix. */
export const plainState = (version: Version): State => ({
  cacheTag: cpythonTag(version),
  optimize: 0n,
  pycachePrefix: null,
  cwd: str('/'),
});
