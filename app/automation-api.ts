import type { LutName } from "../src/layers/luts/lut-name.ts";
import type { LabelReadout, ValueReadout } from "../src/layers/scene.ts";
import type { LabelSettings } from "../src/ui/state/labels.ts";
import type { TileCounts } from "../src/zarr/chunks/chunk-state.ts";

/** View, planes and rendering of the viewer as JSON. Indices are 0-based. */
export type ZarrscopeState = {
  /** Address of the open source; null while there is none. */
  source: string | null;
  /** `target` in world units of the two display axes, `zoom` = log2 of CSS pixels per world unit; null until there is an image. */
  view: { target: [number, number]; zoom: number } | null;
  /** Names of the axes shown down and across; null until there is an image. */
  axes: [down: string, across: string] | null;
  /** Index by axis name, at the finest level. */
  selection: Record<string, number>;
  channels: ZarrscopeChannel[];
  /** The imaging model: only the first visible channel is shown, in grey. */
  greyscale: boolean;
  /** Label images in the order of the metadata; null until they were looked for, which is after the picture. */
  labels: LabelSettings[] | null;
};

export type ZarrscopeChannel = {
  index: number;
  label: string;
  visible: boolean;
  /** "RRGGBB". */
  color: string;
  inverted: boolean;
  /** Exponent on the brightness, 0.1 … 5; 1 is linear, more is darker. */
  gamma: number;
  /** Lookup table in place of `color`, by the name of Viv's colormap module ("viridis", "rainbow_soft"); null: none. */
  lut: LutName | null;
  /** Display limits `start…end` within `min…max`, in data units; null until auto-contrast has found them. */
  window: { start: number; end: number; min: number; max: number } | null;
};

/** What `setState` takes: any part of the state; channels are matched by `index`, and each may be given in part. */
export type ZarrscopeStateChange = {
  source?: string;
  /** Either part may be left out. */
  view?: { target?: [number, number]; zoom?: number };
  /** Other axes to show, which comes first: the rest is meant for the image as it is then. */
  axes?: [down: string, across: string] | null;
  selection?: Record<string, number>;
  channels?: (Pick<ZarrscopeChannel, "index"> &
    Partial<Pick<ZarrscopeChannel, "visible" | "color" | "inverted" | "gamma" | "lut">> & {
      window?: { start: number; end: number };
    })[];
  greyscale?: boolean;
  /** Matched by `name`; those that are not found yet are looked for. */
  labels?: (Pick<LabelSettings, "name"> & Partial<LabelSettings>)[];
};

/** Costs so far, since the page was loaded. */
export type ZarrscopeStats = {
  /** Requests to the source: metadata, shard indexes and chunks, retries included. */
  requests: number;
  /** Bytes of their bodies. */
  bytes: number;
  decodedChunks: number;
  /** Decoded planes held by the page. */
  cacheBytes: number;
  /** Texture pages of the tile pool. */
  gpuBytes: number;
  workers: number;
  /** Σ (long task − 50 ms) of the main thread. */
  blockedMs: number;
};

/** `window.zarrscope`: for tests, scripts and embedding. One per page. */
export interface ZarrscopeApi {
  readonly version: string;
  /**
   * Resolves when all that the view wants is drawn or has failed for good, also after a failed open. The numbers are those of the visible
   * tiles, summed over channels; prefetch does not count.
   */
  settled(): Promise<{ tiles: TileCounts }>;
  getState(): ZarrscopeState;
  /** Resolves when applied; a new source counts as applied when it is open or has failed. Rejects with a TypeError for what is malformed. */
  setState(change: ZarrscopeStateChange): Promise<void>;
  /** Values at a point in world units, at the finest resident level; fetches nothing. Integers beyond 2^53 are decimal strings. */
  valueAt(point: { x: number; y: number }): Promise<ValueReadout | undefined>;
  /** Ids at a point in world units, of every visible label image that is decoded there, the lowest first; `layer` is its name. */
  labelsAt(point: { x: number; y: number }): Promise<LabelReadout[]>;
  stats(): ZarrscopeStats;
}

declare global {
  interface Window {
    zarrscope?: ZarrscopeApi;
  }
}
