import type { ChunkArray } from "../codecs/codec.ts";
import { decodeChunk } from "../codecs/pipeline.ts";
import { ByteLru } from "./byte-lru.ts";
import { chunkSpecAt } from "./chunk-geometry.ts";
import { cutPlane, isWholeChunk } from "./cut-plane.ts";
import { type ReadableArray, readShapeAt } from "./readable-array.ts";
import type { ChunkItem, ChunkOutcome } from "./worker-protocol.ts";

const missingBytes = 64;

/**
 * Decodes chunks and keeps those that hold more planes than were asked for, so that a chunk of many planes is fetched and decoded once;
 * also remembers which of them were never written.
 */
export class DecodedChunks {
  readonly #chunks: ByteLru<ChunkArray | "missing">;

  constructor(budgetBytes: number) {
    this.#chunks = new ByteLru(budgetBytes);
  }

  /** The item's planes, if its chunk is still here. @throws RangeError if a cut lies outside the chunk */
  serve(array: ReadableArray, item: ChunkItem): ChunkOutcome | undefined {
    const kept = this.#chunks.get(keyOf(array, item));
    if (kept === undefined) return undefined;
    return kept === "missing" ? { kind: "fill" } : cutAll(array, kept, item, "keep");
  }

  /** @throws CorruptChunkError, UnsupportedCodecError, RangeError */
  async decode(
    array: ReadableArray,
    item: ChunkItem,
    bytes: Uint8Array<ArrayBuffer>,
    isReload: boolean,
  ): Promise<ChunkOutcome> {
    const { metadata, readChain, acceptUnverified } = array;
    const spec = chunkSpecAt(metadata, array.readAxes, item.chunk);
    const decoded = await decodeChunk(readChain, bytes, spec, acceptUnverified && isReload);
    const holdsMore = holdsMorePlanes(array, item);
    if (holdsMore) this.#chunks.set(keyOf(array, item), decoded, decoded.elements.byteLength);
    return cutAll(array, decoded, item, holdsMore ? "keep" : "hand-over");
  }

  /** The chunk was never written. */
  missing(array: ReadableArray, item: ChunkItem): ChunkOutcome {
    if (holdsMorePlanes(array, item)) {
      this.#chunks.set(keyOf(array, item), "missing", missingBytes);
    }
    return { kind: "fill" };
  }

  forgetArray(arrayId: number): void {
    this.#chunks.deletePrefix(`${arrayId}/`);
  }
}

function keyOf({ id }: ReadableArray, { chunk }: ChunkItem): string {
  return `${id}/${chunk.join(".")}`;
}

function holdsMorePlanes(array: ReadableArray, { chunk, cuts }: ChunkItem): boolean {
  const shape = readShapeAt(array, chunk);
  return !cuts.every(({ cut }) => isWholeChunk(shape, cut));
}

function cutAll(
  { metadata }: ReadableArray,
  decoded: ChunkArray,
  { cuts }: ChunkItem,
  buffer: "keep" | "hand-over",
): ChunkOutcome {
  const planes = cuts.map(({ key, cut }) => ({
    key,
    plane: cutPlane(decoded, cut, buffer, metadata.item),
  }));
  return { kind: "planes", planes };
}
