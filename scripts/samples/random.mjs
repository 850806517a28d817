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

/** `size` normal deviates of mean 0 and variance 1, to be walked through with an odd stride: far cheaper than one log per pixel. */
export function normalTable(random, size) {
  return Float32Array.from({ length: size }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
}

/** Smooth value noise in 3-D over a periodic lattice of side 64, in [0, 1]. */
export function valueNoise(random) {
  const side = 64;
  const lattice = Float32Array.from({ length: side ** 3 }, () => random());
  const at = (x, y, z) => lattice[((z & 63) * side + (y & 63)) * side + (x & 63)];
  const ease = (f) => f * f * (3 - 2 * f);
  return (x, y, z) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const z0 = Math.floor(z);
    const u = ease(x - x0);
    const v = ease(y - y0);
    const w = ease(z - z0);
    const row = (yy, zz) => at(x0, yy, zz) * (1 - u) + at(x0 + 1, yy, zz) * u;
    const plane = (zz) => row(y0, zz) * (1 - v) + row(y0 + 1, zz) * v;
    return plane(z0) * (1 - w) + plane(z0 + 1) * w;
  };
}
