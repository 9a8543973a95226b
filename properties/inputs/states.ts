import fc from 'fast-check';
import { oneOf } from './draw.ts';
import { cpythonTag, plainState, type State } from '../../src/python/interpreter.ts';
import { Str, str } from '../../src/python/text.ts';
import type { Scope } from '../property.ts';
import { letter } from './characters.ts';
import { anyText } from './texts.ts';

/** Tags as implementations have them: ASCII letters, digits and hyphens. */
export const plainTag = ({ release }: Scope): fc.Arbitrary<Str> =>
  oneOf(
    { arbitrary: fc.constant(cpythonTag(release.version)), weight: 3 },
    {
      arbitrary: fc.constantFrom('cpython-32', 'pypy39', 'graalpy242-312', 'Jython_27', 'x').map(str),
      weight: 1,
    },
    { arbitrary: fc.array(letter, { minLength: 1 }).map((points) => Str.fromCodePoints(points)), weight: 1 },
  );

/** Tags as nobody has them. */
export const wildTag: fc.Arbitrary<Str> = oneOf(
  fc.constantFrom('', '.', '/', 'a/b', '..', 'None', '.opt-1', ' ').map(str),
  anyText,
);

type Parts = { readonly cacheTag?: fc.Arbitrary<Str | null>; readonly optimize?: fc.Arbitrary<bigint> };

/** The interpreter's state: of these parts, or as it is fixed, or plain. */
export const stateOf = (scope: Scope, parts: Parts = {}): fc.Arbitrary<State> =>
  fc
    .record({
      cacheTag: parts.cacheTag ?? ownTag(scope),
      optimize: parts.optimize ?? ownLevel(scope),
    })
    .map((made) => ({ ...plainState(scope.release.version), ...made }));

/** One plain state, for inputs that are tried every time. */
export const aState = ({ release, fixed }: Scope): State => {
  const plain = plainState(release.version);
  return {
    ...plain,
    cacheTag: fixed.cacheTag ?? plain.cacheTag,
    optimize: fixed.optimize ?? plain.optimize,
  };
};

/** Where None is the one tag that a subject has, plain ones are made all the same: it is not asked about them. */
export const ownTag = (scope: Scope): fc.Arbitrary<Str> =>
  scope.fixed.cacheTag ? fc.constant(scope.fixed.cacheTag) : plainTag(scope);

export const ownLevel = ({ fixed }: Scope): fc.Arbitrary<bigint> =>
  fixed.optimize === undefined ? level : fc.constant(fixed.optimize);

/** Levels as interpreters have them. */
const level: fc.Arbitrary<bigint> = oneOf(
  { arbitrary: fc.constant(0n), weight: 3 },
  { arbitrary: fc.constantFrom(1n, 2n, 3n), weight: 2 },
);

export const positiveLevel: fc.Arbitrary<bigint> = oneOf(
  fc.constantFrom(1n, 2n, 3n, 4n),
  fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(BigInt),
);

export const anyLevel: fc.Arbitrary<bigint> = oneOf(
  { arbitrary: level, weight: 4 },
  { arbitrary: fc.integer({ min: -3, max: 2 ** 31 - 1 }).map(BigInt), weight: 1 },
);
