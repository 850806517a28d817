import { gzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import type { ArrayMetadata } from "../array/array-metadata.ts";
import { crc32c } from "../codecs/checksums/crc.ts";
import { MemoryStore } from "../store/memory-store.ts";
import { nodePath } from "../store/node-path.ts";
import type { Store, StoreReadOptions } from "../store/store.ts";
import { StoreError } from "../store/store-error.ts";
import { ChunkReader } from "./chunk-reader.ts";
import type { ChunkJob, ChunkOutcome, JobEvent } from "./worker-protocol.ts";

const little = { name: "bytes", configuration: { endian: "little" } };
const gzip = { name: "gzip", configuration: { level: 1 } };

/** 2 × 8 × 8 uint16 in chunks of 2 × 4 × 4: each chunk holds two planes. Element = its C-order offset in the array. */
function metadataOf(change: Partial<ArrayMetadata> = {}): ArrayMetadata {
  return {
    zarrFormat: 3,
    path: nodePath("a"),
    shape: [2, 8, 8],
    dataType: "uint16",
    chunkGrid: { kind: "regular", chunkShape: [2, 4, 4] },
    chunkKeyEncoding: { name: "default", separator: "/" },
    fillValue: 7,
    codecs: { arrayToArray: [], arrayToBytes: little, bytesToBytes: [gzip] },
    dimensionNames: undefined,
    attributes: {},
    ...change,
  };
}

function elementsOf(y0: number, x0: number): Uint16Array<ArrayBuffer> {
  const elements = new Uint16Array(2 * 4 * 4);
  for (let z = 0, i = 0; z < 2; z++) {
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++, i++) elements[i] = z * 64 + (y0 + y) * 8 + x0 + x;
    }
  }
  return elements;
}

function encoded(y0: number, x0: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(elementsOf(y0, x0).buffer));
}

/** A store that counts, and fails where it is told to. */
function storeOf(
  entries: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  fail?: (key: string) => Error | undefined,
) {
  const inner = new MemoryStore("m", entries);
  const reads: { key: string; options: StoreReadOptions | undefined }[] = [];
  const store: Store = {
    spec: inner.spec,
    origin: inner.origin,
    async get(path, options) {
      reads.push({ key: path, options });
      const error = fail?.(path);
      if (error) throw error;
      return inner.get(path, options);
    },
    size: (path) => inner.size(path),
  };
  return { store, reads };
}

function readerOf(store: Store, metadata: ArrayMetadata): ChunkReader {
  const reader = new ChunkReader(() => store);
  reader.register(1, store.spec, metadata);
  return reader;
}

async function run(reader: ChunkReader, job: ChunkJob): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  await reader.run(job, new AbortController().signal, (event) => events.push(event));
  expect(events.at(-1)).toEqual({ kind: "done" });
  return events;
}

const cutAt = (z: number) => ({ yDim: 1, xDim: 2, start: [z, 0, 0], height: 4, width: 4 });

function chunkJob(chunk: number[], planes: number[]): ChunkJob & { kind: "chunk" } {
  const cuts = planes.map((z) => ({ key: `z${z}`, cut: cutAt(z) }));
  return { kind: "chunk", arrayId: 1, reload: false, item: { chunk, cuts } };
}

function outcomesOf(events: readonly JobEvent[]): ChunkOutcome[] {
  return events.flatMap((event) => (event.kind === "outcome" ? [event.outcome] : []));
}

function failureOf(event: JobEvent) {
  if (event.kind === "failed") return [event.failure];
  return event.kind === "outcome" && event.outcome.kind === "failed" ? [event.outcome.failure] : [];
}

/** First element of each plane of an outcome, or its kind. */
function shown(outcome: ChunkOutcome | undefined) {
  if (outcome?.kind === "failed") return `${outcome.failure.kind} ${outcome.failure.retry}`;
  if (outcome?.kind !== "planes") return outcome?.kind;
  return outcome.planes.map(({ key, plane }) => `${key}=${plane.elements[0]}`).join(" ");
}

