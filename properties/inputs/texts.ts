import fc from 'fast-check';
import { oneOf } from './draw.ts';
import { Str } from '../../src/python/text.ts';
import { anyCharacter, charactersBut, letter } from './characters.ts';

const textOf = (
  character: fc.Arbitrary<number>,
  minLength = 0,
  size: fc.SizeForArbitrary = 'small',
): fc.Arbitrary<Str> => fc.array(character, { minLength, size }).map((points) => Str.fromCodePoints(points));

/** Some characters, now and then many. */
export const text = (character: fc.Arbitrary<number>, minLength = 0): fc.Arbitrary<Str> =>
  oneOf(
    { arbitrary: textOf(character, minLength), weight: 60 },
    { arbitrary: textOf(character, minLength, 'medium'), weight: 1 },
  );

export const plainText: fc.Arbitrary<Str> = textOf(letter, 1);
export const anyText: fc.Arbitrary<Str> = text(anyCharacter);

/** A part of a path, and a part of a name. */
export const component = text(charactersBut('/'), 1);
export const nameWithoutDot = text(charactersBut('/.'), 1);
