import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readElements } from "../../../e2e/store/read-elements.ts";
import { tileAtPoint } from "../../layers/tiles/tile-at-point.ts";
import { tileCatalogue } from "../../layers/tiles/tile-catalogue.ts";
import { readChunkShape } from "../array/read-grid.ts";
import { readRegion } from "../chunks/read-region.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import { imageInSystem } from "./image-in-system.ts";
import type { NodeReader } from "./node-reader.ts";
import { openImage } from "./open-image.ts";

/** Places in the coordinate systems of other projects' images, and what SciPy finds there (e2e/fixtures/make_transforms.py). */
type Placed = {
  readonly folder: string;
  /** null before 0.6. */
  readonly system: string | null;
  /** World x, world y, and the nearest value; null outside of the image. */
  readonly samples: readonly (readonly [number, number, number | null])[];
};

const suites = join(resolve(process.env.ZARRSCOPE_DATA ?? "../shared/data"), "suites");
const file = fileURLToPath(new URL("../../../e2e/fixtures/suite-samples.json", import.meta.url));
const placed = JSON.parse(readFileSync(file, "utf8")) as readonly Placed[];

function nodesOf(store: DirectoryStore): NodeReader {
  const hierarchy = openHierarchy(store);
  return {
    node: (path, hint) => hierarchy.node(path, hint),
    numbers: async (metadata) => {
      const { shape } = metadata;
      const axes = shape.map((stop) => ({ start: 0, stop }));
      const { bytes } = await readRegion({ store, metadata }, axes);
      return { shape, values: [...new Float64Array(bytes.buffer)] };
    },
  };
}

describe.skipIf(!existsSync(suites))("images of other projects, in each of their systems", () => {
  test.each(placed)("$folder in $system", async ({ folder, system, samples }) => {
    const store = new DirectoryStore(join(suites, folder));
    const { image: opened } = await openImage(nodesOf(store));
    const image = imageInSystem(opened, system ?? undefined);
    expect(image.system).toBe(system ?? undefined);
    const arrays = image.levels.map(({ array }, id) => {
      return { id, store: store.spec, metadata: array, readChunkShape: readChunkShape(array) };
    });
    const catalogue = tileCatalogue(image, arrays);
    const [finest] = catalogue.levels;
    const { xDim, yDim } = image.axes;
    const hits = samples.map(([x, y]) => {
      const looked = { catalogue, selection: image.defaultSelection, channels: [0] };
      return finest && tileAtPoint(looked, finest, 0, x, y);
    });
    const isInside = samples.map(([, , value]) => value !== null);
    expect(hits.map((hit) => hit !== undefined)).toEqual(isInside);
    const indices = hits.flatMap((hit) => {
      if (!hit) return [];
      const { tile, row, column } = hit;
      return [
        tile.plane.indices.map((index, dim) =>
          dim === xDim ? tile.x + column : dim === yDim ? tile.y + row : index,
        ),
      ];
    });
    const metadata = image.levels[0]?.array;
    const read = metadata ? await readElements(store, metadata, indices) : [];
    const values = read.map((element) =>
      "value" in element ? Number(element.value) : element.kind,
    );
    expect(values).toEqual(samples.flatMap(([, , value]) => (value === null ? [] : [value])));
    expect(values.length).toBeGreaterThan(5);
  });
});
