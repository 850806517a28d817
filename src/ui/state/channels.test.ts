import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeChannel, fakeImage } from "../testing/fake-image.ts";
import { defaultChannels, parseHexColor, usableWindow, withChannel, withSolo } from "./channels.ts";

const channels = defaultChannels(fakeImage());

describe("channel settings", () => {
  it("start as the metadata asks", () => {
    expect(channels).toEqual([
      {
        index: 0,
        label: "LaminB1",
        visible: true,
        color: "00FF00",
        window: { start: 100, end: 1500, min: 0, max: 65535 },
        inverted: false,
        gamma: 1,
        lut: null,
      },
      expect.objectContaining({ index: 1, label: "DAPI", color: "0000FF" }),
    ]);
  });

  it("M06 never carry a colour that is none into a style", () => {
    const image = fakeImage({
      channels: [fakeChannel(0, { color: "red;background:url(//evil)" })],
    });
    expect(defaultChannels(image)[0]?.color).toBe("FFFFFF");
    expect(withChannel(channels, 0, { color: "url(x)" })[0]?.color).toBe("00FF00");
    expect(withChannel(channels, 0, { color: "#abc" })[0]?.color).toBe("AABBCC");
  });

  it("M13 treat a window with start ≥ end as not given", () => {
    const image = fakeImage({
      channels: [fakeChannel(0, { window: { start: 5, end: 5, min: 0, max: 9 } })],
    });
    expect(defaultChannels(image)[0]?.window).toBeUndefined();
  });

  it("change one channel and leave the others as the same objects", () => {
    const next = withChannel(channels, 1, { visible: false });
    expect(next[1]?.visible).toBe(false);
    expect(next[0]).toBe(channels[0]);
  });

  it("widen the slider limits where display limits leave them", () => {
    const window = { start: -20, end: 70_000, min: 0, max: 65_535 };
    expect(withChannel(channels, 0, { window })[0]?.window).toEqual({
      start: -20,
      end: 70_000,
      min: -20,
      max: 70_000,
    });
  });

  it("show one channel alone, and all again", () => {
    const solo = withSolo(channels, 1);
    expect(solo.map(({ visible }) => visible)).toEqual([false, true]);
    expect(withSolo(solo, 1).map(({ visible }) => visible)).toEqual([true, true]);
    expect(withSolo(solo, 0).map(({ visible }) => visible)).toEqual([true, false]);
  });
});

it("parseHexColor takes three or six digits with or without #, and nothing else", () => {
  expect(parseHexColor("#ff8000")).toBe("FF8000");
  expect(parseHexColor("f80")).toBe("FF8800");
  for (const text of ["", "#12", "12345", "1234567", "12345678", "GGGGGG", "rgb(1,2,3)"]) {
    expect(parseHexColor(text)).toBeUndefined();
  }
});

it("usableWindow is undefined or finite with min ≤ start < end ≤ max", () => {
  const number = fc.double();
  fc.assert(
    fc.property(fc.record({ start: number, end: number, min: number, max: number }), (window) => {
      const usable = usableWindow(window);
      if (usable === undefined) return;
      expect(usable.min).toBeLessThanOrEqual(usable.start);
      expect(usable.start).toBeLessThan(usable.end);
      expect(usable.end).toBeLessThanOrEqual(usable.max);
      expect([usable.min, usable.max].every(Number.isFinite)).toBe(true);
    }),
  );
});

it("gamma stays within 0.1 and 5, lookup tables are known ones or none", () => {
  const gammaOf = (gamma: number) => withChannel(channels, 0, { gamma })[0]?.gamma;
  expect([0, 0.1, 0.45678, 7, Number.NaN].map(gammaOf)).toEqual([0.1, 0.1, 0.457, 5, 1]);
  const withLut = withChannel(channels, 0, { lut: "viridis" });
  expect(withLut[0]?.lut).toBe("viridis");
  expect(withChannel(withLut, 0, { gamma: 2 })[0]?.lut).toBe("viridis");
  expect(withChannel(withLut, 0, { lut: null })[0]?.lut).toBeNull();
});
