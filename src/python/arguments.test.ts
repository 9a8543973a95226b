import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interpreter } from '../../fixtures/interpreters.ts';
import { testEach } from '../../fixtures/present.ts';
import { unknownKeyword } from '../../properties/inputs/calls.ts';
import { bindArguments, type Misfit, type Signature } from './arguments.ts';
import { Thrown } from './exceptions.ts';
import { releaseOf, type Release } from './releases.ts';
import { closestName } from './suggestions.ts';
import { Str } from './text.ts';
import { askPython, drawn, newestScope } from './testing.ts';

const signature: Signature = {
  name: 'cache_from_source',
  parameters: ['path', 'debug_override', 'optimization'],
  positional: 2,
  required: 1,
};
const { parameters } = signature;

/** Other signatures with the same parameters: several that are keyword-only, and several without a default. */
const otherSignatures: readonly Signature[] = [
  { ...signature, positional: 1 },
  { ...signature, positional: 3, required: 2 },
];

/** A signature with only keyword-only parameters. */
const onlyKeywords = (names: readonly string[]): Signature => ({
  ...signature,
  parameters: names,
  positional: 0,
  required: 0,
});

/** The number of positional arguments, and the keywords. */
type Shape = { readonly args: number; readonly keywords: readonly string[] };
const asKeyword = (name: string): Shape => ({ args: 0, keywords: [name] });
type Told = { misfit?: Misfit; keyword?: string | undefined };
/** For each parameter the number of its argument, or the error message. */
type Bound = ReadonlyArray<number | null> | string;

/** A name with some characters changed, which is just similar enough for a suggestion, or just not. */
const misspelt = (name: string): fc.Arbitrary<string> => {
  const character = fc.constantFrom(...'aeioptzhOPT_\u00e9\u0442\u{1f40d}');
  const edit = fc.tuple(fc.constantFrom('insert', 'delete', 'replace', 'case'), fc.nat(), character);
  return fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) => {
    const characters = Array.from(name);
    for (const [kind, place, other] of edits) {
      const at = place % (characters.length + 1);
      const present = characters[at] ?? '';
      if (kind === 'case')
        characters[at] = present === present.toLowerCase() ? present.toUpperCase() : present.toLowerCase();
      else characters.splice(at, kind === 'insert' ? 0 : 1, ...(kind === 'delete' ? [] : [other]));
    }
    return characters.join('');
  });
};

const nearMiss = fc.constantFrom(...parameters).chain(misspelt);

const keyword = fc.oneof(
  { arbitrary: fc.constantFrom(...parameters), weight: 3 },
  { arbitrary: unknownKeyword, weight: 1 },
  { arbitrary: nearMiss, weight: 2 },
  { arbitrary: fc.string({ unit: 'grapheme' }), weight: 1 },
  {
    arbitrary: fc.constantFrom('', 'o'.repeat(41), `optimization${'n'.repeat(41)}`, 'optimizatio\ud800n'),
    weight: 1,
  },
);

const shapes: fc.Arbitrary<Shape> = fc.record({
  args: fc.nat(4),
  keywords: fc.oneof(fc.uniqueArray(keyword, { maxLength: 3 }), fc.shuffledSubarray([...parameters])),
});

/** Binds numbered arguments, the positional ones first. */
function bind(of: Signature, { args, keywords }: Shape, release: Release, record?: Told): Bound {
  try {
    const bound = bindArguments(
      of,
      Array.from({ length: args }, (_, i) => i),
      keywords.map((name, i) => [name, args + i] as const),
      release,
      record,
    );
    return of.parameters.map((_, i) => bound[i] ?? null);
  } catch (error) {
    if (!(error instanceof Thrown && error.type === 'TypeError')) throw error;
    return error.text.units;
  }
}

/** Binds the arguments to a real function with that signature. */
async function bindReally(
  interpreter: Interpreter,
  calls: ReadonlyArray<readonly [Signature, Shape]>,
): Promise<Bound[]> {
  const answers = await askPython<Array<number | null> | { message: number[] }>(
    interpreter,
    `
def answer(call):
    header, names, args, keywords = call
    made = {}
    exec("def cache_from_source(%s): return [%s]" % (header, ", ".join(names)), made)
    try:
        return made["cache_from_source"](*range(args), **{name: args + i for i, name in enumerate(keywords)})
    except TypeError as error:
        return {"message": points(str(error))}
`,
    calls.map(([{ parameters, positional, required }, { args, keywords }]) => {
      const header = parameters.map((name, i) => (i < required ? name : `${name}=None`));
      if (positional < parameters.length) header.splice(positional, 0, '*');
      return [header.join(', '), parameters, args, keywords];
    }),
  );
  return answers.map((answer) => (Array.isArray(answer) ? answer : Str.fromCodePoints(answer.message).units));
}

