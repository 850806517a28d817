import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createViewerStore } from "../state/viewer-store.ts";
import { fakeImage } from "../testing/fake-image.ts";
import { fakeStage, openState } from "../testing/fake-viewer.ts";
import { embedAddress, embedSnippet } from "./embed-snippet.ts";
import { otherViewers } from "./other-viewers.ts";
import { planeSnippet } from "./plane-snippet.ts";

/** The attributes of a tag as HTML reads them, character references undone. */
function attributesOf(tag: string): Record<string, string> {
  const body = /^<iframe (.*)><\/iframe>$/s.exec(tag)?.[1] ?? "";
  const found = body.matchAll(/([a-z]+)="([^"]*)"(?: |$)/g);
  const names: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&" };
  return Object.fromEntries(
    [...found].map(([, name = "", value = ""]) => [
      name,
      value.replace(/&(lt|gt|quot|amp);/g, (_, key: string) => names[key] ?? ""),
    ]),
  );
}

describe("the HTML for a frame", () => {
  it("puts embed=1 into the query, before the fragment", () => {
    expect(embedAddress("https://v.org/?source=a.zarr#v=1&z=2")).toBe(
      "https://v.org/?source=a.zarr&embed=1#v=1&z=2",
    );
    expect(embedAddress("https://v.org/")).toBe("https://v.org/?embed=1");
  });

  it("asks for the local network only if the source lies there", () => {
    const allowOf = (source: string) =>
      attributesOf(embedSnippet("https://v.org/?source=x", source, "t")).allow;
    expect(allowOf("https://h.org/a.zarr")).toBe("fullscreen; clipboard-write");
    for (const local of ["http://localhost:8000/a.zarr", "http://192.168.0.1/a.zarr"]) {
      expect(allowOf(local)).toBe("fullscreen; clipboard-write; loopback-network; local-network");
    }
  });

  it("M16 holds any title and link without ending an attribute early", () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl({ withQueryParameters: true }), (title, link) => {
        const attributes = attributesOf(embedSnippet(link, "https://h.org/a.zarr", title));
        expect(attributes.title).toBe(title);
        expect(attributes.src).toBe(embedAddress(link));
        expect(Object.keys(attributes)).toHaveLength(7);
      }),
    );
  });
});

function snippet(
  change: Parameters<typeof createViewerStore>[0] = {},
  source = "https://h.org/a.zarr",
) {
  return planeSnippet(createViewerStore({ ...openState(), ...change }).getState(), source);
}

describe("the Python for the plane on screen", () => {
  it("reads the shown level, its plane, the visible channels and the part in view", () => {
    // The coarsest level has pixels of 1.44 µm; 1000 × 700 px at zoom 2 are 250 × 175 µm about (48.6, 49.3).
    const stage = { ...fakeStage, level: 2, view: { target: [48.6, 49.3] as const, zoom: 4 } };
    const text = snippet({ stage, view: stage.view, selection: { z: 7 } });
    expect(text).toContain('array = zarr.open("https://h.org/a.zarr", mode="r")');
    // 62.5 µm wide, 43.75 µm high: x 17.35 … 79.85 µm, y 27.425 … 71.175 µm, in pixels of 1.44 µm, each ± ½ about its centre.
    expect(text).toContain("np.asarray(array[channel, 7, 19:50, 12:56]) for channel in [0,1]]");
    expect(text).toContain("level 3 of 3");
  });

  it("stays inside the array, and needs no channel axis", () => {
    const image = fakeImage();
    const { axes } = image.axes;
    const plain = fakeImage({
      axes: {
        axes: axes.slice(1).map((axis, dim) => ({ ...axis, dim })),
        xDim: 2,
        yDim: 1,
        cDim: undefined,
      },
      levels: image.levels.map((level) => ({
        ...level,
        shape: level.shape.slice(1),
        worldFromIndex: { scale: level.worldFromIndex.scale.slice(1), translation: [0, 0, 0] },
      })),
    });
    const view = { target: [0, 0] as const, zoom: -4 };
    const text = snippet({ ...openState(plain), view, stage: { ...fakeStage, view } });
    expect(text).toContain("plane = np.asarray(array[118, 0:275, 0:271])");
  });

  it("keeps any address inside its literal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (source) => {
        const line = snippet({}, source)
          ?.split("\n")
          .find((each) => each.startsWith("array ="));
        const literal = /^array = zarr\.open\((".*"), mode="r"\)$/su.exec(line ?? "")?.[1];
        expect(JSON.parse(literal ?? "null")).toBe(source);
      }),
    );
  });

  it("is not there without an image", () => {
    expect(planeSnippet(createViewerStore().getState(), "")).toBeUndefined();
  });
});

describe("other viewers", () => {
  it("get the source encoded for query and for JSON in a fragment", () => {
    const source = 'https://h.org/a b.zarr?x=1&y="#<script>';
    const [validator, neuroglancer] = otherViewers(source, "name");
    expect(new URL(validator?.href ?? "").searchParams.get("source")).toBe(source);
    const { hash } = new URL(neuroglancer?.href ?? "");
    expect(JSON.parse(decodeURIComponent(hash.slice(2)))).toEqual({
      layers: [{ type: "image", name: "name", source: `zarr://${source}` }],
    });
  });
});
