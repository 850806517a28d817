import { describe, expect, it } from "vitest";
import { fitView, imageFraming } from "../../layers/tiles/view-framing.ts";
import { imageInSystem } from "../../zarr/image/image-in-system.ts";
import { fakeChannel, fakeImage } from "../testing/fake-image.ts";
import { fakeStage, openState } from "../testing/fake-viewer.ts";
import { withChannel } from "./channels.ts";
import { emptyLink, formatLink, parseLink } from "./link.ts";
import { applyLink, linkOfState, lookOfLink, roundView } from "./link-state.ts";
import type { ViewerState } from "./viewer-state.ts";
import { createViewerStore } from "./viewer-store.ts";

const image = fakeImage();

function stateOf(change: Partial<ViewerState> = {}): ViewerState {
  return createViewerStore({ ...openState(image), ...change }).getState();
}

describe("linkOfState", () => {
  it("writes only what differs from how the image opens", () => {
    const view = fitView(imageFraming(image), fakeStage);
    expect(formatLink(linkOfState(stateOf({ view })))).toEqual({
      search: "?source=https://example.org/images/6001240.zarr",
      hash: "",
    });
  });

  it("N6-08: names the coordinate system, where it is not the intrinsic one, and opens in it", () => {
    const { axes, levels } = image;
    const worldFromIndex = levels.map((level) => level.worldFromIndex);
    const mirrored = worldFromIndex.map((map) => ({ ...map, scale: map.scale.map((s) => -s) }));
    const systems = [
      { name: "physical", axes, worldFromIndex },
      { name: "world & time", axes, worldFromIndex: mirrored },
    ];
    const placed = { ...image, systems, system: "physical" };
    const inWorld = imageInSystem(placed, "world & time");
    expect(inWorld.levels[0]?.worldFromIndex).toBe(mirrored[0]);
    expect(applyLink(inWorld, { ...emptyLink, system: "world & time" }).notices).toEqual([]);
    const state = createViewerStore(openState(inWorld)).getState();
    expect(parseLink(formatLink(linkOfState(state))).link.system).toBe("world & time");
    expect(linkOfState(createViewerStore(openState(placed)).getState()).system).toBeUndefined();
    const { notices } = applyLink(placed, { ...emptyLink, system: "moon" });
    expect(notices).toEqual([
      "The image cannot be shown in a coordinate system “moon”; “physical” is shown.",
    ]);
  });

  it("keeps the source of what failed to open", () => {
    const failure = { code: "ZS-CORS", title: "", detail: "", action: "" };
    const state = stateOf({ source: { status: "failed", url: "https://x/y.zarr", failure } });
    expect(linkOfState(state)).toEqual({ ...emptyLink, source: "https://x/y.zarr" });
  });

  it("is empty when nothing is open", () => {
    expect(linkOfState(createViewerStore().getState())).toEqual(emptyLink);
  });

  it("survives a reload: applied to the image it gives the same state", () => {
    const { channels } = stateOf();
    const state = stateOf({
      selection: { z: 7 },
      view: { target: [12.3, 45.6], zoom: 4.25 },
      channels: withChannel(withChannel(channels, 0, { color: "FF8000", inverted: true }), 1, {
        visible: false,
        window: { start: 3, end: 99, min: 0, max: 65535 },
        gamma: 0.45,
        lut: "magma",
      }),
      greyscale: true,
    });
    const { link } = parseLink(formatLink(linkOfState(state)));
    const applied = applyLink(image, link);
    expect(applied.selection).toEqual(state.selection);
    expect(applied.channels).toEqual(state.channels);
    expect(applied.greyscale).toBe(true);
    expect(applied.view).toEqual(state.view);
    expect(applied.notices).toEqual([]);
  });

  it("writes limits that auto-contrast found, as metadata give none", () => {
    const bare = fakeImage({ channels: [fakeChannel(0, { window: undefined })] });
    const [channel] = applyLink(bare, emptyLink).channels;
    if (channel === undefined) throw new Error("the image has a channel");
    const window = { start: 1, end: 9, min: 0, max: 10 };
    const state = stateOf({ ...openState(bare), channels: [{ ...channel, window }] });
    expect(linkOfState(state).channels[0]?.window).toEqual({ start: 1, end: 9 });
  });
});

describe("applyLink", () => {
  it("U07 clamps what the image does not have, with a notice for each", () => {
    const { link } = parseLink({ search: "", hash: "#z=400&nowhere=3&ch=9;0::5-5" });
    const { selection, channels, notices } = applyLink(image, link);
    expect(selection).toEqual({ z: 235 });
    expect(channels[0]?.window).toEqual(image.channels[0]?.window);
    expect(notices).toEqual([
      "The link asks for z 401; the image has 236, so 236 is shown.",
      "The link asks for channel 10; the image has 2.",
      "The link's display limits for channel 1 are empty and were ignored.",
    ]);
  });

  it("starts from the metadata where the link says nothing", () => {
    expect(applyLink(image, emptyLink)).toEqual({
      selection: { z: 118 },
      channels: openState(image).channels,
      greyscale: false,
      labels: [],
      view: undefined,
      notices: [],
    });
  });
});

it("roundView moves nothing by more than 1/100 of a CSS pixel, near or far", () => {
  for (const zoom of [-12.3456789, 0, 9.87654321]) {
    const view = { target: [921_599.123_456_789, 1 / 3], zoom } as const;
    const rounded = roundView(view);
    expect(Math.abs(rounded.target[0] - view.target[0]) * 2 ** zoom).toBeLessThanOrEqual(0.01);
    expect(Math.abs(rounded.target[1] - view.target[1]) * 2 ** zoom).toBeLessThanOrEqual(0.01);
    expect(Math.abs(rounded.zoom - zoom)).toBeLessThan(1e-6);
  }
});

it("hands over labels with their style, the object that stands out, background and the page's theme", () => {
  const labels = [
    { name: "nuclei", visible: true, opacity: 0.3, style: "outline" },
    { name: "cells", visible: false, opacity: 0.9, style: "fill" },
    { name: "a;b", visible: true, opacity: 0.5, style: "fill" },
  ] as const;
  const pinnedLabel = { name: "nuclei", id: "18446744073709551615", place: "known" } as const;
  const state = stateOf({ labels, pinnedLabel, imageBackground: "FFFFFF", pageTheme: "contrast" });
  const { link, notices } = parseLink(formatLink(linkOfState(state)));
  expect(notices).toEqual([]);
  const applied = applyLink(image, link);
  expect(applied.labels).toEqual([labels[0], labels[2]]);
  expect(applied.pinnedLabel).toEqual(pinnedLabel);
  expect(lookOfLink(link)).toEqual({ pageTheme: "contrast", imageBackground: "FFFFFF" });
  expect(lookOfLink(emptyLink)).toEqual({ pageTheme: undefined, imageBackground: "000000" });
});
