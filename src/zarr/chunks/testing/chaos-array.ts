import type { ArrayMetadata } from "../../array/array-metadata.ts";
import type { CodecSpec } from "../../codecs/codec.ts";
import { nodePath } from "../../store/node-path.ts";
import type { ArrayHandle } from "../chunk-request.ts";

type Shape = readonly [number, number, number];

/** How a uint8 test array (z, y, x) is stored: chunks, or shards of inner chunks, nested shards between them if there are three shapes. */
export type ChaosLayout = {
  readonly shape: Shape;
  /** Chunk or shard, then what is inside; the last one is what is read. */
  readonly shapes: readonly Shape[];
  readonly indexAt: "start" | "end";
};

export const chaosFill = 255;

export function chaosElement(z: number, y: number, x: number): number {
  return (z * 7 + y * 13 + x * 31 + ((y * x) >> 4)) % 251;
}

/** Every seventh read chunk or so was never written. */
export function isMissing(chunk: readonly number[]): boolean {
  return (chunk[0]! * 5 + chunk[1]! * 3 + chunk[2]!) % 7 === 3;
}

export function chaosArray(id: number, layout: ChaosLayout): ArrayHandle {
  const { shape, shapes } = layout;
  const metadata: ArrayMetadata = {
    zarrFormat: 3,
    path: nodePath("a"),
    shape: [...shape],
    dataType: "uint8",
    chunkGrid: { kind: "regular", chunkShape: [...shapes[0]!] },
    chunkKeyEncoding: { name: "default", separator: "/" },
    fillValue: chaosFill,
    codecs: { arrayToArray: [], arrayToBytes: codecOf(layout, 1), bytesToBytes: [] },
    dimensionNames: undefined,
    attributes: {},
  };
  const store = { kind: "memory", name: "chaos", entries: new Map() } as const;
  return { id, store, metadata, readChunkShape: [...shapes.at(-1)!] };
}

/** All stored objects by key. */
export function chaosObjects(layout: ChaosLayout): Map<string, Uint8Array<ArrayBuffer>> {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  const outer = layout.shapes[0]!;
  for (const coords of grid(layout.shape.map((size, dim) => Math.ceil(size / outer[dim]!)))) {
    const encoded = encode(
      layout,
      0,
      coords.map((c, dim) => c * outer[dim]!),
    );
    if (encoded) objects.set(`a/c/${coords.join("/")}`, encoded);
  }
  return objects;
}

function codecOf(layout: ChaosLayout, depth: number): CodecSpec {
  const inner = layout.shapes[depth];
  if (inner === undefined) return { name: "bytes", configuration: {} };
  return {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: [...inner],
      codecs: [codecOf(layout, depth + 1)],
      index_codecs: [{ name: "bytes", configuration: { endian: "little" } }],
      index_location: layout.indexAt,
    },
  };
}

function encode(
  layout: ChaosLayout,
  depth: number,
  origin: readonly number[],
): Uint8Array<ArrayBuffer> | undefined {
  const shape = layout.shapes[depth]!;
  const inner = layout.shapes[depth + 1];
  if (inner === undefined) {
    return isMissing(origin.map((at, dim) => at / shape[dim]!))
      ? undefined
      : elements(shape, origin);
  }
  const counts = shape.map((size, dim) => size / inner[dim]!);
  const parts = grid(counts).map((coords) => {
    const at = coords.map((c, dim) => origin[dim]! + c * inner[dim]!);
    return encode(layout, depth + 1, at);
  });
  if (parts.every((part) => part === undefined)) return undefined;
  const index = new BigUint64Array(2 * parts.length).fill(2n ** 64n - 1n);
  let offset = layout.indexAt === "start" ? index.byteLength : 0;
  for (const [i, part] of parts.entries()) {
    if (part === undefined) continue;
    index[2 * i] = BigInt(offset);
    index[2 * i + 1] = BigInt(part.byteLength);
    offset += part.byteLength;
  }
  const encodedIndex = new Uint8Array(index.buffer);
  const bodies = parts.filter((part) => part !== undefined);
  const all = layout.indexAt === "start" ? [encodedIndex, ...bodies] : [...bodies, encodedIndex];
  const bytes = new Uint8Array(all.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

function elements([depth, height, width]: Shape, [z0, y0, x0]: readonly number[]) {
  const bytes = new Uint8Array(depth * height * width);
  let at = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) bytes[at++] = chaosElement(z0! + z, y0! + y, x0! + x);
    }
  }
  return bytes;
}

/** All coordinates of a grid in C order. */
export function grid(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (all, count) => all.flatMap((head) => Array.from({ length: count }, (_, i) => [...head, i])),
    [[]],
  );
}
