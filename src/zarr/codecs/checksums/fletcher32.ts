/** HDF5's Fletcher-32: sums of big-endian 16-bit words, a last odd byte as the upper half of one. */
export function fletcher32(bytes: Uint8Array): number {
  let low = 0;
  let high = 0;
  const words = bytes.length >> 1;
  let word = 0;
  while (word < words) {
    // As many words as HDF5 sums before it folds; the result depends on it where a sum is 65535.
    for (const stop = Math.min(word + 360, words); word < stop; word++) {
      low += (bytes[2 * word]! << 8) | bytes[2 * word + 1]!;
      high += low;
    }
    low = fold(low);
    high = fold(high);
  }
  if (bytes.length % 2 === 1) {
    low = fold(low + (bytes[bytes.length - 1]! << 8));
    high = fold(high + low);
  }
  return ((fold(high) << 16) | fold(low)) >>> 0;
}

function fold(sum: number): number {
  return (sum & 0xffff) + Math.floor(sum / 65536);
}
