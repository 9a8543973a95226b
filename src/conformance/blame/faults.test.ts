import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { properties } from '../../../properties/index.ts';
import type { Answered, Call, Outcome } from '../../python/call.ts';
import { releaseOf } from '../../python/releases.ts';
import { plainState } from '../../python/interpreter.ts';
import { callSource, parseCall, stateSource } from '../../python/source.ts';
import { Str, str } from '../../python/text.ts';
import { answer, type Target } from '../../reference.ts';
import { remembers, type Asked, type Blame, type Fault } from './fault.ts';
import { faultsIn } from './faults.ts';
import { Findings } from './findings.ts';
import { sayIn } from '../deciding.ts';
import { missingFrom } from '../features.ts';
import type { Hello } from '../features.ts';
import { judge } from '../judge.ts';
import { planOf } from '../plan.ts';
import type { Aspect } from './variations.ts';
import { applicableTo, chapters, hello, target } from '../testing.ts';

/** Turns a right outcome into that of a wrong function. */
type Wrong = (call: Call, right: Answered) => Outcome;

type Blamed = {
  readonly faults: readonly Fault[];
  readonly failed: number;
  readonly asked: readonly Call[];
  readonly outcomeOf: (call: Call) => Outcome;
};

/**
 * The faults found in a wrong function in this process, with the examples and with calls about each chapter.
 * @param anew makes the function that another process has
 */
async function blamed(wrong: Wrong, says: Hello = hello, runs = 15, anew?: () => Wrong): Promise<Blamed> {
  const as: Target = { version: hello.python, platform: hello.platform };
  const scope = { release: releaseOf(as.version), platform: as.platform, fixed: says.fixed };
  const missing = missingFrom(says, scope.release);
  const calls = [
    ...planOf(chapters, chapters, says).tasks.flatMap(({ always }) => always.flatMap((one) => one.calls)),
    ...properties
      .filter((chapter) => says.functions.includes(chapter.function))
      .flatMap(({ calls: drawn }) => fc.sample(drawn(scope), { seed: 1, numRuns: runs })),
  ].filter((call) => missing({ calls: [call] }).length === 0);
  const findings = new Findings(as, says);
  const outcomeOf = (call: Call, by = wrong): Outcome => by(call, answer(call, as));
  for (const call of calls) {
    const outcome = outcomeOf(call);
    if (judge(call, outcome, as, says.supports) === undefined) findings.pass(call);
    else findings.fail({ call, outcome, before: [], property: 'test' });
  }
  const asked: Call[] = [];
  const askOf =
    (by: Wrong): Blame['ask'] =>
    (some) =>
      Promise.resolve(
        some.map((call) => {
          if (missing({ calls: [call] }).length > 0) return undefined;
          asked.push(call);
          const outcome = outcomeOf(call, by);
          return { call, outcome, difference: judge(call, outcome, as, says.supports) };
        }),
      );
  const faults = await faultsIn({
    findings,
    target: as,
    hello: says,
    goesOn: () => true,
    ask: askOf(wrong),
    ...(anew === undefined ? {} : { afresh: (some) => askOf(anew())(some) }),
  });
  return { faults, failed: findings.failed, asked, outcomeOf };
}

const edited =
  (edit: (path: string, call: Call) => string): Wrong =>
  (call, right) => {
    if (right.kind !== 'return' || !(right.value instanceof Str)) return right;
    const wrong = edit(right.value.units, call);
    return wrong === right.value.units ? right : { ...right, value: str(wrong) };
  };
const textOf = (value: unknown): string => (value instanceof Str ? value.units : '');
const given = ({ kwargs }: Call, name: string): unknown => kwargs.find(([own]) => own === name)?.[1];

const callOf = (source: string, { version, platform } = target): Call => {
  const { args, kwargs, state } = parseCall(source);
  return { args, kwargs, state: { ...plainState(version, platform), ...state } };
};
const sourceOf = (call: Call): string => `${callSource(call)}  # ${stateSource(call.state)}`;

