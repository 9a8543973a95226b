import { describe, expect, test } from 'vitest';
import type { Call, Outcome } from '../python/call.ts';
import { str, Str } from '../python/text.ts';
import { answer, rulesThatDecide, type Target } from '../reference.ts';
import { decodeCall, decodeOutcome, encodeCall } from './codec.ts';
import { features, type Feature } from './features.ts';
import { referenceHello } from './subjects/reference.ts';
import { mishaps, type Mishap } from './events.ts';
import type { Reply } from './subjects/subject.ts';
import {
  applicableTo,
  chapters,
  check,
  hello,
  raising,
  returning,
  shown,
  subject,
  supporting,
  target,
  type Asking,
  type Result,
  type Wrong,
} from './testing.ts';

const every = chapters.flatMap(({ rules }) => rules.map(({ id }) => id));
const all = applicableTo(target);

/** Each rule applies to one of these. */
const targets: readonly Target[] = [
  target,
  { version: [3, 15, 0], platform: 'win32' },
  { version: [3, 4, 0], platform: 'posix' },
  { version: [3, 8, 0], platform: 'posix' },
  { version: [3, 13, 8], platform: 'posix' },
  { version: [3, 8, 0], platform: 'win32' },
  { version: [3, 8, 14], platform: 'win32' },
];
const nameOf = ({ version, platform }: Target): string => `${version.join('.')} on ${platform}`;
const namedTargets = targets.map((one) => [nameOf(one), one] as const);
test('each rule applies to a target that is tried below', () => {
  expect(every.filter((id) => !targets.some((one) => applicableTo(one).includes(id)))).toEqual([]);
});
const sum = (counts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(counts).reduce<number>((a, b = 0) => a + b, 0);

/** The path of a call in canonical form, if it is text. */
const pathOf = ({ args: [path] }: Call): string | undefined => (path instanceof Str ? path.units : undefined);
const isGiven = (call: Call, name: string): boolean => call.kwargs.some(([keyword]) => keyword === name);

/** The dot that ends the name is taken to be the first. */
const firstDot: Wrong = (call, right) => {
  const name = pathOf(call)?.split('/').at(-1) ?? '';
  if (right.kind !== 'return' || !/[^.]\..*\./.test(name)) return right;
  return { ...right, value: str('__pycache__/cut.pyc') };
};

/** Wrong where two chapters meet. */
const slashesAndOptimization: Wrong = (call, right) =>
  right.kind === 'return' && isGiven(call, 'optimization') && pathOf(call)?.includes('//')
    ? { ...right, value: str('__pycache__/a.pyc') }
    : right;

const constant = returning('__pycache__/a.cpython-312.pyc');
const echo: Wrong = ({ args: [path = null] }) => ({ kind: 'return', value: path, warnings: [] });

describe('the reference', () => {
  const one = subject();
  const checked = check(one, { seed: 7 });

  test('is conformant, and every rule is judged', async () => {
    const { verdict, tally, found, rules } = await checked;
    expect(found).toEqual([]);
    expect(rules('pass')).toEqual(all);
    expect(verdict).toBe('conformant');
    expect([...tally.problems, ...tally.open]).toEqual([]);
    expect(one.closed).toBe(true);
  });

  test.each(namedTargets.slice(1))('is conformant as %s too', async (_, as) => {
    const { verdict, found, rules, tally } = await check(subject(undefined, referenceHello(as), as));
    expect(found).toEqual([]);
    expect(rules('pass')).toEqual(applicableTo(as));
    expect(tally.subject!.inapplicable).toHaveLength(every.length - applicableTo(as).length);
    expect(verdict).toBe('conformant');
  });

  test('has its books balanced: planned, asked and answered are as many, in all and by chapter', async () => {
    const { tally, events } = await checked;
    expect(tally.planned).toBe(one.asked.length);
    expect(tally.answered).toBe(one.asked.length);
    const again = events.flatMap((event) => (event.type === 'work' && event.kind === 'again' ? [event] : []));
    expect(again).toMatchObject([{ planned: again[0]!.answered }]);
    expect(again[0]!.answered).toBeGreaterThan(tally.answered / 100);
    const inChapters = tally.chapters.reduce((calls, chapter) => calls + chapter.answered, 0);
    expect(inChapters + again[0]!.answered).toBe(tally.answered);
    expect([tally.lost, tally.reasons, tally.leftOut]).toEqual([{}, {}, {}]);
  });

  test('is told of in order: the start, the progress up to the last input, and the end', async () => {
    const { events, signs, tally, plan } = await checked;
    expect(events[0]).toMatchObject({ type: 'start', seed: 7, runs: 10 });
    expect(events[0]!.type === 'start' && events[0]!.rules.map(({ id }) => id)).toEqual(every);
    expect(events[1]).toMatchObject({
      type: 'subject',
      implementation: hello.implementation,
      python: '3.12.1',
      target: '3.12.1',
      inapplicable: every.filter((id) => !all.includes(id)),
    });
    const works = events.slice(2, -1);
    expect(works.filter(({ type }) => type !== 'work')).toEqual([]);
    expect(works).toHaveLength(plan.tasks.length + 1);
    expect(events.at(-1)).toEqual({ type: 'end', seconds: tally.seconds, stopped: null });
    const progress = signs.flatMap((sign) => (sign.type === 'progress' ? [sign] : []));
    expect(progress).toHaveLength(signs.length);
    const done = progress.map((event) => event.done);
    expect(done).toEqual(done.toSorted((x, y) => x - y));
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.of);
    expect(progress.at(-1)!.of).toBeGreaterThan(plan.tasks.length);
  });

  test('is asked the same calls for the same seed, and others for another', async () => {
    const asked = async (seed: number): Promise<readonly Call[]> => {
      const one = subject();
      await check(one, { seed, selection: { chapter: 'path' } });
      return one.asked;
    };
    const first = await asked(1);
    expect(await asked(1)).toEqual(first);
    expect(await asked(2)).not.toEqual(first);
  });

  test('is asked more for more runs', async () => {
    const asked = async (runs: number): Promise<readonly Call[]> => {
      const one = subject();
      await check(one, { runs, selection: { rule: 'path-without-directory' } });
      return one.asked;
    };
    const [few, many] = [await asked(10), await asked(600)];
    expect(many.length).toBeGreaterThan(few.length + 500);
  });
});

