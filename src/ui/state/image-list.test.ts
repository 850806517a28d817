import { describe, expect, it } from "vitest";
import { fakeImage } from "../testing/fake-image.ts";
import { openState } from "../testing/fake-viewer.ts";
import {
  hasChoice,
  type ImageList,
  type ListedImage,
  listedName,
  matchingImages,
  openImageName,
  withImageFacts,
} from "./image-list.ts";
import { createViewerStore } from "./viewer-store.ts";

function listed(path: string, name?: string): ListedImage {
  return { path, name, isLabel: false, facts: undefined, failure: undefined };
}

const list: ImageList = {
  images: [listed("0"), listed("images/he", "H&E stain"), listed("labels/cells")],
  isComplete: true,
};

describe("N4-74 the name of an image", () => {
  it("is its own, else its path's last part, else its number from 1", () => {
    expect(list.images.map(listedName)).toEqual(["Image 1", "H&E stain", "cells"]);
    expect(listedName(listed("a/b", ""), 4)).toBe("b");
  });

  it("is the list's for the one that is open, so that both say the same", () => {
    const nameOf = (name: string, series: number) => {
      const { source } = openState(fakeImage({ name }));
      const state = { ...openState(fakeImage({ name })), imageList: list };
      if (source?.status !== "open") throw new Error("It is open.");
      return openImageName(
        createViewerStore({ ...state, source: { ...source, series } }).getState(),
      );
    };
    expect(nameOf("1", 1)).toBe("H&E stain");
    expect(nameOf("", 0)).toBe("Image 1");
    expect(nameOf("own name", 1)).toBe("H&E stain");
    expect(nameOf("own name", 2)).toBe("own name");
  });
});

it("there is a choice only among two and more", () => {
  expect(hasChoice({ imageList: undefined })).toBe(false);
  expect(hasChoice({ imageList: { ...list, images: list.images.slice(0, 1) } })).toBe(false);
  expect(hasChoice({ imageList: list })).toBe(true);
});

it("what is learnt of one image leaves the others, and the list if it is nothing new", () => {
  const next = withImageFacts(list, 2, { facts: "8 × 8 px" });
  expect(next.images[2]?.facts).toBe("8 × 8 px");
  expect(next.images.slice(0, 2)).toEqual(list.images.slice(0, 2));
  expect(withImageFacts(next, 2, { facts: "8 × 8 px" })).toBe(next);
  expect(withImageFacts(list, 9, { facts: "x" })).toBe(list);
});

it("finds by words of name and path, in any order", () => {
  expect(matchingImages(list, "")).toEqual([0, 1, 2]);
  expect(matchingImages(list, "stain IMAGES")).toEqual([1]);
  expect(matchingImages(list, "image 2")).toEqual([1]);
  expect(matchingImages(list, "nothing")).toEqual([]);
});
