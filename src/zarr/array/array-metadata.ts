import type { CodecChain } from "../codecs/codec.ts";
import type { JsonObject } from "../json.ts";
import type { NodePath } from "../store/node-path.ts";
import type { DataType } from "./data-type.ts";

/** Value of elements that were never written. bigint for int64 and uint64, number for all others (bool: 0 or 1). */
export type FillValue = number | bigint;

/** The regular grid; other grids are refused by name until they are read. */
export type ChunkGrid = { readonly kind: "regular"; readonly chunkShape: readonly number[] };

/** "default": `c/0/1`; "v2": `0.1`, 0-D `0` (Zarr v3 core, chunk key encoding). */
export type ChunkKeyEncoding = { readonly name: "default" | "v2"; readonly separator: "/" | "." };

/** One Zarr array, v2 or v3, lifted to one model. Structured-clonable: it is posted to workers. */
export type ArrayMetadata = {
  readonly zarrFormat: 2 | 3;
  /** Path of the array's node below the store's root. */
  readonly path: NodePath;
  readonly shape: readonly number[];
  readonly dataType: DataType;
  readonly chunkGrid: ChunkGrid;
  readonly chunkKeyEncoding: ChunkKeyEncoding;
  readonly fillValue: FillValue;
  /** v2's order, filters, compressor and byte order are expressed as v3 codecs. */
  readonly codecs: CodecChain;
  readonly dimensionNames: readonly (string | null)[] | undefined;
  readonly attributes: JsonObject;
};

/** Indices of a chunk in a chunk grid, one per dimension. */
export type ChunkCoords = readonly number[];
