import { isChunkKey, roundTrips } from "./harness/told-by-log.ts";
import { expect, test } from "./harness.ts";
import { coordinateImages, whiteChannel } from "./store/coordinate-images.ts";
import type { LoggedRequest } from "./store/request-log.ts";

/** Keys and ranges of the requests for chunks. */
function chunkReads(log: readonly LoggedRequest[]): string[] {
  return log
    .filter(({ key, method }) => method === "GET" && isChunkKey(key))
    .map(({ key, range }) => `${key} ${range ?? ""}`);
}

test.use({ savesData: true });

for (const name of ["v2-slash", "v3-shard-end"] as const) {
  test(`${name}: panning there and back requests nothing twice, and metadata is read once`, async ({
    store,
    viewer,
  }) => {
    await viewer.open(store.url(name));
    const view = await viewer.view();
    const [x, y] = view.target;
    await viewer.setState({ view: { target: [x - 60, y - 40], zoom: 2 } });
    await viewer.setState({ view: { target: [x + 80, y + 60] } });
    const there = store.log().length;
    await viewer.setState({ view: { target: [x - 60, y - 40] } });
    await viewer.setState({ view: { target: [x, y], zoom: view.zoom } });
    await viewer.setState({ channels: [{ index: 0, visible: false }] });
    await viewer.setState({ channels: [{ index: 0, visible: true }] });
    expect(store.log()).toHaveLength(there);
    const reads = chunkReads(store.log());
    expect(new Set(reads).size).toBe(reads.length);
    const keys = store
      .log()
      .filter(({ key }) => !isChunkKey(key))
      .map(({ key, method }) => `${method} ${key}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
}

test("after panning away nothing is requested that is no longer wanted, and large bodies in flight are aborted", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("large-chunks", {
    ...coordinateImages.v3,
    shape: [1, 1, 1, 8192, 8192],
    // Large enough to be aborted, and so many in view that some wait for a slot.
    chunks: [1, 1, 1, 256, 256],
    levels: [{ factors: [1, 1, 1, 1, 1] }, { factors: [1, 1, 1, 8, 8] }],
    scale: [1, 1, 1, 1, 1],
    codec: "none",
  });
  const left = Array.from({ length: 12 }, (_, x) => x);
  store.setScenario("slow", [
    // The page may see that it is HTTP/1.1, and keeps to twelve slots.
    { timingAllowed: true },
    { key: "0/c/**", latencyMs: 60 },
    // Of the columns that are left half a minute for a body: none is there before it is given up.
    { key: left.map((x) => `0/c/**/${x}`), bytesPerSecond: 5_000 },
  ]);
  await viewer.open(store.url("large-chunks", { scenario: "slow" }));
  /** Returns when the page has had a frame to see it in. */
  const jump = (target: [number, number]) =>
    viewer.page.evaluate(async (to) => {
      void window.zarrscope?.setState({ view: { target: to, zoom: 0 } });
      for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
    }, target);
  await jump([1000, 1000]);
  const columnOf = (key: string) => Number(key.split("/").at(-1));
  const fine = () => store.log({ key: /^0\/c\// });
  const before = () => fine().filter(({ key }) => columnOf(key) < left.length);
  await expect.poll(() => before().length).toBeGreaterThan(2);
  await jump([7000, 7000]);
  await viewer.settled();
  // The page has given them up; the server may learn it a moment later.
  await expect.poll(() => before().every(({ aborted }) => aborted)).toBe(true);
  // Only those that had slots were sent: six at once, and six that the browser kept waiting.
  expect(before().length).toBeLessThanOrEqual(12);
  const reached = fine().filter(({ key }) => columnOf(key) >= 22);
  expect(reached.every(({ aborted }) => !aborted)).toBe(true);
});

test("six inner chunks of one shard arrive in less than three round trips after its index", async ({
  store,
  viewer,
}) => {
  store.defineVirtual("one-shard", {
    ...coordinateImages["v3-shard-end"],
    axes: "yx",
    // Three megabytes: too much to be read whole.
    shape: [1024, 1536],
    chunks: [512, 512],
    shards: [1024, 1536],
    levels: [{ factors: [1, 1] }],
    scale: [1, 1],
    codec: "none",
    omero: whiteChannel,
  });
  store.setScenario("far", { latencyMs: 200 });
  const tiles = await viewer.open(store.url("one-shard", { scenario: "far" }));
  expect(tiles.data).toBe(6);
  const reads = store.log({ key: /^0\/c\// }).filter(({ method }) => method === "GET");
  const rest = reads.slice(1);
  expect(rest.length).toBeGreaterThan(0);
  expect(rest.every(({ endMs }) => endMs !== undefined)).toBe(true);
  // The index is one trip more; who waits for it and for nothing else is done in two.
  expect(roundTrips(rest)).toBeLessThan(3);
});

test("what a coarse level has in one shard is read in one trip, without the index first", async ({
  store,
  viewer,
}) => {
  const image = {
    ...coordinateImages["v3-shard-end"],
    axes: "yx",
    shape: [4096, 4096],
    chunks: [256, 256],
    // Of the coarser level there are 16 inner chunks, two megabytes; a shard of the finer one holds 32.
    shards: [4096, 4096],
    levels: [{ factors: [1, 1] }, { factors: [4, 4] }],
    scale: [1, 1],
    omero: whiteChannel,
  } as const;
  store.defineVirtual("coarse-shard", image);
  const tiles = await viewer.open(store.url("coarse-shard"));
  expect(tiles.data).toBe(16);
  const reads = store.log({ key: /^1\/c\// });
  expect(reads.map(({ method, range }) => `${method} ${range ?? ""}`)).toEqual(["GET "]);
  await viewer.expectScreen(image);
  // Of the finer one what is in view.
  store.clearLog();
  await viewer.setState({ view: { target: [2048, 2048], zoom: 0 } });
  const fine = store.log({ key: /^0\/c\// }).filter(({ method }) => method === "GET");
  expect(fine.length).toBeGreaterThan(0);
  expect(fine.every(({ range }) => range !== undefined)).toBe(true);
});

test("slots: never more than twelve requests at once over HTTP/1.1", async ({ store, viewer }) => {
  store.setScenario("far", { latencyMs: 30, timingAllowed: true });
  await viewer.open(store.url("v2-slash", { scenario: "far" }));
  await viewer.setState({ view: { zoom: 1 } });
  expect(store.maxInFlight()).toBeLessThanOrEqual(12);
});

test("no codec is loaded or run on the main thread", async ({ store, viewer, page }) => {
  // Whatever could decode is watched: the page's own realm only, workers have theirs.
  await page.addInitScript(() => {
    const used: string[] = [];
    Object.assign(globalThis, { decodersUsed: used });
    for (const name of ["instantiate", "compile", "instantiateStreaming"] as const) {
      const original = WebAssembly[name] as (...args: unknown[]) => unknown;
      const watched = (...args: unknown[]) => {
        used.push(`WebAssembly.${name}`);
        return original(...args);
      };
      Object.assign(WebAssembly, { [name]: watched });
    }
    globalThis.DecompressionStream = class extends DecompressionStream {
      constructor(format: CompressionFormat) {
        used.push(`DecompressionStream ${format}`);
        super(format);
      }
    };
  });
  for (const name of ["v2-dot", "v2-slash", "v3", "v3-gzip-hash", "big-endian"] as const) {
    await viewer.open(store.url(name));
    // Worker scripts do not show among the page's own resources.
    const [used, scripts] = await page.evaluate(() => [
      (globalThis as unknown as { decodersUsed: string[] }).decodersUsed,
      performance.getEntriesByType("resource").map(({ name: url }) => new URL(url).pathname),
    ]);
    expect(used).toEqual([]);
    const codecs = scripts?.filter((path) =>
      /blosc|zstd|lz4|deflate|numcodecs|shard|\.wasm/i.test(path),
    );
    expect(codecs?.filter((path) => !path.startsWith("/v3-"))).toEqual([]);
    const { decodedChunks, workers } = await viewer.stats();
    expect(decodedChunks).toBeGreaterThan(0);
    expect(workers).toBeGreaterThan(0);
  }
});