/** Rules that what says the same of all calls does keep. */
const keptByConstant: ReadonlySet<string> = new Set(['call-same-result-each-time']);

describe('a subject that for every call', () => {
  test.each<readonly [string, Wrong]>([
    ['returns the same path', constant],
    ['returns its path', echo],
    ['raises TypeError', raising('TypeError')],
  ])('%s is broken, in all of its rules but few, and judged whole', async (_, wrong) => {
    const { verdict, tally, found, rules } = await check(subject(wrong), { runs: 40 });
    expect(verdict).toBe('broken');
    expect(rules('pass').filter((id) => !keptByConstant.has(id))).toEqual([]);
    expect(rules('unsupported', 'skipped', 'inapplicable')).toEqual([]);
    expect(tally.answered).toBe(tally.planned);
    expect(found.filter(({ flaky }) => flaky)).toEqual([]);
  });

  test.each<readonly [string, Outcome]>([
    ['says that it skips it', { kind: 'skipped', reason: 'not today' }],
    ['says that it is unsupported', { kind: 'unsupported', feature: 'telepathy' }],
  ])('%s passes and breaks no rule: the run is incomplete', async (_, outcome) => {
    const one = subject(() => outcome);
    const { verdict, tally, found, rules } = await check(one);
    expect(rules(outcome.kind as 'skipped' | 'unsupported')).toEqual(all);
    expect(found).toEqual([]);
    expect(verdict).toBe('incomplete');
    expect(tally.open).toEqual([
      'no rule could be checked',
      `the adapter declined calls of ${all.length} rules`,
    ]);
    expect(tally.answered).toBe(0);
    expect(tally.lost).toEqual({ [outcome.kind]: tally.planned });
    expect(tally.planned).toBe(one.asked.length);
    expect(sum(tally.reasons)).toBe(tally.planned);
    expect(Object.keys(tally.reasons)).toHaveLength(1);
  });
});

