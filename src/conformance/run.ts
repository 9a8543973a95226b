/*
 * A run, from its start to its end: asks a subject what a plan says, and tells what happens as events.
 */
import type { Call } from '../python/call.ts';
import { sameOutcome } from '../python/compare.ts';
import { formatVersion, known as knownAge, oldestKnown, releaseOf } from '../python/releases.ts';
import { rulesThatDecide } from '../reference.ts';
import { Account, ask, type Asking, type Judged } from './ask.ts';
import { Books, type Tally } from './books.ts';
import type { Chapter } from './chapters.ts';
import { encodeCall, encodeOutcome } from './codec.ts';
import { inputsOf, missingFrom, type Draw } from './draw.ts';
import { format, type Event, type Failure, type Known, type Sign } from './events.ts';
import { greetingOf } from './features.ts';
import { asClaimed } from './judge.ts';
import { packageVersion } from './package.ts';
import { Disagreement, planOf, type Plan, type Selection, type Task } from './plan.ts';
import { shrink } from './shrink.ts';
import { AdapterError, Stopped, type Subject } from './subjects/subject.ts';
import type { Trouble } from './subjects/contained.ts';
import { Suspicion } from './suspicion.ts';

export type RunOptions = Draw & {
  /** All chapters, and those with the selected rules alone. */
  readonly chapters: readonly Chapter[];
  readonly selected: readonly Chapter[];
  readonly selection: Selection;
  /** The subject's program and arguments, for the reports. */
  readonly command: readonly string[];
  /**
   * Starts the subject.
   * @throws AdapterError
   * @throws Stopped
   */
  readonly open: (hooks: {
    onStderr: (text: string) => void;
    onTrouble: (trouble: Trouble) => void;
  }) => Promise<Subject>;
  readonly emit: (event: Event) => void;
  readonly sign?: (sign: Sign) => void;
  /** What a list of known failures says of the run. */
  readonly judgeKnown?: (tally: Tally) => Known;
};

/** Runs to the end, and ends the subject. The tally is what the events come to. */
export async function run(options: RunOptions): Promise<Tally> {
  const { selected, selection, command, runs, seed, shard, sign = ignore, judgeKnown } = options;
  const begun = performance.now();
  const books = new Books();
  const emit = (event: Event): void => {
    books.add(event);
    options.emit(event);
  };
  emit({
    type: 'start',
    format,
    suite: packageVersion(),
    at: new Date().toISOString(),
    command,
    seed,
    runs,
    selection,
    shard,
    chapters: selected.map(({ name, title }) => ({ name, title })),
    rules: selected.flatMap(({ rules }) =>
      rules.map(({ id, chapter, level, quirk, statement }) => ({
        id,
        chapter,
        level,
        quirk: quirk !== undefined,
        statement,
      })),
    ),
  });
  const stopped = await withSubject(options, emit, sign);
  if (judgeKnown) emit(judgeKnown(books.tally()));
  emit({ type: 'end', seconds: (performance.now() - begun) / 1000, stopped });
  return books.tally();
}

/** @returns why it ended before everything was asked */
async function withSubject(
  { chapters, selected, open, ...draw }: RunOptions,
  emit: (event: Event) => void,
  sign: (sign: Sign) => void,
): Promise<string | null> {
  const onTrouble = (trouble: Trouble): void => emit({ type: 'problem', ...trouble, call: null, rule: null });
  let stderr = '';
  const onStderr = (text: string): void => {
    stderr = (stderr + text).slice(-4000);
    sign({ type: 'stderr', text });
  };
  let subject: Subject;
  try {
    subject = await open({ onStderr, onTrouble });
  } catch (error) {
    if (error instanceof Stopped) return error.message;
    if (!(error instanceof AdapterError)) throw error;
    onTrouble({ why: error.why, text: error.message, stderr });
    return 'the adapter did not say hello as it should';
  }
  const { hello } = subject;
  if (knownAge(hello.python) === 'older') {
    const { python: version, platform } = hello;
    const inapplicable = selected.flatMap(({ rules }) => rules);
    emit(greetingOf(hello, { target: { version, platform }, inapplicable }));
    await subject.close();
    return `${hello.implementation.name} claims Python ${formatVersion(hello.python)}, and the oldest release specified is ${formatVersion(oldestKnown)}: nothing was checked`;
  }
  const plan = planOf(selected, chapters, hello);
  emit(greetingOf(hello, plan));
  try {
    await askInStages(plan, {
      subject,
      draw,
      missing: missingFrom(hello, releaseOf(plan.target.version)),
      emit,
      progress: progressOf(plan, draw, sign),
    });
  } finally {
    await subject.close();
  }
  return subject.stopped();
}

function progressOf({ tasks }: Plan, draw: Draw, sign: (sign: Sign) => void): (inputs: number) => void {
  const of = tasks.reduce((sum, task) => sum + inputsOf(task, draw), 0);
  let done = 0;
  return (inputs) => sign({ type: 'progress', done: (done += inputs), of });
}

/**
 * First the examples, which tell where to look; then the laws, each of which speaks of one rule; then what
 * they leave open, by agreement with the reference; and in the end some calls a second time.
 */
