/** Counts by name. The names may come from an adapter, so any string must work. */
export class Counts<K extends string = string> {
  private readonly counts = new Map<K, number>();
  private readonly most: number;
  private readonly rest: K | undefined;

  /**
   * @param most how many different names are counted separately
   * @param rest the name under which all later names are counted
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

  /** The counts as plain JSON. */
  record(): Partial<Record<K, number>> {
    return Object.fromEntries(this.counts) as Partial<Record<K, number>>;
  }
}

/**
 * Counts of the reasons for skipping. An adapter may give a different reason for each call, so only some are kept
 * apart.
 */
export const reasonCounts = (): Counts => new Counts(20, 'other reasons');

/** The sum of several counts, name by name. */
export function added<K extends string>(
  all: ReadonlyArray<Readonly<Partial<Record<K, number>>>>,
  counts = new Counts<K>(),
): Partial<Record<K, number>> {
  for (const one of all) {
    for (const [name, number] of Object.entries(one) as Array<[K, number]>) counts.add(name, number);
  }
  return counts.record();
}
