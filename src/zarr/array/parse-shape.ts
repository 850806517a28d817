import { parseShardingConfiguration } from "../codecs/parse-chain.ts";
import type { JsonValue } from "../json.ts";
import type { ArrayMetadata } from "./array-metadata.ts";
import type { ChunkAxis } from "./chunk-axis.ts";
import { chunkAxes, largestChunkShape } from "./chunk-grid.ts";
import { ChunkSizeError } from "./chunk-size-error.ts";
import { storedItemBytes } from "./data-type.ts";
import type { MetadataReading } from "./metadata-reading.ts";
import { codedType, laneShape } from "./stored-item.ts";

/** numpy's limit is 64; nothing real comes near. */
const maxRank = 64;
/** What has to be in memory at once for one pixel. */
const maxUnitBytes = 2 ** 31;

/** @throws MetadataError unless it is a list of whole numbers from 0 */
export function parseShape(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue | undefined,
): number[] {
  if (!Array.isArray(value) || value.length > maxRank) {
    throw reading.error("Z2-01", pointer, `a list of at most ${maxRank} sizes`, value);
  }
  return value.map((size, dim) => {
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
      throw reading.error("Z2-01", `${pointer}/${dim}`, "a whole number, 0 or more", size);
    }
    return size;
  });
}

/**
 * A chunk's shape: as many dimensions as the array. A size of 0 is taken for 1 where the array is empty, too.
 * @throws MetadataError
 */
export function parseChunkShape(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue | undefined,
  shape: readonly number[],
): number[] {
  const chunkShape = parseShape(reading, pointer, value);
  if (chunkShape.length !== shape.length) {
    throw reading.error("Z2-02", pointer, `${shape.length} sizes, one for each dimension`, value);
  }
  return chunkShape.map((size, dim) => {
    if (size > 0) return size;
    if (shape[dim] === 0) return 1;
    throw reading.error("Z2-02", `${pointer}/${dim}`, "at least 1", size);
  });
}

/** What `checkReadUnit` needs to know of an array. */
type CheckedArray = Pick<ArrayMetadata, "shape" | "chunkGrid" | "codecs" | "dataType" | "item">;

/**
 * Refuses arrays of which no part could be read: what must be decoded at once (a chunk, or an inner chunk of a shard) may not be
 * longer than 2 GiB, and inner chunks must tile their shards.
 * @throws MetadataError
 */
export function checkReadUnit(
  reading: MetadataReading,
  chunkPointer: string,
  array: CheckedArray,
): void {
  const lanes = laneShape(array);
  let unit: readonly number[] = [...largestChunkShape(array), ...lanes];
  // Only the outermost shards may have several lengths along a dimension.
  let lengths = [...chunkAxes(array).map(distinctLengths), ...lanes.map((count) => [count])];
  let chain = array.codecs;
  while (chain.arrayToBytes.name === "sharding_indexed") {
    const where = reading.at("/codecs");
    const sharding = parseShardingConfiguration(chain.arrayToBytes.configuration, where);
    const inner = sharding.chunkShape;
    const isPermuted = chain.arrayToArray.length > 0;
    const tiles =
      isPermuted ||
      inner.every((size, dim) => lengths[dim]?.every((length) => length % size === 0) === true);
    if (inner.length !== unit.length || !tiles) {
      const expected = `a shape whose multiple the shard's is (${unit.join(" × ")})`;
      throw reading.error("Z3-34", "/codecs", expected, [...inner]);
    }
    // Codecs around the shard: it has to be decoded whole.
    if (isPermuted || chain.bytesToBytes.length > 0) break;
    unit = inner;
    lengths = inner.map((size) => [size]);
    chain = sharding.codecs;
  }
  const bytes = unit.reduce((product, size) => product * size, storedItemBytes[codedType(array)]);
  if (bytes <= maxUnitBytes) return;
  throw new ChunkSizeError(
    reading.error("ZA-08", chunkPointer, "chunks of at most 2 GiB", [...unit]).problem,
    { path: reading.path, shownName: reading.shownName, shape: array.shape, chunkBytes: bytes },
  );
}

function distinctLengths(axis: ChunkAxis): number[] {
  if (axis.kind === "even") return [axis.length];
  const ends = axis.edges.slice(1);
  return [...new Set(ends.map((end, index) => end - axis.edges[index]!))];
}
