/*
 * A path taken apart, and its result. The pieces of either, joined, give it.
 */
import type { Call } from '../../../../src/python/call.ts';
import { Str } from '../../../../src/python/text.ts';
import type { Answer } from '../../../../src/python/values.ts';
import type { Trace } from '../../../../src/reference.ts';

export type Part =
  | 'prefix'
  | 'directory'
  | 'separator'
  | 'cache folder'
  | 'name'
  | 'dropped dot'
  | 'extension'
  | 'cache tag'
  | 'optimization';

export type PathPiece = { readonly part: Part; readonly text: Str };

/** The text that the function cuts, if it comes to one. */
export function pathOf({ args, kwargs }: Call): Str | undefined {
  const given = args[0] ?? kwargs.find(([name]) => name === 'path')?.[1];
  return given === undefined
    ? undefined
    : (textOf(given) ?? (isPathLike(given) ? textOf(given.fspath) : undefined));
}

type PathLike = Extract<Answer, { readonly kind: 'path' }>;
const isPathLike = (value: Answer): value is PathLike =>
  value !== null && typeof value === 'object' && value.kind === 'path';

/** A str, or what an instance of a subclass of str holds. */
function textOf(value: Answer): Str | undefined {
  if (value instanceof Str) return value;
  if (value === null || typeof value !== 'object' || value.kind !== 'object') return undefined;
  return value.is instanceof Str ? value.is : undefined;
}

export function piecesOfSource(path: Str, { separator, dot, rules }: Trace): PathPiece[] {
  const end = path.units.length;
  const name = separator === undefined ? 0 : separator + 1;
  const isDropped = rules.includes('path-leading-dot-is-dropped');
  return present([
    ['directory', path.slice(0, separator ?? 0)],
    ['separator', path.slice(separator ?? 0, name)],
    ...(dot === undefined
      ? ([['name', path.slice(name)]] as const)
      : isDropped
        ? ([
            ['dropped dot', path.slice(dot, dot + 1)],
            ['name', path.slice(dot + 1)],
          ] as const)
        : ([
            ['name', path.slice(name, dot)],
            ['extension', path.slice(dot, end)],
          ] as const)),
  ]);
}

/** What is not told apart with certainty is counted to the directory or the name. */
export function piecesOfResult({ outcome, rules }: Trace, { state }: Call): PathPiece[] {
  if (outcome.kind !== 'return' || !(outcome.value instanceof Str)) return [];
  const [body, extension] = cutEnding(outcome.value, /\.py[co]$/);
  const [tagged, optimization] = rules.includes('opt-text-becomes-segment')
    ? cutEnding(body, /\.opt-[^.\\/]*$/)
    : [body, Str.empty];
  const tag = state.cacheTag ?? Str.empty;
  const nameAt = Math.max(0, tagged.units.length - tag.units.length);
  const [before, cacheTag] = tagged.endsWith(tag.units)
    ? [tagged.slice(0, nameAt), tagged.slice(nameAt)]
    : [tagged, Str.empty];
  const separator = before.lastIndexOfAny('/\\') + 1;
  return present([
    ...placeOf(before.slice(0, separator), rules, state.pycachePrefix),
    ['name', before.slice(separator)],
    ['cache tag', cacheTag],
    ['optimization', optimization],
    ['extension', extension],
  ]);
}

function placeOf(directory: Str, rules: readonly string[], prefix: Str | null): Array<readonly [Part, Str]> {
  if (!rules.includes('prefix-replaces-the-cache-folder')) {
    const [before, folder] = cutEnding(directory, /(?<=^|[\\/:])__pycache__[\\/]$/);
    return [
      ['directory', before],
      ['cache folder', folder],
    ];
  }
  const length = prefix === null ? 0 : prefix.rstrip('/\\').units.length;
  const isBelow = length > 0 && directory.startsWith(prefix!.units.slice(0, length));
  const end = isBelow ? Math.min(directory.units.length, length + 1) : 0;
  return [
    ['prefix', directory.slice(0, end)],
    ['directory', directory.slice(end)],
  ];
}

function cutEnding(text: Str, ending: RegExp): [before: Str, ending: Str] {
  const at = text.units.search(ending);
  return at < 0 ? [text, Str.empty] : [text.slice(0, at), text.slice(at)];
}

const present = (pieces: ReadonlyArray<readonly [Part, Str]>): PathPiece[] =>
  pieces.filter(([, text]) => !text.isEmpty).map(([part, text]) => ({ part, text }));
