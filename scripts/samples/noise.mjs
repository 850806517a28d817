/**
 * Gradient noise in 3-D (after Perlin) over a periodic lattice of side 256, about −1…1, zero-mean. Rotated against the pixel grid, so
 * that its lattice does not show as rows and columns.
 */
export function gradientNoise(random) {
  const order = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 255; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  const hash = Uint8Array.from({ length: 1024 }, (_, i) => order[i & 255]);
  const gradients = new Float64Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const z = 2 * random() - 1;
    const angle = 2 * Math.PI * random();
    const side = Math.sqrt(1 - z * z);
    gradients.set([side * Math.cos(angle), side * Math.sin(angle), z], i * 3);
  }
  const half = Math.SQRT1_2;
  const ease = (f) => f * f * f * (f * (f * 6 - 15) + 10);
  const corner = (h, x, y, z) =>
    gradients[h * 3] * x + gradients[h * 3 + 1] * y + gradients[h * 3 + 2] * z;
  return (px, py, pz) => {
    const x = 0.8165 * px + 0.4082 * py + 0.4082 * pz + 31.7;
    const y = -0.5774 * px + 0.5774 * py + 0.5774 * pz + 17.3;
    const z = -half * py + half * pz + 71.1;
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const z0 = Math.floor(z);
    const fx = x - x0;
    const fy = y - y0;
    const fz = z - z0;
    const u = ease(fx);
    const v = ease(fy);
    const a = hash[x0 & 255] + (y0 & 255);
    const b = hash[(x0 + 1) & 255] + (y0 & 255);
    const zi = z0 & 255;
    const plane = (k, dz) => {
      const near =
        corner(hash[hash[a] + k], fx, fy, dz) * (1 - u) +
        corner(hash[hash[b] + k], fx - 1, fy, dz) * u;
      const far =
        corner(hash[hash[a + 1] + k], fx, fy - 1, dz) * (1 - u) +
        corner(hash[hash[b + 1] + k], fx - 1, fy - 1, dz) * u;
      return near * (1 - v) + far * v;
    };
    const w = ease(fz);
    return 1.5 * (plane(zi, fz) * (1 - w) + plane(zi + 1, fz - 1) * w);
  };
}

/** Sum of octaves, each twice as fine and half as strong; about −1…1. */
export function fractalNoise(noise, octaves) {
  return (x, y, z) => {
    let sum = 0;
    let weight = 1;
    let total = 0;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave++) {
      sum += weight * noise(x * scale + 19.1 * octave, y * scale - 7.7 * octave, z * scale);
      total += weight;
      weight /= 2;
      scale *= 2;
    }
    return sum / total;
  };
}

/**
 * A plane of noise computed once and then looked up, bilinearly: `at(x, y)` in units of the noise, periodic with mirrored copies. For what
 * is drawn a hundred thousand times.
 */
export function noiseTable(noise, { side = 512, step = 1 / 6 } = {}) {
  const table = Float32Array.from({ length: side * side }, (_, i) =>
    noise((i % side) * step, Math.floor(i / side) * step, 0.5),
  );
  const period = 2 * side - 2;
  const fold = (index) => {
    const within = ((index % period) + period) % period;
    return within < side ? within : period - within;
  };
  return (x, y) => {
    const px = x / step;
    const py = y / step;
    const x0 = Math.floor(px);
    const y0 = Math.floor(py);
    const u = px - x0;
    const v = py - y0;
    const [left, right] = [fold(x0), fold(x0 + 1)];
    const [top, bottom] = [fold(y0) * side, fold(y0 + 1) * side];
    const above = table[top + left] * (1 - u) + table[top + right] * u;
    const below = table[bottom + left] * (1 - u) + table[bottom + right] * u;
    return above * (1 - v) + below * v;
  };
}
