import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { nodePath } from "../store/node-path.ts";
import { parseArrayV2 } from "./parse-v2.ts";
import { parseArrayV3 } from "./parse-v3.ts";
import { dataTypeName, itemBytes, laneShape } from "./stored-item.ts";

/** Elements that are no plain numbers: how both versions spell them, what is shown of them, and their fill values. */
const source = { path: nodePath("a") };

function v2(dtype: JsonValue, fill_value: JsonValue = null, more: JsonObject = {}) {
  const document = {
    zarr_format: 2,
    shape: [4, 6],
    chunks: [2, 3],
    dtype,
    compressor: null,
    filters: null,
    order: "C",
    fill_value,
    dimension_separator: ".",
    ...more,
  };
  return parseArrayV2(document, {}, source);
}

function v3(data_type: JsonValue, fill_value: JsonValue = 0, more: JsonObject = {}) {
  const document = {
    zarr_format: 3,
    node_type: "array",
    shape: [4, 6],
    data_type,
    chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 3] } },
    chunk_key_encoding: { name: "default" },
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
    fill_value,
    ...more,
  };
  return parseArrayV3(document, source);
}

const record: JsonValue = [
  ["id", "<u4"],
  ["pos", ">f8", [2]],
  [
    "inner",
    [
      ["flag", "|b1"],
      ["z", "<c8"],
    ],
  ],
  ["name", "|S3"],
];

