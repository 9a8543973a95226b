import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../python/call.ts';
import { Str, str } from '../python/text.ts';
import { tallyOf, type RuleResult, type Tally } from './books.ts';
import type { Event, Failure, RuleLine, Shard } from './events.ts';
import { features, type Feature } from './features.ts';
import { merge, MergeError, type NamedStream } from './merge.ts';
import { format as jsonl } from './reports/formats/jsonl.ts';
import {
  callOf,
  end,
  failure,
  known,
  law,
  problem,
  rules,
  ruleLine,
  start,
  subject as greeting,
  unsteady,
  written,
} from './reports/testing.ts';
import { readStream } from './stream.ts';
import { check, returning, subject, supporting, type Asking, type Checking, type Wrong } from './testing.ts';
import { fails, verdictOf } from './verdict.ts';

const named = (streams: ReadonlyArray<readonly Event[]>): NamedStream[] =>
  streams.map((events, i) => ({ name: `${i + 1}.jsonl`, events }));
const merged = (...streams: ReadonlyArray<readonly Event[]>): Event[] => merge(named(streams));
const partsOf = (of: number): Shard[] => Array.from({ length: of }, (_, i) => ({ index: i + 1, of }));

/** The result of a run, without its time and duration. */
const cameTo = (events: readonly Event[]): Omit<Tally, 'seconds'> => {
  const { seconds: _, ...tally } = tallyOf(events);
  return { ...tally, start: { ...tally.start, at: '' }, declined: tally.declined.toSorted() };
};

/** The same, but without the rules to which failures are attributed, as a shard sees only a part of them. */
function cameNearlyTo(events: readonly Event[]): object {
  const { failures: _, scores: _scores, rules: all, chapters, open, ...tally } = cameTo(events);
  const judged = (own: readonly RuleResult[]): object[] =>
    own.map(({ verdict, ...rule }) => ({
      ...rule,
      verdict: ['pass', 'fail', 'suspect'].includes(verdict) ? 'judged' : verdict,
    }));
  return {
    ...tally,
    rules: judged(all),
    chapters: chapters.map((chapter) => ({ ...chapter, rules: judged(chapter.rules) })),
    open: open.filter((reason) => reason !== 'something failed that is about no selected rule'),
    isWrong: !['conformant'].includes(verdictOf(tallyOf(events))),
  };
}

/** Checks that a merged run has the faults of its parts: one failure for each rule, with the total that it explains. */
function expectJoined(joined: readonly Event[], parts: ReadonlyArray<readonly Event[]>): void {
  const failuresOf = (events: readonly Event[]): Failure[] =>
    events.filter((event) => event.type === 'failure');
  const all = failuresOf(joined);
  const own = parts.flatMap(failuresOf);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  expect(all.map(({ rule }) => rule).toSorted()).toEqual(
    [...new Set(own.map(({ rule }) => rule))].toSorted(),
  );
  const failed = sum(parts.map((part) => failuresOf(part)[0]?.of ?? 0));
  for (const one of all) {
    const same = own.filter(({ rule }) => rule === one.rule);
    expect(same.map(({ calls }) => calls)).toContainEqual(one.calls);
    expect([one.of, one.broken]).toEqual([failed, same.some(({ broken }) => broken)]);
    const leading = own.filter(({ rule, fault }) => rule === one.fault && fault === rule);
    expect([one.rule, one.explains]).toEqual([one.rule, sum(leading.map(({ explains }) => explains))]);
    const touched = all.filter(({ rule, fault }) => rule !== fault && fault === one.rule);
    expect(one.touches).toEqual(touched.map(({ rule }) => rule));
  }
}

const pathOf = ({ args: [path] }: Call): string => (path instanceof Str ? path.units : '');
const firstDot: Wrong = (call, right) =>
  right.kind === 'return' && /[^./]\.[^/]*\.[^/]*$/.test(pathOf(call))
    ? { ...right, value: str("it's cut.pyc") }
    : right;
/** Only the comparison with the reference detects this, and only where two chapters interact. */
const twoSlashes: Wrong = (call, right) =>
  right.kind === 'return' &&
  call.kwargs.some(([name]) => name === 'optimization') &&
  pathOf(call).includes('//')
    ? { ...right, value: str('__pycache__/a.pyc') }
    : right;
