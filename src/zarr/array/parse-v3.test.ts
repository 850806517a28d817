import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { MetadataError } from "../problem.ts";
import { nodePath } from "../store/node-path.ts";
import { parseArrayV3 } from "./parse-v3.ts";

type Overrides = { [key: string]: JsonValue | undefined };
const path = nodePath("s0");
const little: JsonValue = { name: "bytes", configuration: { endian: "little" } };

function document(overrides: Overrides = {}): JsonObject {
  const value: Overrides = {
    zarr_format: 3,
    node_type: "array",
    shape: [4, 1000, 1000],
    data_type: "uint16",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 256, 256] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: 0,
    codecs: [little, { name: "zstd", configuration: { level: 0, checksum: false } }],
    dimension_names: ["c", "y", null],
    attributes: { a: 1 },
    ...overrides,
  };
  return JSON.parse(JSON.stringify(value));
}

const parse = (overrides?: Overrides) => parseArrayV3(document(overrides), { path });

function refusal(overrides: Overrides): MetadataError {
  try {
    parse(overrides);
  } catch (error) {
    expect(error).toBeInstanceOf(MetadataError);
    if (error instanceof MetadataError) return error;
  }
  throw new Error("The document was not refused.");
}

function sharded(inner: number[], more: JsonValue[] = [], before: JsonValue[] = []): JsonValue[] {
  const configuration: JsonValue = {
    chunk_shape: inner,
    codecs: [little],
    index_codecs: [little, "crc32c"],
  };
  return [...before, { name: "sharding_indexed", configuration }, ...more];
}

