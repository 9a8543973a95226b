/*
 * A run, from start to end: asks a subject what a plan says, and reports what happens as events.
 */
import type { Call } from '../python/call.ts';
import { sameOutcome } from '../python/compare.ts';
import {
  formatVersion,
  known as knownAge,
  oldestKnown,
  releaseOf,
  type Version,
} from '../python/releases.ts';
import { outcomeSource } from '../python/source.ts';
import { Account, ask, type Asking, type Judged } from './ask.ts';
import { remembers, type Blame } from './blame/fault.ts';
import { Books, type Tally } from './books.ts';
import type { Chapter } from './chapters.ts';
import { encodeCall, encodeOutcome, type Json } from './codec.ts';
import { inputsOf, type Draw } from './draw.ts';
import { missingFrom, type Hello } from './features.ts';
import type { Target } from '../reference.ts';
import { format, type Event, type Known, type Selection, type Sign } from './events.ts';
import { greetingOf } from './greeting.ts';
import { asClaimed, judge } from './judge.ts';
import { noExcuses, type Excuses } from './known-failures/excuses.ts';
import { SetAside, type Told } from './known-failures/set-aside.ts';
import { packageVersion } from './package.ts';
import { planOf, type Plan, type Task } from './plan.ts';
import { AdapterError, Stopped, type Subject } from './subjects/subject.ts';
import type { Trouble } from './subjects/contained.ts';

export type RunOptions = Draw & {
  /** All chapters, and the chapters with only the selected rules. */
  readonly chapters: readonly Chapter[];
  readonly selected: readonly Chapter[];
  readonly selection: Selection;
  /** A domain that narrows the subject's own, in the protocol's encoding. */
  readonly domain?: Json;
  /** The release that the subject is held to, whatever it claims. */
  readonly heldTo?: Version | undefined;
  /** The program and arguments of the subject, for the reports. */
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
  readonly known?: KnownList;
};

export type KnownList = {
  readonly excuses: Excuses;
  /** How the list applies to the run. */
  readonly judge?: (tally: Tally) => Known;
  /** Whether the list will be rewritten. In that case, more is asked. */
  readonly thorough?: boolean;
};

/**
 * Runs to the end, and closes the subject.
 * @returns the result of the run, as derived from its events
 */
export async function run(options: RunOptions): Promise<Tally> {
  const {
    selected,
    selection,
    heldTo,
    domain = null,
    command,
    runs,
    seed,
    shard,
    sign = ignore,
    known,
  } = options;
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
    domain,
    ...(heldTo === undefined ? {} : { heldTo: formatVersion(heldTo) }),
    shard,
    excuses: known?.excuses.entries ?? [],
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
  if (known?.judge) emit(known.judge(books.tally()));
  emit({ type: 'end', seconds: (performance.now() - begun) / 1000, stopped });
  return books.tally();
}

/** @returns why the run ended before everything was asked, or null */
async function withSubject(
  { chapters, selected, heldTo, open, known, ...draw }: RunOptions,
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
  if (heldTo === undefined && knownAge(hello.python) === 'older') {
    const { python: version, platform } = hello;
    const inapplicable = selected.flatMap(({ rules }) => rules);
    emit(greetingOf(hello, { target: { version, platform }, inapplicable, outside: [] }));
    await subject.close();
    return `${hello.implementation.name} claims Python ${formatVersion(hello.python)}, and the oldest release specified is ${formatVersion(oldestKnown)}: nothing was checked`;
  }
  const plan = planOf(selected, chapters, hello, heldTo);
  emit(greetingOf(hello, plan));
  try {
    const { excuses = noExcuses, thorough = false } = known ?? {};
    const aside = (): SetAside => new SetAside(excuses, plan.target, hello, thorough);
    // With a list, every failure of the selection is reported: an excuse for one rule must not hide another rule.
    const whole =
      plan.isPart && known === undefined ? (): Plan => planOf(chapters, chapters, hello, heldTo) : undefined;
    await askInStages(plan, whole, aside, {
      subject,
      target: plan.target,
      draw,
      missing: missingFrom(hello, releaseOf(plan.target.version)),
      emit,
      progress: progressOf(plan, draw, sign),
      // A list or a selection may still set a failure aside, so none can be shown before the end.
      ...(known === undefined && !plan.isPart ? { failing: sign } : {}),
      looking: (failed) => sign({ type: 'looking', failed }),
      another: () =>
        open({ onStderr, onTrouble }).catch((error: unknown) => {
          if (error instanceof AdapterError || error instanceof Stopped) return undefined;
          throw error;
        }),
    });
  } finally {
    await subject.close();
  }
  return subject.stopped();
}

