import { datedStore } from "../../app/dated-store.ts";
import { askForAbsent, askForKnown, diagnoseChunk } from "../../app/diagnose-chunk.ts";
import { readChunkShape } from "../../src/zarr/array/read-grid.ts";
import { type ArrayHandle, type PlaneRef, planeRef } from "../../src/zarr/chunks/chunk-request.ts";
import { ChunkScheduler } from "../../src/zarr/chunks/chunk-scheduler.ts";
import type { ChunkState } from "../../src/zarr/chunks/chunk-state.ts";
import { createInlineWorker } from "../../src/zarr/chunks/inline-worker.ts";
import { WorkerPool } from "../../src/zarr/chunks/worker-pool.ts";
import { openHierarchy } from "../../src/zarr/hierarchy/hierarchy.ts";
import { openImage } from "../../src/zarr/image/open-image.ts";
import { type HttpStoreOptions, httpStoreFromUrl } from "../../src/zarr/store/http-store.ts";
import { rootPath } from "../../src/zarr/store/node-path.ts";
import { openStore } from "../../src/zarr/store/open-store.ts";
import { type VirtualImage, virtualValue } from "../store/virtual-image.ts";

/** The way of the data from an address to decoded planes as in the page, over real HTTP, with the worker's code in this thread. */
export type NetworkRig = {
  readonly scheduler: ChunkScheduler;
  /** The whole chunk as one plane, for each coordinate (row, column) of a two-dimensional level. */
  plane(level: number, row: number, column: number): PlaneRef;
  /** All chunks of a level. */
  planes(level: number): readonly PlaneRef[];
  want(planes: readonly PlaneRef[]): void;
  /** States once none of the planes is pending. */
  settled(planes: readonly PlaneRef[]): Promise<readonly ChunkState[]>;
  /** Pixels of the planes that are data and not what the image's definition says. */
  wrongPixels(image: VirtualImage, level: number, planes: readonly PlaneRef[]): number;
};

const giveUpMs = 15_000;

/** Opens a virtual image "yx" of the test store. */
export async function openRig(
  url: string,
  options: HttpStoreOptions & {
    /** Opened at this time. */
    readonly openedAtMs?: number;
    /** For the jitter: small numbers make short pauses. */
    readonly random?: () => number;
  } = {},
): Promise<NetworkRig> {
  const { openedAtMs, random = () => 0.02, ...http } = options;
  const store = datedStore(httpStoreFromUrl(url, http), openedAtMs);
  const { image } = await openImage(openHierarchy(store, { delayMs: () => 5 }), rootPath);
  const pool = new WorkerPool({
    createWorker: () => createInlineWorker((spec) => openStore(spec, http)),
    size: 2,
    decodedBudgetBytes: 2 ** 26,
  });
  const scheduler = new ChunkScheduler({
    pool,
    cacheBudgetBytes: 2 ** 26,
    diagnose: diagnoseChunk,
    askForAbsent,
    askForKnown,
    random,
    restPolicy: { firstMs: 20, secondMs: 100, longestMs: 400 },
  });
  const arrays = image.levels.map(({ array }, level): ArrayHandle => {
    return {
      id: level + 1,
      store: store.spec,
      metadata: array,
      readChunkShape: readChunkShape(array),
    };
  });
  for (const array of arrays) scheduler.register(array, store.origin);

  function plane(level: number, row: number, column: number): PlaneRef {
    const array = arrays[level]!;
    const [height = 0, width = 0] = array.readChunkShape;
    return planeRef(array, [row, column], { yDim: 0, xDim: 1, start: [0, 0], height, width });
  }
  return {
    scheduler,
    plane,
    planes(level) {
      const { metadata, readChunkShape: chunk } = arrays[level]!;
      const [rows = 0, columns = 0] = metadata.shape.map((size, d) => Math.ceil(size / chunk[d]!));
      return Array.from({ length: rows * columns }, (_, i) =>
        plane(level, Math.floor(i / columns), i % columns),
      );
    },
    want(planes) {
      const priority = (rank: number) => ({ tier: "visible", rank }) as const;
      scheduler.setWanted(
        "test",
        planes.map((ref, rank) => ({ ref, priority: priority(rank) })),
      );
    },
    async settled(planes) {
      const state = ({ key }: PlaneRef) => scheduler.state(key) ?? { kind: "pending" as const };
      const giveUpAt = performance.now() + giveUpMs;
      while (planes.some((ref) => state(ref).kind === "pending")) {
        if (performance.now() > giveUpAt) throw new Error("Some planes are still pending.");
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      return planes.map(state);
    },
    wrongPixels(image, level, planes) {
      let wrong = 0;
      for (const ref of planes) {
        const state = scheduler.state(ref.key);
        if (state?.kind !== "data") continue;
        const { height, width } = ref.cut;
        for (const [at, value] of state.plane.elements.entries()) {
          const [row = 0, column = 0] = ref.chunk;
          const y = row * height + Math.floor(at / width);
          const x = column * width + (at % width);
          const expected = virtualValue(image, level, [y, x]);
          // Beyond the array's edge a chunk holds padding.
          if (expected !== undefined && value !== expected) wrong++;
        }
      }
      return wrong;
    },
  };
}

/** How many states there are of each kind. */
export function countKinds(states: readonly ChunkState[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of states) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Codes of the states that are failures, each once. */
export function codesOf(states: readonly ChunkState[]): readonly string[] {
  return [...new Set(states.flatMap((state) => ("code" in state ? [state.code] : [])))].sort();
}
