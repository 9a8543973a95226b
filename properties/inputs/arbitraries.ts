/*
 * fast-check, with arbitraries that draw faster. A run uses nothing but the values of its inputs. fast-check keeps with
 * each value, and with each part of it, what it would need to shrink it, and that takes most of the time. The arbitraries
 * made here draw the same values from the same random numbers. To shrink a value, they ask fast-check's own arbitrary,
 * which is made only then.
 */
import * as fc from 'fast-check';

// What is defined below takes precedence.
export * from 'fast-check';

export type Draw<T> = (random: fc.Random, bias: number | undefined) => T;

/** An arbitrary that can draw a value alone, without what is needed to shrink it. */
export class Drawable<T> extends fc.Arbitrary<T> {
  readonly draw: Draw<T>;
  private readonly make: () => fc.Arbitrary<T>;
  private made: fc.Arbitrary<T> | undefined;

  /** @param make makes the arbitrary that draws the same values and can shrink them */
  constructor(draw: Draw<T>, make: () => fc.Arbitrary<T>) {
    super();
    this.draw = draw;
    this.make = make;
  }

  private get whole(): fc.Arbitrary<T> {
    return (this.made ??= this.make());
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    return this.whole.generate(random, bias);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.whole.canShrinkWithoutContext(value);
  }

  override shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    return this.whole.shrink(value, context);
  }

  override map<U>(mapper: (value: T) => U): fc.Arbitrary<U> {
    const { draw } = this;
    return new Drawable(
      (random, bias) => mapper(draw(random, bias)),
      () => this.whole.map(mapper),
    );
  }

  override filter<U extends T>(refinement: (value: T) => value is U): fc.Arbitrary<U>;
  override filter(predicate: (value: T) => boolean): fc.Arbitrary<T>;
  override filter(predicate: (value: T) => boolean): fc.Arbitrary<T> {
    const { draw } = this;
    return new Drawable(
      (random, bias) => {
        for (;;) {
          const value = draw(random, bias);
          if (predicate(value)) return value;
        }
      },
      () => this.whole.filter(predicate),
    );
  }

  override chain<U>(chainer: (value: T) => fc.Arbitrary<U>): fc.Arbitrary<U> {
    const { draw } = this;
    return new Drawable(
      (random, bias) => drawOf(chainer(draw(random, bias)))(random, bias),
      () => this.whole.chain(chainer),
    );
  }
}

export const drawOf = <T>(arbitrary: fc.Arbitrary<T>): Draw<T> =>
  arbitrary instanceof Drawable
    ? (arbitrary as Drawable<T>).draw
    : (random, bias) => arbitrary.generate(random, bias).value;

/** An arbitrary whose values come alone. It does not shrink. */
class Alone<T> extends fc.Arbitrary<T> {
  private readonly draw: Draw<T>;

  constructor(arbitrary: fc.Arbitrary<T>) {
    super();
    this.draw = drawOf(arbitrary);
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    return new fc.Value(this.draw(random, bias), undefined);
  }