const echo: Wrong = ({ args: [path = null] }) => ({ kind: 'return', value: path, warnings: [] });
const skipping: Wrong = (call, right) =>
  pathOf(call).startsWith('/') ? { kind: 'skipped', reason: 'no roots here' } : right;
const crashing: Wrong = (call, right) =>
  pathOf(call).includes('..')
    ? { kind: 'lost', why: 'crash', text: 'The adapter ended with exit code 1.', stderr: '' }
    : right;
const without = (...lacking: readonly Feature[]): (() => Asking) => {
  const supports = features.filter((feature) => !lacking.includes(feature));
  return () => subject(undefined, supporting(supports, { optimize: 0n }));
};

const subjects: ReadonlyArray<readonly [name: string, open: () => Asking]> = [
  ['the reference', () => subject()],
  ['one without warnings, prefix and objects', without('warnings', 'pycache_prefix', 'objects', 'optimize')],
  ['one with little', () => subject(undefined, supporting(['optimization', 'cache_tag'], { optimize: 0n }))],
  ['one that skips', () => subject(skipping)],
];
const wrongSubjects: ReadonlyArray<readonly [name: string, open: () => Asking]> = [
  ['one that cuts at the first dot', () => subject(firstDot)],
  ['one that is wrong where two chapters meet', () => subject(twoSlashes)],
  ['a constant', () => subject(returning('__pycache__/a.pyc'))],
  ['an echo', () => subject(echo)],
  [
    'one that skips and is wrong',
    () => subject((call, right) => skipping(call, firstDot(call, right) as typeof right)),
  ],
];

describe('the shards of a run, merged, come to what the run in one piece comes to:', () => {
  const shardsOf = (open: () => Asking, of: number, checking: Checking): Promise<Array<readonly Event[]>> =>
    Promise.all(partsOf(of).map(async (shard) => (await check(open(), { ...checking, shard })).events));

  test.each(subjects)('%s', async (_, open) => {
    const short: Checking = { selection: { level: 'documented' }, runs: 5, seed: 3 };
    const { events: whole } = await check(open(), short);
    expect(cameTo(merged(whole))).toEqual(cameTo(whole));
    for (const of of [1, 3, 7]) {
      expect(cameTo(merged(...(await shardsOf(open, of, short))))).toEqual(cameTo(whole));
    }
  });

  test.each(wrongSubjects)('%s, whose faults are those of all shards', async (_, open) => {
    const short: Checking = { selection: { chapter: 'path' }, runs: 5, seed: 3 };
    const { events: whole } = await check(open(), short);
    expect(cameTo(merged(whole))).toEqual(cameTo(whole));
    for (const of of [1, 3]) {
      const shards = await shardsOf(open, of, short);
      const joined = merged(...shards);
      expect(cameNearlyTo(joined)).toEqual(cameNearlyTo(whole));
      expectJoined(joined, shards);
    }
  });

  test.each([...subjects.slice(1, 2), ...wrongSubjects.slice(1, 2)])(
    '%s, where each property has several batches',
    async (_, open) => {
      const long: Checking = { selection: { rule: 'path-*d*', chapter: 'path' }, runs: 200, seed: 8 };
      const { events: whole } = await check(open(), long);
      expect(cameNearlyTo(merged(...(await shardsOf(open, 2, long))))).toEqual(cameNearlyTo(whole));
    },
  );

  test('one that is wrong in one thing, about all rules', async () => {
    const open = (): Asking => subject(firstDot);
    const { events: whole } = await check(open(), { seed: 5 });
    const shards = await shardsOf(open, 3, { seed: 5 });
    const joined = merged(...shards);
    expect(tallyOf(joined).failures).toMatchObject([
      {
        rule: 'path-last-dot-ends-the-name',
        broken: true,
        calls: [{ args: [expect.stringMatching(/^a\.\.(py)?$/)] }],
      },
    ]);
    expect({ ...cameTo(joined), failures: [] }).toEqual({ ...cameTo(whole), failures: [] });
    expectJoined(joined, shards);
  });

  test('one that crashes, but that each shard shows calls of its own', async () => {
    const open = (): Asking => subject(crashing);
    const path: Checking = { selection: { chapter: 'path' }, seed: 3 };
    const { events: whole } = await check(open(), path);
    for (const of of [2, 3, 7]) {
      const joined = merged(...(await shardsOf(open, of, path)));
      expect({ ...cameTo(joined), problems: [] }).toEqual({ ...cameTo(whole), problems: [] });
      expect(verdictOf(tallyOf(joined))).toBe('adapter');
    }
  });

  test('in whatever order they are given, and a stream that can be read and merged again', async () => {
    const shards = await shardsOf(() => subject(firstDot), 5, {
      selection: { chapter: 'path' },
      seed: 4,
    });
    const joined = merged(...shards);
    fc.assert(
      fc.property(fc.shuffledSubarray(shards, { minLength: 5 }), (shuffled) => {
        expect(merged(...shuffled)).toEqual(joined);
      }),
    );
    expect(readStream(written(jsonl, joined))).toEqual(joined);
    expect(merged(joined)).toEqual(joined);
  });

  test('cut anywhere, or missing, they leave the run incomplete, and pass no rule that is not seen through', async () => {
    for (const wrong of [undefined, firstDot]) {
      const { events: whole } = await check(subject(wrong), { selection: { chapter: 'path' }, seed: 4 });
      const verdicts = new Map(tallyOf(whole).rules.map(({ id, verdict }) => [id, verdict]));
      const shards = await shardsOf(() => subject(wrong), 3, { selection: { chapter: 'path' }, seed: 4 });
      const cuts = shards.map(({ length }) => fc.nat({ max: length }));
      fc.assert(
        fc.property(fc.tuple(...cuts), (kept) => {
          const parts = shards
            .map((events, i) => events.slice(0, kept[i]))
            .filter(({ length }) => length > 0);
          fc.pre(parts.length > 0 && kept.some((length, i) => length < shards[i]!.length));
          const tally = tallyOf(merged(...parts));
          expect(verdictOf(tally)).toBe(tally.rules.some(fails) ? 'broken' : 'incomplete');
          expect(tally.open).not.toEqual([]);
          expect(tally.planned).toBeLessThanOrEqual(tallyOf(whole).planned);
          const isCutBeforeFailures = parts.some((events) => events.at(-1)!.type !== 'end');
          for (const { id, verdict } of tally.rules) {
            const possible = isCutBeforeFailures
              ? ['pass', verdicts.get(id), 'not run']
              : [verdicts.get(id), 'not run'];
            expect(possible).toContain(verdict);
          }
        }),
        {
          numRuns: 300,
          examples: [[shards.map(({ length }, i) => (i === 1 ? 0 : length)) as [number, number, number]]],
        },
      );
    }
  });
});