test('the calls that a subject skips are counted by its reasons, and the others are judged', async () => {
  const { verdict, tally, rules } = await check(
    subject((call, right) => {
      if (call.state.cacheTag === null) return { kind: 'skipped', reason: 'no tag' };
      return isGiven(call, 'debug_override') ? { kind: 'skipped', reason: 'old' } : right;
    }),
  );
  expect(Object.keys(tally.reasons).toSorted()).toEqual(['no tag', 'old']);
  expect(tally.lost).toEqual({ skipped: sum(tally.reasons) });
  expect(tally.answered + sum(tally.reasons)).toBe(tally.planned);
  expect(tally.answered).toBeGreaterThan(0);
  expect(rules('skipped')).toEqual(expect.arrayContaining(['tag-none-raises', 'debug-override-warns']));
  expect(rules('pass')).toContain('path-without-directory');
  expect(rules('fail')).toEqual([]);
  expect(verdict).toBe('incomplete');
});

test('the reasons for skipping are kept whatever they are, the first ones, and by their beginning', async () => {
  const names = ['__proto__', 'constructor', 'x'.repeat(1000)];
  let calls = 0;
  const { tally } = await check(
    subject((_, right) => {
      const reason = names[calls++] ?? (calls % 2 === 0 ? `reason ${calls}` : undefined);
      return reason === undefined ? right : { kind: 'skipped', reason };
    }),
  );
  const reasons = Object.keys(tally.reasons);
  expect(reasons.slice(0, 3)).toEqual(['__proto__', 'constructor', `${'x'.repeat(200)}…`]);
  expect(reasons).toHaveLength(21);
  expect(reasons.at(-1)).toBe('other reasons');
  expect(sum(tally.reasons)).toBe(tally.lost.skipped);
});

