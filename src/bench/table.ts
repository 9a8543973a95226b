/* Figures of several rounds, and tables of text. */
import { grouped } from '../conformance/reports/wording.ts';

/** The middle one; of an even number of figures, between the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [above, below] = [sorted[half], sorted.length % 2 === 0 ? sorted[half - 1] : sorted[half]];
  if (above === undefined || below === undefined) throw new RangeError('no figures have no median');
  return (above + below) / 2;
}

/** What was measured in each round, in the order of the rounds. */
export type Series = readonly number[];

/** One figure for all rounds, and the least and the greatest of a round. */
export type Spread = { readonly middle: number; readonly least: number; readonly most: number };

export const spreadOf = (series: Series): Spread => ({
  middle: median(series),
  least: Math.min(...series),
  most: Math.max(...series),
});

/** The ratio of the medians, and the range of the ratios within a round. */
export function ratioOf(over: Series, under: Series): Spread {
  const { least, most } = spreadOf(over.map((figure, round) => figure / under[round]!));
  return { middle: median(over) / median(under), least, most };
}

/** A figure in three digits, or all of a whole part that is longer: `0.0123`, `4.56`, `78,900`. */
export function inDigits(figure: number): string {
  if (figure >= 100) return grouped(Math.round(figure));
  const decimals = figure === 0 ? 0 : 2 - Math.floor(Math.log10(figure));
  return figure.toFixed(Math.min(Math.max(decimals, 0), 6));
}

/** The cells of a spread: the figure, and the range. */
export const cellsOf = ({ middle, least, most }: Spread): [string, string] => [
  inDigits(middle),
  `${inDigits(least)} to ${inDigits(most)}`,
];

/** Columns as wide as their widest cell: the first to the left, the others to the right. */
export function table(rows: ReadonlyArray<readonly string[]>): string {
  const widths = rows.reduce<number[]>(
    (widest, row) =>
      row.map((cell, i) => Math.max(widest[i] ?? 0, cell.length)).concat(widest.slice(row.length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