const inShard = (index: number, of: number, ...events: readonly Event[]): Event[] => [
  start({ shard: { index, of } }),
  ...events,
];
const [first, second, third] = rules as [(typeof rules)[0], (typeof rules)[0], (typeof rules)[0]];
const works = rules.map((rule) => law(rule));

describe('merged', () => {
  test('shards begin with the first of them, and take as long as all together', () => {
    const at = ['2026-01-02T03:00:00.000Z', '2026-01-02T04:30:00.000+02:00', '2026-01-02T04:00:00.000Z'];
    const [head, , tail] = [1, 2, 3].map((index) => [
      start({ shard: { index, of: 3 }, at: at[index - 1]!, command: [`machine ${index}`] }),
      greeting(),
      ...works,
      end({ seconds: index }),
    ]);
    const middle = [
      start({ shard: { index: 2, of: 3 }, at: at[1]! }),
      greeting(),
      ...works,
      end({ seconds: 2 }),
    ];
    const joined = merged(tail!, middle, head!);
    expect(joined[0]).toEqual(start({ at: at[1]!, command: ['machine 1'] }));
    expect(joined.at(-1)).toEqual(end({ seconds: 6 }));
    expect(tallyOf(joined).answered).toBe(3 * 30);
  });

  const shard = (index: number, ...failures: readonly Event[]): Event[] =>
    inShard(index, 2, greeting(), ...works, ...failures, end());
  const both = (one: readonly Event[], other: readonly Event[]): Array<readonly Event[]> =>
    [merged(shard(1, ...one), shard(2, ...other)), merged(shard(1, ...other), shard(2, ...one))].map(
      (events) => events.filter(({ type }) => type === 'failure'),
    );
  const fault = (rule: RuleLine, changes: Partial<Failure> = {}): Failure =>
    failure(rule, { fault: rule.id, explains: 1, of: 1, touches: [], ...changes });

  test('a rule has the simplest failure of all shards, and all the calls that it explains', () => {
    const long = fault(first, { calls: [callOf('/aa.py')], explains: 3, of: 4 });
    const short = fault(first, { explains: 5, of: 7 });
    for (const failures of both([long], [short])) {
      expect(failures).toEqual([{ ...short, explains: 8, of: 11 }]);
    }
  });

  test('the fault that explains most comes first, each with what it touches', () => {
    const one = [fault(first, { explains: 6, of: 9, touches: [second.id] })];
    const touched = fault(second, { explains: 6, of: 9, fault: first.id });
    const other = [fault(third, { explains: 8, of: 9 })];
    for (const failures of both([...one, touched], other)) {
      const shared = { of: 18 };
      expect(failures).toEqual([
        { ...other[0], ...shared },
        { ...one[0], ...shared },
        { ...touched, ...shared },
      ]);
    }
  });

  test('what one shard has for a fault, and another for touched, is a fault', () => {
    const touching = [
      fault(first, { explains: 2, of: 2, touches: [second.id] }),
      fault(second, { explains: 2, of: 2, fault: first.id }),
    ];
    const own = fault(second, { calls: [callOf('/longer.py')], explains: 1, of: 1 });
    for (const failures of both(touching, [own])) {
      expect(failures).toEqual([
        { ...touching[0], of: 3, touches: [] },
        { ...own, of: 3 },
      ]);
    }
  });

  test('a rule that is broken in one shard is broken, and one to look at in all of them is that', () => {
    const suspect = fault(first, { broken: false });
    for (const [failing, verdict] of [
      [fault(first, { broken: true }), 'fail'],
      [suspect, 'suspect'],
    ] as const) {
      const parts = [shard(1, suspect), shard(2, failing)];
      expect(tallyOf(merged(...parts)).rules[0]!.verdict).toBe(verdict);
    }
  });

  test('a failure that is steady in one shard is steady', () => {
    const flaky = fault(first, { flaky: true });
    const steady = fault(first, { calls: [callOf('/longer.py')] });
    for (const failures of both([flaky], [steady])) {
      expect(failures).toEqual([{ ...steady, explains: 2, of: 2 }]);
    }
    for (const failures of both([flaky], [flaky])) {
      expect(failures).toEqual([{ ...flaky, explains: 2, of: 2 }]);
    }
  });

  test('the same call that fails in two ways is unsteady', () => {
    const here = fault(first);
    const there = fault(second, { outcomes: [{ return: '/other.pyc' }] });
    for (const [one, other] of [
      [here, there],
      [there, here],
    ] as const) {
      const { unsteady: told } = tallyOf(merged(shard(1, one), shard(2, other)));
      expect(told).toEqual([
        {
          type: 'unsteady',
          rule: second.id,
          property: there.property,
          call: here.calls[0],
          outcomes: [{ return: '/other.pyc' }, { return: '/wrong.pyc' }],
          known: null,
        },
      ]);
    }
    expect(tallyOf(merged(shard(1, here), shard(2, here))).unsteady).toEqual([]);
  });

  test('what the list of known failures said of a part is dropped', () => {
    const excused = known({ excused: [{ rule: first.id, kind: 'bug', reason: 'x', issue: null }] });
    const joined = merged([start(), greeting(), ...works, excused, end()]);
    expect(tallyOf(joined).known).toBe(undefined);
  });

  test('what is unsteady is told once for each rule', () => {
    const shards = [1, 2].map((index) =>
      inShard(
        index,
        2,
        greeting(),
        ...works,
        unsteady(first),
        unsteady(second, { property: `${index}` }),
        end(),
      ),
    );
    expect(tallyOf(merged(...shards)).unsteady).toEqual([
      unsteady(first),
      unsteady(second, { property: '1' }),
    ]);
  });

  test('a problem that all shards have is told once, and those of each of them all', () => {
    const own = (index: number): Event =>
      problem({ why: 'timeout', text: `No answer in ${index} s.`, rule: first.id, stderr: `${index}` });
    const shards = [1, 2].map((index) =>
      inShard(index, 2, greeting(), problem({ stderr: `${index}` }), own(index), ...works, end()),
    );
    expect(tallyOf(merged(...shards)).problems).toEqual([problem({ stderr: '1' }), own(1), own(2)]);
  });

  test('a law of which nothing can be asked lacks a feature once', () => {
    const lacking = law(third, { inputs: 0, judged: 0, planned: 0, answered: 0, leftOut: { warnings: 1 } });
    const left = law(second, { leftOut: { objects: 2 } });
    const shards = [1, 2].map((index) => inShard(index, 2, greeting(), law(first), left, lacking, end()));
    expect(tallyOf(merged(...shards)).leftOut).toEqual({ warnings: 1, objects: 4 });
  });
});

