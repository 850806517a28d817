import { describe, expect, it } from "vitest";
import { PictureHold } from "./picture-hold.ts";

const image = {};

describe("a picture between two images", () => {
  it("holds nothing by itself", () => {
    expect(new PictureHold().isHeld(false, 0)).toBe(false);
  });

  it("keeps the old one for a moment, then gives it up", () => {
    const hold = new PictureHold();
    hold.changeScene(image, undefined, true, 1000);
    expect(hold.isHeld(false, 1399)).toBe(true);
    expect(hold.isHeld(false, 1400)).toBe(false);
  });

  it("keeps nothing if no other image comes, nor where nothing was shown", () => {
    const hold = new PictureHold();
    hold.changeScene(image, undefined, true, 1000);
    hold.changeScene(undefined, undefined, false, 1050);
    expect(hold.isHeld(false, 1051)).toBe(false);
    hold.changeScene(undefined, undefined, true, 1060);
    expect(hold.isHeld(false, 1061)).toBe(false);
  });

  it("waits anew once the next image is known, and not again for each change of it", () => {
    const hold = new PictureHold();
    hold.changeScene(image, undefined, true, 1000);
    hold.changeScene(undefined, image, false, 1150);
    hold.changeScene(image, image, false, 1300);
    expect(hold.isHeld(false, 1549)).toBe(true);
    expect(hold.isHeld(false, 1550)).toBe(false);
  });

  it("never keeps back a whole picture", () => {
    const hold = new PictureHold();
    hold.changeScene(undefined, image, false, 1000);
    expect(hold.isHeld(true, 1001)).toBe(false);
  });

  it("ends when what is asked for is to be seen as it comes", () => {
    const hold = new PictureHold();
    hold.changeScene(undefined, image, false, 1000);
    hold.end();
    expect(hold.isHeld(false, 1001)).toBe(false);
  });
});
