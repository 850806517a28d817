import { expect, it } from "vitest";
import { planeStatistics } from "../src/zarr/chunks/plane-statistics.ts";
import { contrastHint } from "./contrast-hint.ts";

const ramp = planeStatistics(Uint16Array.from({ length: 10_000 }, (_, i) => i % 1000));
const channel = (start: number, end: number, inverted = false, statistics = ramp) => ({
  window: { start, end, min: 0, max: 65_535 },
  inverted,
  statistics,
});

it("names what at least 99.5 % of the visible pixels are", () => {
  expect(contrastHint([channel(0, 1000)])).toBeUndefined();
  expect(contrastHint([channel(1000, 2000)])).toBe("black");
  expect(contrastHint([channel(-100, 0)])).toBe("white");
  expect(contrastHint([channel(1000, 2000, true)])).toBe("white");
  expect(contrastHint([channel(980, 2000)])).toBeUndefined();
  expect(contrastHint([channel(996, 2000)])).toBe("black");
});

it("is silent while one channel shows something, is unknown, or cannot be helped", () => {
  expect(contrastHint([channel(1000, 2000), channel(0, 1000)])).toBeUndefined();
  expect(contrastHint([channel(1000, 2000), channel(-100, 0)])).toBe("flat");
  expect(contrastHint([])).toBeUndefined();
  expect(contrastHint([{ ...channel(1000, 2000), statistics: undefined }])).toBeUndefined();
  const constant = planeStatistics(new Uint8Array(100).fill(7));
  expect(contrastHint([channel(50, 60, false, constant)])).toBeUndefined();
  const sparse = planeStatistics(
    Uint16Array.from({ length: 10_000 }, (_, i) => (i < 20 ? 900 : 0)),
  );
  expect(contrastHint([channel(0, 900, false, sparse)])).toBeUndefined();
});
