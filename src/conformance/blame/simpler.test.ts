import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { properties } from '../../../properties/index.ts';
import type { Call } from '../../python/call.ts';
import { releaseOf } from '../../python/releases.ts';
import { callSource, parseCall, stateSource } from '../../python/source.ts';
import { str } from '../../python/text.ts';
import { sameValue } from '../../python/values.ts';
import { everyTarget, type Target } from '../../reference.ts';
import { callText, decodeCall, encodeCall } from '../codec.ts';
import { Domain } from '../domain/domain.ts';
import type { Hello } from '../features.ts';
import { costOf, plainCall } from './cost.ts';
import { simplerCalls } from './simpler.ts';
import { aspects, variations, type Aspect } from './variations.ts';
import { target } from '../testing.ts';

const windows: Target = { version: target.version, platform: 'win32' };
const targets: ReadonlyArray<readonly [name: string, of: Target]> = [
  ['3.12 on POSIX', target],
  ['3.12 on Windows', windows],
  ['3.4 on POSIX', { version: [3, 4, 0], platform: 'posix' }],
  ['3.15 on Windows', { version: [3, 15, 0], platform: 'win32' }],
];
const fixedOnes: ReadonlyArray<Hello['fixed']> = [
  {},
  { cacheTag: str('x'), optimize: 2n },
  { cacheTag: null, cwd: str('/fixed') },
];

/** The hello of a subject that is for all calls. */
const ofAll = ({ platform }: Target, fixed: Hello['fixed'] = {}): Pick<Hello, 'fixed' | 'domain'> => ({
  fixed,
  domain: new Domain({}, platform),
});
const everything = new Domain({}, 'posix');

/** Calls about all chapters, including long ones. */
const callsOf = ({ version, platform }: Target): fc.Arbitrary<Call> => {
  const scope = { release: releaseOf(version), platform, fixed: {} };
  return fc.oneof(...properties.map(({ calls }) => calls(scope)));
};
const forCalls = (of: Target, numRuns: number, holds: (call: Call) => void): void =>
  fc.assert(fc.property(callsOf(of), holds), { seed: 1, numRuns });

/** Checks that a call can be sent: it survives its encoding, and passes no argument twice. */
function expectValid(call: Call): void {
  expect(callText(decodeCall(encodeCall(call)))).toBe(callText(call));
  const names = call.kwargs.map(([name]) => name);
  expect(new Set(names).size).toBe(names.length);
}

const sourceOf = ({ state, ...call }: Call): string =>
  `${callSource({ state, ...call })}  # ${stateSource(state)}`;
const callOf = (source: string, of: Target = target): Call => {
  const { args, kwargs, state } = parseCall(source);
  return { args, kwargs, state: { ...plainCall(of, ofAll(of)).state, ...state } };
};

test.each([
  ["source_from_cache('/__pycache__/..')", "source_from_cache('/__pycache__/a.T.pyc')"],
  ["source_from_cache('__pycache__/b..')", "source_from_cache('__pycache__/a.T.pyc')"],
  ["source_from_cache('//a/__pycache__/a..')", "source_from_cache('//a/__pycache__/a.T.pyc')"],
  ["source_from_cache('__pycache__/..opt-a.')", "source_from_cache('__pycache__/a.T.opt-a.pyc')"],
  ["source_from_cache(PathLike('/__pycache__/..'))", "source_from_cache(PathLike('/__pycache__/a.T.pyc'))"],
])('a name that Python would write is simpler than a shorter one: %s', (odd, plain) => {
  const hello = ofAll(target);
  const plainest = plainCall(target, hello, 'source_from_cache');
  const call = { ...plainest, args: parseCall(odd).args };
  const sources = simplerCalls(call, plainest, everything).map((one) => callSource(one));
  expect(sources).toContain(plain);
});

