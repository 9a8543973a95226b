import * as fc from './arbitraries.ts';

/** The position of a value in the list, or the context that its own arbitrary needs to shrink it. */
type Origin = { readonly at: number } | { readonly drawn: unknown };

class Listed<T> extends fc.Arbitrary<T> {
  private readonly values: readonly T[];
  private readonly others: fc.Arbitrary<T> | undefined;

  constructor(values: readonly T[], others?: fc.Arbitrary<T>) {
    super();
    this.values = values;
    this.others = others;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    if (this.others !== undefined) return drawn(this.others.generate(random, bias));
    return this.listed(random.nextInt(0, this.values.length - 1));
  }

  override canShrinkWithoutContext(_: unknown): _ is T {
    return false;
  }

  override shrink(value: T, origin: unknown): fc.Stream<fc.Value<T>> {
    const from = origin as Origin;
    const plainer = [...this.values.keys()].slice(0, 'at' in from ? from.at : undefined);
    const listed = fc.stream(plainer.map((at) => this.listed(at)).values());
    return 'at' in from ? listed : listed.join(this.others!.shrink(value, from.drawn).map(drawn));
  }

  private listed(at: number): fc.Value<T> {
    return new fc.Value(this.values[at]!, { at } satisfies Origin);
  }
}

const drawn = <T>({ value, context }: fc.Value<T>): fc.Value<T> =>
  new fc.Value(value, { drawn: context } satisfies Origin);

/** One of a list, the plainest first. Shrinks to any value before it. */
export const listed = <T>(...values: readonly T[]): fc.Arbitrary<T> =>
  new fc.Drawable(
    (random) => values[random.nextInt(0, values.length - 1)]!,
    () => new Listed(values),
  );

/** Draws from another arbitrary. A value shrinks to any of the list before it shrinks in its own way. */
export const orListed = <T>(others: fc.Arbitrary<T>, ...values: readonly T[]): fc.Arbitrary<T> =>
  new fc.Drawable(fc.drawOf(others), () => new Listed(values, others));