test("a chunk that holds two planes is fetched and decoded once, and cut twice", async () => {
  const { store, reads } = storeOf(new Map([["a/c/0/1/1", encoded(4, 4)]]));
  const reader = readerOf(store, metadataOf());
  const first = await run(reader, chunkJob([0, 1, 1], [0]));
  const second = await run(reader, chunkJob([0, 1, 1], [1]));
  expect([shown(outcomesOf(first)[0]), shown(outcomesOf(second)[0])]).toEqual(["z0=36", "z1=100"]);
  expect(reads).toHaveLength(1);
  expect(second[0]).toMatchObject({ kind: "transferred", transfer: { requests: 0 } });
});

test("Z2-08 a missing chunk is fill", async () => {
  const { store } = storeOf(new Map());
  const events = await run(readerOf(store, metadataOf()), chunkJob([0, 0, 0], [0]));
  expect(outcomesOf(events)).toEqual([{ kind: "fill" }]);
});

test("C02 C03 C04 truncated, over-long and empty chunks are corrupt, never padded", async () => {
  const raw = { arrayToArray: [], arrayToBytes: little, bytesToBytes: [] };
  const whole = new Uint8Array(elementsOf(0, 0).buffer);
  const longer = new Uint8Array(whole.length + 2);
  for (const bytes of [whole.slice(0, 10), whole.slice(0, 63), new Uint8Array(0), longer]) {
    const { store } = storeOf(new Map([["a/c/0/0/0", bytes]]));
    const events = await run(
      readerOf(store, metadataOf({ codecs: raw })),
      chunkJob([0, 0, 0], [0]),
    );
    const [failure] = events.flatMap(failureOf);
    expect(failure).toMatchObject({ kind: "corrupt", retry: "reload" });
  }
});

test("G07 where the browser gives no memory the chunk is an error that is tried again, not corrupt; caches make room", async () => {
  const { store, reads } = storeOf(
    new Map([
      ["a/c/0/0/0", encoded(0, 0)],
      ["a/c/0/0/1", encoded(0, 4)],
    ]),
  );
  const reader = readerOf(store, metadataOf());
  await run(reader, chunkJob([0, 0, 0], [0]));
  const Original = Uint16Array;
  const refuse = () => {
    throw new RangeError("Array buffer allocation failed");
  };
  vi.stubGlobal("Uint16Array", new Proxy(Original, { construct: refuse }));
  const events = await run(reader, chunkJob([0, 0, 1], [0]));
  vi.unstubAllGlobals();
  expect(events.flatMap(failureOf)).toMatchObject([
    { kind: "error", code: "ZS-MEMORY", retry: "later" },
  ]);
  // It works once there is memory; what was kept was let go, and is read again.
  expect(shown(outcomesOf(await run(reader, chunkJob([0, 0, 1], [0])))[0])).toBe("z0=4");
  const before = reads.length;
  await run(reader, chunkJob([0, 0, 0], [1]));
  expect(reads.length).toBe(before + 1);
});

test("each failure of the store becomes its own state", async () => {
  const url = "https://host/a";
  const cases = [
    [new StoreError("denied", "403", { url, status: 403 }), "denied", "no"],
    [new StoreError("status", "500", { url, status: 500 }), "error", "later"],
    [new StoreError("network", "no answer", { url }), "error", "later"],
    [new StoreError("range", "no ranges", { url }), "error", "no"],
    [new StoreError("html", "a web page", { url }), "corrupt", "reload"],
  ] as const;
  for (const [error, kind, retry] of cases) {
    const { store } = storeOf(new Map(), () => error);
    const events = await run(readerOf(store, metadataOf()), chunkJob([0, 0, 0], [0]));
    expect(events[0]).toMatchObject({ kind: "failed", failure: { kind, retry } });
  }
});

/** One shard of 2 × 8 × 8 with four inner chunks of which the last is missing; index with crc32c at its end. */
function shardBytes(): Uint8Array<ArrayBuffer> {
  const chunks = [encoded(0, 0), encoded(0, 4), encoded(4, 0)];
  const index = new DataView(new ArrayBuffer(4 * 16 + 4));
  let offset = 0;
  for (const [i, chunk] of chunks.entries()) {
    index.setBigUint64(i * 16, BigInt(offset), true);
    index.setBigUint64(i * 16 + 8, BigInt(chunk.length), true);
    offset += chunk.length;
  }
  index.setBigUint64(48, 2n ** 64n - 1n, true);
  index.setBigUint64(56, 2n ** 64n - 1n, true);
  index.setUint32(64, crc32c(new Uint8Array(index.buffer, 0, 64)), true);
  return new Uint8Array(Buffer.concat([...chunks, new Uint8Array(index.buffer)]));
}

