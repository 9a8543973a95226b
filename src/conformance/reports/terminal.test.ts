import { describe, expect, test } from 'vitest';
import { plainState } from '../../python/interpreter.ts';
import { str } from '../../python/text.ts';
import type { Counterexample, Event, RuleVerdict, Tally } from '../events.ts';
import { chapters, hello, target } from '../testing.ts';
import { terminalReport } from './terminal.ts';

const [first, second] = chapters;
const rule = second!.rules[0]!;

const tallyOf = (verdicts: readonly RuleVerdict[], changes: Partial<Tally> = {}): Tally => ({
  chapters: [
    {
      name: second!.name,
      title: second!.title,
      rules: verdicts.map((verdict, i) => ({ rule: second!.rules[i]!, verdict })),
      calls: 1234,
    },
  ],
  inapplicable: 0,
  planned: 1234,
  answered: 1234,
  skipped: new Map(),
  unsupported: new Map(),
  seconds: 1.25,
  ...changes,
});

const start: Event = {
  type: 'start',
  suite: '1.2.3',
  command: ['node', 'adapter.js'],
  hello,
  target,
  seed: 42,
  runs: 100,
  rules: 2,
};
const end = (verdicts: readonly RuleVerdict[], changes: Partial<Tally> = {}): Event => ({
  type: 'end',
  tally: tallyOf(verdicts, changes),
});

const call = { state: plainState(target.version), args: [str('a/b.py')], kwargs: [] };
const counterexample: Counterexample = {
  rule: rule.id,
  property: rule.id,
  chapter: rule.chapter,
  kind: 'law',
  calls: [call],
  outcomes: [{ kind: 'return', value: str('b.pyc') }],
  failed: 0,
  expected: ["'a/__pycache__/b.cpython-312.pyc'"],
  suspicion: 1,
  flaky: false,
};
const broken = (changes: Partial<Counterexample> = {}): Event => ({
  type: 'broken',
  counterexample: { ...counterexample, ...changes },
});

type Printed = { readonly out: string; readonly err: string };