describe('a subject that lacks', () => {
  /** Whether a call needs the feature, told from the protocol's words and not from the code. */
  const isSentOnlyWith: Partial<Record<Feature, (call: Call) => boolean>> = {
    optimization: (call) => isGiven(call, 'optimization'),
    debug_override: (call) => isGiven(call, 'debug_override') || call.args.length > 1,
    path_like: ({ args: [path] }) => path !== null && typeof path === 'object' && path.kind === 'path',
    cache_tag: ({ state }) => state.cacheTag?.units !== 'fixed',
    optimize: ({ state }) => state.optimize !== 2n,
    pycache_prefix: ({ state }) => state.pycachePrefix !== null,
    cwd: ({ state }) => state.pycachePrefix !== null && state.cwd?.units !== '/fixed',
    removed_cwd: ({ state }) => state.cwd === null,
    python_calls: ({ args, kwargs }) =>
      args.length !== 1 || kwargs.some(([name]) => !['optimization', 'debug_override'].includes(name)),
    objects: ({ args, kwargs }) =>
      [...args, ...kwargs.map(([, value]) => value)].some(
        (value) => value !== null && typeof value === 'object' && value.kind === 'object',
      ),
    values: ({ args, kwargs }) =>
      [...args, ...kwargs.map(([, value]) => value)].some(
        (value) =>
          value !== null &&
          typeof value === 'object' &&
          ['float', 'bytes', 'list', 'tuple'].includes(value.kind),
      ),
  };
  const fixed = { cacheTag: str('fixed'), optimize: 2n, cwd: str('/fixed') };

  type Lacking = { readonly result: Result; readonly asked: readonly Call[] };
  const made = new Map<Feature, Promise<Lacking>>();
  const lacking = async (feature: Feature): Promise<Lacking> => {
    const one = subject(undefined, {
      ...hello,
      supports: new Set([...hello.supports].filter((other) => other !== feature)),
      fixed: {
        ...(feature === 'cache_tag' ? { cacheTag: fixed.cacheTag } : {}),
        ...(feature === 'optimize' ? { optimize: fixed.optimize } : {}),
        ...(feature === 'cwd' ? { cwd: fixed.cwd } : {}),
      },
    });
    return { result: await check(one, { runs: 5 }), asked: one.asked };
  };
  const without = (feature: Feature): Promise<Lacking> => {
    const result = made.get(feature) ?? lacking(feature);
    made.set(feature, result);
    return result;
  };

  test.each(Object.entries(isSentOnlyWith))('%s is not asked for it', async (feature, needsIt) => {
    const { result, asked } = await without(feature as Feature);
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(needsIt)).toEqual([]);
    expect(result.verdict).toBe('conformant');
    expect(Object.keys(result.tally.leftOut)).toEqual([feature]);
    expect(sum(result.tally.leftOut)).toBeGreaterThan(0);
  });

  test.each<readonly [Feature, readonly string[]]>([
    ['optimization', ['opt-empty-adds-no-segment', 'opt-bool-by-name', 'debug-both-given-raises']],
    [
      'debug_override',
      ['debug-true-is-empty-optimization', 'debug-override-warns', 'order-truth-before-path'],
    ],
    ['path_like', ['like-fspath-gives-the-path', 'like-fspath-error-passes-through']],
    ['cache_tag', ['tag-none-raises', 'tag-may-be-empty', 'tag-read-at-each-call']],
    ['optimize', ['opt-interpreter-level-zero-adds-no-segment']],
    ['pycache_prefix', ['prefix-replaces-the-cache-folder', 'prefix-empty-is-relative']],
    ['cwd', ['prefix-working-directory-error-passes-through']],
    ['removed_cwd', ['prefix-working-directory-error-passes-through']],
    ['warnings', ['debug-override-warns', 'debug-none-is-silent', 'order-warning-before-error']],
    ['messages', ['opt-error-shows-repr']],
    ['python_calls', ['call-path-is-required', 'call-path-by-keyword', 'call-debug-override-by-position']],
    ['objects', ['opt-str-asked-once', 'debug-truth-asked-once', 'like-str-subclass-is-accepted']],
    ['values', ['opt-float-by-its-repr', 'opt-bool-by-name']],
  ])('%s has the rules that are about it unsupported, and not passed', async (feature, about) => {
    const { result } = await without(feature);
    expect(result.rules('unsupported')).toEqual(expect.arrayContaining([...about]));
    expect(result.rules('pass', 'unsupported').toSorted()).toEqual(all.toSorted());
    expect(result.rules('pass').length).toBeGreaterThan(0);
  });

  test('warnings or messages may give wrong ones', async () => {
    const untrue: Wrong = (_, right) =>
      right.kind === 'raise'
        ? { ...right, message: str('?'), warnings: [{ category: 'UserWarning' }] }
        : { ...right, warnings: [] };
    const supports = features.filter(
      (one) => hello.supports.has(one) && one !== 'warnings' && one !== 'messages',
    );
    expect((await check(subject(untrue, supporting(supports)))).verdict).toBe('conformant');
    expect((await check(subject(untrue, supporting([...supports, 'warnings'])))).verdict).toBe('broken');
    expect((await check(subject(untrue, supporting([...supports, 'messages'])))).verdict).toBe('broken');
  });
});

