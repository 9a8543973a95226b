/*
 * For the tests: an independent implementation of which calls lie inside a domain. It works on JSON and with Node's
 * paths, and is based only on spec/protocol.md.
 */
import { posix, win32 } from 'node:path';
import type { Json } from '../codec.ts';

type Fields = { readonly [key: string]: Json };
const isFields = (json: Json | undefined): json is Fields =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? json : []);

const textOf = (value: Json | undefined): string | undefined => {
  if (typeof value === 'string') return value;
  return isFields(value) && Array.isArray(value['str'])
    ? value['str'].map((point) => String.fromCodePoint(Number(point))).join('')
    : undefined;
};

/** Code points as in Python: two surrogates that were given separately stay separate. */
const pointsOf = (value: Json): number[] | undefined => {
  if (typeof value === 'string') return Array.from(value, (character) => character.codePointAt(0)!);
  return isFields(value) && Array.isArray(value['str']) ? value['str'].map(Number) : undefined;
};

function textsIn(json: Json): Json[] {
  if (pointsOf(json) !== undefined) return [json];
  if (Array.isArray(json)) return json.flatMap(textsIn);
  if (!isFields(json)) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    ['int', 'float', 'bytes'].includes(key) && typeof value === 'string' ? [] : textsIn(value),
  );
}

const haveCharacters = (kind: Json, texts: readonly Json[]): boolean =>
  texts
    .flatMap((text) => pointsOf(text) ?? [])
    .every((point) =>
      kind === 'ascii'
        ? point >= 0x20 && point <= 0x7e
        : point !== 0 && !(point >= 0xd800 && point <= 0xdfff),
    );

const identifier = /^[A-Za-z_]\w*$/;

/** How many names at the start of a relative path are `..`. */
const ascents = (root: string, names: readonly string[]): number =>
  root === '' ? [...names, ''].findIndex((one) => one !== '..') : 0;

function fits(description: Fields, value: Json | undefined, platform: string): boolean {
  const path = textOf(value);
  if (path === undefined) return false;
  const windows = platform === 'win32';
  const os = windows ? win32 : posix;
  const separator = windows ? /[\\/]/ : /\//;
  const { root } = os.parse(path);
  const names = path.slice(root.length).split(separator);
  const name = names.at(-1)!;
  const folders = names.slice(0, -1);
  const suffixes = Array.isArray(description['suffixes']) ? description['suffixes'].map(String) : [''];
  const ends = suffixes.filter((suffix) => name.endsWith(suffix) && name.length > suffix.length);
  const named = folders.filter((folder) => folder !== '');
  const holds: Record<string, () => boolean> = {
    suffixes: () => ends.length > 0,
    // Releases of Python disagree about `\a`.
    form: () =>
      description['form'] === 'absolute'
        ? os.isAbsolute(path) && (!windows || root.length > 1)
        : root === '' || (!os.isAbsolute(path) && !windows),
    normalized: () =>
      windows
        ? !path.includes('/') &&
          names.every((one, i) => !['', '.'].includes(one) && (one !== '..' || ascents(root, names) > i))
        : posix.normalize(path) === path && path !== '.' && (path === root || name !== ''),
    nested: () => posix.resolve('/', folders.join('/')) !== '/',
    names: () =>
      named.every((folder) => identifier.test(folder)) &&
      ends.some((suffix) => identifier.test(name.slice(0, name.length - suffix.length))),
    characters: () => haveCharacters(description['characters']!, [value!]),
  };
  return Object.keys(description).every((key) => holds[key]!());
}

/** Whether a call lies inside a domain, according to this implementation. */
export function isInside(domain: Fields, platform: string, call: Json): boolean {
  if (!isFields(call)) return false;
  const env = isFields(call['env']) ? call['env'] : {};
  const kwargs = isFields(call['kwargs']) ? call['kwargs'] : {};
  const args = listOf(call['args']);
  const isOneOf = (value: Json | undefined, values: Json | undefined): boolean =>
    listOf(values).some((one) => JSON.stringify(one) === JSON.stringify(value ?? null));
  const isTextOf = (value: Json | undefined, allowed: Json): boolean =>
    (Array.isArray(allowed) ? allowed : [allowed]).some((one) =>
      isFields(one) && !('str' in one) ? fits(one, value, platform) : isOneOf(value, [one as Json]),
    );
  const given = [...args.slice(0, 1), ...('path' in kwargs ? [kwargs['path']!] : [])].map((path) => {
    if (!isFields(path)) return path;
    return isFields(path['object']) ? path['object']['is'] : (path['path'] ?? path);
  });
  const holds: Record<string, (allowed: Json) => boolean> = {
    path: (allowed) =>
      given.length > 0 && isFields(allowed) && given.every((path) => fits(allowed, path, platform)),
    pycache_prefix: (allowed) => isTextOf(env['pycache_prefix'], allowed),
    cwd: (allowed) => (env['pycache_prefix'] ?? null) === null || isTextOf(env['cwd'], allowed),
    optimization: (allowed) =>
      call['function'] === 'source_from_cache' || isOneOf(kwargs['optimization'], allowed),
    cache_tag: (allowed) => isOneOf(env['cache_tag'], allowed),
    optimize: (allowed) => isOneOf(env['optimize'], allowed),
    characters: (allowed) =>
      haveCharacters(allowed, [
        ...textsIn(env),
        ...textsIn(args),
        ...textsIn(kwargs),
        ...Object.keys(kwargs),
      ]),
  };
  return Object.entries(domain).every(([key, allowed]) => holds[key]!(allowed));
}
