import type { JsonObject, JsonValue } from "../json.ts";
import type { ChunkGrid } from "./array-metadata.ts";
import { parseExtension } from "./extension.ts";
import type { MetadataReading } from "./metadata-reading.ts";
import { parseChunkShape } from "./parse-shape.ts";

/** Chunks along one dimension of a rectilinear grid; more are taken for an attack on memory. */
const maxChunksPerAxis = 1_000_000;

/**
 * Reads v3's `chunk_grid`: "regular", or "rectilinear" (zarr-extensions) with its older spelling "rectangular" (ZEP 3).
 * @throws MetadataError
 */
export function parseChunkGrid(
  reading: MetadataReading,
  value: JsonValue | undefined,
  shape: readonly number[],
): ChunkGrid {
  const { name, configuration } = parseExtension(reading, "/chunk_grid", value);
  const at = (key: string) => `/chunk_grid/configuration/${key}`;
  switch (name) {
    case "regular": {
      const { chunk_shape } = configuration;
      const chunkShape = parseChunkShape(reading, at("chunk_shape"), chunk_shape, shape);
      return { kind: "regular", chunkShape };
    }
    case "rectilinear":
      checkInline(reading, configuration);
      return parseRectilinear(reading, at("chunk_shapes"), configuration.chunk_shapes, shape);
    case "rectangular":
      return parseRectilinear(reading, at("chunk_shape"), configuration.chunk_shape, shape);
    default: {
      const sentence = `${reading.shownName} has a chunk grid of kind ${JSON.stringify(name)}, which is not read.`;
      const expected = '"regular" or "rectilinear"';
      throw reading.error("Z3-20", "/chunk_grid/name", expected, name, sentence);
    }
  }
}

/** The only kind that there is; another one would hold its lengths elsewhere. */
function checkInline(reading: MetadataReading, { kind }: JsonObject): void {
  const pointer = "/chunk_grid/configuration/kind";
  if (kind === undefined) reading.warn("Z3-20", pointer, '"inline"', kind);
  else if (kind !== "inline") throw reading.error("Z3-20", pointer, '"inline"', kind);
}

function parseRectilinear(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue | undefined,
  shape: readonly number[],
): ChunkGrid {
  if (!Array.isArray(value) || value.length !== shape.length) {
    throw reading.error("Z3-20", pointer, `${shape.length} entries, one per dimension`, value);
  }
  const axes = value.map((entry, dim) =>
    typeof entry === "number"
      ? parseLength(reading, `${pointer}/${dim}`, entry)
      : parseEdges(reading, `${pointer}/${dim}`, entry, shape[dim]!),
  );
  const lengths = axes.filter((axis) => typeof axis === "number");
  // All even: a regular grid in other words.
  return lengths.length === axes.length
    ? { kind: "regular", chunkShape: lengths }
    : { kind: "rectilinear", axes };
}

/** Edges up to the array's end; chunks beyond it hold nothing. */
function parseEdges(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue,
  size: number,
): number | readonly number[] {
  if (!Array.isArray(value)) {
    throw reading.error("Z3-20", pointer, "a length, or a list of lengths", value);
  }
  const runs = value.map((entry, index) => parseRun(reading, `${pointer}/${index}`, entry));
  const [first] = runs;
  const edges = [0];
  let end = 0;
  for (const { length, count } of runs) {
    for (let i = 0; i < count && end < size; i++) {
      if (edges.length > maxChunksPerAxis) {
        throw reading.error("Z3-20", pointer, `at most ${maxChunksPerAxis} chunks`, value);
      }
      end += length;
      edges.push(end);
    }
  }
  if (end < size) {
    const sentence = `${reading.shownName} has chunks for ${end} of ${size} indices only.`;
    throw reading.error("Z3-20", pointer, `lengths that add up to ${size}`, end, sentence);
  }
  const isEven = first !== undefined && runs.every(({ length }) => length === first.length);
  if (isEven) return first.length;
  return edges.length > 1 ? edges : (first?.length ?? 1);
}

function parseRun(reading: MetadataReading, pointer: string, value: JsonValue) {
  if (!Array.isArray(value)) return { length: parseLength(reading, pointer, value), count: 1 };
  const [length, count] = value;
  if (value.length !== 2) {
    throw reading.error("Z3-20", pointer, "a length and how often it comes", value);
  }
  return {
    length: parseLength(reading, `${pointer}/0`, length),
    count: parseLength(reading, `${pointer}/1`, count),
  };
}

function parseLength(reading: MetadataReading, pointer: string, value: JsonValue | undefined) {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw reading.error("Z3-20", pointer, "a whole number, 1 or more", value);
}
