import { join } from "node:path";
import { shardedArray, spatialAxes, writeJson, writeShard } from "./zarr-writer.mjs";

const levels = [0, 1];

/** Every second pixel of a plane: labels are never averaged. */
function everySecond(plane, height, width) {
  const half = new plane.constructor((height / 2) * (width / 2));
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) half[(y / 2) * (width / 2) + x / 2] = plane[y * width + x];
  }
  return half;
}

/**
 * Writes the nuclei as the label image `labels/nuclei`: t z y x, no channel, one number a cell. Those that a cell divides into have
 * numbers of their own and name it.
 *
 * @param times one volume of numbers for each time
 * @param cells all that ever were, with `id`, `phase`, `radius` and maybe `parent`
 */
export async function writeNuclei(root, { times, cells, size, pixel }) {
  const base = join(root, "labels");
  await writeJson(join(base, "zarr.json"), groupOf({ labels: ["nuclei"] }));
  const image = join(base, "nuclei");
  for (const level of levels) {
    const [y, x] = [size.y >> level, size.x >> level];
    const metadata = shardedArray({
      shape: [times.length, size.z, y, x],
      chunk: [1, 1, y, x],
      shard: [1, size.z, y, x],
      dataType: "uint16",
      itemBytes: 2,
      dimensionNames: ["t", "z", "y", "x"],
    });
    await writeJson(join(image, String(level), "zarr.json"), metadata);
  }
  for (const [t, volume] of times.entries()) {
    const area = size.y * size.x;
    const planes = Array.from({ length: size.z }, (_, z) => volume.slice(z * area, (z + 1) * area));
    await writeShard(join(image, "0", "c", `${t}`, "0", "0", "0"), planes);
    const halved = planes.map((plane) => everySecond(plane, size.y, size.x));
    await writeShard(join(image, "1", "c", `${t}`, "0", "0", "0"), halved);
  }
  await writeJson(join(image, "zarr.json"), groupOf(nucleiMetadata(times, cells, pixel)));
}

function groupOf(ome) {
  return { zarr_format: 3, node_type: "group", attributes: { ome: { version: "0.5", ...ome } } };
}

function nucleiMetadata(times, cells, pixel) {
  const drawn = new Set(times.flatMap((volume) => [...new Set(volume)]));
  const visible = cells.filter(({ id }) => drawn.has(id)).sort((a, b) => a.id - b.id);
  const scaleOf = (level) => [pixel.t, pixel.z, pixel.y * 2 ** level, pixel.x * 2 ** level];
  const translationOf = (level) => scaleOf(level).map((s, d) => (s - scaleOf(0)[d]) / 2);
  return {
    multiscales: [
      {
        name: "nuclei",
        axes: [{ name: "t", type: "time", unit: "second" }, ...spatialAxes(["z", "y", "x"])],
        datasets: levels.map((level) => ({
          path: String(level),
          coordinateTransformations: [
            { type: "scale", scale: scaleOf(level) },
            { type: "translation", translation: translationOf(level) },
          ],
        })),
      },
    ],
    "image-label": {
      version: "0.5",
      // The dividing cell and what becomes of it; all others have the colours of their numbers.
      colors: visible
        .filter(({ divides }) => divides)
        .map(({ id, parent }) => ({
          "label-value": id,
          rgba: parent === undefined ? [255, 214, 64, 255] : [255, 128, 64, 255],
        })),
      properties: visible.map(({ id, parent, divides, radius }) => ({
        "label-value": id,
        class: divides ? "dividing" : "interphase",
        ...(parent === undefined ? {} : { parent }),
        "radius (µm)": Math.round(radius * 100) / 100,
      })),
      source: { image: "../../" },
    },
  };
}
