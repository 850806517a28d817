import type { CodecChain } from "../codecs/codec.ts";
import type { JsonObject } from "../json.ts";
import type { NodePath } from "../store/node-path.ts";
import type { DataType } from "./data-type.ts";
import type { StoredItem } from "./stored-item.ts";

/** Value of elements that were never written. bigint for int64 and uint64, number for all others (bool: 0 or 1). */
export type FillValue = number | bigint;

/**
 * "regular": all chunks have one shape. "rectilinear": per dimension one length for all, or the edges of the chunks, rising from 0 to the
 * array's end or beyond (`ChunkAxis`).
 */
export type ChunkGrid =
  | { readonly kind: "regular"; readonly chunkShape: readonly number[] }
  | { readonly kind: "rectilinear"; readonly axes: readonly (number | readonly number[])[] };

/** "default": `c/0/1`; "v2": `0.1`, 0-D `0` (Zarr v3 core, chunk key encoding). */
export type ChunkKeyEncoding = {
  readonly name: "default" | "v2";
  readonly separator: "/" | ".";
  /** The metadata say nothing, and writers are known that forgot to: the other separator is tried, too (N1-06). */
  readonly isAssumed?: true;
};

/** One Zarr array, v1, v2 or v3, lifted to one model. Structured-clonable: it is posted to workers. */
export type ArrayMetadata = {
  readonly zarrFormat: 1 | 2 | 3;
  /** Path of the array's node below the store's root. */
  readonly path: NodePath;
  readonly shape: readonly number[];
  /** What is shown of an element: its value, or where it is no plain number, what `item.view` names. */
  readonly dataType: DataType;
  /** undefined: the elements are plain numbers of type `dataType`. */
  readonly item?: StoredItem;
  readonly chunkGrid: ChunkGrid;
  readonly chunkKeyEncoding: ChunkKeyEncoding;
  /** As shown; the whole one is `item.fill`. */
  readonly fillValue: FillValue;
  /**
   * v1's and v2's order, filters, compressor and byte order are expressed as v3 codecs. Where elements have several numbers, the codecs are
   * those of an array with one more dimension (`laneShape`).
   */
  readonly codecs: CodecChain;
  readonly dimensionNames: readonly (string | null)[] | undefined;
  readonly attributes: JsonObject;
};

/** Indices of a chunk in a chunk grid, one per dimension. */
export type ChunkCoords = readonly number[];
