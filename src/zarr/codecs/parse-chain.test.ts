import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { MetadataError, type Problem } from "../problem.ts";
import { parseCodecChain } from "./parse-chain.ts";
import { unsupportedCodecs } from "./registry.ts";

const sharding = (overrides: JsonObject = {}): JsonObject => ({
  name: "sharding_indexed",
  configuration: {
    chunk_shape: [2, 2],
    codecs: ["bytes", "zstd"],
    index_codecs: [{ name: "bytes", configuration: { endian: "little" } }, "crc32c"],
    ...overrides,
  },
});

describe("parseCodecChain", () => {
  test("objects and bare strings, put in order (Z3-03, Z3-30)", () => {
    const chain = parseCodecChain(
      [
        { name: "transpose", configuration: { order: [1, 0] } },
        "bytes",
        { name: "zstd" },
        "crc32c",
      ],
      "zarr.json#/codecs",
    );
    expect(chain.arrayToArray).toEqual([{ name: "transpose", configuration: { order: [1, 0] } }]);
    expect(chain.arrayToBytes).toEqual({ name: "bytes", configuration: {} });
    expect(chain.bytesToBytes.map(({ name }) => name)).toEqual(["zstd", "crc32c"]);
  });

  test.each<[string, JsonValue]>([
    ["no list", { name: "bytes" }],
    ["an empty list", []],
    ["no array→bytes codec", ["transpose", "zstd"]],
    ["two of them", ["bytes", "bytes"]],
    ["bytes→bytes before it", ["zstd", "bytes"]],
    ["array→array behind it", ["bytes", { name: "transpose", configuration: { order: [0] } }]],
    ["a number for a codec", ["bytes", 7]],
    ["a codec without a name", [{ configuration: {} }]],
    ["a list for a configuration", [{ name: "bytes", configuration: [] }]],
    ["a shard without codecs", [sharding({ codecs: null })]],
    ["a shard without index codecs", [sharding({ index_codecs: null })]],
    ["a shard with a wrong order inside", [sharding({ codecs: ["zstd", "bytes"] })]],
    ["a shard with inner chunks of 0", [sharding({ chunk_shape: [0, 2] })]],
    ["a shard with half an inner chunk", [sharding({ chunk_shape: [1.5, 2] })]],
    ["a shard with no shape", [sharding({ chunk_shape: 4 })]],
    ["a shard with its index in the middle", [sharding({ index_location: "middle" })]],
  ])("%s is a MetadataError", (_, codecs) => {
    expect(() => parseCodecChain(codecs, "codecs")).toThrow(MetadataError);
  });

  test("the error says where", () => {
    const parse = () => parseCodecChain([sharding({ codecs: [{}] })], "0/zarr.json#/codecs");
    expect(parse).toThrow("0/zarr.json#/codecs/0/configuration/codecs/0/name");
  });

  test("shards in shards without end are refused", () => {
    let codec = sharding();
    for (let depth = 0; depth < 5000; depth++) codec = sharding({ codecs: [codec] });
    expect(() => parseCodecChain([codec], "codecs")).toThrow(MetadataError);
  });

  test("names from Object.prototype are names like others", () => {
    const chain = parseCodecChain(["bytes", "constructor", "__proto__"], "codecs");
    expect(unsupportedCodecs(chain)).toEqual(["constructor", "__proto__"]);
  });
});

describe("unsupportedCodecs", () => {
  const unsupported = (codecs: JsonValue) => unsupportedCodecs(parseCodecChain(codecs, "codecs"));

  test("nothing for what can be read, by every name", () => {
    expect(unsupported(["bytes", "blosc", "zstd", "gzip", "crc32c"])).toEqual([]);
    expect(unsupported(["endian", "numcodecs.blosc", "numcodecs.zstd"])).toEqual([]);
    expect(unsupported(["bytes", "numcodecs.gzip", "numcodecs.zlib"])).toEqual([]);
    expect(unsupported(["bytes", "numcodecs.lz4", "numcodecs.crc32c"])).toEqual([]);
    expect(unsupported([sharding()])).toEqual([]);
  });

  test("unknown names wherever they stand (Z3-05, C10)", () => {
    expect(unsupported(["acme.fold", "bytes", "acme.squash"])).toEqual([
      "acme.fold",
      "acme.squash",
    ]);
    expect(unsupported(["numcodecs.pcodec"])).toEqual(["numcodecs.pcodec"]);
    expect(unsupported(["acme.image"])).toEqual(["acme.image"]);
  });

  test("inside shards, each once", () => {
    const inner = sharding({ codecs: ["bytes", "acme.squash"], index_codecs: ["acme.index"] });
    expect(unsupported([sharding({ codecs: [inner] }), "acme.squash"])).toEqual([
      "acme.squash",
      "acme.index",
    ]);
  });

  test("must_understand: false lets an unknown codec be passed over, with a warning (Z3-05)", () => {
    const problems: Problem[] = [];
    const chain = parseCodecChain(
      ["bytes", { name: "acme.note", must_understand: false }, "zstd"],
      "codecs",
      problems,
    );
    expect(chain.bytesToBytes.map(({ name }) => name)).toEqual(["zstd"]);
    expect(problems).toMatchObject([{ code: "Z3-05", severity: "warning", path: "codecs/1" }]);
    expect(unsupported(["bytes", { name: "zstd", must_understand: false }])).toEqual([]);
  });

  test("Z3-05: a member of a configuration that is not known is a warning, in shards as well", () => {
    const warnings = (codecs: JsonValue) => {
      const problems: Problem[] = [];
      parseCodecChain(codecs, "codecs", problems);
      return problems.map(({ code, severity, path, received }) => [code, severity, path, received]);
    };
    const zstd = (more: JsonObject) => ({ name: "zstd", configuration: { level: 1, ...more } });
    expect(warnings(["bytes", zstd({ checksum: true })])).toEqual([]);
    expect(warnings(["bytes", zstd({ dictionary: "x" })])).toEqual([
      ["Z3-05", "warning", "codecs/1/configuration", '"dictionary"'],
    ]);
    expect(warnings(["bytes", zstd({ note: { must_understand: false } })])).toEqual([]);
    expect(warnings(["bytes", zstd({ note: { must_understand: true } })])).toHaveLength(1);
    expect(warnings([sharding({ codecs: ["bytes", zstd({ dictionary: 1 })] })])).toEqual([
      ["Z3-05", "warning", "codecs/0/configuration/codecs/1/configuration", '"dictionary"'],
    ]);
    // Other codecs take what their library takes.
    expect(warnings(["bytes", { name: "numcodecs.lz4", configuration: { x: 1 } }])).toEqual([]);
  });
});
