import { describe, expect, it } from "vitest";
import { fakeImage } from "../testing/fake-image.ts";
import fixtures from "./fixtures/links.json" with { type: "json" };
import { emptyLink, type Link, parseLink } from "./link.ts";
import { applyLink } from "./link-state.ts";

/** A link as JSON has it: without what is not there. */
function stated({ indices, channels, sources, labels, ...link }: Link): unknown {
  const plain = {
    ...link,
    ...(sources.length > 0 ? { sources } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    ...(indices.size > 0 ? { indices: Object.fromEntries(indices) } : {}),
    ...(channels.length > 0 ? { channels } : {}),
  };
  return JSON.parse(JSON.stringify(plain));
}

function parse(address: string) {
  const url = new URL(`https://viewer.example/${address}`);
  return parseLink(url);
}

describe("U08: links that were given out are read for ever; this file only grows", () => {
  it.each(fixtures)("$address", ({ address, link, notices }) => {
    const parsed = parse(address);
    expect(stated(parsed.link)).toEqual(link);
    expect(parsed.notices).toHaveLength(notices);
  });
});

describe("links of other viewers", () => {
  const image = fakeImage();
  const source = "?source=https://host.org/a.zarr";

  it("vizarr: pixels of the finest level become the image's world", () => {
    const { link } = parse(`${source}&viewState={"zoom":1,"target":[100,50]}`);
    const { view } = applyLink(image, link);
    // 0.36 µm per pixel, pixel 0 from −0.18 µm on.
    expect(view?.target[0]).toBeCloseTo(0.36 * 99.5);
    expect(view?.target[1]).toBeCloseTo(0.36 * 49.5);
    expect(2 ** (view?.zoom ?? 0) * 0.36).toBeCloseTo(2);
  });

  it("OMERO.iviewer: planes from 1, zoom in per cent, other channels hidden, our own fragment wins", () => {
    const { link } = parse(`${source}&c=2|5:9$FF00FF&z=5&zm=100&x=10&y=10#z=7`);
    const { selection, channels, view } = applyLink(image, link);
    expect(selection).toEqual({ z: 7 });
    expect(channels.map(({ visible }) => visible)).toEqual([false, true]);
    expect(channels[1]).toMatchObject({ color: "FF00FF", window: { start: 5, end: 9 } });
    expect(2 ** (view?.zoom ?? 0) * 0.36).toBeCloseTo(1);
  });

  it("nothing foreign: nothing changes", () => {
    expect(applyLink(image, emptyLink).view).toBeUndefined();
  });
});