/** Checks what must hold of all faults. */
function expectSound({ faults, failed, outcomeOf }: Blamed): void {
  const named = faults.flatMap(({ rule, touches }) => [rule, ...touches.map((one) => one.rule)]);
  expect(named.filter((rule) => !applicableTo(target).includes(rule))).toEqual([]);
  expect(new Set(faults.map(({ rule }) => rule)).size).toBe(faults.length);
  for (const fault of faults) {
    expect(fault.explains).toBeGreaterThan(0);
    expect(fault.explains).toBeLessThanOrEqual(failed);
    for (const { rule, calls, outcomes, difference } of [fault, ...fault.touches]) {
      expect(outcomes).toHaveLength(calls.length);
      const call = calls.at(-1)!;
      const again = judge(call, outcomeOf(call), target, hello.supports);
      expect([rule, again?.parts]).toEqual([rule, difference.parts]);
    }
    // Each broken rule decides one of the differing parts.
    for (const { rule, calls, difference } of [...(fault.broken ? [fault] : []), ...fault.touches]) {
      const say = sayIn(calls.at(-1)!, target).get(rule) ?? [];
      expect([rule, say.some((part) => difference.parts.has(part))]).toEqual([rule, true]);
    }
  }
}

type Told = {
  readonly name: string;
  readonly wrong: Wrong;
  readonly rule: string;
  readonly parts: readonly string[];
  /** The smallest call, in the notation of the chapters. */
  readonly smallest: string;
  /** The aspects that do not matter, and those that do. */
  readonly whatever: readonly Aspect[];
  readonly matters: readonly Aspect[];
};

