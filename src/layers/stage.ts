import type { ChunkState, DecodedPlane, TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { LabelValue } from "../zarr/ome/image-label.ts";
import { DeckCanvas } from "./deck-canvas.ts";
import { DrawingAbility } from "./drawing-ability.ts";
import type { ComposedFrame } from "./frame-composer.ts";
import { FrameLoop } from "./frame-loop.ts";
import { TileImageLayer } from "./gpu/tile-image-layer.ts";
import { PictureHold } from "./picture-hold.ts";
import { PlanAhead, type Planning } from "./plan-ahead.ts";
import type { LabelReadout, Scene, ValueReadout, ViewState } from "./scene.ts";
import { ScenePlanner } from "./scene-planner.ts";
import {
  labelsAt,
  objectIn,
  planesInView,
  readoutAt,
  type SceneReading,
  sceneChange,
  tilesAt,
} from "./scene-reader.ts";
import { Settlers } from "./settlers.ts";
import {
  type StageDeps,
  type StageOptions,
  stageDefaults,
  type TileUnderPoint,
} from "./stage-deps.ts";
import { createGraphics, endGraphics, type StageGraphics } from "./stage-graphics.ts";
import { stageStatus } from "./stage-status.ts";
import type { PlannedTile } from "./tiles/planned-tile.ts";
import type { Rect } from "./tiles/rect.ts";
import { type Framing, sceneFraming, zoomLimits } from "./tiles/view-framing.ts";
import { type CanvasSize, canvasSize, shownRect, worldFromCanvas } from "./tiles/view-rect.ts";

/**
 * The picture: a canvas in `parent` (which must be positioned) that shows a scene from a view. It is told what to show as a
 * whole, fetches through its `ChunkClient`, and draws only when something changed.
 */
export class Stage {
  readonly #parent: HTMLElement;
  readonly #deps: StageDeps;
  readonly #options: StageOptions;
  readonly #unsubscribe: () => void;
  readonly #planner: ScenePlanner;
  readonly #settlers = new Settlers();
  #deckCanvas: DeckCanvas;
  #graphics: StageGraphics | undefined;
  readonly #ability: DrawingAbility;
  #destroyed = false;
  #scene: Scene | undefined;
  #framing: Framing | undefined;
  #view: ViewState = { target: [0, 0], zoom: 0 };
  readonly #fail = (error: unknown) => this.#ability.fail(error);
  readonly #frames = new FrameLoop({
    plan: () => this.#ahead.again(),
    draw: (nowMs) => this.#drawFrame(nowMs),
    pace: () => this.#graphics?.pace,
    fail: this.#fail,
  });
  readonly #hold = new PictureHold();
  #last: ComposedFrame | undefined;
  readonly #ahead = new PlanAhead(() => this.#planning(), this.#fail);

  constructor(parent: HTMLElement, deps: StageDeps) {
    this.#parent = parent;
    this.#deps = deps;
    this.#options = { ...stageDefaults, ...deps.options };
    this.#planner = new ScenePlanner(deps.chunks, this.#options);
    // Without a picture nothing will ever settle: let nobody wait.
    this.#ability = new DrawingAbility(deps, () => this.#settlers.answer());
    this.#deckCanvas = this.#makeDeckCanvas();
    this.#unsubscribe = deps.chunks.subscribe(() =>
      this.#frames.request(this.#graphics?.composer.noteArrival()),
    );
  }

  /** The canvas. A lost graphics context replaces it; attributes and focus are carried over. */
  get canvas(): HTMLCanvasElement {
    return this.#deckCanvas.canvas;
  }

  get view(): ViewState {
    return this.#view;
  }

  get scene(): Scene | undefined {
    return this.#scene;
  }

  /** What the last frame planned and how much of it was there; undefined before the first one of an image. */
  get drawn(): ComposedFrame | undefined {
    return this.#last;
  }

  /**
   * Shows this scene from the next frame on, where there was none once it is whole or some time has passed; undefined shows nothing.
   * @param isOneComing nothing more is fetched for what was shown, but its picture stays for a moment, as another scene is on its way
   */
  setScene(scene: Scene | undefined, isOneComing = false): void {
    this.#hold.changeScene(this.#scene, scene, isOneComing);
    const { isSame, isOther } = sceneChange(this.#scene, scene);
    // As long as one image stays, so does what is on the GPU.
    if (isOther) {
      this.#planner.clear();
      this.#graphics?.composer.clear();
      this.#graphics?.picture.empty();
      this.#last = undefined;
    }
    this.#scene = scene;
    if (!isSame) {
      this.#framing = scene && sceneFraming(scene);
      this.#passView();
      this.#ahead.soon();
    }
    this.#frames.request();
  }

  /** Looks at this view from the next frame on. Views with numbers that are not finite are ignored. */
  setView(view: ViewState): void {
    const [x, y] = view.target;
    if (!Number.isFinite(x + y + view.zoom)) return;
    this.#view = { target: [x, y], zoom: view.zoom };
    this.#passView();
    if (!this.#graphics) this.#ahead.soon();
    this.#frames.request();
  }

  /** Asks for what scene and view want now, if they have changed: whoever changed both knows when. Otherwise the next frame does. */
  planNow(): void {
    if (this.#frames.isRequested) this.#ahead.now();
  }

  /** Resolves after a frame that shows all that is wanted, drawn or failed for good. */
  settled(): Promise<TileCounts> {
    const settled = this.#settlers.wait();
    if (this.#ability.hasFailed || this.#destroyed) this.#settlers.answer();
    else this.#frames.request();
    return settled;
  }

  /** Exact values of the visible channels of the topmost image at a world point, from what is decoded; fetches nothing. */
  valueAt(worldX: number, worldY: number): ValueReadout | undefined {
    const reading = this.#reading();
    return reading && readoutAt(reading, worldX, worldY);
  }

  /** What label layers have at a world point, the lowest layer first; fetches nothing. */
  labelsAt(worldX: number, worldY: number): LabelReadout[] {
    const reading = this.#reading();
    return reading ? labelsAt(reading, worldX, worldY) : [];
  }

  /** Where an object of a label layer lies, as far as decoded planes tell; fetches nothing. */
  findObject(layerId: string, id: LabelValue): Rect | undefined {
    const reading = this.#reading();
    return reading && objectIn(reading, layerId, id);
  }

  /** States of the topmost image's visible channels at a world point, at the level that the zoom asks for; empty outside all images. */
  tileAt(worldX: number, worldY: number): TileUnderPoint[] {
    const reading = this.#reading();
    const stateOf = (tile: PlannedTile) => this.#graphics?.composer.stateOf(tile);
    return reading ? tilesAt(reading, stateOf, worldX, worldY) : [];
  }

  /** Draws the last frame again and copies it, device pixel by device pixel: a drawing buffer lasts no longer than its task. */
  copyTo(context: CanvasRenderingContext2D, x = 0, y = 0): void {
    this.#deckCanvas.redraw();
    context.drawImage(this.canvas, x, y);
  }

  /** What the picture shows of each tile in view, by the tile's key. */
  tilesInView(): Map<string, ChunkState["kind"]> {
    return (this.#last && this.#graphics?.composer.kindsIn(this.#last)) ?? new Map();
  }

  /** Decoded planes of a visible channel in view: see `planesInView` of scene-reader.ts. */
  planesInView(channel: number, layerId?: string): DecodedPlane[] {
    const reading = this.#reading();
    return reading ? planesInView(reading, channel, layerId) : [];
  }

  /** World position of a point in CSS pixels from the canvas' top left corner. */
  worldFromCanvas(xPx: number, yPx: number): [number, number] {
    return worldFromCanvas(this.#view, this.#size(), xPx, yPx);
  }

  /** Starts anew on a canvas of its own. After a lost context deck does not recover in place (measured: gpu-tile-pool.md). */
  restart(): void {
    if (this.#destroyed) return;
    const old = this.#deckCanvas;
    this.#graphics = undefined;
    this.#ability.restart();
    this.#deckCanvas = this.#makeDeckCanvas();
    this.#deckCanvas.replace(old);
    old.destroy();
    this.#passView();
  }

  /** Ends it: canvas, textures and wishes are gone; who waits for `settled` is answered. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#ability.end();
    this.#unsubscribe();
    this.#frames.cancel();
    this.#graphics?.warmUp.cancel();
    this.#planner.clear();
    const lose = this.#graphics && endGraphics(this.#graphics, this.canvas);
    this.#graphics = undefined;
    this.#deckCanvas.destroy();
    lose?.();
    this.#settlers.answer();
  }

  #makeDeckCanvas(): DeckCanvas {
    return new DeckCanvas(this.#parent, this.#view, {
      onLoad: (gl) => this.#loaded(gl),
      onResize: () => {
        this.#deps.onResize?.(this.#size());
        this.#frames.request();
      },
      onRedrawWanted: () => this.#frames.request(),
      onView: (view) => {
        this.#hold.end();
        this.setView(view);
        this.#deps.onView(this.#view);
      },
      onPointer: (at) => this.#deps.onHover(at && this.worldFromCanvas(...at)),
      onContextLost: () => {
        this.#graphics = undefined;
        this.#ability.lose();
      },
      onContextRestored: () => this.restart(),
      onError: (error) => this.#ability.fail(error),
    });
  }

  /** Tells deck the view, and the limits of the zoom, which are the image's. */
  #passView(): void {
    const limits = this.#framing && zoomLimits(this.#framing, this.#size());
    this.#deckCanvas.setView(this.#view, limits);
  }

  #loaded(gl: WebGL2RenderingContext): void {
    this.#graphics = createGraphics(gl, this.#deps.chunks, this.#planner, this.#options);
    this.#deckCanvas.setLayers([new TileImageLayer({ picture: this.#graphics.picture })]);
    this.#frames.request();
  }

  #size(): CanvasSize {
    return canvasSize(this.canvas);
  }

  #reading(): SceneReading | undefined {
    return this.#scene && { scene: this.#scene, frame: this.#last, chunks: this.#deps.chunks };
  }

  /** Undefined while there is nothing that could be shown. */
  #planning(): Planning | undefined {
    const rect = shownRect(this.#view, this.#size());
    if (this.#destroyed || this.#ability.hasFailed || !this.#scene || !rect) return undefined;
    return { planner: this.#planner, scene: this.#scene, rect, composer: this.#graphics?.composer };
  }

  #drawFrame(nowMs: number): void {
    const graphics = this.#graphics;
    if (!graphics || this.#destroyed) return;
    this.#ahead.drawn();
    const size = this.#size();
    const { composer, picture, pace } = graphics;
    const rect = shownRect(this.#view, size);
    const frame = this.#scene && rect && composer.compose(this.#scene, rect, pace.frameMs);
    if (this.#hold.isHeld(frame?.complete === true)) {
      if (frame) pace.sent(nowMs, "textures");
      this.#frames.request("arrival");
      return;
    }
    this.#hold.end();
    this.#last = frame;
    const isDue = picture.set(frame?.drawList, this.#view, size);
    if (isDue) this.#deckCanvas.redraw();
    else if (frame?.complete === false) pace.rest(nowMs);
    this.#deckCanvas.reveal();
    pace.sent(nowMs, isDue ? "frame" : "textures");
    if (!picture.isPainted) {
      // deck takes the layer up in its own next frame.
      this.#frames.request();
      return;
    }
    this.#ability.recover();
    this.#deps.onStatus(stageStatus(graphics, frame, this.#view, size));
    if (frame?.uploadsLeft) this.#frames.request(frame.tiles.pending > 0 ? "arrival" : "change");
    // Whoever heard of this frame may have changed the view: then the next one is the answer.
    if (this.#frames.isRequested) return;
    if (frame?.complete) graphics.warmUp.soon();
    if (!frame || frame.complete) this.#settlers.answer(frame?.tiles);
  }
}
