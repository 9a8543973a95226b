import * as fc from './arbitraries.ts';
import { isSurrogate, Str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { anyCharacter, charactersBut, letter, type Characters } from './characters.ts';

/** One text of so many may be long: it may have up to a hundred more characters than the minimum, instead of ten. */
const oneLongIn = 60;

/** The numbers of a text's characters. */
class Numbers extends fc.Arbitrary<number[]> {
  private readonly last: number;
  private readonly minLength: number;
  private readonly lengths: fc.Arbitrary<number>;
  private readonly longLengths: fc.Arbitrary<number>;

  constructor(last: number, minLength: number, isNowAndThenLong: boolean) {
    super();
    this.last = last;
    this.minLength = minLength;
    this.lengths = fc.integer({ min: minLength, max: minLength + 10 });
    this.longLengths = isNowAndThenLong ? fc.integer({ min: minLength, max: minLength + 100 }) : this.lengths;
  }

  draw(random: fc.Random, bias: number | undefined): number[] {
    const lengths = random.nextInt(1, oneLongIn) === 1 ? this.longLengths : this.lengths;
    const { value: length } = lengths.generate(random, bias);
    const numbers: number[] = [];
    for (let i = 0; i < length; i++) numbers.push(random.nextInt(0, this.last));
    return numbers;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<number[]> {
    return new fc.Value(this.draw(random, bias), undefined);
  }

  override canShrinkWithoutContext(_: unknown): _ is number[] {
    return false;
  }

  override shrink(numbers: number[], context: unknown): fc.Stream<fc.Value<number[]>> {
    const { last, minLength } = this;
    return fc.array(fc.nat(last), { minLength, size: 'max' }).shrink(numbers, context);
  }
}

/** Text of certain characters with a minimum length. It shrinks like an array of their numbers. */
function textOf({ last, at }: Characters, minLength: number, isNowAndThenLong: boolean): fc.Arbitrary<Str> {
  const numbers = new Numbers(last, minLength, isNowAndThenLong);
  return new fc.Drawable(
    (random, bias) => numbers.draw(random, bias),
    () => numbers,
  ).map((drawn) => Str.fromCodePoints(drawn.map(at)));
}

/** Text of certain characters, occasionally long. */
export const text = (characters: Characters, minLength = 0): fc.Arbitrary<Str> =>
  textOf(characters, minLength, true);

export const plainText: fc.Arbitrary<Str> = textOf(letter, 1, false);
export const anyText: fc.Arbitrary<Str> = text(anyCharacter);

/**
 * Characters that a platform keeps unchanged, apart from the excluded ones: on Windows no separator, colon or NUL, and
 * no surrogate, which might form a pair with another.
 */
const ordinaryCharacter = ({ platform }: Scope, excluded: string): Characters =>
  platform === 'posix'
    ? charactersBut(`/${excluded}`)
    : charactersBut(`\\/:\0${excluded}`).as((point) => (isSurrogate(point) ? 0x61 : point));

/** A component of a path, and a name without a dot. */
export const component = (scope: Scope): fc.Arbitrary<Str> => text(ordinaryCharacter(scope, ''), 1);
export const nameWithoutDot = (scope: Scope, minLength = 1): fc.Arbitrary<Str> =>
  text(ordinaryCharacter(scope, '.'), minLength);
/** Any name, possibly empty. */
export const anyName = (scope: Scope): fc.Arbitrary<Str> => text(ordinaryCharacter(scope, ''));
