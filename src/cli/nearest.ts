/* Suggests names for a mistyped word. */

/** The maximum number of suggestions. */
const most = 3;

/**
 * The names that may have been meant: those that start with the word or contain it, if they are few; otherwise those
 * that differ in few letters.
 */
export function nearest(word: string, names: readonly string[]): string[] {
  const wanted = word.toLowerCase();
  if (wanted === '') return [];
  const [begun, having] =
    wanted.length < 3
      ? [[], []]
      : [
          names.filter((name) => name.toLowerCase().startsWith(wanted)),
          names.filter((name) => name.toLowerCase().includes(wanted)),
        ];
  const few = [begun, having].find(({ length }) => length > 0 && length <= most);
  if (few !== undefined) return few;
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  const near = names
    .map((name) => ({ name, distance: distanceOf(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance);
  const least = near[0]?.distance;
  return least === undefined
    ? begun.slice(0, most)
    : near
        .filter(({ distance }) => distance === least)
        .slice(0, most)
        .map(({ name }) => name);
}

/** `; did you mean check?`, or an empty text. */
export function didYouMean(word: string, names: readonly string[]): string {
  const near = nearest(word, names);
  if (near.length === 0) return '';
  return `; did you mean ${near.length === 1 ? near[0]! : `${near.slice(0, -1).join(', ')} or ${near.at(-1)!}`}?`;
}

/** The number of letters that are added, dropped, replaced, or swapped with a neighbour. */
function distanceOf(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