describe("what elements are made of", () => {
  test.each<[string, ReturnType<typeof v2>, object]>([
    [
      "v2 <c8",
      v2("<c8"),
      { kind: "complex", lanes: { dataType: "float32", count: 2 }, numpyType: "<c8" },
    ],
    [
      "v2 >c16",
      v2(">c16"),
      { kind: "complex", lanes: { dataType: "float64", count: 2 }, numpyType: "<c16" },
    ],
    [
      "v2 <M8[ns]",
      v2("<M8[ns]"),
      { kind: "date", lanes: { dataType: "int64", count: 1 }, numpyType: "<M8[ns]" },
    ],
    ["v2 >m8[10ms]", v2(">m8[10ms]"), { kind: "duration", numpyType: "<m8[10ms]" }],
    [
      "v2 |S5",
      v2("|S5"),
      { kind: "text", lanes: { dataType: "uint8", count: 5 }, numpyType: "|S5" },
    ],
    [
      "v2 >U7",
      v2(">U7"),
      { kind: "text", lanes: { dataType: "uint32", count: 7 }, numpyType: "<U7" },
    ],
    ["v2 |V3", v2("|V3"), { kind: "raw", lanes: { dataType: "uint8", count: 3 }, view: undefined }],
    [
      "v2 |O text",
      v2("|O", null, { filters: [{ id: "vlen-utf8" }] }),
      { kind: "text", lanes: undefined },
    ],
    [
      "v2 |O",
      v2("|O", null, { filters: [{ id: "json2" }] }),
      { kind: "objects", lanes: undefined },
    ],
    ["v2 |S0", v2("|S0"), { kind: "text", lanes: undefined, numpyType: undefined }],
    ["v3 complex64", v3("complex64", [0, 0]), { kind: "complex", numpyType: "<c8" }],
    ["v3 complex_float64", v3("complex_float64", [0, 0]), { kind: "complex", numpyType: "<c16" }],
    [
      "v3 r24",
      v3("r24", [0, 0, 0]),
      { kind: "raw", lanes: { dataType: "uint8", count: 3 }, view: undefined },
    ],
    ["v3 string", v3("string", ""), { kind: "text", lanes: undefined }],
    ["v3 bytes", v3("variable_length_bytes", ""), { kind: "raw", lanes: undefined }],
    [
      "v3 datetime64",
      v3({ name: "numpy.datetime64", configuration: { unit: "ms", scale_factor: 10 } }),
      { name: "numpy.datetime64[10ms]", kind: "date", numpyType: "<M8[10ms]" },
    ],
    [
      "v3 timedelta64",
      v3({ name: "numpy.timedelta64", configuration: { unit: "generic", scale_factor: 1 } }),
      { kind: "duration", numpyType: "<m8" },
    ],
    [
      "v3 fixed_length_utf32",
      v3({ name: "fixed_length_utf32", configuration: { length_bytes: 16 } }, ""),
      { kind: "text", lanes: { dataType: "uint32", count: 4 }, numpyType: "<U4" },
    ],
    [
      "v3 null_terminated_bytes",
      v3({ name: "null_terminated_bytes", configuration: { length_bytes: 3 } }, ""),
      { kind: "text", numpyType: "|S3" },
    ],
  ])("Z2-03, Z3-10: %s", (_, { metadata, problems }, item) => {
    expect(metadata.item).toMatchObject(item);
    expect(problems).toEqual([]);
  });

  test("Z3-10: r8 to r64 are seen as unsigned integers, r24 is not", () => {
    const typeOf = (name: string) => {
      const { item, dataType } = v3(name, new Array(Number(name.slice(1)) / 8).fill(1)).metadata;
      return item?.view && dataType;
    };
    expect(["r8", "r16", "r24", "r32", "r64"].map(typeOf)).toEqual([
      "uint8",
      "uint16",
      undefined,
      "uint32",
      "uint64",
    ]);
  });

  test("a record of v2 has its numbers as fields, with offset and byte order", () => {
    const { metadata } = v2(record);
    expect(metadata.item?.fields).toEqual([
      { name: "id", offset: 0, dataType: "uint32", endian: "little" },
      { name: "pos[0]", offset: 4, dataType: "float64", endian: "big" },
      { name: "pos[1]", offset: 12, dataType: "float64", endian: "big" },
      { name: "inner.flag", offset: 20, dataType: "bool", endian: "little" },
      { name: "inner.z.real", offset: 21, dataType: "float32", endian: "little" },
      { name: "inner.z.imaginary", offset: 25, dataType: "float32", endian: "little" },
    ]);
    expect(itemBytes(metadata)).toBe(32);
    expect(metadata.item?.numpyType).toEqual(record);
    expect(metadata.dataType).toBe("uint32");
  });

  test.each<[string, JsonValue]>([
    [
      "struct",
      [
        { name: "a", data_type: "int16" },
        { name: "b", data_type: { name: "float64" } },
      ],
    ],
    [
      "structured",
      [
        ["a", "int16"],
        ["b", "float64"],
      ],
    ],
  ])("a record of v3, spelt %s, has the byte order of its codec", (name, fields) => {
    const big = [{ name: "bytes", configuration: { endian: "big" } }];
    const { metadata } = v3({ name, configuration: { fields } }, "", { codecs: big });
    expect(metadata.item?.fields).toEqual([
      { name: "a", offset: 0, dataType: "int16", endian: "big" },
      { name: "b", offset: 2, dataType: "float64", endian: "big" },
    ]);
    expect(metadata.item?.numpyType).toEqual([
      ["a", ">i2"],
      ["b", ">f8"],
    ]);
    expect(dataTypeName(metadata)).toBe(name);
  });
});

describe("codecs of elements of several numbers", () => {
  test("v2's order F permutes the array's axes only", () => {
    const { metadata } = v2("<c8", null, { order: "F" });
    expect(metadata.codecs.arrayToArray).toEqual([
      { name: "transpose", configuration: { order: [1, 0, 2] } },
    ]);
    expect(laneShape(metadata)).toEqual([2]);
  });

  test("shards, inner shapes and permutations get the elements' dimension", () => {
    const inner = [{ name: "transpose", configuration: { order: [1, 0] } }, "bytes", "zstd"];
    const codecs = [
      {
        name: "sharding_indexed",
        configuration: { chunk_shape: [1, 3], codecs: inner, index_codecs: ["bytes"] },
      },
    ];
    const { arrayToBytes } = v3("complex64", [0, 0], { codecs }).metadata.codecs;
    expect(arrayToBytes.configuration).toMatchObject({
      chunk_shape: [1, 3, 2],
      codecs: [
        { name: "transpose", configuration: { order: [1, 0, 2] } },
        { name: "bytes", configuration: {} },
        "zstd",
      ],
    });
  });

  test("codecs that work on whole elements are refused by name", () => {
    const codecs = [{ name: "scale_offset", configuration: { offset: 1 } }, "bytes"];
    expect(() => v3("complex64", [0, 0], { codecs })).toThrow('codec "scale_offset" on elements');
  });
});

