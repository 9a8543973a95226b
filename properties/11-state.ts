/*
 * The rules of chapter 11 as data. They are not about calls of the function, so no check covers them. Each draws a
 * start of an interpreter whose outcome is known.
 */
import * as fc from './inputs/arbitraries.ts';
import type { Start, StartedState } from '../src/state-of.ts';

/** The input of a start. */
export type Given = Pick<Start, 'environment' | 'words'>;

/** The outcome of a start; null if no program runs. */
export type Outcome = Pick<StartedState, 'level' | 'prefix' | 'written'> | null;

/** An input, with what is known about its outcome: some parts of it, or another input with the same outcome. */
export type Case = { readonly given: Given } & (
  | { readonly expected: Partial<NonNullable<Outcome>> | null }
  | { readonly like: Given }
);

export type StateLaw = {
  readonly rule: string;
  readonly cases: fc.Arbitrary<Case>;
};

/** Whether a case has its known outcome. */
export function holds(one: Case, outcomeOf: (given: Given) => Outcome): boolean {
  const outcome = outcomeOf(one.given);
  const expected = 'like' in one ? outcomeOf(one.like) : one.expected;
  if (outcome === null || expected === null) return outcome === expected;
  return (Object.keys(expected) as Array<keyof typeof expected>).every(
    (key) => outcome[key] === expected[key],
  );
}

type Environment = Given['environment'];

/** Options before a program. */
const given = (options: readonly string[], environment: Environment = {}): Given => ({
  environment,
  words: [...options, 'a.py'],
});
const optimize = (value: string | bigint | number): Environment => ({ PYTHONOPTIMIZE: String(value) });
const dontWrite = (value: string): Environment => ({ PYTHONDONTWRITEBYTECODE: value });

const plain = { level: 0n, prefix: null, written: true } as const;
const level = (number: number | bigint): { readonly level: bigint } => ({ level: BigInt(number) });

/** Options such as `-OO -O`, with the number of letters, here 3. */
const levelOptions = (least: number, most: number): fc.Arbitrary<{ options: string[]; counted: number }> =>
  fc.array(fc.integer({ min: 1, max: 3 }), { minLength: least, maxLength: most }).map((counts) => ({
    options: counts.map((count) => `-${'O'.repeat(count)}`),
    counted: counts.reduce((sum, count) => sum + count, 0),
  }));
const smallLevel = fc.integer({ min: 1, max: 9 });
const anyLevel = fc.oneof(smallLevel, fc.integer({ min: 1, max: 2 ** 31 - 1 }));
const zero = fc.constantFrom('0', '00', '-0', '+0', ' 0', '\t0');
/** Text that is not empty and does not start with a number. */
const word = fc.stringMatching(/^[a-z. ][a-z0-9 ]{0,5}$/).filter((text) => !/^ *\d/.test(text));
const negative = fc.integer({ min: -(2 ** 31), max: -1 }).map(String);
const path = fc.stringMatching(/^\/?[a-z]{1,3}(?:\/[a-z]{1,3})?$/);
const xOption = (value: string, isOneWord: boolean): string[] => (isOneWord ? [`-X${value}`] : ['-X', value]);
const prefixOption = fc
  .tuple(path, fc.boolean())
  .map(([text, isOneWord]) => ({ text, words: xOption(`pycache_prefix=${text}`, isOneWord) }));
/** An option that sets no prefix, and hides those after it. */
const valueless = fc
  .tuple(fc.constantFrom('pycache_prefix', 'pycache_prefix='), fc.boolean())
  .map(([value, isOneWord]) => xOption(value, isOneWord));

/** One or two options about the prefix, which may set one or none. */
const otherPrefixOptions = fc.array(
  fc.oneof(
    prefixOption.map(({ words }) => words),
    valueless,
  ),
  { minLength: 1, maxLength: 2 },
);

/** Options that leave the environment unchanged, among them some that set a part of the state. */
const someOptions = fc
  .array(fc.constantFrom(['-O'], ['-B'], ['-q'], ['-s'], ['-W', 'ignore'], ['-X', 'pycache_prefix=/p']), {
    maxLength: 3,
  })
  .map((options) => options.flat());
const someEnvironment: fc.Arbitrary<Environment> = fc.record(
  {
    PYTHONOPTIMIZE: fc.constantFrom('', '0', '1', '2', 'x'),
    PYTHONDONTWRITEBYTECODE: fc.constantFrom('', '1', 'x'),
    PYTHONPYCACHEPREFIX: fc.constantFrom('', '/v', 'v'),
  },
  { requiredKeys: [] },
);

/** Letters that are not an option in any release. */
const unknownLetter = fc.constantFrom(...'aACDFgGHJjkKlLMnNoprTUwyYzZ0123456789');

