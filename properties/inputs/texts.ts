import fc from 'fast-check';
import { oneOf } from './draw.ts';
import { isSurrogate, Str } from '../../src/python/text.ts';
import type { Scope } from '../property.ts';
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

/**
 * Characters that a platform takes as they are, but for those excluded: on Windows no separator, no colon, no NUL,
 * and no surrogate, which another one may join.
 */
const ordinaryCharacter = ({ platform }: Scope, excluded: string): fc.Arbitrary<number> =>
  platform === 'posix'
    ? charactersBut(`/${excluded}`)
    : charactersBut(`\\/:\0${excluded}`).map((point) => (isSurrogate(point) ? 0x61 : point));

/** A part of a path, and a part of a name. */
export const component = (scope: Scope): fc.Arbitrary<Str> => text(ordinaryCharacter(scope, ''), 1);
export const nameWithoutDot = (scope: Scope, minLength = 1): fc.Arbitrary<Str> =>
  text(ordinaryCharacter(scope, '.'), minLength);
/** Any name, perhaps none. */
export const anyName = (scope: Scope): fc.Arbitrary<Str> => text(ordinaryCharacter(scope, ''));
