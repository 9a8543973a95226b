import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tallyOf } from '../books.ts';
import type { Json } from '../codec.ts';
import type { Event, Failure } from '../events.ts';
import { verdictOf } from '../verdict.ts';
import { faultsOf } from './faults.ts';
import {
  anyRun,
  callOf,
  end,
  failure,
  hostileTexts,
  known,
  law,
  problem,
  ruleLine,
  rules,
  run,
  start,
  subject,
  unsteady,
} from './testing.ts';
import {
  answerLines,
  callLine,
  completenessOf,
  count,
  counterexampleLines,
  excuseText,
  faultLines,
  grouped,
  inOneLine,
  problemLines,
  scopeOf,
  shortened,
  subjectOf,
  uncheckedText,
  unsteadyLines,
  verdictLine,
  visible,
} from './wording.ts';

const [first, second, third] = rules as [(typeof rules)[0], (typeof rules)[0], (typeof rules)[0]];
const tally = (...changes: readonly Event[]): ReturnType<typeof tallyOf> => tallyOf(run(...changes));

test('numbers are grouped, and nouns follow them', () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([count(1, 'rule'), count(2000, 'rule'), count(2, 'entry', 'entries')]).toEqual([
    '1 rule',
    '2,000 rules',
    '2 entries',
  ]);
});

describe('text that may hold anything', () => {
  test('is shown with escapes for what does not show', () => {
    expect(visible('a\n\tb\r\0\u001b\u0085\u202e\ud800\uFFFE\u{E0001}')).toBe(
      String.raw`a${'\n\t'}b\r\x00\x1b\x85\u202e\ud800\ufffe\U000e0001`,
    );
    expect(inOneLine('a\n\tb')).toBe(String.raw`a\n\tb`);
    expect(visible('ß 😀 |`<')).toBe('ß 😀 |`<');
  });

  test('is shortened between characters, with its length', () => {
    expect(shortened('x'.repeat(1000))).toBe('x'.repeat(1000));
    expect(shortened('x'.repeat(1001))).toBe(`${'x'.repeat(1000)}… (1,001 characters)`);
    expect(shortened('a😀b', 2)).toBe('a… (4 characters)');
  });

  test('is well-formed in every line, whatever it was', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const one = tallyOf(events);
        const lines = [
          verdictLine(one),
          scopeOf(one),
          subjectOf(one),
          completenessOf(one),
          ...one.failures.flatMap((failure) => counterexampleLines(failure)),
          ...faultsOf(one).flatMap((fault) => faultLines(fault)),
          ...one.unsteady.flatMap((failure) => unsteadyLines(failure)),
          ...one.problems.flatMap((failure) => problemLines(failure)),
        ];
        for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }),
    );
  });
});