export const laws: readonly StateLaw[] = [
  {
    rule: 'state-options-end-at-the-program',
    cases: fc
      .tuple(
        fc.constantFrom([], ['-O'], ['-OO']),
        fc.constantFrom(['a.py'], ['-'], ['--', 'a.py'], ['-c', 'pass'], ['-cpass'], ['-m', 'a'], ['-ma']),
        fc.array(fc.constantFrom('-O', '-B', '-Xpycache_prefix=/q', '-Z', '--nonsense', 'b.py'), {
          maxLength: 3,
        }),
      )
      .map(([options, program, after]) => ({
        given: { environment: {}, words: [...options, ...program, ...after] },
        expected: { ...plain, ...level(options.join('').replace('-', '').length) },
      })),
  },
  {
    rule: 'state-options-may-share-a-word',
    cases: fc
      .tuple(
        fc.array(fc.constantFrom('O', 'B', 'q', 's', 'u'), { minLength: 1, maxLength: 5 }),
        fc.constantFrom([], ['W', 'ignore'], ['X', 'pycache_prefix=/p']),
      )
      .map(([letters, [letter = '', value = '']]) => ({
        given: given([`-${letters.join('')}${letter}${value}`]),
        like: given([...letters.map((one) => `-${one}`), ...(letter === '' ? [] : [`-${letter}`, value])]),
      })),
  },
  {
    rule: 'state-unknown-option-runs-nothing',
    cases: fc
      .oneof(
        fc
          .tuple(fc.constantFrom('', 'O', 'qB'), unknownLetter, fc.constantFrom('', 'O'))
          .map((parts) => parts.join('')),
        fc
          .stringMatching(/^-[a-z]{1,8}$/)
          .filter((name) => !['-help', '-version', '-info', '-jit'].includes(name)),
      )
      .map((letters) => ({ given: given([`-${letters}`]), expected: null })),
  },
  {
    rule: 'state-level-counts-the-options',
    cases: levelOptions(0, 4).map(({ options, counted }) => ({
      given: given(options),
      expected: level(counted),
    })),
  },
  {
    rule: 'state-variable-is-a-level',
    cases: anyLevel.map((number) => ({ given: given([], optimize(number)), expected: level(number) })),
  },
  {
    rule: 'state-higher-level-counts',
    cases: fc.tuple(levelOptions(1, 2), smallLevel).map(([{ options, counted }, number]) => ({
      given: given(options, optimize(number)),
      expected: level(Math.max(counted, number)),
    })),
  },
  {
    rule: 'state-level-zero-is-none',
    cases: zero.map((value) => ({ given: given([], optimize(value)), expected: level(0) })),
  },
  {
    rule: 'state-level-zero-is-one',
    cases: zero.map((value) => ({ given: given([], optimize(value)), expected: level(1) })),
  },
  {
    rule: 'state-other-value-is-level-one',
    cases: fc
      .oneof(word, negative)
      .map((value) => ({ given: given([], optimize(value)), expected: level(1) })),
  },
  {
    rule: 'state-level-is-the-whole-value',
    cases: fc
      .tuple(
        fc.constantFrom('', ' ', '\t '),
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom('', ' ', 'x', '.0', '_0'),
      )
      .map(([before, number, after]) => ({
        given: given([], optimize(`${before}${number}${after}`)),
        expected: level(after === '' ? number : 1),
      })),
  },
  {
    rule: 'state-level-begins-the-value',
    cases: fc
      .tuple(
        fc.constantFrom('', ' ', '\t '),
        fc.integer({ min: 2, max: 9 }),
        fc.constantFrom(' ', 'x', '.0', '_0'),
      )
      .map(([before, number, after]) => ({
        given: given([], optimize(`${before}${number}${after}`)),
        expected: level(number),
      })),
  },
  {
    rule: 'state-level-is-read-as-an-integer',
    cases: fc
      .tuple(
        fc.constantFrom('', ' ', '\n'),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(9),
        fc.constantFrom('', ' ', '\t'),
      )
      .map(([before, tens, ones, after]) => ({
        given: given([], optimize(`${before}${tens}_${ones}${after}`)),
        expected: level(10 * tens + ones),
      })),
  },
  {
    rule: 'state-level-too-large-is-one',
    cases: fc
      .bigInt({ min: 2n ** 31n, max: 2n ** 80n })
      .map((number) => ({ given: given([], optimize(number)), expected: level(1) })),
  },
  {
    rule: 'state-level-too-large-wraps-around',
    cases: fc.tuple(fc.bigInt({ min: 1n, max: 2n ** 30n }), anyLevel).map(([times, number]) => ({
      given: given([], optimize(times * 2n ** 32n + BigInt(number))),
      expected: level(number),
    })),
  },
  {
    rule: 'state-level-has-sixty-four-bits',
    cases: fc.bigInt({ min: 2n ** 31n, max: 2n ** 64n }).map((number) => ({
      given: given([], optimize(number)),
      expected: number < 2n ** 63n ? level(number) : null,
    })),
  },
  {
    rule: 'state-option-forbids-writing',
    cases: fc
      .tuple(someOptions, fc.constantFrom('-B', '-BB', '-qB'), someEnvironment)
      .map(([options, own, environment]) => ({
        given: given([...options, own], environment),
        expected: { written: false },
      })),
  },
  {
    rule: 'state-variable-forbids-writing',
    cases: fc
      .oneof(word, negative, smallLevel.map(String))
      .map((value) => ({ given: given([], dontWrite(value)), expected: { ...plain, written: false } })),
  },
  {
    rule: 'state-zero-forbids-no-writing',
    cases: zero.map((value) => ({ given: given([], dontWrite(value)), expected: { written: true } })),
  },
  {
    rule: 'state-zero-forbids-writing',
    cases: zero.map((value) => ({ given: given([], dontWrite(value)), expected: { written: false } })),
  },
  {
    rule: 'state-option-sets-the-prefix',
    cases: prefixOption.map(({ text, words }) => ({
      given: given(words),
      expected: { ...plain, prefix: text },
    })),
  },
  {
    rule: 'state-variable-sets-the-prefix',
    cases: path.map((text) => ({
      given: given([], { PYTHONPYCACHEPREFIX: text }),
      expected: { ...plain, prefix: text },
    })),
  },
  {
    rule: 'state-prefix-stays-as-written',
    cases: fc
      .tuple(
        fc.constantFrom('~', '~/p', '.', './p', '../p', 'p/', '/p//', '//p', ' ', '$HOME', 'a=b'),
        fc.boolean(),
      )
      .map(([text, isOption]) => ({
        given: isOption ? given(['-X', `pycache_prefix=${text}`]) : given([], { PYTHONPYCACHEPREFIX: text }),
        expected: { prefix: text },
      })),
  },
  {
    rule: 'state-prefix-option-counts',
    cases: fc.tuple(prefixOption, path).map(([{ text, words }, other]) => ({
      given: given(words, { PYTHONPYCACHEPREFIX: other }),
      expected: { prefix: text },
    })),
  },
  {
    rule: 'state-prefix-without-value-is-none',
    cases: fc.tuple(valueless, someEnvironment).map(([words, environment]) => ({
      given: given(words, environment),
      expected: { prefix: null },
    })),
  },
  {
    rule: 'state-first-prefix-counts',
    cases: fc.tuple(prefixOption, otherPrefixOptions).map(([{ text, words }, others]) => ({
      given: given([...words, ...others.flat()]),
      expected: { prefix: text },
    })),
  },
  {
    rule: 'state-last-prefix-counts',
    cases: fc.tuple(prefixOption, otherPrefixOptions).map(([{ text, words }, others]) => ({
      given: given([...others.flat(), ...words]),
      expected: { prefix: text },
    })),
  },
  {
    rule: 'state-prefix-is-none-before',
    cases: fc.tuple(prefixOption, path, fc.boolean()).map(([{ words }, text, isOption]) => ({
      given: isOption ? given(words) : given([], { PYTHONPYCACHEPREFIX: text }),
      expected: plain,
    })),
  },
  {
    rule: 'state-empty-variable-is-none',
    cases: fc
      .tuple(
        someOptions,
        fc.subarray(['PYTHONOPTIMIZE', 'PYTHONDONTWRITEBYTECODE', 'PYTHONPYCACHEPREFIX'], { minLength: 1 }),
      )
      .map(([options, names]) => ({
        given: given(options, Object.fromEntries(names.map((name) => [name, '']))),
        like: given(options),
      })),
  },
  {
    rule: 'state-isolation-ignores-variables',
    cases: fc
      .tuple(someOptions, fc.constantFrom('-E', '-I', '-qI', '-EI'), someOptions, someEnvironment)
      .map(([before, isolating, after, environment]) => ({
        given: given([...before, isolating, ...after], environment),
        like: given([...before, ...after]),
      })),
  },
  {
    rule: 'state-windows-names-in-any-case',
    cases: fc.tuple(smallLevel, fc.func(fc.boolean())).map(([number, isLower]) => {
      const name = [...'PYTHONOPTIMIZE']
        .map((letter, i) => (isLower(i) ? letter.toLowerCase() : letter))
        .join('');
      return { given: given([], { [name]: String(number) }), expected: level(number) };
    }),
  },
];
