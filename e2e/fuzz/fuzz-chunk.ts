import { chunkAxes } from "../../src/zarr/array/chunk-grid.ts";
import { parseArrayV3 } from "../../src/zarr/array/parse-v3.ts";
import { chunkSpecAt } from "../../src/zarr/chunks/chunk-geometry.ts";
import { CorruptChunkError, UnsupportedCodecError } from "../../src/zarr/codecs/codec.ts";
import { decodeChunk } from "../../src/zarr/codecs/pipeline.ts";
import { rootPath } from "../../src/zarr/store/node-path.ts";
import type { FuzzedChunk } from "../fixtures/codec-matrix.ts";
import { damaged, seeded } from "./damaged.ts";

/** How many damaged chunks ended how. Only the first four may happen; `other` and `wrongLength` list what should not. */
export type FuzzCounts = {
  equal: number;
  corrupt: number;
  /** A damaged header may name a variant that is not read. */
  refused: number;
  /** Full length, other values: nothing in the stream says that they are wrong. */
  different: number;
  wrongLength: string[];
  other: string[];
  slowestMs: number;
};

/** A fuzzed chunk that is ready to be decoded. */
export type FuzzTarget = {
  readonly byteLength: number;
  decode(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
};

export function fuzzTarget({ metadata: document, expected }: FuzzedChunk): FuzzTarget {
  const { metadata } = parseArrayV3(document, { path: rootPath });
  const origin = metadata.shape.map(() => 0);
  const spec = chunkSpecAt(metadata, chunkAxes(metadata), origin);
  return {
    byteLength: expected.length,
    async decode(bytes) {
      const { elements } = await decodeChunk(metadata.codecs, bytes, spec);
      return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
    },
  };
}

/** Decodes `count` damaged copies of a chunk, one after the other. `afterEach` is awaited between them. */
export async function fuzzChunk(
  chunk: FuzzedChunk,
  count: number,
  seed: number,
  afterEach?: (done: number) => Promise<void> | void,
): Promise<FuzzCounts> {
  const target = fuzzTarget(chunk);
  const random = seeded(seed);
  const counts: FuzzCounts = {
    ...{ equal: 0, corrupt: 0, refused: 0, different: 0 },
    ...{ wrongLength: [], other: [], slowestMs: 0 },
  };
  for (let i = 0; i < count; i++) {
    const bytes = damaged(chunk.chunk, random);
    const start = performance.now();
    try {
      const decoded = await target.decode(bytes);
      if (decoded.length !== target.byteLength) counts.wrongLength.push(`#${i}: ${decoded.length}`);
      else if (Buffer.compare(decoded, chunk.expected) === 0) counts.equal++;
      else counts.different++;
    } catch (error) {
      if (error instanceof CorruptChunkError) counts.corrupt++;
      else if (error instanceof UnsupportedCodecError) counts.refused++;
      else counts.other.push(`#${i}: ${error instanceof Error ? error.stack : String(error)}`);
    }
    counts.slowestMs = Math.max(counts.slowestMs, performance.now() - start);
    // As in a worker, where each chunk is a message: what is dropped can be collected between them.
    await new Promise((resolve) => setImmediate(resolve));
    await afterEach?.(i + 1);
  }
  return counts;
}
