import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarr from "zarrita";
import { coordinatePlates, oddWells } from "./coordinate-plates.ts";
import { startStore, type TestStore } from "./test-store.ts";
import { levelShape, virtualValue } from "./virtual-image.ts";
import { fieldImage, wellPath } from "./virtual-plate.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
  for (const [name, plate] of Object.entries(coordinatePlates)) store.definePlate(name, plate);
});
afterAll(() => store.close());

describe("virtual plates, read by zarrita", () => {
  it.each([
    ["plate-96-v2", "v2"],
    ["plate-96-v3", "v3"],
  ] as const)("%s", async (name, format) => {
    const plate = coordinatePlates[name];
    const open = format === "v2" ? zarr.open.v2 : zarr.open.v3;
    const root = zarr.root(new zarr.FetchStore(store.url(name)));
    const group = await open(root, { kind: "group" });
    const attributes = format === "v2" ? group.attrs : group.attrs.ome;
    const { wells } = (attributes as { plate: { wells: { path: string }[] } }).plate;
    expect(wells).toHaveLength(95);
    for (const [row, column] of [
      [0, 0],
      [1, 1],
      [2, 6],
      [4, 8],
    ] as const) {
      const image = fieldImage(plate, row, column);
      const path = `${wellPath(plate, row, column)}/0/1`;
      const array = await open(root.resolve(path), { kind: "array" });
      expect(array.dtype).toBe(image.dataType);
      const { data, shape, stride } = await zarr.get(array);
      expect(shape).toEqual(levelShape(image, 1));
      for (const index of [
        [0, 0, 0],
        [1, 17, 31],
        [1, 99, 100],
      ]) {
        const offset = index.reduce((sum, i, d) => sum + i * stride[d]!, 0);
        expect((data as Uint16Array)[offset]).toBe(virtualValue(image, 1, index));
      }
    }
    const missing = await fetch(`${store.url(name)}/F/03/.zattrs`);
    expect(oddWells.F3).toEqual({ kind: "missing" });
    expect(missing.status).toBe(404);
  });

  it("tells its fields apart", () => {
    const plate = coordinatePlates["plate-96-fields"];
    const values = new Set<unknown>();
    for (let field = 0; field < 3; field++) {
      for (let row = 0; row < 8; row++) {
        for (let column = 0; column < 12; column++) {
          const image = fieldImage(plate, row, column, field);
          values.add([0, 1, 2].map((i) => virtualValue(image, 0, [0, i, i])).join());
        }
      }
    }
    expect(values.size).toBe(3 * 96);
  });
});
