import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArrayMetadata } from "../array/array-metadata.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { nodePath } from "../store/node-path.ts";
import type { Store } from "../store/store.ts";
import { StoreError } from "../store/store-error.ts";
import { type RegionAxis, RegionReadError, readRegion } from "./read-region.ts";
import {
  type ChaosLayout,
  chaosArray,
  chaosElement,
  chaosFill,
  chaosObjects,
  isMissing,
} from "./testing/chaos-array.ts";

const layouts: Readonly<Record<string, ChaosLayout>> = {
  chunks: { shape: [4, 12, 18], shapes: [[2, 4, 6]], indexAt: "end" },
  shards: {
    shape: [4, 16, 24],
    shapes: [
      [4, 8, 12],
      [2, 4, 6],
    ],
    indexAt: "end",
  },
  nested: {
    shape: [4, 16, 24],
    shapes: [
      [4, 16, 24],
      [4, 8, 12],
      [2, 4, 6],
    ],
    indexAt: "start",
  },
};

function chaos(name: string) {
  const layout = layouts[name]!;
  const { metadata } = chaosArray(1, layout);
  return { layout, metadata, objects: chaosObjects(layout) };
}

function expectedAt({ shapes }: ChaosLayout, index: readonly number[]): number {
  const chunk = index.map((i, dim) => Math.floor(i / shapes.at(-1)![dim]!));
  return isMissing(chunk) ? chaosFill : chaosElement(index[0]!, index[1]!, index[2]!);
}

const axisOf = (size: number): fc.Arbitrary<RegionAxis> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: size }),
      fc.integer({ min: 0, max: size }),
      fc.integer({ min: 1, max: 7 }),
    )
    .map(([a, b, step]) => ({ start: Math.min(a, b), stop: Math.max(a, b), step }));

describe.each(Object.keys(layouts))("regions of an array in %s", (name) => {
  const { layout, metadata, objects } = chaos(name);
  const store = new MemoryStore("chaos", objects);

  test("any region has the elements at its indices, and fill where nothing was written", async () => {
    const [z, y, x] = layout.shape;
    await fc.assert(
      fc.asyncProperty(axisOf(z), axisOf(y), axisOf(x), async (...axes) => {
        const region = await readRegion({ store, metadata }, axes);
        const lists = axes.map(({ start, stop, step = 1 }) =>
          Array.from({ length: Math.ceil((stop - start) / step) }, (_, k) => start + k * step),
        );
        expect(region.shape).toEqual(lists.map((list) => list.length));
        const expected = lists[0]!.flatMap((i) =>
          lists[1]!.flatMap((j) => lists[2]!.map((k) => expectedAt(layout, [i, j, k]))),
        );
        expect([...region.bytes]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("progress counts every chunk once", async () => {
    const seen: number[] = [];
    let total = 0;
    const whole = metadata.shape.map((stop) => ({ start: 0, stop }));
    await readRegion({ store, metadata }, whole, {
      onProgress: (progress) => {
        seen.push(progress.done);
        total = progress.total;
      },
    });
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    expect(total).toBeGreaterThan(3);
  });
});

describe("a region that cannot be read", () => {
  const { metadata, objects } = chaos("chunks");
  const whole = metadata.shape.map((stop) => ({ start: 0, stop }));
  const failing = (error: () => Error): Store => {
    const store = new MemoryStore("chaos", objects);
    return {
      ...store,
      origin: "chaos",
      spec: store.spec,
      size: (path) => store.size(path),
      get: (path, options) =>
        path.endsWith("c/0/1/1") ? Promise.reject(error()) : store.get(path, options),
    };
  };

  test("a denied chunk is no fill: the region fails with the chunk's name", async () => {
    const store = failing(() => new StoreError("denied", "No.", { url: "u", status: 403 }));
    const reading = readRegion({ store, metadata }, whole);
    await expect(reading).rejects.toThrow(/Chunk \(0, 1, 1\) of "a"/);
    await expect(reading).rejects.toMatchObject({ failure: { kind: "denied" } });
  });

  test("a chunk of another length is corrupt", async () => {
    const short = new Map(objects);
    const [key] = [...short.keys()];
    short.set(key!, short.get(key!)!.slice(1));
    const reading = readRegion({ store: new MemoryStore("short", short), metadata }, whole);
    await expect(reading).rejects.toThrow(RegionReadError);
    await expect(reading).rejects.toMatchObject({ failure: { kind: "corrupt" } });
  });

  test("an aborted signal ends it with the signal's reason", async () => {
    const stop = new AbortController();
    const store = failing(() => {
      stop.abort(new Error("enough"));
      return new StoreError("network", "Gone.", { url: "u" });
    });
    const reading = readRegion({ store, metadata }, whole, { signal: stop.signal });
    await expect(reading).rejects.toThrow("enough");
  });

  test.each([
    [[{ start: 0, stop: 1 }], "3 dimensions; 1 were given"],
    [[{ start: 0, stop: 5 }, ...whole.slice(1)], "dimension 0 of length 4"],
    [[{ start: 2, stop: 1 }, ...whole.slice(1)], "dimension 0"],
    [[{ start: 0, stop: 1, step: 0 }, ...whole.slice(1)], "dimension 0"],
  ])("indices outside the array are refused: %j", async (axes, message) => {
    const store = new MemoryStore("chaos", objects);
    await expect(readRegion({ store, metadata }, axes)).rejects.toThrow(message);
  });
});

describe("arrays without dimensions or elements", () => {
  const { metadata } = chaos("chunks");
  const plain = (shape: number[], chunkShape: number[]): ArrayMetadata => ({
    ...metadata,
    path: nodePath("a"),
    shape,
    dataType: "uint16",
    chunkGrid: { kind: "regular", chunkShape },
  });

  test("Z3-20: a single value is one chunk", async () => {
    const store = new MemoryStore("m", new Map([["a/c", Uint8Array.of(0x34, 0x12)]]));
    const region = await readRegion({ store, metadata: plain([], []) }, []);
    expect(region).toMatchObject({ shape: [], bytes: Uint8Array.of(0x34, 0x12) });
  });

  test("ZA-09: a dimension of length 0 gives no bytes and asks for nothing", async () => {
    const store = new MemoryStore("m", new Map([["a/c/0/0", Uint8Array.of(1)]]));
    const axes = [
      { start: 0, stop: 0 },
      { start: 0, stop: 4 },
    ];
    const region = await readRegion({ store, metadata: plain([0, 4], [1, 4]) }, axes);
    expect(region).toMatchObject({ shape: [0, 4], bytes: new Uint8Array(0) });
  });
});
