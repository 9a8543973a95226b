/* The difference between two texts. */

/** A piece of a text, with the other text's piece if they differ. */
export type Piece = { readonly text: string; readonly instead?: string };

/**
 * Splits the text into pieces; joined, they give the text. Text that only the other has is attached to an empty piece.
 */
export function differenceOf(text: string, other: string): Piece[] {
  const [a, b] = [tokensOf(text), tokensOf(other)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return joined([
    ...a.slice(0, start).map(same),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]);
}

const same = (text: string): Piece => ({ text });

/** Words, and the characters between them. */
const tokensOf = (text: string): string[] => text.match(/\w+|[^\w]/gu) ?? [];

/** Compares by the longest common subsequence. */
function between(a: readonly string[], b: readonly string[]): Piece[] {
  if (a.length * b.length > greatestTable) return [{ text: a.join(''), instead: b.join('') }];
  const lengths = a.map(() => b.map(() => 0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push(same(a[i]!));
      i++;
      j++;
    } else if (j === b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ text: a[i]!, instead: '' });
      i++;
    } else {
      pieces.push({ text: '', instead: b[j]! });
      j++;
    }
  }
  return pieces;
}

const greatestTable = 250_000;

/** Merges adjacent pieces of the same kind. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last === undefined || (last.instead === undefined) !== (piece.instead === undefined))
      result.push(piece);
    else {
      result[result.length - 1] =
        piece.instead === undefined
          ? { text: last.text + piece.text }
          : { text: last.text + piece.text, instead: last.instead! + piece.instead };
    }
  }
  return result.filter(({ text, instead }) => text !== '' || instead !== undefined);
}
