import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Known } from '../events.ts';
import { applyKnownFailures } from './apply.ts';
import { kinds, nameOf, parseKnownFailures, writeKnownFailures, type KnownFailures } from './file.ts';
import { ran, under, ways, type Ran, type Stories } from './testing.ts';
import { updateKnownFailures, type Update } from './update.ts';

const read = (text: string): KnownFailures => parseKnownFailures(text, 'known.txt', { drafts: true });
const update = ({ tally, allRules }: Ran, text?: string): Update =>
  text === undefined
    ? updateKnownFailures(undefined, tally, allRules)
    : updateKnownFailures(read(text), under(tally, read(text)), allRules);

/** The text with its empty fields filled in. */
const filled = (text: string): string =>
  text.replaceAll(/^ {2}reason:$/gm, '  reason: because').replaceAll(/^ {2}until:$/gm, '  until: 2026-12-31');
const known = (text: string, { tally, allRules }: Ran): Known =>
  applyKnownFailures(
    parseKnownFailures(text, 'known.txt'),
    under(tally, parseKnownFailures(text, 'known.txt')),
    allRules,
    '2026-06-15',
  );

const heading =
  '# What is known to fail, and why. A check rejects this list until every empty reason is filled in.\n';

test('a new list has a draft for each rule that does not pass', () => {
  const run = ran({
    z: 'fail',
    b: 'flaky',
    c: 'unsteady',
    d: 'skipped',
    e: 'declined',
    f: 'unsupported',
    g: 'pass',
    h: 'crash',
    i: 'timeout',
    j: 'protocol',
    k: 'error',
    l: 'not run',
    m: 'inapplicable',
    n: 'not selected',
    y: 'suspect',
  });
  const { text, added, removed } = update(run);
  expect(text).toBe(`${heading}
rule b
  kind: flaky
  reason:
  until:

rule c
  kind: flaky
  reason:
  until:

rule d
  kind: unsupported
  reason:

rule e
  kind: unsupported
  reason:

rule y
  kind: bug
  reason:

rule z
  kind: bug
  reason:
`);
  expect(added.toSorted()).toEqual(['rule b', 'rule c', 'rule d', 'rule e', 'rule y', 'rule z']);
  expect(removed).toEqual([]);
});

test('a new list of a run without failures says how lists begin', () => {
  expect(update(ran({ a: 'pass' }))).toEqual({ text: heading, added: [], removed: [] });
});

test('a check refuses a draft, and says where', () => {
  const { text } = update(ran({ a: 'flaky', b: 'fail' }));
  expect(() => parseKnownFailures(text, 'known.txt')).toThrow(
    /^known\.txt:5: the reason is empty.*\nknown\.txt:6: 'until' is empty.*\nknown\.txt:10: the reason is empty/,
  );
});

describe('of the entries that there were', () => {
  const old = `# Of the file.

# Of the call.
call cache_from_source('c.py')
  kind: by-design
  # Within.
  reason: x

# Of a.
rule a
  reason: y
  kind: bug
`;

  test('those that hold stay as they are written, in order, with the comments', () => {
    const run = ran({ a: 'fail', b: 'pass', c: 'fail' });
    expect(update(run, old)).toEqual({
      text: `# Of the file.

# Of a.
rule a
  reason: y
  kind: bug

# Of the call.
call cache_from_source('c.py')
  kind: by-design
  # Within.
  reason: x
`,
      added: [],
      removed: [],
    });
  });

  test('those of rules that pass, and patterns without a match, go with their comments', () => {
    expect(update(ran({ a: 'pass', b: 'pass', c: 'pass' }), old)).toEqual({
      text: '# Of the file.\n',
      added: [],
      removed: ["call cache_from_source('c.py')", 'rule a'],
    });
  });

  test('and new ones stand between', () => {
    const { text, added } = update(ran({ 'a-b': 'fail', a: 'fail', c: 'fail', b: 'skipped' }), old);
    expect(read(text).entries.map(nameOf)).toEqual([
      'rule a',
      'rule a-b',
      'rule b',
      "call cache_from_source('c.py')",
    ]);
    expect(added).toEqual(['rule a-b', 'rule b']);
  });

  const rule = (kind: string, ...more: readonly string[]): string =>
    ['rule a', `kind: ${kind}`, 'reason: x', ...more].join('\n  ');
  const kindAfter = (stories: Stories, text: string): string[] =>
    read(update(ran(stories), text).text).entries.map(({ kind, reason }) => `${kind} ${reason}`.trim());

  test('those of another kind give way to a draft of the right one', () => {
    expect(kindAfter({ a: 'fail' }, rule('unsupported'))).toEqual(['bug']);
    expect(kindAfter({ a: 'flaky' }, rule('by-design'))).toEqual(['flaky']);
    expect(kindAfter({ a: 'skipped' }, rule('bug'))).toEqual(['unsupported']);
    expect(kindAfter({ a: 'declined' }, rule('flaky', 'until: 2026-12-31'))).toEqual(['unsupported']);
    expect(kindAfter({ a: 'unsupported' }, rule('bug'))).toEqual([]);
    expect(update(ran({ a: 'fail' }), rule('unsupported'))).toMatchObject({
      added: ['rule a'],
      removed: ['rule a'],
    });
  });

  test('those that are right stay', () => {
    expect(kindAfter({ a: 'pass' }, rule('flaky', 'until: 2026-12-31'))).toEqual(['flaky x']);
    expect(kindAfter({ a: 'fail' }, rule('flaky', 'until: 2026-12-31'))).toEqual(['flaky x']);
    expect(kindAfter({ a: 'skipped' }, rule('unsupported'))).toEqual(['unsupported x']);
    expect(kindAfter({ a: 'unsupported' }, rule('unsupported'))).toEqual(['unsupported x']);
  });

  test('those of a rule that does not exist go', () => {
    expect(kindAfter({ b: 'pass' }, rule('bug'))).toEqual([]);
  });

  test.each(['crash', 'not run', 'inapplicable', 'not selected'] as const)(
    'those of a rule that is %s stay',
    (way) => {
      expect(kindAfter({ a: way, b: 'pass' }, rule('bug'))).toEqual(['bug x']);
    },
  );

  test('those past their day, and those of another failure, stay and stay stale', () => {
    const run = ran({ a: 'fail', b: 'fail' });
    const text =
      'rule a\n  kind: bug\n  reason: x\n  until: 2020-01-01\n\nrule b\n  kind: bug\n  reason: x\n  fails: y\n';
    expect(update(run, text)).toEqual({ text, added: [], removed: [] });
    expect(known(text, run).stale).toHaveLength(2);
  });

  test('a pattern stays for one of the rules that it excuses, and goes if all of them are flaky', () => {
    const pattern = 'call *\n  kind: bug\n  reason: x\n';
    expect(update(ran({ a: 'fail', b: 'flaky' }), pattern)).toMatchObject({ added: [], removed: [] });
    expect(update(ran({ a: 'flaky' }), pattern)).toMatchObject({ added: ['rule a'], removed: ['call *'] });
  });

  test('a pattern stays that is like one of the calls at which a rule fails, and not like the other', () => {
    const { tally, allRules } = ran({ a: 'fail' });
    const failures = [...tally.failures, { ...tally.failures[0]!, failed: 0 }];
    const list = read("call *'first.py'*\n  kind: bug\n  reason: x\n");
    expect(updateKnownFailures(list, { ...tally, failures }, allRules)).toMatchObject({
      added: ['rule a'],
      removed: [],
    });
  });

  test('a draft stays a draft', () => {
    const run = ran({ a: 'fail' });
    const draft = 'rule a\n  kind: bug\n  reason:\n';
    expect(update(run, draft)).toEqual({ text: draft, added: [], removed: [] });
  });
});

