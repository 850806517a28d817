import type { ChunkClient } from "../../zarr/chunks/chunk-request.ts";
import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import { intensityLayers, type Scene } from "../scene.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import { sceneFraming } from "../tiles/view-framing.ts";
import { coarsestTiles } from "./coarsest-tiles.ts";
import { overviewPicture } from "./overview-picture.ts";

/** States of tiles by their keys; they are not kept in memory for it. */
type TileStates = ReadonlyMap<string, WeakRef<ChunkState> | undefined>;

const clientName = "overview";
/** More images are shown as far as they are in memory, and not fetched; so are levels that are too large. */
const mostMembers = 9;
const longestSide = 256;
/** Nothing has come in for so long: the page is at rest. */
const restMs = 500;

/**
 * The whole plane in a small canvas, composed on the CPU when the page is idle. It draws and fetches only while the canvas has a size, and
 * fetches after everything else.
 */
export class Overview {
  readonly #canvas: HTMLCanvasElement;
  readonly #chunks: ChunkClient;
  readonly #unsubscribe: () => void;
  readonly #resizes: ResizeObserver;
  #scene: Scene | undefined;
  /** What the picture was made of. */
  #painted:
    | { readonly scene: Scene; readonly size: string; readonly states: TileStates }
    | undefined;
  #isRequested = false;
  #context: CanvasRenderingContext2D | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #isDestroyed = false;

  constructor(canvas: HTMLCanvasElement, chunks: ChunkClient) {
    this.#canvas = canvas;
    this.#chunks = chunks;
    this.#unsubscribe = chunks.subscribe(() => this.#request());
    this.#resizes = new ResizeObserver(() => this.#request());
    this.#resizes.observe(canvas);
  }

  /** Shows this scene soon; undefined shows nothing. Wishes for a scene that is gone are dropped at once. */
  setScene(scene: Scene | undefined): void {
    const first = (of: Scene | undefined) => of?.layers[0]?.members[0];
    if (first(scene) !== first(this.#scene)) this.#chunks.setWanted(clientName, []);
    this.#scene = scene;
    this.#request();
  }

  destroy(): void {
    this.#isDestroyed = true;
    clearTimeout(this.#rest);
    this.#unsubscribe();
    this.#resizes.disconnect();
    this.#chunks.setWanted(clientName, []);
  }

  #request(): void {
    if (this.#isRequested) return;
    this.#isRequested = true;
    const paint = () => {
      this.#isRequested = false;
      if (!this.#isDestroyed) this.#paint();
    };
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in globalThis) requestIdleCallback(paint, { timeout: 400 });
    else setTimeout(paint, 100);
  }

  #paint(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const scene = this.#scene;
    const tiles = scene && clientWidth > 0 ? tilesOf(scene) : [];
    this.#chunks.setWanted(
      clientName,
      tiles.map(({ ref }, rank) => ({ ref, priority: { tier: "prefetch", rank } })),
    );
    clearTimeout(this.#rest);
    if (clientWidth === 0) this.#prepareAtRest();
    if (!scene || clientWidth === 0) return;
    const scale = Math.min(devicePixelRatio, longestSide / Math.max(clientWidth, clientHeight));
    const width = Math.max(1, Math.round(clientWidth * scale));
    const height = Math.max(1, Math.round(clientHeight * scale));
    const size = `${width} × ${height}`;
    if (this.#isPainted(scene, size)) return;
    const states = new Map<string, ChunkState | undefined>();
    const picture = overviewPicture({
      layers: intensityLayers(scene),
      bounds: sceneFraming(scene).bounds,
      width,
      height,
      stateOf: ({ ref: { key } }) => {
        // Each tile is asked for row by row.
        if (!states.has(key)) states.set(key, this.#chunks.state(key));
        return states.get(key);
      },
    });
    const kept = [...states].map(([key, state]) => [key, state && new WeakRef(state)] as const);
    this.#painted = { scene, size, states: new Map(kept) };
    // Setting a size clears the canvas, even the same one.
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#put(new ImageData(picture, width, height));
  }

  /** In main memory: a canvas on the GPU waits for all that the GPU has to do. */
  #put(picture: ImageData): void {
    this.#context ??= this.#canvas.getContext("2d", { willReadFrequently: true });
    this.#context?.putImageData(picture, 0, 0);
  }

  /** The first picture on a page's canvas waits for the GPU all the same (118 ms, measured in software): one is put there before it is seen. */
  #prepareAtRest(): void {
    if (this.#context) return;
    this.#rest = setTimeout(() => this.#put(new ImageData(1, 1)), restMs);
  }

  /** Whether the picture is of this scene, in this size, and of what is in memory now: most chunks that come in are not its own. */
  #isPainted(scene: Scene, size: string): boolean {
    const painted = this.#painted;
    if (painted?.scene !== scene || painted.size !== size) return false;
    return [...painted.states].every(([key, state]) => this.#chunks.state(key) === state?.deref());
  }
}

function tilesOf(scene: Scene): readonly PlannedTile[] {
  const layers = intensityLayers(scene);
  if (layers.reduce((count, { members }) => count + members.length, 0) > mostMembers) return [];
  return layers.flatMap(({ members, channels, selection }) =>
    members.flatMap((catalogue) => coarsestTiles(catalogue, selection, channels)),
  );
}
