import { seededRandom } from "./random.mjs";
import { addSpot } from "./volume.mjs";

/**
 * Adds a cell's mitochondria: curved threads that start beside the nucleus and wander through the cytoplasm. They keep out of the
 * nucleus and inside their cell, and creep a little from frame to frame.
 */
export function drawMitochondria(volume, cell, { index, owner, t, field }) {
  const { pixel } = field;
  const random = seededRandom(cell.seed * 7 + 5);
  const fragmented = cell.phase !== "interphase";
  const body = cell.radius * (cell.phase === "telophase" || cell.phase === "anaphase" ? 0.62 : 1);
  const threads = cell.phase === "telophase" || cell.phase === "anaphase" ? 60 : 105;
  for (let thread = 0; thread < threads; thread++) {
    const creep = seededRandom(cell.seed + 31 * thread + 7919 * (t + 1));
    const around = 2 * Math.PI * random() + 0.05 * (creep() - 0.5);
    const from = body * (1.12 + 0.75 * random() ** 1.4);
    let x = cell.x + from * Math.cos(around);
    let y = cell.y + from * Math.sin(around);
    let z = cell.z + (random() - 0.55) * cell.height * 0.52;
    let heading = around + (random() < 0.5 ? 1 : -1) * (0.5 + 1.3 * random());
    const length = (fragmented ? 0.8 + 1.2 * random() : 1.8 + 6 * random() ** 1.6) / 0.12;
    const light = 520 * cell.brightness * (0.55 + 0.9 * random());
    let bend = 0;
    for (let step = 0; step < length; step++) {
      bend = 0.93 * bend + 0.05 * (random() - 0.5) + 0.01 * (creep() - 0.5);
      heading += bend;
      x += 0.12 * Math.cos(heading);
      y += 0.12 * Math.sin(heading);
      z += 0.035 * (random() - 0.5);
      const nx = x - cell.x;
      const ny = y - cell.y;
      const nz = (z - cell.z) / cell.flatten;
      const inNucleus = Math.hypot(nx, ny, nz) < 1.1 * body;
      const px = x / pixel.x;
      const py = y / pixel.y;
      const at = Math.round(py) * volume.x + Math.round(px);
      const outside =
        px < 0 || py < 0 || px >= volume.x - 0.5 || py >= volume.y - 0.5
          ? false
          : owner[at] !== index;
      if (inNucleus || outside) {
        // Along the obstacle instead of through it.
        heading += 0.5;
        x += 0.1 * Math.cos(heading);
        y += 0.1 * Math.sin(heading);
        continue;
      }
      const bead = 0.8 + 0.35 * Math.sin(step * 0.35 + thread);
      addSpot(volume, z / pixel.z, py, px, light * bead);
    }
  }
}
