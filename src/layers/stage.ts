import { Deck, OrthographicView } from "@deck.gl/core";
import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState, DecodedPlane, TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { ImageModel } from "../zarr/image/image-model.ts";
import { type ComposedFrame, emptyCounts, FrameComposer } from "./frame-composer.ts";
import { DrawnPicture } from "./gpu/drawn-picture.ts";
import { TileImageLayer } from "./gpu/tile-image-layer.ts";
import { TilePool } from "./gpu/tile-pool.ts";
import { TileRenderer } from "./gpu/tile-renderer.ts";
import type { Scene, StageStatus, ValueReadout, ViewState } from "./scene.ts";
import { type Looked, tileAtPoint, valueAtPoint } from "./tiles/tile-at-point.ts";
import { type TileCatalogue, tileCatalogue } from "./tiles/tile-catalogue.ts";
import { fitView, oneToOneView, zoomLimits } from "./tiles/view-framing.ts";
import { type CanvasSize, canvasSize, viewRect } from "./tiles/view-rect.ts";

export type StageOptions = {
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
  /** After each frame. */
  onStatus(status: StageStatus): void;
  /** World position under the pointer; undefined when it leaves. */
  onHover(world: [number, number] | undefined): void;
  /** There is no picture and there will be none, e.g. no WebGL2. */
  onFailure?(error: Error): void;
  readonly options?: Partial<StageOptions>;
};

/** State of one channel's tile under a point, at the level that the zoom asks for. */
export type TileUnderPoint = {
  readonly channel: number;
  readonly state: ChunkState;
};

const defaults: StageOptions = {
  gpuBudgetBytes: 384 * 2 ** 20,
  uploadBudgetMs: 4,
  maxTilesPerChannel: 2048,
};

const stageView = new OrthographicView({
  id: "stage",
  flipY: true,
  controller: {
    dragPan: true,
    dragRotate: false,
    scrollZoom: { speed: 0.01, smooth: false },
    doubleClickZoom: true,
    touchZoom: true,
    touchRotate: false,
    // Keys belong to the interface.
    keyboard: false,
    inertia: false,
  },
});

/** What lives and dies with one WebGL context. */
type Graphics = {
  readonly pool: TilePool;
  readonly renderer: TileRenderer;
  readonly picture: DrawnPicture;
  readonly composer: FrameComposer;
};

/**
 * The picture: a canvas in `parent` (which must be positioned) that shows a scene from a view. It is told what to show as a
 * whole, fetches through its `ChunkClient`, and draws only when something changed.
 */
export class Stage {
  readonly #parent: HTMLElement;
  readonly #deps: StageDeps;
  readonly #options: StageOptions;
  readonly #unsubscribe: () => void;
  readonly #waiting: ((tiles: TileCounts) => void)[] = [];
  #canvas: HTMLCanvasElement;
  #deck: Deck<OrthographicView>;
  #graphics: Graphics | undefined;
  #failed = false;
  #destroyed = false;
  #scene: Scene | undefined;
  #catalogue: TileCatalogue | undefined;
  #view: ViewState = { target: [0, 0], zoom: 0 };
  #frameRequest: number | undefined;
  #last: ComposedFrame | undefined;

  constructor(parent: HTMLElement, deps: StageDeps) {
    this.#parent = parent;
    this.#deps = deps;
    this.#options = { ...defaults, ...deps.options };
    this.#canvas = this.#makeCanvas();
    this.#deck = this.#makeDeck(this.#canvas);
    this.#unsubscribe = deps.chunks.subscribe(() => this.#requestFrame());
  }

  /** The canvas. A lost graphics context replaces it; attributes and focus are carried over. */
  get canvas(): HTMLCanvasElement {
    return this.#canvas;
  }

  get view(): ViewState {
    return this.#view;
  }

  /** Shows this scene from the next frame on; undefined shows nothing. */
  setScene(scene: Scene | undefined): void {
    const sameImage =
      scene !== undefined &&
      this.#scene?.image === scene.image &&
      this.#scene.arrays.length === scene.arrays.length &&
      this.#scene.arrays.every((array, i) => array.id === scene.arrays[i]?.id);
    if (!sameImage) {
      this.#graphics?.composer.clear();
      this.#last = undefined;
      this.#catalogue = scene && tileCatalogue(scene.image, scene.arrays);
    }
    this.#scene = scene;
    // The limits of the zoom are the image's.
    if (!sameImage) this.#deck.setProps({ viewState: this.#deckViewState() });
    this.#requestFrame();
  }

  /** Looks at this view from the next frame on. Views with numbers that are not finite are ignored. */
  setView(view: ViewState): void {
    const [x, y] = view.target;
    if (!Number.isFinite(x + y + view.zoom)) return;
    this.#view = { target: [x, y], zoom: view.zoom };
    this.#deck.setProps({ viewState: this.#deckViewState() });
    this.#requestFrame();
  }

