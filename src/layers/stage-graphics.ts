import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import { FrameComposer } from "./frame-composer.ts";
import { DrawnPicture } from "./gpu/drawn-picture.ts";
import { GpuPace } from "./gpu/gpu-pace.ts";
import type { ComingDrawing } from "./gpu/intensity-pass.ts";
import { TilePool } from "./gpu/tile-pool.ts";
import { TileRenderer } from "./gpu/tile-renderer.ts";
import type { ScenePlanner } from "./scene-planner.ts";
import { ShaderWarmUp } from "./shader-warm-up.ts";
import type { StageOptions } from "./stage-deps.ts";

/** What lives and dies with one WebGL context. */
export type StageGraphics = {
  readonly pool: TilePool;
  readonly renderer: TileRenderer;
  readonly picture: DrawnPicture;
  readonly composer: FrameComposer;
  readonly pace: GpuPace;
  readonly warmUp: ShaderWarmUp;
};

/** Makes what draws with a new context. */
export function createGraphics(
  gl: WebGL2RenderingContext,
  chunks: ChunkClient,
  planner: ScenePlanner,
  options: StageOptions,
): StageGraphics {
  const pool = new TilePool(gl, options.gpuBudgetBytes);
  const renderer = new TileRenderer(gl);
  const picture = new DrawnPicture(renderer);
  const pace = new GpuPace(gl);
  const warmUp = new ShaderWarmUp(renderer, pace);
  const prepare = (drawing: ComingDrawing) => renderer.prepare(drawing);
  const composer = new FrameComposer(chunks, pool, planner, prepare, options);
  return { pool, renderer, picture, composer, pace, warmUp };
}

/** Frees what is on the GPU; the returned function ends the context too, once nobody draws with it any more. */
export function endGraphics({ pool, renderer }: StageGraphics, canvas: HTMLCanvasElement) {
  const context = canvas.getContext("webgl2");
  pool.clear();
  renderer.destroy();
  // Browsers keep few contexts; this one need not wait for the garbage collector.
  return () => context?.getExtension("WEBGL_lose_context")?.loseContext();
}
