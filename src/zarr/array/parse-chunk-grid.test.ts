import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { nodePath } from "../store/node-path.ts";
import {
  type ChunkAxis,
  chunkCountOf,
  chunkIndexAt,
  chunkSpan,
  longestChunk,
} from "./chunk-axis.ts";
import { chunkAxes, chunkCounts } from "./chunk-grid.ts";
import { parseArrayV3 } from "./parse-v3.ts";

function parse(shape: number[], chunk_grid: JsonValue, codecs: JsonValue = ["bytes"]) {
  const document: JsonObject = {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: "uint8",
    chunk_grid,
    chunk_key_encoding: { name: "default" },
    codecs,
    fill_value: 0,
  };
  return parseArrayV3(document, { path: nodePath("a") });
}

const rectilinear = (...chunk_shapes: JsonValue[]): JsonValue => ({
  name: "rectilinear",
  configuration: { kind: "inline", chunk_shapes },
});

describe("rectilinear chunk grids", () => {
  test("lengths, run lengths, and one length for all", () => {
    const { metadata, problems } = parse([10, 12, 7], rectilinear([3, [2, 3], 1], 5, [7]));
    expect(problems).toEqual([]);
    expect(metadata.chunkGrid).toEqual({
      kind: "rectilinear",
      axes: [[0, 3, 5, 7, 9, 10], 5, 7],
    });
    expect(chunkCounts(metadata)).toEqual([5, 3, 1]);
  });

  test("the older spelling, rectangular with chunk_shape", () => {
    const grid = { name: "rectangular", configuration: { chunk_shape: [[3, 4], [[5, 2]]] } };
    expect(parse([7, 10], grid).metadata.chunkGrid).toEqual({
      kind: "rectilinear",
      axes: [[0, 3, 7], 5],
    });
  });

  test("lengths may add up to more than the array; chunks behind it count for nothing", () => {
    const { metadata } = parse([10], rectilinear([4, 8, 5, [9, 1000000000]]));
    expect(metadata.chunkGrid).toEqual({ kind: "rectilinear", axes: [[0, 4, 12]] });
  });

  test("even lengths in other words are the regular grid", () => {
    expect(parse([10, 4], rectilinear([[3, 4]], 2)).metadata.chunkGrid).toEqual({
      kind: "regular",
      chunkShape: [3, 2],
    });
  });

  test.each<[string, number[], JsonValue, string]>([
    ["too short", [10], rectilinear([4, 5]), "chunks for 9 of 10 indices"],
    ["a length of 0", [10], rectilinear([4, 0, 6]), "1 or more"],
    ["half a run", [10], rectilinear([[4]]), "how often it comes"],
    ["one entry for two dimensions", [4, 4], rectilinear(4), "2 entries"],
    ["no lengths at all", [4], rectilinear("4"), "list of lengths"],
    ["a hostile run", [2 ** 40], rectilinear([[1, 2 ** 40], 2]), "1000000 chunks"],
    ["lengths elsewhere", [4], { name: "rectilinear", configuration: { kind: "url" } }, "inline"],
  ])("%s is refused", (_, shape, grid, message) => {
    expect(() => parse(shape, grid)).toThrow(message);
  });

  test("inner chunks have to divide every shard", () => {
    const sharded = (chunk_shape: number[]): JsonValue => [
      {
        name: "sharding_indexed",
        configuration: { chunk_shape, codecs: ["bytes"], index_codecs: ["bytes"] },
      },
    ];
    const grid = rectilinear([4, 6, 2], 4);
    expect(parse([12, 8], grid, sharded([2, 4])).problems).toEqual([]);
    expect(() => parse([12, 8], grid, sharded([4, 4]))).toThrow("whose multiple");
  });
});

describe("axes of chunks", () => {
  const axis: fc.Arbitrary<ChunkAxis> = fc
    .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 })
    .chain((lengths) => {
      const edges = [0];
      for (const length of lengths) edges.push(edges.at(-1)! + length);
      const lastStart = edges.at(-2)!;
      return fc
        .integer({ min: lastStart + 1, max: edges.at(-1)! })
        .map((size): ChunkAxis => ({ kind: "uneven", size, edges }));
    });

  test("every index lies in exactly the chunk that is said to hold it", () => {
    fc.assert(
      fc.property(axis, (chunks) => {
        const count = chunkCountOf(chunks);
        let next = 0;
        for (let chunk = 0; chunk < count; chunk++) {
          const { start, length } = chunkSpan(chunks, chunk);
          expect(start).toBe(next);
          expect(length).toBeLessThanOrEqual(longestChunk(chunks));
          for (let i = start; i < Math.min(start + length, chunks.size); i++) {
            expect(chunkIndexAt(chunks, i)).toBe(chunk);
          }
          next = start + length;
        }
        expect(next).toBeGreaterThanOrEqual(chunks.size);
      }),
    );
  });

  test("run lengths and lists of the same lengths mean the same grid", () => {
    const runs = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(runs, (pairs) => {
        const flat = pairs.flatMap(([length, count]) => new Array<number>(count).fill(length));
        const size = flat.reduce((sum, length) => sum + length, 0);
        const byRuns = parse([size], rectilinear(pairs.map((pair) => [...pair])));
        expect(chunkAxes(byRuns.metadata)).toEqual(
          chunkAxes(parse([size], rectilinear(flat)).metadata),
        );
      }),
    );
  });

  test("a chunk beyond the last one is a mistake of the caller", () => {
    expect(() => chunkSpan({ kind: "uneven", size: 3, edges: [0, 3] }, 1)).toThrow(RangeError);
  });
});
