import { join } from "node:path";
import { encodeBlosc } from "./blosc.mjs";
import { fractalNoise, gradientNoise } from "./noise.mjs";
import { normalTable, seededRandom } from "./random.mjs";
import {
  cutPlane,
  plainArray,
  spatialAxes,
  writeBytes,
  writeImageGroup,
  writeJson,
} from "./zarr-writer.mjs";

/** µm per pixel: a line scanner whose lines lie further apart than the pixels of one. */
const pixel = { y: 0.36, x: 0.24 };
const factor = 3;
const background = 1.9;

/**
 * A map of fluorescence lifetimes in ns: OME-NGFF 0.5, y x, float32, pixels that are not square, levels three times coarser each.
 * NaN outside the round field of view and where too few photons came.
 */
export async function makeLifetimeSample(root, options = {}) {
  const size = { y: 729, x: 1134, ...options.size };
  const chunk = options.chunk ?? 243;
  const random = seededRandom(options.seed ?? 405);
  const noise = gradientNoise(random);
  const fractal = fractalNoise(noise, 4);
  const plane = drawLifetimes(size, { random, noise, fractal });
  const levels = [{ ...size, plane }];
  for (let last = levels[0]; last.y > 100 && last.x > 100; last = levels.at(-1)) {
    levels.push(reduce(last));
  }
  for (const [level, { y, x, plane: values }] of levels.entries()) {
    const metadata = plainArray({
      shape: [y, x],
      chunk: [chunk, chunk],
      dataType: "float32",
      itemBytes: 4,
      dimensionNames: ["y", "x"],
      fill: "NaN",
    });
    await writeJson(join(root, String(level), "zarr.json"), metadata);
    for (let row = 0; row * chunk < y; row++) {
      for (let column = 0; column * chunk < x; column++) {
        const elements = paddedChunk(values, { y, x }, [row * chunk, column * chunk], chunk);
        if (elements.every(Number.isNaN)) continue;
        const path = join(root, String(level), "c", `${row}`, `${column}`);
        await writeBytes(path, await encodeBlosc(elements));
      }
    }
  }
  const channel = { label: "Lifetime, ns", color: "FFD24A", start: 1.2, end: 3.6 };
  await writeImageGroup(root, {
    name: "Lifetime map",
    axes: spatialAxes(["y", "x"]),
    datasets: levels.map((_, level) => {
      const scale = [pixel.y * factor ** level, pixel.x * factor ** level];
      const translation = scale.map((step, d) => (step - (d === 0 ? pixel.y : pixel.x)) / 2);
      return {
        path: String(level),
        coordinateTransformations: [
          { type: "scale", scale },
          { type: "translation", translation },
        ],
      };
    }),
    omero: {
      channels: [
        {
          label: channel.label,
          color: channel.color,
          active: true,
          window: { start: channel.start, end: channel.end, min: 0, max: 5 },
        },
      ],
    },
  });
  return { ...size, stretch: pixel.y / pixel.x, channels: [{ ...channel, plane }] };
}

/** Clusters of round cells with long lifetimes in their nuclei, on a matrix of fibres with short ones. */
function drawLifetimes({ y: height, x: width }, { random, noise, fractal }) {
  const plane = new Float32Array(height * width).fill(Number.NaN);
  const normal = normalTable(random, 1 << 16);
  const span = [width * pixel.x, height * pixel.y];
  const radius = 0.49 * Math.min(...span);
  const cells = [];
  for (let tries = 0; tries < 2600; tries++) {
    const cell = { x: span[0] * random(), y: span[1] * random(), r: 5.2 + 3.6 * random() };
    const crowd = fractal(cell.x * 0.018, cell.y * 0.018, 4);
    if (crowd < -0.06) continue;
    if (cells.some((c) => Math.hypot(c.x - cell.x, c.y - cell.y) < 0.92 * (c.r + cell.r))) continue;
    cells.push({ ...cell, tau: 2.35 + 0.7 * random(), seed: 90 * random() });
  }
  let at = 0;
  for (let y = 0; y < height; y++) {
    const uy = y * pixel.y;
    const inRow = cells.filter((cell) => Math.abs(uy - cell.y) < 1.2 * cell.r);
    for (let x = 0; x < width; x++) {
      const ux = x * pixel.x;
      at = (at + 1 + Math.floor(3 * random())) % normal.length;
      if (Math.hypot(ux - span[0] / 2, uy - span[1] / 2) > radius) continue;
      const bend = 9 * noise(ux * 0.03, uy * 0.03, 2);
      const ridge = fractal((ux + bend) * 0.05, (uy - bend) * 0.16, 9);
      const fibre = Math.max(0, 1 - Math.abs(ridge) * 4.5);
      let tau = background - 0.55 * fibre + 0.14 * fractal(ux * 0.3, uy * 0.3, 5);
      let photons = 60 + 320 * fibre;
      for (const cell of inRow) {
        const dx = ux - cell.x;
        const dy = uy - cell.y;
        if (Math.abs(dx) > cell.r * 1.2) continue;
        const r = Math.hypot(dx, dy) / cell.r + 0.1 * noise(dx * 0.3 + cell.seed, dy * 0.3, 1);
        const inside = 1 / (1 + Math.exp((r - 1) * 26));
        const nucleus = 1 / (1 + Math.exp((r - 0.52) * 26));
        const grain = fractal(ux * 0.55, uy * 0.55, cell.seed);
        const own = cell.tau + 0.32 * grain + 0.55 * nucleus;
        tau = tau * (1 - inside) + own * inside;
        photons = photons * (1 - inside) + 700 * inside;
      }
      const value = tau * (1 + (1.25 * normal[at]) / Math.sqrt(photons));
      // Fitted to 1/128 ns: finer digits would only be noise.
      plane[y * width + x] = photons < 62 && random() < 0.02 ? Number.NaN : round(value);
    }
  }
  return plane;
}

const round = (value) => Math.round(value * 128) / 128;

/** Means of 3 × 3 pixels; NaN counts only where there is nothing else. What does not fill a block at the end is left out of the level. */
function reduce({ y: height, x: width, plane }) {
  const y = Math.floor(height / factor);
  const x = Math.floor(width / factor);
  const small = new Float32Array(y * x);
  for (let i = 0; i < small.length; i++) {
    const row = Math.floor(i / x) * factor;
    const column = (i % x) * factor;
    let sum = 0;
    let count = 0;
    for (let k = 0; k < factor * factor; k++) {
      const value = plane[(row + Math.floor(k / factor)) * width + column + (k % factor)];
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    small[i] = count === 0 ? Number.NaN : round(sum / count);
  }
  return { y, x, plane: small };
}

/** A chunk in full; beyond the array it holds the fill value. */
function paddedChunk(plane, { y, x }, [y0, x0], side) {
  const chunk = new Float32Array(side * side).fill(Number.NaN);
  const height = Math.min(side, y - y0);
  const width = Math.min(side, x - x0);
  const part = cutPlane(plane, x, { y: y0, x: x0, height, width });
  for (let row = 0; row < height; row++) {
    chunk.set(part.subarray(row * width, (row + 1) * width), row * side);
  }
  return chunk;
}
