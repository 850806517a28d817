import { join } from "node:path";
import { encodeBlosc } from "./blosc.mjs";
import { drawNucleus } from "./cell-nuclei.mjs";
import { fractalNoise, gradientNoise } from "./noise.mjs";
import { expose, normalTable, seededRandom } from "./random.mjs";
import { addSpot, blur, makeVolume } from "./volume.mjs";
import {
  cutPlane,
  halvePlane,
  plainArray,
  withChecksum,
  writeBytes,
  writeImageGroup,
  writeJson,
} from "./zarr-writer.mjs";

const pixelUm = 0.16;
const chunkSide = 128;
const channels = [
  { label: "Actin", color: "FF7A3C", start: 6, end: 150 },
  { label: "Nuclei", color: "45C8FF", start: 6, end: 150 },
];

/**
 * What is wrong with the finest level, by channel and chunk "row/column". Of the others nothing is: coarser tiles show through.
 * Exported for the tests.
 */
export const damage = {
  truncated: ["0/1/2", "0/5/6", "1/1/2"],
  checksum: ["0/3/4", "1/3/4"],
  missing: ["0/6/1", "1/6/1", "1/6/2"],
};

/** Fibroblasts with stress fibres: c y x, uint8, chunks of 128² with a checksum. Broken on purpose, data and metadata. */
export async function makeDamagedSample(root, options = {}) {
  const side = options.side ?? 1024;
  const random = seededRandom(options.seed ?? 404);
  const normal = normalTable(random, 1 << 16);
  const volumes = drawFibroblasts(random, side);
  const camera = { width: side, offset: 3, max: 255, shot: 0.05, read: 0.7, normal, random };
  let planes = volumes.map(({ light }) => expose(light, new Uint8Array(side * side), camera));
  const fine = planes;
  const levelCount = 3;
  for (let level = 0; level < levelCount; level++) {
    const levelSide = side >> level;
    const metadata = plainArray({
      shape: [channels.length, levelSide, levelSide],
      chunk: [1, chunkSide, chunkSide],
      dataType: "uint8",
      itemBytes: 1,
      checksum: true,
      dimensionNames: level === 1 ? ["c", "row", "column"] : ["c", "y", "x"],
    });
    await writeJson(join(root, String(level), "zarr.json"), metadata);
    for (const [c, plane] of planes.entries()) {
      for (let row = 0; row * chunkSide < levelSide; row++) {
        for (let column = 0; column * chunkSide < levelSide; column++) {
          const box = { y: row * chunkSide, x: column * chunkSide };
          const sides = { height: chunkSide, width: chunkSide };
          const chunk = cutPlane(plane, levelSide, { ...box, ...sides });
          const place = `${c}/${row}/${column}`;
          const bytes = withChecksum(await encodeBlosc(chunk));
          const stored = level === 0 ? damaged(bytes, place) : bytes;
          if (stored) await writeBytes(join(root, String(level), "c", place), stored);
        }
      }
    }
    planes = planes.map((plane) => halvePlane(plane, levelSide, levelSide));
  }
  await writeImageGroup(root, damagedMetadata(levelCount));
  return {
    y: side,
    x: side,
    channels: channels.map((channel, c) => ({ ...channel, end: 120, plane: fine[c] })),
    marks: hatching,
  };
}

function damaged(bytes, place) {
  if (damage.missing.includes(place)) return undefined;
  if (damage.truncated.includes(place)) return bytes.subarray(0, Math.floor(bytes.length * 0.6));
  if (!damage.checksum.includes(place)) return bytes;
  const wrong = Buffer.from(bytes);
  wrong[Math.floor(wrong.length / 2)] ^= 0x10;
  return wrong;
}