describe('the smallest adapter', () => {
  const smallest = supporting(['optimization', 'cache_tag'], { optimize: 0n });

  test('is conformant in what it supports, and the other rules are unsupported', async () => {
    const one = subject(undefined, smallest);
    const { verdict, rules, tally } = await check(one);
    expect(verdict).toBe('conformant');
    expect(rules('pass', 'unsupported').toSorted()).toEqual(all.toSorted());
    expect(rules('pass')).toEqual(
      expect.arrayContaining(['path-ends-in-pyc', 'tag-none-raises', 'opt-text-is-kept']),
    );
    const chapter = (name: string): string[] =>
      chapters
        .find((other) => other.name === name)!
        .rules.map(({ id }) => id)
        .filter((id) => all.includes(id));
    for (const name of ['5-debug-override', '6-path-like']) {
      expect(rules('unsupported')).toEqual(expect.arrayContaining(chapter(name)));
    }
    expect(tally.planned).toBe(one.asked.length);
  });

  test('is sent a path of text, its own level, and no keyword but an optimization of text, integer or None', async () => {
    const one = subject(undefined, smallest);
    await check(one);
    const isPlain = ({ state, args: [path, ...more], kwargs }: Call): boolean =>
      state.optimize === 0n &&
      state.pycachePrefix === null &&
      path instanceof Str &&
      more.length === 0 &&
      kwargs.every(
        ([name, value]) =>
          name === 'optimization' && (value === null || typeof value === 'bigint' || value instanceof Str),
      );
    expect(one.asked.length).toBeGreaterThan(1000);
    expect(one.asked.filter((call) => !isPlain(call))).toEqual([]);
  });

  test('may raise without a message and warn as it likes', async () => {
    const bare: Wrong = (_, right) =>
      right.kind === 'raise'
        ? { kind: 'raise', type: right.type }
        : { ...right, warnings: [{ category: 'X' }] };
    expect((await check(subject(bare, smallest))).verdict).toBe('conformant');
  });

  test('is not conformant with a fault', async () => {
    const { verdict, rules } = await check(subject(firstDot, smallest));
    expect(verdict).toBe('broken');
    expect(rules('fail')).toContain('path-last-dot-ends-the-name');
  });

  test('with a fixed tag of None leaves nothing that could be judged', async () => {
    const { verdict, rules } = await check(
      subject(undefined, supporting(['optimization'], { optimize: 0n, cacheTag: null })),
    );
    expect(rules('fail')).toEqual([]);
    expect(rules('pass').every((id) => id.startsWith('tag-none') || id.startsWith('order-'))).toBe(true);
    expect(['conformant', 'incomplete']).toContain(verdict);
  });
});

