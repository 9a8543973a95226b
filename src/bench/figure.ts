/* A figure that is to be reached. */

export type Figure = {
  readonly figure: number;
  /** The least and the greatest of a round. */
  readonly range: readonly [least: number, most: number];
  readonly aim: string;
  readonly reached: boolean;
  /** What was measured, over what, and the unit. */
  readonly what: string;
  /** The measurements themselves, in the order of the rounds. */
  readonly ours?: readonly number[];
  readonly theirs?: readonly number[];
};
/** What cannot be measured here says what is missing. */
export type Result = Figure | { readonly absent: string };