const sharded = metadataOf({
  chunkGrid: { kind: "regular", chunkShape: [2, 8, 8] },
  codecs: {
    arrayToArray: [],
    arrayToBytes: {
      name: "sharding_indexed",
      configuration: {
        chunk_shape: [2, 4, 4],
        codecs: [little, gzip],
        index_codecs: [little, { name: "crc32c" }],
        index_location: "end",
      },
    },
    bytesToBytes: [],
  },
});

test("Z3-34 a small shard is read whole, once; a missing inner chunk is fill", async () => {
  const { store, reads } = storeOf(new Map([["a/c/0/0/0", shardBytes()]]));
  const reader = readerOf(store, sharded);
  const items = [
    { chunk: [0, 0, 1], cuts: [{ key: "z0", cut: cutAt(0) }] },
    { chunk: [0, 1, 1], cuts: [{ key: "z0", cut: cutAt(0) }] },
  ];
  const job = { kind: "shard", arrayId: 1, reload: false, shard: [0, 0, 0], items } as const;
  const outcomes = outcomesOf(await run(reader, job));
  expect(outcomes.map(shown)).toEqual(["z0=4", "fill"]);
  const later = { ...job, items: [{ chunk: [0, 1, 0], cuts: [{ key: "z1", cut: cutAt(1) }] }] };
  expect(outcomesOf(await run(reader, later)).map(shown)).toEqual(["z1=96"]);
  expect(reads).toHaveLength(1);
});

test("locate then range: the index is fetched once, the range only as long as it must be", async () => {
  const { store, reads } = storeOf(new Map([["a/c/0/0/0", shardBytes()]]));
  const reader = readerOf(store, sharded);
  const chunks = [
    [0, 0, 0],
    [0, 0, 1],
    [0, 1, 1],
  ];
  const locate = { kind: "locate", arrayId: 1, reload: false, shard: [0, 0, 0], chunks } as const;
  const events = await run(reader, locate);
  const located = events.find((event) => event.kind === "located");
  const places = located?.kind === "located" ? located.locations : [];
  expect(places[2]).toBeNull();
  await run(reader, locate);
  expect(reads.map(({ options }) => options?.range)).toEqual([{ suffixLength: 68 }]);
  const second = places[1]!;
  const item = { chunk: [0, 0, 1], cuts: [{ key: "z1", cut: cutAt(1) }], ...second };
  const range = {
    kind: "range",
    arrayId: 1,
    reload: false,
    shard: [0, 0, 0],
    ...second,
    items: [item],
  } as const;
  expect(outcomesOf(await run(reader, range)).map(shown)).toEqual(["z1=68"]);
  expect(reads[1]?.options?.range).toEqual(second);
});

test("R07 R08 a wrong index checksum and an entry behind the shard's end are corrupt", async () => {
  const badChecksum = shardBytes();
  badChecksum[badChecksum.length - 1]! ^= 1;
  const badEntry = shardBytes();
  const view = new DataView(badEntry.buffer);
  const start = badEntry.length - 68;
  view.setBigUint64(start + 8, 200n, true);
  view.setBigUint64(start, BigInt(badEntry.length - 100), true);
  view.setUint32(start + 64, crc32c(badEntry.subarray(start, start + 64)), true);
  for (const bytes of [badChecksum, badEntry]) {
    const { store } = storeOf(new Map([["a/c/0/0/0", bytes]]));
    const job = {
      kind: "locate",
      arrayId: 1,
      reload: false,
      shard: [0, 0, 0],
      chunks: [[0, 0, 0]],
    } as const;
    const events = await run(readerOf(store, sharded), job);
    expect(events[0]).toMatchObject({ kind: "failed", failure: { kind: "corrupt" } });
  }
});

test("an aborted job says nothing more and is no failure", async () => {
  const controller = new AbortController();
  const { store } = storeOf(new Map());
  const hanging: Store = {
    ...store,
    get: (_path, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      }),
  };
  const events: JobEvent[] = [];
  const running = readerOf(hanging, metadataOf()).run(
    chunkJob([0, 0, 0], [0]),
    controller.signal,
    (e) => events.push(e),
  );
  controller.abort();
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
  expect(events).toEqual([]);
});

