import { describe, expect, it } from "vitest";
import { createViewerStore } from "../../src/ui/state/viewer-store.ts";
import { openState } from "../../src/ui/testing/fake-viewer.ts";
import type { ZarrscopeApi, ZarrscopeState } from "../automation-api.ts";
import { createFrameHost } from "./frame-host.ts";

const url = "https://data.example/patient-7.zarr?v=1";
const state: ZarrscopeState = {
  source: url,
  view: { target: [1, 2], zoom: 3 },
  axes: ["y", "x"],
  selection: { z: 1 },
  channels: [
    {
      index: 0,
      label: "tumour marker",
      visible: true,
      color: "FF0000",
      inverted: false,
      gamma: 1,
      lut: null,
      window: { start: 0, end: 9, min: 0, max: 9 },
    },
  ],
  greyscale: false,
  labels: [{ name: "tumours", visible: true, opacity: 0.5, style: "fill" }],
};

function hostFor(origin: string, hasAccess = false) {
  const base = openState();
  const store = createViewerStore({
    ...base,
    ...(base.source?.status === "open" ? { source: { ...base.source, url } } : {}),
  });
  const unused = () => {
    throw new Error("Nobody asked for this.");
  };
  const api: ZarrscopeApi = {
    version: "1.2.3",
    getState: () => state,
    settled: unused,
    setState: unused,
    valueAt: unused,
    tilesAt: unused,
    labelsAt: unused,
    stats: unused,
  };
  return createFrameHost({
    store,
    api,
    takeStill: unused,
    policy: { viewerOrigin: "https://viewer.example", allowedOrigins: ["https://lab.example"] },
    origin,
    open: unused,
    resolve: (source) => source,
    goToWell: unused,
    hasAccess: () => hasAccess,
  });
}

describe("what a page around is told", () => {
  it("is all but the query, where it may read metadata", () => {
    const told = hostFor("https://lab.example").getState();
    expect(told).toEqual({ ...state, source: "https://data.example/patient-7.zarr", well: null });
  });

  it.each([
    ["a stranger", hostFor("https://paper.example")],
    [
      "a friend, of what was opened with somebody's own access",
      hostFor("https://lab.example", true),
    ],
  ])("U03 E03 to %s no word of the metadata and nothing behind the path", (_, host) => {
    const told = host.getState();
    expect(told.labels).toBeNull();
    expect(told).toMatchObject({ view: state.view, channels: [{ label: "", color: "FF0000" }] });
    expect(JSON.stringify(told)).not.toMatch(/tumour|v=1/);
    expect(host.isTrusted()).toBe(false);
  });
});