describe('a fault', () => {
  test('is shown by its smallest call, with what was expected and what came', async () => {
    const { found } = await check(subject(firstDot), { selection: { rule: 'path-last-dot-ends-the-name' } });
    const law = found.find(({ kind }) => kind === 'law')!;
    const path = pathOf(decodeCall(law.calls[0]))!;
    expect(path).toMatch(/^[a-z]\.[a-z]?\.(py)?$/);
    expect(law.failed).toBe(0);
    expect(law.expected.join()).toContain(
      `'__pycache__/${path.slice(0, path.lastIndexOf('.'))}.cpython-312.`,
    );
    expect(shown(law)).toMatchObject({ outcomes: [{ return: '__pycache__/cut.pyc' }], flaky: false });
  });

  test.each<readonly [string, Wrong]>([
    ['the first dot', firstDot],
    ['slashes with an optimization', slashesAndOptimization],
    ['a constant', constant],
  ])('is found again by the same seed and runs: %s', async (_, wrong) => {
    const again = (): Promise<Result> => check(subject(wrong), { seed: 3 });
    const found = (await again()).found.map(shown);
    expect(found.length).toBeGreaterThan(0);
    expect((await again()).found.map(shown)).toEqual(found);
  });

  test.each<readonly [string, Wrong, number]>([
    ['the first dot', firstDot, 1],
    ['a constant', constant, 60],
  ])(
    "of a law is found again by that rule's law alone, as a report promises: %s",
    async (_, wrong, least) => {
      const laws = (await check(subject(wrong), { seed: 3 })).found.filter(({ kind }) => kind === 'law');
      expect(laws.length).toBeGreaterThanOrEqual(least);
      for (const law of laws) {
        const { found } = await check(subject(wrong), { seed: 3, selection: { rule: law.rule } });
        expect(found.map(shown)).toContainEqual(shown(law));
      }
    },
  );

  test('shrinks towards a failure of the same way', async () => {
    // Short paths fail in another way than long ones.
    const twoWays: Wrong = (call) =>
      (pathOf(call) ?? '').length < 12
        ? { kind: 'raise', type: 'IndexError', message: Str.empty, warnings: [] }
        : { kind: 'return', value: null, warnings: [] };
    const ways = new Set<string>();
    for (let seed = 1; seed <= 10; seed++) {
      const one = subject(twoWays);
      const { found, plan } = await check(one, {
        seed,
        selection: { rule: 'path-splits-at-last-separator' },
      });
      const [examples] = plan.tasks;
      const drawn = one.asked[examples!.always.filter((example) => examples!.wants(example)).length]!;
      const { kind } = twoWays(drawn, answer(drawn, target));
      const law = found.find((other) => other.kind === 'law')!;
      expect([seed, decodeOutcome(law.outcomes[0]).kind, law.flaky]).toEqual([seed, kind, false]);
      ways.add(kind);
    }
    expect(ways).toEqual(new Set(['raise', 'return']));
  });

  test.each<readonly [string, string]>([
    ['missing 1 required positional', 'call-path-is-required'],
    ['unexpected keyword argument', 'call-unknown-keyword-raises'],
    ['multiple values for argument', 'call-argument-given-twice-raises'],
    ['takes from 1 to 2 positional', 'call-optimization-is-keyword-only'],
    ['__str__ returned non-string', 'opt-str-must-give-str'],
    ['Exceeds the limit', 'opt-integer-past-the-digit-limit-raises'],
    ['__bool__ should return bool', 'debug-truth-must-be-bool'],
    ['__fspath__() to return str or bytes', 'like-fspath-must-give-str'],
  ])(
    'in the message %j, which no law reads, is found all the same and named after its rule',
    async (message, its) => {
      const wrong: Wrong = (_, right) =>
        right.kind === 'raise' && right.message?.units.includes(message) === true
          ? { ...right, message: str('?') }
          : right;
      const { verdict, found, rules } = await check(subject(wrong));
      expect(verdict).toBe('broken');
      expect(found.map(({ rule, kind, flaky }) => [rule, kind === 'law', flaky])).toEqual([
        [its, false, false],
      ]);
      expect(rules('fail')).toEqual([its]);
      expect(rulesThatDecide(decodeCall(found[0]!.calls[0]), target)).toContain(its);
    },
  );

  test('is found beside another that shows far more often', async () => {
    const [rare, often] = ['debug-truth-must-be-bool', 'path-last-dot-ends-the-name'];
    const both: Wrong = (call, right) =>
      right.kind === 'raise' && right.message?.units.includes('__bool__ should return bool') === true
        ? { ...right, message: str('?') }
        : firstDot(call, right);
    for (let seed = 1; seed <= 5; seed++) {
      const { rules } = await check(subject(both), { seed, runs: 50, selection: { rules: [rare, often] } });
      expect([seed, rules('fail')]).toEqual([seed, [often, rare]]);
    }
  });

  test('is of a selected rule, when only some are selected', async () => {
    const { found, rules } = await check(subject(constant), { selection: { chapter: 'cache-tag' } });
    expect(found.length).toBeGreaterThan(0);
    for (const { rule } of found) expect(rule).toMatch(/^tag-/);
    expect(rules('fail').every((id) => id.startsWith('tag-'))).toBe(true);
  });

  test.each<readonly [does: Target, rule: string]>([
    [{ version: [3, 6, 0], platform: 'posix' }, 'opt-alphanumeric-by-release'],
    [{ version: [3, 4, 2], platform: 'posix' }, 'path-first-dot-ends-the-name'],
    [{ version: [3, 7, 0], platform: 'posix' }, 'prefix-is-ignored-before'],
    [{ version: [3, 15, 0], platform: 'posix' }, 'call-debug-override-is-gone'],
    [{ version: [3, 12, 1], platform: 'win32' }, 'windows-joins-with-backslash'],
  ])('is what another does right: each is held to what it claims: %o', async (does, rule) => {
    const claims = referenceHello(does);
    const right = await check(subject(undefined, claims, does));
    expect(right.verdict).toBe('conformant');
    expect(right.tally.subject!.inapplicable.length).toBeGreaterThan(0);
    const another = await check(subject(undefined, claims, target));
    expect(another.verdict).toBe('broken');
    expect(another.rules('fail')).toContain(rule);
  });

  test('of a release newer than any that is specified is what the newest does not do', async () => {
    const newest: Target = { version: [3, 15, 0], platform: 'posix' };
    const claims = { ...referenceHello(newest), python: [3, 17, 2] } as const;
    expect((await check(subject(undefined, claims, newest))).verdict).toBe('conformant');
    expect((await check(subject(undefined, claims, target))).verdict).toBe('broken');
  });

  test('on Windows is shown by its smallest call', async () => {
    const as: Target = { version: [3, 12, 1], platform: 'win32' };
    const slashes: Wrong = (_, right) =>
      right.kind === 'return' && right.value instanceof Str
        ? { ...right, value: str(right.value.units.replaceAll('\\', '/')) }
        : right;
    const { found, rules } = await check(subject(slashes, referenceHello(as), as));
    expect(rules('fail')).toContain('windows-joins-with-backslash');
    const law = found.find(({ rule, kind }) => kind === 'law' && rule === 'windows-joins-with-backslash')!;
    expect(shown(law)).toMatchObject({ flaky: false });
    expect(pathOf(decodeCall(law.calls[0]))!.length).toBeLessThan(8);
  });
});

