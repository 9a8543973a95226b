/* Default settings. They have a module of their own so that the help can show them without loading the suite. */

/** Inputs for each law. Each chapter also gets ten times as many for the comparison with the reference. */
export const defaultRuns = 10;
/** The time limit for one call, in seconds. */
export const usualTimeout = 5;
/** How many times a failing adapter is restarted. */
export const usualRestarts = 50;
/** How many times the calls of a counterexample are replayed. */
export const rounds = 3;
/** The folder for saved counterexamples. */
export const counterexampleFolder = '.pycache-spec';
