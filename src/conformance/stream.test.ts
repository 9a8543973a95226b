import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { str, Str } from '../python/text.ts';
import { tallyOf } from './books.ts';
import { toLine, type Json } from './codec.ts';
import type { Event } from './events.ts';
import { format as badge } from './reports/formats/badge.ts';
import { format as json } from './reports/formats/json.ts';
import { format as jsonl } from './reports/formats/jsonl.ts';
import { format as junit } from './reports/formats/junit.ts';
import { format as markdown } from './reports/formats/markdown.ts';
import { atEnd } from './reports/format.ts';
import { terminalReport } from './reports/terminal.ts';
import {
  anyRun,
  end,
  failure,
  law,
  problem,
  rules,
  start,
  subject as greeting,
  unsteady,
  written,
} from './reports/testing.ts';
import { readStream, readStreamFile, StreamError } from './stream.ts';
import { check, returning, subject, type Wrong } from './testing.ts';
import { fails, verdictOf } from './verdict.ts';

const terminal = atEnd((tally) => {
  let text = '';
  const out = { write: (more: string): unknown => (text += more) };
  const tell = terminalReport({ out, err: out, color: false }, () => '');
  [tally.start, ...tally.failures, ...tally.unsteady].forEach(tell);
  if (tally.subject) tell(tally.subject);
  tell(end());
  return text;
});
const rule = rules[0]!;
const events: readonly Event[] = [
  start(),
  greeting(),
  ...rules.map((one) => law(one)),
  failure(rule),
  unsteady(rule),
  problem(),
  end(),
];
const stream = written(jsonl, events);

/** Why a text is rejected. */
const reason = (text: string): string => {
  try {
    readStream(text);
  } catch (error) {
    if (error instanceof StreamError) return error.message;
    throw error;
  }
  return 'it was read';
};

describe('a stream that was written is read', () => {
  test('as the same events', () => {
    fc.assert(
      fc.property(anyRun, (all) => {
        const elsewhere = tallyOf(all).subject?.inapplicable ?? [];
        const run = all.filter(
          (event) =>
            (event.type !== 'failure' && event.type !== 'unsteady') || !elsewhere.includes(event.rule),
        );
        expect(readStream(written(jsonl, run))).toEqual(run);
      }),
    );
  });

  test('with a mark of its encoding, or the line ends of Windows', () => {
    expect(readStream(`\uFEFF${stream}`)).toEqual(events);
    expect(readStream(stream.replaceAll('\n', '\r\n'))).toEqual(events);
  });

  test('without the events of a later version, and with more keys than are known', () => {
    const later = [
      { ...events[0], machine: 'x' },
      { type: 'weather', sun: true },
      ...events.slice(1),
    ] as readonly Event[];
    expect(readStream(written(jsonl, later))).toEqual([later[0], ...events.slice(1)]);
  });

  test('of a run of some rules that finds another broken, and every report can be made of it', async () => {
    const pyo: Wrong = (_, right) =>
      right.kind === 'return' && right.value instanceof Str
        ? { ...right, value: str(right.value.units.replace(/c$/, 'o')) }
        : right;
    const { events: all, tally } = await check(subject(pyo), { selection: { chapter: 'cache-tag' } });
    expect(tally.failures.map(({ rule: broken }) => broken)).toEqual(['path-ends-in-pyc']);
    const read = readStream(written(jsonl, all));
    expect(read).toEqual(all);
    for (const format of [junit, json, badge, markdown, terminal]) {
      expect(written(format, read)).toContain(format === badge ? 'svg' : 'no selected rule');
    }
  });
});

describe('a stream that is cut', () => {
  const runs = Promise.all(
    [undefined, returning('__pycache__/a.pyc')].map((wrong) =>
      check(subject(wrong), { selection: { chapter: 'cache-tag' } }),
    ),
  );

  test('is read as far as its lines are whole, and is incomplete, never conformant', async () => {
    for (const { events, verdict } of await runs) {
      const text = written(jsonl, events);
      const begun = text.indexOf('\n') + 1;
      fc.assert(
        fc.property(fc.nat({ max: text.length }), (cut) => {
          const part = text.slice(0, cut);
          const read = cut < begun ? undefined : readStream(part);
          if (read === undefined) return /^it (is empty|ends within its first line)/.test(reason(part));
          expect(read).toEqual(events.slice(0, read.length));
          const tally = tallyOf(read);
          expect(verdictOf(tally)).toBe(
            cut === text.length ? verdict : tally.rules.some(fails) ? 'broken' : 'incomplete',
          );
          expect(tally.open.includes('its report has no end')).toBe(cut < text.length);
          return true;
        }),
        { numRuns: 300, examples: [[0], [begun - 1], [begun], [text.length - 1], [text.length]] },
      );
    }
  });
});

