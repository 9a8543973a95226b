import fc from 'fast-check';

/** One of several kinds, the plainest first: whatever was drawn shrinks to that kind too. */
export const oneOf = <Kinds extends fc.MaybeWeightedArbitrary<unknown>[]>(
  ...kinds: Kinds
): fc.Arbitrary<fc.OneOfValue<Kinds>> => fc.oneof({ withCrossShrink: true }, ...kinds);

/** Mostly valid inputs, and one in four raw. */
export const mixed = <I>(usual: fc.Arbitrary<I>, raw: fc.Arbitrary<I>): fc.Arbitrary<I> =>
  oneOf({ arbitrary: usual, weight: 3 }, { arbitrary: raw, weight: 1 });
