import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocateElements, type DataType, storedItemBytes } from "./data-type.ts";
import { showItems } from "./show-items.ts";
import { complexParts, type StoredItem } from "./stored-item.ts";

const dataTypes: readonly DataType[] = [
  "bool",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "float16",
  "float32",
  "float64",
];

function complexItem(
  dataType: "float32" | "float64",
  part: (typeof complexParts)[number],
): StoredItem {
  const lanes = { dataType, count: 2 };
  const view = { kind: "complex", part } as const;
  return { name: "c", kind: "complex", lanes, fill: [0, 0], numpyType: "<c8", fields: [], view };
}

describe("what is shown of complex numbers", () => {
  const numbers = fc.array(fc.tuple(fc.double(), fc.double()), { minLength: 1, maxLength: 20 });

  test.each(["float32", "float64"] as const)("%s: every part by its definition", (dataType) => {
    fc.assert(
      fc.property(numbers, (pairs) => {
        const lanes = allocateElements(dataType, pairs.length * 2);
        for (const [i, [re, im]] of pairs.entries()) {
          lanes[2 * i] = re;
          lanes[2 * i + 1] = im;
        }
        const shown = complexParts.map((part) => showItems(lanes, complexItem(dataType, part)));
        const round = dataType === "float32" ? Math.fround : Number;
        for (let i = 0; i < pairs.length; i++) {
          const [re, im] = [Number(lanes[2 * i]), Number(lanes[2 * i + 1])];
          const [magnitude, phase, real, imaginary] = shown.map((part) => part[i]);
          const expected = Math.hypot(re, im);
          // The root of squares is within an ulp of the definition.
          if (Number.isFinite(expected))
            expect(Math.abs(Number(magnitude) - round(expected))).toBeLessThanOrEqual(
              expected * 2 ** -23,
            );
          else if (!Number.isNaN(re) && !Number.isNaN(im)) expect(magnitude).toBe(expected);
          expect(phase).toBe(round(Math.atan2(im, re)));
          expect(real).toBe(re);
          expect(imaginary).toBe(im);
        }
      }),
    );
  });
});

describe("what is shown of records", () => {
  test.each(dataTypes)(
    "a field of type %s, in both byte orders, at any offset",
    (dataType: DataType) => {
      const size = storedItemBytes[dataType];
      const bytes = fc.uint8Array({ minLength: size + 5, maxLength: size + 5 });
      fc.assert(
        fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), fc.nat(5), (items, offset) => {
          const lanes = Uint8Array.from(items.flatMap((item) => [...item]));
          const itemOf = (endian: "little" | "big"): StoredItem => {
            const view = { kind: "field", field: { name: "f", offset, dataType, endian } } as const;
            const shape = { dataType: "uint8", count: size + 5 } as const;
            return {
              name: "r",
              kind: "record",
              lanes: shape,
              fill: [],
              numpyType: [],
              fields: [],
              view,
            };
          };
          const reversed = Uint8Array.from(
            items.flatMap((item) => [
              ...item.slice(0, offset),
              ...item.slice(offset, offset + size).reverse(),
              ...item.slice(offset + size),
            ]),
          );
          const little = showItems(lanes, itemOf("little"));
          expect(showItems(reversed, itemOf("big"))).toEqual(little);
          expect(little).toHaveLength(items.length);
          if (dataType === "bool") return;
          if (dataType === "float16") return;
          // A buffer of its own for each, so that any offset is aligned.
          for (const [i, item] of items.entries()) {
            const own = item.slice(offset, offset + size).buffer;
            const expected = new (little.constructor as Float64ArrayConstructor)(own)[0];
            expect(little[i]).toEqual(expected);
          }
        }),
      );
    },
  );

  test("nothing of text can be shown", () => {
    const text: StoredItem = {
      name: "|S2",
      kind: "text",
      lanes: { dataType: "uint8", count: 2 },
      fill: [0, 0],
      numpyType: "|S2",
      fields: [],
      view: undefined,
    };
    expect(() => showItems(new Uint8Array(4), text)).toThrow(RangeError);
  });
});
