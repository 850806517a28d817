import type { ViewState } from "../src/layers/scene.ts";
import { withChannel } from "../src/ui/state/channels.ts";
import { withSelection } from "../src/ui/state/selection.ts";
import { clampView, oneToOneZoom } from "../src/ui/state/view.ts";
import type { ViewerActions, ViewerState } from "../src/ui/state/viewer-state.ts";
import { autoWindow } from "./auto-window.ts";
import type { ViewerSession } from "./viewer-session.ts";

/** What the interface may ask of a session. */
export function createViewerActions(session: ViewerSession): ViewerActions {
  const { store } = session;

  const setView = (view: ViewState) => {
    store.setState((state) => {
      const { source, stage } = state;
      const clamped =
        source.status === "open" && stage ? clampView(view, source.image, stage) : undefined;
      return clamped ? { view: clamped } : {};
    });
  };

  /** Changes the view from what it is now, if there is one. */
  const changeView = (change: (view: ViewState, state: ViewerState) => ViewState) => {
    const state = store.getState();
    if (state.view) setView(change(state.view, state));
  };

  return {
    open: (url) => void session.open(url),
    close: () => session.close(),
    setSelection: (axis, index) => {
      store.setState(({ source, selection }) =>
        source.status === "open"
          ? { selection: withSelection(selection, source.image, axis, index) }
          : {},
      );
    },
    setChannel: (index, change) => {
      store.setState(({ channels }) => ({ channels: withChannel(channels, index, change) }));
    },
    autoContrast: (index) => {
      const window = autoWindow(session.stage?.planesInView(index) ?? []);
      if (!window) return;
      store.setState(({ channels }) => ({ channels: withChannel(channels, index, { window }) }));
    },
    setView,
    zoomBy: (delta) => changeView((view) => ({ ...view, zoom: view.zoom + delta })),
    fit: () => session.fit(),
    oneToOne: () =>
      changeView((view, { source }) =>
        source.status === "open"
          ? { ...view, zoom: oneToOneZoom(source.image, globalThis.devicePixelRatio) }
          : view,
      ),
    setImageBackground: (imageBackground) => store.setState({ imageBackground }),
    retryFailed: () => session.machinery.scheduler.retryFailed(),
  };
}
