import { describe, expect, it } from "vitest";
import { emptyLink } from "../state/link.ts";
import { accessWords, linkFacts } from "./link-words.ts";

const none = { imageList: undefined };
const words = (...args: Parameters<typeof linkFacts>) =>
  linkFacts(...args).map((fact) => `${fact.name}: ${fact.words}`);

describe("what is in a link, in words", () => {
  it("names the source and says that all else is as it opens", () => {
    expect(words({ ...emptyLink, source: "https://h/a.zarr" }, none)).toEqual([
      "Source: https://h/a.zarr",
      "View: the whole image",
    ]);
  });

  it("names planes from 1 on, the image of several, the settings", () => {
    const listed = { path: "1", isLabel: false, facts: undefined, failure: undefined };
    const images = [
      { ...listed, name: "overview" },
      { ...listed, name: undefined },
    ];
    const channel = { index: 0, visible: false, color: undefined, window: undefined };
    const link = {
      ...emptyLink,
      source: "a.zarr",
      series: 1,
      view: { target: [1, 2], zoom: 3 },
      indices: new Map([["z", 117]]),
      channels: [{ ...channel, inverted: undefined, gamma: undefined, lut: undefined }],
      greyscale: true,
    } as const;
    expect(words(link, { imageList: { images, isComplete: true } })).toEqual([
      "Source: a.zarr",
      "Image: Image 2, 2 of 2",
      "View: this place and zoom",
      "Planes: z 118",
      "Channels: settings of 1, 1 hidden",
      "Colour: greyscale",
    ]);
  });

  it("names the labels with what stands out, and the look of the page", () => {
    const label = { opacity: undefined, style: "outline", object: undefined } as const;
    const link = {
      ...emptyLink,
      labels: [
        { ...label, name: "nuclei", object: "4711" },
        { ...label, name: "cells" },
      ],
      background: "FFFFFF",
      theme: "light",
    } as const;
    expect(words(link, none).slice(2)).toEqual([
      "Labels: nuclei with 4711, cells",
      "Background: white",
      "Theme: light",
    ]);
  });

  it("says how many more sources there are to switch to", () => {
    const link = { ...emptyLink, source: "a.zarr", sources: ["a.zarr", "b.zarr", "c.zarr"] };
    expect(words(link, none)).toContain("Beside: 2 to switch to");
  });

  it("names the well and the run", () => {
    const link = { ...emptyLink, source: "p.zarr", well: "B/03", field: 1, acquisition: 0 };
    expect(words(link, none).slice(1, 3)).toEqual(["Well: B/03, field 2", "Acquisition: 0"]);
  });
});

it("says who can open a private link, and until when", () => {
  const expiresMs = Date.UTC(2031, 4, 6);
  expect(accessWords({ kind: "signature", expiresMs }, true)).toContain("2031");
  expect(accessWords({ kind: "signature", expiresMs }, false)).toContain("access of their own");
  expect(accessWords({ kind: "token", expiresMs: undefined }, false)).toContain("never in a link");
});
