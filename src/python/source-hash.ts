/*
 * The hash of a source that a bytecode file may contain in place of its time (PEP 552): SipHash with the magic number
 * as the key.
 */

/** The number of rounds for each eight bytes, and at the end. */
export type Rounds = readonly [compression: number, finalization: number];
type Lanes = [bigint, bigint, bigint, bigint];

/**
 * The eight bytes that `_imp.source_hash(key, source)` returns.
 *
 * @param key the four bytes of the magic number
 */
export function sourceHash(
  key: Uint8Array,
  source: Uint8Array,
  [compression, finalization]: Rounds,
): Uint8Array {
  const low = BigInt(new DataView(key.buffer, key.byteOffset).getUint32(0, true));
  // "somepseudorandomlygeneratedbytes". Each lane is combined with its half of the key; the second half is 0.
  let lanes: Lanes = [
    0x736f6d6570736575n ^ low,
    0x646f72616e646f6dn,
    0x6c7967656e657261n ^ low,
    0x7465646279746573n,
  ];
  for (const word of wordsOf(source)) {
    lanes[3] ^= word;
    lanes = mixed(lanes, compression);
    lanes[0] ^= word;
  }
  lanes[2] ^= 0xffn;
  const [a, b, c, d] = mixed(lanes, finalization);
  const hash = new DataView(new ArrayBuffer(8));
  hash.setBigUint64(0, a ^ b ^ c ^ d, true);
  return new Uint8Array(hash.buffer);
}

/** Words of eight bytes. The last has the remaining bytes, and the length in its highest byte. */
function* wordsOf(source: Uint8Array): Generator<bigint> {
  const padded = new Uint8Array(source.length - (source.length % 8) + 8);
  padded.set(source);
  padded[padded.length - 1] = source.length;
  const view = new DataView(padded.buffer);
  for (let at = 0; at < padded.length; at += 8) yield view.getBigUint64(at, true);
}

function mixed([a, b, c, d]: Lanes, rounds: number): Lanes {
  for (let round = 0; round < rounds; round++) {
    a = sum(a, b);
    b = rotated(b, 13n) ^ a;
    a = rotated(a, 32n);
    c = sum(c, d);
    d = rotated(d, 16n) ^ c;
    a = sum(a, d);
    d = rotated(d, 21n) ^ a;
    c = sum(c, b);
    b = rotated(b, 17n) ^ c;
    c = rotated(c, 32n);
  }
  return [a, b, c, d];
}

const sum = (a: bigint, b: bigint): bigint => BigInt.asUintN(64, a + b);
const rotated = (word: bigint, bits: bigint): bigint =>
  BigInt.asUintN(64, (word << bits) | (word >> (64n - bits)));
