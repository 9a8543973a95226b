import type { Version } from './releases.ts';
import { str, type Str } from './text.ts';

/** The rules for paths: those of POSIX, or those of Windows, named as in `sys.platform`. */
export type Platform = 'posix' | 'win32';
export const platforms: readonly Platform[] = ['posix', 'win32'];

export const isPlatform = (text: string): text is Platform => platforms.some((platform) => platform === text);

/** The interpreter's state, which the function reads at each call. */
export type State = {
  /** `sys.implementation.cache_tag` */
  readonly cacheTag: Str | null;
  /** `sys.flags.optimize` */
  readonly optimize: bigint;
  /** `sys.pycache_prefix` */
  readonly pycachePrefix: Str | null;
  /** The result of `os.getcwd()`; null if the working directory has been removed. */
  readonly cwd: Str | null;
};

/** The interpreter, apart from its state, which is part of a call. */
export type Target = { readonly version: Version; readonly platform: Platform };

/** CPython's own tag for a release. */
export const cpythonTag = (version: Version): Str => str(`cpython-${version[0]}${version[1]}`);

/** The default state of a release: its own tag, no `-O`, no prefix. */
export const plainState = (version: Version, platform: Platform = 'posix'): State => ({
  cacheTag: cpythonTag(version),
  optimize: 0n,
  pycachePrefix: null,
  cwd: str(platform === 'posix' ? '/w' : String.raw`C:\w`),
});