  /** Resolves after a frame that shows all that is wanted, drawn or failed for good. */
  settled(): Promise<TileCounts> {
    if (this.#failed || this.#destroyed) return Promise.resolve(emptyCounts());
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#requestFrame();
    });
  }

  /** Exact values of the visible channels at a world point, from what is decoded; fetches nothing. */
  valueAt(worldX: number, worldY: number): ValueReadout | undefined {
    const looked = this.#looked();
    if (!looked) return undefined;
    return valueAtPoint(looked, (key) => this.#deps.chunks.state(key), worldX, worldY);
  }

  /** States of the visible channels' tiles at a world point, at the level that the zoom asks for; empty outside the image. */
  tileAt(worldX: number, worldY: number): TileUnderPoint[] {
    const looked = this.#looked();
    const level = looked?.catalogue.levels.find(({ index }) => index === this.#last?.plan.level);
    if (!looked || !level) return [];
    return looked.channels.flatMap((channel) => {
      const hit = tileAtPoint(looked, level, channel, worldX, worldY);
      if (!hit) return [];
      const state = this.#graphics?.composer.stateOf(hit.tile) ?? { kind: "pending" };
      return [{ channel, state }];
    });
  }

  /** Decoded planes of one visible channel in view, at the level that the zoom asks for; tiles that failed or are missing are not among them. */
  planesInView(channel: number): DecodedPlane[] {
    const tiles = this.#last?.plan.draw.find((drawn) => drawn.channel === channel)?.visible ?? [];
    return tiles.flatMap(({ ref }) => {
      const state = this.#deps.chunks.state(ref.key);
      return state?.kind === "data" ? [state.plane] : [];
    });
  }

  /** The view that shows the whole image. */
  fitView(image: ImageModel): ViewState {
    return fitView(image, this.#size());
  }

  /** The view near `current` at which one index of the scene's finest level is one device pixel. */
  oneToOneView(current: ViewState): ViewState {
    return this.#scene ? oneToOneView(this.#scene.image, current, this.#size()) : current;
  }

  /** World position of a point in CSS pixels from the canvas' top left corner. */
  worldFromCanvas(xPx: number, yPx: number): [number, number] {
    const { widthPx, heightPx } = this.#size();
    const worldPerPixel = 2 ** -this.#view.zoom;
    return [
      this.#view.target[0] + (xPx - widthPx / 2) * worldPerPixel,
      this.#view.target[1] + (yPx - heightPx / 2) * worldPerPixel,
    ];
  }

  /** Ends it: canvas, textures and wishes are gone; who waits for `settled` is answered. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#unsubscribe();
    if (this.#frameRequest !== undefined) cancelAnimationFrame(this.#frameRequest);
    this.#deps.chunks.setWanted("stage", []);
    const context = this.#graphics ? this.#canvas.getContext("webgl2") : null;
    this.#dropGraphics();
    this.#deck.finalize();
    // Browsers keep few contexts; this one need not wait for the garbage collector.
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    this.#canvas.remove();
    this.#answer(emptyCounts());
  }

  #makeCanvas(): HTMLCanvasElement {
    const canvas = document.createElement("canvas");
    canvas.style.cssText =
      "position: absolute; inset: 0; width: 100%; height: 100%; display: block; touch-action: none";
    canvas.addEventListener("webglcontextlost", (event) => {
      // Without this the browser never gives the context back.
      event.preventDefault();
      if (canvas === this.#canvas) this.#graphics = undefined;
    });
    canvas.addEventListener("webglcontextrestored", () => {
      if (canvas === this.#canvas && !this.#destroyed) this.#rebuild();
    });
    canvas.addEventListener("pointermove", (event) => {
      this.#deps.onHover(this.worldFromCanvas(event.offsetX, event.offsetY));
    });
    canvas.addEventListener("pointerleave", () => this.#deps.onHover(undefined));
    this.#parent.append(canvas);
    return canvas;
  }

  #makeDeck(canvas: HTMLCanvasElement): Deck<OrthographicView> {
    const deck: Deck<OrthographicView> = new Deck<OrthographicView>({
      canvas,
      views: stageView,
      viewState: this.#deckViewState(),
      layers: [],
      useDevicePixels: true,
      pickingRadius: 0,
      deviceProps: {
        type: "webgl",
        // Antialiasing blends tiles at their edges and costs half a frame (measured: gpu-tile-pool.md).
        webgl: { antialias: false, depth: true, stencil: false, alpha: true },
        // A resized canvas is empty until it is drawn again; not waiting for the next frame spares a flash.
        onResize: () => {
          if (deck === this.#deck) deck.redraw("resized");
          this.#requestFrame();
        },
      },
      getCursor: ({ isDragging }) => (isDragging ? "grabbing" : "crosshair"),
      onLoad: () => this.#deckLoaded(canvas),
      onResize: () => this.#requestFrame(),
      onViewStateChange: ({ viewState }) => {
        const [x = 0, y = 0] = viewState.target ?? [];
        const zoom = Array.isArray(viewState.zoom) ? viewState.zoom[0] : viewState.zoom;
        this.setView({ target: [x, y], zoom: zoom ?? 0 });
        this.#deps.onView(this.#view);
      },
      onError: (error) => this.#deckFailed(error),
    });
    return deck;
  }

  #deckViewState() {
    const limits = this.#scene && zoomLimits(this.#scene.image, this.#size());
    const [x, y] = this.#view.target;
    return {
      target: [x, y, 0] satisfies [number, number, number],
      zoom: this.#view.zoom,
      // A view set from outside may lie beyond the limits of the hand; it must not jump at the first touch.
      minZoom: Math.min(limits?.min ?? -40, this.#view.zoom),
      maxZoom: Math.max(limits?.max ?? 40, this.#view.zoom),
    };
  }

  #deckLoaded(canvas: HTMLCanvasElement): void {
    if (canvas !== this.#canvas || this.#destroyed) return;
    const gl = canvas.getContext("webgl2");
    if (!gl) {
      this.#deckFailed(new Error("This browser offers no WebGL2."));
      return;
    }
    // The event manager hides the focus ring; whether there is one is the interface's matter.
    canvas.style.outline = "";
    const pool = new TilePool(gl, this.#options.gpuBudgetBytes);
    const renderer = new TileRenderer(gl);
    this.#graphics = {
      pool,
      renderer,
      picture: new DrawnPicture(renderer),
      composer: new FrameComposer(this.#deps.chunks, pool, this.#options),
    };
    const { picture } = this.#graphics;
    this.#deck.setProps({ layers: [new TileImageLayer({ id: "tiles", picture })] });
    this.#requestFrame();
  }

  #deckFailed(error: Error): void {
    if (this.#graphics) {
      console.error(error);
      return;
    }
    this.#failed = true;
    this.#deps.onFailure?.(error);
    this.#answer(emptyCounts());
  }

  /** After a lost context deck does not recover in place (measured: gpu-tile-pool.md): new canvas, new deck, new pool. */
  #rebuild(): void {
    const old = this.#canvas;
    const hadFocus = document.activeElement === old;
    this.#deck.finalize();
    this.#canvas = this.#makeCanvas();
    for (const { name, value } of old.attributes) {
      if (!["width", "height", "style"].includes(name)) this.#canvas.setAttribute(name, value);
    }
    old.replaceWith(this.#canvas);
    if (hadFocus) this.#canvas.focus();
    this.#deck = this.#makeDeck(this.#canvas);
  }

  #dropGraphics(): void {
    this.#graphics?.pool.clear();
    this.#graphics?.renderer.destroy();
    this.#graphics = undefined;
  }

  #size(): CanvasSize {
    return canvasSize(this.#canvas);
  }

  #looked(): Looked | undefined {
    if (!this.#scene || !this.#catalogue) return undefined;
    const visible = this.#scene.channels.filter((channel) => channel.visible);
    return {
      catalogue: this.#catalogue,
      selection: this.#scene.selection,
      channels: visible.map(({ index }) => index),
    };
  }

  #requestFrame(): void {
    if (this.#frameRequest !== undefined || this.#destroyed) return;
    this.#frameRequest = requestAnimationFrame(() => {
      this.#frameRequest = undefined;
      this.#drawFrame();
    });
  }

  #drawFrame(): void {
    const graphics = this.#graphics;
    if (!graphics || this.#destroyed) return;
    const size = this.#size();
    const frame = this.#compose(graphics, size);
    this.#last = frame;
    graphics.picture.set(frame?.drawList);
    this.#deck.redraw("stage");
    if (!graphics.picture.isPainted) {
      // deck takes the layer up in its own next frame.
      this.#requestFrame();
      return;
    }
    this.#deps.onStatus({
      view: this.#view,
      widthPx: size.widthPx,
      heightPx: size.heightPx,
      tiles: frame?.tiles ?? emptyCounts(),
      level: frame?.plan.level ?? 0,
      gpuBytes: graphics.pool.byteLength + graphics.renderer.byteLength,
      drawCalls: frame ? graphics.renderer.drawCalls : 0,
    });
    if (frame?.uploadsLeft) this.#requestFrame();
    if (!frame || frame.complete) this.#answer(frame?.tiles ?? emptyCounts());
  }

  #compose({ composer }: Graphics, size: CanvasSize): ComposedFrame | undefined {
    if (!this.#scene || !this.#catalogue || size.widthPx === 0 || size.heightPx === 0) {
      return undefined;
    }
    return composer.compose(this.#scene, this.#catalogue, viewRect(this.#view, size));
  }

  #answer(tiles: TileCounts): void {
    for (const resolve of this.#waiting.splice(0)) resolve({ ...tiles });
  }
}
