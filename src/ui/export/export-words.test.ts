import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { possibleScales } from "./export-size.ts";
import { pictureFileName } from "./file-name.ts";
import { missingNote } from "./missing-note.ts";

const allThere = {
  data: 9,
  fill: 1,
  pending: 0,
  denied: 0,
  error: 0,
  corrupt: 0,
  unverifiable: 0,
};

describe("what a picture lacks", () => {
  it("is nothing while every tile is data or fill", () => {
    expect(missingNote(allThere)).toBeUndefined();
  });
  it("is counted by what happened", () => {
    expect(missingNote({ ...allThere, pending: 1 })).toBe("Incomplete: 1 tile still loading");
    expect(missingNote({ ...allThere, pending: 3, corrupt: 1, denied: 2 })).toBe(
      "Incomplete: 3 tiles still loading; tiles 2 denied, 1 corrupt",
    );
  });
});

describe("the size of a picture", () => {
  it("is up to four times the screen's, as far as a canvas goes", () => {
    expect(possibleScales(1280, 800)).toEqual([1, 2, 3, 4]);
    expect(possibleScales(5120, 2880)).toEqual([1, 2, 3]);
    expect(possibleScales(10_240, 5760)).toEqual([1]);
  });
});

describe("the name of its file", () => {
  it("keeps what people read", () => {
    expect(pictureFileName("Zellkern 3, 12 µm/ö")).toBe("Zellkern-3-12-µm-ö.png");
    expect(pictureFileName("../..")).toBe("image.png");
  });
  it("never leads elsewhere", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
        const file = pictureFileName(name);
        expect(file).toMatch(/^[^/\\:*?"<>|\s.-][^/\\:*?"<>|\s]*\.png$/u);
      }),
    );
  });
});
