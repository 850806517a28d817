import type { ArrayMetadata } from "../array/array-metadata.ts";
import { chunkSpan } from "../array/chunk-axis.ts";
import { elementCount } from "../array/data-type.ts";
import {
  codedType,
  dataTypeName,
  itemBytes,
  type NumpyType,
  numpyTypeOf,
} from "../array/stored-item.ts";
import type { Store } from "../store/store.ts";
import { type ReadableArray, readableArray } from "./readable-array.ts";
import { RegionObjects, RegionReadError } from "./region-objects.ts";
import {
  type AxisPiece,
  type AxisRun,
  axisPieces,
  combinations,
  copyPieces,
} from "./region-pieces.ts";
import { fillBytes } from "./stored-bytes.ts";

export { RegionReadError };

/** Indices along one dimension: from `start` up to but not including `stop`, every `step`-th (1 by default). */
export type RegionAxis = { readonly start: number; readonly stop: number; readonly step?: number };

/** Chunks read so far, and all that the region needs. */
export type RegionProgress = { readonly done: number; readonly total: number };

export type ReadRegionOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RegionProgress) => void;
  /** Stored chunks (or shards) that are read at the same time; 8 by default. */
  readonly concurrency?: number;
};

/** Elements of a region, in C order. */
export type Region = {
  readonly shape: readonly number[];
  /** As the metadata spell it, and as NumPy does. */
  readonly dataType: string;
  readonly numpyType: NumpyType;
  /** Whole elements in their stored type, little-endian; the fields of records keep their own byte order. */
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Reads any region of an array through the same stores, indexes and decoders as the viewer's tiles. Chunks that were never written are
 * fill value; a chunk that is denied, fails or is corrupt ends the reading.
 *
 * @param axes one per dimension, within the array's shape
 * @example const { bytes } = await readRegion({ store, metadata }, metadata.shape.map((stop) => ({ start: 0, stop })));
 * @throws RegionReadError with the failure of a chunk; RangeError for a region that is outside, too large, or of elements of varying length;
 * MetadataError for shards that make no sense; the signal's reason
 */
export async function readRegion(
  { store, metadata }: { readonly store: Store; readonly metadata: ArrayMetadata },
  axes: readonly RegionAxis[],
  options: ReadRegionOptions = {},
): Promise<Region> {
  const runs = regionRuns(metadata.shape, axes);
  const numpyType = numpyTypeOf(metadata);
  if (numpyType === undefined) {
    const name = dataTypeName(metadata);
    throw new RangeError(
      `The array's elements, of type ${name}, have no fixed length; they cannot be read.`,
    );
  }
  const array = readableArray(0, store, metadata);
  const shape = runs.map(({ count }) => count);
  const bytes = filled(metadata, shape);
  await readInto({ shape, bytes }, array, runs, options);
  return { shape, dataType: dataTypeName(metadata), numpyType, bytes };
}

function regionRuns(shape: readonly number[], axes: readonly RegionAxis[]): AxisRun[] {
  if (axes.length !== shape.length) {
    throw new RangeError(`The array has ${shape.length} dimensions; ${axes.length} were given.`);
  }
  return axes.map(({ start, stop, step = 1 }, dim) => {
    const size = shape[dim]!;
    const isInside = start >= 0 && stop >= start && stop <= size && step >= 1;
    if (!isInside || ![start, stop, step].every(Number.isSafeInteger)) {
      throw new RangeError(`No ${start}:${stop}:${step} in dimension ${dim} of length ${size}.`);
    }
    return { start, step, count: Math.ceil((stop - start) / step), to: 0 };
  });
}

function filled(metadata: ArrayMetadata, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const fill = fillBytes(metadata.item?.fill ?? [metadata.fillValue], codedType(metadata));
  const length = elementCount(shape) * itemBytes(metadata);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(length);
  } catch (cause) {
    throw new RangeError(`A region of ${shape.join(" × ")} elements is more than fits in memory.`, {
      cause,
    });
  }
  if (fill.every((byte) => byte === 0) || length === 0) return bytes;
  bytes.set(fill);
  // Doubling: the filled start is copied behind itself.
  for (let done = fill.byteLength; done < length; done *= 2) bytes.copyWithin(done, 0, done);
  return bytes;
}

type Result = { readonly shape: readonly number[]; readonly bytes: Uint8Array<ArrayBuffer> };

async function readInto(
  result: Result,
  array: ReadableArray,
  runs: readonly AxisRun[],
  { signal, onProgress, concurrency = 8 }: ReadRegionOptions,
): Promise<void> {
  const ownStop = new AbortController();
  const stop = signal ? AbortSignal.any([signal, ownStop.signal]) : ownStop.signal;
  const objects = new RegionObjects(array, stop);
  const total = elementCount(runs.map((run, dim) => axisPieces(array.readAxes[dim]!, run).length));
  const elementBytes = itemBytes(array.metadata);
  let done = 0;
  const queue = combinations(runs.map((run, dim) => axisPieces(array.shardAxes[dim]!, run)));
  const work = async () => {
    // The workers share one generator: each takes the next object.
    for (const object of queue) {
      stop.throwIfAborted();
      const parts = [...partsOf(array, object)];
      await objects.read(coordsOf(object), parts.map(coordsOf), (index, chunk) => {
        if (chunk !== undefined) copyPieces(chunk, result, parts[index]!, elementBytes);
        done++;
        onProgress?.({ done, total });
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, work));
  } catch (error) {
    ownStop.abort();
    throw error;
  }
}

/** The read chunks of one stored object that the region needs. */
function partsOf(
  { shardAxes, readAxes }: ReadableArray,
  object: readonly AxisPiece[],
): Iterable<readonly AxisPiece[]> {
  return combinations(
    object.map((piece, dim) => {
      const { start } = chunkSpan(shardAxes[dim]!, piece.chunk);
      return axisPieces(readAxes[dim]!, { ...piece, start: start + piece.start });
    }),
  );
}

function coordsOf(pieces: readonly AxisPiece[]): number[] {
  return pieces.map(({ chunk }) => chunk);
}
