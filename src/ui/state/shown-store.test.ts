import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeImage } from "../testing/fake-image.ts";
import { fakeStage, openState } from "../testing/fake-viewer.ts";
import { shownStore } from "./shown-store.ts";
import type { ViewerState } from "./viewer-state.ts";
import { createViewerStore, withoutImage } from "./viewer-store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const url = "https://example.org/next.zarr";
const { source: openSource } = openState(fakeImage());
const opening: Partial<ViewerState> = { source: { status: "opening", url } };
const open: Partial<ViewerState> = { source: { ...openSource, url } as ViewerState["source"] };

/** A viewer and what is shown of it; `paint` lets the browser paint. */
function followed(initial: Partial<ViewerState>, waitsFor: "picture" | "metadata" = "picture") {
  const store = createViewerStore(initial);
  const paints: (() => void)[] = [];
  const shown = shownStore(store, { waitsFor, afterPaint: (done) => void paints.push(done) });
  const seen: string[] = [];
  shown.subscribe((state) => seen.push(state.source.status));
  return {
    shown,
    seen,
    next: () => store.setState((state) => ({ ...withoutImage(state), ...opening }), true),
    set: (part: Partial<ViewerState>) => store.setState(part),
    url: () => {
      const { source } = shown.getState();
      return source.status === "empty" ? undefined : source.url;
    },
    paint: () => {
      for (const done of paints.splice(0)) done();
    },
  };
}

describe("the state as it is shown", () => {
  it("is the state, as long as one image stays", () => {
    const { shown, set } = followed(openState());
    set({ greyscale: true });
    expect(shown.getState().greyscale).toBe(true);
    expect(shown.isBehind()).toBe(false);
  });

  it("goes from one picture to the next in one step, once that is painted", () => {
    const viewer = followed(openState());
    viewer.next();
    vi.advanceTimersByTime(300);
    viewer.set(open);
    vi.advanceTimersByTime(500);
    expect(viewer.url()).not.toBe(url);
    viewer.set({ stage: fakeStage });
    expect(viewer.url()).not.toBe(url);
    viewer.paint();
    expect(viewer.url()).toBe(url);
    expect(viewer.shown.getState().stage).toBe(fakeStage);
    expect(viewer.seen).toEqual(["open"]);
    expect(viewer.shown.isBehind()).toBe(false);
  });

  it("says that an image is being opened where that takes its time", () => {
    const viewer = followed(openState());
    viewer.next();
    vi.advanceTimersByTime(399);
    expect(viewer.seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(viewer.seen).toEqual(["opening"]);
  });

  it("shows an image whose picture does not come", () => {
    const viewer = followed(opening);
    viewer.set(open);
    vi.advanceTimersByTime(599);
    expect(viewer.seen).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(viewer.seen).toEqual(["open"]);
  });

  it("does not wait for a paint that never comes: the page may not be on screen", () => {
    const viewer = followed(opening);
    viewer.set(open);
    viewer.set({ stage: fakeStage });
    vi.advanceTimersByTime(600);
    expect(viewer.seen).toEqual(["open"]);
    viewer.set({ greyscale: true });
    viewer.paint();
    expect(viewer.seen).toEqual(["open", "open"]);
  });

  it.each([
    ["a failure", { source: { status: "failed", url, failure: { code: "ZS-CORS" } } }],
    ["a source that was closed", { source: { status: "empty" } }],
  ])("shows %s at once", (_, part) => {
    const viewer = followed(openState());
    viewer.next();
    viewer.set(part as Partial<ViewerState>);
    expect(viewer.seen).toEqual([part.source.status]);
  });

  it("shows at once that there are no graphics", () => {
    const viewer = followed(opening);
    viewer.set({ ...open, graphicsFailure: "unsupported" as never });
    expect(viewer.seen).toEqual(["open"]);
  });

  it("shows the first image that is opened at once as being opened", () => {
    const viewer = followed({});
    viewer.set(opening);
    expect(viewer.seen).toEqual(["opening"]);
  });

  it("catches up when it is told to, and does not begin to wait again", () => {
    const viewer = followed(openState());
    viewer.next();
    viewer.set(open);
    viewer.shown.catchUp();
    expect(viewer.seen).toEqual(["open"]);
    viewer.set({ stage: fakeStage });
    expect(viewer.seen).toEqual(["open", "open"]);
    expect(viewer.shown.isBehind()).toBe(false);
  });

  it("follows the layout of an image as soon as it is known", () => {
    const viewer = followed(openState(), "metadata");
    viewer.next();
    expect(viewer.seen).toEqual([]);
    viewer.set(open);
    expect(viewer.seen).toEqual(["open"]);
  });

  it("keeps one time limit while one image after the other is asked for", () => {
    const viewer = followed(openState());
    viewer.next();
    vi.advanceTimersByTime(300);
    viewer.next();
    vi.advanceTimersByTime(100);
    expect(viewer.seen).toEqual(["opening"]);
  });
});
