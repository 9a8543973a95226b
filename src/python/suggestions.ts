/*
 * CPython's "Did you mean": the known name that is nearest to an unknown one, by an edit distance in which a
 * change of case costs 1 and every other change 2, over the bytes of UTF-8.
 */

const longestCompared = 40;
const changeCost = 2;
const caseCost = 1;

/** @returns undefined when no name is near enough: a third of the characters changed at most */
export function closestName(wrong: string, names: readonly string[]): string | undefined {
  // A lone surrogate has no UTF-8.
  if (/\p{Cs}/u.test(wrong)) return undefined;
  const wrongBytes = utf8(wrong);
  let closest: string | undefined;
  let closestDistance = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const nameBytes = utf8(name);
    const share = Math.trunc(((wrongBytes.length + nameBytes.length + 3) * changeCost) / 6);
    const distance = editDistance(wrongBytes, nameBytes, Math.min(share, closestDistance - 1));
    if (distance !== undefined) [closest, closestDistance] = [name, distance];
  }
  return closest;
}

const encoder = new TextEncoder();
const utf8 = (text: string): number[] => [...encoder.encode(text)];

/** @returns undefined past the limit */
function editDistance(left: readonly number[], right: readonly number[], limit: number): number | undefined {
  const [a, b] = withoutCommonEnds(left, right);
  if (a.length > 0 && b.length > 0 && Math.max(a.length, b.length) > longestCompared) return undefined;

  let row = a.map((_, i) => (i + 1) * changeCost);
  b.forEach((byte, i) => {
    let diagonal = i * changeCost;
    let before = (i + 1) * changeCost;
    row = row.map((above, j) => {
      const replaced = diagonal + substitutionCost(byte, a[j]!);
      diagonal = above;
      before = Math.min(replaced, Math.min(above, before) + changeCost);
      return before;
    });
  });
  const distance = row.at(-1) ?? b.length * changeCost;
  return distance <= limit ? distance : undefined;
}

function withoutCommonEnds(a: readonly number[], b: readonly number[]): [number[], number[]] {
  const start = commonStart(a, b);
  const [c, d] = [a.slice(start), b.slice(start)];
  const end = commonStart(c.toReversed(), d.toReversed());
  return [c.slice(0, c.length - end), d.slice(0, d.length - end)];
}

function commonStart(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((byte, i) => byte !== b[i]);
  return differing < 0 ? a.length : differing;
}

function substitutionCost(a: number, b: number): number {
  if (a === b) return 0;
  return lowered(a) === lowered(b) ? caseCost : changeCost;
}

const lowered = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