/** Long, slightly bent bundles along each cell's axis, and its nucleus. */
function drawFibroblasts(random, side) {
  const size = { z: 1, y: side, x: side };
  const [actin, nuclei] = [makeVolume(size), makeVolume(size)];
  const noise = gradientNoise(random);
  const fractal = fractalNoise(noise, 4);
  const span = side * pixelUm;
  const pixel = { z: 1, y: pixelUm, x: pixelUm };
  const count = Math.max(2, Math.round((span / 164) ** 2 * 26));
  for (let k = 0; k < count; k++) {
    const x = span * random();
    const y = span * random();
    const angle = 0.6 + 1.3 * noise(x * 0.012, y * 0.012, 3) + 0.5 * (random() - 0.5);
    const [along, across] = [26 + 22 * random(), 7 + 7 * random()];
    drawNucleus(
      nuclei,
      {
        x,
        y,
        z: 0,
        angle,
        radius: 5.6 + 1.5 * random(),
        stretch: 1.5,
        flatten: 0.6,
        brightness: 0.1 + 0.03 * random(),
        seed: Math.floor(1e6 * random()),
        phase: "interphase",
      },
      { pixel },
      fractal,
      noise,
    );
    const fibres = Math.round(34 + 26 * random());
    for (let fibre = 0; fibre < fibres; fibre++) {
      const offset = (2 * random() - 1) * across;
      const half = along * Math.sqrt(Math.max(0.05, 1 - (offset / across) ** 2));
      const from = -half * (0.45 + 0.55 * random());
      const to = half * (0.45 + 0.55 * random());
      const tilt = 0.1 * (random() - 0.5);
      const light = 9 + 22 * random() ** 2;
      for (let s = from; s < to; s += 0.07) {
        // Bundles come together at the ends of the cell.
        const b = offset * (1 - 0.55 * (s / along) ** 2) + tilt * s;
        const px = x + s * Math.cos(angle) - b * Math.sin(angle);
        const py = y + s * Math.sin(angle) + b * Math.cos(angle);
        const wave = 0.7 * noise(px * 0.06, py * 0.06, fibre * 0.05);
        addSpot(actin, 0, (py + wave) / pixelUm, (px + wave) / pixelUm, light);
      }
    }
  }
  for (const volume of [actin, nuclei]) blur(volume, { z: 0, y: 1.1, x: 1.1 });
  return [actin, nuclei];
}

/** Metadata with broken rules that can be read over: each becomes a line under "Problems". */
function damagedMetadata(levelCount) {
  return {
    name: "Fibroblasts, damaged",
    axes: [
      { name: "c", type: "channel" },
      { name: "y", type: "space", unit: "micron" },
      { name: "x", type: "space", unit: "micron" },
    ],
    datasets: Array.from({ length: levelCount + 1 }, (_, level) => ({
      path: String(level),
      coordinateTransformations: [
        { type: "scale", scale: [1, pixelUm * 2 ** level, pixelUm * 2 ** level] },
        {
          type: "translation",
          translation: [0, ...[0, 1].map(() => (pixelUm * (2 ** level - 1)) / 2)],
        },
      ],
    })),
    omero: {
      channels: channels.map(({ label, color, start, end }, c) => ({
        label,
        color: c === 0 ? color : `#${color}`,
        active: c === 0 ? true : "yes",
        window: { start, end, min: 0, max: 255 },
      })),
    },
  };
}

/** Hatched squares where the thumbnail shows chunks that cannot be read. */
function hatching(step, crop) {
  const marks = [];
  for (const place of [...damage.truncated, ...damage.checksum]) {
    const [c, row, column] = place.split("/").map(Number);
    if (c !== 0) continue;
    const x0 = Math.round((column * chunkSide - crop.x) / step);
    const y0 = Math.round((row * chunkSide - crop.y) / step);
    const side = Math.round(chunkSide / step);
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [x0 + (i % side), y0 + Math.floor(i / side)];
      if (x < 0 || y < 0 || x >= 352 || y >= 220) continue;
      marks.push({ x, y, color: (x + y) % 10 < 4 ? [150, 150, 155] : [40, 42, 46] });
    }
  }
  return marks;
}
