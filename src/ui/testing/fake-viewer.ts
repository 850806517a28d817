import type { StageStatus } from "../../layers/scene.ts";
import { imageFraming } from "../../layers/tiles/view-framing.ts";
import { imageWithDisplayAxes } from "../../zarr/image/display-axes.ts";
import type { ImageModel } from "../../zarr/image/image-model.ts";
import { defaultChannels, withChannel } from "../state/channels.ts";
import { withLabel } from "../state/labels.ts";
import { withPlayback } from "../state/playback.ts";
import { withPreferences } from "../state/preferences.ts";
import { withSelection } from "../state/selection.ts";
import type { Viewer } from "../state/viewer-context.ts";
import type { ViewerActions, ViewerState } from "../state/viewer-state.ts";
import { createViewerStore, withoutImage } from "../state/viewer-store.ts";
import { fakeImage } from "./fake-image.ts";

export const fakeStage: StageStatus = {
  view: { target: [48.6, 49.3], zoom: 2.7 },
  widthPx: 1000,
  heightPx: 700,
  tiles: { data: 24, fill: 0, pending: 0, denied: 0, error: 0, corrupt: 0, unverifiable: 0 },
  labelTiles: [],
  checksums: { mismatched: 0, shown: 0 },
  level: 0,
  gpuBytes: 6_000_000,
  gpuPages: 2,
  drawCalls: 6,
};

/** State of a viewer with an image open. */
export function openState(image: ImageModel = fakeImage()): Partial<ViewerState> {
  return {
    source: {
      status: "open",
      url: "https://example.org/images/6001240.zarr",
      image,
      framing: imageFraming(image),
      showsUnverified: false,
    },
    view: fakeStage.view,
    stage: fakeStage,
    selection: image.defaultSelection,
    channels: defaultChannels(image),
    problems: image.problems,
  };
}

/** Values 0 … 4096, most of them small. */
export const fakeHistogram = {
  min: 0,
  max: 4096,
  count: 100_000,
  histogram: Uint32Array.from({ length: 256 }, (_, bin) => Math.round(4000 * Math.exp(-bin / 20))),
};

export type FakeCall = { readonly action: keyof ViewerActions; readonly args: readonly unknown[] };

/** A viewer without data: its actions change the state as the real ones do, and are written down. */
export function fakeViewer(
  initial: Partial<ViewerState> = openState(),
): Viewer & { calls: FakeCall[] } {
  const store = createViewerStore(initial);
  const calls: FakeCall[] = [];
  function record(action: keyof ViewerActions, ...args: unknown[]) {
    calls.push({ action, args });
  }
  const actions: ViewerActions = {
    open(url) {
      record("open", url);
      store.setState({ source: { status: "opening", url } });
    },
    useAccess(text) {
      record("useAccess", text);
      return text !== "no token";
    },
    linkWithAccess: () => "https://viewer.example/#v=1&source=signed",
    close() {
      record("close");
      store.setState(withoutImage);
    },
    showPart: (part) => record("showPart", part),
    openListed: (url) => record("openListed", url),
    openSeries(series) {
      record("openSeries", series);
      store.setState(({ source }) =>
        source.status === "open" ? { source: { ...source, series } } : {},
      );
    },
    setSelection(axis, index, ...hand) {
      record("setSelection", axis, index, ...hand);
      store.setState(({ source, selection }) =>
        source.status === "open"
          ? { selection: withSelection(selection, source.image, axis, index) }
          : {},
      );
    },
    setDisplayAxes(axes) {
      record("setDisplayAxes", axes);
      store.setState(({ source }) =>
        source.status === "open"
          ? { source: { ...source, image: imageWithDisplayAxes(source.image, axes) } }
          : {},
      );
    },
    setChannel(index, change) {
      record("setChannel", index, change);
      store.setState(({ channels }) => ({ channels: withChannel(channels, index, change) }));
    },
    autoContrast: (index, ...scope) => record("autoContrast", index, ...scope),
    fullRange: (index) => record("fullRange", index),
    importedRange: (index) => record("importedRange", index),
    resetChannel: (index) => record("resetChannel", index),
    setGreyscale(greyscale) {
      record("setGreyscale", greyscale);
      store.setState({ greyscale });
    },
    setSystem: (name) => record("setSystem", name),
    setLabel(name, change) {
      record("setLabel", name, change);
      store.setState(({ labels }) => ({ labels: withLabel(labels, name, change) }));
    },
    toggleLabels: () => record("toggleLabels"),
    unpinLabel() {
      record("unpinLabel");
      store.setState({ pinnedLabel: undefined });
    },
    pickLabelAt: (xPx, yPx) => record("pickLabelAt", xPx, yPx),
    showLabelObject(name, id) {
      record("showLabelObject", name, id);
      store.setState({ pinnedLabel: { name, id, place: "known" } });
    },
    histogramInView: () => fakeHistogram,
    whenCalm(tell) {
      const timer = setTimeout(tell);
      return () => clearTimeout(timer);
    },
    setView(view) {
      record("setView", view);
      store.setState({ view });
    },
    zoomBy(delta) {
      record("zoomBy", delta);
      store.setState(({ view }) => (view ? { view: { ...view, zoom: view.zoom + delta } } : {}));
    },
    fit: () => record("fit"),
    oneToOne: () => record("oneToOne"),
    setImageBackground(imageBackground) {
      record("setImageBackground", imageBackground);
      store.setState({ imageBackground });
    },
    retryFailed: () => record("retryFailed"),
    goOnPlate: (change) => record("goOnPlate", change),
    setOwnContrast: (isOwn) => record("setOwnContrast", isOwn),
    retryWell: (id) => record("retryWell", id),
    reloadSource: () => record("reloadSource"),
    redraw: () => record("redraw"),
    showUnverified: (shows) => record("showUnverified", shows),
    openAnyway: () => record("openAnyway"),
    setPlayback(change) {
      record("setPlayback", change);
      store.setState(({ playback }) => ({ playback: withPlayback(playback, change) }));
    },
    undo: () => record("undo"),
    redo: () => record("redo"),
    setPreferences(change) {
      record("setPreferences", change);
      store.setState((state) => withPreferences(state, change));
    },
  };
  return { store, actions, calls };
}