describe('a subject that is not steady', () => {
  test('and fails once is told from one that fails always', async () => {
    let answers = 0;
    const once: Wrong = (_, right) =>
      ++answers === 700 ? { kind: 'raise', type: 'OSError', message: Str.empty, warnings: [] } : right;
    const { verdict, found, rules } = await check(subject(once));
    expect(verdict).toBe('broken');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ flaky: true });
    const { calls, outcomes, failed } = found[0]!;
    expect(outcomes).toHaveLength(calls.length);
    expect(outcomes[failed]).toMatchObject({ raise: 'OSError' });
    expect(rules('flaky')).toEqual([found[0]!.rule]);
    expect(rules('fail')).toEqual([]);
  });

  test('and answers the same call in two ways is found by asking again', async () => {
    // Its first answer is right, so that nothing else shows.
    const seen = new Set<string>();
    const unsteady: Wrong = (call, right) => {
      const text = JSON.stringify(encodeCall(call));
      const isNew = !seen.has(text);
      seen.add(text);
      return isNew || seen.size < 3500 ? right : { kind: 'return', value: null, warnings: [] };
    };
    const { verdict, tally, rules } = await check(subject(unsteady));
    expect(tally.unsteady.length).toBeGreaterThan(0);
    for (const { outcomes } of tally.unsteady) expect(outcomes[0]).not.toEqual(outcomes[1]);
    expect(rules('flaky', 'fail')).toEqual(
      expect.arrayContaining([...new Set(tally.unsteady.map(({ rule }) => rule))]),
    );
    expect(verdict).toBe('broken');
  });
});

