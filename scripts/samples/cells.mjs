import { join } from "node:path";
import { normalTable, seededRandom, valueNoise } from "./random.mjs";
import {
  halvePlane,
  shardedArray,
  writeImageGroup,
  writeJson,
  writeShard,
} from "./zarr-writer.mjs";

/** Size of the sample along t, c, z, y, x, and of a pixel in µm (z, y, x) and a frame in s. */
const size = { t: 4, c: 3, z: 14, y: 320, x: 384 };
const pixel = { z: 1, y: 0.22, x: 0.22, t: 90 };

const channels = [
  { label: "Chromatin", color: "4D7CFF", start: 110, end: 1700 },
  { label: "Cell membrane", color: "2BD46B", start: 110, end: 1250 },
  { label: "Mitochondria", color: "FF8A2A", start: 120, end: 1500 },
];

/** Cells on a jittered grid; all lengths in µm. One of them divides in the course of time. */
function makeCells(random) {
  const width = size.x * pixel.x;
  const height = size.y * pixel.y;
  const depth = size.z * pixel.z;
  const columns = 5;
  const rows = 4;
  const cells = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const shift = row % 2 === 0 ? 0.25 : 0.6;
      cells.push({
        x: ((column + shift + 0.28 * random()) * width) / columns,
        y: ((row + 0.3 + 0.34 * random()) * height) / rows,
        z: depth * (0.38 + 0.24 * random()),
        drift: [(random() - 0.5) * 1.4, (random() - 0.5) * 1.4],
        radius: 4.1 + 1.2 * random(),
        flatten: 0.72 + 0.2 * random(),
        stretch: 0.8 + 0.45 * random(),
        angle: Math.PI * random(),
        brightness: 0.7 + 0.6 * random(),
        seed: 40 * random(),
        divides: row === 1 && column === 2,
      });
    }
  }
  return cells;
}

/** Nuclei at one time: a dividing cell becomes two smaller, brighter ones that move apart. */
function nucleiAt(cells, t) {
  return cells.flatMap((cell) => {
    const x = cell.x + cell.drift[0] * t;
    const y = cell.y + cell.drift[1] * t;
    if (!cell.divides || t === 0) return [{ ...cell, x, y }];
    const apart = 1.1 + 1.35 * t;
    return [-1, 1].map((side) => ({
      ...cell,
      x: x + side * apart * Math.cos(cell.angle),
      y: y + side * apart * Math.sin(cell.angle),
      radius: cell.radius * 0.62,
      stretch: 0.7,
      brightness: cell.brightness * 1.5,
      seed: cell.seed + side,
    }));
  });
}

/** Adds one cell's signal to the three channel planes of one z. */
function drawCell(planes, cell, z, noise) {
  const zUm = z * pixel.z;
  const dz = (zUm - cell.z) / (cell.radius * cell.flatten);
  const reach = 2.05;
  if (Math.abs(dz) > reach) return;
  const cos = Math.cos(cell.angle);
  const sin = Math.sin(cell.angle);
  const radius = cell.radius;
  const extent = radius * reach * 1.3;
  const x0 = Math.max(0, Math.floor((cell.x - extent) / pixel.x));
  const x1 = Math.min(size.x - 1, Math.ceil((cell.x + extent) / pixel.x));
  const y0 = Math.max(0, Math.floor((cell.y - extent) / pixel.y));
  const y1 = Math.min(size.y - 1, Math.ceil((cell.y + extent) / pixel.y));
  const [chromatin, membrane, mitochondria] = planes;
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const ux = x * pixel.x - cell.x;
      const uy = y * pixel.y - cell.y;
      const a = (ux * cos + uy * sin) / (radius * cell.stretch);
      const b = (-ux * sin + uy * cos) / (radius / cell.stretch);
      const wobble = 0.16 * (noise(ux * 0.35 + cell.seed, uy * 0.35, zUm * 0.35) - 0.5);
      const r = Math.sqrt(a * a + b * b + dz * dz) + wobble;
      if (r > reach) continue;
      const i = y * size.x + x;
      if (r < 1.1) {
        const inside = 1 / (1 + Math.exp((r - 1) * 26));
        const texture = noise(ux * 1.7 + cell.seed, uy * 1.7, zUm * 1.7);
        const nucleolus = noise(ux * 0.55 + 9 + cell.seed, uy * 0.55, zUm * 0.55) > 0.74 ? 0.45 : 1;
        chromatin[i] += 1150 * cell.brightness * inside * (0.55 + 0.75 * texture) * nucleolus;
      }
      const shell = (r - 1.72) / 0.085;
      const ruffle = noise(x * 0.09, y * 0.09, zUm * 0.5 + cell.seed);
      membrane[i] += 760 * Math.exp(-0.5 * shell * shell) * (0.55 + 0.9 * ruffle);
      if (r > 1.08 && r < 1.64) {
        const ridge = noise(ux * 1.05 + 3 * cell.seed, uy * 1.05, zUm * 0.9);
        const strand = Math.max(0, 1 - Math.abs(ridge - 0.5) * 11);
        const where = Math.min(1, (r - 1.08) * 9) * Math.min(1, (1.64 - r) * 7);
        mitochondria[i] += 1350 * strand * strand * where;
        membrane[i] += 34 * where;
      }
    }
  }
}

