/* Splits a path and its result into pieces. Joined, the pieces give the text. */
import { piecesOf, type Piece } from '../../../../properties/parts.ts';
import { backCutsOf, type Cuts } from '../../../../src/cli/picture.ts';
import type { Call } from '../../../../src/python/call.ts';
import { Str } from '../../../../src/python/text.ts';
import type { Answer } from '../../../../src/python/values.ts';
import type { CallRecord } from '../../../../src/record.ts';
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

/** The path of a bytecode file, split as far as the function got. */
export function piecesOfBytecode(path: Str, record: CallRecord): PathPiece[] {
  const { prefix = 0, folder, separator, dot } = backCutsOf(record);
  const name = separator === undefined ? 0 : separator + 1;
  const dropped = record.kept === undefined ? undefined : folder;
  const rest = dot === undefined ? Str.empty : path.slice(dot);
  const [tagged] = rest.rpartition('.');
  const segment =
    dot === undefined || record.opt_level === undefined ? 0 : '.opt-'.length + record.opt_level.units.length;
  const tag = tagged.units.length - segment;
  return present([
    ['prefix', path.slice(0, prefix)],
    ['directory', path.slice(prefix, dropped ?? separator ?? 0)],
    ['cache folder', dropped === undefined ? Str.empty : path.slice(dropped, name)],
    ['separator', dropped === undefined ? path.slice(separator ?? 0, name) : Str.empty],
    ['name', path.slice(name, dot)],
    ['cache tag', rest.slice(0, tag)],
    ['optimization', rest.slice(tag, tagged.units.length)],
    ['extension', rest.slice(tagged.units.length)],
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
