import { describe, expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { nodePath } from "../store/node-path.ts";
import { parseArrayV1 } from "./parse-v1.ts";

const meta = (overrides: JsonObject = {}): JsonObject => ({
  zarr_format: 1,
  shape: [20, 30],
  chunks: [8, 8],
  dtype: "<i4",
  compression: "blosc",
  compression_opts: { cname: "lz4", clevel: 5, shuffle: 1 },
  fill_value: 42,
  order: "C",
  ...overrides,
});

const parse = (overrides?: JsonObject) =>
  parseArrayV1(meta(overrides), { a: 1 }, { path: nodePath("") });

describe("Z1-01: Zarr v1 arrays", () => {
  test("are lifted to the model of v3", () => {
    const { metadata, problems } = parse();
    expect(problems).toEqual([]);
    expect(metadata).toEqual({
      zarrFormat: 1,
      path: "",
      shape: [20, 30],
      dataType: "int32",
      chunkGrid: { kind: "regular", chunkShape: [8, 8] },
      chunkKeyEncoding: { name: "v2", separator: "." },
      fillValue: 42,
      codecs: {
        arrayToArray: [],
        arrayToBytes: { name: "bytes", configuration: { endian: "little" } },
        bytesToBytes: [{ name: "blosc", configuration: { cname: "lz4", clevel: 5, shuffle: 1 } }],
      },
      dimensionNames: undefined,
      attributes: { a: 1 },
    });
  });

  test.each([
    ["zlib", 1, [{ name: "numcodecs.zlib", configuration: { level: 1 } }]],
    ["bz2", 9, [{ name: "numcodecs.bz2", configuration: { level: 9 } }]],
    ["none", null, []],
    [null, null, []],
  ])("compression %s", (compression, compression_opts, expected) => {
    const { codecs } = parse({ compression, compression_opts }).metadata;
    expect(codecs.bytesToBytes).toEqual(expected);
  });

  test("a fill value of null is undefined: 0; order F permutes", () => {
    const { metadata, problems } = parse({ fill_value: null, order: "F" });
    expect(metadata.fillValue).toBe(0);
    expect(metadata.codecs.arrayToArray).toMatchObject([{ name: "transpose" }]);
    expect(problems).toEqual([]);
  });

  test.each([
    [{ zarr_format: 2 }, "meta#/zarr_format"],
    [{ compression: "snappy" }, 'compressed with "snappy"'],
    [{ shape: "x" }, "meta#/shape"],
  ])("%j is refused", (overrides, message) => {
    expect(() => parse(overrides)).toThrow(message);
  });
});
