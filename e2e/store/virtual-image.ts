import type { DataType } from "../../src/zarr/array/data-type.ts";
import type { JsonObject } from "../../src/zarr/json.ts";
import { coordinateValueOf, type Pattern } from "./coordinate-value.ts";

export type VirtualCodec =
  | "none"
  | "gzip"
  | "zlib"
  | "zstd"
  | "lz4"
  | "blosc-lz4"
  | "blosc-zstd"
  | "blosc-zlib";

/** One level of the pyramid. `factors` are relative to level 0, one per axis. */
export type VirtualLevel = {
  readonly factors: readonly number[];
  /** Name of the array below the image's group; default: the level's number. */
  readonly path?: string;
  /** Default: ⌈shape₀ / factor⌉. */
  readonly shape?: readonly number[];
  /** World translation, one per axis; overrides `translations`. */
  readonly translation?: readonly number[];
};

/** A read chunk (the inner chunk where the array is sharded). */
export type VirtualChunk = { readonly level: number; readonly coords: readonly number[] };

/** An OME-Zarr image, or a plain array, that is computed when it is asked for. */
export type VirtualImage = {
  readonly format: "v2" | "v3";
  /** Default: "0.4" for v2, "0.5" for v3; before 0.4 nothing but shapes places the levels. "none" is one plain array at the root. */
  readonly ome?: "0.1" | "0.3" | "0.4" | "0.5" | "none";
  readonly name?: string;
  /** One letter per axis of `shape`: t, c, z, y, x; any other letter is a further axis. */
  readonly axes: string;
  readonly units?: Readonly<Record<string, string>>;
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  /** v3 only: chunks become the inner chunks of these. */
  readonly shards?: readonly number[];
  /** Default "end". */
  readonly indexLocation?: "start" | "end";
  /** Default: one level. */
  readonly levels?: readonly VirtualLevel[];
  /** World units per pixel of level 0, one per axis; default 1. */
  readonly scale?: readonly number[];
  /**
   * "corner" (default): each level's translation is written so that all levels share their corner; "omit": no
   * translation is written, and readers align the levels by that same rule.
   */
  readonly translations?: "corner" | "omit";
  readonly dataType: DataType;
  readonly endian?: "little" | "big";
  /** "F": stored transposed (v2 order "F", v3 codec "transpose"). */
  readonly order?: "C" | "F";
  /** Default "none". */
  readonly codec?: VirtualCodec;
  /** v3: a crc32c codec after the compressor of each (inner) chunk. */
  readonly checksum?: boolean;
  /** Default: "." for v2, "/" for v3. */
  readonly keySeparator?: "/" | ".";
  /** v3: the chunk key encoding "v2" instead of "default". */
  readonly keyEncoding?: "default" | "v2";
  readonly fillValue?: number;
  /** Read chunks that were never written; the whole shard is missing if all of its chunks are. */
  readonly missing?: (chunk: VirtualChunk) => boolean;
  /** true: one white-listed colour and a full window per channel. An object is written as it is. */
  readonly omero?: true | JsonObject;
  readonly consolidated?: boolean;
  readonly pattern?: Pattern;
  /** Goes into every value, as a further axis' index would: tells images apart that are the same otherwise. */
  readonly number?: number;
};

export function levelsOf(image: VirtualImage): readonly VirtualLevel[] {
  return image.levels ?? [{ factors: image.shape.map(() => 1) }];
}

export function levelPath(image: VirtualImage, level: number): string {
  if (image.ome === "none") return "";
  return levelsOf(image)[level]?.path ?? String(level);
}

export function levelShape(image: VirtualImage, level: number): readonly number[] {
  const { factors, shape } = levelsOf(image)[level]!;
  return shape ?? image.shape.map((size, d) => Math.max(1, Math.ceil(size / factors[d]!)));
}

/** World position of index i along each axis at a level: scale·i + translation, at the pixel's centre. */
export function levelWorldFromIndex(
  image: VirtualImage,
  level: number,
): { readonly scale: readonly number[]; readonly translation: readonly number[] } {
  const { factors, translation } = levelsOf(image)[level]!;
  const base = image.scale ?? image.shape.map(() => 1);
  return {
    scale: factors.map((factor, d) => factor * base[d]!),
    translation: translation ?? factors.map((factor, d) => ((factor - 1) * base[d]!) / 2),
  };
}

/** Whether the read chunk that holds an index exists. */
function isMissing(image: VirtualImage, level: number, index: readonly number[]): boolean {
  if (image.missing === undefined) return false;
  const coords = index.map((i, d) => Math.floor(i / image.chunks[d]!));
  return image.missing({ level, coords });
}

/** Evaluates one index of one level; all array indices in the order of `axes`. */
export type VirtualSampler = (index: readonly number[]) => number | bigint;

/** Values of a level by index, without regard to missing chunks. */
export function levelSampler(image: VirtualImage, level: number): VirtualSampler {
  const dims = { t: -1, c: -1, z: -1, y: -1, x: -1 };
  const others: number[] = [];
  for (const [d, name] of [...image.axes].entries()) {
    if (name === "t" || name === "c" || name === "z" || name === "y" || name === "x")
      dims[name] = d;
    else others.push(d);
  }
  const { t, c, z, y, x } = dims;
  const { dataType, pattern = "ramp", number = 0 } = image;
  return (index) => {
    let other = number;
    for (const d of others) other += index[d]!;
    return coordinateValueOf(
      dataType,
      pattern,
      t < 0 ? 0 : index[t]!,
      c < 0 ? 0 : index[c]!,
      z < 0 ? 0 : index[z]!,
      y < 0 ? 0 : index[y]!,
      x < 0 ? 0 : index[x]!,
      other,
      level,
    );
  };
}

/** The oracle: the value that a reader must report for an index of a level; undefined outside the array. */
export function virtualValue(
  image: VirtualImage,
  level: number,
  index: readonly number[],
): number | bigint | undefined {
  const shape = levelShape(image, level);
  if (index.some((i, d) => i < 0 || i >= shape[d]!)) return undefined;
  if (isMissing(image, level, index)) return fillElement(image);
  return levelSampler(image, level)(index);
}

/** The fill value as an element. */
export function fillElement(image: VirtualImage): number | bigint {
  const fill = image.fillValue ?? 0;
  return image.dataType === "int64" || image.dataType === "uint64" ? BigInt(fill) : fill;
}
