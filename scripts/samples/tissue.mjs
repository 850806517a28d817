import { join } from "node:path";
import { fractalNoise, gradientNoise, noiseTable } from "./noise.mjs";
import { normalTable, seededRandom } from "./random.mjs";
import { makeTissuePlan } from "./tissue-plan.mjs";
import { renderTile } from "./tissue-tile.mjs";
import {
  cutPlane,
  halvePlane,
  shardedArray,
  spatialAxes,
  writeImageGroup,
  writeJson,
  writeShard,
} from "./zarr-writer.mjs";

const pixelUm = 0.5;

const channels = [
  { label: "Nuclei", color: "5C8DFF", start: 1, end: 54 },
  { label: "Epithelium", color: "FF5FA2", start: 1, end: 54 },
];

/**
 * A section of glandular tissue as a slide scanner stitches it: OME-NGFF 0.5, c y x, uint8, 8192², sharded; inner chunks of 512²,
 * shards of 2048². It is drawn tile by tile: a tile knows what lies in and around it, nothing holds the whole of the finest level.
 */
export async function makeTissueSample(root, options = {}) {
  const side = options.side ?? 8192;
  const shardSide = Math.min(2048, side);
  const chunkSide = Math.min(512, side);
  const random = seededRandom(options.seed ?? 8_192);
  const fractal = fractalNoise(gradientNoise(random), 4);
  const normal = normalTable(random, 1 << 18);
  const grain = noiseTable(fractal);
  const plan = makeTissuePlan(random, { side, fractal });
  const levelCount = Math.max(1, Math.round(Math.log2(side / chunkSide)) + 1);
  const sideOf = (level) => side >> level;
  for (let level = 0; level < levelCount; level++) {
    const shard = Math.min(shardSide, sideOf(level));
    const metadata = shardedArray({
      shape: [channels.length, sideOf(level), sideOf(level)],
      chunk: [1, chunkSide, chunkSide],
      shard: [1, shard, shard],
      dataType: "uint8",
      itemBytes: 1,
      dimensionNames: ["c", "y", "x"],
    });
    await writeJson(join(root, String(level), "zarr.json"), metadata);
  }
  /** Cuts the shard whose corner is at `origin` of the plane into chunks. */
  const write = async (level, c, [row, column], plane, { width, origin }) => {
    const shard = Math.min(shardSide, sideOf(level));
    const chunks = [];
    for (let y = 0; y < shard; y += chunkSide) {
      for (let x = 0; x < shard; x += chunkSide) {
        const box = { y: origin[0] + y, x: origin[1] + x, width: chunkSide, height: chunkSide };
        const chunk = cutPlane(plane, width, box);
        // Bare glass is not stored.
        chunks.push(chunk.some((value) => value !== 0) ? chunk : undefined);
      }
    }
    if (chunks.every((chunk) => chunk === undefined)) return;
    await writeShard(join(root, String(level), "c", `${c}`, `${row}`, `${column}`), chunks);
  };
  // What the coarser levels are made of: each tile leaves its half.
  let coarse = channels.map(() => new Uint8Array(sideOf(1) ** 2));
  for (let row = 0; row < side / shardSide; row++) {
    for (let column = 0; column < side / shardSide; column++) {
      const box = { y0: row * shardSide, x0: column * shardSide, side: shardSide };
      const planes = renderTile(plan, box, { grain, fractal, normal, random });
      for (const [c, plane] of planes.entries()) {
        await write(0, c, [row, column], plane, { width: shardSide, origin: [0, 0] });
        const half = halvePlane(plane, shardSide, shardSide);
        const halfSide = shardSide / 2;
        for (let y = 0; y < halfSide; y++) {
          const at = (row * halfSide + y) * sideOf(1) + column * halfSide;
          coarse[c].set(half.subarray(y * halfSide, (y + 1) * halfSide), at);
        }
      }
    }
  }
  let picture = coarse;
  for (let level = 1; level < levelCount; level++) {
    const shards = Math.max(1, sideOf(level) / shardSide);
    for (const [c, plane] of coarse.entries()) {
      for (let row = 0; row < shards; row++) {
        for (let column = 0; column < shards; column++) {
          const origin = [row * shardSide, column * shardSide];
          await write(level, c, [row, column], plane, { width: sideOf(level), origin });
        }
      }
    }
    picture = coarse;
    coarse = coarse.map((plane) => halvePlane(plane, sideOf(level), sideOf(level)));
  }
  await writeImageGroup(root, tissueMetadata(levelCount));
  const shown = sideOf(levelCount - 1);
  return {
    y: shown,
    x: shown,
    channels: channels.map((channel, c) => ({ ...channel, end: 39, plane: picture[c] })),
  };
}

function tissueMetadata(levelCount) {
  return {
    name: "Glandular tissue, stitched",
    axes: [{ name: "c", type: "channel" }, ...spatialAxes(["y", "x"])],
    datasets: Array.from({ length: levelCount }, (_, level) => ({
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
      channels: channels.map(({ label, color, start, end }) => ({
        label,
        color,
        active: true,
        window: { start, end, min: 0, max: 255 },
      })),
    },
  };
}
