import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { ReadableStore } from "./shown-store.ts";
import type { ViewerActions, ViewerState } from "./viewer-state.ts";
import type { ViewerStore } from "./viewer-store.ts";

/** The store to read and the actions to call; nothing in the interface writes to the store itself. */
export type Viewer = {
  readonly store: ViewerStore;
  readonly actions: ViewerActions;
  /** What is shown of the store's state, where that may be behind. */
  readonly shown?: ReadableStore;
  /** The same for what the layout of the page depends on. */
  readonly layout?: ReadableStore;
};

export const ViewerContext = createContext<Viewer | undefined>(undefined);

export function useViewerContext(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === undefined)
    throw new Error("A component of the viewer stands outside ViewerContext.");
  return viewer;
}

/**
 * Reads one thing from the state and renders again only when it changes (`Object.is`). Keep selectors narrow: the view and the
 * cursor change with every frame. Wrap selectors that build arrays or objects in `useShallow`.
 */
export function useViewer<T>(selector: (state: ViewerState) => T): T {
  return useStore(useShownStore(), selector);
}

/** For what follows the shown state without rendering. */
export function useShownStore(): ReadableStore {
  const { store, shown = store } = useViewerContext();
  return shown;
}

export function useViewerActions(): ViewerActions {
  return useViewerContext().actions;
}

/** For event handlers that need the state of the moment without rendering when it changes. */
export function useViewerStore(): ViewerStore {
  return useViewerContext().store;
}
