/** A stack of planes of light, z y x, to which spots are added and which is then blurred as a microscope does. */
export function makeVolume({ z, y, x }) {
  return { z, y, x, light: new Float32Array(z * y * x) };
}

/** Adds light at a place between voxels, shared among its eight neighbours. Outside the volume nothing happens. */
export function addSpot({ z: depth, y: height, x: width, light }, z, y, x, amount) {
  const z0 = Math.floor(z);
  const y0 = Math.floor(y);
  const x0 = Math.floor(x);
  for (let dz = 0; dz < 2; dz++) {
    const zi = z0 + dz;
    if (zi < 0 || zi >= depth) continue;
    const wz = dz === 0 ? 1 - (z - z0) : z - z0;
    for (let dy = 0; dy < 2; dy++) {
      const yi = y0 + dy;
      if (yi < 0 || yi >= height) continue;
      const wy = dy === 0 ? 1 - (y - y0) : y - y0;
      for (let dx = 0; dx < 2; dx++) {
        const xi = x0 + dx;
        if (xi < 0 || xi >= width) continue;
        const wx = dx === 0 ? 1 - (x - x0) : x - x0;
        light[(zi * height + yi) * width + xi] += amount * wz * wy * wx;
      }
    }
  }
}

/** One line of a separable Gaussian: edges are mirrored. */
function blurLines(from, to, { lines, step, length, startOf }, sigma) {
  const reach = Math.ceil(2.2 * sigma);
  const weights = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / sigma) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) weights[i] /= total;
  const row = new Float32Array(length + 2 * reach);
  for (let line = 0; line < lines; line++) {
    const start = startOf(line);
    for (let i = -reach; i < length + reach; i++) {
      const mirrored = i < 0 ? -1 - i : i >= length ? 2 * length - 1 - i : i;
      const inside = Math.max(0, Math.min(length - 1, mirrored));
      row[i + reach] = from[start + inside * step];
    }
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * row[i + k];
      to[start + i * step] = sum;
    }
  }
}

/** Gaussian blur in place; sigmas in voxels, 0 leaves a direction alone. */
export function blur({ z, y, x, light }, sigma) {
  if (sigma.x > 0) {
    const lines = { lines: z * y, step: 1, length: x, startOf: (line) => line * x };
    blurLines(light, light, lines, sigma.x);
  }
  if (sigma.y > 0) {
    const startOf = (line) => Math.floor(line / x) * y * x + (line % x);
    blurLines(light, light, { lines: z * x, step: x, length: y, startOf }, sigma.y);
  }
  if (sigma.z > 0) {
    const lines = { lines: y * x, step: y * x, length: z, startOf: (line) => line };
    blurLines(light, light, lines, sigma.z);
  }
}
