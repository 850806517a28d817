import { expect, test } from "vitest";
import { openImage } from "../../zarr/image/open-image.ts";
import { array, readerOf } from "../../zarr/image/testing/fake-nodes.ts";
import { tileAtPoint } from "./tile-at-point.ts";
import { tileCatalogue } from "./tile-catalogue.ts";

test("N9-02: the tiles of a strip are its chunks, whose coordinates have one dimension", async () => {
  const { image } = await openImage(readerOf({ "": array([600], { names: ["x"] }) }).reader);
  const metadata = image.levels[0]!.array;
  const store = { kind: "memory", name: "strip", entries: new Map() } as const;
  const handle = { id: 1, store, metadata, readChunkShape: [64] };
  const catalogue = tileCatalogue(image, [handle]);
  const view = { catalogue, selection: {}, channels: [0] };
  const [level] = catalogue.levels;
  expect(level?.rows.count).toBe(1);
  const hit = tileAtPoint(view, level!, 0, 130.2, 3);
  expect(hit).toMatchObject({ row: 0, column: 2 });
  expect(hit?.tile.ref).toMatchObject({
    chunk: [2],
    cut: { yDim: 1, xDim: 0, start: [0], height: 1, width: 64 },
  });
});