describe("Zarr v3 arrays", () => {
  test("Z3-02: are read as they are", () => {
    expect(parse()).toEqual({
      problems: [],
      metadata: {
        zarrFormat: 3,
        path: "s0",
        shape: [4, 1000, 1000],
        dataType: "uint16",
        chunkGrid: { kind: "regular", chunkShape: [1, 256, 256] },
        chunkKeyEncoding: { name: "default", separator: "/" },
        fillValue: 0,
        codecs: {
          arrayToArray: [],
          arrayToBytes: little,
          bytesToBytes: [{ name: "zstd", configuration: { level: 0, checksum: false } }],
        },
        dimensionNames: ["c", "y", null],
        attributes: { a: 1 },
      },
    });
  });

  test("Z3-03: extensions may be bare names", () => {
    const { metadata, problems } = parse({
      data_type: { name: "float32" },
      chunk_key_encoding: "v2",
      codecs: [little, "crc32c"],
    });
    expect(metadata.dataType).toBe("float32");
    expect(metadata.chunkKeyEncoding).toEqual({ name: "v2", separator: "." });
    expect(metadata.codecs.bytesToBytes).toEqual([{ name: "crc32c", configuration: {} }]);
    expect(problems).toEqual([]);
    expect(parse({ chunk_key_encoding: "default" }).metadata.chunkKeyEncoding.separator).toBe("/");
  });

  test.each([
    "bool",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint32",
    "uint64",
    "float16",
    "float64",
  ])("Z3-10: data type %s", (data_type) => {
    expect(parse({ data_type, fill_value: null }).metadata.dataType).toBe(data_type);
  });

  test.each<JsonValue>([
    "r12",
    "r0",
    "bfloat16",
    "int4",
    { name: "numpy.datetime64" },
    "constructor",
  ])("Z3-10: data type %j is refused by name", (data_type) => {
    const error = refusal({ data_type });
    const name = typeof data_type === "string" ? data_type : "numpy.datetime64";
    expect(error.message).toBe(
      `The array "s0" has the data type "${name}", which cannot be shown.`,
    );
    expect(error.problem.path).toBe("s0/zarr.json#/data_type");
  });

  test("Z3-04: an unknown field is refused, unless it says that it may be passed over", () => {
    expect(parse({ extra: { must_understand: false, x: 1 } }).problems).toEqual([]);
    expect(refusal({ extra: { x: 1 } }).message).toContain('needs the extension "extra"');
    expect(refusal({ extra: 1 }).problem.code).toBe("Z3-04");
    expect(
      parse({ chunk_key_encoding: { name: "v2", must_understand: false } }).problems,
    ).toMatchObject([{ code: "Z3-04", severity: "warning" }]);
  });

  test("Z3-04: on demand an unknown field is passed over, with a warning; nothing else is", () => {
    const anyway = { path: nodePath("s0"), passOverUnknown: true };
    const parsed = parseArrayV3(document({ extra: { x: 1 } }), anyway);
    expect(parsed.problems).toMatchObject([
      { code: "Z3-04", severity: "warning", received: '{"x":1}' },
    ]);
    expect(parsed.metadata).toEqual(parse({}).metadata);
    const transformed = document({ extra: 1, storage_transformers: [{ name: "x" }] });
    expect(() => parseArrayV3(transformed, anyway)).toThrow("storage transformer");
  });

  test("Z3-05: a member that grids and key encodings are not known to have is a warning", () => {
    const chunk_key_encoding = { name: "v2", configuration: { separator: ".", prefix: "c" } };
    expect(parse({ chunk_key_encoding }).problems).toMatchObject([
      { code: "Z3-05", severity: "warning", received: '"prefix"' },
    ]);
  });

  test("Z3-06: storage transformers", () => {
    expect(parse({ storage_transformers: [] }).problems).toEqual([]);
    expect(refusal({ storage_transformers: [{ name: "x" }] }).message).toContain(
      "storage transformer",
    );
  });

  test("Z3-05: an unknown codec stays in the chain, one that may be passed over does not", () => {
    const { codecs } = parse({ codecs: [little, { name: "acme.squash" }] }).metadata;
    expect(codecs.bytesToBytes.map(({ name }) => name)).toEqual(["acme.squash"]);
    const passed = parse({ codecs: [little, { name: "acme.note", must_understand: false }] });
    expect(passed.metadata.codecs.bytesToBytes).toEqual([]);
    expect(passed.problems).toMatchObject([{ code: "Z3-05", severity: "warning" }]);
  });

  test("Z3-30: codecs in a wrong order are refused", () => {
    expect(refusal({ codecs: [{ name: "zstd" }, little] }).problem.code).toBe("Z3-30");
    expect(refusal({ codecs: [{ name: "zstd" }] }).problem.code).toBe("Z3-30");
    expect(refusal({ codecs: [] }).problem.code).toBe("Z3-30");
    expect(refusal({ codecs: [little, little] }).problem.code).toBe("Z3-30");
    expect(refusal({ codecs: undefined }).problem.path).toBe("s0/zarr.json#/codecs");
  });

  test("Z3-31: a missing byte order is little, with a warning where it matters", () => {
    expect(parse({ codecs: ["bytes"] }).problems).toMatchObject([{ code: "Z3-31" }]);
    expect(parse({ codecs: ["bytes"], data_type: "uint8" }).problems).toEqual([]);
  });

  test("Z3-32: the order of transpose is a permutation; drafts' letters are lifted", () => {
    const transpose = (order: JsonValue): Overrides => ({
      codecs: [{ name: "transpose", configuration: { order } }, little],
    });
    expect(parse(transpose([2, 0, 1])).problems).toEqual([]);
    const lifted = parse(transpose("F"));
    expect(lifted.metadata.codecs.arrayToArray[0]!.configuration).toEqual({ order: [2, 1, 0] });
    expect(lifted.problems).toMatchObject([{ code: "Z3-32" }]);
    for (const order of [[0, 1], [0, 0, 1], [0, 1, 3], "X", null]) {
      expect(refusal(transpose(order)).problem.code).toBe("Z3-32");
    }
  });

  test("Z3-34: inner chunks must tile their shard", () => {
    const grid = { name: "regular", configuration: { chunk_shape: [1, 512, 512] } };
    const tiled = (...args: Parameters<typeof sharded>) => ({
      chunk_grid: grid,
      codecs: sharded(...args),
    });
    expect(parse(tiled([1, 64, 128])).problems).toEqual([]);
    expect(refusal(tiled([1, 100, 128])).problem.code).toBe("Z3-34");
    expect(refusal(tiled([64, 128])).problem.code).toBe("Z3-34");
  });

  test("ZA-08: a shard may be larger than 2 GiB, unless it must be decoded whole", () => {
    const grid = { name: "regular", configuration: { chunk_shape: [1, 65536, 65536] } };
    const shape = [4, 65536, 65536];
    expect(parse({ shape, chunk_grid: grid, codecs: sharded([1, 256, 256]) }).problems).toEqual([]);
    const compressed = { shape, chunk_grid: grid, codecs: sharded([1, 256, 256], ["gzip"]) };
    expect(refusal(compressed).message).toMatch(/8\.6 GB.*rechunk/);
    expect(refusal({ shape, chunk_grid: grid }).message).toContain("rechunk");
    const absurd = { name: "regular", configuration: { chunk_shape: [1e15, 1e15, 1e15] } };
    expect(refusal({ chunk_grid: absurd }).problem.code).toBe("ZA-08");
  });

  test.each<[string, Overrides, string]>([
    [
      "a grid of another kind",
      { chunk_grid: { name: "hexagonal", configuration: {} } },
      "/chunk_grid/name",
    ],
    ["no grid", { chunk_grid: undefined }, "/chunk_grid"],
    ["another key encoding", { chunk_key_encoding: "suffix" }, "/chunk_key_encoding/name"],
    [
      "another separator",
      { chunk_key_encoding: { name: "default", configuration: { separator: "-" } } },
      "/chunk_key_encoding/configuration/separator",
    ],
    ["a group", { node_type: "group" }, "/node_type"],
    ["another format", { zarr_format: 2 }, "/zarr_format"],
  ])("refuses %s", (_what, overrides, pointer) => {
    expect(refusal(overrides).problem.path).toBe(`s0/zarr.json#${pointer}`);
  });

  test("ZA-06: a draft of v3 is refused in clear words", () => {
    const url = "https://purl.org/zarr/spec/protocol/core/3.0";
    expect(refusal({ zarr_format: url }).message).toContain("early draft");
  });

  test("Z3-11: a fill value that is missing or odd is remarked on", () => {
    expect(parse({ fill_value: null })).toMatchObject({
      metadata: { fillValue: 0 },
      problems: [{ code: "Z3-11", received: "null" }],
    });
    expect(parse({ fill_value: undefined }).problems).toMatchObject([{ received: "absent" }]);
    expect(parse({ data_type: "bool", fill_value: 0 }).problems).toHaveLength(1);
    expect(parse({ data_type: "float64", fill_value: "NaN" }).metadata.fillValue).toBeNaN();
  });

  test("dimension names and attributes that do not fit are left out with a warning", () => {
    expect(parse({ dimension_names: ["y", "x"] })).toMatchObject({
      metadata: { dimensionNames: undefined },
      problems: [{ code: "Z3-02", path: "s0/zarr.json#/dimension_names" }],
    });
    expect(parse({ attributes: [1] })).toMatchObject({
      metadata: { attributes: {} },
      problems: [{ path: "s0/zarr.json#/attributes" }],
    });
    expect(parse({ dimension_names: ["x", "x", "x"] }).problems).toEqual([]);
  });
});
