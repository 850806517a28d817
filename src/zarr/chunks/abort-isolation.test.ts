import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { MemoryStore } from "../store/memory-store.ts";
import type { Store } from "../store/store.ts";
import { type ChunkRequest, planeRef } from "./chunk-request.ts";
import { ChunkScheduler } from "./chunk-scheduler.ts";
import { createInlineWorker } from "./inline-worker.ts";
import {
  type ChaosLayout,
  chaosArray,
  chaosElement,
  chaosObjects,
  grid,
  isMissing,
} from "./testing/chaos-array.ts";
import { WorkerPool } from "./worker-pool.ts";

/** Bodies large enough to be aborted, of one chunk or of several joined: whole chunks, and ranges of shards. */
const layouts: readonly ChaosLayout[] = [
  { shape: [4, 1024, 1024], shapes: [[2, 256, 256]], indexAt: "end" },
  {
    shape: [4, 1024, 512],
    shapes: [
      [4, 512, 512],
      [2, 128, 128],
    ],
    indexAt: "end",
  },
];
const objectsOf = layouts.map(chaosObjects);

/** A healthy server that takes its time; counts what is under way, and what was called off. */
function slowStore(objects: ReadonlyMap<string, Uint8Array<ArrayBuffer>>, random: () => number) {
  const inner = new MemoryStore("slow", objects);
  const counts = { underWay: 0, aborted: 0 };
  const store: Store = {
    spec: inner.spec,
    origin: inner.origin,
    size: (path) => inner.size(path),
    async get(path, options = {}) {
      counts.underWay++;
      try {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(resolve, 5 + random() * 60);
          options.signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            counts.aborted++;
            reject(options.signal?.reason);
          });
        });
      } finally {
        counts.underWay--;
      }
      const found = await inner.get(path, options);
      return found && { ...found, protocol: "http/1.1" };
    },
  };
  return { store, counts };
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test("property: however one client changes its mind, what another one wants arrives, is right, and nothing is left behind", async () => {
  vi.useFakeTimers();
  let aborted = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2 ** 31),
        fc.integer({ min: 0, max: layouts.length - 1 }),
        async (seed, which) => {
          aborted += await restlessNeighbour(seed, which);
        },
      ),
      { numRuns: 20, seed: 20_261_126 },
    );
  } finally {
    vi.useRealTimers();
  }
  // Else there was nothing to be isolated from.
  expect(aborted).toBeGreaterThan(50);
}, 60_000);

async function restlessNeighbour(seed: number, which: number): Promise<number> {
  const layout = layouts[which]!;
  const random = seeded(seed);
  const array = chaosArray(1, layout);
  const read = array.readChunkShape as readonly [number, number, number];
  const chunks = grid(layout.shape.map((size, dim) => size / read[dim]!));
  const { store, counts } = slowStore(objectsOf[which]!, random);
  const pool = new WorkerPool({
    createWorker: () => createInlineWorker(() => store),
    size: 2,
    decodedBudgetBytes: 2 ** 20,
  });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: 2 ** 20,
    diagnose: async () => "network",
    askForAbsent: async () => "missing",
    askForKnown: async () => "unknown",
    random,
  });
  scheduler.register(array, "origin");
  const some = (share: number, rank: number): ChunkRequest[] =>
    chunks.flatMap((chunk) => {
      if (random() >= share) return [];
      const cut = { yDim: 1, xDim: 2, start: [0, 0, 0], height: read[1], width: read[2] };
      const priority = { tier: "visible", rank: rank + random() } as const;
      return [{ ref: planeRef(array, chunk, cut), priority }];
    });
  const steady = some(0.3, 0);
  scheduler.setWanted("steady", steady);
  const pendingOf = (wanted: readonly ChunkRequest[]) =>
    wanted.filter(({ ref }) => scheduler.state(ref.key)?.kind === "pending").length;
  // What comes first is served first, so that it is there long before the other one comes to rest.
  for (let round = 0; round < 40; round++) {
    scheduler.setWanted("restless", some(random() * 0.8, 10));
    await vi.advanceTimersByTimeAsync(5 + random() * 30);
  }
  expect(pendingOf(steady)).toBe(0);
  for (const { ref } of steady) {
    const state = scheduler.state(ref.key);
    if (isMissing(ref.chunk)) {
      expect(state?.kind).toBe("fill");
      continue;
    }
    expect(state?.kind).toBe("data");
    if (state?.kind !== "data") continue;
    const [z, y, x] = ref.chunk.map((at, dim) => at * read[dim]!) as [number, number, number];
    const last = state.plane.elements.length - 1;
    expect(state.plane.elements[0]).toBe(chaosElement(z, y, x));
    expect(state.plane.elements[last]).toBe(chaosElement(z, y + read[1] - 1, x + read[2] - 1));
  }
  // Nobody wants anything any more: nothing is queued, runs, or is held beyond the budget.
  scheduler.setWanted("restless", []);
  scheduler.setWanted("steady", []);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(scheduler.statistics()).toMatchObject({ queued: 0, running: 0 });
  expect(pool.runningJobs).toBe(0);
  expect(counts.underWay).toBe(0);
  expect(scheduler.statistics().cacheBytes).toBeLessThanOrEqual(2 ** 20);
  expect(vi.getTimerCount()).toBe(0);
  scheduler.destroy();
  return counts.aborted;
}
