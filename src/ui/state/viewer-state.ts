import type { StageStatus, ValueReadout, ViewState } from "../../layers/scene.ts";
import type { ChannelWindow, ImageModel, Selection } from "../../zarr/image/image-model.ts";
import type { Problem } from "../../zarr/problem.ts";

/** Why a source could not be opened: one clear sentence, what was tried, what to do. */
export type SourceFailure = {
  /** Stable, e.g. "ZS-NOTFOUND". */
  readonly code: string;
  /** What happened. */
  readonly title: string;
  /** What was tried and where, in words; may be several lines. */
  readonly detail: string;
  /** What to do, and who can do it. */
  readonly action: string;
};

export type SourceStatus =
  | { readonly status: "empty" }
  | { readonly status: "opening"; readonly url: string }
  | { readonly status: "open"; readonly url: string; readonly image: ImageModel }
  | { readonly status: "failed"; readonly url: string; readonly failure: SourceFailure };

/** One channel's rendering settings as the user sees and links them. */
export type ChannelSettings = {
  readonly index: number;
  readonly label: string;
  readonly visible: boolean;
  /** Six upper-case hex digits. */
  readonly color: string;
  /** undefined until auto-contrast has found one. */
  readonly window: ChannelWindow | undefined;
  readonly inverted: boolean;
};

/** Position under the cursor, and what lies there. World units and pixel indices of the finest level. */
export type CursorReadout = {
  readonly world: readonly [number, number];
  readonly indexPx: readonly [number, number];
  readonly readout: ValueReadout | undefined;
};

export type TransferStats = { readonly requests: number; readonly bytes: number };

/** State of the viewer. Chunks, textures, workers and deck layers are never in it. */
export type ViewerState = {
  readonly source: SourceStatus;
  /** undefined until an image is open and the canvas has a size. */
  readonly view: ViewState | undefined;
  readonly selection: Selection;
  readonly channels: readonly ChannelSettings[];
  readonly problems: readonly Problem[];
  /** Sentences about what a link asked for and could not have; a new list replaces the old one. */
  readonly notices: readonly string[];
  readonly cursor: CursorReadout | undefined;
  readonly stage: StageStatus | undefined;
  readonly transfer: TransferStats;
  readonly imageBackground: "000000" | "FFFFFF";
};

/** What the interface may ask for; built in app/services.ts, given to components through a React context. */
export interface ViewerActions {
  open(url: string): void;
  close(): void;
  setSelection(axis: string, index: number): void;
  setChannel(index: number, change: Partial<Omit<ChannelSettings, "index">>): void;
  /** Display limits from the histogram of what is on screen (0.1 % saturation). */
  autoContrast(index: number): void;
  setView(view: ViewState): void;
  /** Zoom about the centre of the view by a factor of 2^delta. */
  zoomBy(delta: number): void;
  fit(): void;
  /** One index of the finest level = one device pixel. */
  oneToOne(): void;
  setImageBackground(color: "000000" | "FFFFFF"): void;
  /** Fetch again whatever is denied, error, corrupt or unverifiable in the view. */
  retryFailed(): void;
}