describe('simpler calls', () => {
  test.each(targets)('cost less, the least first, each once, and can be sent: %s', (_, of) => {
    const plain = plainCall(of, ofAll(of));
    forCalls(of, 60, (call) => {
      const simpler = simplerCalls(call, plain, everything);
      const costs = simpler.map((one) => costOf(one, plain));
      expect(costs).toEqual(costs.toSorted((a, b) => a - b));
      expect(Math.max(0, ...costs)).toBeLessThanOrEqual(costOf(call, plain));
      expect(costs.filter((cost) => cost >= costOf(call, plain))).toEqual([]);
      expect(new Set(simpler.map(callText)).size).toBe(simpler.length);
      simpler.forEach(expectValid);
    });
  });

  test('of the plain call there are none, and it is simpler than every other', () => {
    for (const fixed of fixedOnes) {
      for (const of of everyTarget()) {
        const plain = plainCall(of, ofAll(of, fixed));
        expect(simplerCalls(plain, plain, everything)).toEqual([]);
        expect(costOf(plain, plain)).toBe(0);
      }
      for (const [, of] of targets) {
        const plain = plainCall(of, ofAll(of, fixed));
        forCalls(of, 30, (call) => {
          if (callText(call) === callText(plain)) return;
          expect(costOf(call, plain)).toBeGreaterThan(0);
          expect(callText(simplerCalls(call, plain, everything)[0]!)).toBe(callText(plain));
        });
      }
    }
  });

  test('leave what the subject has fixed as it is', () => {
    for (const fixed of fixedOnes) {
      const plain = plainCall(target, ofAll(target, fixed));
      forCalls(target, 30, (call) => {
        const own: Call = { ...call, state: { ...call.state, ...fixed } };
        const of = ({ state }: Call): object =>
          Object.fromEntries(Object.keys(fixed).map((key) => [key, state[key as keyof typeof state]]));
        for (const one of simplerCalls(own, plain, everything)) {
          const changed = Object.entries(of(one)).filter(
            ([key, value]) => !sameValue(value, own.state[key as keyof Call['state']]),
          );
          expect(changed.map(([key]) => key)).toEqual([]);
        }
      });
    }
  });

  // Shrinking ends, whatever call it starts from and whatever the failure needs.
  test.each<readonly [needs: string, is: (call: Call) => boolean, start: string, ends: readonly string[]]>([
    [
      'nothing',
      () => true,
      "cache_from_source(PathLike('x/y'), True, zz=1)  # cache_tag='q', pycache_prefix='/x'",
      ["'a.py'"],
    ],
    [
      'an argument too many',
      ({ args }) => args.length > 2,
      "cache_from_source('x/y', True, 'b', [1])",
      ["'a.py', True, True", "'a.py', None, None", "'a.py', None, True", "'a.py', True, None"],
    ],
    [
      'a directory',
      ({ args }) => /^[^/]+\/[^/]+$/.test(textOf(args[0])),
      "cache_from_source('usr/lib.py', optimization=5)  # optimize=3",
      ["'a/a.py'", "'a/a'", "'a/.py'"],
    ],
    [
      'a capital',
      ({ args }) => /[A-Z]/.test(textOf(args[0])),
      "cache_from_source('/usr/Ab/x.py')",
      ["'A.py'", "'A'"],
    ],
    [
      'twelve characters',
      ({ args }) => textOf(args[0]).length >= 12,
      "cache_from_source('qwertzuiop/asdfghjkl.py')",
      ["'aaaaaaaaa.py'"],
    ],
    [
      'a keyword',
      ({ kwargs }) => kwargs.length > 0,
      "cache_from_source('x/y', optimization='abc', zz=[2])",
      [
        "'a.py', optimization=True",
        "'a.py', optimization=1",
        "'a.py', optimization='a'",
        "'a.py', optimization=''",
      ],
    ],
    [
      'another tag',
      ({ state }) => state.cacheTag?.units !== 'cpython-312',
      "cache_from_source('x')  # cache_tag='pypy39_x', optimize=1",
      ["'a.py')  # cache_tag='a'", "'a.py')  # cache_tag=''", "'a.py')  # cache_tag='A'"],
    ],
    [
      'a prefix',
      ({ state }) => state.pycachePrefix !== null,
      "cache_from_source('x')  # pycache_prefix='/p/q', cwd='/x/y'",
      ["'a.py')  # pycache_prefix='/p'", "'a.py')  # pycache_prefix=''", "'a.py')  # pycache_prefix='a'"],
    ],
  ])('lead from any call to the simplest that has %s', (_, is, start, ends) => {
    const plain = plainCall(target, ofAll(target));
    let now = callOf(start);
    expect(is(now)).toBe(true);
    for (let steps = 0; ; steps++) {
      expect(steps).toBeLessThan(100);
      const next = simplerCalls(now, plain, everything).find(is);
      if (next === undefined) break;
      now = next;
    }
    const possible = ends.map((end) => `cache_from_source(${end}${end.includes(')') ? '' : ')'}`);
    expect(possible.map((end) => sourceOf(callOf(end)))).toContain(sourceOf(now));
  });
});

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'units' in value ? String(value.units) : '';

