/** Seeded generator (mulberry32): uniform in [0, 1). The same seed gives the same samples on every machine. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `size` normal deviates of mean 0 and variance 1, to be walked through in runs: far cheaper than one logarithm per pixel. */
export function normalTable(random, size) {
  return Float32Array.from({ length: size }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

/**
 * A camera: offset, shot noise and read noise, in counts, into `image` (which rounds and whose range must hold `max`). Rows start at
 * random places of the table, so that the noise does not repeat in a pattern.
 */
export function expose(signal, image, { width, offset, max, shot, read, normal, random }) {
  let at = 0;
  for (let i = 0; i < signal.length; i++) {
    if (i % width === 0) at = Math.floor(random() * normal.length);
    else if (++at === normal.length) at = 0;
    const light = Math.max(0, signal[i]);
    const value = offset + light + normal[at] * Math.sqrt(read * read + shot * light);
    image[i] = Math.max(0, Math.min(max, Math.round(value)));
  }
  return image;
}
