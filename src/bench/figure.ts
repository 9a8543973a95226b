/* A figure with an aim. */

export type Figure = {
  readonly figure: number;
  /** The minimum and the maximum over the rounds. */
  readonly range: readonly [least: number, most: number];
  readonly aim: string;
  readonly reached: boolean;
  /** What was measured, relative to what, and the unit. */
  readonly what: string;
  /** The measurements in the order of the rounds. */
  readonly ours?: readonly number[];
  readonly theirs?: readonly number[];
};
/** A figure, or what is missing to measure it here. */
export type Result = Figure | { readonly absent: string };
