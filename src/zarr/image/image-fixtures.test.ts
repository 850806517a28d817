import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readElements } from "../../../e2e/store/read-elements.ts";
import { storedItemBytes } from "../array/data-type.ts";
import { openHierarchy } from "../hierarchy/hierarchy.ts";
import { DirectoryStore } from "../store/directory-store.ts";
import type { ImageModel, PyramidLevel } from "./image-model.ts";
import { openFailureOf } from "./open-failure.ts";
import { openImage } from "./open-image.ts";

/** Written by ome-zarr, zarr-python and tensorstore: `e2e/fixtures/make_images.py`. */
const fixtures = resolve("e2e/fixtures/data/images");

async function openFixture(name: string) {
  const store = new DirectoryStore(join(fixtures, name));
  return { store, ...(await openImage(openHierarchy(store), undefined, { rootName: name })) };
}

/** An image in lines for people: what it is, its axes, its levels, its channels, its problems. */
function describeImage(image: ImageModel): string[] {
  const { axes, xDim, yDim } = image.axes;
  return [
    `${image.name} · ${image.format} · ${image.dataType} · shows ${axes[yDim]?.name},${axes[xDim]?.name}`,
    axes
      .map(
        ({ name, role, size, unit }) =>
          `${name}(${role ?? "slider"}) ${size}${unit ? ` ${unit}` : ""}`,
      )
      .join(" · "),
    ...image.levels.map(({ path, shape, worldFromIndex: { scale, translation } }) => {
      return `level ${path}: ${shape.join("×")} at ${scale.map(shown).join(",")} + ${translation.map(shown).join(",")}`;
    }),
    ...image.channels.map(({ index, label, color, visible, inverted, window }) => {
      const limits = window
        ? `${window.start}…${window.end} of ${window.min}…${window.max}`
        : "auto";
      return `channel ${index}: ${label} #${color} ${limits}${visible ? "" : ", hidden"}${inverted ? ", inverted" : ""}`;
    }),
    `first plane ${JSON.stringify(image.defaultSelection)}`,
    ...image.problems.map(
      ({ code, path, expected, received }) => `${code} ${path}: ${expected}; ${received}`,
    ),
  ];
}

const shown = (number: number) => String(Number(number.toPrecision(6)));

describe("metadata in, lines for people out", () => {
  test.each([
    "tczyx-v04.zarr",
    "czyx-v05.zarr",
    "yx-big-endian-v04.zarr",
    "rgb-v04.zarr",
    "cxyz-faults-v04.zarr",
    "tcyx-sharded-v05.zarr",
    "tyx-index-start-v05.zarr",
    "bf2raw-v04.zarr",
    "plate-v04.zarr/B/3",
    "plain-v3.zarr",
    "plain-v2.zarr",
  ])("%s", async (name) => {
    const { image } = await openFixture(name);
    expect(describeImage(image)).toMatchSnapshot();
  });
});

test("a plate is refused with the address of its first image", async () => {
  const error: unknown = await openFixture("plate-v04.zarr").catch((reason: unknown) => reason);
  expect(openFailureOf(error)).toMatchObject({
    code: "ZS-PLATE",
    action: "Add /A/2/0 to the address to see its first image.",
  });
});

/** What `make_images.py` put at an index: the position in C order plus 7 per level, modulo a prime that fits the type. */
function storedValue({ array, shape }: PyramidLevel, level: number, index: readonly number[]) {
  const prime = { 1: 127, 2: 32749 }[storedItemBytes[array.dataType]] ?? 1000003;
  return (index.reduce((position, i, d) => position * shape[d]! + i, 0) + 7 * level) % prime;
}

describe("pixels", () => {
  test.each([
    ["tczyx-v04.zarr", 0],
    ["czyx-v05.zarr", 0],
    ["yx-big-endian-v04.zarr", 0],
    ["rgb-v04.zarr", 0],
    // Its finest level is missing: what is shown first was written as level 1.
    ["cxyz-faults-v04.zarr", 1],
    ["tcyx-sharded-v05.zarr", 0],
    ["tyx-index-start-v05.zarr", 0],
    ["plain-v3.zarr", 0],
    ["plain-v2.zarr", 0],
  ])("of %s are those that were written", async (name, finest) => {
    const { image, store } = await openFixture(name);
    for (const [k, level] of image.levels.entries()) {
      const indices = cornersAndMiddle(level.shape);
      const elements = await readElements(store, level.array, indices);
      const values = indices.map((index) => storedValue(level, finest + k, index));
      // The last plane of the finest sharded level was never written.
      if (name.startsWith("tcyx-sharded") && k === 0) {
        expect(elements.at(-1)).toEqual({ kind: "fill", value: 0 });
        values[values.length - 1] = 0;
      }
      expect(elements.map((element) => "value" in element && Number(element.value))).toEqual(
        values,
      );
    }
  });
});

function cornersAndMiddle(shape: readonly number[]): readonly (readonly number[])[] {
  const first = shape.map(() => 0);
  const middle = shape.map((size) => Math.floor((size - 1) / 2));
  const lastOfFirstPlane = shape.map((size, d) => (d < shape.length - 2 ? 0 : size - 1));
  return [first, middle, lastOfFirstPlane, shape.map((size) => size - 1)];
}
