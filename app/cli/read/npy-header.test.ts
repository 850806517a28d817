import { describe, expect, it } from "vitest";
import { npyHeader } from "./npy-header.ts";

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

describe("the head of a NumPy file", () => {
  // As numpy 2.4.6 writes it; whole files are compared in read.test.ts.
  it.each([
    ["<u2", [3, 4], "{'descr': '<u2', 'fortran_order': False, 'shape': (3, 4), }"],
    ["|b1", [7], "{'descr': '|b1', 'fortran_order': False, 'shape': (7,), }"],
    ["<f8", [], "{'descr': '<f8', 'fortran_order': False, 'shape': (), }"],
    [
      [
        ["x", "<f4"],
        ["it's", [["b", ">i2", [2, 3]]]],
        ["\"'\\\n", "|u1", [1]],
      ],
      [0, 2],
      `{'descr': [('x', '<f4'), ("it's", [('b', '>i2', (2, 3))]), ('"\\'\\\\\\n', '|u1', (1,))], 'fortran_order': False, 'shape': (0, 2), }`,
    ],
  ] as const)("%j %j", (type, shape, dictionary) => {
    const header = npyHeader(type, shape);
    const text = latin1(header);
    expect(header.byteLength % 64).toBe(0);
    expect(text.slice(0, 8)).toBe("\x93NUMPY\x01\x00");
    expect(new DataView(header.buffer).getUint16(8, true)).toBe(header.byteLength - 10);
    expect(text.slice(10).trimEnd()).toBe(dictionary);
    expect(text.endsWith("\n")).toBe(true);
  });

  it("is of version 2.0 if it is long, of 3.0 if names need it", () => {
    const many = Array.from({ length: 5000 }, (_, i) => [`field ${i}`, "<f4"] as const);
    const long = npyHeader(many, [1]);
    expect([...long.subarray(6, 8)]).toEqual([2, 0]);
    expect(new DataView(long.buffer).getUint32(8, true)).toBe(long.byteLength - 12);
    const accented = npyHeader([["é", "<f4"]], [1]);
    expect([accented[6], latin1(accented).includes("'é'")]).toEqual([1, true]);
    const greek = npyHeader([["μ", "<f4"]], [1]);
    expect([greek[6], Buffer.from(greek).toString("utf8").includes("'μ'")]).toEqual([3, true]);
  });
});