describe('shards that differ in the examples that each of them asks are told of:', () => {
  const examples = law(first, { kind: 'example', property: `examples of ${first.id}` });
  const failing = failure(first, { property: examples.property });
  const shard = (index: number, ...events: readonly Event[]): Event[] =>
    inShard(index, 2, greeting(), ...events, ...works, end());

  test('one that fails alike in all is broken', () => {
    const tally = tallyOf(merged(shard(1, examples, failing), shard(2, examples, failing)));
    expect(tally.rules[0]!.verdict).toBe('fail');
    expect(tally.answered).toBe(10 + 2 * 30);
    expect(tally.unsteady).toEqual([]);
  });

  test('one that fails in a shard, and was not asked to the end in the other, fails', () => {
    const lost = law(first, { ...examples, answered: 9, lost: { crash: 1 } });
    const others = [inShard(2, 2, greeting(), examples), shard(2, lost), shard(2)];
    for (const other of others) {
      expect(tallyOf(merged(shard(1, examples, failing), other)).rules[0]!.verdict).toBe('fail');
    }
  });

  test('one that is answered in one shard and declined in the other is a problem', () => {
    const declined = law(first, {
      ...examples,
      judged: 9,
      answered: 9,
      lost: { skipped: 1 },
      reasons: { tired: 1 },
      declined: { [first.id]: 1 },
    });
    for (const parts of [
      [shard(1, examples), shard(2, declined)],
      [shard(1, declined), shard(2, examples)],
    ]) {
      const tally = tallyOf(merged(...parts));
      expect(verdictOf(tally)).toBe('adapter');
      expect(tally.problems[0]!.text).toMatch(
        /^Each shard asks the examples of path-first, and the adapter declined /,
      );
      expect(tally.lost).toEqual({ skipped: 1 });
    }
    const crashed = law(first, { ...examples, judged: 9, answered: 9, lost: { crash: 1 } });
    expect(tallyOf(merged(shard(1, examples), shard(2, crashed))).problems).toEqual([]);
  });
});

