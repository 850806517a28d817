import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brightness, type DrawnChannel, rgbOf, shaderWindow } from "./channel-ramp.ts";

const channel = (change: Partial<DrawnChannel>): DrawnChannel => ({
  index: 0,
  visible: true,
  color: "FFFFFF",
  window: { start: 0, end: 100 },
  gamma: 1,
  inverted: false,
  lut: null,
  ...change,
});

describe("a channel's ramp", () => {
  it("is linear inside the window and flat outside", () => {
    expect([-5, 0, 25, 100, 900].map((value) => brightness(value, channel({})))).toEqual([
      0, 0, 0.25, 1, 1,
    ]);
  });

  it("reverses when inverted; NaN stays dark", () => {
    const inverted = channel({ inverted: true });
    expect(brightness(25, inverted)).toBe(0.75);
    expect(brightness(Number.NaN, inverted)).toBe(0);
  });

  it("steps where the window has no width, runs backwards where it is reversed", () => {
    const step = channel({ window: { start: 7, end: 7 } });
    expect([6, 7, 8].map((value) => brightness(value, step))).toEqual([0, 0, 1]);
    expect(brightness(25, channel({ window: { start: 100, end: 0 } }))).toBe(0.75);
  });

  it("reads colours as six hex digits, and shows what is none", () => {
    expect(rgbOf("ff8000")).toEqual([1, 128 / 255, 0]);
    expect(rgbOf("red")).toEqual([1, 1, 1]);
  });

  it("splits any window so that base and rest give it back, the base within the texel type", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("uint", "int"),
        fc.double({ min: -1e10, max: 1e10, noNaN: true }),
        (kind, start) => {
          const { base, start: rest } = shaderWindow(
            kind,
            channel({ window: { start, end: start + 10 } }),
          );
          expect(Number.isInteger(base)).toBe(true);
          expect(base).toBeGreaterThanOrEqual(kind === "uint" ? 0 : -(2 ** 31));
          expect(base).toBeLessThan(kind === "uint" ? 2 ** 32 : 2 ** 31);
          expect(base + rest).toBeCloseTo(start, 5);
        },
      ),
    );
  });
});