describe('what is no stream is refused, and what it is is said:', () => {
  test.each<readonly [name: string, text: string, says: string]>([
    ['nothing', '', 'it is empty'],
    ['an empty line', '\n', 'it is empty'],
    ['JUnit', written(junit, events), 'it is XML, as a JUnit report or a badge is'],
    ['a summary', written(json, events), 'it is the summary of a run, of the format json'],
    ['a badge', written(badge, events), 'it is XML'],
    ['Markdown', written(markdown, events), 'it is not a report of a run'],
    [
      'a counterexample',
      '{\n  "format": "pycache-spec counterexample 2",\n  "calls": []\n}\n',
      'it is a counterexample, which replay takes',
    ],
    ['another JSON', '{"name":"x","type":"module"}\n', 'it is JSON, but no report of a run'],
    ['a list', '[1]\n', 'it is not a report of a run'],
    [
      'a stream without its start',
      stream.slice(stream.indexOf('\n') + 1),
      'it does not begin with the start',
    ],
  ])('%s', (_, text, says) => {
    expect(reason(text)).toContain(says);
    expect(reason(text)).toMatch(/; wanted is the stream that 'check --report jsonl=FILE' writes$/);
  });

  test('a stream that ends within its first line', () => {
    expect(reason(stream.slice(0, 50))).toMatch(/^it ends within its first line: /);
  });

  test('a stream of another format', () => {
    const other = stream.replace('"format":4', '"format":1');
    expect(reason(other)).toBe(
      'line 1: the stream is of format 1, and this version reads format 4; use the version that wrote it, "1.2.3"',
    );
  });

  test('two runs in one file', () => {
    expect(reason(stream + stream)).toBe(
      `line ${events.length + 1}: something follows the end of the run; let each file hold one run`,
    );
    expect(reason(written(jsonl, [start(), start()]))).toBe('line 2: a second event "start" in one run');
  });

  const changed = (at: number, changes: Record<string, unknown>): string =>
    written(
      jsonl,
      events.map((event, i) => (i === at ? { ...event, ...changes } : event)),
    );

  test.each<readonly [name: string, text: string, says: string]>([
    [
      'a line that is not JSON',
      stream.replace('{"type":"subject"', '{"type":subject"'),
      'line 2 is not a JSON object',
    ],
    ['a line without anything', stream.replace('\n', '\n\n'), 'line 2 is not a JSON object'],
    ['an event without a type', changed(1, { type: 1 }), 'line 2: its "type" is 1, and no text'],
    ['a missing key', changed(0, { seed: undefined }), 'line 1: "seed" has to be an integer, and is missing'],
    ['no time', changed(0, { at: 'noon' }), 'line 1: "at" has to be a time, and is "noon"'],
    [
      'a release that is no text',
      changed(0, { heldTo: 3.14 }),
      'line 1: "heldTo" has to be a text, and is 3.14',
    ],
    [
      'a shard that there is not',
      changed(0, { shard: { index: 3, of: 2 } }),
      'line 1: "shard" is 3/2, and there is no such part',
    ],
    [
      'a domain that is none',
      changed(1, { domain: { paths: {} } }),
      'line 2: "domain" has the key "paths", which is none of path,',
    ],
    ['no domain to narrow by', changed(0, { domain: [] }), 'line 1: "domain" is an object, not []'],
    [
      'a rule that is none',
      changed(0, { rules: [{ ...rule, level: 'proven' }] }),
      'line 1: "rules", place 1: "level" has to be one of documented, observed, and is "proven"',
    ],
    [
      'a count below zero',
      changed(2, { answered: -1 }),
      'line 3: "answered" has to be a whole number, and is -1',
    ],
    [
      'a count in words',
      changed(2, { lost: { crash: 'many' } }),
      'line 3: "lost", "crash" has to be a whole number, and is "many"',
    ],
    [
      'a failure of no rule',
      changed(5, { rule: 'path-lost' }),
      'line 6: its rule "path-lost" is none of those that are checked',
    ],
    [
      'a failure of a rule of elsewhere',
      changed(1, { inapplicable: [rule.id] }),
      `line 6: its rule "${rule.id}" is none of those that are checked`,
    ],
    ['a call that there is not', changed(5, { failed: 7 }), 'line 6: its "failed" is 7, and it has 1 calls'],
    ['one answer of two', changed(6, { outcomes: [null] }), 'line 7: "outcomes" has to be a list of two'],
    [
      'an unknown mishap',
      changed(7, { why: 'fire' }),
      'line 8: "why" has to be one of crash, timeout, protocol, error, and is "fire"',
    ],
    [
      'an end without its time',
      changed(8, { seconds: '1' }),
      'line 9: "seconds" has to be a number that is not negative',
    ],
  ])('%s', (_, text, says) => {
    expect(reason(text)).toContain(says);
  });

  test('whatever else: it is read, or refused in words', () => {
    const lines = events.map((event) => toLine(event as Json));
    const anyLine = fc.oneof(
      fc.constantFrom(...lines),
      fc.json(),
      fc
        .tuple(fc.constantFrom(...events), fc.string(), fc.jsonValue())
        .map(([event, key, value]) => JSON.stringify({ ...event, [key]: value })),
      fc
        .constantFrom(...events)
        .chain((event) =>
          fc.tuple(fc.constant(event), fc.constantFrom(...Object.keys(event)), fc.jsonValue()),
        )
        .map(([event, key, value]) => JSON.stringify({ ...event, [key]: value })),
    );
    fc.assert(
      fc.property(fc.array(anyLine), (others) => {
        const text = [lines[0], ...others, ''].join('\n');
        if (reason(text) !== 'it was read') return;
        for (const format of [junit, json, badge, markdown, terminal]) {
          const run = readStream(text).filter(({ type }) => type !== 'end');
          expect(written(format, [...run, end()]).length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'stream-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('that holds a stream is read', async () => {
    const file = join(folder, 'a.jsonl');
    writeFileSync(file, stream);
    expect(await readStreamFile(file)).toEqual(events);
  });

  test('that holds none, that is a folder, or that there is not, is named', async () => {
    const file = join(folder, 'empty.jsonl');
    writeFileSync(file, '');
    await expect(readStreamFile(file)).rejects.toThrow(`${file}: it is empty; wanted is`);
    await expect(readStreamFile(folder)).rejects.toThrow(`${folder} cannot be read: it is a folder`);
    await expect(readStreamFile(join(folder, 'x'))).rejects.toThrow('cannot be read: there is no such file');
  });
});
