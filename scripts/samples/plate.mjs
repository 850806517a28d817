import { join } from "node:path";
import { normalTable, seededRandom } from "./random.mjs";
import {
  halvePlane,
  shardedArray,
  writeImageGroup,
  writeJson,
  writeShard,
} from "./zarr-writer.mjs";

const channels = [
  { label: "Nuclei", color: "3C78FF", start: 8, end: 150 },
  { label: "Reporter", color: "FFB020", start: 8, end: 150 },
];
const pixel = 1.3;
const levels = 3;
/** Counts come in steps, so that noise compresses. */
const step = 4;

/** Places of the plate that hold no well: the last three of the last row, as after a broken tip. */
const emptyWells = new Set(["H10", "H11", "H12"]);
/** The well whose shards have a wrong checksum. */
const damagedWell = "D6";

/**
 * A dose response in 96 wells: eight compounds from row to row, rising doses from column 1 to 12. The more potent a compound, the sooner its
 * reporter lights up and the fewer cells are left. Two fields and three time points each; OME-NGFF 0.5, one shard per field and level.
 * Returns how to draw the first time point of the first field of all wells, for a small picture.
 */
export async function makePlateSample(
  root,
  { rows = 8, columns = 12, side = 80, times = 3, fields = 2, seed = 96 } = {},
) {
  const rowNames = Array.from({ length: rows }, (_, row) => String.fromCharCode(65 + row));
  const columnNames = Array.from({ length: columns }, (_, column) => String(column + 1));
  const wells = [];
  const picture = new PlatePicture(rows, columns, side >> 1);
  for (const [row, rowName] of rowNames.entries()) {
    for (const [column, columnName] of columnNames.entries()) {
      const name = `${rowName}${columnName}`;
      if (emptyWells.has(name)) continue;
      wells.push({ path: `${rowName}/${columnName}`, rowIndex: row, columnIndex: column });
      const path = join(root, rowName, columnName);
      const images = Array.from({ length: fields }, (_, field) => ({ path: String(field) }));
      await writeGroup(path, { version: "0.5", well: { images } });
      const response = responseOf(row / Math.max(1, rows - 1), column / Math.max(1, columns - 1));
      for (let field = 0; field < fields; field++) {
        const random = seededRandom(seed + ((row * columns + column) * fields + field) * 7919);
        const planes = drawField(response, { side, times, random });
        await writeField(join(path, String(field)), planes, {
          side,
          times,
          isDamaged: name === damagedWell,
        });
        if (field === 0 && name !== damagedWell) picture.add(row, column, planes[0], side);
      }
    }
  }
  await writeGroup(root, {
    version: "0.5",
    plate: {
      name: "Dose response",
      rows: rowNames.map((name) => ({ name })),
      columns: columnNames.map((name) => ({ name })),
      wells,
      field_count: fields,
    },
  });
  return picture.view();
}

/** Cells left and light of the reporter for a compound and a dose, both 0 … 1: a sigmoid whose middle moves with the compound. */
function responseOf(compound, dose) {
  const half = 0.35 + 0.55 * compound;
  const effect = 1 / (1 + Math.exp(-(dose - half) * 14));
  return { cells: Math.round(26 - 19 * effect), light: effect };
}

/** Planes of one field: `planes[t][c]`, Uint8Array of `side`². */
function drawField({ cells: count, light }, { side, times, random }) {
  const normal = normalTable(random, 1 << 12);
  const cells = [];
  for (let tries = 0; cells.length < count && tries < 4000; tries++) {
    const cell = {
      x: side * random(),
      y: side * random(),
      r: (3.4 + 1.4 * random()) * (1 - 0.2 * light),
    };
    if (
      cells.some(
        (other) => Math.hypot(other.x - cell.x, other.y - cell.y) < 1.5 * (other.r + cell.r),
      )
    )
      continue;
    cells.push({
      ...cell,
      stretch: 0.75 + 0.5 * random(),
      angle: Math.PI * random(),
      bright: 0.65 + 0.5 * random(),
      own: 0.4 + 0.8 * random(),
      drift: [2.4 * (random() - 0.5), 2.4 * (random() - 0.5)],
    });
  }
  return Array.from({ length: times }, (_, t) => {
    const age = times === 1 ? 1 : t / (times - 1);
    const nuclei = new Float32Array(side * side);
    const reporter = new Float32Array(side * side);
    for (const cell of cells)
      drawCell(cell, { side, t, glow: light * (0.25 + 0.75 * age), nuclei, reporter });
    return [nuclei, reporter].map((signal) => exposed(signal, normal, random));
  });
}

