import { seededRandom } from "./random.mjs";

const soft = (value, width) => 1 / (1 + Math.exp(value / width));

/** Half axes along the spindle, across it and along z, in units of the nucleus' radius, and how condensed the chromatin is. */
const shapes = {
  interphase: { along: 1, across: 1, thick: 1, light: 1, texture: 0.5 },
  prophase: { along: 1.02, across: 1, thick: 1.1, light: 1.35, texture: 1.15 },
  metaphase: { along: 0.26, across: 0.98, thick: 1.25, light: 2.3, texture: 0.4 },
  anaphase: { along: 0.26, across: 0.82, thick: 1.1, light: 2.2, texture: 0.4 },
  telophase: { along: 0.52, across: 0.78, thick: 0.85, light: 1.6, texture: 0.45 },
};

/**
 * Adds one nucleus' chromatin: an uneven ellipsoid with a denser rim, a smooth texture and two or three dark nucleoli. Its voxels get the
 * cell's number in `volume.labels`, if there is any.
 */
export function drawNucleus(volume, cell, { pixel }, fractal, noise) {
  const random = seededRandom(cell.seed);
  const shape = shapes[cell.phase];
  const along = cell.radius * cell.stretch ** 0.5 * shape.along;
  const across = (cell.radius / cell.stretch ** 0.5) * shape.across;
  const thick = cell.radius * cell.flatten * shape.thick;
  const cos = Math.cos(cell.angle);
  const sin = Math.sin(cell.angle);
  const nucleoli =
    cell.phase === "interphase"
      ? Array.from({ length: 2 + Math.floor(2 * random()) }, () => ({
          a: (random() - 0.5) * 1.1,
          b: (random() - 0.5) * 1.1,
          c: (random() - 0.5) * 0.7,
          size: 0.2 + 0.1 * random(),
        }))
      : [];
  const extent = 1.25 * Math.max(along, across);
  const range = (centre, half, step, length) => [
    Math.max(0, Math.floor((centre - half) / step)),
    Math.min(length - 1, Math.ceil((centre + half) / step)),
  ];
  const [z0, z1] = range(cell.z, 1.3 * thick, pixel.z, volume.z);
  const [y0, y1] = range(cell.y, extent, pixel.y, volume.y);
  const [x0, x1] = range(cell.x, extent, pixel.x, volume.x);
  const offset = (cell.seed % 997) * 0.37;
  for (let z = z0; z <= z1; z++) {
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        const ux = x * pixel.x - cell.x;
        const uy = y * pixel.y - cell.y;
        const uz = z * pixel.z - cell.z;
        const a = (ux * cos + uy * sin) / along;
        const b = (-ux * sin + uy * cos) / across;
        const c = uz / thick;
        const bump = 0.09 * noise(0.28 * ux + offset, 0.28 * uy, 0.28 * uz);
        const r = Math.sqrt(a * a + b * b + c * c) + bump;
        if (r > 1.25) continue;
        const i = (z * volume.y + y) * volume.x + x;
        if (volume.labels && r <= 1) volume.labels[i] = cell.id;
        const grain = fractal(0.62 * ux + offset, 0.62 * uy, 0.62 * uz);
        let density = Math.max(0.12, 0.72 + shape.texture * 1.6 * grain);
        density += 0.22 * Math.exp(-0.5 * ((r - 0.9) / 0.09) ** 2);
        for (const n of nucleoli) {
          const d = Math.hypot(a - n.a, b - n.b, (c - n.c) * 0.8);
          density *= 1 - 0.72 * soft(d - n.size, 0.035);
        }
        volume.light[i] += 1020 * cell.brightness * shape.light * density * soft(r - 1, 0.03);
      }
    }
  }
}
