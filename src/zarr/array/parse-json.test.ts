import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MetadataError } from "../problem.ts";
import { parseJson } from "./parse-json.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => parseJson(encode(text), "0/.zattrs");

describe("parseJson", () => {
  test("Z2-10: takes a byte order mark and white space around", () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, ...encode(' {"a": [1, "é"]}\n \t')]);
    expect(parseJson(bytes)).toEqual({
      value: { a: [1, "é"] },
      exactIntegers: new Map(),
      problems: [],
    });
  });

  test("Z2-10: takes bare NaN and Infinity, and says so once", () => {
    const { value, problems } = parse('{"a": NaN, "b/c": [Infinity, -Infinity], "d": "NaN"}');
    expect(value).toEqual({
      a: Number.NaN,
      "b/c": [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      d: "NaN",
    });
    expect(problems).toMatchObject([
      {
        code: "Z2-10",
        severity: "info",
        path: "0/.zattrs#/a",
        received: expect.stringContaining("3"),
      },
    ]);
  });

  test("Z3-12: keeps integers beyond 2^53 beside the rounded ones", () => {
    const text =
      '{"fill_value": 18446744073709551615, "a": {"~/": [-9223372036854775807, 9007199254740991]}}';
    const { value, exactIntegers } = parse(text);
    expect(value).toMatchObject({ fill_value: 2 ** 64 });
    expect([...exactIntegers]).toEqual([
      ["/fill_value", 18446744073709551615n],
      ["/a/~0~1/0", -9223372036854775807n],
    ]);
  });

  test("a document is read the same with and without a long integer in it", () => {
    const text =
      '{"s": "\\u00e9\\n\\"\\\\", "e": 1.5e-3, "n": -0.30000000000000004, "l": [[], {}, true, null]}';
    const plain = parse(text).value;
    const { value } = parse(`{"doc": ${text}, "big": 12345678901234567890}`);
    expect(value).toMatchObject({ doc: plain });
  });

  test('"__proto__" is a key like any other, in both readers', () => {
    for (const tail of ["", ', "x": NaN']) {
      const { value } = parse(`{"__proto__": {"polluted": 1}, "constructor": 2${tail}}`);
      expect(Object.keys(value as object)).toContain("__proto__");
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }
  });

  test.each([
    ["", "the end"],
    ["{", "the end"],
    ['{"a": 1,}', "}"],
    ["[1 2]", "line 1, column 4"],
    ['{"a"\n: tru}', "line 2, column 3"],
    ['"abc', "abc"],
    ['["a\u0001"]', "a\\u0001"],
    ['["\\x"]', "x"],
    ["01", "1"],
    ["{} x", "x"],
    ["-", "-"],
    ["<html>", "<html>"],
    ["Not found", "Not found"],
  ])("refuses %j and says where", (text, found) => {
    let caught: unknown;
    try {
      parse(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(MetadataError);
    expect(caught).toMatchObject({
      message: expect.stringContaining("0/.zattrs"),
      problem: { received: expect.stringContaining(found) },
    });
  });

  test("refuses deep nesting and bytes that are no text, without running out of stack", () => {
    expect(parse(`${"[".repeat(256)}${"]".repeat(256)}`).problems).toEqual([]);
    expect(() => parse(`${"[".repeat(257)}${"]".repeat(257)}`)).toThrow(MetadataError);
    expect(() => parse("[".repeat(1_000_000))).toThrow(MetadataError);
    expect(() => parse(`{"a":${'{"a":'.repeat(100_000)}`)).toThrow("levels of nesting");
    expect(() => parseJson(Uint8Array.from([0x22, 0xff, 0xfe, 0x22]))).toThrow("UTF-8");
  });

  test("strings of megabytes are read by both readers", () => {
    const long = `${"x".repeat(3_000_000)}${'\\"\\\\'.repeat(500_000)}`;
    expect(parse(`["${long}", NaN]`).value).toEqual([JSON.parse(`"${long}"`), Number.NaN]);
  });

  test("reads all JSON as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const expected = JSON.parse(text);
        expect(parse(text).value).toEqual(expected);
        expect(parse(`[NaN, ${text}]`).value).toEqual([Number.NaN, expected]);
      }),
    );
  });

  test("throws nothing but MetadataError, whatever the bytes", () => {
    const tokens = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"',
            "\\",
            "NaN",
            "-Infinity",
            "null",
            "1e999",
          ),
          fc.constantFrom('"__proto__"', "99999999999999999999", "-", ".", " ", "\n", "\u0000"),
          fc.string({ maxLength: 3 }),
        ),
        { maxLength: 30 },
      )
      .map((parts) => encode(parts.join("")));
    fc.assert(
      fc.property(fc.oneof(tokens, fc.uint8Array({ maxLength: 40 })), (bytes) => {
        try {
          parseJson(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MetadataError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
