/* For the tests of reports: runs written by hand, and random runs. */
import fc from 'fast-check';
import { parts } from '../../../properties/parts.ts';
import type { Json } from '../codec.ts';
import {
  format,
  mishaps,
  type End,
  type Event,
  type Failure,
  type Greeting,
  type Known,
  type Loss,
  type Problem,
  type RuleLine,
  type Start,
  type Unsteady,
  type Work,
} from '../events.ts';
import { aspects } from '../blame/variations.ts';
import type { Format } from './format.ts';

export const ruleLine = (id: string, changes: Partial<RuleLine> = {}): RuleLine => ({
  id,
  chapter: '2-path',
  level: 'observed',
  quirk: false,
  statement: `**Of ${id}.** What it says of [it](2-path.md), as in \`a.py\`.`,
  ...changes,
});

export const rules: readonly RuleLine[] = [
  ruleLine('path-first', { level: 'documented' }),
  ruleLine('path-second', { quirk: true }),
  ruleLine('tag-only', { chapter: '3-cache-tag' }),
];

export const start = (changes: Partial<Start> = {}): Start => ({
  type: 'start',
  format,
  suite: '1.2.3',
  at: '2026-01-02T03:04:05.678Z',
  command: ['node', 'adapter.js'],
  seed: 42,
  runs: 100,
  selection: {},
  domain: null,
  shard: null,
  excuses: [],
  chapters: [
    { name: '2-path', title: 'The path' },
    { name: '3-cache-tag', title: 'The cache tag' },
  ],
  rules,
  ...changes,
});

export const subject = (changes: Partial<Greeting> = {}): Greeting => ({
  type: 'subject',
  implementation: { name: 'cpython', version: '3.13.0' },
  python: '3.13.0',
  platform: 'posix',
  functions: ['cache_from_source'],
  supports: ['optimization', 'cache_tag'],
  fixed: { optimize: 0 },
  target: '3.13.0',
  inapplicable: [],
  domain: null,
  outside: [],
  ...changes,
});

/** The law of a rule whose ten calls were all answered. */
export const law = (
  { id, chapter }: Pick<RuleLine, 'id' | 'chapter'>,
  changes: Partial<Work> = {},
): Work => ({
  type: 'work',
  property: id,
  place: 0,
  kind: 'law',
  chapter,
  rule: id,
  inputs: 10,
  judged: 10,
  planned: 10,
  answered: 10,
  lost: {},
  reasons: {},
  declined: {},
  leftOut: {},
  ...changes,
});

export const callOf = (path: Json): Json => ({
  env: { cache_tag: 'cpython-313', optimize: 0, pycache_prefix: null, cwd: '/w' },
  args: [path],
});

/** A broken rule with a fault of its own. */
export const failure = (rule: RuleLine, changes: Partial<Failure> = {}): Failure => ({
  type: 'failure',
  rule: rule.id,
  broken: true,
  fault: rule.id,
  parts: ['directory'],
  property: rule.id,
  chapter: rule.chapter,
  calls: [callOf('/a.py')],
  outcomes: [{ return: '/wrong.pyc' }],
  failed: 0,
  expected: ["'__pycache__/a.cpython-313.pyc'"],
  whatever: [],
  explains: 4,
  of: 10,
  touches: [],
  flaky: false,
  known: null,
  ...changes,
});

export const unsteady = (rule: RuleLine, changes: Partial<Unsteady> = {}): Unsteady => ({
  type: 'unsteady',
  rule: rule.id,
  property: rule.id,
  call: callOf('b.py'),
  outcomes: [{ return: 'one.pyc' }, { raise: 'ValueError', message: 'two' }],
  known: null,
  ...changes,
});

export const problem = (changes: Partial<Problem> = {}): Problem => ({
  type: 'problem',
  why: 'crash',
  text: 'The adapter exited with code 3. Run it by hand.',
  call: null,
  rule: null,
  stderr: '',
  ...changes,
});

export const known = (changes: Partial<Known> = {}): Known => ({
  type: 'known',
  file: 'known-failures.txt',
  entries: [],
  excused: [],
  stale: [],
  ...changes,
});

export const end = (changes: Partial<End> = {}): End => ({
  type: 'end',
  seconds: 1.25,
  stopped: null,
  ...changes,
});

/** A run in which all rules pass, with some changes. An event replaces the usual one of its kind, or is added. */
export function run(...changes: readonly Event[]): Event[] {
  const usual = [start(), subject(), ...rules.map((rule) => law(rule)), end()];
  const keyOf = (event: Event): string => (event.type === 'work' ? event.property : event.type);
  const changed = new Map(changes.map((event) => [keyOf(event), event]));
  const events = usual.map((event) => changed.get(keyOf(event)) ?? event);
  events.splice(-1, 0, ...changes.filter((event) => !events.includes(event)));
  return events;
}

/** The text that a format writes for some events. */
export function written(format: Format, events: readonly Event[]): string {
  let text = '';
  const add = format.report((more) => {
    text += more;
  });
  events.forEach(add);
  return text;
}

/**
 * Texts that may break a report: special characters of XML, Markdown and terminals, and code points that are not
 * characters.
 */
