import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tallyOf } from '../../books.ts';
import type { Event } from '../../events.ts';
import { pageOf } from '../../package.ts';
import { exitCodes, verdictOf } from '../../verdict.ts';
import {
  anyRun,
  callOf,
  end,
  failure,
  known,
  law,
  ruleLine,
  rules,
  run,
  start,
  subject,
  unsteady,
  written,
} from '../testing.ts';
import { format } from './json.ts';

const [first, second, third] = rules as [(typeof rules)[0], (typeof rules)[0], (typeof rules)[0]];

type Summary = {
  readonly [key: string]: unknown;
  readonly faults: unknown[];
  readonly rules: ReadonlyArray<{
    readonly [key: string]: unknown;
    readonly id: string;
    readonly counterexamples: unknown[];
  }>;
};
const summary = (events: readonly Event[]): Summary => JSON.parse(written(format, events)) as Summary;

test('it is one object, and says what the events come to', () => {
  fc.assert(
    fc.property(anyRun, (events) => {
      const tally = tallyOf(events);
      const verdict = verdictOf(tally);
      expect(summary(events)).toMatchObject({
        suite: '1.2.3',
        verdict,
        exitCode: exitCodes[verdict],
        complete: tally.open.length === 0,
        open: tally.open,
        calls: { planned: tally.planned, answered: tally.answered, lost: tally.lost },
        scores: tally.scores,
        problems: tally.problems,
        known: tally.known ?? null,
        rules: tally.rules.map(({ id, verdict }) => ({ id, verdict, page: pageOf(id) })),
      });
    }),
  );
});

test('it tells the scope, and each rule with what is known and shown of it', () => {
  const events = run(
    start({ selection: { level: 'observed' }, shard: { index: 1, of: 2 } }),
    failure(first),
    unsteady(second),
    known({ excused: [{ rule: first.id, kind: 'bug', reason: 'later', issue: null }] }),
    law(third, { judged: 0, answered: 0, lost: { 'not run': 10 } }),
    end({ stopped: 'interrupted' }),
  );
  const told = summary(events);
  expect(told['scope']).toEqual({
    text: 'Python 3.13.0, posix: 3 rules of cache_from_source (level observed, shard 1/2)',
    python: '3.13.0',
    heldTo: null,
    platform: 'posix',
    selection: { level: 'observed' },
    shard: { index: 1, of: 2 },
    seed: 42,
    runs: 100,
    domain: null,
  });
  const held = summary(run(start({ heldTo: '3.14.1' }), subject({ python: '3.14.0', target: '3.14.1' })));
  expect(held).toMatchObject({
    scope: {
      text: 'posix, held to 3.14.1, as asked; it claims 3.14.0: 3 rules of cache_from_source',
      python: '3.14.1',
      heldTo: '3.14.1',
    },
    subject: { python: '3.14.0' },
  });
  expect(told['open']).toContain('interrupted');
  expect(
    told.rules.map(({ id, level, quirk, verdict, excuse }) => [id, level, quirk, verdict, excuse]),
  ).toEqual([
    [
      'path-first',
      'documented',
      false,
      'fail',
      { rule: 'path-first', kind: 'bug', reason: 'later', issue: null },
    ],
    ['path-second', 'observed', true, 'flaky', null],
    ['tag-only', 'observed', false, 'not run', null],
  ]);
  expect(told.rules[0]!.counterexamples).toEqual([
    {
      ...failure(first),
      text: [
        "call      cache_from_source('/a.py')  # cache_tag='cpython-313', optimize=0",
        "expected  '__pycache__/a.cpython-313.pyc'",
        "got       '/wrong.pyc'",
        '           ^',
      ],
    },
  ]);
  expect(told.rules[1]!['unsteady']).toHaveLength(1);
});

test('it tells each fault, with the call as Python has it and what the fault touches', () => {
  const told = summary(
    run(
      failure(first, {
        parts: ['stem', 'tag'],
        calls: [callOf('a.py'), callOf('b.py')],
        outcomes: [{ return: 'x' }, { raise: 'ValueError', message: 'no', warnings: [{ category: 'W' }] }],
        failed: 1,
        whatever: ['tag'],
        touches: [second.id],
      }),
      failure(second, { fault: first.id }),
      failure(third, { broken: false }),
      known({ excused: [{ rule: third.id, kind: 'bug', reason: 'later', issue: null }] }),
    ),
  );
  expect(told.faults).toEqual([
    {
      rule: 'path-first',
      level: 'documented',
      broken: true,
      flaky: false,
      call: "cache_from_source('b.py')  # cache_tag='cpython-313', optimize=0",
      calls: [callOf('a.py'), callOf('b.py')],
      expected: ["'__pycache__/a.cpython-313.pyc'"],
      got: ['warns W', 'raises ValueError: no'],
      parts: ['stem', 'tag'],
      whatever: ['tag'],
      explains: 4,
      of: 10,
      touches: ['path-second'],
      known: null,
      page: pageOf('path-first'),
    },
    expect.objectContaining({ rule: 'tag-only', level: 'observed', broken: false, touches: [] }),
  ]);
  expect(summary(run()).faults).toEqual([]);
  const long = Array.from({ length: 2000 }, (_, i) => String(i)).join(' ');
  const [whole] = summary(run(failure(first, { outcomes: [{ return: long }] }))).faults;
  expect(whole).toMatchObject({ got: [`'${long}'`] });
});

test('a fault of no selected rule has no level', () => {
  expect(summary(run(failure(ruleLine('path-other')))).faults).toMatchObject([
    { rule: 'path-other', level: null },
  ]);
});
