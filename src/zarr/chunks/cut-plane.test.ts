import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChunkArray } from "../codecs/codec.ts";
import { cutPlane, isWholeChunk } from "./cut-plane.ts";

/** A chunk whose element at `index` is its own C-order offset. */
function rampChunk(shape: readonly number[]) {
  const length = shape.reduce((product, size) => product * size, 1);
  return {
    shape,
    dataType: "uint32",
    elements: Uint32Array.from({ length }, (_, i) => i),
  } as const;
}

function offsetOf(shape: readonly number[], index: readonly number[]): number {
  return index.reduce((offset, position, dim) => offset * shape[dim]! + position, 0);
}

const cutCase = fc
  .array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 5 })
  .chain((shape) =>
    fc
      .record({
        dims: fc.shuffledSubarray(
          shape.map((_, dim) => dim),
          { minLength: 2, maxLength: 2 },
        ),
        start: fc.tuple(...shape.map((size) => fc.integer({ min: 0, max: size - 1 }))),
      })
      .chain(({ dims, start }) => {
        const [yDim, xDim] = dims as [number, number];
        const extent = (dim: number) => fc.integer({ min: 1, max: shape[dim]! - start[dim]! });
        return fc.record({
          shape: fc.constant(shape),
          cut: fc.record({
            yDim: fc.constant(yDim),
            xDim: fc.constant(xDim),
            start: fc.constant(start),
            height: extent(yDim),
            width: extent(xDim),
          }),
        });
      }),
  );

test("property: element (row, column) of the plane is the chunk's element there, for any two display dimensions", () => {
  fc.assert(
    fc.property(cutCase, ({ shape, cut }) => {
      const plane = cutPlane(rampChunk(shape), cut);
      expect(plane.elements.length).toBe(cut.height * cut.width);
      for (let row = 0; row < cut.height; row++) {
        for (let column = 0; column < cut.width; column++) {
          const index = [...cut.start];
          index[cut.yDim]! += row;
          index[cut.xDim]! += column;
          expect(plane.elements[row * cut.width + column]).toBe(offsetOf(shape, index));
        }
      }
    }),
  );
});

test("the whole chunk is handed over without a copy, any part is a copy", () => {
  const chunk = rampChunk([1, 3, 4]);
  const whole = { yDim: 1, xDim: 2, start: [0, 0, 0], height: 3, width: 4 };
  expect(isWholeChunk(chunk.shape, whole)).toBe(true);
  expect(cutPlane(chunk, whole).elements).toBe(chunk.elements);
  expect(cutPlane(chunk, { ...whole, height: 2 }).elements.buffer).not.toBe(chunk.elements.buffer);
});

test("a cut outside the chunk is refused", () => {
  const cut = { yDim: 0, xDim: 1, start: [0, 3], height: 2, width: 2 };
  expect(() => cutPlane(rampChunk([4, 4]), cut)).toThrow(RangeError);
});

test("types without a GPU format get float32 texels beside the exact values", () => {
  const cut = { yDim: 0, xDim: 1, start: [0, 0], height: 1, width: 2 };
  const elements = BigUint64Array.of(2n ** 63n + 1n, 5n);
  const plane = cutPlane({ shape: [1, 2], dataType: "uint64", elements }, cut);
  expect(plane.elements[0]).toBe(2n ** 63n + 1n);
  expect(plane.texels).toEqual(Float32Array.of(2 ** 63, 5));
  expect(cutPlane(rampChunk([1, 2]), cut).texels).toBeUndefined();
});

test("dimensions that the chunk does not have, and one dimension twice, are refused and not cut as zeros", () => {
  const chunk: ChunkArray = {
    shape: [2, 3],
    dataType: "uint8",
    elements: new Uint8Array([1, 2, 3, 4, 5, 6]),
  };
  const cut = { yDim: 0, xDim: 1, start: [0, 0], height: 1, width: 2 };
  for (const change of [
    { yDim: -1 },
    { xDim: -1 },
    { xDim: 2 },
    { xDim: 0 },
    { height: -1 },
    { width: 0 },
    { start: [-1, 0] },
    { start: [1, 0], height: 2, width: 3 },
  ]) {
    expect(() => cutPlane(chunk, { ...cut, ...change })).toThrow(RangeError);
  }
  expect([...cutPlane(chunk, cut).elements]).toEqual([1, 2]);
});

test("N9-02: the one row of a strip is a plane of a chunk with one dimension", () => {
  const cut = { yDim: 1, xDim: 0, start: [2], height: 1, width: 3 };
  expect([...cutPlane(rampChunk([6]), cut).elements]).toEqual([2, 3, 4]);
  expect(isWholeChunk([6], { ...cut, start: [0], width: 6 })).toBe(true);
  expect(() => cutPlane(rampChunk([6]), { ...cut, height: 2 })).toThrow(RangeError);
});
