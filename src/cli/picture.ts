/*
 * A path with carets under some of its characters, each with a label. It does not use Node, because the site uses it
 * too.
 */
import { columnsOfCharacter } from '../conformance/reports/columns.ts';
import type { Release, UnicodeVersion } from '../python/releases.ts';
import { reprText } from '../python/repr.ts';
import { Str } from '../python/text.ts';
import { isPrintable } from '../python/unicode.ts';
import type { CallRecord } from '../record.ts';

/** A label for the character at an offset in UTF-16 units. */
export type Mark = { readonly offset: number; readonly label: string };

/** Where the path of a source was cut, if the function got that far: offsets in UTF-16 units. */
export type Cuts = {
  readonly separator?: number;
  readonly dot?: number;
  /** Whether the name is after the dot, which is dropped. */
  readonly drops: boolean;
};

export function cutsOf({ fspath, head, tail, base, sep, rest }: CallRecord, release: Release): Cuts {
  if (fspath === undefined || tail === undefined) return { drops: false };
  const start = fspath.units.length - tail.units.length;
  return {
    ...(start === 0 ? {} : { separator: head!.units.length }),
    ...(sep === '.' ? { dot: start + base!.units.length } : {}),
    drops: release.holds['name-ends-at-last-dot'] && sep === '.' && base!.isEmpty && !rest!.isEmpty,
  };
}

/** Where the path of a bytecode file was cut, if the function got that far: offsets in UTF-16 units. */
export type BackCuts = {
  /** The end of the prefix. */
  readonly prefix?: number;
  /** The start of the cache folder, or of the folder in its place. */
  readonly folder?: number;
  /** The last separator. */
  readonly separator?: number;
  /** The first dot of the name. */
  readonly dot?: number;
};

export function backCutsOf(record: CallRecord): BackCuts {
  const { fspath, head, tail, pycache, kept, base_filename } = record;
  if (fspath === undefined || head === undefined || tail === undefined) return {};
  const start = fspath.units.length - tail.units.length;
  const end = head.units.length;
  return {
    ...(record.found_in_pycache_prefix === true ? { prefix: end - kept!.units.length } : {}),
    ...(pycache === undefined || pycache.isEmpty ? {} : { folder: end - pycache.units.length }),
    ...(start === 0 ? {} : { separator: end }),
    ...(base_filename === undefined ? {} : { dot: start + base_filename.units.length }),
  };
}

/** Marks for where the path of a bytecode file was cut, and what that means. */
export function backMarksOf({ prefix, folder, separator, dot }: BackCuts, { kept }: CallRecord): Mark[] {
  const marks: ReadonlyArray<readonly [number | undefined, string]> = [
    [prefix, 'the prefix ends before this separator'],
    [folder, kept === undefined ? 'this is not a cache folder' : 'the cache folder, which is dropped'],
    [separator === prefix ? undefined : separator, 'the last separator: the name follows'],
    [dot, 'the first dot: the name ends before it'],
  ];
  return marks.flatMap(([offset, label]) => (offset === undefined ? [] : [{ offset, label }]));
}

/** Marks for where the path of a source was cut, and what that means. */
export function marksOf({ separator, dot, drops }: Cuts, release: Release): Mark[] {
  const which = release.holds['name-ends-at-last-dot'] ? 'last' : 'first';
  return [
    ...(separator === undefined
      ? []
      : [{ offset: separator, label: 'the last separator: the directory ends before it' }]),
    ...(dot === undefined
      ? []
      : [{ offset: dot, label: `the ${which} dot: the name ${drops ? 'begins after' : 'ends before'} it` }]),
  ];
}

type Cell = { readonly shown: string; readonly columns: number; readonly offset: number };

/** The text with unprintable characters escaped as in Python, but backslashes unchanged. */
export const shown = (text: Str, unicode: UnicodeVersion): string =>
  cellsOf(text, unicode)
    .map((cell) => cell.shown)
    .join('');

/**
 * @param width the maximum number of columns per line
 * @param paint colours a marked character and its caret
 * @returns lines: the path, shortened if it is too long, with the carets below
 */
export function picture(
  path: Str,
  marks: readonly Mark[],
  unicode: UnicodeVersion,
  width: number,
  paint: (text: string) => string = (text) => text,
): string[] {
  return rowsOf(cellsOf(path, unicode), width).flatMap((row) => {
    const marked = (cell: Cell): Mark | undefined => marks.find(({ offset }) => offset === cell.offset);
    const length = columnsOf(row);
    return [
      row.map((cell) => (marked(cell) ? paint(cell.shown) : cell.shown)).join(''),
      ...row.flatMap((cell, i) => {
        const label = marked(cell)?.label;
        return label === undefined ? [] : caret(columnsOf(row.slice(0, i)), label, length, width, paint);
      }),
    ];
  });
}

/** A caret and its label: right of the path if there is room, else right of the caret, else below it. */
function caret(
  column: number,
  label: string,
  length: number,
  width: number,
  paint: (text: string) => string,
): string[] {
  const line = ' '.repeat(column) + paint('^');
  const beside = [length + 2, column + 2].find((start) => start + label.length <= width);
  if (beside !== undefined) return [`${line}${' '.repeat(beside - column - 1)}${label}`];
  return [line, ' '.repeat(Math.max(0, Math.min(column, width - label.length))) + label];
}

function cellsOf(text: Str, unicode: UnicodeVersion): Cell[] {
  let offset = 0;
  return text.codePoints().map((point) => {
    const character = Str.fromCodePoints([point]);
    const printable = isPrintable(point, unicode);
    const shown = printable ? character.units : reprText(character, unicode).units.slice(1, -1);
    const cell = { shown, columns: printable ? columnsOfCharacter(shown) : shown.length, offset };
    offset += character.units.length;
    return cell;
  });
}

/** Splits cells into rows, at least one, none wider than `width`. */
function rowsOf(cells: readonly Cell[], width: number): Cell[][] {
  const rows: Cell[][] = [[]];
  let columns = 0;
  for (const cell of cells) {
    columns += cell.columns;
    if (columns > width) {
      rows.push([]);
      columns = cell.columns;
    }
    rows.at(-1)!.push(cell);
  }
  return rows;
}

const columnsOf = (cells: readonly Cell[]): number => cells.reduce((sum, { columns }) => sum + columns, 0);
