/* A bug is shown by the smallest call that has it, whatever call was drawn. */
import { expect, test } from 'vitest';
import type { Answered, Call, Outcome } from '../python/call.ts';
import { plainState } from '../python/interpreter.ts';
import { parseCall } from '../python/source.ts';
import { Str, str } from '../python/text.ts';
import type { Value } from '../python/values.ts';
import type { Target } from '../reference.ts';
import { callText, decodeCall } from './codec.ts';
import { referenceHello } from './subjects/reference.ts';
import { check, subject, target, type Wrong } from './testing.ts';

type Bug = {
  readonly bug: string;
  /** The rule that the bug breaks. */
  readonly rule: string;
  readonly as?: Target;
  /** Whether the outcome of a call is wrong. */
  readonly isIn: (call: Call, right: Outcome) => boolean;
  /** The smallest call that shows the bug, in the notation of the chapters; `or` lists calls that are equally small. */
  readonly smallest: string;
  readonly or?: readonly string[];
};

const windows: Target = { version: target.version, platform: 'win32' };

const hasResult = (right: Outcome): boolean => right.kind === 'return';
const raises = (right: Outcome, type: string): boolean => right.kind === 'raise' && right.type === type;
const given = ({ kwargs }: Call, name: string): Value | undefined =>
  kwargs.find(([keyword]) => keyword === name)?.[1];
const isOf = <K extends string>(value: Value | undefined, kind: K): value is Extract<Value, { kind: K }> =>
  value !== null && typeof value === 'object' && value.kind === kind;

/** A matching path, in a call that returns. */
const inPath =
  (pattern: RegExp): Bug['isIn'] =>
  ({ args: [path] }, right) =>
    hasResult(right) && path instanceof Str && pattern.test(path.units);
const inTag =
  (pattern: RegExp): Bug['isIn'] =>
  ({ state: { cacheTag } }, right) =>
    hasResult(right) && cacheTag !== null && pattern.test(cacheTag.units);
/** A matching optimization, in any call. */
const inText =
  (pattern: RegExp): Bug['isIn'] =>
  (call) => {
    const value = given(call, 'optimization');
    return value instanceof Str && pattern.test(value.units);
  };
const inInteger =
  (isWrong: (int: bigint) => boolean): Bug['isIn'] =>
  (call) => {
    const value = given(call, 'optimization');
    return typeof value === 'bigint' && isWrong(value);
  };

