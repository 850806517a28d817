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
  /** Which one took longest. */
  slowestAt: number;
};

type Outcome =
  | "equal"
  | "corrupt"
  | "refused"
  | "different"
  | { readonly wrongLength: string }
  | { readonly other: string };

/** What takes longer than this is timed again. */
const slowMs = 500;

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
    ...{ wrongLength: [], other: [], slowestMs: 0, slowestAt: -1 },
  };
  const decodeOnce = async (bytes: Uint8Array<ArrayBuffer>, i: number): Promise<Outcome> => {
    try {
      const decoded = await target.decode(bytes);
      if (decoded.length !== target.byteLength) return { wrongLength: `#${i}: ${decoded.length}` };
      return Buffer.compare(decoded, chunk.expected) === 0 ? "equal" : "different";
    } catch (error) {
      if (error instanceof CorruptChunkError) return "corrupt";
      if (error instanceof UnsupportedCodecError) return "refused";
      return { other: `#${i}: ${error instanceof Error ? error.stack : String(error)}` };
    }
  };
  for (let i = 0; i < count; i++) {
    const bytes = damaged(chunk.chunk, random);
    let leastMs = Number.POSITIVE_INFINITY;
    // What is slow is decoded anew: bytes that keep a decoder busy do so each time, other work that had the core does not.
    for (let attempt = 0; attempt < 3 && leastMs > slowMs; attempt++) {
      const start = performance.now();
      const outcome = await decodeOnce(bytes.slice(), i);
      leastMs = Math.min(leastMs, performance.now() - start);
      if (attempt === 0) note(counts, outcome);
    }
    if (leastMs > counts.slowestMs) {
      counts.slowestMs = leastMs;
      counts.slowestAt = i;
    }
    // As in a worker, where each chunk is a message: what is dropped can be collected between them.
    await new Promise((resolve) => setImmediate(resolve));
    await afterEach?.(i + 1);
  }
  return counts;
}

function note(counts: FuzzCounts, outcome: Outcome): void {
  if (typeof outcome === "string") counts[outcome]++;
  else if ("wrongLength" in outcome) counts.wrongLength.push(outcome.wrongLength);
  else counts.other.push(outcome.other);
}
