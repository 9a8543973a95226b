/* For the tests: runs of a suite with few rules, described by the result of each rule. */
import type { Outcome } from '../../python/call.ts';
import { parseCall } from '../../python/source.ts';
import { str } from '../../python/text.ts';
import { tallyOf, type RuleVerdict, type Tally } from '../books.ts';
import { decodeCall, decodeOutcome, encodeCall, encodeOutcome, type Json } from '../codec.ts';
import { format, type Event, type Failure, type Known, type Shard } from '../events.ts';
import { law } from '../reports/testing.ts';
import { excusesOf } from './excuses.ts';
import type { KnownFailures } from './file.ts';
import { verdictOf, type Verdict } from '../verdict.ts';

/**
 * `unsteady` is flaky without a counterexample. `declined` means that the adapter reported every call as unsupported.
 */
export type Way = RuleVerdict | 'unsteady' | 'declined' | 'not selected';
export const ways: readonly Way[] = [
  'pass',
  'fail',
  'suspect',
  'flaky',
  'unsteady',
  'crash',
  'timeout',
  'protocol',
  'error',
  'skipped',
  'unsupported',
  'declined',
  'not run',
  'outside',
  'inapplicable',
  'not selected',
];

export const raises = (type: string, message: string): Outcome => ({
  kind: 'raise',
  type,
  message: str(message),
});

/** The result of a rule; if it fails, the call and its outcome. */
export type Story = { readonly way: Way; readonly call?: string; readonly got?: Outcome };
export type Stories = Readonly<Record<string, Way | Story>>;

export type Ran = {
  readonly events: readonly Event[];
  readonly tally: Tally;
  readonly allRules: readonly string[];
  /** The verdict of the run, with these known failures. */
  readonly verdict: (known?: Known) => Verdict;
  /** The tally of the run, with these known failures. */
  readonly told: (known: Known) => Tally;
};

export function ran(stories: Stories, shard: Shard | null = null): Ran {
  const all = Object.entries(stories).map(([id, told]): readonly [string, Story] => [
    id,
    typeof told === 'string' ? { way: told } : told,
  ]);
  const idsOf = (way: Way): string[] => all.filter(([, told]) => told.way === way).map(([id]) => id);
  const selected = all.filter(([, { way }]) => way !== 'not selected');
  const events: Event[] = [
    {
      type: 'start',
      format,
      suite: '0.0.0',
      at: '2026-01-01T00:00:00Z',
      command: ['subject'],
      seed: 1,
      runs: 10,
      selection: {},
      domain: null,
      shard,
      excuses: [],
      chapters: [{ name: '1-call', title: 'Calls' }],
      rules: selected.map(([id], i) => ({
        id,
        chapter: '1-call',
        level: i % 2 === 0 ? 'documented' : 'observed',
        quirk: false,
        statement: id,
      })),
    },
    {
      type: 'subject',
      implementation: { name: 'subject', version: '1' },
      python: '3.12.1',
      platform: 'posix',
      functions: ['cache_from_source'],
      supports: [],
      fixed: {},
      target: '3.12.1',
      inapplicable: idsOf('inapplicable'),
      domain: null,
      outside: idsOf('outside'),
    },
    ...selected.flatMap(([id, told], place) => eventsOf(id, told, place)),
  ];
  const told = (known?: Known): Tally =>
    tallyOf([
      ...events,
      ...(known === undefined ? [] : [known]),
      { type: 'end', seconds: 1, stopped: null } as const,
    ]);
  return {
    events,
    tally: tallyOf(events),
    allRules: all.map(([id]) => id),
    verdict: (known) => verdictOf(told(known)),
    told,
  };
}

/** The tally as if the run had been made with a list. */
export function under(tally: Tally, list: Pick<KnownFailures, 'entries'>): Tally {
  const { entries, entryOf } = excusesOf(list);
  const nameOf = (call: Json, outcomes: readonly Json[]): string | null =>
    outcomes.map((outcome) => entryOf(decodeCall(call), decodeOutcome(outcome))).find(Boolean) ?? null;
  return {
    ...tally,
    start: { ...tally.start, excuses: entries },
    failures: tally.failures.map((one) => ({
      ...one,
      known: nameOf(one.calls[one.failed]!, [one.outcomes[one.failed]!]),
    })),
    unsteady: tally.unsteady.map((one) => ({ ...one, known: nameOf(one.call, one.outcomes) })),
  };
}

function eventsOf(rule: string, { way, call, got }: Story, place: number): Event[] {
  const work = law({ id: rule, chapter: '1-call' }, { place });
  const asked = calling(call ?? `cache_from_source('${rule}.py')`);
  const came = encodeOutcome(got ?? { kind: 'return', value: str(`wrong ${rule}`) });
  const failure: Failure = {
    type: 'failure',
    rule,
    broken: way !== 'suspect',
    fault: rule,
    explains: 1,
    of: 1,
    touches: [],
    parts: ['stem'],
    property: rule,
    chapter: '1-call',
    calls: [calling("cache_from_source('first.py')"), asked],
    outcomes: [encodeOutcome({ kind: 'return', value: str('right') }), came],
    failed: 1,
    expected: ["'right'"],
    whatever: [],
    flaky: way === 'flaky',
    known: null,
  };
  const none = { ...work, judged: 0, answered: 0 };
  switch (way) {
    case 'pass':
      return [work];
    case 'fail':
    case 'suspect':
    case 'flaky':
      return [work, failure];
    case 'unsteady':
      return [
        work,
        {
          type: 'unsteady',
          rule,
          property: rule,
          call: asked,
          outcomes: [encodeOutcome({ kind: 'return', value: str('right') }), came],
          known: null,
        },
      ];
    case 'crash':
    case 'timeout':
    case 'protocol':
    case 'error':
      return [
        { ...work, judged: 9, answered: 9, lost: { [way]: 1 } },
        { type: 'problem', why: way, text: 'it failed', call: asked, rule, stderr: '' },
      ];
    case 'skipped':
      return [
        {
          ...work,
          judged: 8,
          answered: 8,
          lost: { skipped: 2 },
          reasons: { 'too slow': 2 },
          declined: { [rule]: 2 },
        },
      ];
    case 'declined':
      return [{ ...none, lost: { unsupported: 10 }, declined: { [rule]: 10 } }];
    case 'unsupported':
      return [{ ...none, planned: 0, leftOut: { path_like: 10 } }];
    case 'not run':
      return [{ ...none, lost: { 'not run': 10 } }];
    case 'outside':
    case 'inapplicable':
    case 'not selected':
      return [];
  }
}

function calling(source: string): Json {
  const { args, kwargs } = parseCall(source);
  const state = { cacheTag: str('cpython-312'), optimize: 0n, pycachePrefix: null, cwd: str('/') };
  return encodeCall({ state, args, kwargs });
}