test('in a shard an entry stays, and its rule gets no second one', () => {
  const run = ran({ a: 'fail', b: 'pass', c: 'skipped' }, { index: 1, of: 2 });
  const text = ['a', 'b', 'c']
    .map((id) => `rule ${id}\n  kind: ${id === 'a' ? 'unsupported' : 'bug'}\n  reason: x\n`)
    .join('\n');
  expect(update(run, text)).toEqual({ text, added: [], removed: [] });
});

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const stories = fc.dictionary(id, fc.constantFrom(...ways), { minKeys: 1 });
const complete = fc.dictionary(
  id,
  fc.constantFrom(
    ...(['pass', 'fail', 'suspect', 'flaky', 'unsteady', 'skipped', 'declined', 'unsupported'] as const),
  ),
  { minKeys: 1 },
);
const entry = fc
  .record({
    name: fc.oneof(
      id.map((rule) => `rule ${rule}`),
      id.map((rule) => `call *'${rule}.py'*`),
      fc.constantFrom('rule unknown', 'call *', 'call nothing'),
    ),
    kind: fc.constantFrom(...kinds),
    reason: fc.constantFrom('', ' x'),
    comment: fc.constantFrom('', '# c\n', '# c\n\n'),
  })
  .filter(({ name, kind }) => name.startsWith('rule') || kind !== 'unsupported');
const list = fc
  .uniqueArray(entry, { selector: ({ name }) => name, maxLength: 6 })
  .map((all) =>
    all
      .map(
        ({ name, kind, reason, comment }) =>
          `${comment}${name}\n  kind: ${kind}\n  reason:${reason}\n  until: 2026-12-31\n`,
      )
      .join('\n'),
  );
const part = fc.option(fc.constant({ index: 1, of: 2 }));

describe('for every run and list', () => {
  test('to update twice is to update once', () => {
    fc.assert(
      fc.property(stories, list, part, (all, text, shard) => {
        const run = ran(all, shard);
        const once = update(run, text);
        expect(update(run, once.text)).toEqual({ text: once.text, added: [], removed: [] });
      }),
    );
  });

  test('the update is the list without what was removed and with what was added', () => {
    const blocks = (of: KnownFailures): string[] => of.entries.map(({ lines }) => lines.join('\n'));
    fc.assert(
      fc.property(stories, list, part, (all, text, shard) => {
        const before = read(text);
        const { text: after, added, removed } = update(ran(all, shard), text);
        const kept = before.entries.filter((one) => !removed.includes(nameOf(one)));
        const entries = read(after).entries.filter((one) => !added.includes(nameOf(one)));
        expect(blocks({ ...before, entries }).toSorted()).toEqual(
          blocks({ ...before, entries: kept }).toSorted(),
        );
        expect(read(after).entries).toHaveLength(kept.length + added.length);
        expect(read(after).comments).toEqual(before.comments);
        expect(writeKnownFailures(read(after))).toBe(after);
      }),
    );
  });

  test('filled in, it makes a complete run with something checked conformant', () => {
    let conformant = 0;
    fc.assert(
      fc.property(complete, list, (all, text) => {
        const run = ran(all);
        const checked = run.tally.rules.some(({ verdict }) => verdict === 'pass');
        const said = known(filled(update(run, text).text), run);
        // An entry with a pattern may cover several rules. It stays for one that fails each time, and is stale for one
        // that does not.
        const stale = said.stale.filter(({ why }) => !why.includes('does not fail every time'));
        expect(stale).toEqual([]);
        if (said.stale.length > 0) return;
        expect(run.verdict(said)).toBe(checked ? 'conformant' : 'incomplete');
        if (checked) conformant++;
      }),
    );
    expect(conformant).toBeGreaterThan(20);
  });
});
