import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { str } from '../../python/text.ts';
import type { Tally } from '../books.ts';
import type { Known, Shard } from '../events.ts';
import { fails } from '../verdict.ts';
import { applyKnownFailures } from './apply.ts';
import { kinds, parseKnownFailures, type Kind } from './file.ts';
import { raises, ran, under, ways, type Stories, type Way } from './testing.ts';

const today = '2026-06-15';
const shard: Shard = { index: 1, of: 2 };

/** The text of an entry. */
const entry = (name: string, kind: Kind, ...more: readonly string[]): string =>
  [name, `kind: ${kind}`, 'reason: because', 'until: 2026-12-31', ...more].join('\n  ');

type Said = { readonly excused: readonly string[]; readonly stale: readonly string[]; readonly exit: string };

/** How a list applies to a run: the rules it excuses, its stale entries, and the verdict. */
function said(
  stories: Stories,
  entries: readonly string[] | string,
  { shard: part = null, on = today }: { shard?: Shard | null; on?: string } = {},
): Said {
  const { tally, allRules, verdict } = ran({ ...stories, holds: 'pass' }, part);
  const known = apply([entries].flat(), tally, allRules, on);
  return {
    excused: known.excused.map(({ rule }) => rule),
    stale: known.stale.map((one) => `${one.entry}: ${one.why}`),
    exit: verdict(known),
  };
}

function apply(entries: readonly string[], tally: Tally, allRules: readonly string[], on = today): Known {
  const list = parseKnownFailures(entries.join('\n\n'), 'known.txt');
  return applyKnownFailures(list, under(tally, list), allRules, on);
}

const clean = { excused: [], stale: [], exit: 'conformant' };
const excuses = (...excused: readonly string[]): Said => ({ excused, stale: [], exit: 'conformant' });
const one = (why: string): unknown => [expect.stringContaining(why)];

test.each(['fail', 'suspect'] as const)('without entries, a rule of the verdict %s breaks the run', (way) => {
  expect(said({ a: way }, [])).toEqual({ excused: [], stale: [], exit: 'broken' });
});

describe.each(['bug', 'by-design'] as const)('%s', (kind) => {
  const a = entry('rule a', kind);

  test.each(['fail', 'suspect'] as const)('excuses a rule of the verdict %s', (way) => {
    expect(said({ a: way, b: 'pass' }, a)).toEqual(excuses('a'));
  });

  test('and no other', () => {
    expect(said({ a: 'fail', b: 'fail' }, a)).toEqual({ excused: ['a'], stale: [], exit: 'broken' });
  });

  test('is stale when the rule passes', () => {
    expect(said({ a: 'pass' }, a)).toEqual({
      excused: [],
      stale: ['rule a: it passes: remove the entry'],
      exit: 'stale',
    });
  });

  test.each(['flaky', 'unsteady'] as const)('is stale when the rule is %s, and excuses it', (way) => {
    expect(said({ a: way }, a)).toEqual({
      excused: ['a'],
      stale: one("it does not fail every time: write 'kind: flaky'"),
      exit: 'stale',
    });
  });

  test.each(['skipped', 'unsupported', 'declined'] as const)('is stale when the rule is %s', (way) => {
    const { excused, stale } = said({ a: way, b: 'pass' }, a);
    expect({ excused, stale }).toEqual({
      excused: [],
      stale: one("it is not checked: remove the entry, or write 'kind: unsupported'"),
    });
  });
});

describe('unsupported', () => {
  const a = entry('rule a', 'unsupported');

  test.each(['skipped', 'unsupported', 'declined'] as const)('excuses a rule that is %s', (way) => {
    expect(said({ a: way, b: 'pass' }, a)).toEqual(excuses('a'));
  });

  test('is stale when the rule passes', () => {
    expect(said({ a: 'pass' }, a)).toEqual({ ...clean, stale: one('it passes: remove'), exit: 'stale' });
  });

  test.each(['fail', 'suspect', 'flaky', 'unsteady'] as const)(
    'is stale when the rule is %s, and excuses nothing',
    (way) => {
      expect(said({ a: way }, a)).toEqual({
        excused: [],
        stale: one('it is checked, and fails: change the kind'),
        exit: 'broken',
      });
    },
  );
});

