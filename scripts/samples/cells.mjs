import { join } from "node:path";
import { writeNuclei } from "./cell-labels.mjs";
import { drawMembranes } from "./cell-membranes.mjs";
import { drawMitochondria } from "./cell-mitochondria.mjs";
import { drawNucleus } from "./cell-nuclei.mjs";
import { fractalNoise, gradientNoise } from "./noise.mjs";
import { expose, normalTable, seededRandom } from "./random.mjs";
import { blur, makeVolume } from "./volume.mjs";
import {
  halvePlane,
  shardedArray,
  spatialAxes,
  writeImageGroup,
  writeJson,
  writeShard,
} from "./zarr-writer.mjs";

/** Size of a voxel in µm (z, y, x), of a frame in s. */
const pixel = { z: 1, y: 0.22, x: 0.22, t: 90 };

const channels = [
  { label: "Chromatin", color: "4D7CFF", start: 105, end: 610 },
  { label: "Cell membrane", color: "2BD46B", start: 106, end: 590 },
  { label: "Mitochondria", color: "FF8A2A", start: 105, end: 310 },
];

/** Cells of a monolayer on a jittered grid, a little beyond the field of view; lengths in µm. One of them divides. */
function makeCells(random, { width, height, depth }) {
  const spacing = 15.5;
  const columns = Math.ceil(width / spacing) + 2;
  const rows = Math.ceil(height / (spacing * 0.87)) + 2;
  const cells = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const shift = row % 2 === 0 ? -0.5 : 0;
      cells.push({
        id: cells.length + 1,
        x: (column + shift - 0.25 + 0.46 * (random() - 0.5)) * spacing,
        y: (row - 0.5 + 0.46 * (random() - 0.5)) * spacing * 0.87,
        z: depth * (0.42 + 0.12 * random()),
        weight: 14 * (random() - 0.5),
        height: depth * (0.66 + 0.16 * random()),
        drift: [(random() - 0.5) * 0.9, (random() - 0.5) * 0.9],
        radius: 3.9 + 0.9 * random(),
        flatten: 0.62 + 0.14 * random(),
        stretch: 1 + 0.28 * random(),
        angle: Math.PI * random(),
        brightness: 0.75 + 0.5 * random(),
        seed: Math.floor(1e6 * random()),
        phase: "interphase",
      });
    }
  }
  const middle = (cell) => (cell.x - 0.52 * width) ** 2 + (cell.y - 0.45 * height) ** 2;
  const dividing = cells.reduce((best, cell) => (middle(cell) < middle(best) ? cell : best));
  dividing.divides = true;
  dividing.weight += 22;
  return cells;
}

const phases = ["prophase", "metaphase", "anaphase", "telophase"];

/** Cells at one time. A dividing cell becomes two in anaphase. */
function cellsAt(cells, t) {
  return cells.flatMap((cell) => {
    const x = cell.x + cell.drift[0] * t;
    const y = cell.y + cell.drift[1] * t;
    if (!cell.divides) return [{ ...cell, x, y }];
    const phase = phases[Math.min(t, phases.length - 1)];
    if (t < 2) return [{ ...cell, x, y, phase }];
    const apart = t === 2 ? 2.1 : 4.4;
    return [-1, 1].map((side) => ({
      ...cell,
      id: 1000 + 2 * cell.id + (side > 0 ? 1 : 0),
      parent: cell.id,
      x: x + side * apart * Math.cos(cell.angle),
      y: y + side * apart * Math.sin(cell.angle),
      weight: cell.weight - 12,
      // The membrane closes between the two only at the end.
      joined: t === 2,
      pair: cell.seed,
      phase,
      side,
      seed: cell.seed + side,
    }));
  });
}

/**
 * A time-lapse of cells in a monolayer: OME-NGFF 0.5, t c z y x, uint16, sharded by time and channel, two levels, and its nuclei as
 * labels. Returns the planes that the thumbnail shows: the sum over z of the last time, by channel.
 */
