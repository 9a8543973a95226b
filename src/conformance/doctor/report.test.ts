import { expect, test } from 'vitest';
import type { Result } from './examine.ts';
import { Printer } from './report.ts';

const result = (
  step: string,
  state: Result['state'],
  text: string,
  findings: Result['findings'] = [],
): Result => ({
  step,
  state,
  text,
  findings,
});

function printed(results: readonly Result[], color = false): string {
  const lines: string[] = [];
  const printer = new Printer((text) => lines.push(text), color);
  for (const one of results) printer.add(one);
  printer.end(results);
  return lines.join('\n');
}

test('results are printed with what was found, and end with a sentence', () => {
  const findings = [
    { is: 'warning', text: 'NUL: it was cut.' },
    {
      is: 'failure',
      text: 'a lone surrogate: The adapter ended.',
      stderr: 'Traceback\u001b[31m\n  last words\n',
    },
    { is: 'failure', text: `${'long '.repeat(30)}words`, stderr: '' },
  ] as const;
  expect(
    printed([
      result('hello', 'ok', 'small 1.0', [{ is: 'note', text: 'It supports nothing.' }]),
      result('one call', 'warning', 'gives None', [{ is: 'warning', text: 'It is a str.' }]),
      result('text', 'failure', '14 kinds', findings),
      result('numbers', 'failure', '', [findings[1]]),
      result('values', 'not tried', 'it does not support values'),
      result('ahead', 'not tried', 'it failed'),
      result('bye', 'not tried', 'it failed'),
    ]),
  ).toBe(
    String.raw`
ok         hello          small 1.0
                          It supports nothing.
warning    one call       gives None
                          It is a str.
FAIL       text           14 kinds
                          warning: NUL: it was cut.
                          a lone surrogate: The adapter ended.
                          Before that it printed to stderr:
                            Traceback\x1b[31m
                              last words
                          long long long long long long long long long long long long long long long
                          long long long long long long long long long long long long long long long
                          words
                          It printed nothing to stderr.
FAIL       numbers
                          a lone surrogate: The adapter ended.
                          Before that it printed to stderr:
                            Traceback\x1b[31m
                              last words
not tried  values         it does not support values
not tried  ahead, bye     it failed

not well-formed: 2 of 4 steps failed, 2 warnings, 3 not tried`.trimStart(),
  );
});

test('many that were not tried have a line of their own', () => {
  expect(
    printed(['restart', 'bye', 'end of input'].map((step) => result(step, 'not tried', 'it failed'))),
  ).toMatch(/^not tried {2}restart, bye, end of input\n {26}it failed$/m);
});

test.each([
  ['well-formed: 1 step tried; to test its answers, use check', [result('hello', 'ok', '')]],
  [
    'well-formed: 1 step tried, 1 warning; to test its answers, use check',
    [result('hello', 'warning', '', [{ is: 'warning', text: 'Look.' }])],
  ],
])('%s', (said, results) => {
  expect(printed(results).endsWith(`\n\n${said}`)).toBe(true);
});

test('only a terminal gets colours', () => {
  const results = [result('hello', 'failure', '', [{ is: 'failure', text: 'No.' }])];
  expect(printed(results)).not.toContain('\u001b');
  expect(printed(results, true).startsWith('\u001b[31mFAIL')).toBe(true);
});
