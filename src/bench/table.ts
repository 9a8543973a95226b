/* Figures over several rounds, and text tables. */
import { grouped } from '../conformance/reports/wording.ts';

/** The median; of an even number of figures, the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [above, below] = [sorted[half], sorted.length % 2 === 0 ? sorted[half - 1] : sorted[half]];
  if (above === undefined || below === undefined) throw new RangeError('no figures have no median');
  return (above + below) / 2;
}

/** The measurements of all rounds, in order. */
export type Series = readonly number[];

/** A figure for all rounds, with the minimum and the maximum over the rounds. */
export type Spread = { readonly middle: number; readonly least: number; readonly most: number };

export const spreadOf = (series: Series): Spread => ({
  middle: median(series),
  least: Math.min(...series),
  most: Math.max(...series),
});

/** The ratio of the medians, and the range of the ratios in single rounds. */
export function ratioOf(over: Series, under: Series): Spread {
  const { least, most } = spreadOf(over.map((figure, round) => figure / under[round]!));
  return { middle: median(over) / median(under), least, most };
}

/**
 * A figure with three significant digits, or the complete integer part if that is longer: `0.0123`, `4.56`, `78,900`.
 */
export function inDigits(figure: number): string {
  if (figure >= 100) return grouped(Math.round(figure));
  const decimals = figure === 0 ? 0 : 2 - Math.floor(Math.log10(figure));
  return figure.toFixed(Math.min(Math.max(decimals, 0), 6));
}

/** The two cells of a spread: the figure, and the range. */
export const cellsOf = ({ middle, least, most }: Spread): [string, string] => [
  inDigits(middle),
  `${inDigits(least)} to ${inDigits(most)}`,
];

/** Aligns columns, the first to the left and the others to the right. */
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
