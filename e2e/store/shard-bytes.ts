import { chunkBytes } from "./chunk-bytes.ts";
import { withChecksum } from "./crc32c.ts";
import { levelShape, type VirtualChunk, type VirtualImage } from "./virtual-image.ts";

const missing = 0xffff_ffff_ffff_ffffn;

/**
 * A shard (Zarr v3 sharding_indexed): its inner chunks in C order without gaps, and an index of (offset, length) pairs,
 * little-endian uint64, sealed by crc32c. undefined if none of its chunks was written.
 */
export async function shardBytes(
  image: VirtualImage,
  level: number,
  shardCoords: readonly number[],
): Promise<Uint8Array | undefined> {
  const shards = image.shards!;
  const perShard = shards.map((size, d) => size / image.chunks[d]!);
  const count = perShard.reduce((product, n) => product * n, 1);
  const shape = levelShape(image, level);

  const parts: (Uint8Array | undefined)[] = [];
  for (let i = 0; i < count; i++) {
    const coords: number[] = new Array(perShard.length);
    let rest = i;
    for (let d = perShard.length - 1; d >= 0; d--) {
      coords[d] = shardCoords[d]! * perShard[d]! + (rest % perShard[d]!);
      rest = Math.floor(rest / perShard[d]!);
    }
    const chunk: VirtualChunk = { level, coords };
    const isOutside = coords.some((coord, d) => coord * image.chunks[d]! >= shape[d]!);
    const isMissing = isOutside || image.missing?.(chunk) === true;
    parts.push(isMissing ? undefined : await chunkBytes(image, chunk));
  }
  if (parts.every((part) => part === undefined)) return undefined;

  const indexBytes = 16 * count + 4;
  const index = new DataView(new ArrayBuffer(16 * count));
  let offset = image.indexLocation === "start" ? indexBytes : 0;
  for (const [i, part] of parts.entries()) {
    index.setBigUint64(16 * i, part === undefined ? missing : BigInt(offset), true);
    index.setBigUint64(16 * i + 8, part === undefined ? missing : BigInt(part.length), true);
    offset += part?.length ?? 0;
  }
  const sealedIndex = withChecksum(new Uint8Array(index.buffer));
  const written = parts.filter((part) => part !== undefined);
  const sequence =
    image.indexLocation === "start" ? [sealedIndex, ...written] : [...written, sealedIndex];
  return Buffer.concat(sequence);
}
