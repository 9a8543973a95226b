import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, type TestCase, type TestSuites } from 'junit2json';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import { tallyOf } from '../../books.ts';
import type { Event } from '../../events.ts';
import { verdictOf } from '../../verdict.ts';
import {
  anyRun,
  callOf,
  end,
  failure,
  hostileTexts,
  known,
  law,
  problem,
  rules,
  run,
  start,
  unsteady,
  written,
} from '../testing.ts';
import { suspected, visible } from '../wording.ts';
import { format } from './junit.ts';

const [first, second, third] = rules as [(typeof rules)[0], (typeof rules)[0], (typeof rules)[0]];

/** The report as a third-party parser reads it. */
const read = async (events: readonly Event[]): Promise<TestSuites> =>
  (await parse(written(format, events))) as TestSuites;
const casesOf = ({ testsuite = [] }: TestSuites): Map<string, TestCase> =>
  new Map(testsuite.flatMap(({ testcase = [] }) => testcase.map((one) => [one.name!, one] as const)));
const kindOf = ({ failure, error, skipped }: TestCase): string =>
  [failure && 'failure', error && 'error', skipped && 'skipped'].filter(Boolean).join('+') || 'pass';

describe('against the schema of Jenkins', () => {
  const schema = XsdValidator.fromDoc(
    XmlDocument.fromString(readFileSync(join(import.meta.dirname, 'junit.xsd'), 'utf8')),
  );
  const validate = (xml: string): void => {
    const document = XmlDocument.fromBuffer(Buffer.from(xml));
    try {
      schema.validate(document);
    } finally {
      document.dispose();
    }
  };

  test('every run is valid', () => {
    fc.assert(fc.property(anyRun, (events) => validate(written(format, events))));
  });

  test('and what is not is found', () => {
    const xml = written(format, run());
    expect(() => validate(xml)).not.toThrow();
    expect(() => validate(xml.replace('tests="', 'texts="'))).toThrow('texts');
    expect(() => validate(xml.replace('run', '\u0001'))).toThrow('invalid character');
  });
});

test('line breaks of a message are kept, where a reader of XML follows the standard', () => {
  const text = 'one\n\ttwo';
  const document = XmlDocument.fromString(written(format, run(problem({ text }))));
  try {
    expect(document.get('//error/@message')!.content).toBe(text);
  } finally {
    document.dispose();
  }
});