describe('flaky', () => {
  const a = entry('rule a', 'flaky');

  test.each(['fail', 'suspect', 'flaky', 'unsteady'] as const)('excuses a rule that is %s', (way) => {
    expect(said({ a: way }, a)).toEqual(excuses('a'));
  });

  test('is true of a rule that passes, which needs no excuse', () => {
    expect(said({ a: 'pass' }, a)).toEqual(clean);
  });

  test.each(['skipped', 'unsupported', 'declined'] as const)('is stale when the rule is %s', (way) => {
    expect(said({ a: way, b: 'pass' }, a).stale).toEqual(one('it is not checked'));
  });
});

describe.each(kinds)('of what the run did not see, %s says nothing', (kind) => {
  const unseen: readonly Way[] = [
    'crash',
    'timeout',
    'protocol',
    'error',
    'not run',
    'inapplicable',
    'not selected',
  ];
  test.each(unseen)('%s', (way) => {
    const { excused, stale } = said({ a: way, b: 'pass' }, entry('rule a', kind), { on: '2030-01-01' });
    expect({ excused, stale }).toEqual({ excused: [], stale: [] });
  });
});

describe('a rule that does not exist', () => {
  test('makes its entry stale, and the nearest is named', () => {
    const { stale, exit } = said({ 'path-root': 'pass' }, entry('rule path-rot', 'bug'));
    expect(stale).toEqual(['rule path-rot: there is no such rule: is it path-root?']);
    expect(exit).toBe('stale');
  });

  test('if any is near', () => {
    expect(said({ a: 'pass' }, entry('rule something-else', 'bug')).stale).toEqual(
      one("there is no such rule: remove the entry, or see 'pycache-spec rules'"),
    );
  });
});

