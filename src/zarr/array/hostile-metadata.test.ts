import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { MetadataError } from "../problem.ts";
import { nodePath } from "../store/node-path.ts";
import { largestChunkShape } from "./chunk-grid.ts";
import { parseJson } from "./parse-json.ts";
import { parseArrayV2 } from "./parse-v2.ts";
import { parseArrayV3 } from "./parse-v3.ts";

const path = nodePath("a/b");

const valid: { v2: JsonObject; v3: JsonObject } = {
  v2: {
    zarr_format: 2,
    shape: [3, 100, 100],
    chunks: [1, 64, 64],
    dtype: ">u2",
    compressor: { id: "zlib", level: 1 },
    fill_value: "0",
    order: "F",
    filters: [{ id: "delta", dtype: "<u2" }],
    dimension_separator: "/",
  },
  v3: {
    zarr_format: 3,
    node_type: "array",
    shape: [3, 100, 100],
    data_type: "float16",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 64, 64] } },
    chunk_key_encoding: { name: "default" },
    fill_value: "0x7e00",
    codecs: [
      { name: "transpose", configuration: { order: [2, 1, 0] } },
      {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: [32, 32, 1],
          codecs: [{ name: "bytes", configuration: { endian: "big" } }, "gzip"],
          index_codecs: [{ name: "bytes", configuration: { endian: "little" } }, "crc32c"],
          index_location: "start",
        },
      },
      { name: "zstd", must_understand: false },
    ],
    attributes: { ome: { version: "0.5" } },
    storage_transformers: [],
  },
};

const hostileValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((value): JsonValue => JSON.parse(JSON.stringify(value))),
  fc.constantFrom<JsonValue[]>(
    null,
    -1,
    0,
    1.5,
    1e308,
    Number.NaN,
    "",
    "__proto__",
    "constructor",
    "sharding_indexed",
    "0x",
    "<i9999999",
    [[[[]]]],
    [0, 0, 0],
    JSON.parse('{"__proto__": {"polluted": true}, "name": "toString", "id": "__proto__"}'),
  ),
);

/** Replaces, adds or removes values anywhere in a document. */
function mutate(value: JsonValue, steps: readonly number[], replacement: JsonValue): JsonValue {
  const [step, ...rest] = steps;
  if (step === undefined || value === null || typeof value !== "object") return replacement;
  if (Array.isArray(value)) {
    if (value.length === 0) return [replacement];
    const at = step % value.length;
    return value.map((item, index) => (index === at ? mutate(item, rest, replacement) : item));
  }
  const keys = Object.keys(value);
  const key = keys[step % (keys.length + 1)] ?? "__proto__";
  const child: JsonValue = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  const entries = Object.entries(value).filter(([name]) => name !== key);
  return Object.fromEntries([...entries, [key, mutate(child, rest, replacement)]]);
}

function parseEither(format: "v2" | "v3", document: JsonValue) {
  return format === "v2" ? parseArrayV2(document, {}, { path }) : parseArrayV3(document, { path });
}

test("the documents that are mutated below are valid", () => {
  expect(parseEither("v2", valid.v2).metadata.dataType).toBe("uint16");
  expect(parseEither("v3", valid.v3).metadata.fillValue).toBeNaN();
});

test("whatever a document holds: metadata that keep their promises, or a MetadataError; no pollution", () => {
  const mutation = fc.record({
    steps: fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 6 }),
    replacement: hostileValue,
  });
  const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });
  const prototypeBefore = Object.getOwnPropertyNames(Object.prototype).sort();
  fc.assert(
    fc.property(fc.constantFrom("v2", "v3"), mutations, (format, changes) => {
      const document = changes.reduce<JsonValue>(
        (value, { steps, replacement }) => mutate(value, steps, replacement),
        valid[format],
      );
      try {
        const { metadata, problems } = parseEither(format, document);
        const { shape, chunkGrid, fillValue } = metadata;
        const chunkShape = largestChunkShape({ shape, chunkGrid });
        expect(chunkShape).toHaveLength(shape.length);
        expect(chunkShape.every((size) => Number.isSafeInteger(size) && size > 0)).toBe(true);
        expect(shape.every((size) => Number.isSafeInteger(size) && size >= 0)).toBe(true);
        expect(["number", "bigint"]).toContain(typeof fillValue);
        expect(problems.every(({ severity }) => severity !== "error")).toBe(true);
        structuredClone(metadata);
      } catch (error) {
        expect(error).toBeInstanceOf(MetadataError);
        if (error instanceof MetadataError) expect(error.message.length).toBeLessThan(500);
      }
    }),
    { numRuns: 1500 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototypeBefore);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("any JSON at all is a MetadataError, or an array", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom("v2", "v3"), (text, format) => {
      const { value } = parseJson(new TextEncoder().encode(text));
      expect(() => parseEither(format, value)).toThrow(MetadataError);
    }),
  );
});
