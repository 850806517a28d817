/** A pseudo-random sequence in [0, 1) that is the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * A damaged copy of `bytes`: one to four flipped bytes, half of the time near the start where headers are, or cut off
 * somewhere. `random` decides.
 */
export function damaged(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  if (random() < 0.2) return bytes.slice(0, Math.floor(random() * bytes.length));
  const copy = bytes.slice();
  const reach = random() < 0.5 ? Math.min(bytes.length, 96) : bytes.length;
  for (let flips = 1 + Math.floor(random() * 4); flips > 0; flips--) {
    const at = Math.floor(random() * reach);
    copy[at] = copy[at]! ^ (1 + Math.floor(random() * 255));
  }
  return copy;
}
