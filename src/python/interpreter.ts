import type { Version } from './releases.ts';
import { str, type Str } from './text.ts';

/** Whose paths: those of POSIX, or those of Windows, as `sys.platform` calls it. */
export type Platform = 'posix' | 'win32';
export const platforms: readonly Platform[] = ['posix', 'win32'];

export const isPlatform = (text: string): text is Platform => platforms.some((platform) => platform === text);

/** What an interpreter holds that the function reads at each call. */
export type State = {
  /** `sys.implementation.cache_tag` */
  readonly cacheTag: Str | null;
  /** `sys.flags.optimize` */
  readonly optimize: bigint;
  /** `sys.pycache_prefix` */
  readonly pycachePrefix: Str | null;
  /** What `os.getcwd()` gives; null when the working directory has been removed. */
  readonly cwd: Str | null;
};

/** Which interpreter, apart from the state that travels with a call. */
export type Target = { readonly version: Version; readonly platform: Platform };

/** CPython's own tag for a release. */
export const cpythonTag = (version: Version): Str => str(`cpython-${version[0]}${version[1]}`);

/** A release as it comes: its own tag, no `-O`, no prefix. */
export const plainState = (version: Version, platform: Platform = 'posix'): State => ({
  cacheTag: cpythonTag(version),
  optimize: 0n,
  pycachePrefix: null,
  cwd: str(platform === 'posix' ? '/w' : String.raw`C:\w`),
});
