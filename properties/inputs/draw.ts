import * as fc from './arbitraries.ts';

/** One of several kinds, the plainest first. Every value also shrinks to that kind. */
export const oneOf = <Kinds extends fc.MaybeWeightedArbitrary<unknown>[]>(
  ...kinds: Kinds
): fc.Arbitrary<fc.OneOfValue<Kinds>> => fc.oneof({ withCrossShrink: true }, ...kinds);

/** Three in four inputs are usually valid ones, one in four is raw. */
export const mixed = <I>(usual: fc.Arbitrary<I>, raw: fc.Arbitrary<I>): fc.Arbitrary<I> =>
  oneOf({ arbitrary: usual, weight: 3 }, { arbitrary: raw, weight: 1 });