describe('why a merged run is incomplete:', () => {
  const whole = (index: number, of: number, stopped: string | null = null): Event[] =>
    inShard(index, of, greeting(), ...works, end({ stopped }));
  const reason = (...parts: ReadonlyArray<readonly Event[]>): string | undefined =>
    tallyOf(merged(...parts)).open[0];

  test('shards are missing', () => {
    expect(reason(whole(1, 3), whole(3, 3))).toBe('shard 2/3 is missing');
    expect(reason(whole(2, 4))).toBe('shards 1/4, 3/4, 4/4 are missing');
    expect(reason(whole(20, 20))).toMatch(/^shards 1\/20, 2\/20, .*, 10\/20 and 9 more are missing$/);
  });

  test('a shard was interrupted, or cut', () => {
    const cut = whole(2, 3).slice(0, -1);
    expect(reason(whole(1, 3), cut, whole(3, 3))).toBe('shard 2/3: its report has no end');
    expect(reason(whole(1, 3, 'it was interrupted (SIGINT)'), cut)).toBe(
      'shard 3/3 is missing; shard 1/3: it was interrupted (SIGINT); shard 2/3: its report has no end',
    );
    expect(reason(whole(1, 3), whole(2, 3, 'x'), whole(3, 3, 'x'))).toBe('shards 2/3, 3/3: x');
  });

  test('what stopped all of them stopped the run', () => {
    expect(reason(whole(1, 2, 'it was too old'), whole(2, 2, 'it was too old'))).toBe('it was too old');
  });

  test('a law that a missing shard may have seen to does not pass', () => {
    const tally = tallyOf(merged(whole(1, 2)));
    expect(tally.rules.map(({ verdict }) => verdict)).toEqual(rules.map(() => 'not run'));
    expect(tally.answered).toBe(30);
  });

  test('a law that a shard was cut before does not pass', () => {
    const parts = [whole(1, 2), inShard(2, 2, greeting(), law(first))];
    expect(tallyOf(merged(...parts)).rules.map(({ verdict }) => verdict)).toEqual([
      'pass',
      'not run',
      'not run',
    ]);
  });

  test('a subject that never said hello failed in all shards', () => {
    const silent = (index: number): Event[] =>
      inShard(index, 2, problem(), end({ stopped: 'the adapter did not say hello as it should' }));
    const tally = tallyOf(merged(silent(1), silent(2)));
    expect(tally.subject).toBe(undefined);
    expect(tally.problems).toEqual([problem()]);
    expect(tally.open[0]).toBe('the adapter did not say hello as it should');
    expect(verdictOf(tally)).toBe('adapter');
  });

  test('a subject that said hello in one shard alone', () => {
    const silent = inShard(2, 2, problem(), end({ stopped: 'no hello' }));
    const tally = tallyOf(merged(whole(1, 2), silent));
    expect(tally.subject).toEqual(greeting());
    expect(tally.open[0]).toBe('shard 2/2: no hello');
  });
});

