/* Sources that share a bytecode file, for the option `--collisions` of `path` and `files`. */
import { encodeValue, toLine } from '../conformance/codec.ts';
import type { Platform } from '../python/interpreter.ts';
import type { Str } from '../python/text.ts';

/** How to print them. */
export type Layout = { readonly json: boolean; readonly null: boolean };

/** The sources of each bytecode file. Most files have only one. */
export class Collisions {
  readonly #files = new Map<string, { readonly path: Str; readonly sources: Map<string, Str> }>();
  readonly #platform: Platform;
  readonly #cwd: string | undefined;

  /** @param cwd the working directory for relative paths; null if unknown */
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

  /** The files that have several sources, with these sources, in the order in which they were added. */
  get found(): ReadonlyArray<{ readonly path: Str; readonly sources: readonly Str[] }> {
    return [...this.#files.values()]
      .filter(({ sources }) => sources.size > 1)
      .map(({ path, sources }) => ({ path, sources: [...sources.values()] }));
  }

  /**
   * One file per line: its path and its sources, separated by tabs. With NUL: NUL after each, and another after the
   * last. Or as JSON objects.
   *
   * @param keys the names for a file and for its sources in these objects
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
   * Maps spellings of a path that always denote the same file to one text. `..` stays, because what precedes it may be
   * a link.
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

/** Drops what has no effect: `.`, repeated separators, and separators at the end. */
function tidied(path: string, separator: string, root: RegExp): string {
  const parts = path.split(separator).filter((part) => part !== '' && part !== '.');
  return `${root.exec(path)![0]}${parts.join(separator)}`;
}