  override canShrinkWithoutContext(_: unknown): _ is T {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<T>> {
    return fc.Stream.nil();
  }
}

type Parts = ReadonlyArray<fc.Arbitrary<unknown>>;

/** For what fast-check draws in its own way: at least the parts are drawn alone. */
function ofParts<T>(parts: Parts, make: (parts: Parts) => fc.Arbitrary<T>): fc.Arbitrary<T> {
  const drawn = make(parts.map((part) => new Alone(part)));
  return new Drawable(
    (random, bias) => drawn.generate(random, bias).value,
    () => make(parts),
  );
}

export const constant: typeof fc.constant = (value) =>
  new Drawable(
    () => value,
    () => fc.constant(value),
  );

export const constantFrom = ((...values: unknown[]) =>
  new Drawable(
    values.length === 1 ? () => values[0] : (random) => values[random.nextInt(0, values.length - 1)],
    () => fc.constantFrom(...values),
  )) as typeof fc.constantFrom;

export const boolean: typeof fc.boolean = () =>
  new Drawable((random) => random.nextInt(0, 1) === 1, fc.boolean);

export const tuple = ((...parts: Array<fc.Arbitrary<unknown>>) => {
  const draws = parts.map(drawOf);
  return new Drawable(
    (random, bias) => draws.map((draw) => draw(random, bias)),
    () => fc.tuple(...parts),
  );
}) as typeof fc.tuple;

type Model = Readonly<Record<string, fc.Arbitrary<unknown>>>;

export const record = ((model: Model, constraints?: fc.RecordConstraints<string>) => {
  const keys = Object.keys(model);
  const parts: Parts = Object.values(model);
  if (constraints !== undefined) {
    const modelOf = (some: Parts): Model => Object.fromEntries(keys.map((key, i) => [key, some[i]!]));
    return ofParts(parts, (some) => fc.record(modelOf(some), constraints));
  }
  const draws = parts.map(drawOf);
  return new Drawable<unknown>(
    (random, bias) => {
      const fields: Record<string, unknown> = {};
      for (let i = 0; i < keys.length; i++) fields[keys[i]!] = draws[i]!(random, bias);
      // fast-check draws whether the object has a prototype, which nothing here depends on.
      random.nextInt(0, 1);
      return fields;
    },
    () => fc.record(model),
  );
}) as typeof fc.record;

type Kind = fc.MaybeWeightedArbitrary<unknown>;

export const oneof = ((first: fc.OneOfConstraints | Kind, ...others: Kind[]) => {
  const isKind = first instanceof fc.Arbitrary || 'arbitrary' in first;
  const constraints = isKind ? {} : first;
  const kinds = (isKind ? [first, ...others] : others).map((kind) =>
    kind instanceof fc.Arbitrary ? { arbitrary: kind, weight: 1 } : kind,
  );
  const parts = kinds.map(({ arbitrary }) => arbitrary);
  const weighted = (some: Parts): fc.Arbitrary<unknown> =>
    fc.oneof(constraints, ...kinds.map(({ weight }, i) => ({ arbitrary: some[i]!, weight })));
  // What may contain itself is drawn by its depth.
  if (constraints.depthSize !== undefined) return ofParts(parts, weighted);
  const draws = parts.map(drawOf);
  let all = 0;
  const ends = kinds.map(({ weight }) => (all += weight));
  return new Drawable(
    (random, bias) => {
      const chosen = random.nextInt(0, all - 1);
      let at = 0;
      while (chosen >= ends[at]!) at++;
      return draws[at]!(random, bias);
    },
    () => weighted(parts),
  );
}) as typeof fc.oneof;

export const option = ((part: fc.Arbitrary<unknown>, constraints?: fc.OptionConstraints<unknown>) =>
  ofParts([part], ([one]) => fc.option(one!, constraints))) as typeof fc.option;

export const array = ((item: fc.Arbitrary<unknown>, constraints?: fc.ArrayConstraints) =>
  ofParts([item], ([one]) => fc.array(one!, constraints))) as typeof fc.array;

export const uniqueArray = ((
  item: fc.Arbitrary<unknown>,
  constraints: fc.UniqueArrayConstraints<unknown, unknown>,
) => ofParts([item], ([one]) => fc.uniqueArray(one!, constraints))) as typeof fc.uniqueArray;

/** Kinds of values that may contain each other. */
export function letrec<Kinds>(
  make: (tie: fc.LetrecTypedTie<Kinds>) => fc.LetrecValue<Kinds>,
): fc.LetrecValue<Kinds> {
  const tie = <K extends keyof Kinds>(name: K): fc.Arbitrary<Kinds[K]> =>
    new Drawable(
      (random, bias) => drawOf(kinds[name])(random, bias),
      () => kinds[name],
    );
  const kinds = make(tie);
  return kinds;
}

/** Draws as fast-check's own `sample` does. */
export const sample = ((arbitrary: fc.Arbitrary<unknown>, parameters: fc.Parameters<unknown>) =>
  fc.sample(new Alone(arbitrary), parameters)) as typeof fc.sample;
