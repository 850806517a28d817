import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LabelValue, Rgba } from "../../zarr/ome/image-label.ts";
import { labelColors } from "./label-colors.ts";
import { idsOf, labelKey } from "./label-key.ts";
import { labelPalette, paletteIndex } from "./label-palette.ts";

const anyId = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
  fc.integer().map(BigInt),
);

/** What the shader does: a binary search among the texels. */
function found(texels: Uint32Array, count: number, low: number, high: number): number | undefined {
  let [first, end] = [0, count];
  while (first < end) {
    const middle = (first + end) >> 1;
    const [a = 0, b = 0, color] = texels.subarray(middle * 4, middle * 4 + 3);
    if (a === low && b === high) return color;
    if (b < high || (b === high && a < low)) first = middle + 1;
    else end = middle;
  }
  return undefined;
}

describe("ids as keys", () => {
  test("N4-53: every id of 64 bits has its own, negative ones in two's complement", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const { low, high } = labelKey(id)!;
        expect(BigInt.asUintN(64, id)).toBe((BigInt(high) << 32n) | BigInt(low));
        if (Number.isSafeInteger(Number(id))) expect(labelKey(Number(id))).toEqual({ low, high });
      }),
    );
  });

  test("what is not whole, or too large, is no id", () => {
    for (const value of [2.5, Number.NaN, Infinity, 2 ** 64, 2n ** 64n, -(2n ** 63n) - 1n]) {
      expect(labelKey(value)).toBeUndefined();
    }
    expect(labelKey(2 ** 63)).toEqual({ low: 0, high: 2 ** 31 });
    expect(labelKey(-0)).toEqual({ low: 0, high: 0 });
  });

  test("a type holds what lies between its limits", () => {
    const holds = (["uint8", "int8", "uint64", "int64"] as const).map((type) => idsOf(type)(-1));
    expect(holds).toEqual([false, true, false, true]);
    expect(idsOf("uint64")(2n ** 64n - 1n)).toBe(true);
    expect(idsOf("int64")(2n ** 63n)).toBe(false);
    expect(idsOf("uint32")(2 ** 32)).toBe(false);
    expect(idsOf("int8")(-128)).toBe(true);
    expect([0, 1, 2, -1].map(idsOf("bool"))).toEqual([true, true, false, false]);
    expect(idsOf("float32")(7)).toBe(true);
  });
});

describe("colours of labels", () => {
  test("N4-54 to N4-56: stated ones first, 0 transparent, alpha 0 hides, all others by their number", () => {
    const colors = labelColors(
      new Map<LabelValue, Rgba>([
        [1, [255, 0, 0, 255]],
        [2n ** 53n + 1n, [0, 255, 0, 128]],
        [7, [9, 9, 9, 0]],
      ]),
      "uint64",
    );
    expect(colors.of(1)).toEqual([255, 0, 0, 255]);
    expect(colors.of(1n)).toEqual([255, 0, 0, 255]);
    expect(colors.of(2n ** 53n + 1n)).toEqual([0, 255, 0, 128]);
    expect(colors.of(7)[3]).toBe(0);
    expect(colors.of(0)).toEqual([0, 0, 0, 0]);
    expect(colors.of(2.5)[3]).toBe(0);
    const own = colors.of(2n ** 53n + 2n);
    expect(own[3]).toBe(255);
    expect(labelColors(new Map(), "uint64").of(2n ** 53n + 2n)).toEqual(own);
  });

  test("N4-56: 0 is drawn if it has a colour", () => {
    expect(labelColors(new Map([[0, [1, 2, 3, 255]]]), "uint8").of(0)).toEqual([1, 2, 3, 255]);
  });

  test("−1 is not the largest id of an unsigned type", () => {
    const stated = new Map([[-1, [1, 2, 3, 255] as const]]);
    expect(labelColors(stated, "uint64")).toMatchObject({ count: 0 });
    expect(labelColors(stated, "uint64").of(2n ** 64n - 1n)).not.toEqual([1, 2, 3, 255]);
    expect(labelColors(stated, "int64").of(-1n)).toEqual([1, 2, 3, 255]);
  });

  test("every stated colour is found among the texels by halving, and nothing else", () => {
    const byte = fc.nat(255);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyId, fc.tuple(byte, byte, byte, byte)), { maxLength: 60 }),
        anyId,
        (entries, other) => {
          const ofUint = entries.filter(([id]) => id >= 0n);
          const { texels, count } = labelColors(new Map(ofUint), "uint64");
          const stated = new Map(ofUint);
          for (const id of [...stated.keys(), BigInt.asUintN(64, other)]) {
            const { low, high } = labelKey(id)!;
            const rgba = stated.get(id);
            const packed =
              rgba && (rgba[0] | (rgba[1] << 8) | (rgba[2] << 16) | (rgba[3] << 24)) >>> 0;
            expect(found(texels, count, low, high)).toBe(packed);
          }
        },
      ),
    );
  });

  test("10^5 colours are made at once", () => {
    const many = Array.from(
      { length: 100_000 },
      (_, i) => [i * 7919, [i & 255, 1, 2, 255]] as const,
    );
    const { count, texels } = labelColors(new Map(many), "uint32");
    expect(count).toBe(100_000);
    expect(texels.byteLength).toBe(1_600_000);
  });
});

describe("the palette", () => {
  test("has 256 colours that differ and are all seen on black", () => {
    const colors = Array.from({ length: 256 }, (_, i) =>
      labelPalette.rgba.subarray(i * 4, i * 4 + 3),
    );
    expect(new Set(colors.map((color) => color.join())).size).toBeGreaterThan(250);
    for (const [red = 0, green = 0, blue = 0] of colors) {
      expect(0.2126 * red + 0.7152 * green + 0.0722 * blue).toBeGreaterThan(60);
    }
  });

  test("gives neighbouring ids different colours, and uses all of it", () => {
    const indices = Array.from({ length: 10_000 }, (_, id) => paletteIndex(id, 0));
    const same = indices.filter((index, id) => index === indices[id + 1]).length;
    expect(same).toBeLessThan(100);
    expect(new Set(indices).size).toBe(256);
    expect(paletteIndex(1, 0)).not.toBe(paletteIndex(1, 1));
  });

  test("never changes: colours in links and in people's memories stay", () => {
    const colors = labelColors(new Map(), "uint64");
    expect(
      [1, 2, 3, 4711, 2n ** 63n + 5n].map((id) => colors.of(id).slice(0, 3)),
    ).toMatchInlineSnapshot(`
      [
        [
          151,
          120,
          191,
        ],
        [
          58,
          187,
          255,
        ],
        [
          122,
          236,
          213,
        ],
        [
          139,
          169,
          255,
        ],
        [
          153,
          211,
          255,
        ],
      ]
    `);
  });
});
