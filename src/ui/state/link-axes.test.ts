import { expect, it } from "vitest";
import { fakeImage } from "../testing/fake-image.ts";
import { emptyLink } from "./link.ts";
import { formatAxes, parseLinkedAxes } from "./link-axes.ts";
import { applyLink } from "./link-state.ts";

it("reads names with commas and percent signs back", () => {
  expect(formatAxes(["z", "x"])).toBe("z,x");
  expect(parseLinkedAxes(formatAxes(["a,b", "50%2C"]))).toEqual(["a,b", "50%2C"]);
});

it.each(["", "z", "z,", "z,z", "z,y,x"])("%j names no two axes", (text) => {
  expect(parseLinkedAxes(text)).toBeUndefined();
});

it("says so if the image does not have the axes", () => {
  const { notices } = applyLink(fakeImage(), { ...emptyLink, axes: ["lag", "x"] });
  expect(notices).toEqual([
    "The link asks for the axes “lag” and “x”, which the image does not have.",
  ]);
});
