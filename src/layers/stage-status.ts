import { emptyCounts } from "../zarr/chunks/chunk-state.ts";
import type { ComposedFrame } from "./frame-composer.ts";
import type { StageStatus, ViewState } from "./scene.ts";
import { centralPart } from "./scene-reader.ts";
import type { StageGraphics } from "./stage-graphics.ts";
import type { CanvasSize } from "./tiles/view-rect.ts";

/** What is told after a frame; without one, nothing is shown. */
export function stageStatus(
  { pool, renderer }: StageGraphics,
  frame: ComposedFrame | undefined,
  view: ViewState,
  { widthPx, heightPx }: CanvasSize,
): StageStatus {
  return {
    view,
    widthPx,
    heightPx,
    tiles: frame?.tiles ?? emptyCounts(),
    labelTiles: frame?.labelTiles ?? [],
    checksums: frame?.checksums ?? { mismatched: 0, shown: 0 },
    level: (frame && centralPart(frame.parts, view))?.plan.level ?? 0,
    gpuBytes: pool.byteLength + renderer.byteLength,
    gpuPages: pool.pageCount,
    drawCalls: frame ? renderer.drawCalls : 0,
  };
}