testEach('arguments reach their parameters, or fail with the same message', {}, async (interpreter) => {
  const calls = [
    ...drawn(fc.tuple(fc.constant(signature), shapes), 1000),
    ...drawn(fc.tuple(fc.constantFrom(...otherSignatures), shapes), 500),
  ];
  const release = releaseOf(interpreter.version);
  const ours = calls.map(([of, shape]) => bind(of, shape, release));
  const theirs = await bindReally(interpreter, calls);
  expect(calls.map((call, i) => [call, ours[i]])).toEqual(calls.map((call, i) => [call, theirs[i]]));
});

testEach('an unknown keyword is answered with the same one of any parameters', {}, async (interpreter) => {
  const name = fc
    .tuple(
      fc.constantFrom(...'abABz_\u00e9\u0436'),
      fc.string({ unit: fc.constantFrom(...'aabbABZ_1\u00e9\u0436'), maxLength: 50, size: 'max' }),
    )
    .map(([first, rest]) => first + rest);
  const short = name.map((one) => one.slice(0, 6));
  const unknown = fc
    .uniqueArray(fc.oneof(short, short, name), { minLength: 1, maxLength: 5 })
    .chain((names) => {
      const other = fc.oneof(fc.constantFrom(...names).chain(misspelt), short);
      return fc.tuple(
        fc.constant(onlyKeywords(names)),
        other.filter((one) => !names.includes(one)).map(asKeyword),
      );
    });
  /** Names that differ at both ends, around the length from which names are not compared. */
  const long = Array.from({ length: 12 }, (_, i): [Signature, Shape] => {
    const middle = 'a'.repeat(i + 32);
    return [onlyKeywords([`b${middle}b`]), asKeyword(`c${middle}c`)];
  });
  const calls = [...drawn(unknown, 1500), ...long];
  const release = releaseOf(interpreter.version);
  const ours = calls.map(([of, shape]) => bind(of, shape, release));
  const theirs = await bindReally(interpreter, calls);
  expect(calls.map((call, i) => [call, ours[i]])).toEqual(calls.map((call, i) => [call, theirs[i]]));
  // Some resemble a parameter, others do not.
  const suggesting = theirs.filter((message) => String(message).includes('Did you mean')).length;
  expect(suggesting > 100 && suggesting < 1400).toBe(release.has('keyword-suggestions'));
});

// As in every release of CPython.
describe('of several parameters of each kind', () => {
  const several: Signature = { name: 'f', parameters: ['a', 'b', 'c', 'd'], positional: 2, required: 2 };
  test.each<readonly [args: number, keywords: readonly string[], bound: Bound]>([
    [2, ['d', 'c'], [0, 1, 3, 2]],
    [1, ['d', 'b'], [0, 2, null, 1]],
    [3, [], 'f() takes 2 positional arguments but 3 were given'],
    [
      3,
      ['c'],
      'f() takes 2 positional arguments but 3 positional arguments (and 1 keyword-only argument) were given',
    ],
    [
      3,
      ['d'],
      'f() takes 2 positional arguments but 3 positional arguments (and 1 keyword-only argument) were given',
    ],
    [
      3,
      ['c', 'd'],
      'f() takes 2 positional arguments but 3 positional arguments (and 2 keyword-only arguments) were given',
    ],
    [0, [], "f() missing 2 required positional arguments: 'a' and 'b'"],
    [0, ['b'], "f() missing 1 required positional argument: 'a'"],
    [1, ['d'], "f() missing 1 required positional argument: 'b'"],
  ])('%i by position, and %j', (args, keywords, bound) =>
    expect(bind(several, { args, keywords }, newestScope.release)).toEqual(bound),
  );
});

describe('which way arguments do not fit is recorded, and which keyword does not', () => {
  test.each<readonly [Misfit, keyword: string | undefined, Shape]>([
    ['unknown-keyword', 'level', { args: 1, keywords: ['level'] }],
    ['unknown-keyword', 'level', { args: 4, keywords: ['level'] }],
    ['given-twice', 'path', { args: 1, keywords: ['path'] }],
    ['given-twice', 'debug_override', { args: 3, keywords: ['optimization', 'debug_override'] }],
    ['too-many', undefined, { args: 3, keywords: [] }],
    ['too-many', undefined, { args: 3, keywords: ['optimization'] }],
    ['missing', undefined, { args: 0, keywords: [] }],
    ['missing', undefined, { args: 0, keywords: ['optimization', 'debug_override'] }],
  ])('%s, %s: %o', (misfit, keyword, shape) => {
    const record: Told = {};
    const message = bind(signature, shape, newestScope.release, record);
    expect(message).toBeTypeOf('string');
    expect(record).toEqual({ misfit, keyword });
    expect(bind(signature, shape, newestScope.release)).toBe(message);
  });

  test('and nothing is recorded when they fit', () => {
    const record: Told = {};
    const shape = { args: 1, keywords: ['optimization'] };
    expect(bind(signature, shape, newestScope.release, record)).toEqual([0, null, 1]);
    expect(bind(signature, { args: 1, keywords: [] }, newestScope.release, record)).toEqual([0, null, null]);
    expect(record).toEqual({});
  });
});

