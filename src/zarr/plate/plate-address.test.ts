import { describe, expect, it } from "vitest";
import { plateCandidates } from "./plate-address.ts";

describe("the plate of a well or field", () => {
  it("N4-67 lies two or three folders up, with the same query", () => {
    expect(plateCandidates("https://h.org/d/p.zarr/B/03?sig=1", "well")).toEqual([
      { url: "https://h.org/d/p.zarr?sig=1", wellPath: "B/03", fieldPath: undefined },
      { url: "https://h.org/d?sig=1", wellPath: "p.zarr/B/03", fieldPath: undefined },
    ]);
    expect(plateCandidates("https://h.org/d/p.zarr/B/03/0", "field")[0]).toEqual({
      url: "https://h.org/d/p.zarr",
      wellPath: "B/03",
      fieldPath: "0",
    });
  });

  it("N1-15 may lie one folder further up", () => {
    const candidates = plateCandidates("https://h.org/p.zarr/2020-10-10/A/1", "well");
    expect(candidates).toContainEqual({
      url: "https://h.org/p.zarr",
      wellPath: "2020-10-10/A/1",
      fieldPath: undefined,
    });
  });

  it("is not looked for where there can be none", () => {
    for (const address of [
      "https://h.org/image.zarr",
      "https://h.org/data/image.zarr/0",
      "https://h.org/data/some-folder/image",
      "https://h.org/A/1/0",
      "https://h.org/",
    ]) {
      expect(plateCandidates(address, "field")).toEqual([]);
    }
  });
});
