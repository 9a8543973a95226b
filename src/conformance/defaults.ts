/* What holds unless it is told otherwise. Apart from what uses it, so that the help tells it and loads nothing. */

/** Inputs for each law, and ten times as many for what a chapter is compared on. */
export const defaultRuns = 10;
/** Seconds for one call. */
export const usualTimeout = 5;
/** How often an adapter that fails is started again. */
export const usualRestarts = 50;
/** How often the calls of a counterexample are asked again. */
export const rounds = 3;
/** Where counterexamples are saved. */
export const counterexampleFolder = '.pycache-spec';
