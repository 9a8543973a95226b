/*
 * Merges the streams of a run's shards into the stream that the whole run would have had. The order of the streams does
 * not matter.
 */
import { isDeepStrictEqual } from 'node:util';
import { excerpt, toLine, type Json } from './codec.ts';
import { added, reasonCounts } from './counts.ts';
import type { End, Event, Failure, Greeting, Problem, Shard, Start, Unsteady, Work } from './events.ts';
import { mishaps } from './events.ts';

/** Thrown for streams that are not of one run. The message says why: a sentence without a full stop. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/** A stream, and its name for error messages. */
export type NamedStream = { readonly name: string; readonly events: readonly Event[] };

/**
 * Merges the events of the parts into those of the whole run. What a list of known failures said of a part is left out,
 * and must be judged again. The stream of a whole run otherwise stays as it is. If parts are missing or were cut short,
 * the result is incomplete.
 * @throws MergeError
 */
export function merge(streams: readonly NamedStream[]): Event[] {
  const parts = streams
    .map(partOf)
    .toSorted((a, b) => (a.start.shard?.index ?? 0) - (b.start.shard?.index ?? 0));
  refuseStrangers(parts);
  const [{ start }] = parts as [Part, ...Part[]];
  const subject = parts.find((part) => part.subject)?.subject;
  return [
    {
      ...start,
      at: parts.map((part) => part.start.at).reduce((a, b) => (Date.parse(b) < Date.parse(a) ? b : a)),
      shard: null,
    },
    ...(subject === undefined ? [] : [subject]),
    ...mergeWorks(parts),
    ...mergeFailures(parts),
    ...oneOfEachRule([...parts.flatMap(({ unsteady }) => unsteady), ...differingCalls(parts)]),
    ...mergeProblems(parts),
    endOf(parts),
  ];
}

/** The events of a stream, by type. */
type Part = {
  readonly name: string;
  readonly start: Start;
  readonly subject: Greeting | undefined;
  readonly works: readonly Work[];
  readonly failures: readonly Failure[];
  readonly unsteady: readonly Unsteady[];
  readonly problems: readonly Problem[];
  readonly end: End;
};

function partOf({ name, events }: NamedStream): Part {
  const of = <T extends Event['type']>(type: T): Array<Extract<Event, { type: T }>> =>
    events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
  const [start] = of('start');
  if (start === undefined) throw new TypeError('no run has started');
  return {
    name,
    start,
    subject: of('subject')[0],
    works: of('work'),
    failures: of('failure'),
    unsteady: of('unsteady'),
    problems: of('problem'),
    end: of('end')[0] ?? { type: 'end', seconds: 0, stopped: 'its report has no end' },
  };
}

/** @throws MergeError if the parts are not of one run */
function refuseStrangers(parts: readonly Part[]): void {
  const [first, ...others] = parts;
  if (first === undefined) throw new MergeError('there is nothing to merge');
  if (others.length === 0) return;
  const whole = parts.find(({ start }) => start.shard === null);
  if (whole !== undefined) {
    throw new MergeError(`${whole.name} is of a whole run, and no shard of one: nothing can be joined to it`);
  }
  for (const other of others) {
    const differences = differencesBetween(first, other);
    if (differences.length > 0) {
      throw new MergeError(
        `${first.name} and ${other.name} are not of one run: they differ in ${differences.join(', in ')}`,
      );
    }
  }
  const byShard = new Map<number, Part>();
  for (const part of parts) {
    const { index, of } = part.start.shard!;
    const twin = byShard.get(index);
    if (twin !== undefined) {
      throw new MergeError(
        `${twin.name} and ${part.name} are both shard ${index}/${of}: give each of them once`,
      );
    }
    byShard.set(index, part);
  }
}

/** A value that all parts of a run must share: its name, and how to get it. It is shown if the parts differ. */
type Fact = {
  readonly name: string;
  readonly of: (part: Part) => Json | undefined;
  /** Set if the value is too long to show. */
  readonly hidden?: true;
};
const ofTheRun: readonly Fact[] = [
  { name: 'the version of the suite', of: ({ start }) => start.suite },
  { name: 'the seed', of: ({ start }) => start.seed },
  { name: 'the number of runs', of: ({ start }) => start.runs },
  { name: 'the selection', of: ({ start }) => start.selection },
  { name: 'the domain that was given', of: ({ start }) => start.domain },
  { name: 'the release that was asked for', of: ({ start }) => start.heldTo ?? null },
  { name: 'the rules', of: ({ start }) => start.rules.map(({ id }) => id), hidden: true },
  { name: 'the number of shards', of: ({ start }) => start.shard?.of },
  { name: 'the list of known failures', of: ({ start }) => start.excuses, hidden: true },
];
const ofTheSubject: readonly Fact[] = [
  { name: 'the implementation', of: ({ subject }) => subject?.implementation },
  { name: 'the Python that it claims', of: ({ subject }) => subject?.python },
  { name: 'the platform', of: ({ subject }) => subject?.platform },
  { name: 'the functions that it has', of: ({ subject }) => subject?.functions },
  { name: 'the features that it supports', of: ({ subject }) => subject?.supports.toSorted() },
  { name: 'what it cannot set', of: ({ subject }) => subject?.fixed },
  { name: 'the domain', of: ({ subject }) => subject?.domain },
  { name: 'the release that it is held to', of: ({ subject }) => subject?.target },
  { name: 'the rules that apply to it', of: ({ subject }) => subject?.inapplicable, hidden: true },
];