/** Camera: offset, haze, shot and read noise, 12 bit. */
function expose(plane, normal, phase) {
  const image = new Uint16Array(plane.length);
  let at = phase;
  for (let i = 0; i < plane.length; i++) {
    at = (at + 7_919) % normal.length;
    const signal = plane[i];
    const value = 104 + signal + normal[at] * Math.sqrt(2.2 + signal * 0.55);
    image[i] = Math.max(0, Math.min(4_095, Math.round(value)));
  }
  return image;
}

/** A time-lapse of cells in a monolayer, OME-NGFF 0.5, t c z y x, sharded by time and channel, two levels. */
export async function makeCellsSample(root) {
  const random = seededRandom(20_261_122);
  const noise = valueNoise(random);
  const normal = normalTable(random, 65_521);
  const cells = makeCells(random);
  const levels = [0, 1].map((level) => ({ y: size.y >> level, x: size.x >> level }));
  for (const [level, { y, x }] of levels.entries()) {
    const metadata = shardedArray({
      shape: [size.t, size.c, size.z, y, x],
      chunk: [1, 1, 1, y, x],
      shard: [1, 1, size.z, y, x],
      dataType: "uint16",
      itemBytes: 2,
      dimensionNames: ["t", "c", "z", "y", "x"],
    });
    await writeJson(join(root, String(level), "zarr.json"), metadata);
  }
  for (let t = 0; t < size.t; t++) {
    const nuclei = nucleiAt(cells, t);
    const stacks = channels.map(() => levels.map(() => []));
    for (let z = 0; z < size.z; z++) {
      const planes = channels.map(() => new Float32Array(size.y * size.x));
      for (const cell of nuclei) drawCell(planes, cell, z, noise);
      for (const [c, plane] of planes.entries()) {
        const image = expose(plane, normal, t * 1_009 + z * 101 + c * 11);
        stacks[c][0].push(image);
        stacks[c][1].push(halvePlane(image, size.y, size.x));
      }
    }
    for (const [c, stack] of stacks.entries()) {
      for (const [level, chunks] of stack.entries()) {
        await writeShard(join(root, String(level), "c", `${t}`, `${c}`, "0", "0", "0"), chunks);
      }
    }
  }
  const scaleOf = (level) => [pixel.t, 1, pixel.z, pixel.y * 2 ** level, pixel.x * 2 ** level];
  const translationOf = (level) => scaleOf(level).map((s, d) => (s - scaleOf(0)[d]) / 2);
  await writeImageGroup(root, {
    name: "Cell monolayer, time-lapse",
    axes: [
      { name: "t", type: "time", unit: "second" },
      { name: "c", type: "channel" },
      ...["z", "y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" })),
    ],
    datasets: levels.map((_, level) => ({
      path: String(level),
      coordinateTransformations: [
        { type: "scale", scale: scaleOf(level) },
        { type: "translation", translation: translationOf(level) },
      ],
    })),
    omero: {
      channels: channels.map(({ label, color, start, end }) => ({
        label,
        color,
        active: true,
        window: { start, end, min: 0, max: 4_095 },
      })),
      rdefs: { defaultT: 0, defaultZ: 6, model: "color" },
    },
  });
}