describe('a call and its answer', () => {
  test('stand in Python’s notation', () => {
    expect(callLine(callOf({ str: [0x61, 0xd800] }))).toBe(
      String.raw`cache_from_source('a\ud800')  # cache_tag='cpython-313', optimize=0`,
    );
    expect(
      answerLines({ raise: 'ValueError', message: 'x', warnings: [{ category: 'DeprecationWarning' }] }),
    ).toEqual(['warns DeprecationWarning', 'raises ValueError: x']);
    expect(answerLines({ skipped: 'too\nlong' })).toEqual([String.raw`skipped: too\nlong`]);
    expect(answerLines(null)).toEqual(['no answer']);
  });

  test('are shown as they are where they do not follow the encoding', () => {
    expect(callLine({ args: 1 })).toBe('{"args":1}');
    expect(answerLines({ give: 1 })).toEqual(['{"give":1}']);
  });

  test('of a counterexample have a label each', () => {
    expect(counterexampleLines(failure(first))).toEqual([
      "call      cache_from_source('/a.py')  # cache_tag='cpython-313', optimize=0",
      "expected  '__pycache__/a.cpython-313.pyc'",
      "got       '/wrong.pyc'",
      '           ^',
    ]);
  });

  describe('have a caret', () => {
    const message = (text: string): Json => ({ raise: 'ValueError', message: text });
    const compared = (expected: string, got: Json): string[] =>
      counterexampleLines(failure(first, { expected: [expected], outcomes: [got] })).slice(1);

    test.each<[why: string, expected: string, got: Json, caret: string | undefined]>([
      ['below the first difference', "'ab'", { return: 'ac' }, '  ^'],
      ['where one of them ends', 'raises ValueError: ab', message('a'), '                    ^'],
      [
        'by the columns of a terminal',
        'raises ValueError: 宽é😀a',
        message('宽é😀b'),
        '                        ^',
      ],
      [
        'below what a mark is put upon',
        'raises ValueError: ae',
        message('ae\u0301'),
        '                    ^',
      ],
      ['below a whole character', 'raises ValueError: a😀', message('a😁'), '                    ^'],
      ['behind what is escaped', 'raises ValueError: \0a', message('\0b'), '                       ^'],
      ['not where nothing before it is the same', "'a'", message('a'), undefined],
      ['not where nothing that is shown differs', "'a'", { return: 'a' }, undefined],
    ])('%s', (_, expected, got, caret) => {
      expect(compared(expected, got).slice(2)).toEqual(caret === undefined ? [] : [`          ${caret}`]);
    });

    test('that is in sight where both are long', () => {
      const long = 'xyz'.repeat(400);
      const one = failure(first, {
        expected: [`raises ValueError: ${long}a${long}`],
        outcomes: [message(`${long}b${long}`)],
      });
      const [expected, got, caret] = counterexampleLines(one, { answer: 40 }).slice(1);
      expect(expected).toMatch(/^expected {2}….{20}a.{19}… \(2,420 characters\)$/);
      expect(got).toMatch(/^got {7}….{20}b.{19}… \(2,420 characters\)$/);
      expect(got![caret!.indexOf('^')]).toBe('b');
    });
  });

  test('begin with the same warning, which is told once', () => {
    const warnings = [{ category: 'W', message: 'old' }];
    const one = failure(first, {
      expected: ['warns W: old', "'ab'"],
      outcomes: [{ return: 'ac', warnings }],
    });
    expect(counterexampleLines(one).slice(1)).toEqual([
      'both      warns W: old',
      "expected  'ab'",
      "got       'ac'",
      '            ^',
    ]);
    expect(counterexampleLines({ ...one, outcomes: [{ return: 'ab', warnings }] }).slice(1)).toEqual([
      'both      warns W: old',
      "expected  'ab'",
      "got       'ab'",
    ]);
    expect(counterexampleLines({ ...one, outcomes: [{ return: 'ab', warnings: [] }] }).slice(1)).toEqual([
      'expected  warns W: old',
      "          'ab'",
      "got       'ab'",
    ]);
    expect(counterexampleLines(one, { lines: 4 }).slice(1)).toEqual([
      "expected  warns W: old; 'ab'",
      "got       warns W: old; 'ac'",
      '                          ^',
    ]);
  });

  test('of several are numbered, and the one that went wrong is marked', () => {
    const lines = counterexampleLines(
      failure(first, {
        calls: [callOf('a.py'), callOf('b.py')],
        outcomes: [{ return: 'a' }, { return: 'b' }],
        failed: 1,
        expected: ['one', 'two'],
        flaky: true,
      }),
    );
    expect(lines.map((line) => line.slice(0, 12).trimEnd())).toEqual([
      'call 1    ca',
      "          'a",
      'call 2*   ca',
      'expected  on',
      '          tw',
      "got       'b",
      'It failed on',
    ]);
  });

  test('of several are those next to the one that went wrong, where not all fit', () => {
    const one = failure(first, {
      calls: Array.from({ length: 9 }, (_, i) => callOf(`${i + 1}.py`)),
      outcomes: Array.from({ length: 9 }, () => ({ return: 'a' })),
      failed: 5,
      expected: ["'b'"],
    });
    const labels = (lines: number): string[] =>
      counterexampleLines(one, { lines }).map((line) => line.replace(/cache_from_source.*/, '').trim());
    const answers = ["expected  'b'", "got       'a'", '^'];
    expect(labels(7)).toEqual(['… 6 more calls', 'call 5', 'call 6*', 'call 7', ...answers]);
    expect(labels(4)).toEqual(['call 6*', ...answers]);
    expect(labels(19)).not.toContain("'a'");
    expect(labels(19)).toHaveLength(12);
    expect(labels(20).filter((line) => line === "'a'")).toHaveLength(8);
  });

  test('are as long as is wanted', () => {
    const long = callOf(Array.from({ length: 300 }, (_, i) => String(i)).join(''));
    const one = failure(first, {
      calls: [long],
      outcomes: [{ return: 'y0'.repeat(20) + 'x1y2'.repeat(40) }],
    });
    expect(counterexampleLines(one)[0]!.length).toBeGreaterThan(800);
    const short = counterexampleLines(one, { call: 50, answer: 20 });
    expect(short.map((line) => line.length).every((length) => length < 90)).toBe(true);
    expect(short[0]).toMatch(/^call {6}cache_from_source\('01.*….*optimize=0 \(\d+ characters\)$/);
  });

  test('are told apart though one has a character and the other its escape', () => {
    const one = failure(first, {
      calls: [callOf('a.py')],
      outcomes: [{ raise: 'ValueError', message: "'\n' is not alphanumeric" }],
      expected: [String.raw`raises ValueError: '\n' is not alphanumeric`],
    });
    expect(counterexampleLines(one).slice(1)).toEqual([
      String.raw`expected  raises ValueError: '\\n' is not alphanumeric`,
      String.raw`got       raises ValueError: '\n' is not alphanumeric`,
      `${' '.repeat(31)}^`,
    ]);
  });

  test('of an unsteady subject are two answers', () => {
    expect(unsteadyLines(unsteady(first)).slice(1)).toEqual([
      "first     'one.pyc'",
      'then      raises ValueError: two',
      'The same call was answered in two ways: the subject is not deterministic.',
    ]);
  });

  test('of a problem stand below what is to be done', () => {
    expect(problemLines(problem({ text: 'It fell over.', call: callOf('a.py'), stderr: 'x\ny\n' }))).toEqual([
      'It fell over.',
      "call      cache_from_source('a.py')  # cache_tag='cpython-313', optimize=0",
      'stderr    x',
      '          y',
    ]);
    expect(problemLines(problem({ text: 'It fell over.' }))).toEqual(['It fell over.']);
  });
});

describe('below a counterexample', () => {
  const lines = (changes: Partial<Failure>, touches: readonly string[] = [], widest?: number): string[] =>
    faultLines({ failure: failure(first, changes), touches }, widest);

  test('stand what plays no part, how much it explains and what it touches', () => {
    expect(lines({ whatever: ['tag', 'level', 'working directory'] }, ['a', 'b'])).toEqual([
      'whatever  the tag, the level and the working directory',
      'explains  4 of 10 failing calls',
      'touches   a, b',
    ]);
    expect(lines({ whatever: ['prefix'], explains: 1, of: 1 })).toEqual([
      'whatever  the prefix',
      'explains  1 of 1 failing call',
    ]);
  });

  test('stands of which fault it is, where that is not told', () => {
    expect(lines({ fault: 'path-other' }).slice(1)).toEqual(['fault     of path-other']);
    expect(lines({ fault: 'path-other' }, ['a', 'b']).slice(1)).toEqual([
      'fault     of path-other; it also touches a, b',
    ]);
  });

  test('are as many of the touched rules as fit', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `path-${i}`);
    expect(lines({}, ids, 35)[1]).toBe('touches   path-0, path-1, path-2 and 9 more');
    expect(lines({}, ids, 1)[1]).toBe('touches   path-0 and 11 more');
    expect(lines({}, ids)[1]).toMatch(/path-10, path-11$/);
  });
});

