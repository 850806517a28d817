import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameLocks, fullAddress, parseFrameOptions } from "./frame-options.ts";

describe("options of a frame", () => {
  it("are there only if the page is an embed", () => {
    for (const search of ["", "?source=a.zarr", "?embed=0", "?embed=false", "?ui=none"]) {
      expect(parseFrameOptions(search)).toBeUndefined();
    }
  });

  it("are the needful interface without locks, theme or poster, unless they are asked for", () => {
    expect(parseFrameOptions("?source=a.zarr&embed=1")).toEqual({
      interface: "min",
      locks: new Set(),
      theme: undefined,
      hasPoster: false,
    });
    expect(
      parseFrameOptions("?embed=1&ui=none&lock=zoom,pan,nonsense&theme=light&poster=1"),
    ).toEqual({
      interface: "none",
      locks: new Set(["pan", "zoom"]),
      theme: "light",
      hasPoster: true,
    });
  });

  it("ignore what is not understood, whatever it is (U07)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const options = parseFrameOptions(`?embed=1&ui=${text}&lock=${text}&theme=${text}`);
        expect(["full", "min", "none"]).toContain(options?.interface);
        for (const lock of options?.locks ?? []) expect(frameLocks).toContain(lock);
      }),
    );
  });
});

describe("the full viewer's address", () => {
  it("is the embed's without what concerns the frame; the source stays letter by letter", () => {
    expect(
      fullAddress(
        "https://v.org/?source=https://h.org/a.zarr?x=%20&embed=1&ui=min&lock=pan&theme=dark&poster=1&series=2#v=1&z=3",
      ),
    ).toBe("https://v.org/?source=https://h.org/a.zarr?x=%20&series=2#v=1&z=3");
    expect(fullAddress("https://v.org/x/?embed=1")).toBe("https://v.org/x/");
  });
});