const told: readonly Told[] = [
  {
    name: 'another extension',
    wrong: edited((path) => path.replace(/c$/, 'o')),
    rule: 'path-ends-in-pyc',
    parts: ['extension'],
    smallest: "cache_from_source('a.py')",
    whatever: ['path', 'optimization', 'debug override', 'tag', 'level', 'prefix'],
    matters: [],
  },
  {
    name: 'no tag',
    wrong: edited((path, { state }) => {
      const tag = `.${textOf(state.cacheTag)}.`;
      // If the name contains the same text, nobody could tell which of the two is missing.
      return path.indexOf(tag) === path.lastIndexOf(tag) ? path.replace(tag, '.') : path;
    }),
    rule: 'tag-follows-the-name',
    parts: ['tag'],
    smallest: "cache_from_source('a.py')",
    whatever: ['optimization', 'debug override', 'tag', 'level', 'prefix'],
    matters: ['path'],
  },
  {
    name: 'no warning',
    wrong: (_, right) => ({ ...right, warnings: [] }),
    rule: 'debug-override-warns',
    parts: ['warnings'],
    smallest: "cache_from_source('a.py', debug_override=True)",
    whatever: ['path', 'optimization', 'tag', 'level', 'prefix'],
    matters: ['debug override'],
  },
  {
    name: 'booleans as integers',
    wrong: (call, right) =>
      given(call, 'optimization') === true
        ? answer(
            {
              ...call,
              kwargs: call.kwargs.map(([name, value]) => [name, name === 'optimization' ? 1n : value]),
            },
            target,
          )
        : right,
    rule: 'opt-bool-by-name',
    parts: ['segment'],
    smallest: "cache_from_source('a.py', optimization=True)",
    whatever: ['path', 'tag', 'level', 'prefix'],
    matters: ['optimization', 'debug override'],
  },
  {
    name: 'the text as it is in the message',
    wrong: (_, right) =>
      right.kind === 'raise' && textOf(right.message).includes('is not alphanumeric')
        ? { ...right, message: str(textOf(right.message).replaceAll(/["']/g, '')) }
        : right,
    rule: 'opt-error-shows-repr',
    parts: ['message'],
    smallest: "cache_from_source('a.py', optimization='.')",
    whatever: ['level', 'prefix'],
    matters: ['optimization'],
  },
  {
    name: 'no objects with a path',
    wrong: ({ args: [path] }, right) =>
      path !== null && typeof path === 'object' && path.kind === 'path' && right.kind === 'return'
        ? { kind: 'raise', type: 'TypeError', message: str('no'), warnings: right.warnings ?? [] }
        : right,
    rule: 'like-fspath-gives-the-path',
    parts: ['kind'],
    smallest: "cache_from_source(PathLike(''))",
    whatever: ['optimization', 'debug override', 'tag', 'level', 'prefix'],
    matters: ['path'],
  },
  {
    name: 'no tag is a tag',
    wrong: ({ state }, right) =>
      state.cacheTag === null && right.kind === 'raise' && right.type === 'NotImplementedError'
        ? { kind: 'return', value: str('__pycache__/a.None.pyc'), warnings: right.warnings ?? [] }
        : right,
    rule: 'tag-none-raises',
    parts: ['kind'],
    smallest: "cache_from_source('a.py')  # cache_tag=None",
    whatever: ['optimization', 'level', 'prefix'],
    matters: ['tag'],
  },
];

describe('of a function that is wrong in one thing is told the rule, the smallest call and what matters:', () => {
  test.each(told)('$name', async ({ wrong, rule, parts, smallest, whatever, matters }) => {
    const one = await blamed(wrong);
    expectSound(one);
    expect(one.faults.map((fault) => [fault.rule, fault.broken, fault.flaky])).toEqual([[rule, true, false]]);
    const [fault] = one.faults as [Fault];
    expect(fault.calls.map(sourceOf)).toEqual([sourceOf(callOf(smallest))]);
    expect([...fault.difference.parts]).toEqual(parts);
    expect(fault.whatever).toEqual(expect.arrayContaining([...whatever]));
    expect(fault.whatever.filter((aspect) => matters.includes(aspect))).toEqual([]);
    expect(fault.touches.map((other) => other.rule)).toEqual([]);
    // Of many failing calls, only the simplest are kept.
    expect(fault.explains).toBeGreaterThan(Math.min(one.failed, 1500) * 0.95);
  });
});

describe('a function that is wrong in two things', () => {
  const [pyo, , , bool] = told;
  const both =
    (...wrongs: readonly Wrong[]): Wrong =>
    (call, right) =>
      wrongs.reduce<Outcome>((outcome, wrong) => wrong(call, outcome as Answered), right);

  test('that do not meet has two faults, the one that explains most first', async () => {
    const repr = told.find(({ rule }) => rule === 'opt-error-shows-repr')!;
    const one = await blamed(both(bool!.wrong, repr.wrong));
    expectSound(one);
    expect(one.faults.map(({ rule }) => rule).toSorted()).toEqual([bool!.rule, repr.rule]);
    // A wrong result comes before a wrong message.
    expect(one.faults[0]!.rule).toBe(bool!.rule);
  });

  test('of which one shows in every call has the other all the same', async () => {
    const segment = edited((path) => path.replace('.opt-', '.O'));
    const one = await blamed(both(pyo!.wrong, segment));
    expectSound(one);
    expect(one.faults.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining([pyo!.rule, 'opt-text-becomes-segment']),
    );
  });
});

describe('a rule whose own statement is not false is one to look at, and not broken:', () => {
  test('nothing but some of the calls that it decides fail', async () => {
    // No rule is about the extension of these paths.
    const one = await blamed(
      edited((path, { args }) => (/[^/]\/$/.test(textOf(args[0])) ? `${path}x` : path)),
    );
    expectSound(one);
    expect(one.faults).toHaveLength(1);
    expect(one.faults[0]).toMatchObject({ rule: 'path-ends-in-pyc', broken: false });
    expect(one.faults[0]!.calls.map(sourceOf)).toEqual([sourceOf(callOf("cache_from_source('a/')"))]);
  });

  test('no rule decides what differs', async () => {
    const one = await blamed(({ args, kwargs }, right) =>
      args.length === 0 && kwargs.length === 0
        ? { ...right, warnings: [{ category: 'UserWarning', message: str('x') }] }
        : right,
    );
    expectSound(one);
    expect(one.faults).toHaveLength(1);
    expect(one.faults[0]!.broken).toBe(false);
    expect([...one.faults[0]!.difference.parts]).toEqual(['warnings']);
    expect(one.faults[0]!.calls.map(sourceOf)).toEqual([sourceOf(callOf('cache_from_source()'))]);
  });

  test('what must be the same as of another call is, and both are wrong', async () => {
    // The path is wrong no matter how it is passed, so the rule that it may be passed in this way is not at fault.
    const one = await blamed(
      edited((path, call) => (pathIn(call).includes('u') ? path.replace(/c$/, 'o') : path)),
    );
    expectSound(one);
    const accused = one.faults.flatMap(({ rule, touches }) => [rule, ...touches.map((other) => other.rule)]);
    expect(accused.filter((rule) => /^(call-path-by-keyword|like-)/.test(rule))).toEqual([]);
  });
  const pathIn = ({ args: [path], kwargs }: Call): string => {
    const own = path ?? kwargs.find(([name]) => name === 'path')?.[1] ?? null;
    if (own !== null && typeof own === 'object' && own.kind === 'path') return textOf(own.fspath);
    return own !== null && typeof own === 'object' && own.kind === 'object' ? textOf(own.is) : textOf(own);
  };
});

describe('what does not fail again', () => {
  const inProcess = (
    findings: Findings,
    asked: (call: Call, i: number, calls: readonly Call[]) => Asked,
  ): Blame => ({
    findings,
    target,
    hello,
    goesOn: () => true,
    ask: (calls) => Promise.resolve(calls.map(asked)),
  });

  test('is flaky, and is told once', async () => {
    const failing = ["cache_from_source('x.py')", "cache_from_source('y.py')"].map((source) =>
      callOf(source),
    );
    const findings = new Findings(target, hello);
    for (const call of failing) {
      const outcome: Outcome = { kind: 'return', value: null, warnings: [] };
      findings.fail({ call, outcome, before: [], property: 'test' });
    }
    const faults = await faultsIn(
      inProcess(findings, (call) => ({ call, outcome: answer(call, target), difference: undefined })),
    );
    expect(faults).toMatchObject([
      {
        rule: 'call-same-result-each-time',
        broken: true,
        flaky: true,
        explains: 1,
        touches: [],
        calls: [failing[0]],
      },
    ]);
  });

  test('fails with the calls before it, which are shown', async () => {
    const [before, call] = ["cache_from_source('x.py')", "cache_from_source('y.py')"].map((source) =>
      callOf(source),
    );
    const findings = new Findings(target, hello);
    const outcome: Outcome = { kind: 'return', value: null, warnings: [] };
    findings.fail({ call: call!, outcome, before: [before!], property: 'test' });
    const faults = await faultsIn(
      inProcess(findings, (one, i, calls) => {
        const isWrong =
          sourceOf(one) === sourceOf(call!) && i > 0 && sourceOf(calls[i - 1]!) === sourceOf(before!);
        const got = isWrong ? outcome : answer(one, target);
        return { call: one, outcome: got, difference: judge(one, got, target, hello.supports) };
      }),
    );
    expect(faults).toMatchObject([
      { rule: 'call-same-result-each-time', broken: true, flaky: false, calls: [before, call] },
    ]);
    expect(faults[0]!.outcomes[1]).toEqual(outcome);
  });
});

describe('a function that one call changes for good', () => {
  const withoutTag = ({ state, ...call }: Call): Call => ({ ...call, state: { ...state, cacheTag: null } });
  const latched = (): Wrong => {
    let isLatched = false;
    return (call, right) => {
      isLatched ||= call.state.cacheTag === null;
      return isLatched ? answer(withoutTag(call), target) : right;
    };
  };

  test('is told of by that call and one that it spoils, and by nothing else', async () => {
    const { faults, failed } = await blamed(latched(), hello, 15, latched);
    expect(faults).toMatchObject([{ rule: 'tag-read-at-each-call', broken: true, flaky: false }]);
    // Of many failing calls, some are kept.
    expect(faults[0]!.explains).toBeGreaterThan(failed / 2);
    expect(faults[0]!.calls.map(({ state }) => state.cacheTag === null)).toEqual([true, false]);
  });

  test('is not told of where there is no other process', async () => {
    const { faults } = await blamed(latched());
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter(remembers)).toEqual([]);
  });

  test.for([1, 2, 3, 4, 5])('is not one that is wrong by chance (%i)', async (seed) => {
    const byChance = (): Wrong => {
      let state = seed;
      return (_, right) => {
        state = (state * 48_271) % 0x7fff_ffff;
        return state % 2 === 0 ? { kind: 'return', value: null, warnings: [] } : right;
      };
    };
    const { faults } = await blamed(byChance(), hello, 15, byChance);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter(remembers)).toEqual([]);
  });
});

test('nothing failed, nothing is told, and nothing is asked', async () => {
  const { faults, failed, asked } = await blamed((_, right) => right);
  expect([faults, failed, asked]).toEqual([[], 0, []]);
});
