import { createStore, type StoreApi } from "zustand/vanilla";
import { defaultPlayback } from "./playback.ts";
import { defaultPreferences } from "./preferences.ts";
import type { ViewerState } from "./viewer-state.ts";

export type ViewerStore = StoreApi<ViewerState>;

const sourceSlice = {
  source: { status: "empty" },
  sources: [],
  access: undefined,
  imageList: undefined,
  plate: undefined,
  problems: [],
  notices: [],
} as const satisfies Partial<ViewerState>;

/** What the user sets, and what a link carries. */
const renderingSlice = {
  view: undefined,
  selection: {},
  channels: [],
  greyscale: false,
  labels: [],
  imageBackground: "000000",
} as const satisfies Partial<ViewerState>;

/** What the stage and the chunk machinery report back. */
const reportSlice = {
  accessEnded: false,
  sourceChanged: false,
  cursor: undefined,
  hoveredCell: undefined,
  stage: undefined,
  contrastHint: undefined,
  labelsFound: true,
  labelReports: new Map(),
  pinnedLabel: undefined,
  transfer: { requests: 0, bytes: 0 },
  buffered: [],
  undo: { canUndo: false, canRedo: false },
} as const satisfies Partial<ViewerState>;

/** The viewer's one store, empty. Updates go through `store.setState` with the pure updaters beside this file. */
export function createViewerStore(initial: Partial<ViewerState> = {}): ViewerStore {
  return createStore<ViewerState>()(() => ({
    ...sourceSlice,
    ...renderingSlice,
    ...reportSlice,
    paused: [],
    graphicsFailure: undefined,
    isOutdated: false,
    playback: defaultPlayback,
    passesPlanes: false,
    preferences: defaultPreferences,
    pageTheme: undefined,
    ...initial,
  }));
}

/** State of a closed image: what belongs to an image is dropped, what belongs to the user stays. */
export function withoutImage(state: ViewerState): ViewerState {
  return {
    ...state,
    ...sourceSlice,
    ...renderingSlice,
    ...reportSlice,
    imageBackground: state.imageBackground,
    playback: { ...state.playback, playing: undefined },
    passesPlanes: false,
  };
}