describe('the scope', () => {
  test.each<[string, readonly Event[]]>([
    ['Python 3.13.0, posix: 3 rules of cache_from_source', []],
    [
      'Python 3.99.0 held to 3.15.0, posix: 3 rules of cache_from_source',
      [subject({ python: '3.99.0', target: '3.15.0' })],
    ],
    [
      'posix, held to 3.14.1, as asked; it claims 3.14.0: 3 rules of cache_from_source',
      [start({ heldTo: '3.14.1' }), subject({ python: '3.14.0', target: '3.14.1' })],
    ],
    ['Python 3.13.0, posix: 3 rules of cache_from_source', [start({ heldTo: '3.13.0' })]],
    ['Python 3.13.0, posix: 2 rules of cache_from_source', [subject({ inapplicable: [first.id] })]],
    [
      'Python 3.13.0, posix: 3 rules of cache_from_source (chapter path, level observed, shard 2/4)',
      [start({ selection: { chapter: 'path', level: 'observed' }, shard: { index: 2, of: 4 } })],
    ],
  ])('is %s', (said, changes) => {
    expect(scopeOf(tally(...changes))).toBe(said);
  });

  test.each<[string, readonly string[]]>([
    ['2 rules of source_from_cache', ['10-source-from-cache', '10-source-from-cache']],
    ['2 rules of cache_from_source', ['2-path', '9-windows']],
    ['2 rules of cache_from_source and source_from_cache', ['10-source-from-cache', '2-path']],
    ['0 rules of cache_from_source and source_from_cache', []],
  ])('names those functions whose rules are among them: %s', (said, chapters) => {
    const lines = chapters.map((chapter, i) => ruleLine(`a-rule-${i}`, { chapter }));
    const both = subject({ functions: ['cache_from_source', 'source_from_cache'] });
    const one = tallyOf([start({ rules: lines }), both, ...lines.map((line) => law(line)), end()]);
    expect(scopeOf(one)).toBe(`Python 3.13.0, posix: ${said}`);
  });

  test('is of an unknown Python when the subject said nothing', () => {
    const one = tallyOf([start(), problem(), end()]);
    expect(scopeOf(one)).toBe('an unknown Python: 3 rules');
    expect(subjectOf(one)).toContain('unknown');
  });
});