function progressOf({ tasks }: Plan, draw: Draw, sign: (sign: Sign) => void): Asking['progress'] {
  const of = tasks.reduce((sum, task) => sum + inputsOf(task, draw), 0);
  let [done, asked] = [0, 0];
  return (inputs, calls) => sign({ type: 'progress', done: (done += inputs), of, calls: (asked += calls) });
}

/** What is shown during a run, and how another process of the subject is started, if it can be. */
type Telling = {
  readonly another: () => Promise<Subject | undefined>;
  readonly failing?: (sign: Sign) => void;
  readonly looking: (failed: number) => void;
};

/**
 * Asks the examples first, then the laws, each with inputs about its rule, then general calls, then some calls a second
 * time. All failures are then examined together.
 */
async function askInStages(
  plan: Plan,
  whole: (() => Plan) | undefined,
  noneAside: () => SetAside,
  { failing, looking, another, ...asking }: Asking & Telling,
): Promise<void> {
  const { target, subject, missing, emit } = asking;
  const { hello } = subject;
  const samples: Judged[] = [];
  const aside = noneAside();
  await ask(plan.tasks, asking, (result) => {
    if (result.again) samples.push(result);
    const before = aside.failed;
    addTo(aside, result);
    if (before === 0 && aside.failed > 0) failing?.(failingOf(result, target, hello));
  });
  const unsteady = await askAgain(samples, plan, aside, asking);
  if (aside.failed > 0) looking(aside.failed);
  const [model] = plan.tasks;
  if (model === undefined) return;
  const account = new Account(model, emit);
  const askOf = async (one: Subject, calls: readonly Call[]): ReturnType<Blame['ask']> => {
    const isAsked = calls.map((call) => hello.domain.holds(call) && missing({ calls: [call] }).length === 0);
    const replies = (await one.ask(calls.filter((_, i) => isAsked[i]))).values();
    return calls.map((call, i) => {
      const reply = isAsked[i] === true ? replies.next().value : undefined;
      if (reply?.kind === 'lost' && reply.why !== 'not run') account.tell(call, reply);
      if (reply?.kind !== 'return' && reply?.kind !== 'raise') return undefined;
      return { call, outcome: reply, difference: judge(call, reply, target, hello.supports) };
    });
  };
  const around: Omit<Blame, 'findings'> = {
    target,
    hello,
    goesOn: () => subject.stopped() === null,
    ask: (calls) => askOf(subject, calls),
    afresh: async (calls) => {
      const other = await another();
      if (other === undefined) return undefined;
      try {
        return await askOf(other, calls);
      } finally {
        await other.close();
      }
    },
  };
  const chapterOf = new Map(plan.chapters.flatMap(({ name, rules }) => rules.map(({ id }) => [id, name])));
  let told: readonly Told[] = [];
  let { failed } = aside;
  if (whole !== undefined && aside.failed > 0) {
    // A selection must not accuse a rule that a whole run clears, so the failures are examined as in a whole run.
    const all = noneAside();
    const quietly = { ...asking, progress: ignore, emit: onlyProblems(emit) };
    await ask(whole().tasks, quietly, (result) => addTo(all, result));
    told = aboutSome(await all.faults(around), (rule) => chapterOf.has(rule));
    if (told.length > 0) ({ failed } = all);
  }
  if (told.length === 0) told = await aside.faults(around);
  // A fault that shows what is remembered explains them.
  const remembered = new Set(told.filter(({ fault }) => remembers(fault)).map(({ known }) => known));
  for (const event of unsteady) if (!remembered.has(event.known)) emit(event);
  for (const { fault, known } of told) {
    // A rule that has a fault of its own is reported only there.
    const own = new Set(told.filter((other) => other.known === known).map((other) => other.fault.rule));
    const shared = { explains: fault.explains, of: failed, fault: fault.rule, known };
    const touched = fault.touches.filter(({ rule }) => !own.has(rule));
    const others = touched.map(({ rule }) => rule);
    for (const one of [fault, ...touched]) {
      const { rule, calls, outcomes, difference, property } = one;
      emit({
        type: 'failure',
        rule,
        broken: one === fault ? fault.broken : true,
        ...shared,
        touches: one === fault ? others : [],
        parts: [...difference.parts],
        property,
        chapter: chapterOf.get(rule) ?? '',
        calls: calls.map(encodeCall),
        outcomes: outcomes.map((outcome) => encodeOutcome(asClaimed(outcome, hello.supports))),
        failed: calls.length - 1,
        expected: outcomeSource(difference.expected),
        whatever: one === fault ? fault.whatever : [],
        flaky: fault.flaky,
      });
    }
  }
}

