/* Checks whether an adapter is well-formed. It does not judge whether the outcomes are right. */
import { Breakdown, Patient, type Care } from './patient.ts';
import { mostBreakdowns, steps, type Notes, type Step } from './steps.ts';

export type Finding = {
  readonly is: 'note' | 'warning' | 'failure';
  readonly text: string;
  /** The end of what the adapter printed to stderr before it failed. */
  readonly stderr?: string;
};

export type State = 'ok' | 'warning' | 'failure' | 'not tried';

/** The result of a step. */
export type Result = {
  readonly step: string;
  readonly state: State;
  /** What was seen, or why the step was not tried. */
  readonly text: string;
  readonly findings: readonly Finding[];
};

/**
 * Tries an adapter step by step, and restarts it when it fails.
 * @param tell called with each result as soon as there is one
 * @throws Interrupted if the signal is aborted
 */
export async function examine(care: Care, tell: (result: Result) => void): Promise<Result[]> {
  const patient = new Patient(care);
  const results: Result[] = [];
  let broken = 0;
  let over: string | undefined;
  try {
    for (const step of steps) {
      const { result, breakdowns } =
        over === undefined ? await tried(step, patient) : { result: untried(step, over), breakdowns: 0 };
      results.push(result);
      tell(result);
      if (breakdowns > 0) broken++;
      if (result.state === 'failure' && prerequisites.has(step.name)) over = prerequisites.get(step.name);
      else if (broken >= mostBreakdowns) over = `the adapter failed in ${broken} steps`;
    }
    return results;
  } finally {
    patient.end();
  }
}

/** Steps without which nothing else is worth trying, and the reason to give. */
const prerequisites: ReadonlyMap<string, string> = new Map([
  ['hello', 'without a hello, nothing else can be tried'],
  ['one call', 'it did not answer the simplest call'],
]);

const untried = (step: Step, why: string): Result => ({
  step: step.name,
  state: 'not tried',
  text: why,
  findings: [],
});

async function tried(step: Step, patient: Patient): Promise<{ result: Result; breakdowns: number }> {
  const notes = new Findings();
  const { name } = step;
  try {
    const said = await step.run(patient, notes);
    const result = typeof said === 'string' ? notes.resultOf(name, said) : untried(step, said.notTried);
    return { result, breakdowns: notes.breakdowns };
  } catch (error) {
    if (!(error instanceof Breakdown)) throw error;
    notes.breakdown(error);
    return { result: notes.resultOf(name, ''), breakdowns: notes.breakdowns };
  }
}

class Findings implements Notes {
  breakdowns = 0;
  private readonly all: Finding[] = [];

  note(text: string): void {
    this.all.push({ is: 'note', text });
  }

  warn(text: string): void {
    this.all.push({ is: 'warning', text });
  }

  fail(text: string): void {
    this.all.push({ is: 'failure', text });
  }

  breakdown({ message, stderr }: Breakdown, at?: string): void {
    this.breakdowns++;
    this.all.push({
      is: 'failure',
      text: at === undefined ? message : `${at}: ${message}`,
      ...(stderr === undefined ? {} : { stderr }),
    });
  }

  resultOf(step: string, text: string): Result {
    const has = (is: Finding['is']): boolean => this.all.some((one) => one.is === is);
    const state = has('failure') ? 'failure' : has('warning') ? 'warning' : 'ok';
    return { step, state, text, findings: this.all };
  }
}

/** Whether an adapter is well-formed, according to the results of all steps. */
export const isWellFormed = (results: readonly Result[]): boolean =>
  results.every(({ state }) => state !== 'failure');