async function askInStages(plan: Plan, asking: Asking): Promise<void> {
  const suspicion = new Suspicion();
  const samples: Judged[] = [];
  const stage = (kind: Task['kind'], judged: (result: Judged) => void): Promise<void> =>
    ask(
      plan.tasks.filter((task) => task.kind === kind),
      asking,
      (result) => {
        if (result.again) samples.push(result);
        judged(result);
      },
    );
  const failedExamples: Judged[] = [];
  await stage('example', (result) => {
    suspicion.add(rulesThatDecide(result.one.calls[0]!, plan.target), result.broken !== undefined);
    if (result.broken) failedExamples.push(result);
  });
  const examples = new Failures(suspicion);
  for (const failed of failedExamples) examples.add(failed);

  const tell = async (failures: readonly Judged[]): Promise<void> => {
    // When it is not asked any more they are told as they are.
    for (const failed of failures) asking.emit(await smallest(failed, suspicion, asking));
  };
  const laws = new Failures(suspicion);
  await stage('law', (result) => laws.add(result));
  // What a law tells comes first: the others may follow from it.
  await tell([...laws.ofLaws(), ...examples.others(), ...laws.others()]);
  const agreement = new Failures(suspicion);
  await stage('agreement', (result) => agreement.add(result));
  await tell(agreement.others());
  await askAgain(samples, plan, asking);
}

/** The rule that is likeliest to be broken by what failed: of a law its own. */
function blamed({ task, one, broken }: Judged, suspicion: Suspicion): string {
  return broken instanceof Disagreement
    ? suspicion.likeliest(task.suspects(one.calls[broken.call]!))
    : task.rule!;
}

/** Different rules to blame for which a task's first disagreement is kept. */
export const disagreementsKept = 3;

/** The failures that are worth to be made smaller: of each task the first that breaks its law, and a few others. */
class Failures {
  private readonly suspicion: Suspicion;
  private readonly laws = new Map<Task, Judged>();
  private readonly disagreements = new Map<Task, Map<string, Judged>>();

  constructor(suspicion: Suspicion) {
    this.suspicion = suspicion;
  }

  add(result: Judged): void {
    const { task, broken } = result;
    if (broken === undefined) return;
    if (!(broken instanceof Disagreement)) {
      if (!this.laws.has(task)) this.laws.set(task, result);
      return;
    }
    const kept = this.disagreements.get(task) ?? new Map<string, Judged>();
    this.disagreements.set(task, kept);
    if (kept.size >= disagreementsKept) return;
    const rule = blamed(result, this.suspicion);
    if (!kept.has(rule)) kept.set(rule, result);
  }

  ofLaws(): Judged[] {
    return [...this.laws.values()];
  }

  others(): Judged[] {
    return [...this.disagreements.values()].flatMap((kept) => [...kept.values()]);
  }
}

async function smallest(failed: Judged, suspicion: Suspicion, asking: Asking): Promise<Failure> {
  const { subject, missing, emit } = asking;
  const { task } = failed;
  const account = new Account(task, emit);
  const rule = blamed(failed, suspicion);
  const { one, outcomes, broken, drawn, number, flaky } = await shrink(failed, subject, {
    missing,
    isSame: (other) => blamed(other, suspicion) === rule,
    onLost: (call, lost) => {
      if (lost.why !== 'not run') account.tell(call, lost);
    },
  });
  const { call: at, expected } = broken!;
  const byLaw = !(broken instanceof Disagreement);
  return {
    type: 'failure',
    rule,
    suspicion: suspicion.of(rule),
    suspects: byLaw ? [rule] : task.suspects(one.calls[at]!),
    property: task.name,
    of: task.rule,
    place: task.place,
    input: number,
    chapter: task.chapter,
    kind: byLaw ? 'law' : task.kind === 'example' ? 'example' : 'agreement',
    drawn,
    calls: one.calls.map(encodeCall),
    outcomes: outcomes.map((outcome) => encodeOutcome(asClaimed(outcome, subject.hello.supports))),
    failed: at,
    expected,
    flaky,
  };
}

/** Asks some calls a second time, the last first: what a function keeps from call to call shows. */
async function askAgain(samples: readonly Judged[], { tasks }: Plan, asking: Asking): Promise<void> {
  const { subject } = asking;
  const [model] = tasks;
  if (model === undefined || samples.length === 0) return;
  const ruleOf = new Map(
    samples.flatMap(({ task, one }) =>
      one.calls.map((call) => [call, task.rule ?? task.suspects(call).at(-1)!] as const),
    ),
  );
  const again: Task = {
    ...model,
    suspects: (call) => [ruleOf.get(call)!],
    kind: 'again',
    name: 'the same calls again',
    place: tasks.length,
    chapter: '',
    rule: null,
    wants: () => true,
    untold: [],
    share: 0,
    always: samples.toReversed().map(({ one }) => one),
  };
  const told = (judged: Judged): Judged['outcomes'] =>
    judged.outcomes.map((outcome) => asClaimed(outcome, subject.hello.supports));
  const wasUnsteady = new Set<string>();
  await ask([again], { ...asking, progress: ignore }, (second) => {
    const first = samples.at(-1 - second.number)!;
    const before = told(first);
    const index = told(second).findIndex((outcome, i) => !sameOutcome(outcome, before[i]!));
    const call: Call | undefined = first.one.calls[index];
    if (call === undefined) return;
    const rule = ruleOf.get(call)!;
    if (wasUnsteady.has(rule)) return;
    wasUnsteady.add(rule);
    asking.emit({
      type: 'unsteady',
      rule,
      property: first.task.name,
      call: encodeCall(call),
      outcomes: [encodeOutcome(before[index]!), encodeOutcome(told(second)[index]!)],
    });
  });
}

const ignore = (): void => {};