describe('a subject that loses calls', () => {
  const lost = (why: Mishap): Reply => ({ kind: 'lost', why, text: `It is a ${why}.`, stderr: 'last words' });

  test.each([...mishaps])('by a %s has these told with their rule, and the others judged', async (why) => {
    const one = subject((call, right) => (pathOf(call)?.includes('..') === true ? lost(why) : right));
    const { verdict, tally, found, rules } = await check(one);
    expect(verdict).toBe('adapter');
    expect(found).toEqual([]);
    expect(tally.lost[why]).toBe(tally.planned - tally.answered);
    expect(tally.lost[why]).toBe(one.asked.filter((call) => pathOf(call)?.includes('..')).length);
    expect(rules(why)).toContain('path-last-dot-ends-the-name');
    expect(rules('pass')).toContain('call-path-is-required');
    expect(rules('pass', why)).toEqual(all);
    for (const { call, text, stderr, rule } of tally.problems) {
      expect(pathOf(decodeCall(call))).toContain('..');
      expect([text, stderr]).toEqual([`It is a ${why}.`, 'last words']);
      expect(all).toContain(rule);
    }
  });

  test('while a fault is made smaller has failed too', async () => {
    const one = subject(firstDot);
    const { ask } = one;
    let isShrinking = false;
    // The first message of one case alone is of the shrinking.
    one.ask = (calls) => {
      isShrinking ||= calls.length === 1 && one.asked.length > 1000;
      return isShrinking ? Promise.resolve(calls.map(() => lost('crash'))) : ask(calls);
    };
    const { verdict, tally } = await check(one);
    expect(isShrinking).toBe(true);
    expect(tally.problems.length).toBeGreaterThan(0);
    expect(verdict).toBe('adapter');
  });

  /** A subject that is not asked any more after so many calls. */
  const stoppedAfter = (calls: number, wrong?: Wrong): Asking => {
    const one = subject(wrong);
    const { ask } = one;
    let over = false;
    one.stopped = () => (over ? 'it is over' : null);
    one.ask = (asked) => {
      over ||= one.asked.length > calls;
      return over ? Promise.resolve(asked.map(() => ({ kind: 'lost', why: 'not run' }))) : ask(asked);
    };
    return one;
  };

  test('because it is not asked any more passes no rule that was not asked whole', async () => {
    const one = stoppedAfter(3000);
    const { verdict, tally, rules } = await check(one);
    expect(verdict).toBe('incomplete');
    expect(tally.open[0]).toBe('it is over');
    expect(tally.lost).toEqual({ 'not run': tally.planned - tally.answered });
    expect(rules('pass', 'not run')).toEqual(all);
    expect(rules('pass').length).toBeGreaterThan(0);
    expect(rules('not run').length).toBeGreaterThan(all.length / 4);
    expect(one.closed).toBe(true);
  });

  test('when it has failed before has that told all the same', async () => {
    const one = stoppedAfter(3000, constant);
    const { verdict, rules, found } = await check(one);
    expect(verdict).toBe('incomplete');
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter(({ flaky }) => flaky)).toEqual([]);
    expect(rules('pass').filter((id) => !keptByConstant.has(id))).toEqual([]);
  });

  test('all of them, from the first on, passes nothing', async () => {
    const one = subject();
    one.stopped = () => 'it is over';
    const { verdict, rules, tally } = await check(one);
    expect(rules('not run')).toEqual(all);
    expect(tally.planned).toBe(0);
    expect(verdict).toBe('incomplete');
  });

  test('an error of another kind is not taken for one of the adapter', async () => {
    const one = subject();
    one.ask = () => Promise.reject(new TypeError('a bug'));
    await expect(check(one)).rejects.toThrow(TypeError);
  });
});

test('a counterexample tells the outcomes that the subject claims, and no more', async () => {
  const supports = features.filter(
    (one) => hello.supports.has(one) && one !== 'warnings' && one !== 'messages',
  );
  const wrongType: Wrong = (_, right) =>
    right.kind === 'raise' && right.type === 'ValueError' ? { ...right, type: 'SystemError' } : right;
  const { found } = await check(subject(wrongType, supporting(supports)));
  expect(found.length).toBeGreaterThan(0);
  for (const { outcomes, failed } of found) {
    expect(outcomes[failed]).toEqual({ raise: 'SystemError' });
  }
});