describe("fill values of items", () => {
  const fillOf = ({ metadata }: ReturnType<typeof v2>) => metadata.item?.fill;
  const NaT = -(2n ** 63n);

  test.each<[string, ReturnType<typeof v2>, readonly (number | bigint)[]]>([
    ["complex pair", v3("complex64", [1.5, -2]), [1.5, -2]],
    [
      "complex words",
      v3("complex128", ["NaN", "-Infinity"]),
      [Number.NaN, Number.NEGATIVE_INFINITY],
    ],
    ["complex bits", v3("complex64", ["0x3fc00000", 0]), [1.5, 0]],
    ["complex null in v2", v2("<c8", null), [0, 0]],
    ["NaT", v3({ name: "numpy.datetime64", configuration: { unit: "s" } }, "NaT"), [NaT]],
    ["NaT as a number", v2("<M8[s]", Number(NaT)), [NaT]],
    ["a date", v2("<M8[s]", 5), [5n]],
    ["text", v2("<U3", "aé"), [97, 233, 0]],
    ["text in base64", v2("|S4", "YWJjAA=="), [97, 98, 99, 0]],
    ["raw list", v3("r16", [1, 255]), [1, 255]],
    ["raw base64", v2("|V2", "/wE="), [255, 1]],
    ["record base64", v2([["a", "<u2"]], "NBI="), [0x34, 0x12]],
    [
      "record by name",
      v3(
        {
          name: "struct",
          configuration: {
            fields: [
              ["a", "uint16"],
              ["b", "int8"],
            ],
          },
        },
        { a: 258, b: -1 },
      ),
      [2, 1, 255],
    ],
  ])("Z2-05, Z3-11: %s", (_, parsed, fill) => {
    expect(fillOf(parsed)).toEqual(fill);
    expect(parsed.problems.filter(({ code }) => code !== "Z3-31")).toEqual([]);
  });

  test.each<[string, ReturnType<typeof v2>]>([
    ["a complex number alone", v3("complex64", 3)],
    ["three parts", v3("complex64", [1, 2, 3])],
    ["text that is too long", v2("|S2", "abc")],
    ["a list of the wrong length", v3("r16", [1])],
    ["bytes out of range", v3("r16", [1, 300])],
    ["no base64", v2([["a", "<u2"]], "***")],
  ])("%s is noted", (_, { problems, metadata }) => {
    expect(problems).toMatchObject([{ severity: "warning" }]);
    expect(metadata.item?.fill).toHaveLength(metadata.item?.lanes?.count ?? 0);
  });

  test("the fill is shown as the elements are", () => {
    expect(v3("complex64", [3, 4]).metadata.fillValue).toBe(5);
    expect(v3("r16", [0x34, 0x12]).metadata.fillValue).toBe(0x1234);
    expect(v2(record, null).metadata.fillValue).toBe(0);
  });
});

test("whatever dtype, data type and fill value say, parsing ends in metadata that hold together or in a MetadataError", () => {
  const text = fc.constantFrom(
    "<c8",
    "|S3",
    "<U2",
    "|V8",
    "<M8[D]",
    "|O",
    "r16",
    "r32",
    "complex64",
    "struct",
    "string",
  );
  const field = fc.tuple(
    text,
    fc.constantFrom("<u2", "|V3", "<c16", "|O", "int8"),
    fc.constantFrom(2, [2, 2], [0], null),
  );
  const type = fc.oneof(text, fc.array(field, { maxLength: 3 }), fc.jsonValue());
  fc.assert(
    fc.property(type, fc.jsonValue(), fc.boolean(), (dataType, fill, isV3) => {
      const json = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value));
      try {
        const { metadata } = isV3 ? v3(json(dataType), json(fill)) : v2(json(dataType), json(fill));
        const { item } = metadata;
        expect(item?.fill.length ?? 0).toBe(item?.lanes?.count ?? 0);
        for (const { offset } of item?.fields ?? [])
          expect(offset).toBeLessThan(itemBytes(metadata));
      } catch (error) {
        expect(error).toMatchObject({ name: "MetadataError" });
      }
    }),
    { numRuns: 500 },
  );
});
