/* Splits a path and its result into pieces. Joined, the pieces give the text. */
import { piecesOf, type Piece } from '../../../../properties/parts.ts';
import type { Cuts } from '../../../../src/cli/picture.ts';
import type { Call } from '../../../../src/python/call.ts';
import { Str } from '../../../../src/python/text.ts';
import type { Answer } from '../../../../src/python/values.ts';
import type { Recorded, Target } from '../../../../src/reference.ts';

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

/** The text that the function cuts, if it gets that far. */
export function pathOf({ args, kwargs }: Call): Str | undefined {
  const given = args[0] ?? kwargs.find(([name]) => name === 'path')?.[1];
  return given === undefined
    ? undefined
    : (textOf(given) ?? (isPathLike(given) ? textOf(given.fspath) : undefined));
}

type PathLike = Extract<Answer, { readonly kind: 'path' }>;
const isPathLike = (value: Answer): value is PathLike =>
  value !== null && typeof value === 'object' && value.kind === 'path';

/** A str, or the content of an instance of a subclass of str. */
function textOf(value: Answer): Str | undefined {
  if (value instanceof Str) return value;
  if (value === null || typeof value !== 'object' || value.kind !== 'object') return undefined;
  return value.is instanceof Str ? value.is : undefined;
}

export function piecesOfSource(path: Str, { separator, dot, drops }: Cuts): PathPiece[] {
  const name = separator === undefined ? 0 : separator + 1;
  return present([
    ['directory', path.slice(0, separator ?? 0)],
    ['separator', path.slice(separator ?? 0, name)],
    ...(drops
      ? ([
          ['dropped dot', path.slice(name, name + 1)],
          ['name', path.slice(name + 1)],
        ] as const)
      : ([
          ['name', path.slice(name, dot)],
          ['extension', dot === undefined ? Str.empty : path.slice(dot)],
        ] as const)),
  ]);
}

/** The pieces as the reference composed them. */
export function piecesOfResult({ outcome, record }: Recorded, { platform }: Target): PathPiece[] {
  if (outcome.kind !== 'return' || !(outcome.value instanceof Str)) return [];
  const result = outcome.value;
  let at = 0;
  return present(
    piecesOf(outcome, record, platform).map(([piece, { length }]) => {
      const part = piece === 'folder' && record.below !== undefined ? 'prefix' : partOf[piece];
      return [part, result.slice(at, (at += length))];
    }),
  );
}

const partOf: Record<Piece, Part> = {
  directory: 'directory',
  folder: 'cache folder',
  stem: 'name',
  tag: 'cache tag',
  segment: 'optimization',
  extension: 'extension',
};

const present = (pieces: ReadonlyArray<readonly [Part, Str]>): PathPiece[] =>
  pieces.filter(([, text]) => !text.isEmpty).map(([part, text]) => ({ part, text }));
