import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, Failure, Sign } from '../events.ts';
import { aspects } from '../blame/variations.ts';
import { terminalReport } from './terminal.ts';
import {
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

const [first, second, third] = rules;

type Printed = { readonly out: string; readonly err: string };

function printed(
  events: ReadonlyArray<Event | Sign>,
  { color = false, isTTY = false }: { color?: boolean; isTTY?: boolean } = {},
): Printed {
  let [out, err] = ['', ''];
  const report = terminalReport(
    { out: { write: (text) => (out += text) }, err: { write: (text) => (err += text), isTTY }, color },
    ({ rule: id }) => `again ${id}`,
  );
  events.forEach(report);
  return { out, err };
}

/** The output for a run in which all rules pass, except for these changes. */
const outOf = (...changes: readonly Event[]): string => printed(run(...changes)).out;
/** The lines about one rule, joined into one. */
const about = (text: string, id: string): string =>
  text
    .slice(text.indexOf(`${id}  `))
    .split('\n\n')[0]!
    .replaceAll(/\s+/g, ' ');

describe('a report for a person', () => {
  test('begins with who is checked and how, and the seed', () => {
    expect(outOf().split('\n').slice(0, 3)).toEqual([
      'cpython 3.13.0 (Python 3.13.0, posix)',
      '  node adapter.js',
      'pycache-spec 1.2.3: 3 rules of cache_from_source, 100 runs per property, seed 42',
    ]);
    expect(outOf(start({ shard: { index: 2, of: 3 } })).split('\n')[2]).toMatch(/seed 42, shard 2 of 3$/);
  });

  test('says when the subject is newer than the specification', () => {
    const newer = subject({ python: '3.99.0', target: '3.15.0' });
    expect(outOf(newer).split('\n')[2]).toBe(
      '  Python 3.99.0 is newer than the newest release specified: it is held to 3.15.0.',
    );
    expect(outOf()).not.toContain('is held to');
  });

  test('says that the subject is held to another release than it claims', () => {
    const older = subject({ python: '3.14.0', target: '3.14.1' });
    expect(
      outOf(start({ heldTo: '3.14.1' }), older)
        .split('\n')
        .slice(0, 3),
    ).toEqual([
      'cpython 3.13.0 (Python 3.14.0, posix)',
      '  node adapter.js',
      '  It is held to 3.14.1, as asked; it claims 3.14.0.',
    ]);
    expect(outOf(start({ heldTo: '3.13.0' }))).not.toContain('is held to');
  });

  test('of a conformant subject has a line for each chapter and one to end', () => {
    const text = outOf();
    expect(text).toMatch(/^ {2}2 path +2 rules +20 calls +pass$/m);
    expect(text).toMatch(/^conformant: 3 rules checked, 30 calls in 1\.3 s$/m);
  });

  test('has lines for the chapters in which something fails, and one for the others', () => {
    const chapters = (...changes: readonly Event[]): string[] =>
      outOf(...changes)
        .split('\n')
        .filter((line) => /^ {2}(?!node)[a-z\d]/.test(line))
        .map((line) => line.trim().replaceAll(/ {2,}/g, '  '));
    expect(chapters(failure(first!))).toEqual([
      '2 path  2 rules  20 calls  FAIL, 1 rule broken',
      '1 other chapter  1 rule  10 calls  pass',
    ]);
    expect(chapters(failure(first!), failure(second!, { broken: false }))[0]).toMatch(
      /FAIL, 1 rule broken, 1 suspected$/,
    );
    expect(chapters(failure(first!, { broken: false }))[0]).toMatch(/FAIL, 1 rule suspected$/);
    expect(chapters(failure(first!), failure(third!))).toHaveLength(2);
    const lacking = { inputs: 5, judged: 0, planned: 0, answered: 0, leftOut: { objects: 5 } };
    expect(chapters(failure(first!), law(third!, lacking))[1]).toBe(
      '1 other chapter  1 rule  0 calls  not checked',
    );
    const excused = known({ excused: [{ rule: first!.id, kind: 'bug', reason: 'later', issue: null }] });
    expect(chapters(failure(first!), failure(third!), law(second!, lacking), excused)[1]).toBe(
      '1 other chapter  2 rules  10 calls  pass, but for 1 known failure and 1 rule not checked',
    );
    const many = ['a-one', 'b-two', 'c-three', 'd-four'].map((id, i) =>
      ruleLine(id, { chapter: `${i + 1}-${id[0]!}` }),
    );
    const named = many.map(({ chapter }) => ({ name: chapter, title: chapter }));
    const all = [start({ rules: many, chapters: named }), subject(), ...many.map((rule) => law(rule))];
    const others = (...changes: readonly Event[]): string =>
      /^ {2}\d other .*$/m
        .exec(printed([...all, failure(many[0]!), ...changes, end()]).out)![0]
        .trim()
        .replaceAll(/ {2,}/g, '  ');
    expect(others()).toBe('3 other chapters  3 rules  30 calls  pass');
    all[3] = law(many[1]!, lacking);
    expect(others()).toBe('3 other chapters  3 rules  20 calls  1 not checked; 2 pass');
    all[4] = law(many[2]!, lacking);
    expect(others()).toBe('3 other chapters  3 rules  10 calls  2 not checked; 1 pass');
  });

  test('has a block for a fault: rule, statement, call, both answers, what plays no part, how much, how to see it again', () => {
    const text = outOf(
      failure(first!, {
        whatever: ['tag', 'level', 'working directory'],
        explains: 1234,
        of: 5678,
        touches: [second!.id],
      }),
      failure(second!, { fault: first!.id, calls: [callOf('touched.py')] }),
    );
    expect(text.split('\n\n').slice(2, -1).join('\n\n').split('\n')).toEqual([
      'path-first  documented, spec/2-path.md',
      '  Of path-first. What it says of it, as in `a.py`.',
      "    call      cache_from_source('/a.py')  # cache_tag='cpython-313', optimize=0",
      "    expected  '__pycache__/a.cpython-313.pyc'",
      "    got       '/wrong.pyc'",
      '               ^',
      '    whatever  the tag, the level and the working directory',
      '    explains  1,234 of 5,678 failing calls',
      '    touches   path-second',
      '    again     again path-first',
    ]);
    expect(text.split('\n').slice(-3)).toEqual([
      'broken: path-first, path-second',
      'not conformant: 2 of 3 rules broken, 30 calls in 1.3 s',
      '',
    ]);
  });

  test('has nothing of what a fault does not have', () => {
    const told = about(outOf(failure(first!)), first!.id);
    expect(told).not.toMatch(/whatever|touches|likeliest|not deterministic/);
  });

  test('says of a rule that is not broken that it is the likeliest, and calls none broken', () => {
    const text = outOf(failure(first!, { broken: false }));
    expect(about(text, first!.id)).toContain(
      'as in `a.py`. Plainer calls agree with this statement; it is the likeliest one to look at. call',
    );
    expect(text).not.toMatch(/^broken: /m);
    expect(text).toMatch(/^not conformant: no single rule is broken, 1 fault, 30 calls in 1\.3 s$/m);
  });

  test('has the faults in their order', () => {
    const text = outOf(failure(second!), failure(first!));
    expect(text.indexOf(`\n${second!.id}  `)).toBeLessThan(text.indexOf(`\n${first!.id}  `));
  });

  test('of a fault that is known or not selected shows the first rule that it touches and that is neither', () => {
    const group = [
      failure(first!, { touches: [second!.id, third!.id], explains: 3, of: 3 }),
      failure(second!, { fault: first!.id, explains: 3, of: 3 }),
      failure(third!, { fault: first!.id, explains: 3, of: 3 }),
    ];
    const excused = known({ excused: [{ rule: first!.id, kind: 'bug', reason: 'later', issue: null }] });
    const text = outOf(...group, excused);
    expect(text).not.toMatch(/^path-first {2}/m);
    expect(about(text, second!.id)).toContain(
      'explains 3 of 3 failing calls fault of path-first; it also touches tag-only again',
    );
    expect(text).toMatch(/^broken: path-second, tag-only$/m);
    expect(about(outOf(failure(first!, { fault: 'path-other' })), first!.id)).toContain(
      'fault of path-other again',
    );
  });

  test('marks the call that went wrong among several, and shows the outcomes of the others', () => {
    const text = outOf(
      failure(first!, {
        calls: [callOf('a/b.py'), callOf('c.py')],
        outcomes: [{ return: 'first.pyc' }, { raise: 'ValueError', message: 'no' }],
        failed: 1,
      }),
    );
    expect(text).toMatch(/^ +call 1 +cache_from_source\('a\/b\.py'\) .*\n +'first\.pyc'$/m);
    expect(text).toMatch(/^ +call 2\* +cache_from_source\('c\.py'\)/m);
    expect(text).toMatch(/^ +got +raises ValueError: no$/m);
  });

  test('says of a failure that did not come again that the subject is not deterministic', () => {
    expect(outOf(failure(first!, { flaky: true }))).toContain('the subject is not deterministic');
  });

  test('shows both answers to a call that was answered in two ways', () => {
    const told = about(outOf(unsteady(first!)), first!.id);
    expect(told).toMatch(
      /call cache_from_source\('b\.py'\) # .* first 'one\.pyc' then raises ValueError: two The same call was answered in two ways/,
    );
  });

  test('shows some of many rules of which a call was answered in two ways, and counts the rest', () => {
    const many = Array.from({ length: 5 }, (_, i) => ruleLine(`path-${'abcde'[i]!}`));
    const laws = many.map((rule) => law(rule));
    const text = printed([
      start({ rules: many }),
      subject(),
      ...laws,
      ...many.map((rule) => unsteady(rule)),
      end(),
    ]).out;
    expect(text.match(/^path-[a-e] {2}/gm)).toHaveLength(3);
    expect(text).toContain('… and 2 more rules with a call that was answered in two ways.');
    expect(text).toMatch(/^broken: path-a, path-b, path-c, path-d, path-e$/m);
  });

  test('counts the rules that are not checked, and names the features that are missing', () => {
    const lacking = (leftOut: object) => ({ inputs: 5, judged: 0, planned: 0, answered: 0, leftOut });
    const text = outOf(law(second!, lacking({ objects: 5 })), law(third!, lacking({ messages: 1 })));
    expect(text).toMatch(/pass, 1 not checked$/m);
    expect(text).toMatch(/^ {2}3 cache-tag .* not checked$/m);
    expect(text).toMatch(/^2 rules are not checked: the subject does not support messages, objects\.$/m);
    expect(text).toMatch(/^conformant: 1 of 3 rules checked/m);
  });

  test('counts the rules that are about other releases', () => {
    expect(outOf(subject({ inapplicable: [third!.id] }))).toMatch(
      /^1 selected rule applies only to other releases, platforms or functions\.$/m,
    );
  });

  test('gives the reasons for which calls were declined', () => {
    const text = outOf(
      law(first!, {
        answered: 8,
        lost: { skipped: 2 },
        reasons: { 'too slow': 2 },
        declined: { [first!.id]: 2 },
      }),
    );
    expect(text).toMatch(/^The adapter declined 2 calls: too slow$/m);
    expect(text).toMatch(/^incomplete: the adapter declined calls of one rule; 28 calls in 1\.3 s$/m);
    expect(text).not.toMatch(/^(not )?conformant/m);
  });

  test('says how the adapter failed, at which call, and that the others were answered', () => {
    const text = outOf(problem({ rule: first!.id, call: callOf('b.py'), stderr: 'last words' }));
    expect(text).toMatch(
      /^adapter: crash, asked for path-first\n {4}The adapter exited with code 3\. Run it by hand\.\n {4}call {6}cache_from_source\('b\.py'\)/m,
    );
    // No message is shown twice.
    expect(text.match(/exited with code 3/g)).toHaveLength(1);
    expect(text).toMatch(/^the adapter failed: it ended$/m);
    expect(text).toMatch(/^30 calls were answered\.$/m);
    // stderr was shown when it came.
    expect(text).not.toContain('last words');
    expect(text).not.toMatch(/^conformant/m);
  });

  test('shows some of many failures of the adapter, and counts the rest', () => {
    const many = Array.from({ length: 12 }, (_, i) => problem({ text: `It fell over ${i} times.` }));
    const text = printed([start(), subject(), ...many, end()]).out;
    expect(text.match(/^adapter: crash$/gm)).toHaveLength(4);
    expect(text).toContain('… and 7 more failures of the adapter.');
    expect(text).toMatch(/^the adapter failed: It fell over 0 times\. \(and 11 more failures\)$/m);
    expect(text.match(/It fell over 0 times/g)).toHaveLength(1);
  });

  test('of an adapter that said no hello says how it failed, and nothing of any rule', () => {
    const text = printed([start(), problem({ text: 'It said nothing.' }), end({ stopped: 'no hello' })]).out;
    expect(text).toMatch(/^the adapter failed: It said nothing\.$/m);
    expect(text).not.toContain('2 path');
  });

  test('of a failure under a rule that was not selected says that there was one', () => {
    const stranger = ruleLine('path-other');
    const text = outOf(failure(stranger), unsteady(stranger));
    expect(text).toMatch(/^incomplete: something failed that is about no selected rule; /m);
  });

  test('names what is known to fail, and what is stale in the list', () => {
    const excuse = { rule: first!.id, kind: 'bug', reason: 'it is old', issue: 'https://example.org/1' };
    const text = outOf(failure(first!), known({ excused: [excuse] }));
    expect(text).toMatch(/^ {2}2 path .* pass, 1 known failure$/m);
    expect(text).toMatch(/^path-first fails: known failure \(bug\): it is old, https:\/\/example\.org\/1$/m);
    expect(text).toMatch(/^conformant but for 1 known failure: 3 rules checked/m);
    expect(text).not.toMatch(/^path-first {2}|^broken: /m);
    for (const one of [failure(first!, { broken: false }), unsteady(first!)]) {
      expect(outOf(one, known({ excused: [excuse] }))).toBe(text);
    }
    const stale = [{ entry: 'rule tag-only', line: 7, why: 'it passes: remove the entry' }];
    const staleText = outOf(known({ stale }));
    expect(staleText).toMatch(
      /^stale {2}known-failures\.txt:7: rule tag-only\n {2}it passes: remove the entry$/m,
    );
    expect(staleText).toMatch(/^the list of known failures is stale: /m);
  });

  test('has at most 12 lines for a fault, none of them long, whatever it is', () => {
    const words = (word: string, length: number): string => Array.from({ length }, () => word).join(' ');
    const texts = ['short', words('many', 90), 'x0'.repeat(200), '宽'.repeat(300)];
    const lines = fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 5 });
    const ids = Array.from({ length: 40 }, (_, i) => `path-touched-by-it-${i}`);
    const some = fc.record({
      statement: fc.constantFrom(...texts),
      calls: fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 12 }),
      which: fc.nat(),
      expected: lines,
      warnings: lines,
      whatever: fc.constantFrom([], ['tag'], [...aspects]),
      touches: fc.constantFrom([], ids.slice(0, 1), ids),
      fault: fc.constantFrom(undefined, 'path-not-selected'),
      flaky: fc.boolean(),
      broken: fc.boolean(),
    });
    const lengths = new Set<number>();
    fc.assert(
      fc.property(some, ({ statement, calls, which, warnings, fault, ...drawn }) => {
        const rule = ruleLine('path-first', { statement });
        const outcome = {
          return: warnings[0]!,
          warnings: warnings.slice(1).map((message) => ({ category: 'UserWarning', message })),
        };
        const { out } = printed([
          start({ rules: [rule] }),
          subject(),
          law(rule),
          failure(rule, {
            ...drawn,
            ...(fault === undefined ? {} : { fault }),
            calls: calls.map(callOf),
            outcomes: calls.map(() => outcome),
            failed: which % calls.length,
          }),
          end(),
        ]);
        const block = out.slice(out.indexOf('path-first  ')).split('\n\n')[0]!.split('\n');
        lengths.add(block.length);
        expect(block.length).toBeLessThanOrEqual(12);
        for (const line of block) expect(line.length).toBeLessThan(200);
        for (const shown of [
          /^path-first /,
          /^ {2}\S/,
          /^ {4}call (\d+\*)?/,
          /^ {4}expected/,
          /^ {4}got/,
          /^ {4}explains/,
          /^ {4}again/,
        ]) {
          expect(block.filter((line) => shown.test(line)).length, String(shown)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
    expect(lengths).toContain(12);
  });

  test('lets several calls give way to the statement, and the statement to one call', () => {
    const rule = ruleLine('path-first', { statement: 'word '.repeat(50) });
    const shown = (changes: Partial<Failure>): number[] => {
      const { out } = printed([
        start({ rules: [rule] }),
        subject(),
        law(rule),
        failure(rule, changes),
        end(),
      ]);
      const block = out.slice(out.indexOf('path-first  ')).split('\n\n')[0]!.split('\n');
      return [/^ {2}word/, /^ {4}call/].map((line) => block.filter((one) => line.test(one)).length);
    };
    const calls = Array.from({ length: 9 }, (_, i) => callOf(`${i}.py`));
    const outcomes = calls.map(() => ({ return: '/wrong.pyc' }));
    expect(shown({ calls, outcomes })).toEqual([3, 2]);
    expect(shown({ broken: false, flaky: true, whatever: ['tag'], touches: ['a'] })).toEqual([1, 1]);
  });

  test('has at most 12 lines for a call that was answered in two ways', () => {
    const long = Array.from({ length: 9 }, (_, i) => ({ category: `W${i}` }));
    const text = outOf(
      unsteady(first!, {
        outcomes: [
          { return: 'x', warnings: long },
          { return: 'y', warnings: long },
        ],
      }),
    );
    const block = text.slice(text.indexOf(`${first!.id}  `)).split('\n\n')[0]!;
    expect(block.split('\n').length).toBeLessThanOrEqual(12);
    expect(block).toContain("warns W8; 'y'");
  });

  test.each(hostileTexts)('has no control characters, whatever is in it: %j', (text) => {
    const points = Array.from(text, (one) => one.codePointAt(0)!);
    const out = outOf(
      failure(first!, { calls: [callOf({ str: points })], outcomes: [{ return: { str: points } }] }),
      problem({ text }),
      law(second!, { answered: 9, lost: { skipped: 1 }, reasons: { [text]: 1 }, declined: {} }),
    );
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
  });
});

describe('what an adapter prints to stderr', () => {
  const told = (...texts: readonly string[]): string =>
    printed([start(), subject(), ...texts.map((text): Sign => ({ type: 'stderr', text })), end()]).err;

  test('goes to stderr line by line, each marked as its own', () => {
    expect(told('one\ntwo\n')).toBe('adapter | one\nadapter | two\n');
    expect(told('o', 'ne\nt', 'wo')).toBe('adapter | one\nadapter | two\n');
    expect(told('\n')).toBe('adapter | \n');
  });

  test('is passed on up to a mebibyte', () => {
    const line = `${'x'.repeat(1023)}\n`;
    const err = told(...Array.from({ length: 3000 }, () => line));
    expect(err.length).toBeLessThan(1.1 * 1024 * 1024);
    expect(err).toMatch(/\nadapter \| … it prints more than 1 MiB; the rest is not shown\n$/);
  });
});

describe('colors and progress', () => {
  const events: ReadonlyArray<Event | Sign> = [
    ...run(failure(first!)).slice(0, -1),
    { type: 'stderr', text: 'x\n' },
    end(),
  ];

  test('without color there is no escape code', () => {
    const { out, err } = printed(events);
    expect(out + err).not.toContain('\u001b');
  });

  test('with color there are, and beside them the same text', () => {
    const colored = printed(events, { color: true }).out;
    expect(colored).toContain('\u001b[31m');
    // oxlint-disable-next-line no-control-regex
    expect(colored.replaceAll(/\u001b\[\d+m/g, '')).toBe(printed(events).out);
  });

  test('progress is shown on a terminal alone, and is gone at the end', async () => {
    const running = async (isTTY: boolean): Promise<string> => {
      let err = '';
      const report = terminalReport(
        { out: { write: () => {} }, err: { write: (text) => (err += text), isTTY }, color: false },
        () => '',
      );
      report(start());
      await new Promise((resolve) => setTimeout(resolve, 150));
      report({ type: 'progress', done: 1500, of: 3000, calls: 2345 });
      report(end());
      return err;
    };
    expect(await running(false)).toBe('');
    expect(await running(true)).toBe('\r\u001b[K  2,345 of about 4,700 calls, 1 s left\r\u001b[K');
  });
});
