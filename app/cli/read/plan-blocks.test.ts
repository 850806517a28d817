import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChunkAxis } from "../../../src/zarr/array/chunk-axis.ts";
import type { RegionAxis } from "../../../src/zarr/chunks/read-region.ts";
import { contiguousRuns, planBlocks } from "./plan-blocks.ts";

const even = (size: number, length: number): ChunkAxis => ({ kind: "even", size, length });

/** An axis in shards of several chunks, and a range on it. */
const selectedAxis = fc
  .record({
    chunk: fc.integer({ min: 1, max: 4 }),
    perShard: fc.integer({ min: 1, max: 3 }),
    size: fc.integer({ min: 1, max: 20 }),
    a: fc.nat(),
    b: fc.nat(),
    step: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ chunk, perShard, size, a, b, step }) => {
    const [start, last] = [a % size, b % size].sort((x, y) => x - y) as [number, number];
    return {
      shardAxis: even(size, chunk * perShard),
      readAxis: even(size, chunk),
      range: { start, stop: last + 1, step },
    };
  });

const indicesOf = ({ start, stop, step = 1 }: RegionAxis) =>
  Array.from({ length: Math.ceil((stop - start) / step) }, (_, i) => start + i * step);

describe("blocks of a region", () => {
  it("hold every element once, at its place in C order, and read no chunk twice", () => {
    const budget = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(fc.array(selectedAxis, { maxLength: 3 }), budget, (axes, maxElements) => {
        const region = axes.map(({ range }) => range);
        const cuts = {
          shardAxes: axes.map(({ shardAxis }) => shardAxis),
          readAxes: axes.map(({ readAxis }) => readAxis),
        };
        const indices = region.map(indicesOf);
        const shape = indices.map(({ length }) => length);
        const total = shape.reduce((a, b) => a * b, 1);
        // The index of the element at each position, e.g. "3,0".
        const whole = Array.from({ length: total }, (_, position) =>
          keyAt(indices, shape, position),
        );
        const result: string[] = [];
        const chunks: string[] = [];
        for (const block of planBlocks(region, cuts, maxElements)) {
          const blockIndices = block.region.map(indicesOf);
          expect(blockIndices.map(({ length }) => length)).toEqual(block.shape);
          const size = block.shape.reduce((a, b) => a * b, 1);
          const keys = Array.from({ length: size }, (_, i) => keyAt(blockIndices, block.shape, i));
          const touched = new Set(keys.map((key) => chunkOf(key, axes)));
          expect(size <= maxElements || touched.size === 1).toBe(true);
          chunks.push(...touched);
          for (const { inBlock, inWhole, count } of contiguousRuns(block, shape)) {
            for (let i = 0; i < count; i++) {
              expect(result[inWhole + i]).toBeUndefined();
              result[inWhole + i] = keys[inBlock + i]!;
            }
          }
        }
        expect(result).toEqual(whole);
        expect(new Set(chunks).size).toBe(chunks.length);
      }),
    );
  });

  it("are long runs of the result: rows of chunks before pieces of rows", () => {
    const cuts = {
      shardAxes: [even(100, 10), even(100, 10)],
      readAxes: [even(100, 10), even(100, 10)],
    };
    const region = [
      { start: 0, stop: 100 },
      { start: 0, stop: 100 },
    ];
    const blocks = planBlocks(region, cuts, 2500);
    expect(blocks.map(({ at, shape }) => [at, shape])).toEqual(
      [0, 20, 40, 60, 80].map((y) => [
        [y, 0],
        [20, 100],
      ]),
    );
    expect([...contiguousRuns(blocks[1]!, [100, 100])]).toEqual([
      { inBlock: 0, inWhole: 2000, count: 2000 },
    ]);
  });

  it("none where nothing is selected but one of no elements", () => {
    const cuts = { shardAxes: [even(0, 4)], readAxes: [even(0, 4)] };
    const blocks = planBlocks([{ start: 0, stop: 0 }], cuts, 10);
    expect(blocks).toEqual([{ region: [{ start: 0, stop: 0, step: 1 }], shape: [0], at: [0] }]);
    expect([...contiguousRuns(blocks[0]!, [0])]).toEqual([]);
  });
});

function keyAt(indices: readonly number[][], shape: readonly number[], position: number): string {
  const key: number[] = [];
  let rest = position;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    key[dim] = indices[dim]![rest % shape[dim]!]!;
    rest = Math.floor(rest / shape[dim]!);
  }
  return key.join(",");
}

function chunkOf(key: string, axes: readonly { readAxis: ChunkAxis }[]): string {
  if (key === "") return "";
  return key
    .split(",")
    .map((index, dim) => {
      const { readAxis } = axes[dim]!;
      return readAxis.kind === "even" ? Math.floor(Number(index) / readAxis.length) : 0;
    })
    .join(",");
}