export async function makeCellsSample(root, options = {}) {
  const size = { t: 4, z: 14, y: 320, x: 384, ...options.size };
  const random = seededRandom(options.seed ?? 20_261_122);
  const noise = gradientNoise(random);
  const fractal = fractalNoise(noise, 4);
  const normal = normalTable(random, 1 << 18);
  const field = {
    width: size.x * pixel.x,
    height: size.y * pixel.y,
    depth: size.z * pixel.z,
    pixel,
  };
  const cells = makeCells(random, field);
  const levels = [0, 1].map((level) => ({ y: size.y >> level, x: size.x >> level }));
  for (const [level, { y, x }] of levels.entries()) {
    const metadata = shardedArray({
      shape: [size.t, channels.length, size.z, y, x],
      chunk: [1, 1, 1, y, x],
      shard: [1, 1, size.z, y, x],
      dataType: "uint16",
      itemBytes: 2,
      dimensionNames: ["t", "c", "z", "y", "x"],
    });
    await writeJson(join(root, String(level), "zarr.json"), metadata);
  }
  let projections = [];
  const nuclei = [];
  const seen = new Map();
  for (let t = 0; t < size.t; t++) {
    const volumes = channels.map(() => makeVolume(size));
    const [chromatin, membrane, mitochondria] = volumes;
    chromatin.labels = new Uint16Array(size.z * size.y * size.x);
    nuclei.push(chromatin.labels);
    const now = cellsAt(cells, t);
    for (const cell of now) {
      drawNucleus(chromatin, cell, field, fractal, noise);
      seen.set(cell.id, cell);
    }
    const owner = drawMembranes(membrane, now, field, fractal);
    for (const [index, cell] of now.entries()) {
      drawMitochondria(mitochondria, cell, { index, owner, t, field });
    }
    projections = [];
    for (const [c, volume] of volumes.entries()) {
      // The point spread function: a sharp core and a haze of what is out of focus.
      blur(volume, { z: 0.85, y: 0.85, x: 0.85 });
      const haze = { ...volume, light: volume.light.slice() };
      blur(haze, { z: 2, y: 4.5, x: 4.5 });
      for (let i = 0; i < haze.light.length; i++) {
        volume.light[i] = 0.34 * volume.light[i] + 0.055 * haze.light[i];
      }
      const area = size.y * size.x;
      const chunks = levels.map(() => []);
      projections.push(new Float32Array(area));
      for (let z = 0; z < size.z; z++) {
        const signal = volume.light.subarray(z * area, (z + 1) * area);
        for (let i = 0; i < area; i++) projections[c][i] = Math.max(projections[c][i], signal[i]);
        const camera = { width: size.x, offset: 104, max: 4095, shot: 0.05, read: 0.42 };
        const image = expose(signal, new Uint16Array(area), { ...camera, normal, random });
        chunks[0].push(image);
        chunks[1].push(halvePlane(image, size.y, size.x));
      }
      for (const [level, planes] of chunks.entries()) {
        await writeShard(join(root, String(level), "c", `${t}`, `${c}`, "0", "0", "0"), planes);
      }
    }
  }
  await writeImageGroup(root, cellMetadata(levels));
  await writeNuclei(root, { times: nuclei, cells: [...seen.values()], size, pixel });
  return {
    ...levels[0],
    channels: channels.map(({ color, end }, c) => ({
      color,
      plane: projections[c],
      start: 0,
      end: (end - 104) * 1.1,
    })),
  };
}

function cellMetadata(levels) {
  const scaleOf = (level) => [pixel.t, 1, pixel.z, pixel.y * 2 ** level, pixel.x * 2 ** level];
  const translationOf = (level) => scaleOf(level).map((s, d) => (s - scaleOf(0)[d]) / 2);
  return {
    name: "Cell monolayer, time-lapse",
    axes: [
      { name: "t", type: "time", unit: "second" },
      { name: "c", type: "channel" },
      ...spatialAxes(["z", "y", "x"]),
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
  };
}
