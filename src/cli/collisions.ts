/* Which sources share a bytecode file: what `--collisions` of `path` and `files` prints. */
import { encodeValue, toLine } from '../conformance/codec.ts';
import type { Platform } from '../python/interpreter.ts';
import type { Str } from '../python/text.ts';

/** How they are printed. */
export type Layout = { readonly json: boolean; readonly null: boolean };

/** The sources of each bytecode file, of which most have one. */
export class Collisions {
  readonly #files = new Map<string, { readonly path: Str; readonly sources: Map<string, Str> }>();
  readonly #platform: Platform;
  readonly #cwd: string | undefined;

  /** @param cwd where relative paths start; undefined where none is known */
  constructor(platform: Platform, cwd: Str | null) {
    this.#platform = platform;
    this.#cwd = cwd?.units;
  }

  add(source: Str, path: Str): void {
    const key = this.#spelledOnce(path);
    const file = this.#files.get(key) ?? { path, sources: new Map<string, Str>() };
    this.#files.set(key, file);
    const name = this.#spelledOnce(source);
    if (!file.sources.has(name)) file.sources.set(name, source);
  }

  /** The files that several sources have, with these sources, in the order in which they came. */
  get found(): ReadonlyArray<{ readonly path: Str; readonly sources: readonly Str[] }> {
    return [...this.#files.values()]
      .filter(({ sources }) => sources.size > 1)
      .map(({ path, sources }) => ({ path, sources: [...sources.values()] }));
  }

  /**
   * A file a line: its path and those of its sources, with tabs between; with NUL after each, and one more after the
   * last; or as objects.
   *
   * @param keys what a file and its sources are called in these
   */
  print({ json, null: nul }: Layout, [file, them]: readonly [file: string, sources: string]): string {
    const lines = this.found.map(({ path, sources }) => {
      if (json) return `${toLine({ [file]: encodeValue(path), [them]: sources.map(encodeValue) })}\n`;
      const texts = [path, ...sources].map(({ units }) => units);
      return nul ? `${texts.join('\0')}\0\0` : `${texts.join('\t')}\n`;
    });
    return lines.join('');
  }

  /**
   * One text for the spellings of a path that are the same file wherever that lies: `..` stays, since what stands
   * before it may be a link.
   */
  #spelledOnce({ units }: Str): string {
    if (this.#platform === 'posix') return tidied(this.#absolute(units, /^\//), '/', /^\/?/);
    const path = this.#absolute(units, /^(?:.:|[\\/])/s).replaceAll('/', '\\');
    return tidied(path, '\\', /^\\{0,2}/).toLowerCase();
  }

  #absolute(path: string, isAbsolute: RegExp): string {
    return this.#cwd === undefined || isAbsolute.test(path) ? path : `${this.#cwd}/${path}`;
  }
}

/** Without what says nothing: `.`, and separators behind others or at the end. */
function tidied(path: string, separator: string, root: RegExp): string {
  const parts = path.split(separator).filter((part) => part !== '' && part !== '.');
  return `${root.exec(path)![0]}${parts.join(separator)}`;
}