export const hostileTexts: readonly string[] = [
  'a | b',
  '` `` ``` ````` `',
  '</text></failure>]]><script>alert(1)</script>&amp;&#0;',
  'one\ntwo\r\nthree\n\n# four\n\n- five',
  '\0\u0001\u001b[31m\u007f\u0085\u2028\uFFFE\uFFFF',
  '\ud800 alone, \udc00\ud800',
  '**bold** _i_ [link](http://example.org) ![image](x) <b>tag</b> @name #1 \\| \\',
  '"quotes" \'both\'',
  '😀 \u{10FFFF} \u202e',
];

const hostile = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(fc.constantFrom(...hostileTexts)).map((texts) => texts.join('')),
);
const value = hostile.map((text): Json => ({ str: [...text].map((one) => one.codePointAt(0)!) }));
const outcome = fc.oneof(
  value.map((one): Json => ({ return: one })),
  value.map((one): Json => ({ raise: 'ValueError', message: one })),
  fc.constant(null),
);
const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(one, { nil: undefined, freq: 2 });
const seldom = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(one, { maxLength: 3 }) },
  );

const drawnRules = fc
  .uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z]{1,8}-[a-z]{1,8}$/),
      chapter: fc.constantFrom('2-path', '3-cache-tag'),
      level: fc.constantFrom('documented' as const, 'observed' as const),
      quirk: fc.boolean(),
      statement: hostile,
    }),
    { selector: ({ id }) => id, maxLength: 6 },
  )
  .map((lines) => lines satisfies RuleLine[]);

function lawOf(rule: RuleLine): fc.Arbitrary<Work[]> {
  const lost = (why: Loss): Work => law(rule, { judged: 0, answered: 0, lost: { [why]: 10 } });
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Work[]>([law(rule)]) },
    {
      weight: 1,
      arbitrary: fc.oneof(
        fc.constant<Work[]>([]),
        fc.constant<Work[]>([lost('not run')]),
        fc.constant<Work[]>([lost('crash')]),
        fc.constant<Work[]>([law(rule, { planned: 11 })]),
        fc.constant<Work[]>([law(rule, { judged: 0, answered: 0, planned: 0, leftOut: { warnings: 10 } })]),
        hostile.map((reason): Work[] => [
          { ...lost('skipped'), reasons: { [reason]: 10 }, declined: { [rule.id]: 10 } },
        ]),
      ),
    },
  );
}

function failuresOf(rule: RuleLine, ids: readonly string[]): fc.Arbitrary<Event[]> {
  return seldom(
    fc.oneof(
      fc
        .record({
          calls: fc.array(value.map(callOf), { minLength: 1, maxLength: 9 }),
          which: fc.nat(),
          flaky: fc.boolean(),
          broken: fc.boolean(),
          fault: fc.oneof(fc.constant(rule.id), fc.constantFrom('of-another-run', ...ids)),
          parts: fc.subarray([...parts], { minLength: 1 }),
          whatever: fc.oneof(fc.subarray([...aspects]), fc.array(hostile, { maxLength: 2 })),
          touches: fc.oneof(fc.subarray([...ids]), fc.array(hostile, { maxLength: 9 })),
          expected: fc.array(hostile, { minLength: 1, maxLength: 3 }),
          outcome,
        })
        .map(({ which, outcome, ...drawn }) =>
          failure(rule, {
            ...drawn,
            failed: which % drawn.calls.length,
            outcomes: drawn.calls.map(() => outcome),
          }),
        ),
      fc.tuple(outcome, outcome).map((outcomes) => unsteady(rule, { outcomes })),
    ),
  );
}

/** A random run with any verdicts, and with hostile texts wherever a text comes from outside. */
export const anyRun: fc.Arbitrary<Event[]> = drawnRules.chain((rules) =>
  fc
    .record({
      works: fc.tuple(...rules.map(lawOf)),
      failures: fc.tuple(
        ...rules.map((rule) =>
          failuresOf(
            rule,
            rules.map(({ id }) => id),
          ),
        ),
      ),
      problems: seldom(
        fc.record({
          why: fc.constantFrom(...mishaps),
          text: hostile,
          stderr: hostile,
          call: fc.oneof(fc.constant(null), value.map(callOf), hostile),
          rule: fc.constantFrom(null, 'of-another-run', ...rules.map(({ id }) => id)),
        }),
      ),
      excused: fc.subarray(rules.map(({ id }) => id)),
      list: fc.boolean(),
      stale: seldom(fc.record({ entry: hostile, line: fc.nat(), why: hostile })),
      text: hostile,
      greeting: fc.option(
        fc.subarray(
          rules.map(({ id }) => id),
          { maxLength: Math.min(1, rules.length) },
        ),
        { nil: undefined, freq: 20 },
      ),
      shard: some(fc.constant({ index: 2, of: 4 })),
      stopped: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hostile }),
    })
    .map(({ works, failures, problems, excused, list, stale, text, greeting, shard, stopped }) => [
      start({ rules, command: [text], shard: shard ?? null, selection: list ? { chapter: text } : {} }),
      ...(greeting === undefined
        ? []
        : [subject({ implementation: { name: text, version: '1' }, inapplicable: greeting })]),
      ...works.flat(),
      ...failures.flat(),
      ...problems.map((one) => problem(one)),
      ...(list
        ? [
            known({
              file: text,
              excused: excused.map((rule) => ({ rule, kind: 'bug', reason: text, issue: text })),
              stale,
            }),
          ]
        : []),
      end({ stopped }),
    ]),
);