function printed(
  events: readonly Event[],
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

const lines = (...events: readonly Event[]): string[] => printed(events).out.split('\n');

describe('a report for a person', () => {
  test('begins with who is checked and how, and the seed', () => {
    expect(lines(start).slice(0, 3)).toEqual([
      `${hello.implementation.name} ${hello.implementation.version} (Python 3.12.1, posix)`,
      '  node adapter.js',
      'pycache-spec 1.2.3: 2 rules, 100 runs a property, seed 42',
    ]);
  });

  test('says when the subject is newer than the specification', () => {
    const newer: Event = { ...start, hello: { ...hello, python: [3, 99, 0] } };
    expect(lines(newer)[2]).toBe(
      '  Python 3.99.0 is newer than the newest release specified: it is held to 3.12.1.',
    );
    expect(lines(start).join()).not.toContain('is held to');
  });

  test('of a conformant subject has a line for each chapter and one to end', () => {
    const text = printed([start, end(['pass', 'pass'])]).out;
    expect(text).toMatch(/^ {2}2 path +2 rules +1,234 calls +pass$/m);
    expect(text).toMatch(/^conformant: 2 rules checked, 1,234 calls in 1\.3 s$/m);
  });

  test('shows of a broken rule its statement, the call, what was expected, what came, and how to see it again', () => {
    const text = printed([start, broken(), end(['fail', 'pass'])]).out;
    expect(text).toMatch(/^ {2}2 path +2 rules +1,234 calls +FAIL, 1 rule broken$/m);
    const section = text.slice(text.indexOf(`${rule.id}  `));
    const told = section.split('\n\n')[0]!.replaceAll(/\s+/g, ' ');
    expect(told).toContain(`${rule.id} ${rule.level}, spec/2-path.md`);
    expect(told).toContain(rule.statement.replaceAll('**', '').replaceAll(/\s+/g, ' '));
    expect(told).toContain("call cache_from_source('a/b.py') # ");
    expect(told).toContain("expected 'a/__pycache__/b.cpython-312.pyc'");
    expect(told).toContain("got 'b.pyc'");
    expect(told).toContain(`again again ${rule.id}`);
    expect(told).not.toContain('not steady');
    expect(text).toMatch(/^not conformant: 1 of 2 rules broken, 1,234 calls in 1\.3 s$/m);
  });

  test('marks the call that went wrong among several, and shows the outcomes of the others', () => {
    const text = printed([
      start,
      broken({
        calls: [call, { ...call, args: [str('c.py')] }],
        outcomes: [
          { kind: 'return', value: str('first.pyc') },
          { kind: 'raise', type: 'ValueError', message: str('no') },
        ],
        failed: 1,
      }),
      end(['fail']),
    ]).out;
    expect(text).toMatch(/^ +call 1 +cache_from_source\('a\/b\.py'\) .*\n +'first\.pyc'$/m);
    expect(text).toMatch(/^ +call 2\* +cache_from_source\('c\.py'\)/m);
    expect(text).toMatch(/^ +got +raises ValueError: no$/m);
  });

  test('says of a failure that did not come again that the subject is not steady', () => {
    expect(printed([start, broken({ flaky: true }), end(['fail'])]).out).toContain(
      'the subject is not steady',
    );
  });

  test('of several broken rules has the likeliest first', () => {
    const other = second!.rules[1]!.id;
    const text = printed([
      start,
      broken({ suspicion: 0.2 }),
      broken({ rule: other, suspicion: 0.9 }),
      end(['fail', 'fail']),
    ]).out;
    expect(text).toContain(`Look first at ${other}`);
    expect(text.indexOf(`\n${other}  `)).toBeGreaterThan(0);
    expect(text.indexOf(`\n${other}  `)).toBeLessThan(text.indexOf(`\n${rule.id}  `));
  });

  test('counts the rules that are not checked, and names the features that are missing', () => {
    const few: Event = { ...start, hello: { ...hello, supports: new Set(['optimization', 'values']) } };
    const unsupported = new Map([
      ['objects', 5],
      ['messages', 1],
    ]);
    const text = printed([few, end(['pass', 'unsupported', 'unsupported'], { unsupported })]).out;
    expect(text).toMatch(/pass, 2 not checked$/m);
    expect(text).toMatch(/^2 rules are not checked: the subject does not support messages, objects\.$/m);
    expect(text).toMatch(/^conformant: 1 rule checked/m);
  });

  test('counts the rules that are about other releases', () => {
    expect(printed([start, end(['pass'], { inapplicable: 1 })]).out).toMatch(
      /^1 rule of the selection is about other releases or platforms\.$/m,
    );
  });

  test('gives the reasons for which calls were declined', () => {
    const skipped = new Map([['too slow', 1200]]);
    const text = printed([start, end(['pass'], { answered: 34, skipped })]).out;
    expect(text).toMatch(/^The adapter declined 1,200 calls: too slow$/m);
  });

  test.each<readonly [string, Event, RegExp]>([
    [
      'rules of which every call was declined',
      end(['pass', 'skipped']),
      /^incomplete: for 1 rule the adapter declined every call; /m,
    ],
    ['no rule that was checked', end(['unsupported']), /^incomplete: no rule could be checked; /m],
    ['lost answers', end(['pass'], { answered: 1230 }), /^incomplete: 4 of 1,234 calls were not answered; /m],
  ])('says why a run is incomplete: %s', (_, event, said) => {
    const text = printed([start, event]).out;
    expect(text).toMatch(said);
    expect(text).not.toMatch(/^(not )?conformant/m);
  });

  test('says how the adapter failed, and of no rule that it is unsupported', () => {
    const text = printed([start, end(['pass', 'skipped'], { failure: 'It fell over.', answered: 5 })]).out;
    expect(text).toMatch(/^the adapter failed: It fell over\.$/m);
    expect(text).toMatch(/^5 calls in 1\.3 s were answered before\.$/m);
    expect(text).not.toContain('does not support');
    expect(text).not.toMatch(/^conformant/m);
  });
});

describe('what an adapter prints to stderr', () => {
  const told = (...texts: readonly string[]): string =>
    printed([start, ...texts.map((text): Event => ({ type: 'stderr', text })), end(['pass'])]).err;

  test('goes to stderr line by line, each marked as its own', () => {
    expect(told('one\ntwo\n')).toBe('adapter | one\nadapter | two\n');
    expect(told('o', 'ne\nt', 'wo')).toBe('adapter | one\nadapter | two\n');
    expect(told('\n')).toBe('adapter | \n');
  });
});

describe('colors and progress', () => {
  const events: readonly Event[] = [start, broken(), { type: 'stderr', text: 'x\n' }, end(['fail'])];

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
      report(start);
      await new Promise((resolve) => setTimeout(resolve, 150));
      report({ type: 'progress', done: 1500, of: 3000 });
      report(end(['pass']));
      return err;
    };
    expect(await running(false)).toBe('');
    expect(await running(true)).toBe('\r\u001b[K  1,500 of 3,000 inputs\r\u001b[K');
  });
});

test('the chapters used here are those of the specification', () => {
  expect([first!.name, second!.name]).toEqual(['1-call', '2-path']);
});
