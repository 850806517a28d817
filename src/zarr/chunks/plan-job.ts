import type { QueuedPlane } from "./chunk-queue.ts";
import { joinRanges } from "./join-ranges.ts";
import type { ChunkItem, ChunkJob, ChunkLocation } from "./worker-protocol.ts";

/** A gap that costs less to read than a round trip, and the longest range that is worth joining. */
export const joinLimits = { maxGapBytes: 32 * 1024, maxJoinedBytes: 4 * 2 ** 20 };

/** One request and the planes that it serves. */
export type PlannedRequest = {
  readonly kind: "request";
  readonly job: ChunkJob;
  readonly planes: readonly QueuedPlane[];
  /** Planes of `job.items[i]`, or of the single item. Empty for locate. */
  readonly planesByItem: readonly (readonly QueuedPlane[])[];
  /** Upper estimate of the body, for the decision whether an abort pays. */
  readonly expectedBytes: number;
};

/** What to do next for one queued plane: a request, or nothing since the shard's index says that the chunk was never written. */
export type PlannedJob =
  | PlannedRequest
  | { readonly kind: "fill"; readonly planes: readonly QueuedPlane[] };

/** Places of inner chunks by chunkKey, as far as they are known. */
export type KnownLocations = ReadonlyMap<string, ChunkLocation>;

/**
 * Plans the one request that serves `first` and whatever queued planes it can serve as well. Pure.
 * @param ready ready planes of the same object, `first` among them
 * @param known places of the shard's inner chunks (only for access by range)
 */
export function planJob(
  first: QueuedPlane,
  ready: readonly QueuedPlane[],
  known: KnownLocations | undefined,
): PlannedJob {
  const { record } = first;
  const arrayId = record.handle.id;
  const reload = first.reload;
  if (record.access === "chunk") {
    const item = itemOf(ready);
    const job = { kind: "chunk", arrayId, reload, item } as const;
    return {
      kind: "request",
      job,
      planes: ready,
      planesByItem: [ready],
      expectedBytes: record.objectBytes,
    };
  }
  const shard = first.unit;
  if (record.access === "whole-shard") {
    const planesByItem = groupByChunk(ready);
    const items = planesByItem.map(itemOf);
    const job = { kind: "shard", arrayId, reload, shard, items } as const;
    return { kind: "request", job, planes: ready, planesByItem, expectedBytes: record.objectBytes };
  }
  const location = known?.get(first.chunkKey);
  if (location === undefined) {
    const unlocated = ready.filter((plane) => known?.get(plane.chunkKey) === undefined);
    const chunks = groupByChunk(unlocated).map((planes) => planes[0]!.ref.chunk);
    const job = { kind: "locate", arrayId, reload, shard, chunks } as const;
    return { kind: "request", job, planes: unlocated, planesByItem: [], expectedBytes: 0 };
  }
  if (location === null) {
    return { kind: "fill", planes: ready.filter((plane) => known?.get(plane.chunkKey) === null) };
  }
  const parts = groupByChunk(ready).flatMap((planes) => {
    const place = known?.get(planes[0]!.chunkKey);
    return place ? [{ offset: place.offset, length: place.length, item: planes }] : [];
  });
  const range = joinRanges(parts, joinLimits).find(({ parts: joined }) =>
    joined.some(({ item }) => item.includes(first)),
  )!;
  const planesByItem = range.parts.map(({ item }) => item);
  const items = range.parts.map(({ item, offset, length }) => ({
    ...itemOf(item),
    offset,
    length,
  }));
  const { offset, length } = range;
  const of = location.version === undefined ? {} : { version: location.version };
  const job = { kind: "range", arrayId, reload, shard, offset, length, items, ...of } as const;
  return { kind: "request", job, planes: planesByItem.flat(), planesByItem, expectedBytes: length };
}

function groupByChunk(planes: readonly QueuedPlane[]): QueuedPlane[][] {
  const groups = new Map<string, QueuedPlane[]>();
  for (const plane of planes) {
    const group = groups.get(plane.chunkKey);
    if (group) group.push(plane);
    else groups.set(plane.chunkKey, [plane]);
  }
  return [...groups.values()];
}

function itemOf(planes: readonly QueuedPlane[]): ChunkItem {
  return {
    chunk: planes[0]!.ref.chunk,
    cuts: planes.map(({ ref }) => ({ key: ref.key, cut: ref.cut })),
  };
}
