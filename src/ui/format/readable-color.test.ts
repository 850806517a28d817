import fc from "fast-check";
import { expect, it } from "vitest";
import { contrastRatio, readableOn } from "./readable-color.ts";

it("contrastRatio is that of WCAG 2.2", () => {
  expect(contrastRatio("000000", "FFFFFF")).toBeCloseTo(21);
  expect(contrastRatio("767676", "FFFFFF")).toBeCloseTo(4.54, 2);
});

it("readableOn reaches 4.5:1 for every colour and keeps those that have it", () => {
  expect(readableOn("17181B", "00FF00")).toBe("00FF00");
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-F]{6}$/), (color) => {
      expect(contrastRatio("17181B", readableOn("17181B", color))).toBeGreaterThanOrEqual(4.5);
    }),
  );
});
