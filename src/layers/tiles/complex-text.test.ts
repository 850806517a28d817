import fc from "fast-check";
import { expect, test } from "vitest";
import { complexText } from "./complex-text.ts";

test.each([
  [[1.5, -2], false, "1.5 − 2i"],
  [[0, 0], true, "0 + 0i"],
  [[Math.fround(0.1), Math.fround(-1e-7)], true, "0.1 − 1e-7i"],
  [[0.1, 1 / 3], false, "0.1 + 0.3333333333333333i"],
  [[Number.NaN, Number.NEGATIVE_INFINITY], true, "NaN − Infinityi"],
] as const)("%j is said whole", (parts, isFloat32, text) => {
  expect(complexText(parts, isFloat32)).toBe(text);
});

test("a float32 can be read back from its text", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [, real = ""] = /^(\S+) /.exec(complexText([value, 0], true)) ?? [];
      expect(Math.fround(Number(real)) === value).toBe(true);
    }),
  );
});