describe('the closest name', () => {
  test.each([
    ['optimisation', 'optimization'],
    ['Optimization', 'optimization'],
    ['PATh', 'path'],
    ['PATH', undefined],
    ['pth', 'path'],
    ['debugoverride', 'debug_override'],
    ['level', undefined],
    ['', undefined],
  ])('to %j is %s', (wrong, closest) => expect(closestName(wrong, parameters)).toBe(closest));

  // As in CPython 3.13.
  test.each<readonly [wrong: string, name: string, near: boolean]>([
    ['A', 'a', true],
    ['Z', 'z', true],
    ['ABC', 'abc', true],
    ['ABCD', 'abcd', false],
    ['abcdefgh', 'ABCDEFgh', true],
    ['abcdefgh', 'ABCDEFGh', false],
    ['a', 'b', false],
    ['ab', 'ac', true],
    ['ab', 'cd', false],
    ['ab', 'ba', false],
    ['abc', 'acb', false],
    ['a', 'ab', true],
    ['a', 'abc', false],
    ['aa', 'a', true],
    ['aaa', 'aa', true],
    ['aaaa', 'aa', false],
    ['aba', 'aa', true],
    ['aa', 'aba', true],
    ['xxcdef', 'abcdef', true],
    ['xxxdef', 'abcdef', false],
    ['cdef', 'abcdef', true],
    ['def', 'abcdef', false],
    ['abcd', 'abcdef', true],
    ['abc', 'abcdef', false],
    ['abcxyzdef', 'abcdef', true],
    ['abcdefX', 'QRabcdefY', true],
    ['abcdefX', 'QRSabcdefY', false],
    ['path', 'path', true],
    ['pathpath', 'path', false],
    ['kitten', 'sitting', false],
    ['xaAyb', 'xAayB', true],
    ['ppxab', 'ppaby', true],
    ['ppxab1', 'ppab2y', false],
    // Names whose differing parts are longer than forty bytes are not compared, unless one of these parts is empty.
    [`c${'a'.repeat(38)}c`, `b${'a'.repeat(38)}b`, true],
    [`c${'a'.repeat(39)}c`, `b${'a'.repeat(39)}b`, false],
    [`c${'a'.repeat(39)}c`, `b${'a'.repeat(38)}b`, false],
    [`c${'a'.repeat(38)}c`, `b${'a'.repeat(39)}b`, false],
    [`${'a'.repeat(60)}b`, `${'a'.repeat(60)}c`, true],
    [`b${'a'.repeat(60)}`, `c${'a'.repeat(60)}`, true],
    ['a'.repeat(101), 'a'.repeat(142), true],
    ['a'.repeat(100), 'a'.repeat(141), false],
    ['a'.repeat(142), 'a'.repeat(101), true],
    ['a'.repeat(141), 'a'.repeat(100), false],
  ])('to %j: %j is near: %s', (wrong, name, near) =>
    expect(closestName(wrong, [name])).toBe(near ? name : undefined),
  );

  test('takes only letters for the same in the other case', () => {
    expect(closestName('@', ['`'])).toBeUndefined();
    expect(closestName('[', ['{'])).toBeUndefined();
  });

  test('is the nearest, wherever it stands', () => {
    expect(closestName('abX', ['abY', 'abx'])).toBe('abx');
    expect(closestName('abX', ['abx', 'abY'])).toBe('abx');
    expect(closestName('abcdef', ['abcdefgh', 'abcdeX'])).toBe('abcdeX');
  });

  test('is the first of those that are equally near', () => {
    expect(closestName('abcX', ['abcd', 'abce'])).toBe('abcd');
    expect(closestName('abcX', ['abce', 'abcd'])).toBe('abce');
  });

  test('is counted in bytes of UTF-8', () => {
    expect(closestName('pat\u00e9h', ['path'])).toBe('path');
    expect(closestName('pat\u{1f40d}h', ['path'])).toBeUndefined();
    // A lone surrogate has no UTF-8.
    expect(closestName('optimizatio\ud800n', ['optimization'])).toBeUndefined();
  });
});