describe('a call', () => {
  const call = (source: string): Stories => ({ a: { way: 'fail', call: source }, b: 'pass' });
  const bug = (pattern: string, ...more: readonly string[]): string =>
    entry(`call ${pattern}`, 'bug', ...more);

  test('excuses each rule whose failing call is like it', () => {
    const stories: Stories = {
      a: { way: 'fail', call: "cache_from_source('x//y.py')" },
      b: { way: 'fail', call: "cache_from_source('x.py')" },
      c: { way: 'suspect', call: "cache_from_source('//y.py')" },
    };
    expect(said(stories, bug("cache_from_source('*//*')"))).toEqual({
      excused: ['a', 'c'],
      stale: [],
      exit: 'broken',
    });
  });

  test('is the one that failed, not another of the counterexample', () => {
    expect(said(call("cache_from_source('x.py')"), bug("cache_from_source('first.py')"))).toEqual({
      excused: [],
      stale: one('no failing call matches it: remove'),
      exit: 'broken',
    });
  });

  test('is compared as a whole, and to the letter', () => {
    const failing = call("cache_from_source('a.b', optimization=b'[x]')");
    for (const pattern of [
      "cache_from_source('a.b', optimization=b'[x]')",
      "*optimization=b'[x]'*",
      '*',
      "cache_from_source('a.b', optimization=b'[x]')  # cache_tag='cpython-312', optimize=0",
      "cache_from_source('a.b'*  # *optimize=0",
    ]) {
      expect([pattern, said(failing, bug(pattern)).excused]).toEqual([pattern, ['a']]);
    }
    for (const pattern of [
      'cache_from_source',
      'optimization',
      "cache_from_source('a?b', optimization=b'[x]')",
      "cache_from_source('a*b', optimization=b'x')",
      "cache_from_source('A.b', optimization=b'[x]')",
      "optimization=b'[x]')",
      "*# cache_tag='cpython-312', optimize=1",
    ]) {
      expect([pattern, said(failing, bug(pattern)).excused]).toEqual([pattern, []]);
    }
  });

  test('may be one that was answered in two ways', () => {
    const stories: Stories = { a: { way: 'unsteady', call: "cache_from_source('x.py')" } };
    expect(said(stories, entry("call cache_from_source('x.py')", 'flaky'))).toEqual(excuses('a'));
    expect(said(stories, bug("cache_from_source('x.py')"))).toEqual({
      excused: ['a'],
      stale: one("a does not fail every time: write 'kind: flaky'"),
      exit: 'stale',
    });
  });

  test('does not excuse a rule that fails at another call as well', () => {
    const { tally, allRules } = ran(call("cache_from_source('x.py')"));
    const [failure] = tally.failures;
    const twice = { ...tally, failures: [failure!, { ...failure!, failed: 0 }] };
    const pattern = "call cache_from_source('x.py')";
    expect(apply([entry(pattern, 'bug')], twice, allRules)).toMatchObject({ excused: [], stale: [] });
    expect(apply([entry('call cache_from_source(*)', 'bug')], twice, allRules).excused).toHaveLength(1);
  });

  test('like no failing one is stale in a run of everything', () => {
    const none = bug('nothing');
    expect(said({ a: 'pass', b: 'inapplicable', c: 'unsupported' }, none)).toEqual({
      excused: [],
      stale: ['call nothing: no failing call matches it: remove the entry'],
      exit: 'stale',
    });
    expect(said({ a: 'pass', b: 'skipped', c: 'declined' }, none).stale).toHaveLength(1);
  });

  test.each(['not selected', 'not run', 'crash', 'timeout', 'protocol', 'error'] as const)(
    'like no failing one is not stale where a rule was %s',
    (way) => {
      expect(said({ a: 'pass', b: way }, bug('nothing')).stale).toEqual([]);
    },
  );

  test('like no failing one is not stale where anything else is open', () => {
    const { tally, allRules } = ran({ a: 'pass', b: 'inapplicable' });
    const staleIn = (changes: Partial<Tally>): number =>
      apply([bug('nothing')], { ...tally, ...changes }, allRules).stale.length;
    const problem = { type: 'problem', why: 'crash', text: '', call: null, rule: null, stderr: '' } as const;
    expect(staleIn({})).toBe(1);
    expect(staleIn({ problems: [problem] })).toBe(0);
    expect(staleIn({ planned: tally.planned + 1, lost: { 'not run': 1 } })).toBe(0);
    expect(staleIn({ planned: tally.planned + 1 })).toBe(0);
    expect(staleIn({ rules: tally.rules.map((rule) => ({ ...rule, verdict: 'not run' })) })).toBe(0);
  });

  test('like no failing one is true when it is flaky', () => {
    expect(said({ a: 'pass' }, entry('call nothing', 'flaky'))).toEqual(clean);
  });

  test('of which the run was not told excuses nothing, and that is said', () => {
    const { tally, allRules } = ran(call("cache_from_source('x.py')"));
    const list = parseKnownFailures(bug("cache_from_source('x.py')"), 'known.txt');
    expect(applyKnownFailures(list, tally, allRules, today)).toMatchObject({
      excused: [],
      stale: [{ why: expect.stringContaining('the run did not have this entry') as unknown }],
    });
    const other = parseKnownFailures(bug("cache_from_source('x.py')", 'fails: x'), 'known.txt');
    expect(applyKnownFailures(list, under(tally, other), allRules, today).stale).toHaveLength(1);
  });

  test('is excused by the longest pattern, wherever it stands', () => {
    const both = [bug('*'), entry("call *'x.py'*", 'by-design')];
    const { tally, allRules } = ran(call("cache_from_source('x.py')"));
    for (const list of [both, both.toReversed()]) {
      const { excused, stale } = apply(list, tally, allRules);
      expect(excused.map(({ kind }) => kind)).toEqual(['by-design']);
      expect(stale.map(({ entry: name }) => name)).toEqual(['call *']);
    }
  });

  test('excuses nothing that the run did not set aside for it', () => {
    const { tally, allRules } = ran(call("cache_from_source('x.py')"));
    const list = parseKnownFailures(bug("cache_from_source('x.py')"), 'known.txt');
    const whole = under(tally, list);
    const failures = [...whole.failures, { ...whole.failures[0]!, known: null }];
    expect(applyKnownFailures(list, whole, allRules, today).excused).toHaveLength(1);
    expect(applyKnownFailures(list, { ...whole, failures }, allRules, today).excused).toEqual([]);
  });
});

