/** Counts by name, whatever the names are: an adapter may choose them. */
export class Counts<K extends string = string> {
  private readonly counts = new Map<K, number>();
  private readonly most: number;
  private readonly rest: K | undefined;

  /**
   * @param most how many names are told apart, the first ones
   * @param rest the name of all others
   */
  constructor(most = Infinity, rest?: K) {
    this.most = most;
    this.rest = rest;
  }

  add(name: K, by = 1): void {
    const isKept = this.counts.has(name) || this.counts.size < this.most;
    const own = isKept ? name : (this.rest ?? name);
    this.counts.set(own, (this.counts.get(own) ?? 0) + by);
  }

  /** As plain JSON. */
  record(): Partial<Record<K, number>> {
    return Object.fromEntries(this.counts) as Partial<Record<K, number>>;
  }
}

/** Why calls are skipped, in the words of an adapter that may have others for each of them. */
export const reasonCounts = (): Counts => new Counts(20, 'other reasons');

/** Counts of the same names, added. */
export function added<K extends string>(
  all: ReadonlyArray<Readonly<Partial<Record<K, number>>>>,
  counts = new Counts<K>(),
): Partial<Record<K, number>> {
  for (const one of all) {
    for (const [name, number] of Object.entries(one) as Array<[K, number]>) counts.add(name, number);
  }
  return counts.record();
}
