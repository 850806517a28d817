import { describe, expect, it } from "vitest";
import { createViewerStore } from "../state/viewer-store.ts";
import { fakeChannel, fakeImage } from "../testing/fake-image.ts";
import { fakeStage, openState } from "../testing/fake-viewer.ts";
import { imageSummary } from "./image-summary.ts";
import { failedTileWords, failedWords, tileWords } from "./tile-words.ts";

describe("imageSummary", () => {
  it("names image, plane and channels", () => {
    expect(imageSummary(createViewerStore(openState()).getState())).toBe(
      "Image 6001240, z 119 of 236, 59.0 µm, channels LaminB1, DAPI",
    );
  });

  it("stays short with many channels", () => {
    const image = fakeImage({
      channels: Array.from({ length: 1000 }, (_, index) => fakeChannel(index)),
    });
    expect(imageSummary(createViewerStore(openState(image)).getState())).toMatch(/ and 994 more$/);
  });

  it("says when there is no image", () => {
    expect(imageSummary(createViewerStore().getState())).toBe("No image");
  });
});

describe("tile words", () => {
  const { tiles } = fakeStage;
  it("count what has arrived, in words of the field", () => {
    expect(tileWords(tiles)).toBe("24 tiles");
    expect(tileWords({ ...tiles, data: 1 })).toBe("1 tile");
    expect(tileWords({ ...tiles, pending: 6 })).toBe("24 of 30 tiles");
  });

  it("name every failure", () => {
    expect(failedTileWords(tiles)).toBeUndefined();
    expect(failedTileWords({ ...tiles, denied: 1, error: 2, corrupt: 3, unverifiable: 4 })).toBe(
      "1 denied, 2 failed, 3 corrupt, 4 unverifiable",
    );
  });

  it("tell the picture's own failures from those of labels, by name", () => {
    const of = (change: Partial<typeof tiles>) => ({ ...tiles, ...change });
    const nuclei = { layer: "nuclei", tiles: of({ data: 3, corrupt: 2 }) };
    const all = of({ data: tiles.data + 3, corrupt: 3 });
    expect(failedWords({ tiles: all, labelTiles: [nuclei] })).toBe(
      "Tiles: 1 corrupt; labels nuclei: 2 corrupt",
    );
    const labelsAlone = { tiles: of({ corrupt: 2 }), labelTiles: [nuclei] };
    expect(failedWords(labelsAlone)).toBe("Labels nuclei: 2 corrupt");
    expect(failedWords({ tiles, labelTiles: [] })).toBeUndefined();
  });
});