describe('how it fails', () => {
  const failing = (stories: Partial<{ way: Way; got: Parameters<typeof raises> }> = {}): Stories => ({
    a: { way: stories.way ?? 'fail', got: raises(...(stories.got ?? ['TypeError', 'no float'])) },
  });

  test.each(['raises TypeError: no float', 'raises TypeError*', '*float', '*'])('is like %s', (fails) => {
    expect(said(failing(), entry('rule a', 'bug', `fails: ${fails}`))).toEqual(excuses('a'));
  });

  test.each(['raises TypeError', 'raises ValueError*', 'TypeError'])('is not like %s', (fails) => {
    expect(said(failing(), entry('rule a', 'bug', `fails: ${fails}`))).toEqual({
      excused: ['a'],
      stale: one('it fails in another way, got raises TypeError: no float: check whether'),
      exit: 'stale',
    });
  });

  test('is of the failing call, and not of another of the counterexample', () => {
    expect(said(failing(), entry('rule a', 'bug', `fails: 'right'`)).stale).toHaveLength(1);
  });

  test('says which calls a pattern excuses', () => {
    const stories: Stories = {
      a: { way: 'fail', got: raises('TypeError', 'x') },
      b: { way: 'fail', got: raises('ValueError', 'x') },
    };
    expect(said(stories, entry('call *', 'bug', 'fails: raises TypeError*'))).toEqual({
      excused: ['a'],
      stale: [],
      exit: 'broken',
    });
  });

  test('has its warnings before it, in one line', () => {
    const got = {
      kind: 'return',
      value: str('x'),
      warnings: [{ category: 'UserWarning', message: str('one\ntwo') }],
    } as const;
    const { tally, allRules } = ran({ a: { way: 'fail', got } });
    const fails = "fails: warns UserWarning: one two 'x'";
    expect(apply([entry('rule a', 'bug', fails)], tally, allRules).stale).toEqual([]);
  });

  test('may be either of two answers', () => {
    expect(
      said(failing({ way: 'unsteady' }), entry('rule a', 'flaky', 'fails: raises TypeError*')).stale,
    ).toEqual([]);
    expect(said(failing({ way: 'unsteady' }), entry('rule a', 'flaky', "fails: 'right'")).stale).toEqual([]);
    expect(said(failing({ way: 'unsteady' }), entry('rule a', 'flaky', 'fails: x')).stale).toEqual(
      one("it fails in another way, got 'right' and raises TypeError: no float"),
    );
  });

  test('says nothing where nothing failed', () => {
    expect(said({ a: 'pass' }, entry('rule a', 'flaky', 'fails: x'))).toEqual(clean);
  });
});

describe('the last day', () => {
  const bug = entry('rule a', 'bug');
  const past: Said = {
    excused: ['a'],
    stale: ['rule a: it expired after 2026-12-31: give another date, or remove the entry'],
    exit: 'stale',
  };

  test('is included', () => {
    expect(said({ a: 'fail' }, bug, { on: '2026-12-31' })).toEqual(excuses('a'));
    expect(said({ a: 'fail' }, bug, { on: '2027-01-01' })).toEqual(past);
  });

  test('counts in a shard, and of what is flaky and passes', () => {
    expect(said({ a: 'fail' }, bug, { on: '2027-01-01', shard })).toEqual(past);
    expect(said({ a: 'pass' }, entry('rule a', 'flaky'), { on: '2027-01-01' }).stale).toEqual(past.stale);
  });

  test('adds nothing to an entry that is to be removed', () => {
    expect(said({ a: 'pass' }, bug, { on: '2027-01-01' }).stale).toEqual(one('it passes'));
  });

  test('may be missing', () => {
    const { tally, allRules } = ran({ a: 'fail' });
    const list = 'rule a\n  kind: bug\n  reason: x';
    expect(apply([list], tally, allRules, '9999-12-31').stale).toEqual([]);
  });
});

describe('in a shard', () => {
  test.each(['pass', 'flaky', 'skipped', 'unsupported', 'not run'] as const)(
    'an entry is not stale when its rule is %s',
    (way) => {
      for (const kind of kinds) {
        expect(said({ a: way, b: 'pass' }, entry('rule a', kind), { shard }).stale).toEqual([]);
      }
    },
  );

  test('nor is a pattern that matches nothing, nor another failure', () => {
    expect(said({ a: 'pass' }, entry('call nothing', 'bug'), { shard }).stale).toEqual([]);
    expect(said({ a: 'fail' }, entry('rule a', 'bug', 'fails: x'), { shard })).toEqual(excuses('a'));
  });

  test('but a rule that does not exist is', () => {
    expect(said({ a: 'pass' }, entry('rule b', 'bug'), { shard }).stale).toHaveLength(1);
  });

  test('what is unsupported may have its law in another', () => {
    const run = ran({ a: 'not run', b: 'pass' }, shard);
    const excusedWith = (kind: Kind, declined: readonly string[]): number =>
      apply([entry('rule a', kind)], { ...run.tally, declined }, run.allRules).excused.length;
    expect(excusedWith('unsupported', ['a'])).toBe(1);
    expect(excusedWith('unsupported', ['b'])).toBe(0);
    expect(excusedWith('bug', ['a'])).toBe(0);
  });
});

