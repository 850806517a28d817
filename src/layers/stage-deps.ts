import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState } from "../zarr/chunks/chunk-state.ts";
import type { StageStatus, ViewState } from "./scene.ts";
import type { CanvasSize } from "./tiles/view-rect.ts";

export type StageOptions = {
  /** Under which name it declares what it wants; two stages on the same chunks need two. Default "stage". */
  readonly clientName: string;
  /** Bytes of tile textures kept; exceeded only if one frame needs more. Default 384 MiB. */
  readonly gpuBudgetBytes: number;
  /** Main-thread milliseconds per frame for uploads; at least one tile is uploaded. Default 4. */
  readonly uploadBudgetMs: number;
  /** A level with more tiles per channel in view is passed over for a coarser one. Default 2048. */
  readonly maxTilesPerChannel: number;
};

export type StageDeps = {
  readonly chunks: ChunkClient;
  /** The view was changed by hand (not by `setView`). */
  onView(view: ViewState): void;
  /** The canvas has another size, and has not been drawn in it yet. */
  onResize?(size: CanvasSize): void;
  /** After each frame. */
  onStatus(status: StageStatus): void;
  /** World position under the pointer; undefined when it leaves. */
  onHover(world: [number, number] | undefined): void;
  /** There is no picture and there will be none by itself: no WebGL2, or a context that was lost for good. */
  onFailure?(error: Error): void;
  /** After a failure there is a picture again. */
  onRecovered?(): void;
  readonly options?: Partial<StageOptions>;
};

/** State of one channel's tile under a point, at the level that the zoom asks for. */
export type TileUnderPoint = {
  readonly channel: number;
  readonly state: ChunkState;
};

/** What a stage does without being told. */
export const stageDefaults: StageOptions = {
  clientName: "stage",
  gpuBudgetBytes: 384 * 2 ** 20,
  uploadBudgetMs: 4,
  maxTilesPerChannel: 2048,
};