describe('the line that ends a report', () => {
  const excused = known({
    excused: [{ rule: first.id, kind: 'bug', reason: 'later', issue: null }],
    stale: [],
  });
  const stale = known({ stale: [{ entry: 'x', line: 3, why: 'it passes' }] });
  test.each<[string, readonly Event[]]>([
    ['conformant: 3 rules checked, 30 calls in 1.3 s', []],
    [
      'conformant: 2 of 3 rules checked, 20 calls in 1.3 s',
      [law(third, { judged: 0, planned: 0, answered: 0, leftOut: { warnings: 10 } })],
    ],
    ['conformant but for 1 known failure: 3 rules checked, 30 calls in 1.3 s', [failure(first), excused]],
    ['not conformant: 1 of 3 rules broken, 30 calls in 1.3 s', [failure(first)]],
    ['not conformant: 1 of 3 rules broken, 30 calls in 1.3 s', [failure(first), stale]],
    [
      'not conformant: 1 of 3 rules broken, 1 known failure beside, 30 calls in 1.3 s',
      [failure(first), failure(second), excused],
    ],
    [
      'not conformant: no single rule is broken, 1 fault, 30 calls in 1.3 s',
      [failure(first, { broken: false })],
    ],
    [
      'not conformant: no single rule is broken, 1 fault, 1 known failure beside, 30 calls in 1.3 s',
      [failure(first, { broken: false }), failure(second, { broken: false }), excused],
    ],
    [
      'not conformant: 1 of 3 rules broken, 1 suspected, 30 calls in 1.3 s',
      [failure(first, { broken: false }), failure(second)],
    ],
    [
      'not conformant: no single rule is broken, 1 fault; incomplete: interrupted, 30 calls in 1.3 s',
      [failure(first, { broken: false }), end({ stopped: 'interrupted' })],
    ],
    [
      'conformant but for 1 known failure: 3 rules checked, 30 calls in 1.3 s',
      [failure(first, { broken: false }), excused],
    ],
    ['incomplete: interrupted; 30 calls in 1.3 s', [end({ stopped: 'interrupted' })]],
    [
      'not conformant: 1 of 3 rules broken; incomplete: interrupted, 30 calls in 1.3 s',
      [failure(first), end({ stopped: 'interrupted' })],
    ],
    ['the adapter failed: It fell over.', [problem({ text: 'It fell over.' })]],
    ['the adapter failed: One. (and 1 more failure)', [problem({ text: 'One.' }), problem({ text: 'Two.' })]],
    [
      'the list of known failures is stale: 1 entry of known-failures.txt is no longer true, 30 calls in 1.3 s',
      [stale],
    ],
  ])('is: %s', (said, changes) => {
    expect(verdictLine(tally(...changes))).toBe(said);
  });

  test('says conformant of a conformant run alone', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const one = tallyOf(events);
        expect(verdictLine(one).startsWith('conformant')).toBe(verdictOf(one) === 'conformant');
      }),
    );
  });
});

test('a rule that was not checked has a reason', () => {
  const [lacking, declined, silent] = [
    law(first, { judged: 0, planned: 0, answered: 0, leftOut: { warnings: 10 } }),
    law(second, {
      judged: 0,
      answered: 0,
      lost: { skipped: 10 },
      reasons: { 'no time': 10 },
      declined: { [second.id]: 10 },
    }),
    law(third, { judged: 0, answered: 0, lost: { 'not run': 10 } }),
  ];
  const one = tally(lacking, declined, silent);
  expect(one.rules.map(uncheckedText)).toEqual([
    'unsupported: the subject does not support warnings',
    'skipped: the adapter declined calls about this rule: no time',
    'not run: no call about this rule was made',
  ]);
});

test('a known failure has its kind, its reason and its issue', () => {
  const excuse = { rule: 'x', kind: 'bug', reason: 'to do', issue: 'tracker 7' };
  expect(excuseText(excuse)).toBe('known failure (bug): to do, tracker 7');
  expect(excuseText({ ...excuse, issue: null })).toBe('known failure (bug): to do');
});

test('the texts of these tests are hostile', () => {
  expect(hostileTexts.some((text) => visible(text) !== text)).toBe(true);
});
