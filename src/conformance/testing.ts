/* For the tests: right and wrong subjects in this process, and runs that are recorded. */
import { chaptersOf } from '../../properties/index.ts';
import type { Call, Outcome } from '../python/call.ts';
import type { Version } from '../python/releases.ts';
import { Str, str } from '../python/text.ts';
import { answer, type Target } from '../reference.ts';
import { appliesTo, readChapters, type Chapter } from './chapters.ts';
import type { Json } from './codec.ts';
import type { RuleVerdict, Tally } from './books.ts';
import type { Event, Failure, Selection, Shard, Sign } from './events.ts';
import { planOf, select, type Plan } from './plan.ts';
import { run, type KnownList } from './run.ts';
import type { Feature, Hello } from './features.ts';
import { referenceHello } from './subjects/reference.ts';
import type { Reply, Subject } from './subjects/subject.ts';
import { verdictOf, type Verdict } from './verdict.ts';

export const chapters = readChapters();
export const target: Target = { version: [3, 12, 1], platform: 'posix' };
/** The hello of the reference, with one function only. functions.test.ts tests both. */
export const helloOf = (to: Target): Hello => ({ ...referenceHello(to), functions: ['cache_from_source'] });
export const hello = helloOf(target);

/** The rules of that function, in the order of the chapters. */
export const rulesOfIt = chapters
  .filter(({ name }) => chaptersOf('cache_from_source').includes(name))
  .flatMap(({ rules }) => rules);

/** The ids of the rules that apply to a target. */
export const applicableTo = (to: Target): string[] =>
  rulesOfIt.filter((rule) => appliesTo(rule, to)).map(({ id }) => id);

export const supporting = (supports: Iterable<Feature>, fixed: Hello['fixed'] = {}): Hello => ({
  ...hello,
  supports: new Set(supports),
  fixed,
});

export type Wrong = (call: Call, right: Outcome) => Reply;
export type Asking = {
  readonly hello: Hello;
  readonly asked: Call[];
  closed: boolean;
  ask: (calls: readonly Call[]) => Promise<Reply[]>;
  stopped: () => string | null;
  close: () => Promise<void>;
};

/** The reference for one target, with its outcomes changed by a function. */
export function subject(
  wrong: Wrong = (_, right) => right,
  says: Hello = hello,
  as: Target = target,
): Asking {
  const one: Asking = {
    hello: says,
    asked: [],
    closed: false,
    ask: (calls) => {
      one.asked.push(...calls);
      return Promise.resolve(calls.map((call) => wrong(call, answer(call, as))));
    },
    stopped: () => null,
    close: () => {
      one.closed = true;
      return Promise.resolve();
    },
  };
  return one;
}

export const returning =
  (text: string): Wrong =>
  () => ({ kind: 'return', value: str(text), warnings: [] });

export const raising =
  (type: string): Wrong =>
  () => ({ kind: 'raise', type, message: Str.empty, warnings: [] });

export type Result = {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly verdict: Verdict;
  readonly events: readonly Event[];
  readonly signs: readonly Sign[];
  readonly found: readonly Failure[];
  /** The ids of the rules with these verdicts. */
  readonly rules: (...verdicts: readonly RuleVerdict[]) => string[];
};

/** What to check: a selection as a user can make it, or a list of rule ids. */
type Selected = Selection | { readonly rules: readonly string[] };

const chosen = (selection: Selected): Chapter[] =>
  'rules' in selection
    ? chapters.map((chapter) => ({
        ...chapter,
        rules: chapter.rules.filter(({ id }) => selection.rules.includes(id)),
      }))
    : select(chapters, selection);

export type Checking = {
  readonly selection?: Selected;
  readonly runs?: number;
  readonly seed?: number;
  readonly shard?: Shard | null;
  readonly heldTo?: Version;
  readonly known?: KnownList;
};

export async function check(
  one: Subject,
  { selection = {}, runs = 10, seed = 1, shard = null, heldTo, known }: Checking = {},
): Promise<Result> {
  const selected = chosen(selection);
  const events: Event[] = [];
  const signs: Sign[] = [];
  const tally = await run({
    chapters,
    selected,
    selection: 'rules' in selection ? {} : selection,
    command: [],
    open: () => Promise.resolve(one),
    runs,
    seed,
    shard,
    heldTo,
    emit: (event) => events.push(event),
    sign: (sign) => signs.push(sign),
    ...(known === undefined ? {} : { known }),
  });
  return {
    plan: planOf(selected, chapters, one.hello, heldTo),
    tally,
    verdict: verdictOf(tally),
    events,
    signs,
    found: tally.failures,
    rules: (...verdicts) =>
      tally.rules.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id),
  };
}

/** What a failure shows, for a comparison with another one. */
export const shown = (failure: Failure): Json => ({ ...failure });
