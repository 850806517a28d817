import type { JsonObject } from "../../json.ts";
import { MetadataError } from "../../problem.ts";
import {
  type ChunkArray,
  type ChunkSpec,
  CorruptChunkError,
  UnsupportedCodecError,
} from "../codec.ts";
import { parseShardingConfiguration } from "../parse-chain.ts";
import { decodeChunk } from "../pipeline.ts";
import { copyBlock, filledElements } from "../place-clipped.ts";
import { decodeShardIndex, layoutOfShard, maxInnerBytes, type ShardLayout } from "../sharding.ts";
import { checkEntry } from "./shard-index.ts";

/** Decodes all inner chunks of a shard; those never written become fill value. @throws CorruptChunkError, UnsupportedCodecError */
export async function decodeShard(
  bytes: Uint8Array<ArrayBuffer>,
  spec: ChunkSpec,
  configuration: JsonObject,
): Promise<ChunkArray> {
  const { shape, dataType, fillValue } = spec;
  const layout = readLayout(configuration, shape);
  const { indexBytes, innerShape, innerChain, chunksPerShard, indexLocation } = layout;
  if (bytes.length < indexBytes) {
    throw new CorruptChunkError("sharding_indexed: the shard is shorter than its index.");
  }
  const indexStart = indexLocation === "start" ? 0 : bytes.length - indexBytes;
  const index = await decodeShardIndex(layout, bytes.subarray(indexStart, indexStart + indexBytes));
  const lanes = spec.fillLanes && { fillLanes: spec.fillLanes };
  const innerSpec: ChunkSpec = { shape: innerShape, dataType, fillValue, ...lanes };
  const innerMax = maxInnerBytes(layout, dataType);
  const elements = filledElements(spec);
  for (const coords of coordinates(chunksPerShard)) {
    const entry = index.entry(coords);
    if (!entry) continue;
    checkEntry(entry, bytes.length, innerMax);
    const { offset, length } = entry;
    const inner = await decodeChunk(innerChain, bytes.subarray(offset, offset + length), innerSpec);
    const origin = coords.map((coord, axis) => coord * innerShape[axis]!);
    copyBlock(inner.elements, innerShape, elements, shape, origin);
  }
  return { shape, dataType, elements };
}

function readLayout(configuration: JsonObject, shape: readonly number[]): ShardLayout {
  try {
    return layoutOfShard(parseShardingConfiguration(configuration, "sharding_indexed"), shape);
  } catch (cause) {
    if (!(cause instanceof MetadataError)) throw cause;
    const error = new UnsupportedCodecError("sharding_indexed", cause.message);
    error.cause = cause;
    throw error;
  }
}

/** All coordinates below `counts`, in C order. */
function* coordinates(counts: readonly number[]): Generator<number[]> {
  const total = counts.reduce((product, count) => product * count, 1);
  for (let position = 0; position < total; position++) {
    const coords = new Array<number>(counts.length);
    let rest = position;
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      coords[axis] = rest % counts[axis]!;
      rest = Math.floor(rest / counts[axis]!);
    }
    yield coords;
  }
}