function drawCell(cell, { side, t, glow, nuclei, reporter }) {
  const [x0, y0] = [cell.x + cell.drift[0] * t, cell.y + cell.drift[1] * t];
  const [cos, sin] = [Math.cos(cell.angle), Math.sin(cell.angle)];
  const reach = Math.ceil(cell.r * 3.2);
  for (let y = Math.max(0, Math.floor(y0 - reach)); y <= Math.min(side - 1, y0 + reach); y++) {
    for (let x = Math.max(0, Math.floor(x0 - reach)); x <= Math.min(side - 1, x0 + reach); x++) {
      const u = ((x - x0) * cos + (y - y0) * sin) / cell.stretch;
      const v = (-(x - x0) * sin + (y - y0) * cos) * cell.stretch;
      const distance = Math.hypot(u, v) / cell.r;
      const nucleus = 1 / (1 + Math.exp((distance - 1) * 7));
      const body = 1 / (1 + Math.exp((distance - 1.9) * 4)) - 0.75 * nucleus;
      const i = y * side + x;
      nuclei[i] += 125 * cell.bright * nucleus;
      reporter[i] += (14 + 165 * glow * cell.own) * Math.max(0, body);
    }
  }
}

/** Counts of a quiet camera: what noise there is has few values, so that the sample stays small. */
function exposed(signal, normal, random) {
  let at = Math.floor(random() * normal.length);
  return Uint8Array.from(signal, (light) => {
    at = (at + 1) % normal.length;
    const noise = normal[at] * (0.6 + 0.11 * Math.sqrt(light));
    return Math.min(255, Math.max(0, Math.round((8 + light + noise) / step) * step));
  });
}

async function writeField(path, planes, { side, times, isDamaged }) {
  const datasets = Array.from({ length: levels }, (_, level) => {
    const scale = pixel * 2 ** level;
    const shift = (scale - pixel) / 2;
    return {
      path: String(level),
      coordinateTransformations: [
        { type: "scale", scale: [600, 1, scale, scale] },
        { type: "translation", translation: [0, 0, shift, shift] },
      ],
    };
  });
  await writeImageGroup(path, {
    name: path.split("/").slice(-3).join("/"),
    axes: [
      { name: "t", type: "time", unit: "second" },
      { name: "c", type: "channel" },
      ...["y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" })),
    ],
    datasets,
    omero: {
      channels: channels.map(({ label, color, start, end }) => ({
        label,
        color,
        active: true,
        window: { start, end, min: 0, max: 255 },
      })),
    },
  });
  let shown = planes;
  for (let level = 0, size = side; level < levels; level++, size /= 2) {
    if (level > 0) shown = shown.map((time) => time.map((plane) => halved(plane, size * 2)));
    const shape = [times, channels.length, size, size];
    const array = shardedArray({
      shape,
      chunk: [1, 1, size, size],
      shard: shape,
      dataType: "uint8",
      itemBytes: 1,
      dimensionNames: ["t", "c", "y", "x"],
    });
    await writeJson(join(path, String(level), "zarr.json"), array);
    await writeShard(join(path, String(level), "c/0/0/0/0"), shown.flat(), { isDamaged });
  }
}

function halved(plane, side) {
  return halvePlane(plane, side, side).map((value) => Math.round(value / step) * step);
}

async function writeGroup(path, ome) {
  const group = { zarr_format: 3, node_type: "group", attributes: { ome } };
  await writeJson(join(path, "zarr.json"), group);
}

/** The plate in small: each well half its size, with a gap. */
class PlatePicture {
  constructor(rows, columns, side) {
    this.side = side;
    this.pitch = side + 4;
    this.size = { y: rows * this.pitch + 4, x: columns * this.pitch + 4 };
    this.planes = channels.map(() => new Float32Array(this.size.y * this.size.x));
  }

  add(row, column, planes, side) {
    for (const [c, plane] of planes.entries()) {
      const small = halvePlane(plane, side, side);
      for (let y = 0; y < this.side; y++) {
        const at = (row * this.pitch + 4 + y) * this.size.x + column * this.pitch + 4;
        this.planes[c].set(small.subarray(y * this.side, (y + 1) * this.side), at);
      }
    }
  }

  view() {
    return {
      ...this.size,
      channels: channels.map((channel, c) => ({ ...channel, plane: this.planes[c] })),
    };
  }
}