/** The first failure of an input, as it was asked. */
function failingOf({ one, outcomes, holding }: Judged, target: Target, { supports }: Hello): Sign {
  const failed = holding.indexOf(false);
  const calls = one.calls.slice(0, failed + 1);
  const difference = judge(calls[failed]!, outcomes[failed]!, target, supports);
  return {
    type: 'failing',
    calls: calls.map(encodeCall),
    outcomes: calls.map((_, i) => encodeOutcome(asClaimed(outcomes[i]!, supports))),
    failed,
    expected: difference === undefined ? [] : outcomeSource(difference.expected),
    flaky: false,
  };
}

/** Records the calls of an input as passing or failing. */
function addTo(aside: SetAside, { one, task, outcomes, holding }: Judged): void {
  for (const [i, call] of one.calls.entries()) {
    if (holding[i]) aside.pass(call);
    else aside.fail({ call, outcome: outcomes[i]!, before: one.calls.slice(0, i), property: task.name });
  }
}

/**
 * The faults that involve the given rules. If there are none, the first fault, since a failure must be reported anyway.
 */
function aboutSome(found: readonly Told[], isOne: (rule: string) => boolean): readonly Told[] {
  const about = found.filter(({ fault }) => [fault, ...fault.touches].some(({ rule }) => isOne(rule)));
  return about.length > 0 ? about : found.slice(0, 1);
}

const onlyProblems =
  (emit: (event: Event) => void) =>
  (event: Event): void => {
    if (event.type === 'problem') emit(event);
  };

type Unsteady = Extract<Event, { type: 'unsteady' }>;

/**
 * Asks some calls a second time in reverse order, to show whether the subject keeps anything between calls.
 * @returns the calls with two results, one for each rule
 */
async function askAgain(
  samples: readonly Judged[],
  { tasks }: Plan,
  aside: SetAside,
  asking: Asking,
): Promise<Unsteady[]> {
  const { subject } = asking;
  const [model] = tasks;
  if (model === undefined || samples.length === 0) return [];
  const taskOf = new Map(samples.flatMap(({ task, one }) => one.calls.map((call) => [call, task] as const)));
  const ruleOf = (call: Call): string => taskOf.get(call)?.ruleOf(call) ?? model.rule!;
  const again: Task = {
    ...model,
    ruleOf,
    kind: 'again',
    name: 'the same calls again',
    place: tasks.length,
    chapter: '',
    rule: null,
    wants: () => true,
    untold: [],
    share: 0,
    always: samples.toReversed().map(({ one }) => one),
    inside: (one) => one,
  };
  const told = (judged: Judged): Judged['outcomes'] =>
    judged.outcomes.map((outcome) => asClaimed(outcome, subject.hello.supports));
  const wasUnsteady = new Set<string>();
  const unsteady: Unsteady[] = [];
  await ask([again], { ...asking, progress: ignore }, (second) => {
    const first = samples.at(-1 - second.number)!;
    const before = told(first);
    const index = told(second).findIndex((outcome, i) => !sameOutcome(outcome, before[i]!));
    const call: Call | undefined = first.one.calls[index];
    if (call === undefined) return;
    const rule = ruleOf(call);
    const answers = [before[index]!, told(second)[index]!] as const;
    const known = answers.map((outcome) => aside.entryOf(call, outcome)).find(Boolean) ?? null;
    if (wasUnsteady.has(`${rule} ${known}`)) return;
    wasUnsteady.add(`${rule} ${known}`);
    unsteady.push({
      type: 'unsteady',
      rule,
      property: first.task.name,
      call: encodeCall(call),
      outcomes: [encodeOutcome(answers[0]), encodeOutcome(answers[1])],
      known,
    });
  });
  return unsteady;
}

const ignore = (): void => {};