const bugs: readonly Bug[] = [
  {
    bug: 'separators before the name',
    rule: 'path-slashes-before-name-collapse',
    isIn: inPath(/[^/]\/\/+[^/]+$/),
    smallest: "cache_from_source('a//a.py')",
    or: ["cache_from_source('a//a')", "cache_from_source('a//.py')"],
  },
  {
    bug: 'a separator at the end',
    rule: 'path-trailing-slash-leaves-an-empty-name',
    isIn: inPath(/[^/]\/$/),
    smallest: "cache_from_source('a/')",
  },
  {
    bug: 'a file in the root',
    rule: 'path-root-is-lost',
    isIn: inPath(/^\/[^/]+$/),
    smallest: "cache_from_source('/a')",
    or: ["cache_from_source('/a.py')", "cache_from_source('/.py')"],
  },
  {
    bug: 'a leading dot',
    rule: 'path-leading-dot-is-dropped',
    isIn: inPath(/^\.[^./]+$/),
    smallest: "cache_from_source('.a')",
  },
  {
    bug: 'a start with ../',
    rule: 'path-directory-is-not-normalized',
    isIn: inPath(/^\.\.\/[^/]/),
    smallest: "cache_from_source('../a.py')",
    or: ["cache_from_source('../a')", "cache_from_source('../.py')"],
  },

  {
    bug: 'an empty tag',
    rule: 'tag-may-be-empty',
    isIn: inTag(/^$/),
    smallest: "cache_from_source('a.py')  # cache_tag=''",
  },
  {
    bug: 'a slash in the tag',
    rule: 'tag-is-not-checked',
    isIn: inTag(/\//),
    smallest: "cache_from_source('a.py')  # cache_tag='/'",
  },

  {
    bug: 'the level two',
    rule: 'opt-text-becomes-segment',
    isIn: ({ state, kwargs }, right) => hasResult(right) && state.optimize === 2n && kwargs.length === 0,
    smallest: "cache_from_source('a.py')  # optimize=2",
  },
  {
    bug: 'an accent that is let pass',
    rule: 'opt-combining-marks-raise',
    isIn: inText(/\u0301/),
    smallest: String.raw`cache_from_source('a.py', optimization='\u0301')`,
  },
  {
    bug: 'more than eight characters',
    rule: 'opt-text-becomes-segment',
    isIn: (call, right) => hasResult(right) && inText(/^.{9}/u)(call, right),
    smallest: "cache_from_source('a.py', optimization='aaaaaaaaa')",
  },
  {
    bug: 'the last character that is not looked at',
    rule: 'opt-every-character-counts',
    isIn: inText(/^\d.*[-_ \n]$/),
    smallest: "cache_from_source('a.py', optimization='0_')",
  },
  {
    bug: 'integers as doubles',
    rule: 'opt-integer-by-its-digits',
    isIn: (call, right) => hasResult(right) && inInteger((int) => int > 2n ** 53n)(call, right),
    smallest: "cache_from_source('a.py', optimization=9007199254740993)",
  },
  {
    bug: 'integers below zero',
    rule: 'opt-negative-raises',
    isIn: inInteger((int) => int < 0n),
    smallest: "cache_from_source('a.py', optimization=-1)",
  },
  {
    bug: 'integers past the limit',
    rule: 'opt-integer-past-the-digit-limit-raises',
    isIn: inInteger((int) => int >= 10n ** 4300n),
    smallest: "cache_from_source('a.py', optimization=10**4300)",
  },
  {
    bug: 'floats with a fraction',
    rule: 'opt-float-by-its-repr',
    isIn: (call) => {
      const value = given(call, 'optimization');
      return isOf(value, 'float') && Number.isFinite(value.number) && !Number.isInteger(value.number);
    },
    smallest: "cache_from_source('a.py', optimization=0.5)",
  },
  {
    bug: 'bytes',
    rule: 'opt-punctuated-texts-raise',
    isIn: (call) => isOf(given(call, 'optimization'), 'bytes'),
    smallest: "cache_from_source('a.py', optimization=b'')",
  },

  {
    bug: 'zero as debug override',
    rule: 'debug-judged-by-truth',
    isIn: (call, right) => hasResult(right) && given(call, 'debug_override') === 0n,
    smallest: "cache_from_source('a.py', debug_override=0)",
  },
  {
    bug: 'a debug override with a method that says false',
    rule: 'debug-judged-by-truth',
    isIn: (call, right) => {
      const value = given(call, 'debug_override');
      return hasResult(right) && isOf(value, 'object') && value.bool === false;
    },
    smallest: "cache_from_source('a.py', debug_override=Object(bool=False))",
  },
  {
    bug: 'both given, and the optimization empty',
    rule: 'debug-empty-optimization-counts-as-given',
    isIn: (call, right) => (given(call, 'debug_override') ?? null) !== null && inText(/^$/)(call, right),
    smallest: "cache_from_source('a.py', debug_override=True, optimization='')",
    or: ["cache_from_source('a.py', debug_override=False, optimization='')"],
  },

  {
    bug: 'path-likes',
    rule: 'like-fspath-gives-the-path',
    isIn: ({ args: [path] }, right) => hasResult(right) && isOf(path, 'path'),
    smallest: "cache_from_source(PathLike(''))",
  },
  {
    bug: 'an AttributeError of a path-like',
    rule: 'like-fspath-error-passes-through',
    isIn: ({ args: [path] }, right) => isOf(path, 'path') && raises(right, 'AttributeError'),
    smallest: "cache_from_source(PathLike(Raises('AttributeError')))",
  },
  {
    bug: 'a str of a subclass as path',
    rule: 'like-str-subclass-is-accepted',
    isIn: ({ args: [path] }, right) => hasResult(right) && isOf(path, 'object'),
    smallest: "cache_from_source(Object(is_=''))",
  },
  {
    bug: 'None as path',
    rule: 'like-other-types-raise',
    isIn: ({ args }) => args.length === 1 && args[0] === null,
    smallest: 'cache_from_source(None)',
  },

  {
    bug: 'no path',
    rule: 'call-path-is-required',
    isIn: (call) => call.args.length === 0 && given(call, 'path') === undefined,
    smallest: 'cache_from_source()',
  },
  {
    bug: 'the path by keyword',
    rule: 'call-path-by-keyword',
    isIn: ({ args }, right) => hasResult(right) && args.length === 0,
    smallest: "cache_from_source(path='a.py')",
  },
  {
    bug: 'the path twice',
    rule: 'call-argument-given-twice-raises',
    isIn: (call) => call.args.length === 1 && given(call, 'path') !== undefined,
    smallest: "cache_from_source('a.py', path='a.py')",
  },
  {
    bug: 'the debug override by position',
    rule: 'call-debug-override-by-position',
    isIn: ({ args }, right) => hasResult(right) && args.length === 2,
    smallest: "cache_from_source('a.py', True)",
    or: ["cache_from_source('a.py', False)"],
  },

  {
    bug: 'the optimization before the tag',
    rule: 'order-tag-before-optimization',
    isIn: (call, right) => call.state.cacheTag === null && inText(/_/)(call, right),
    smallest: "cache_from_source('a.py', optimization='_')  # cache_tag=None",
  },
  {
    bug: 'the tag before the path',
    rule: 'order-path-before-tag',
    isIn: ({ state, args }) => state.cacheTag === null && args.length === 1 && args[0] === null,
    smallest: 'cache_from_source(None)  # cache_tag=None',
  },

  {
    bug: 'a relative directory below a prefix',
    rule: 'prefix-working-directory-completes',
    isIn: (call, right) => call.state.pycachePrefix !== null && inPath(/^[^/.:][^/]*\/[^/]/)(call, right),
    smallest: "cache_from_source('a/a.py')  # pycache_prefix='/p'",
    or: [
      "cache_from_source('a/a')  # pycache_prefix='/p'",
      "cache_from_source('a/.py')  # pycache_prefix='/p'",
      "cache_from_source('a/a.py')  # pycache_prefix=''",
      "cache_from_source('a/.py')  # pycache_prefix=''",
    ],
  },
  {
    bug: 'an empty prefix',
    rule: 'prefix-empty-is-relative',
    isIn: ({ state }, right) => hasResult(right) && state.pycachePrefix?.isEmpty === true,
    smallest: "cache_from_source('a.py')  # pycache_prefix=''",
  },
  {
    bug: 'a removed working directory',
    rule: 'prefix-working-directory-error-passes-through',
    isIn: ({ args }, right) => args.length === 1 && raises(right, 'FileNotFoundError'),
    smallest: "cache_from_source('a.py')  # pycache_prefix='/p', cwd=None",
    or: ["cache_from_source('a.py')  # pycache_prefix='', cwd=None"],
  },

  {
    bug: 'a drive before a name',
    rule: 'windows-drive-name-drops-the-cache-folder',
    as: windows,
    isIn: inPath(/^[a-z]:[^\\/]+$/i),
    smallest: "cache_from_source('a:a.py')",
    or: ["cache_from_source('a:a')", "cache_from_source('a:.py')"],
  },
  {
    bug: 'a file in a share',
    rule: 'windows-shares-are-kept',
    as: windows,
    isIn: inPath(/^\\\\[^\\/?.]+\\[^\\/]+\\[^\\/]+$/),
    smallest: String.raw`cache_from_source('\\\\a\\a\\a.py')`,
    or: [String.raw`cache_from_source('\\\\a\\a\\a')`, String.raw`cache_from_source('\\\\a\\a\\.py')`],
  },
];

/** The smallest calls that a run shows for a bug. */
async function smallestOf({ rule, as = target, isIn }: Bug, seed: number): Promise<Call[][]> {
  // Only one part is wrong, so that everything else in the call can be shrunk.
  const wrong: Wrong = (call, right) => {
    if (!isIn(call, right)) return right;
    return right.kind === 'return' && right.value instanceof Str
      ? { ...right, value: right.value.concat(str('x')) }
      : { kind: 'return', value: str('wrong'), warnings: (right as Answered).warnings ?? [] };
  };
  const one = subject(wrong, referenceHello(as), as);
  const { found } = await check(one, { seed, selection: { rule } });
  return found.filter(({ rule: own, fault }) => own === fault).map(({ calls }) => calls.map(decodeCall));
}

/** Some bugs need two features that seldom occur together. */
const mostSeeds = 50;

test.each(bugs.map((one) => [one.bug, one.smallest, one] as const))('%s: by %s', async (_, text, bug) => {
  const { version, platform } = bug.as ?? target;
  let found: Call[][] = [];
  for (let seed = 1; found.length === 0 && seed <= mostSeeds; seed++) found = await smallestOf(bug, seed);
  const possible = [text, ...(bug.or ?? [])].map(parseCall).map(({ args, kwargs, state }): Call => ({
    args,
    kwargs,
    state: { ...plainState(version, platform), ...state },
  }));
  // If the bug concerns several rules, each is shown by an equally small call.
  const texts = new Set(possible.map(callText));
  expect(found.map((calls) => calls.map(callText)).filter(([only]) => !texts.has(only!))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});
