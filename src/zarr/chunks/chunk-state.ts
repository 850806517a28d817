import type { ElementArray } from "../array/data-type.ts";

/**
 * Statistics of one plane, made where it was decoded. NaN and ±Infinity are left out. `histogram` has equal-width bins over
 * [min, max]; undefined if no element is finite.
 */
export type PlaneStatistics =
  | {
      readonly min: number;
      readonly max: number;
      readonly count: number;
      readonly histogram: Uint32Array<ArrayBuffer>;
    }
  | undefined;

/** A 2-D plane cut from one decoded chunk, rows of `width` elements. */
export type DecodedPlane = {
  readonly width: number;
  readonly height: number;
  /** Exact values for read-out. */
  readonly elements: ElementArray;
  /** Present only for complex numbers, of which `elements` are one part: real and imaginary parts in turn. */
  readonly complex?: ElementArray;
  /** Present only for types without a GPU format (float64, int64, uint64): the same plane as float32. */
  readonly texels: Float32Array<ArrayBuffer> | undefined;
  readonly statistics: PlaneStatistics;
  /** The chunk contradicts its checksum and is shown on demand: marked wherever it appears, and part of no statistics and no read-out. */
  readonly unverified?: true;
  readonly byteLength: number;
};

/** The exactly one state of a tile (DESIGN.md, decision 8). Only `data` and `fill` look like image. */
export type ChunkState =
  | { readonly kind: "pending" }
  | { readonly kind: "data"; readonly plane: DecodedPlane }
  | { readonly kind: "fill"; readonly value: number | bigint }
  | {
      readonly kind: "denied" | "error" | "corrupt" | "unverifiable";
      /** Stable code, e.g. "ZS-CRC". */
      readonly code: string;
      /** One sentence: what happened and where. Free of secrets. */
      readonly reason: string;
    };

export type ChunkStateKind = ChunkState["kind"];

export const chunkStateKinds = [
  "data",
  "fill",
  "pending",
  "denied",
  "error",
  "corrupt",
  "unverifiable",
] as const satisfies readonly ChunkStateKind[];

/** Number of tiles by state. */
export type TileCounts = Record<ChunkStateKind, number>;

/** A count of 0 for every state. */
export function emptyCounts(): TileCounts {
  return { data: 0, fill: 0, pending: 0, denied: 0, error: 0, corrupt: 0, unverifiable: 0 };
}

/** Adds to the first, and returns it. */
export function addCounts(counts: TileCounts, more: TileCounts): TileCounts {
  for (const kind of chunkStateKinds) counts[kind] += more[kind];
  return counts;
}

/** Whether a plane's values are known, and cost no request. */
export function isThere(state: ChunkState | undefined): boolean {
  return state?.kind === "data" || state?.kind === "fill";
}

/** The code of a plane of which only the checksum is wrong: the one failure that can be shown on demand. */
export const checksumCode = "ZS-CHECKSUM";

/** Whether only the checksum is wrong. */
export function isChecksumMismatch(state: ChunkState | undefined): boolean {
  return state?.kind === "corrupt" && state.code === checksumCode;
}

/** Whether a plane has a final state that holds no values. */
export function isFailed({ kind }: ChunkState): boolean {
  return kind !== "data" && kind !== "fill" && kind !== "pending";
}