test('the first entry that excuses a rule says why', () => {
  const { tally, allRules } = ran({ a: 'fail', b: 'fail' });
  const list = [
    entry('rule a', 'unsupported'),
    "call cache_from_source('*')\n  kind: by-design\n  reason: first\n  issue: #1",
    'rule a\n  kind: bug\n  reason: second',
    'rule b\n  kind: bug\n  reason: third',
  ];
  const [a, ...rest] = list.slice(1);
  expect(apply([a!, ...rest], tally, allRules).excused).toEqual([
    { rule: 'a', kind: 'by-design', reason: 'first', issue: '#1' },
    { rule: 'b', kind: 'by-design', reason: 'first', issue: '#1' },
  ]);
  expect(apply([...rest, a!], tally, allRules).excused.map(({ reason }) => reason)).toEqual([
    'second',
    'third',
  ]);
  expect(apply([list[0]!, a!], tally, allRules).excused[0]!.kind).toBe('by-design');
});

test('a stale entry is told with its name and line, and the file', () => {
  const { tally, allRules } = ran({ a: 'pass' });
  const list = parseKnownFailures(`# x\n\n${entry('rule  a', 'bug')}`, 'ci/known.txt');
  expect(applyKnownFailures(list, tally, allRules, today)).toEqual({
    type: 'known',
    file: 'ci/known.txt',
    entries: [],
    excused: [],
    stale: [{ entry: 'rule a', line: 3, why: 'it passes: remove the entry' }],
  });
});

test('a draft neither excuses nor is stale', () => {
  const { tally, allRules } = ran({ a: 'fail', b: 'pass', c: 'fail' });
  const text =
    'rule a\n  kind: bug\n  reason:\nrule b\n  kind: bug\n  reason:\nrule c\n  kind: flaky\n  reason: x\n  until:\n';
  const list = parseKnownFailures(text, 'x', { drafts: true });
  expect(applyKnownFailures(list, tally, allRules, today)).toMatchObject({ excused: [], stale: [] });
});

const id = fc.constantFrom('a', 'b', 'c', 'd');
const stories = fc.dictionary(id, fc.constantFrom(...ways), { minKeys: 1 });
const entries = fc.uniqueArray(
  fc
    .tuple(
      fc.oneof(
        id.map((rule) => `rule ${rule}`),
        id.map((rule) => `call *'${rule}.py'*`),
      ),
      fc.constantFrom(...kinds),
    )
    .filter(([name, kind]) => name.startsWith('rule') || kind !== 'unsupported'),
  { selector: ([name]) => name, maxLength: 6 },
);
const part = fc.option(fc.constant(shard));

describe('for every run and list', () => {
  test('the scores, and what went wrong, are the same with it and without', () => {
    fc.assert(
      fc.property(stories, entries, part, (all, list, of) => {
        const { tally, allRules, told } = ran(all, of);
        const known = apply(
          list.map(([name, kind]) => entry(name, kind)),
          tally,
          allRules,
        );
        const after = told(known);
        expect(after.scores).toEqual(tally.scores);
        expect(after.rules.map(({ verdict }) => verdict)).toEqual(tally.rules.map(({ verdict }) => verdict));
        expect(after.failures).toEqual(tally.failures);
      }),
    );
  });

  test('a rule is excused once at most, and only if it did not pass', () => {
    fc.assert(
      fc.property(stories, entries, part, (all, list, of) => {
        const { tally, allRules } = ran(all, of);
        const known = apply(
          list.map(([name, kind]) => entry(name, kind)),
          tally,
          allRules,
        );
        const rules = known.excused.map(({ rule }) => rule);
        expect(new Set(rules).size).toBe(rules.length);
        const excusable = ['fail', 'suspect', 'flaky', 'skipped', 'unsupported'];
        const verdicts = new Map(tally.rules.map((rule) => [rule.id, rule.verdict]));
        for (const rule of rules) expect(excusable).toContain(verdicts.get(rule));
      }),
    );
  });

  test('a run is conformant with it only if each rule that fails has an entry', () => {
    fc.assert(
      fc.property(stories, entries, (all, list) => {
        const { tally, allRules, verdict } = ran(all);
        const known = apply(
          list.map(([name, kind]) => entry(name, kind)),
          tally,
          allRules,
        );
        const named = (rule: string): boolean =>
          list.some(([name]) => name === `rule ${rule}` || name.includes(`'${rule}.py'`));
        const unnamed = tally.rules.filter((rule) => fails(rule) && !named(rule.id));
        expect(verdict(known) === 'conformant' && unnamed.length > 0).toBe(false);
      }),
    );
  });
});
