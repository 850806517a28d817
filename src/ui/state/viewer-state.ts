import type { LutName } from "../../layers/luts/lut-name.ts";
import type { LabelReadout, StageStatus, ValueReadout, ViewState } from "../../layers/scene.ts";
import type { Framing } from "../../layers/tiles/view-framing.ts";
import type { PlaneStatistics } from "../../zarr/chunks/chunk-state.ts";
import type { PausedOrigin } from "../../zarr/chunks/origin-breakers.ts";
import type { DisplayAxes } from "../../zarr/image/display-axes.ts";
import type { ChannelWindow, ImageModel, Selection } from "../../zarr/image/image-model.ts";
import type { LabelImage } from "../../zarr/image/label-image.ts";
import type { Problem } from "../../zarr/problem.ts";
import type { ImageList } from "./image-list.ts";
import type { LabelChange, LabelSettings } from "./labels.ts";
import type { PlateCell, PlateChange, PlateState } from "./plate.ts";
import type { BufferedAxis, Playback, PlaybackChange } from "./playback.ts";
import type { Preferences, Theme } from "./preferences.ts";
import type { AccessNote } from "./source-access.ts";

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
  /** Something to copy and hand on, for whoever can mend it. */
  readonly fix?: { readonly label: string; readonly text: string };
  /** It can be opened all the same, if a person takes that upon themselves. */
  readonly mayOpenAnyway?: boolean;
};

/** `series` is the position of the image in `imageList`; absent: the first, or the only one. */
export type SourceStatus =
  | { readonly status: "empty" }
  | { readonly status: "opening"; readonly url: string; readonly series?: number }
  | {
      readonly status: "open";
      readonly url: string;
      readonly series?: number;
      readonly image: ImageModel;
      /** What views are fitted to and kept within. */
      readonly framing: Framing;
      /** What contradicts its checksum is shown, marked. Never in a link. */
      readonly showsUnverified?: boolean;
      /** Arrays are read that need extensions which are not known here. Never in a link. */
      readonly opensAnyway?: boolean;
    }
  | {
      readonly status: "failed";
      readonly url: string;
      readonly series?: number;
      readonly failure: SourceFailure;
    };

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
  /** Exponent on the brightness, 0.1 … 5; 1 is linear, more is darker. */
  readonly gamma: number;
  /** A lookup table instead of `color`; null: none. */
  readonly lut: LutName | null;
};

/** What auto-contrast looks at: the pixels on screen, or the whole plane at the coarsest level. */
export type ContrastScope = "view" | "plane";

/** Almost the whole picture is one colour because of the display limits. */
export type ContrastHint = "black" | "white" | "flat";

/** Position under the cursor, and what lies there. World units and pixel indices of the finest level. */
export type CursorReadout = {
  readonly world: readonly [number, number];
  readonly indexPx: readonly [number, number];
  readonly readout: ValueReadout | undefined;
  /** One per visible label image that is decoded there; `layer` is its name. */
  readonly labels: readonly LabelReadout[];
};

/** What became of a label image that was asked for. */
export type LabelReport =
  | { readonly status: "opening" }
  | { readonly status: "open"; readonly label: LabelImage }
  | { readonly status: "failed"; readonly failure: SourceFailure };

/** An object that was chosen: it stands out, and what is known of it is shown. */
export type PinnedLabel = {
  /** Name of the label image. */
  readonly name: string;
  /** Decimal, since ids have up to 64 bits. */
  readonly id: string;
  /** Whether it is known where it lies; "unknown" only if somebody wanted to go there. */
  readonly place: "known" | "unknown";
};

export type TransferStats = { readonly requests: number; readonly bytes: number };

/** State of the viewer. Chunks, textures, workers and deck layers are never in it. */
export type ViewerState = {
  readonly source: SourceStatus;
  /** Addresses to switch between, that of the source among them; empty where a link named one only. */
  readonly sources: readonly string[];
  /** The source is private: how it is read, and until when. What lets one read it is never in here. */
  readonly access: AccessNote | undefined;
  /** The images among which there is a choice; undefined: there is one at most, or nothing is known yet. */
  readonly imageList: ImageList | undefined;
  /** undefined until an image is open and the canvas has a size. */
  readonly view: ViewState | undefined;
  /** The plate whose wells are shown, if it is one; `view` is in its world. */
  readonly plate: PlateState | undefined;
  readonly selection: Selection;
  readonly channels: readonly ChannelSettings[];
  /** The imaging model: only the first visible channel is shown, in grey. */
  readonly greyscale: boolean;
  /** Label images in the order of the metadata; those that a link names stand there before they are found. */
  readonly labels: readonly LabelSettings[];
  /** False from when an image is open until its label images were looked for, which is after its picture. */
  readonly labelsFound: boolean;
  /** By name; of those that were never shown there is none. */
  readonly labelReports: ReadonlyMap<string, LabelReport>;
  readonly pinnedLabel: PinnedLabel | undefined;
  readonly contrastHint: ContrastHint | undefined;
  readonly problems: readonly Problem[];
  /** Sentences about what a link asked for and could not have; a new list replaces the old one. */
  readonly notices: readonly string[];
  /** Servers that are not asked for the time being, since they do not answer. */
  readonly paused: readonly PausedOrigin[];
  /** The open source could be read, and refuses everything by now: a signature or a token that has expired, most often. */
  readonly accessEnded: boolean;
  /** The open source was changed since it was opened; what is new of it is not shown. */
  readonly sourceChanged: boolean;
  /** Why nothing can be drawn here, whatever is open; undefined: it can. */
  readonly graphicsFailure: SourceFailure | undefined;
  /** A newer build was put up in mid-session: parts of this one that were not needed so far can no longer be had. */
  readonly isOutdated: boolean;
  readonly cursor: CursorReadout | undefined;
  /** The cell of the plate under the cursor, whether or not there is a well. */
  readonly hoveredCell: PlateCell | undefined;
  readonly stage: StageStatus | undefined;
  readonly transfer: TransferStats;
  readonly imageBackground: "000000" | "FFFFFF";
  readonly playback: Playback;
  /** A hand is on its way over planes and may go on: not each of them need be shown. */
  readonly passesPlanes: boolean;
  /** What of each slider's axis is in memory for the current view. */
  readonly buffered: readonly BufferedAxis[];
  readonly undo: { readonly canUndo: boolean; readonly canRedo: boolean };
  readonly preferences: Preferences;
  /** The theme of this page alone, which its link carries: asked for by a link, or chosen while something was open. */
  readonly pageTheme: Theme | undefined;
};

