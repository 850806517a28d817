import type { ViewState } from "../src/layers/scene.ts";
import { oneToOneView, sceneFraming } from "../src/layers/tiles/view-framing.ts";
import { emptyLink, parseLink } from "../src/ui/state/link.ts";
import { signedLinkToState } from "../src/ui/state/link-address.ts";
import { linkOfState } from "../src/ui/state/link-state.ts";
import { withChannelInHand, withOwnContrast } from "../src/ui/state/own-contrast.ts";
import { withPlayback } from "../src/ui/state/playback.ts";
import { withPreferences } from "../src/ui/state/preferences.ts";
import { withSelection } from "../src/ui/state/selection.ts";
import { typedAccess } from "../src/ui/state/source-access.ts";
import { permittedView } from "../src/ui/state/view.ts";
import type { ViewerActions } from "../src/ui/state/viewer-state.ts";
import { imageInSystem, selectionAlong } from "../src/zarr/image/image-in-system.ts";
import { createContrastActions } from "./channel-contrast.ts";
import { createLabelActions } from "./label-actions.ts";
import { keep } from "./local-storage.ts";
import { noTrust, trustOf } from "./source-trust.ts";
import type { ViewerSession } from "./viewer-session.ts";

/** What the interface may ask of a session. */
export function createViewerActions(session: ViewerSession): ViewerActions {
  const { store } = session;

  const setView = (view: ViewState) => {
    store.setState((state) => {
      const next = permittedView(state, view, state.stage ?? session.stageSize());
      return next ? { view: next } : {};
    });
  };

  /** Changes the view from what it is now, if there is one. */
  const changeView = (change: (view: ViewState) => ViewState) => {
    const { view } = store.getState();
    if (view) setView(change(view));
  };

  return {
    open: (url, series) => void session.open(url, { ...emptyLink, series }),
    useAccess: (text) => {
      const { source } = store.getState();
      const access = text === "" ? undefined : typedAccess(text);
      if (source.status === "empty" || (text !== "" && !access)) return false;
      session.access.useFor(source.url, access);
      // The address of what could not be opened still holds how it was to be shown.
      const failed = source.status === "failed" ? parseLink(location).link : undefined;
      void session.open(source.url, failed ?? linkOfState(store.getState()));
      return true;
    },
    linkWithAccess: () => {
      const { source } = store.getState();
      const signed = source.status === "empty" ? undefined : session.access.signedUrl(source.url);
      return signed && signedLinkToState(store.getState(), signed, location.href);
    },
    close: () => session.close(),
    showPart: (part) => {
      const link = linkOfState(store.getState());
      // Display limits of one part mean nothing for another.
      const channels = link.channels.map((channel) => ({ ...channel, window: undefined }));
      if (link.source !== undefined) {
        void session.open(
          link.source,
          { ...link, channels, part },
          trustOf(store.getState().source),
        );
      }
    },
    openListed: (url) => {
      const { sources } = store.getState();
      void session.open(url, { ...emptyLink, sources });
    },
    openSeries: (series) => void session.openSeries(series),
    whenCalm: (tell) => session.calm.once(tell),
    setSelection: (axis, index, hand) => {
      store.setState(({ source, selection, playback }) =>
        source.status === "open"
          ? {
              selection: withSelection(selection, source.image, axis, index),
              passesPlanes: hand === "passing",
              // A hand on the axis that plays takes over.
              ...(playback.playing === axis
                ? { playback: withPlayback(playback, { playing: undefined }) }
                : {}),
            }
          : {},
      );
    },
    setDisplayAxes: (axes) => {
      session.reshow({ ...linkOfState(store.getState()), view: undefined, axes });
    },
    setChannel: (index, change) => {
      store.setState((state) => withChannelInHand(state, index, change));
    },
    setOwnContrast: (isOwn) => store.setState((state) => withOwnContrast(state, isOwn)),
    ...createContrastActions(session),
    setSystem: (system) => {
      const state = store.getState();
      const { source, selection } = state;
      if (source.status !== "open") return;
      const image = imageInSystem(source.image, system);
      // Indices belong to dimensions, whose axes may have another name there.
      const indices = selectionAlong(selection, source.image.axes, image.axes);
      session.reshow({
        ...linkOfState(state),
        view: undefined,
        axes: undefined,
        indices: new Map(Object.entries(indices)),
        system,
      });
    },
    ...createLabelActions(session, setView),
    setView,
    zoomBy: (delta) => changeView((view) => ({ ...view, zoom: view.zoom + delta })),
    fit: () => session.fit(),
    oneToOne: () => {
      const { scene } = session.stage ?? {};
      const size = session.stageSize();
      const framing = store.getState().plate?.opened?.framing ?? (scene && sceneFraming(scene));
      if (framing && size) changeView((view) => oneToOneView(framing, view, size));
    },
    goOnPlate: (change) => void session.plate?.go(change),
    retryWell: (id) => {
      session.plate?.retry(id);
      // What failed in view may be chunks of the same well.
      session.machinery.scheduler.retryFailed();
    },
    setImageBackground: (imageBackground) => store.setState({ imageBackground }),
    retryFailed: () => {
      session.plate?.retry();
      session.machinery.scheduler.retryFailed();
    },
    reloadSource: () => {
      const link = linkOfState(store.getState());
      if (link.source === undefined) return;
      session.access.distrustCache(link.source);
      void session.open(link.source, link, {
        ...trustOf(store.getState().source),
        unverified: false,
      });
    },
    redraw: () => session.stage?.restart(),
    showUnverified: (shows) => {
      const link = linkOfState(store.getState());
      if (link.source !== undefined) {
        void session.open(link.source, link, {
          ...trustOf(store.getState().source),
          unverified: shows,
        });
      }
    },
    openAnyway: () => {
      const { source } = store.getState();
      if (source.status !== "failed") return;
      // The address still holds how it was to be shown.
      const { link } = parseLink(location);
      void session.open(source.url, link, { ...noTrust, unknownExtensions: true });
    },
    setPlayback: (change) => {
      store.setState(({ source, playback }) =>
        source.status === "open" ? { playback: withPlayback(playback, change) } : {},
      );
    },
    undo: () => session.undoTracker.undo(),
    redo: () => session.undoTracker.redo(),
    setPreferences: (change) => {
      store.setState((state) => withPreferences(state, change));
      keep("preferences", store.getState().preferences);
    },
  };
}
