import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import type { TileCounts } from "../zarr/chunks/chunk-state.ts";
import { emptyCounts } from "../zarr/chunks/chunk-state.ts";
import type { Scene, ViewState } from "./scene.ts";
import { Stage } from "./stage.ts";

/** A still picture of what a stage shows, in device pixels. */
export type Still = {
  readonly canvas: HTMLCanvasElement;
  /** Device pixels of the still for each CSS pixel of the stage. */
  readonly pixelsPerPx: number;
  /** States of the tiles that it shows; each tile counts once. */
  readonly tiles: TileCounts;
};

export type StillRequest = {
  readonly chunks: ChunkClient;
  /** The element that the shown stage fills: the still has its size. */
  readonly parent: HTMLElement;
  readonly scene: Scene;
  readonly view: ViewState;
  /** Device pixels of the still for each of the screen, a whole number. */
  readonly scale: number;
  /** Ends it: `takeStill` rejects with the reason. */
  readonly signal: AbortSignal;
  /** Once aborted, nothing more is waited for: what has come by then is the picture. */
  readonly enough: AbortSignal;
  onTiles?(tiles: TileCounts): void;
};

const uploadBudgetMs = 16;

/**
 * Draws the view again on a stage of its own that nobody sees, and waits until all tiles are there or have failed. At n times the size it is
 * drawn in n × n parts, each as large as the screen, so that graphics memory does not grow with n, and finer levels come in as they would
 * by zooming. At 1 it is the screen, pixel by pixel.
 * @throws Error if there is no WebGL2 or no canvas of that size
 */
export async function takeStill(request: StillRequest): Promise<Still> {
  const { parent, scene, view, scale, signal, enough } = request;
  signal.throwIfAborted();
  const box = document.createElement("div");
  box.style.cssText = "position: absolute; inset: 0; visibility: hidden; pointer-events: none";
  box.setAttribute("aria-hidden", "true");
  parent.append(box);
  const frames = new FrameWatch(signal);
  const stage = new Stage(box, {
    chunks: request.chunks,
    onView: () => {},
    onHover: () => {},
    onStatus: (status) => frames.drawn(status.view),
    onFailure: (error) => frames.fail(error),
    options: { clientName: "still", uploadBudgetMs },
  });
  try {
    stage.setScene(scene);
    const kinds = new Map<string, keyof TileCounts>();
    let context: CanvasRenderingContext2D | undefined;
    for (const { column, row } of parts(scale)) {
      const part = partOf(view, box, scale, column, row);
      stage.setView(part);
      await frames.of(part);
      await frames.first([stage.settled(), aborted(enough)]);
      context ??= canvasFor(stage.canvas, scale);
      const { width, height } = stage.canvas;
      stage.copyTo(context, column * width, row * height);
      for (const [key, kind] of stage.tilesInView()) kinds.set(key, kind);
      request.onTiles?.(countsOf(kinds));
    }
    if (!context)
      throw new RangeError(`A still ${scale} times the size of the screen has no part.`);
    const { canvas } = context;
    return { canvas, pixelsPerPx: canvas.width / box.clientWidth, tiles: countsOf(kinds) };
  } finally {
    stage.destroy();
    box.remove();
  }
}

function parts(scale: number): { readonly column: number; readonly row: number }[] {
  const sides = Array.from({ length: scale }, (_, i) => i);
  return sides.flatMap((row) => sides.map((column) => ({ column, row })));
}

/** The view of one part: its middle, `scale` times nearer. */
function partOf(
  { target: [x, y], zoom }: ViewState,
  { clientWidth, clientHeight }: HTMLElement,
  scale: number,
  column: number,
  row: number,
): ViewState {
  if (scale === 1) return { target: [x, y], zoom };
  const worldPerPx = 2 ** -zoom;
  const shift = (index: number, sizePx: number) =>
    ((index + 0.5) / scale - 0.5) * sizePx * worldPerPx;
  const target = [x + shift(column, clientWidth), y + shift(row, clientHeight)] as const;
  return { target, zoom: zoom + Math.log2(scale) };
}

function canvasFor({ width, height }: HTMLCanvasElement, scale: number): CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d", { alpha: false });
  if (!context)
    throw new Error(`The browser has no room for ${canvas.width} × ${canvas.height} px.`);
  return context;
}

function countsOf(kinds: ReadonlyMap<string, keyof TileCounts>): TileCounts {
  const counts = emptyCounts();
  for (const kind of kinds.values()) counts[kind]++;
  return counts;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Waits for frames of a stage, but not beyond its failure or the end of the work. */
class FrameWatch {
  readonly #ended: Promise<never>;
  #fail: (error: unknown) => void = () => {};
  #awaited: { readonly view: ViewState; readonly resolve: () => void } | undefined;

  constructor(signal: AbortSignal) {
    this.#ended = new Promise((_, reject) => {
      this.#fail = reject;
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    // Told to whoever waits; that nobody does is no error of its own.
    this.#ended.catch(() => {});
  }

  fail(error: unknown): void {
    this.#fail(error);
  }

  drawn(view: ViewState): void {
    const awaited = this.#awaited;
    if (awaited && isSameView(view, awaited.view)) awaited.resolve();
  }

  /** The first frame of a view. */
  of(view: ViewState): Promise<void> {
    return this.first([
      new Promise<void>((resolve) => {
        this.#awaited = { view, resolve };
      }),
    ]);
  }

  async first(promises: readonly Promise<unknown>[]): Promise<void> {
    await Promise.race([this.#ended, ...promises]);
  }
}

function isSameView(a: ViewState, b: ViewState): boolean {
  return a.zoom === b.zoom && a.target[0] === b.target[0] && a.target[1] === b.target[1];
}
