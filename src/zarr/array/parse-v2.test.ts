import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { MetadataError } from "../problem.ts";
import { nodePath } from "../store/node-path.ts";
import { parseArrayV2 } from "./parse-v2.ts";

const path = nodePath("0");

function zarray(overrides: { [key: string]: JsonValue | undefined } = {}): JsonObject {
  const document: { [key: string]: JsonValue | undefined } = {
    zarr_format: 2,
    shape: [2, 3, 100, 120],
    chunks: [1, 1, 64, 64],
    dtype: "<u2",
    compressor: { id: "blosc", cname: "lz4", clevel: 5, shuffle: 1 },
    fill_value: 0,
    order: "C",
    filters: null,
    dimension_separator: "/",
    ...overrides,
  };
  return JSON.parse(JSON.stringify(document));
}

const parse = (overrides?: { [key: string]: JsonValue | undefined }, attributes: JsonObject = {}) =>
  parseArrayV2(zarray(overrides), attributes, { path });

function refusal(overrides: { [key: string]: JsonValue | undefined }): MetadataError {
  try {
    parse(overrides);
  } catch (error) {
    expect(error).toBeInstanceOf(MetadataError);
    if (error instanceof MetadataError) return error;
  }
  throw new Error("The document was not refused.");
}

describe("Zarr v2 arrays", () => {
  test("Z2-01: are lifted to the model of v3", () => {
    expect(parse()).toEqual({
      problems: [],
      metadata: {
        zarrFormat: 2,
        path: "0",
        shape: [2, 3, 100, 120],
        dataType: "uint16",
        chunkGrid: { kind: "regular", chunkShape: [1, 1, 64, 64] },
        chunkKeyEncoding: { name: "v2", separator: "/" },
        fillValue: 0,
        codecs: {
          arrayToArray: [],
          arrayToBytes: { name: "bytes", configuration: { endian: "little" } },
          bytesToBytes: [{ name: "blosc", configuration: { cname: "lz4", clevel: 5, shuffle: 1 } }],
        },
        dimensionNames: undefined,
        attributes: {},
      },
    });
  });

  test.each([
    ["|b1", "bool", undefined],
    ["|i1", "int8", undefined],
    [">i1", "int8", undefined],
    ["<u1", "uint8", undefined],
    ["<i2", "int16", "little"],
    [">u2", "uint16", "big"],
    [">i4", "int32", "big"],
    ["<u4", "uint32", "little"],
    ["<i8", "int64", "little"],
    [">u8", "uint64", "big"],
    ["<f2", "float16", "little"],
    [">f4", "float32", "big"],
    ["<f8", "float64", "little"],
  ])("Z2-03, Z2-04: dtype %s", (dtype, dataType, endian) => {
    const { metadata, problems } = parse({ dtype, fill_value: null });
    expect(metadata.dataType).toBe(dataType);
    expect(metadata.codecs.arrayToBytes).toEqual({
      name: "bytes",
      configuration: endian === undefined ? {} : { endian },
    });
    expect(problems).toEqual([]);
  });

  test.each<[JsonValue, string]>([
    ["<f16", "<f16"],
    ["<c32", "<c32"],
    ["<M4[s]", "<M4[s]"],
    ["<u2[s]", "<u2[s]"],
    ["|V0", "|V0"],
    ["|V9999999", "|V9999999"],
    ["uint16", "uint16"],
    [5, "type string"],
  ])("Z2-03: dtype %j is refused by name", (dtype, words) => {
    const error = refusal({ dtype });
    expect(error.message).toContain(words);
    expect(error.message).toContain('"0"');
    expect(error.problem.path).toBe("0/.zarray#/dtype");
  });

  test("a byte order that is missing is read as little, with a warning", () => {
    const { metadata, problems } = parse({ dtype: "|u2" });
    expect(metadata.codecs.arrayToBytes.configuration).toEqual({ endian: "little" });
    expect(problems).toMatchObject([{ code: "Z2-03", severity: "warning" }]);
  });

  test("Z2-08: order F is a transposition", () => {
    expect(parse({ order: "F" }).metadata.codecs.arrayToArray).toEqual([
      { name: "transpose", configuration: { order: [3, 2, 1, 0] } },
    ]);
    const oneDimension = parse({ order: "F", shape: [5], chunks: [5] });
    expect(oneDimension.metadata.codecs.arrayToArray).toEqual([]);
    expect(refusal({ order: "A" }).problem.path).toBe("0/.zarray#/order");
  });

  test("Z2-06: compressor and filters become codecs in the order of writing", () => {
    const { codecs } = parse({
      filters: [
        { id: "delta", dtype: "<u2" },
        { id: "shuffle", elementsize: 2 },
      ],
      compressor: { id: "zlib", level: 1 },
    }).metadata;
    expect(codecs).toEqual({
      arrayToArray: [{ name: "numcodecs.delta", configuration: { dtype: "<u2" } }],
      arrayToBytes: { name: "bytes", configuration: { endian: "little" } },
      bytesToBytes: [
        { name: "numcodecs.shuffle", configuration: { elementsize: 2 } },
        { name: "numcodecs.zlib", configuration: { level: 1 } },
      ],
    });
  });

  test.each([
    ["zstd", "zstd"],
    ["gzip", "gzip"],
    ["lz4", "numcodecs.lz4"],
    ["bz2", "numcodecs.bz2"],
    ["madeup", "numcodecs.madeup"],
    ["imagecodecs_jpeg2k", "imagecodecs_jpeg2k"],
  ])("the compressor %s is called %s", (id, name) => {
    const { bytesToBytes } = parse({ compressor: { id } }).metadata.codecs;
    expect(bytesToBytes.map((codec) => codec.name)).toEqual([name]);
  });

  test("a compressor of elements takes the place of the bytes", () => {
    expect(parse({ compressor: { id: "zfpy", mode: 4 } }).metadata.codecs.arrayToBytes.name).toBe(
      "numcodecs.zfpy",
    );
  });

  test("Z2-02: what is missing is read as its default, with a warning", () => {
    const { metadata, problems } = parse({
      compressor: undefined,
      filters: undefined,
      order: undefined,
      fill_value: undefined,
      dimension_separator: null,
    });
    expect(metadata.codecs.bytesToBytes).toEqual([]);
    expect(metadata.fillValue).toBe(0);
    expect(metadata.chunkKeyEncoding.separator).toBe(".");
    expect(problems.map((problem) => problem.path).sort()).toEqual([
      "0/.zarray#/compressor",
      "0/.zarray#/fill_value",
      "0/.zarray#/order",
    ]);
    expect(parse({ filters: [] }).problems).toEqual([]);
  });

  test("Z2-02: odd shapes and chunks", () => {
    const regular = (...chunkShape: number[]) => ({ kind: "regular", chunkShape });
    expect(parse({ shape: [], chunks: [] }).metadata.shape).toEqual([]);
    expect(parse({ shape: [0, 4], chunks: [0, 4] }).metadata.chunkGrid).toEqual(regular(1, 4));
    expect(parse({ shape: [3, 4], chunks: [8, 8] }).metadata.chunkGrid).toEqual(regular(8, 8));
    const whole = parse({ shape: [3, 4], chunks: false });
    expect(whole.metadata.chunkGrid).toEqual(regular(3, 4));
    expect(whole.problems).toHaveLength(1);
  });

  test.each<[string, { [key: string]: JsonValue }, string]>([
    ["a fractional shape", { shape: [1.5, 2, 3, 4] }, "/shape/0"],
    ["a negative shape", { shape: [-1, 2, 3, 4] }, "/shape/0"],
    ["a shape beyond 2^53", { shape: [2 ** 60, 2, 3, 4] }, "/shape/0"],
    ["no shape", { shape: null }, "/shape"],
    ["chunks of another rank", { chunks: [1, 64] }, "/chunks"],
    ["a chunk of size 0", { chunks: [1, 1, 0, 64] }, "/chunks/2"],
    ["chunks true", { chunks: true }, "/chunks"],
    ["chunks as text", { chunks: [1, 1, "64", 64] }, "/chunks/2"],
    ["another separator", { dimension_separator: "-" }, "/dimension_separator"],
    ["a compressor without id", { compressor: { cname: "lz4" } }, "/compressor"],
    ["filters that are no list", { filters: { id: "delta" } }, "/filters"],
    ["filters in no order", { filters: [{ id: "shuffle" }, { id: "delta" }] }, "/filters/1"],
    ["another format", { zarr_format: 1 }, "/zarr_format"],
  ])("refuses %s", (_what, overrides, pointer) => {
    expect(refusal(overrides).problem).toMatchObject({
      path: `0/.zarray#${pointer}`,
      severity: "error",
    });
  });

  test("ZA-08: a chunk of more than 2 GiB is refused with advice", () => {
    const error = refusal({ shape: [50000, 50000], chunks: [50000, 50000] });
    expect(error.message).toMatch(/5 GB.*rechunk/);
    expect(parse({ shape: [32768, 32768], chunks: [32768, 32768] }).problems).toEqual([]);
  });

  test("Z2-05, Z3-12: the fill value is exact, odd spellings are remarked on", () => {
    const document = zarray({ dtype: "<u8", fill_value: 2 ** 64 });
    const exactIntegers = new Map([["/fill_value", 2n ** 64n - 1n]]);
    expect(parseArrayV2(document, {}, { path, exactIntegers }).metadata.fillValue).toBe(
      2n ** 64n - 1n,
    );
    // The exact integer belongs to an earlier key of the same name.
    const stale = new Map([["/fill_value", 2n ** 60n]]);
    const other = parseArrayV2(
      zarray({ dtype: "<u8", fill_value: 1 }),
      {},
      { path, exactIntegers: stale },
    );
    expect(other.metadata.fillValue).toBe(1n);
    expect(parse({ fill_value: null }).problems).toEqual([]);
    expect(parse({ fill_value: "0.0" })).toMatchObject({
      metadata: { fillValue: 0 },
      problems: [{ code: "Z2-05", path: "0/.zarray#/fill_value", received: '"0.0"' }],
    });
  });

  test("Z2-12: xarray's dimension names are taken if they fit", () => {
    const names = (value: JsonValue) =>
      parse({}, { _ARRAY_DIMENSIONS: value }).metadata.dimensionNames;
    expect(names(["t", "c", "y", "x"])).toEqual(["t", "c", "y", "x"]);
    expect(names(["y", "x"])).toBeUndefined();
    expect(names(["t", "c", 1, "x"])).toBeUndefined();
  });

  test("the root array is named without a path", () => {
    const atRoot = () => parseArrayV2(zarray({ dtype: "<f16" }), {}, { path: nodePath("") });
    expect(atRoot).toThrow('The array has the data type "<f16"');
  });
});
