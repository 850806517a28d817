import { chunkBytes } from "./chunk-bytes.ts";
import type { ContentSource } from "./content-source.ts";
import { shardBytes } from "./shard-bytes.ts";
import { levelPath, levelShape, levelsOf, type VirtualImage } from "./virtual-image.ts";
import { metadataDocuments } from "./virtual-metadata.ts";

/** Encoded chunks that were asked for before; latency in a benchmark must not be our own arithmetic. */
const cacheBudgetBytes = 256 * 2 ** 20;

/** Coordinates in the grid of stored objects (chunks, or shards) that a key below an array names; undefined if it names none. */
export function parseChunkKey(
  image: VirtualImage,
  level: number,
  key: string,
): readonly number[] | undefined {
  const isV2Keys = image.format === "v2" || image.keyEncoding === "v2";
  const separator = image.keySeparator ?? (isV2Keys ? "." : "/");
  const prefix = `c${separator}`;
  if (!isV2Keys && !key.startsWith(prefix)) return undefined;
  const parts = (isV2Keys ? key : key.slice(prefix.length)).split(separator);
  const shape = levelShape(image, level);
  if (parts.length !== shape.length) return undefined;
  const size = image.shards ?? image.chunks;
  const coords: number[] = [];
  for (const [d, part] of parts.entries()) {
    if (!/^(0|[1-9]\d*)$/.test(part)) return undefined;
    const coord = Number(part);
    if (coord * size[d]! >= shape[d]!) return undefined;
    coords.push(coord);
  }
  return coords;
}

/** Serves a virtual image: metadata once, chunks and shards when they are asked for. */
export function virtualSource(image: VirtualImage): ContentSource {
  if (image.shards !== undefined && image.format !== "v3") throw new Error("Only v3 has shards.");
  const documents = new Map<string, Uint8Array>();
  for (const [key, document] of metadataDocuments(image)) {
    documents.set(key, new TextEncoder().encode(JSON.stringify(document)));
  }
  const cache = new Map<string, Promise<Uint8Array | undefined>>();
  let cachedBytes = 0;

  async function compute(key: string): Promise<Uint8Array | undefined> {
    for (const k of levelsOf(image).keys()) {
      const path = levelPath(image, k);
      if (path !== "" && !key.startsWith(`${path}/`)) continue;
      const coords = parseChunkKey(image, k, path === "" ? key : key.slice(path.length + 1));
      if (coords === undefined) continue;
      if (image.shards !== undefined) return shardBytes(image, k, coords);
      const chunk = { level: k, coords };
      return image.missing?.(chunk) === true ? undefined : chunkBytes(image, chunk);
    }
    return undefined;
  }

  return {
    async read(key) {
      const document = documents.get(key);
      if (document !== undefined) return document;
      const cached = cache.get(key);
      if (cached !== undefined) return cached;
      const bytes = compute(key);
      cache.set(key, bytes);
      cachedBytes += (await bytes)?.length ?? 0;
      if (cachedBytes > cacheBudgetBytes) {
        cache.clear();
        cachedBytes = 0;
      }
      return bytes;
    },
  };
}
