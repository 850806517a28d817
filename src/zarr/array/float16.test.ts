import { expect, test } from "vitest";
import { bitsFromFloat16, float16FromBits } from "./float16.ts";

test("every float16 keeps its bits on the way to a number and back; NaN is the quiet one", () => {
  const changed: number[] = [];
  for (let bits = 0; bits < 65536; bits++) {
    const value = float16FromBits(bits);
    const expected = Number.isNaN(value) ? 0x7e00 : bits;
    if (bitsFromFloat16(value) !== expected) changed.push(bits);
  }
  expect(changed).toEqual([]);
});
