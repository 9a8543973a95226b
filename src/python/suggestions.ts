/*
 * CPython's "Did you mean": the known name closest to an unknown one. The edit distance counts 1 for a change of case
 * and 2 for every other change, over the bytes of UTF-8.
 */

const longestCompared = 40;
const changeCost = 2;
const caseCost = 1;

/** @returns undefined if no name is close enough: at most a third of the characters may be changed */
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

function utf8(text: string): ArrayLike<number> {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return encoder.encode(text);
    bytes.push(unit);
  }
  return bytes;
}

/** @returns undefined above the limit */
function editDistance(a: ArrayLike<number>, b: ArrayLike<number>, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) * changeCost > limit) return undefined;
  let start = 0;
  let [aEnd, bEnd] = [a.length, b.length];
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++;
  while (start < aEnd && start < bEnd && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const [aLength, bLength] = [aEnd - start, bEnd - start];
  if (aLength > 0 && bLength > 0 && Math.max(aLength, bLength) > longestCompared) return undefined;

  const row: number[] = [];
  for (let j = 0; j < aLength; j++) row.push((j + 1) * changeCost);
  let distance = aLength * changeCost;
  for (let i = 0; i < bLength; i++) {
    let diagonal = i * changeCost;
    distance = diagonal + changeCost;
    for (let j = 0; j < aLength; j++) {
      const above = row[j]!;
      const replaced = diagonal + substitutionCost(b[start + i]!, a[start + j]!);
      diagonal = above;
      distance = Math.min(replaced, Math.min(above, distance) + changeCost);
      row[j] = distance;
    }
  }
  return distance <= limit ? distance : undefined;
}

function substitutionCost(a: number, b: number): number {
  if (a === b) return 0;
  return lowered(a) === lowered(b) ? caseCost : changeCost;
}

const lowered = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);
