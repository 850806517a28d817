import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as zarr from "zarrita";
import { withChecksum } from "./crc32c.ts";
import { startStore, type TestStore } from "./test-store.ts";
import { levelShape, type VirtualImage, virtualValue } from "./virtual-image.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore({ origins: 1 });
});
afterAll(() => store.close());

const v2: VirtualImage = {
  format: "v2",
  axes: "czyx",
  shape: [2, 3, 50, 70],
  chunks: [1, 2, 32, 32],
  dataType: "uint16",
  pattern: "hash",
};
const v3: VirtualImage = { ...v2, format: "v3" };
const sharded: VirtualImage = { ...v3, shards: [1, 4, 64, 64], chunks: [1, 2, 32, 32] };
const pyramid = [
  { factors: [1, 1, 1, 1] },
  { factors: [1, 1, 2, 4] },
  { factors: [1, 2, 4, 16], path: "deep/2" },
];

const images: Record<string, VirtualImage> = {
  "v2-raw": v2,
  "v2-slash-blosc-lz4": { ...v2, keySeparator: "/", codec: "blosc-lz4" },
  "v2-blosc-zstd-be": { ...v2, codec: "blosc-zstd", endian: "big", dataType: "int16" },
  "v2-blosc-zlib": { ...v2, codec: "blosc-zlib", dataType: "float64" },
  "v2-zlib-f": { ...v2, codec: "zlib", order: "F" },
  "v2-lz4": { ...v2, codec: "lz4", dataType: "uint8" },
  "v2-gzip-pyramid": { ...v2, codec: "gzip", levels: pyramid },
  "v3-raw": { ...v3, dataType: "float32" },
  "v3-v2-keys": { ...v3, keyEncoding: "v2", dataType: "int8" },
  "v3-dot": { ...v3, keySeparator: ".", dataType: "int32", codec: "zstd" },
  "v3-be-transposed-crc": { ...v3, endian: "big", order: "F", codec: "gzip", checksum: true },
  "v3-blosc": { ...v3, codec: "blosc-lz4", dataType: "uint32" },
  "v3-int64": { ...v3, codec: "zstd", dataType: "int64", pattern: "ramp" },
  "v3-bool": { ...v3, dataType: "bool" },
  "v3-speckle": { ...v3, codec: "blosc-lz4", pattern: "speckle" },
  "shard-end": { ...sharded, codec: "zstd", levels: pyramid },
  "shard-crc": { ...sharded, codec: "blosc-lz4", checksum: true },
  "shard-holes": {
    ...sharded,
    fillValue: 7,
    missing: ({ coords: [c, , y, x] }) => c === 1 || (y === 0 && x === 1),
  },
  "v2-holes": { ...v2, fillValue: 9, missing: ({ coords: [, , y] }) => y === 1 },
};

describe("virtual images, read by zarrita", () => {
  it.each(Object.keys(images))("%s", async (name) => {
    const image = images[name]!;
    store.defineVirtual(name, image);
    const open = image.format === "v2" ? zarr.open.v2 : zarr.open.v3;
    const root = zarr.root(new zarr.FetchStore(store.url(name)));
    const group = await open(root, { kind: "group" });
    const ome = image.format === "v2" ? group.attrs : (group.attrs.ome as Record<string, unknown>);
    const [multiscale] = ome.multiscales as { datasets: { path: string }[] }[];
    for (const [level, dataset] of multiscale!.datasets.entries()) {
      const array = await open(root.resolve(dataset.path), { kind: "array" });
      expect(array.shape).toEqual(levelShape(image, level));
      const { data, stride } = await zarr.get(array);
      const wrong: unknown[] = [];
      const shape = array.shape;
      for (let i = 0; i < shape.reduce((n, size) => n * size, 1); i++) {
        let rest = i;
        let at = 0;
        const index = [...shape];
        for (let d = shape.length - 1; d >= 0; d--) {
          index[d] = rest % shape[d]!;
          at += index[d]! * stride[d]!;
          rest = Math.floor(rest / shape[d]!);
        }
        const stored = "get" in data ? Number(data.get(at)) : data[at];
        if (stored !== virtualValue(image, level, index)) wrong.push([index, stored]);
      }
      expect(wrong.slice(0, 5)).toEqual([]);
    }
  });
});

// zarrita 0.7.5 looks for the index at the end whatever the metadata say, so it is no oracle here.
it("puts the same inner chunks behind an index at the shard's start", async () => {
  const image: VirtualImage = {
    ...sharded,
    codec: "zstd",
    missing: ({ coords }) => coords[3] === 1,
  };
  store.defineVirtual("index-at-end", image);
  store.defineVirtual("index-at-start", { ...image, indexLocation: "start" });
  const read = async (name: string) => {
    const response = await fetch(`${store.url(name)}/0/c/0/0/0/0`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const [atEnd, atStart] = [await read("index-at-end"), await read("index-at-start")];
  const indexBytes = 16 * 8 + 4;
  const endIndex = atEnd.slice(-indexBytes);
  const startIndex = atStart.slice(0, indexBytes);
  expect(withChecksum(startIndex.slice(0, -4))).toEqual(startIndex);
  expect(atStart.slice(indexBytes)).toEqual(atEnd.slice(0, -indexBytes));
  const entries = (bytes: Uint8Array) => [...new BigUint64Array(bytes.slice(0, -4).buffer)];
  const none = 2n ** 64n - 1n;
  const moved = entries(endIndex).map((word, i) =>
    i % 2 === 0 && word !== none ? word + BigInt(indexBytes) : word,
  );
  expect(entries(startIndex)).toEqual(moved);
  expect(moved.filter((word) => word === none)).toHaveLength(8);
  const document = await fetch(`${store.url("index-at-start")}/0/zarr.json`);
  expect(await document.json()).toMatchObject({
    codecs: [{ configuration: { index_location: "start" } }],
  });
});

it("opens through consolidated metadata of both formats", async () => {
  store.defineVirtual("consolidated-2", { ...v2, consolidated: true });
  store.defineVirtual("consolidated-3", { ...v3, consolidated: true });
  for (const [name, format] of [
    ["consolidated-2", "v2"],
    ["consolidated-3", "v3"],
  ] as const) {
    const fetched = new zarr.FetchStore(store.url(name));
    const consolidated = await zarr.withConsolidatedMetadata(fetched, { format });
    expect(consolidated.contents().map(({ path }) => path)).toContain("/0");
  }
});

it("serves the far corner of a 921600 × 380928 image of ten levels without storing it", async () => {
  const levels = Array.from({ length: 10 }, (_, k) => ({ factors: [1, 2 ** k, 2 ** k] }));
  const image: VirtualImage = {
    format: "v3",
    axes: "cyx",
    shape: [3, 380928, 921600],
    chunks: [1, 512, 512],
    levels,
    dataType: "uint16",
    codec: "blosc-lz4",
  };
  store.defineVirtual("huge", image);
  const root = zarr.root(new zarr.FetchStore(store.url("huge")));
  const array = await zarr.open.v3(root.resolve("0"), { kind: "array" });
  const corner = await zarr.get(array, [2, zarr.slice(380926, null), zarr.slice(921598, null)]);
  const expected = [
    [2, 380926, 921598],
    [2, 380926, 921599],
    [2, 380927, 921598],
    [2, 380927, 921599],
  ].map((index) => virtualValue(image, 0, index));
  expect([...(corner.data as Uint16Array)]).toEqual(expected);
});