/** The facts in which two parts differ. Facts about the subject are compared only if both parts have a greeting. */
function differencesBetween(a: Part, b: Part): string[] {
  const facts = a.subject && b.subject ? [...ofTheRun, ...ofTheSubject] : ofTheRun;
  return facts.flatMap(({ name, of, hidden }) => {
    const [one, other] = [of(a), of(b)];
    if (isDeepStrictEqual(one, other)) return [];
    return [hidden ? name : `${name} (${excerpt(one)} and ${excerpt(other)})`];
  });
}

/** Whether all parts of the run are there. */
const isWhole = (parts: readonly Part[]): boolean => parts.length === (parts[0]!.start.shard?.of ?? 1);

const stages: ReadonlyArray<Work['kind']> = ['example', 'law', 'agreement', 'again'];

function mergeWorks(parts: readonly Part[]): Work[] {
  return groups(
    parts.flatMap(({ works }) => works),
    ({ kind, place, property }) => toLine([kind, place, property]),
  )
    .map((works): Work => {
      const [first] = works as [Work, ...Work[]];
      if (first.kind === 'example') return works.toSorted(byAnswers)[0]!;
      // While another part may still ask some inputs of a law, its work says nothing of its rule.
      const isOpen = first.kind === 'law' && !(isWhole(parts) && works.length === parts.length);
      return { ...sumOf(works), rule: isOpen ? null : first.rule };
    })
    .toSorted((a, b) => stages.indexOf(a.kind) - stages.indexOf(b.kind) || a.place - b.place);
}

/**
 * Each part asks all examples. Only one part counts: one that asked them all, and of those the one with the fewest
 * answers.
 */
const byAnswers = (a: Work, b: Work): number =>
  (a.lost['not run'] ?? 0) - (b.lost['not run'] ?? 0) ||
  a.answered - b.answered ||
  order(toLine(a as Json), toLine(b as Json));

function sumOf(works: readonly Work[]): Work {
  const sum = (of: (work: Work) => number): number => works.reduce((total, work) => total + of(work), 0);
  const drawn = works.filter(({ inputs }) => inputs > 0);
  return {
    ...works[0]!,
    inputs: sum(({ inputs }) => inputs),
    judged: sum(({ judged }) => judged),
    planned: sum(({ planned }) => planned),
    answered: sum(({ answered }) => answered),
    lost: added(works.map(({ lost }) => lost)),
    reasons: added(
      works.map(({ reasons }) => reasons),
      reasonCounts(),
    ),
    declined: added(works.map(({ declined }) => declined)),
    // Each part lists the missing features of a law that cannot be asked, so they are not added up.
    leftOut: drawn.length > 0 ? added(drawn.map(({ leftOut }) => leftOut)) : works[0]!.leftOut,
  };
}

/**
 * The simplest failure of each rule, with the total of calls that its fault explains; a fault's own rule comes first.
 * Failures set aside for an entry of the list of known failures stay separate.
 */
function mergeFailures(parts: readonly Part[]): Failure[] {
  const failures = parts.flatMap((part) => part.failures);
  // A whole run orders its faults by likelihood, which cannot be recovered from several parts.
  if (parts.length === 1) return failures;
  const sum = (some: readonly Failure[], of: (failure: Failure) => number): number =>
    some.reduce((total, failure) => total + of(failure), 0);
  const failed = sum(
    parts.flatMap((part) => part.failures.slice(0, 1)),
    ({ of }) => of,
  );
  const perRule = groups(failures, ({ rule, known }) => toLine([rule, known])).map((same): Failure => {
    const leading = same.filter(({ rule, fault }) => rule === fault);
    const [simplest] = (leading.length > 0 ? leading : same).toSorted(bySimplicity) as [
      Failure,
      ...Failure[],
    ];
    return {
      ...simplest,
      broken: same.some(({ broken }) => broken),
      flaky: same.every(({ flaky }) => flaky),
      explains: sum(leading, ({ explains }) => explains),
      of: failed,
    };
  });
  const leads = perRule
    .filter(({ rule, fault }) => rule === fault)
    .toSorted((a, b) => b.explains - a.explains);
  return leads.flatMap((lead) => {
    // A rule that is a fault's own in one part is so in all parts.
    const touched = perRule.filter(
      (one) => one !== lead && one.fault === lead.rule && one.known === lead.known,
    );
    const { explains } = lead;
    return [
      { ...lead, touches: touched.map(({ rule }) => rule) },
      ...touched.map((one) => ({ ...one, explains })),
    ];
  });
}