/** What the interface may ask for; built in app/services.ts, given to components through a React context. */
export interface ViewerActions {
  /** `series`: the position of the image among those of the source, if it is not the first. */
  open(url: string, series?: number): void;
  /**
   * Reads the origin of the open source with a token or a signature from now on, and opens the source again; "" forgets it. false: the text can be
   * neither.
   */
  useAccess(text: string): boolean;
  /** Link to what is on screen that holds the source's own signature; undefined if it has none. */
  linkWithAccess(): string | undefined;
  close(): void;
  /** Shows another part of each element: of complex numbers "magnitude", "phase", …, of records a field (`elementParts`). */
  showPart(part: string): void;
  /** Opens another one of `sources`, which stay as they are. */
  openListed(url: string): void;
  /** Opens another image of the same source, by its position in `imageList`. */
  openSeries(series: number): void;
  /** @param hand "passing" over planes, of which not each need be shown; at rest where nothing is said */
  setSelection(axis: string, index: number, hand?: "passing" | "at rest"): void;
  /** Shows two other axes; the channels stay as they are, the view is fitted. */
  setDisplayAxes(axes: DisplayAxes): void;
  setChannel(index: number, change: Partial<Omit<ChannelSettings, "index">>): void;
  /**
   * Display limits from a histogram: 0.1 % saturated at first; asked again for what shows the result already, 0.35, 1 and 2 %, then from the
   * beginning. Default scope: the view.
   */
  autoContrast(index: number, scope?: ContrastScope): void;
  /** Limits from the type's smallest to its largest value; for types of more than 16 bits those of the data in view. */
  fullRange(index: number): void;
  /** Limits as the image's metadata give them; if they give none, from the plane. */
  importedRange(index: number): void;
  /** Everything about a channel, but not whether it is visible, as when the image was opened. */
  resetChannel(index: number): void;
  setGreyscale(greyscale: boolean): void;
  /** Shows the image in another one of its coordinate systems, fitted; the plane stays. Names it does not have change nothing. */
  setSystem(name: string): void;
  setLabel(name: string, change: LabelChange): void;
  /** Hides all labels, or shows those again that were shown last; at first the first one. */
  toggleLabels(): void;
  /** Lets go of the object that is pinned. */
  unpinLabel(): void;
  /** Pins the topmost object at a point, in CSS pixels from the canvas' corner; where there is none, lets go of the pinned one. */
  pickLabelAt(xPx: number, yPx: number): void;
  /** Pins an object and moves the view to it, if what is decoded shows where it lies. */
  showLabelObject(name: string, id: string): void;
  /** Histogram of a visible channel's pixels on screen, as far as they are there; the same object as long as they are the same. */
  histogramInView(index: number): PlaneStatistics;
  /** Calls back once when the picture rests, a second from now at the latest; the same function is called once only. The returned function takes that back. */
  whenCalm(tell: () => void): () => void;
  setView(view: ViewState): void;
  /** Zoom about the centre of the view by a factor of 2^delta. */
  zoomBy(delta: number): void;
  fit(): void;
  /** One index of the finest level = one device pixel. */
  oneToOne(): void;
  setImageBackground(color: "000000" | "FFFFFF"): void;
  /** Fetch again whatever is denied, error, corrupt or unverifiable in the view. */
  retryFailed(): void;
  /** Opens a well of the plate, or goes back to the plate; chooses fields and acquisition. Nothing happens where there is no plate. */
  goOnPlate(change: PlateChange): void;
  /** Gives the opened well display limits of its own, which are then what is changed while it is open, or takes them from it. */
  setOwnContrast(isOwn: boolean): void;
  /** Reads a well again that could not be read. */
  retryWell(id: string): void;
  /** Opens the same image again as it is now, past what the browser keeps of it; the view stays. */
  reloadSource(): void;
  /** Tries again to draw where that failed. */
  redraw(): void;
  /** Opens the same image again, with or without data that contradict their checksum. */
  showUnverified(shows: boolean): void;
  /** Opens what has failed to open since it needs an extension that is not known (`SourceFailure.mayOpenAnyway`). */
  openAnyway(): void;
  setPlayback(change: PlaybackChange): void;
  /** One step back or on again in view, plane and rendering. */
  undo(): void;
  redo(): void;
  setPreferences(change: Partial<Preferences>): void;
}
