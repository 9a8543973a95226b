import { describe, expect, test } from 'vitest';
import type { Call, Outcome } from '../python/call.ts';
import { str, Str } from '../python/text.ts';
import { answer, type Target } from '../reference.ts';
import { outcomeSource } from '../python/source.ts';
import { ahead } from './ask.ts';
import { decodeCall, decodeOutcome, encodeCall, type Json } from './codec.ts';
import { rulesThatDecide, sayIn } from './deciding.ts';
import { features, type Feature, type Hello } from './features.ts';
import { planOf } from './plan.ts';
import { mishaps, type Mishap } from './events.ts';
import { asJudged, holds, judge } from './judge.ts';
import type { Reply } from './subjects/subject.ts';
import {
  applicableTo,
  chapters,
  check,
  hello,
  helloOf,
  rulesOfIt,
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

/** Each rule applies to at least one of these targets. */
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
test('each rule of the function applies to a target that is tried below', () => {
  expect(
    rulesOfIt.map(({ id }) => id).filter((id) => !targets.some((one) => applicableTo(one).includes(id))),
  ).toEqual([]);
});
const sum = (counts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(counts).reduce<number>((a, b = 0) => a + b, 0);

/** The path of a call, if it is a str. */
const pathOf = ({ args: [path] }: Call): string | undefined => (path instanceof Str ? path.units : undefined);
const isGiven = (call: Call, name: string): boolean => call.kwargs.some(([keyword]) => keyword === name);

/** Ends the name at its first dot. */
const firstDot: Wrong = (call, right) => {
  const name = pathOf(call)?.split('/').at(-1) ?? '';
  if (right.kind !== 'return' || !/[^.]\..*\./.test(name)) return right;
  return { ...right, value: str('__pycache__/cut.pyc') };
};

/** Wrong only where two chapters interact. */
const slashesAndOptimization: Wrong = (call, right) =>
  right.kind === 'return' && isGiven(call, 'optimization') && pathOf(call)?.includes('//')
    ? { ...right, value: str('__pycache__/a.pyc') }
    : right;

/** Wrong in every path. */
const pyo: Wrong = (_, right) =>
  right.kind === 'return' && right.value instanceof Str
    ? { ...right, value: right.value.slice(0, right.value.units.length - 1).concat(str('o')) }
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
    const { verdict, found, rules, tally } = await check(subject(undefined, helloOf(as), as));
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

/**
 * Checks what must hold of the failures in every run: they are grouped by fault, each rule appears once, and each has a
 * call that fails.
 */
function expectTold({ found, tally }: Result): void {
  expect(new Set(found.map(({ rule }) => rule)).size).toBe(found.length);
  const { target: held, platform } = tally.subject!;
  const to: Target = { version: held.split('.').map(Number) as unknown as Target['version'], platform };
  for (let i = 0; i < found.length;) {
    const { fault, rule, touches, explains, of } = found[i]!;
    expect([rule, explains > 0, explains <= of]).toEqual([fault, true, true]);
    const others = found.slice(++i, (i += touches.length));
    expect(others.map((one) => [one.rule, one.fault, one.broken, one.touches])).toEqual(
      touches.map((other) => [other, fault, true, []]),
    );
  }
  expect(found.filter(({ of }) => of !== found[0]!.of)).toEqual([]);
  for (const { rule, calls, outcomes, failed, expected, parts } of found) {
    expect([rule, failed, outcomes.length]).toEqual([rule, calls.length - 1, calls.length]);
    const call = decodeCall(calls[failed]);
    const difference = judge(call, decodeOutcome(outcomes[failed]), to, new Set(tally.subject!.supports));
    expect([rule, [...(difference?.parts ?? [])]]).toEqual([rule, parts]);
    expect(parts.length).toBeGreaterThan(0);
    expect([rule, outcomeSource(asJudged(answer(call, to)))]).toEqual([rule, expected]);
  }
  // If there is only one call, a broken rule decides one of its differing parts.
  const unsaid = found
    .filter(({ broken, flaky, calls }) => broken && !flaky && calls.length === 1)
    .filter(({ rule, calls, parts }) => {
      const say = sayIn(decodeCall(calls[0]), to).get(rule) ?? [];
      return !say.some((part) => parts.includes(part));
    });
  expect(unsaid.map(({ rule }) => rule)).toEqual([]);
}

describe('a subject that for every call', () => {
  test.each<readonly [string, Wrong]>([
    ['returns the same path', constant],
    ['returns its path', echo],
    ['raises TypeError', raising('TypeError')],
  ])('%s is broken, judged whole, and each call that fails is counted', async (_, wrong) => {
    const one = subject(wrong);
    const result = await check(one);
    const { verdict, tally, found, rules, events } = result;
    expect(verdict).toBe('broken');
    expect(rules('pass', 'fail', 'suspect')).toEqual(all);
    expect(rules('fail').length).toBeGreaterThan(0);
    expect(tally.answered).toBe(tally.planned);
    expect(found.filter(({ flaky }) => flaky)).toEqual([]);
    expectTold(result);
    // Calls asked a second time are not counted again, and calls asked while shrinking are not counted at all.
    const again = events.flatMap((event) => (event.type === 'work' && event.kind === 'again' ? [event] : []));
    const asked = one.asked.slice(0, tally.planned - again[0]!.planned);
    const failing = asked.filter(
      (call) => !holds(call, wrong(call, answer(call, target)) as Outcome, target, hello.supports),
    );
    expect(found[0]!.of).toBe(failing.length);
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
  /** Whether a call needs the feature, according to the wording of the protocol rather than the code. */
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
  const helloWithout = (feature: Feature): Hello => ({
    ...hello,
    supports: new Set([...hello.supports].filter((other) => other !== feature)),
    fixed: {
      ...(feature === 'cache_tag' ? { cacheTag: fixed.cacheTag } : {}),
      ...(feature === 'optimize' ? { optimize: fixed.optimize } : {}),
      ...(feature === 'cwd' ? { cwd: fixed.cwd } : {}),
    },
  });
  const lacking = async (feature: Feature): Promise<Lacking> => {
    const one = subject(undefined, helloWithout(feature));
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

  test.each(Object.entries(isSentOnlyWith))(
    '%s is not asked for it while a fault is made smaller',
    async (feature, needsIt) => {
      const one = subject(firstDot, helloWithout(feature as Feature));
      const { found, tally } = await check(one, { runs: 5, selection: { chapter: 'path' } });
      expect(found[0]).toMatchObject({ rule: 'path-last-dot-ends-the-name', broken: true });
      expect(one.asked.length).toBeGreaterThan(tally.planned + 50);
      expect(one.asked.filter(needsIt)).toEqual([]);
    },
  );

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
    for (const selection of [{}, { rule: 'path-last-dot-ends-the-name' }, { chapter: 'path' }]) {
      const result = await check(subject(firstDot), { selection });
      expectTold(result);
      expect(result.found).toMatchObject([
        {
          rule: 'path-last-dot-ends-the-name',
          broken: true,
          fault: 'path-last-dot-ends-the-name',
          calls: [{ args: ['a..py'], env: { cache_tag: 'cpython-312', optimize: 0, pycache_prefix: null } }],
          failed: 0,
          expected: ["'__pycache__/a..cpython-312.pyc'"],
          outcomes: [{ return: '__pycache__/cut.pyc' }],
          touches: [],
          flaky: false,
        },
      ]);
      expect(result.found[0]!.explains).toBe(result.found[0]!.of);
      expect(result.verdict).toBe('broken');
    }
  });

  test.each<readonly [string, Wrong]>([
    ['the first dot', firstDot],
    ['slashes with an optimization', slashesAndOptimization],
    ['a constant', constant],
  ])('is found again by the same seed and runs: %s', async (_, wrong) => {
    const again = (): Promise<Result> => check(subject(wrong), { seed: 3 });
    const first = await again();
    const found = first.found.map(shown);
    expect(found.length).toBeGreaterThan(0);
    expectTold(first);
    expect((await again()).found.map(shown)).toEqual(found);
  });

  test.each(Array.from({ length: 5 }, (_, i) => i + 1))(
    'has the same rule and call with every seed: %d',
    async (seed) => {
      const { found } = await check(subject(firstDot), { seed, selection: { chapter: 'path' } });
      expect(found.map(({ rule, calls }) => [rule, pathOf(decodeCall(calls[0]))])).toEqual([
        ['path-last-dot-ends-the-name', 'a..py'],
      ]);
    },
  );

  test('that fails in two ways is shown in each of them', async () => {
    // Short paths fail in another way than long ones.
    const twoWays: Wrong = (call, right) => {
      if (right.kind !== 'return') return right;
      return (pathOf(call) ?? '').length < 12
        ? { kind: 'raise', type: 'IndexError', message: Str.empty, warnings: [] }
        : { kind: 'return', value: null, warnings: right.warnings ?? [] };
    };
    for (let seed = 1; seed <= 3; seed++) {
      const result = await check(subject(twoWays), { seed });
      expectTold(result);
      const smallest = result.found.map(({ calls, outcomes, parts, flaky }) => [
        pathOf(decodeCall(calls[0])),
        decodeOutcome(outcomes[0]).kind,
        parts,
        flaky,
      ]);
      expect(smallest).toContainEqual(['a.py', 'raise', ['kind'], false]);
      expect(smallest).toContainEqual([
        expect.stringMatching(/^(?=.{12}$)a+(\.py)?$/),
        'return',
        ['class'],
        false,
      ]);
    }
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
      expect(found.map(({ rule, parts, flaky }) => [rule, parts, flaky])).toEqual([
        [its, ['message'], false],
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
    for (let seed = 1; seed <= 3; seed++) {
      const { rules } = await check(subject(both), { seed, runs: 50, selection: { rules: [rare, often] } });
      expect([seed, rules('fail')]).toEqual([seed, [often, rare]]);
    }
  });

  test('of a rule that is not selected leaves the run incomplete, and accuses no other', async () => {
    for (const selection of [{ chapter: 'cache-tag' }, { rule: 'opt-bool-by-name' }]) {
      const result = await check(subject(pyo), { selection });
      const { found, rules, verdict, tally } = result;
      expectTold(result);
      expect(found.map(({ rule, broken }) => [rule, broken])).toEqual([['path-ends-in-pyc', true]]);
      expect(rules('fail', 'suspect', 'flaky')).toEqual([]);
      expect(tally.open).toEqual(['something failed that is about no selected rule']);
      expect(verdict).toBe('incomplete');
    }
  });

  const textOf = (call: Call): string => JSON.stringify(encodeCall(call));
  const kindsAlone: ReadonlyArray<readonly [kind: string, isIn: (asked: readonly Call[]) => Wrong]> = [
    [
      'an example',
      (asked) => {
        const { tasks } = planOf(chapters, chapters, hello);
        const examples = tasks.filter(({ kind }) => kind === 'example').flatMap(({ always }) => always);
        const texts = asked.map(textOf);
        const alone = examples
          .map(({ calls }) => textOf(calls[0]!))
          .find((text) => texts.filter((other) => other === text).length === 1)!;
        return (call, right) => (textOf(call) === alone ? { kind: 'raise', type: 'OSError' } : right);
      },
    ],
    [
      'a law',
      () => (call, right) =>
        call.args.length === 0 && call.kwargs.length === 0
          ? ({ ...right, type: 'OSError' } as Outcome)
          : right,
    ],
    ['the agreement', () => slashesAndOptimization],
  ];
  test.each(kindsAlone)('that shows at the calls of %s alone counts', async (_, make) => {
    const right = subject();
    await check(right, { runs: 20 });
    const result = await check(subject(make(right.asked)), { runs: 20 });
    expectTold(result);
    expect(result.verdict).toBe('broken');
    expect(result.found.filter(({ flaky }) => flaky)).toEqual([]);
  });

  test.each<readonly [does: Target, rule: string]>([
    [{ version: [3, 6, 0], platform: 'posix' }, 'opt-alphanumeric-by-release'],
    [{ version: [3, 4, 2], platform: 'posix' }, 'path-first-dot-ends-the-name'],
    [{ version: [3, 7, 0], platform: 'posix' }, 'prefix-is-ignored-before'],
    [{ version: [3, 15, 0], platform: 'posix' }, 'call-debug-override-is-gone'],
    [{ version: [3, 12, 1], platform: 'win32' }, 'windows-joins-with-backslash'],
  ])('is what another does right: each is held to what it claims: %o', async (does, rule) => {
    const claims = helloOf(does);
    const right = await check(subject(undefined, claims, does));
    expect(right.verdict).toBe('conformant');
    expect(right.tally.subject!.inapplicable.length).toBeGreaterThan(0);
    const another = await check(subject(undefined, claims, target));
    expect(another.verdict).toBe('broken');
    expect(another.rules('fail')).toContain(rule);
  });

  test('of another release than the one that is asked for is no fault, whatever it claims', async () => {
    const does: Target = { version: [3, 14, 1], platform: 'posix' };
    const selection = { chapter: 'pycache-prefix' };
    const one = (python: Hello['python']): Asking => subject(undefined, { ...helloOf(does), python }, does);
    const claimed = await check(one([3, 14, 0]), { selection });
    expect(claimed.verdict).toBe('broken');
    expect(claimed.tally.start).not.toHaveProperty('heldTo');
    const asked = await check(one([3, 14, 0]), { selection, heldTo: [3, 14, 1] });
    expect(asked.verdict).toBe('conformant');
    expect(asked.tally.start.heldTo).toBe('3.14.1');
    expect(asked.tally.subject).toMatchObject({ python: '3.14.0', target: '3.14.1' });
    const right = await check(one([3, 14, 1]), { selection });
    expect(asked.tally.subject!.inapplicable).toEqual(right.tally.subject!.inapplicable);
    expect((await check(one([3, 14, 1]), { selection, heldTo: [3, 14, 0] })).verdict).toBe('broken');
    const older = await check(one([3, 3, 0]), { selection, heldTo: [3, 14, 1] });
    expect(older.verdict).toBe('conformant');
  });

  test('of a release newer than any that is specified is what the newest does not do', async () => {
    const newest: Target = { version: [3, 15, 0], platform: 'posix' };
    const claims = { ...helloOf(newest), python: [3, 17, 2] } as const;
    expect((await check(subject(undefined, claims, newest))).verdict).toBe('conformant');
    expect((await check(subject(undefined, claims, target))).verdict).toBe('broken');
  });

  test('on Windows is shown by its smallest call', async () => {
    const as: Target = { version: [3, 12, 1], platform: 'win32' };
    const slashes: Wrong = (_, right) =>
      right.kind === 'return' && right.value instanceof Str
        ? { ...right, value: str(right.value.units.replaceAll('\\', '/')) }
        : right;
    const result = await check(subject(slashes, helloOf(as), as));
    expectTold(result);
    expect(result.found[0]).toMatchObject({
      rule: 'windows-joins-with-backslash',
      broken: true,
      calls: [{ args: ['a.py'] }],
      expected: [String.raw`'__pycache__\\a.cpython-312.pyc'`],
      outcomes: [{ return: '__pycache__/a.cpython-312.pyc' }],
    });
  });
});

describe('a subject that is not deterministic', () => {
  test('and fails once is told from one that fails always', async () => {
    let answers = 0;
    const once: Wrong = (_, right) =>
      ++answers === 700 ? { kind: 'raise', type: 'OSError', message: Str.empty, warnings: [] } : right;
    const result = await check(subject(once));
    const { verdict, found, rules } = result;
    expectTold(result);
    expect(verdict).toBe('broken');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      rule: 'call-same-result-each-time',
      flaky: true,
      explains: 1,
      of: 1,
      outcomes: [{ raise: 'OSError' }],
    });
    expect(rules('flaky')).toEqual(['call-same-result-each-time']);
    expect(rules('fail', 'suspect')).toEqual([]);
  });

  /** Returns the first outcome for all calls with the same key. */
  const keeping =
    (keyOf: (call: Call) => unknown): (() => Wrong) =>
    () => {
      const kept = new Map<string, Outcome>();
      return (call, right) => {
        const key = JSON.stringify(keyOf(call));
        const known = kept.get(key);
        if (known === undefined) kept.set(key, right);
        return known ?? right;
      };
    };
  const encoded = (call: Call): Record<string, Json> => encodeCall(call) as Record<string, Json>;
  const without = (key: string) =>
    keeping((call) => {
      const { env, ...rest } = encoded(call);
      return { ...rest, env: { ...(env as object), [key]: null } };
    });
  test.each<readonly [keeps: string, rule: string, make: () => Wrong]>([
    ['the tag', 'tag-read-at-each-call', without('cache_tag')],
    ['the level', 'opt-none-reads-interpreter-level', without('optimize')],
    ['the prefix', 'prefix-is-read-at-each-call', without('pycache_prefix')],
    [
      'the working directory of a folder',
      'prefix-working-directory-completes',
      () => {
        const kept = new Map<string, Call['state']['cwd']>();
        return (call, right) => {
          const { state } = call;
          const folder = pathOf(call)?.replace(/[^/]*$/, '');
          if (folder === undefined || state.pycachePrefix === null || state.cwd === null) return right;
          const cwd = kept.get(folder) ?? state.cwd;
          kept.set(folder, cwd);
          return answer({ ...call, state: { ...state, cwd } }, target);
        };
      },
    ],
    [
      'which paths had no tag',
      'tag-read-at-each-call',
      () => {
        const without = new Set<string | undefined>();
        return (call, right) => {
          if (call.state.cacheTag === null) without.add(pathOf(call));
          return without.has(pathOf(call))
            ? answer({ ...call, state: { ...call.state, cacheTag: null } }, target)
            : right;
        };
      },
    ],
    [
      'which paths had an optimization that it refused',
      'call-same-result-each-time',
      () => {
        const refused = new Map<string | undefined, Outcome>();
        return (call, right) => {
          if (right.kind === 'raise' && right.type === 'ValueError') refused.set(pathOf(call), right);
          return refused.get(pathOf(call)) ?? right;
        };
      },
    ],
    [
      'of which paths it has warned',
      'call-same-result-each-time',
      () => {
        const warned = new Set<string | undefined>();
        return (call, right) => {
          if (right.kind !== 'return' || (right.warnings ?? []).length === 0) return right;
          const hasWarned = warned.has(pathOf(call));
          warned.add(pathOf(call));
          return hasWarned ? { ...right, warnings: [] } : right;
        };
      },
    ],
  ])('and keeps %s from one call to the next is shown by two calls: %s', async (_, rule, make) => {
    const result = await check(subject(make()));
    expectTold(result);
    expect(result.verdict).toBe('broken');
    const [first] = result.found;
    expect(first).toMatchObject({ rule, broken: true, fault: rule, failed: 1, flaky: false });
    expect(first!.calls).toHaveLength(2);
    // What is remembered explains calls that are answered in two ways: no other rule is accused of them.
    expect(result.tally.unsteady).toEqual([]);
    // The two calls are asked again, of a new copy of the function: the first passes, and the second fails.
    const again = make();
    const judged = first!.calls.map(decodeCall).map((call) => {
      const outcome = again(call, answer(call, target)) as Outcome;
      return holds(call, outcome, target, hello.supports);
    });
    expect(judged).toEqual([true, false]);
  });

  test('and answers the same call in two ways is found by asking again', async () => {
    const { tally: whole } = await check(subject((_, right) => right));
    const total = whole.answered;
    let answers = 0;
    // Some of the last calls, which are asked for the second time, have another answer, and none after them.
    const unsteady: Wrong = (_, right) =>
      ++answers > total - 20 && answers <= total ? { kind: 'return', value: null, warnings: [] } : right;
    const { verdict, tally, rules } = await check(subject(unsteady));
    expect(tally.unsteady.length).toBeGreaterThan(0);
    for (const { outcomes } of tally.unsteady) expect(outcomes[0]).not.toEqual(outcomes[1]);
    expect(rules('flaky', 'fail')).toEqual(
      expect.arrayContaining([...new Set(tally.unsteady.map(({ rule }) => rule))]),
    );
    expect(verdict).toBe('broken');
  });
});

test('few messages wait for their replies at any time, however many tasks there are', async () => {
  const one = subject();
  let [waiting, most] = [0, 0];
  const ask: Asking['ask'] = async (calls) => {
    most = Math.max(most, ++waiting);
    await new Promise((resolve) => setImmediate(resolve));
    waiting--;
    return one.ask(calls);
  };
  const { plan } = await check({ ...one, ask });
  expect(plan.tasks.length).toBeGreaterThan(10 * ahead);
  expect(most).toBe(ahead);
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
    // Shrinking starts with the first message of a single call.
    one.ask = (calls) => {
      isShrinking ||= calls.length === 1 && one.asked.length > 1000;
      return isShrinking ? Promise.resolve(calls.map(() => lost('crash'))) : ask(calls);
    };
    const { verdict, tally } = await check(one);
    expect(isShrinking).toBe(true);
    expect(tally.problems.length).toBeGreaterThan(0);
    expect(verdict).toBe('adapter');
  });

  /** A subject that stops after a number of calls. */
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
    const result = await check(one);
    const { verdict, rules, found } = result;
    expectTold(result);
    expect(verdict).toBe('broken');
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ flaky }) => flaky)).toEqual([]);
    expect(rules('fail', 'suspect').length).toBeGreaterThan(0);
    expect(rules('flaky')).toEqual([]);
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