/** Calls that fail in one way in one part, and in another way in another part. */
function differingCalls(parts: readonly Part[]): Unsteady[] {
  const failures = parts.flatMap((part) => part.failures);
  return groups(failures, ({ calls }) => toLine(calls)).flatMap((same) => {
    const [first, ...others] = same.toSorted(bySimplicity) as [Failure, ...Failure[]];
    const { rule, property, calls, failed, known } = first;
    const before = first.outcomes[failed]!;
    const then = others
      .map(({ outcomes }) => outcomes[failed]!)
      .find((outcome) => !isDeepStrictEqual(outcome, before));
    if (then === undefined) return [];
    return [
      { type: 'unsteady', rule, property, call: calls[failed]!, outcomes: [before, then], known } as const,
    ];
  });
}

/** Compares failures. Reproducible failures come before flaky ones, then shorter ones before longer ones. */
const bySimplicity = (a: Failure, b: Failure): number =>
  Number(a.flaky) - Number(b.flaky) || shown(a).length - shown(b).length || order(shown(a), shown(b));

const shown = ({ calls, outcomes }: Failure): string => toLine([calls, outcomes]);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function oneOfEachRule(unsteady: readonly Unsteady[]): Unsteady[] {
  return groups(unsteady, ({ rule, known }) => toLine([rule, known])).map(([first]) => first!);
}

/**
 * Removes duplicate problems, and adds one if the parts differ in how they answered the examples, which each part asks.
 */
function mergeProblems(parts: readonly Part[]): Problem[] {
  const problems: Problem[] = [];
  for (const part of parts) {
    const before = new Set(problems.map(problemKey));
    problems.push(...part.problems.filter((problem) => !before.has(problemKey(problem))));
  }
  const properties = groups(
    parts.flatMap(({ works, end }) =>
      works.filter((work) => work.kind === 'example' && end.stopped === null && !hasMishap(work)),
    ),
    ({ place, property }) => toLine([place, property]),
  );
  const differing = properties.find((works) => new Set(works.map(countsOf)).size > 1)?.[0];
  if (differing === undefined) return problems;
  return [
    ...problems,
    {
      type: 'problem',
      why: 'protocol',
      text: `Each shard asks the ${differing.property}, and the adapter declined calls in some that it answered in others. Let it decide by the call alone.`,
      call: null,
      rule: null,
      stderr: '',
    },
  ];
}

const problemKey = ({ why, text, call, rule }: Problem): string => toLine([why, text, call, rule]);
const hasMishap = ({ lost }: Work): boolean => mishaps.some((why) => (lost[why] ?? 0) > 0);
const countsOf = ({ planned, answered, lost }: Work): string =>
  toLine([planned, answered, lost.skipped ?? 0, lost.unsupported ?? 0]);

/** The seconds are the sum over all parts. */
function endOf(parts: readonly Part[]): End {
  return {
    type: 'end',
    seconds: parts.reduce((sum, { end }) => sum + end.seconds, 0),
    stopped: whyStopped(parts),
  };
}

function whyStopped(parts: readonly Part[]): string | null {
  const of = parts[0]!.start.shard?.of ?? 1;
  const present = new Set(parts.map(({ start }) => start.shard?.index));
  const missing = Array.from({ length: of }, (_, i): Shard => ({ index: i + 1, of })).filter(
    ({ index }) => !present.has(index) && !present.has(undefined),
  );
  const reasons = groups(
    parts.filter(({ end }) => end.stopped !== null),
    ({ end }) => end.stopped!,
  );
  const [one] = reasons;
  if (missing.length === 0 && one?.length === parts.length) return one[0]!.end.stopped;
  const texts = [
    ...(missing.length === 0
      ? []
      : [`${shardsNamed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing`]),
    ...reasons.map(
      (same) => `${shardsNamed(same.map(({ start }) => start.shard!))}: ${same[0]!.end.stopped}`,
    ),
  ];
  return texts.length === 0 ? null : texts.join('; ');
}

/** How many shards are listed by name. */
const mostNamed = 10;

function shardsNamed(shards: readonly Shard[]): string {
  const names = shards.slice(0, mostNamed).map(({ index, of }) => `${index}/${of}`);
  const rest = shards.length - names.length;
  return `${shards.length === 1 ? 'shard' : 'shards'} ${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Groups items by key, in the order of their first occurrence. */
function groups<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [one]);
    else group.push(one);
  }
  return [...byKey.values()];
}
