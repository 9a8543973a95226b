import fc from 'fast-check';
import { isSurrogate, Str } from '../../src/python/text.ts';
import type { Scope } from '../scope.ts';
import { anyCharacter, charactersBut, letter, type Characters } from './characters.ts';

/** Text of certain characters with a minimum length. It shrinks like an array of their numbers. */
class Texts extends fc.Arbitrary<Str> {
  private readonly characters: Characters;
  private readonly lengths: fc.Arbitrary<number>;
  private readonly longLengths: fc.Arbitrary<number> | undefined;
  private readonly arrays: fc.Arbitrary<number[]>;

  /**
   * @param isNowAndThenLong whether one text in `oneLongIn` may have up to a hundred more characters than `minLength`,
   *   instead of ten
   */
  constructor(characters: Characters, minLength: number, isNowAndThenLong: boolean) {
    super();
    this.characters = characters;
    this.lengths = fc.integer({ min: minLength, max: minLength + 10 });
    this.longLengths = isNowAndThenLong ? fc.integer({ min: minLength, max: minLength + 100 }) : undefined;
    this.arrays = fc.array(fc.nat(characters.last), { minLength, size: 'max' });
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Str> {
    const isLong = random.nextInt(1, oneLongIn) === 1;
    const lengths = isLong ? (this.longLengths ?? this.lengths) : this.lengths;
    const { value: length } = lengths.generate(random, bias);
    const numbers: number[] = [];
    for (let i = 0; i < length; i++) numbers.push(random.nextInt(0, this.characters.last));
    return this.wrap(new fc.Value(numbers, undefined));
  }

  override canShrinkWithoutContext(_: unknown): _ is Str {
    return false;
  }

  override shrink(_: Str, numbers: unknown): fc.Stream<fc.Value<Str>> {
    const { value, context } = numbers as fc.Value<number[]>;
    return this.arrays.shrink(value, context).map((smaller) => this.wrap(smaller));
  }

  private wrap(numbers: fc.Value<number[]>): fc.Value<Str> {
    return new fc.Value(Str.fromCodePoints(numbers.value.map(this.characters.at)), numbers);
  }
}

const oneLongIn = 60;

/** Text of certain characters, occasionally long. */
export const text = (characters: Characters, minLength = 0): fc.Arbitrary<Str> =>
  new Texts(characters, minLength, true);

export const plainText: fc.Arbitrary<Str> = new Texts(letter, 1, false);
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
