import { describe, expect, test } from 'vitest';
import type { Event, Sign } from '../events.ts';
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

/** What is printed of a run in which all rules pass, but for these. */
const outOf = (...changes: readonly Event[]): string => printed(run(...changes)).out;
/** The lines about one rule, in one. */
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
      'pycache-spec 1.2.3: 3 rules, 100 runs a property, seed 42',
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

  test('of a conformant subject has a line for each chapter and one to end', () => {
    const text = outOf();
    expect(text).toMatch(/^ {2}2 path +2 rules +20 calls +pass$/m);
    expect(text).toMatch(/^conformant: 3 rules checked, 30 calls in 1\.3 s$/m);
  });

  test('shows of a broken rule its statement, the call, what was expected, what came, and how to see it again', () => {
    const text = outOf(failure(first!));
    expect(text).toMatch(/^ {2}2 path +2 rules +20 calls +FAIL, 1 rule broken$/m);
    const told = about(text, first!.id);
    expect(told).toContain(`${first!.id} documented, spec/2-path.md`);
    expect(told).toContain(`Of ${first!.id}. What it says of it, as in \`a.py\`.`);
    expect(told).toContain("call cache_from_source('/a.py') # ");
    expect(told).toContain("expected '__pycache__/a.cpython-313.pyc'");
    expect(told).toContain("got '/wrong.pyc'");
    expect(told).toContain(`again again ${first!.id} rule npx pycache-spec rules ${first!.id}`);
    expect(told).not.toContain('not steady');
    expect(text).toMatch(/^not conformant: 1 of 3 rules broken, 30 calls in 1\.3 s$/m);
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

  test('says of a failure that did not come again that the subject is not steady', () => {
    expect(outOf(failure(first!, { flaky: true }))).toContain('the subject is not steady');
  });

  test('shows both answers to a call that was answered in two ways', () => {
    const told = about(outOf(unsteady(first!)), first!.id);
    expect(told).toMatch(
      /call cache_from_source\('b\.py'\) # .* first 'one\.pyc' then raises ValueError: two The same call was answered in two ways/,
    );
    expect(told).toContain(`rule npx pycache-spec rules ${first!.id}`);
  });

  test('of several broken rules has the likeliest first', () => {
    const text = outOf(failure(first!, { suspicion: 0.2 }), failure(second!, { suspicion: 0.9 }));
    expect(text).toContain(`Look first at ${second!.id}`);
    expect(text.indexOf(`\n${second!.id}  `)).toBeGreaterThan(0);
    expect(text.indexOf(`\n${second!.id}  `)).toBeLessThan(text.indexOf(`\n${first!.id}  `));
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
      /^1 rule of the selection is about other releases or platforms\.$/m,
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
    expect(text).toMatch(/^the adapter failed: The adapter exited with code 3\. Run it by hand\.$/m);
    expect(text).toMatch(/^30 calls were answered\.$/m);
    // It was printed when it came.
    expect(text).not.toContain('last words');
    expect(text).not.toMatch(/^conformant/m);
  });

  test('shows some of many failures of the adapter, and counts the rest', () => {
    const many = Array.from({ length: 12 }, (_, i) => problem({ text: `It fell over ${i} times.` }));
    const text = printed([start(), subject(), ...many, end()]).out;
    expect(text.match(/^adapter: crash$/gm)).toHaveLength(5);
    expect(text).toContain('… and 7 more failures of the adapter.');
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
    const stale = [{ entry: 'rule tag-only', line: 7, why: 'it passes: remove the entry' }];
    const staleText = outOf(known({ stale }));
    expect(staleText).toMatch(
      /^stale {2}known-failures\.txt:7: rule tag-only\n {2}it passes: remove the entry$/m,
    );
    expect(staleText).toMatch(/^the list of known failures is stale: /m);
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
      report({ type: 'progress', done: 1500, of: 3000 });
      report(end());
      return err;
    };
    expect(await running(false)).toBe('');
    expect(await running(true)).toBe('\r\u001b[K  1,500 of 3,000 inputs\r\u001b[K');
  });
});
