import type { LutName } from "../src/layers/luts/lut-name.ts";
import type { LabelReadout, ValueReadout } from "../src/layers/scene.ts";
import type { TileCounts } from "../src/zarr/chunks/chunk-state.ts";
import type { ShownChannel, ShownState, ShownStateChange } from "./embed/shown-state.ts";

/** View, planes and rendering of the viewer as JSON. */
export type ZarrscopeState = ShownState<LutName>;
export type ZarrscopeChannel = ShownChannel<LutName>;

/** What `setState` takes. */
export type ZarrscopeStateChange = ShownStateChange<LutName>;

/** State of one channel's tile. */
export type TileAtPoint = { channel: number; state: keyof TileCounts };

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
  /** How many pages there are. */
  gpuPages: number;
  /** Draw calls of the last frame: they grow with channels, levels and pages, not with tiles. */
  drawCalls: number;
  workers: number;
  /** Σ (long task − 50 ms) of the main thread. */
  blockedMs: number;
};

/** `window.zarrscope`: for tests, scripts and embedding. One per page. */
export interface ZarrscopeApi {
  readonly version: string;
  /**
   * Resolves when all that the view wants is drawn or has failed for good, also after a failed open. The numbers are those of the visible
   * tiles, summed over channels; prefetch does not count. On a plate the wells are drawn before their own metadata are read, by what another well
   * is like. `settled()` waits until all of them are drawn, or are known to be other than that: what is missing or fails under such a guess counts as
   * pending until the well's metadata were read. It does not wait for the metadata of wells that are drawn: those are read when nothing else is to
   * be done, and a well that turns out to differ is drawn anew.
   */
  settled(): Promise<{ tiles: TileCounts }>;
  getState(): ZarrscopeState;
  /** Resolves when applied; a new source counts as applied when it is open or has failed, half a view once there is one that completes it. Rejects with a TypeError for what is malformed. */
  setState(change: ZarrscopeStateChange): Promise<void>;
  /**
   * Values at a point in world units, at the finest resident level; fetches no chunks. Integers beyond 2^53 are decimal strings. On a plate no value is
   * told by a guess: the metadata of the well at that point are read first, if they were not; undefined if it then has to be drawn anew, until
   * the next `settled()`. With a well opened the point is in that well's own world, else in the plate's: one unit from well to well, the centre of the
   * first at (0, 0).
   */
  valueAt(point: { x: number; y: number }): Promise<ValueReadout | undefined>;
  /** What is known of each visible channel at a point, at the level that the zoom asks for; anything but "data" and "fill" is drawn hatched. */
  tilesAt(point: { x: number; y: number }): Promise<TileAtPoint[]>;
  /** Ids at a point in world units, of every visible label image that is decoded there, the lowest first; `layer` is its name. */
  labelsAt(point: { x: number; y: number }): Promise<LabelReadout[]>;
  stats(): ZarrscopeStats;
}

declare global {
  interface Window {
    zarrscope?: ZarrscopeApi;
  }
}