test("a chunk of several planes that was never written is asked for once", async () => {
  const { store, reads } = storeOf(new Map());
  const reader = readerOf(store, metadataOf());
  for (const z of [0, 1]) {
    expect(outcomesOf(await run(reader, chunkJob([0, 0, 0], [z])))).toEqual([{ kind: "fill" }]);
  }
  expect(reads).toHaveLength(1);
  await run(reader, { ...chunkJob([0, 0, 0], [0]), reload: true });
  expect(reads).toHaveLength(2);
});

test("a whole shard that was rewritten is read by its own index, not by the one it had before", async () => {
  const raw = new Uint8Array(Buffer.concat([shardBytes()]));
  const entries = new Map([["a/c/0/0/0", raw]]);
  const { store } = storeOf(entries);
  const reader = readerOf(store, sharded);
  const items = [{ chunk: [0, 0, 1], cuts: [{ key: "z0", cut: cutAt(0) }] }];
  const job = { kind: "shard", arrayId: 1, reload: false, shard: [0, 0, 0], items } as const;
  expect(outcomesOf(await run(reader, job)).map(shown)).toEqual(["z0=4"]);
  // The first two inner chunks change places, as after an update in place.
  const swapped = raw.slice();
  const view = new DataView(swapped.buffer);
  const start = swapped.length - 68;
  const entry = (i: number) => raw.slice(start + 16 * i, start + 16 * (i + 1));
  swapped.set(entry(1), start);
  swapped.set(entry(0), start + 16);
  view.setUint32(start + 64, crc32c(swapped.subarray(start, start + 64)), true);
  entries.set("a/c/0/0/0", swapped);
  const again = await run(reader, { ...job, reload: true });
  expect(outcomesOf(again).map(shown)).toEqual(["z0=0"]);
});

test("a chunk that stays here is not emptied by handing one of its planes over", async () => {
  const flat = metadataOf({
    shape: [1, 8, 8],
    chunkGrid: { kind: "regular", chunkShape: [1, 4, 4] },
    codecs: { arrayToArray: [], arrayToBytes: little, bytesToBytes: [] },
  });
  const bytes = new Uint8Array(elementsOf(0, 0).buffer.slice(0, 32));
  const { store } = storeOf(new Map([["a/c/0/0/0", bytes]]));
  const reader = readerOf(store, flat);
  const whole = { key: "xy", cut: cutAt(0) };
  const side = { key: "xz", cut: { yDim: 0, xDim: 2, start: [0, 1, 0], height: 1, width: 4 } };
  const ask = async (...cuts: (typeof whole)[]) => {
    const job = {
      kind: "chunk",
      arrayId: 1,
      reload: false,
      item: { chunk: [0, 0, 0], cuts },
    } as const;
    const [outcome] = outcomesOf(await run(reader, job));
    const text = shown(outcome);
    // What the worker does with it.
    if (outcome?.kind === "planes") {
      for (const { plane } of outcome.planes)
        structuredClone(plane, { transfer: [plane.elements.buffer] });
    }
    return text;
  };
  expect(await ask(whole, side)).toBe("xy=0 xz=8");
  expect(await ask(whole)).toBe("xy=0");
  expect(await ask(side)).toBe("xz=8");
});

test("an abort that nobody here asked for is a failure to be tried again, never silence", async () => {
  const { store } = storeOf(new Map(), () => new DOMException("gone", "AbortError"));
  const events = await run(readerOf(store, metadataOf()), chunkJob([0, 0, 0], [0]));
  expect(events.flatMap(failureOf)).toMatchObject([{ kind: "error", retry: "later" }]);
});

test("a job that is aborted while it decodes decodes no further", async () => {
  const { store } = storeOf(new Map([["a/c/0/0/0", shardBytes()]]));
  const reader = readerOf(store, sharded);
  const items = [
    [0, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
  ].map((chunk) => ({
    chunk,
    cuts: [{ key: `${chunk}`, cut: cutAt(0) }],
  }));
  const controller = new AbortController();
  const events: JobEvent[] = [];
  const job = { kind: "shard", arrayId: 1, reload: false, shard: [0, 0, 0], items } as const;
  const running = reader.run(job, controller.signal, (event) => {
    events.push(event);
    if (event.kind === "outcome") controller.abort();
  });
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
  expect(events.filter(({ kind }) => kind === "outcome")).toHaveLength(1);
});