describe('variations', () => {
  /** The parts of a call by the name of their aspect, in the protocol's encoding. */
  function aspectsOf(call: Call): Record<Aspect | 'others', string> {
    const { args, kwargs, state } = call;
    const inText = (changes: Partial<Call>): string =>
      callText({ state: plainCall(target, ofAll(target)).state, args: [], kwargs: [], ...changes });
    const own = (name: string): string => inText({ kwargs: kwargs.filter(([other]) => other === name) });
    const stated = (changes: Partial<Call['state']>): string =>
      inText({ state: { ...plainCall(target, ofAll(target)).state, ...changes } });
    return {
      path: `${inText({ args: args.slice(0, 1) })} ${own('path')}`,
      optimization: own('optimization'),
      'debug override': `${inText({ args: args.slice(1, 2) })} ${own('debug_override')}`,
      tag: stated({ cacheTag: state.cacheTag }),
      level: stated({ optimize: state.optimize }),
      prefix: stated({ pycachePrefix: state.pycachePrefix }),
      'working directory': stated({ cwd: state.cwd }),
      others: inText({
        args: args.slice(2),
        kwargs: kwargs.filter(([name]) => !['path', 'optimization', 'debug_override'].includes(name)),
      }),
    };
  }

  test.each(targets)('differ in one thing each, and can be sent: %s', (_, of) => {
    forCalls(of, 25, (call) => {
      const own = aspectsOf(call);
      const all = variations(call, of, ofAll(of));
      expect([...all.keys()]).toEqual([...aspects]);
      for (const [aspect, calls] of all) {
        for (const one of calls) {
          const { [aspect]: varied, ...others } = aspectsOf(one);
          expect(others).toEqual(Object.fromEntries(Object.entries(own).filter(([name]) => name !== aspect)));
          expect(varied).not.toBe(own[aspect]);
          expectValid(one);
        }
      }
    });
  });

  test('leave what the subject has fixed as it is', () => {
    const fixed = { cacheTag: str('x'), optimize: 2n, cwd: str('/fixed') };
    const call = { ...plainCall(target, ofAll(target, fixed)) };
    const all = variations(
      { ...call, state: { ...call.state, pycachePrefix: str('/p') } },
      target,
      ofAll(target, fixed),
    );
    for (const aspect of ['tag', 'level', 'working directory'] as const) expect(all.get(aspect)).toEqual([]);
    for (const calls of all.values()) {
      for (const { state } of calls) expect(state).toMatchObject(fixed);
    }
  });

  test('give what the release takes, and no other', () => {
    const kinds = (of: Target): string[] =>
      [...variations(plainCall(of, ofAll(of)), of, ofAll(of))]
        .filter(([, calls]) => calls.length > 0)
        .map(([aspect]) => aspect);
    expect(kinds(target)).toEqual(
      expect.arrayContaining(['path', 'optimization', 'debug override', 'prefix']),
    );
    expect(kinds({ version: [3, 4, 0], platform: 'posix' })).not.toContain('optimization');
    expect(kinds({ version: [3, 15, 0], platform: 'posix' })).not.toContain('debug override');
  });
});
