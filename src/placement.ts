/*
 * Where the file is put: in the cache folder beside its source, or below the pycache prefix.
 */
import type { Cite } from './onlooker.ts';
import { PythonError } from './python/exceptions.ts';
import type { Interpreter, Platform } from './python/interpreter.ts';
import type { Paths } from './python/paths.ts';
import type { Release } from './python/releases.ts';
import { str, type Str } from './python/text.ts';
import { citeBelow, citeRefused, citeWindowsDirectory, citeWindowsSource } from './windows-placement.ts';

/** A source file's directory, the separator after it, if any, and the name of its bytecode file. */
export type Source = { readonly directory: Str; readonly separator: string; readonly file: Str };

/* 2 The path */

/** In the cache folder of the source's directory. */
export function beside(source: Source, paths: Paths, platform: Platform, release: Release, cite?: Cite): Str {
  if (cite) {
    if (platform === 'posix') citeDirectory(source, cite);
    else citeWindowsDirectory(source, release, cite);
  }
  return paths.join([source.directory, cacheFolder, source.file]);
}

const cacheFolder = str('__pycache__');

function citeDirectory({ directory, separator, file }: Source, cite: Cite): void {
  cite('path-characters-pass-unchanged', () => /[^\w./-]/.test(directory.units + file.units));
  if (directory.isEmpty) {
    cite(separator === '' ? 'path-without-directory' : 'path-root-is-lost');
    return;
  }
  const trimmed = directory.rstrip('/');
  if (trimmed.isEmpty) cite('path-root-of-slashes-is-one');
  else cite('path-cache-folder-beside-source');
  cite('path-slashes-before-name-collapse', () => !trimmed.isEmpty && trimmed !== directory);
  cite('path-directory-is-not-normalized', () => /\/\/|(^|\/)\.\.?(\/|$)/.test(trimmed.units));
  cite('path-dots-in-directories-do-not-count', () => trimmed.units.includes('.'));
}

/* 8 The pycache prefix */

/**
 * Below the pycache prefix, in a directory like the source's.
 * @throws PythonError
 */
export function below(
  prefix: Str,
  source: Source,
  interpreter: Interpreter,
  paths: Paths,
  release: Release,
  cite?: Cite,
): Str {
  const { directory, file } = source;
  const { platform } = interpreter;
  if (cite && platform === 'win32') citeRefused([directory], release, cite);
  cite?.('prefix-root-file-counts-as-relative', () => directory.isEmpty && source.separator !== '');
  const absolute = paths.absolute(directory, () => workingDirectory(interpreter, cite));
  if (absolute === directory) cite?.('prefix-absolute-source-needs-no-working-directory');
  else if (cite) citeLeadingDot(directory, paths, release, cite);
  if (cite && platform === 'win32') citeWindowsSource(directory, absolute, release, cite);
  const afterFirst = absolute.withoutFirst();
  if (afterFirst.isEmpty) {
    if (!release.has('short-directories')) {
      cite?.('prefix-short-directory-raises');
      throw new PythonError('IndexError', 'string index out of range');
    }
    cite?.('prefix-short-directory-is-the-prefix');
  }
  const hasDrive = afterFirst.startsWith(':') && absolute.lstrip(paths.separators) === absolute;
  const rooted = hasDrive ? afterFirst.withoutFirst() : absolute;
  const middle = rooted.lstrip(paths.separators);
  if (cite) {
    citeMiddle(directory, rooted, middle, paths, cite);
    citePrefix(prefix, file, paths, platform, cite);
    if (platform === 'win32') {
      cite('windows-prefix-drops-the-drive', () => hasDrive);
      citeBelow([prefix, middle, file], release, cite);
    } else cite('prefix-drive-counts-as-absolute', () => hasDrive);
  }
  return paths.join([prefix, middle, file]);
}

/** @throws PythonError where it was removed */
function workingDirectory({ cwd }: Interpreter, cite?: Cite): Str {
  if (cwd === null) {
    cite?.('prefix-working-directory-error-passes-through');
    throw new PythonError('FileNotFoundError', '[Errno 2] No such file or directory');
  }
  cite?.('prefix-working-directory-completes');
  return cwd;
}

function citeLeadingDot(directory: Str, { separators }: Paths, release: Release, cite: Cite): void {
  cite(
    release.has('leading-dot-is-dropped') ? 'prefix-leading-dot-is-dropped-once' : 'prefix-leading-dot-stays',
    () => [...separators].some((separator) => directory.startsWith(`.${separator}`)),
  );
}

function citeMiddle(directory: Str, rooted: Str, middle: Str, paths: Paths, cite: Cite): void {
  const trimmed = directory.rstrip(paths.separators);
  cite('prefix-separators-at-the-start-are-dropped', () => rooted.units.length - middle.units.length > 1);
  cite('prefix-separators-before-name-collapse', () => !trimmed.isEmpty && trimmed !== directory);
  cite('prefix-directory-is-not-normalized', () => isUntidy(middle, paths));
}

function citePrefix(prefix: Str, file: Str, paths: Paths, platform: Platform, cite: Cite): void {
  const root = platform === 'posix' ? /^\// : /^(?:[\\/]|[a-z]:)/i;
  cite('prefix-replaces-the-cache-folder');
  cite('prefix-file-name-is-the-same', () => platform === 'posix' || !/^[^]:/u.test(file.units));
  cite('prefix-is-read-at-each-call');
  cite('prefix-relative-stays-relative', () => !prefix.isEmpty && !root.test(prefix.units));
  cite('prefix-empty-is-relative', () => prefix.isEmpty);
  cite('prefix-separators-at-its-end-are-dropped', () => prefix.rstrip(paths.separators) !== prefix);
  cite('prefix-is-not-normalized', () => isUntidy(prefix, paths));
}

/** Whether something between the separators at its ends could be left out. */
function isUntidy(path: Str, { separators }: Paths): boolean {
  const inner = path.lstrip(separators).rstrip(separators).units;
  const parts = separators === '/' ? inner.split('/') : inner.split(/[\\/]/);
  return inner !== '' && parts.some((part) => ['', '.', '..'].includes(part));
}