describe('for a reader of JUnit', () => {
  test('something fails or errs wherever the command does not end with 0, and nowhere else', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyRun, async (events) => {
        const verdict = verdictOf(tallyOf(events));
        seen.add(verdict);
        const suites = await read(events);
        const bad = [...casesOf(suites).values()].filter(({ failure, error }) => failure || error);
        expect(bad.length > 0).toBe(verdict !== 'conformant');
        expect(suites.failures! + suites.errors!).toBe(bad.length);
      }),
      { numRuns: 500 },
    );
    expect([...seen].toSorted()).toEqual(['adapter', 'broken', 'conformant', 'incomplete', 'stale']);
  });

  test('the counts are those of the cases', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, async (events) => {
        const suites = await read(events);
        const counts = suites.testsuite!.map(({ testcase = [], tests, failures, errors, skipped }) => {
          const kinds = testcase.map(kindOf);
          const counted = (kind: string): number => kinds.filter((one) => one === kind).length;
          expect({ tests, failures, errors, skipped }).toEqual({
            tests: kinds.length,
            failures: counted('failure'),
            errors: counted('error'),
            skipped: counted('skipped'),
          });
          return kinds.length;
        });
        expect(suites.tests).toBe(counts.reduce((a, b) => a + b, 0));
      }),
    );
  });

  test('each chapter is a suite with its rules, and the run is one', async () => {
    const { testsuite } = await read(run());
    expect(testsuite!.map(({ name, testcase }) => [name, testcase!.map((one) => one.name)])).toEqual([
      ['2-path', ['path-first', 'path-second']],
      ['3-cache-tag', ['tag-only']],
      ['run', ['everything was answered', 'the adapter did not fail']],
    ]);
    expect(testsuite![0]!.testcase![0]!.classname).toBe('2-path');
    expect(Object.fromEntries(testsuite![2]!.properties!.map(({ name, value }) => [name, value]))).toEqual({
      suite: 'pycache-spec 1.2.3',
      command: 'node adapter.js',
      subject: 'cpython 3.13.0',
      scope: 'Python 3.13.0, posix: 3 rules of cache_from_source',
      seed: 42,
      runs: 100,
      verdict: 'conformant: 3 rules checked, 30 calls in 1.3 s',
      exitCode: 0,
      completeness: 'complete',
      documented: '1/1',
      observed: '2/2',
    });
  });

  test('a broken rule fails, with what it says, the call, what was expected and what came', async () => {
    const cases = casesOf(await read(run(failure(first), unsteady(second))));
    const [shown] = cases.get(first.id)!.failure!;
    expect(shown!.message).toBe('Of path-first. What it says of it, as in `a.py`.');
    expect(shown!.type).toBe('fail');
    expect(shown!.inner!.split('\n').slice(2)).toEqual([
      "call      cache_from_source('/a.py')  # cache_tag='cpython-313', optimize=0",
      "expected  '__pycache__/a.cpython-313.pyc'",
      "got       '/wrong.pyc'",
      '           ^',
      'explains  4 of 10 failing calls',
    ]);
    expect(cases.get(second.id)!.failure![0]!.type).toBe('flaky');
    expect(cases.get(second.id)!.failure![0]!.inner).toContain("first     'one.pyc'");
    expect(kindOf(cases.get(third.id)!)).toBe('pass');
  });

  test('a rule that a fault touches says of which fault it is, and has its own call', async () => {
    const cases = casesOf(
      await read(
        run(
          failure(first, { touches: [second.id], whatever: ['tag'] }),
          failure(second, { fault: first.id, calls: [callOf('b.py')] }),
        ),
      ),
    );
    expect(cases.get(first.id)!.failure![0]!.inner!.split('\n').slice(-3)).toEqual([
      'whatever  the tag',
      'explains  4 of 10 failing calls',
      'touches   path-second',
    ]);
    const [touched] = cases.get(second.id)!.failure!;
    expect(touched!.type).toBe('fail');
    expect(touched!.inner!.split('\n').slice(2)).toEqual([
      'It is part of the fault of path-first.',
      '',
      "call      cache_from_source('b.py')  # cache_tag='cpython-313', optimize=0",
      "expected  '__pycache__/a.cpython-313.pyc'",
      "got       '/wrong.pyc'",
      '           ^',
    ]);
  });

  test('a rule that is suspected fails too, and says so', async () => {
    const cases = casesOf(await read(run(failure(first, { broken: false }))));
    const [shown] = cases.get(first.id)!.failure!;
    expect(shown).toMatchObject({
      type: 'suspect',
      message: 'suspected: Of path-first. What it says of it, as in `a.py`.',
    });
    expect(shown!.inner!.split('\n')[2]).toBe(suspected);
  });

  test('an adapter that fails errs, at its rule where there is one', async () => {
    const at = casesOf(await read(run(problem({ why: 'timeout', rule: first.id, text: 'No answer.' }))));
    expect(at.get(first.id)!.error![0]).toMatchObject({ type: 'timeout', message: 'No answer.' });
    expect(kindOf(at.get('the adapter did not fail')!)).toBe('pass');
    const nowhere = casesOf(await read(run(problem())));
    expect(nowhere.get('the adapter did not fail')!.error![0]!.type).toBe('crash');
  });

  test('what was not checked is skipped, with the reason', async () => {
    const cases = casesOf(
      await read(
        run(
          law(first, { judged: 0, planned: 0, answered: 0, leftOut: { warnings: 10 } }),
          law(second, { judged: 0, answered: 0, lost: { 'not run': 10 } }),
        ),
      ),
    );
    expect(cases.get(first.id)!.skipped).toEqual([{ inner: expect.stringContaining('warnings') as string }]);
    expect(kindOf(cases.get(second.id)!)).toBe('skipped');
    expect(cases.get('everything was answered')!.error![0]!.message).toBe('one rule not run');
  });

  test('a known failure is skipped, with its reason; an entry that is not true any more fails', async () => {
    const events = run(
      failure(first),
      known({
        excused: [{ rule: first.id, kind: 'bug', reason: 'later', issue: 'tracker 7' }],
        stale: [{ entry: 'old-rule', line: 3, why: 'it passes' }],
      }),
    );
    const cases = casesOf(await read(events));
    expect(cases.get(first.id)!.skipped).toEqual([{ inner: 'known failure (bug): later, tracker 7' }]);
    const [stale] = cases.get('the list of known failures is up to date')!.failure!;
    expect(stale!.inner).toBe('known-failures.txt:3: old-rule: it passes');
    expect(stale!.message).toBe('1 stale entry');
  });

  test.each(hostileTexts)('%j arrives as it can be shown', async (text) => {
    const { testsuite } = await read(
      run(start({ command: [text] }), problem({ text }), end({ stopped: text })),
    );
    const suite = testsuite!.at(-1)!;
    const command = suite.properties!.find(({ name }) => name === 'command')!.value!;
    expect(command).toBe(visible(text));
    const error = suite.testcase!.find(({ name }) => name === 'the adapter did not fail')!.error![0]!;
    expect(error.message).toBe(visible(text));
    expect(error.inner).toBe(visible(text));
  });
});