describe('what is not of one run is refused:', () => {
  const shard: Shard = { index: 2, of: 2 };
  const part = inShard(1, 2, greeting(), ...works, end());
  const other = (...events: readonly Event[]): Event[] => [...events, ...works, end()];

  test.each<readonly [name: string, streams: Array<readonly Event[]>, says: string]>([
    ['nothing', [], 'there is nothing to merge'],
    ['a shard twice', [part, part], '1.jsonl and 2.jsonl are both shard 1/2: give each of them once'],
    [
      'a whole run and a shard',
      [part, other(start(), greeting())],
      '2.jsonl is of a whole run, and no shard of one: nothing can be joined to it',
    ],
    ['two whole runs', [other(start()), other(start())], '1.jsonl is of a whole run'],
    [
      'another version',
      [part, other(start({ shard, suite: '1.2.4' }))],
      'the version of the suite ("1.2.3" and "1.2.4")',
    ],
    ['another seed', [part, other(start({ shard, seed: 43 }))], 'the seed (42 and 43)'],
    ['other runs', [part, other(start({ shard, runs: 1 }))], 'the number of runs (100 and 1)'],
    [
      'another selection',
      [part, other(start({ shard, selection: { chapter: 'path' } }))],
      'the selection ({} and {"chapter":"path"})',
    ],
    [
      'held to another release',
      [part, other(start({ shard, heldTo: '3.12.0' }))],
      'they differ in the release that was asked for (null and "3.12.0")',
    ],
    [
      'other rules',
      [part, other(start({ shard, rules: [ruleLine('path-other')] }))],
      'they differ in the rules',
    ],
    [
      'another division',
      [part, other(start({ shard: { index: 2, of: 3 } }))],
      'the number of shards (2 and 3)',
    ],
    [
      'several of these',
      [part, other(start({ shard, seed: 43, runs: 1 }))],
      '1.jsonl and 2.jsonl are not of one run: they differ in the seed (42 and 43), in the number of runs (100 and 1)',
    ],
    ...(
      [
        [
          'implementation',
          { implementation: { name: 'x', version: '1' } },
          'the implementation ({"name":"cpython"',
        ],
        ['Python', { python: '3.12.0' }, 'the Python that it claims ("3.13.0" and "3.12.0")'],
        ['platform', { platform: 'win32' }, 'the platform ("posix" and "win32")'],
        [
          'features',
          { supports: ['cache_tag'] },
          'the features that it supports (["cache_tag","optimization"] and ["cache_tag"])',
        ],
        ['fixed', { fixed: { optimize: 1 } }, 'what it cannot set ({"optimize":0} and {"optimize":1})'],
        ['target', { target: '3.12.0' }, 'the release that it is held to'],
        ['inapplicable', { inapplicable: [first.id] }, 'the rules that apply to it'],
      ] as const
    ).map(([name, changes, says]): readonly [string, Array<readonly Event[]>, string] => [
      `another subject: ${name}`,
      [part, other(start({ shard }), greeting(changes))],
      says,
    ]),
  ])('%s', (_, streams, says) => {
    let error: unknown;
    try {
      merged(...streams);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(MergeError);
    expect((error as MergeError).message).toContain(says);
    expect((error as MergeError).message).not.toMatch(/\.$/);
  });

  test('features in another order are the same features', () => {
    const turned = greeting({ supports: greeting().supports.toReversed() });
    expect(() => merged(part, other(start({ shard }), turned))).not.toThrow();
  });
});
