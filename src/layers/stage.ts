import type { ChunkState, DecodedPlane, TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { LabelValue } from "../zarr/ome/image-label.ts";
import { DeckCanvas } from "./deck-canvas.ts";
import { DrawingAbility } from "./drawing-ability.ts";
import type { ComposedFrame } from "./frame-composer.ts";
import { FrameLoop } from "./frame-loop.ts";
import { TileImageLayer } from "./gpu/tile-image-layer.ts";
import { findObject } from "./labels/find-object.ts";
import { PlanAhead, type Planning } from "./plan-ahead.ts";
import type { LabelReadout, Scene, ValueReadout, ViewState } from "./scene.ts";
import { ScenePlanner } from "./scene-planner.ts";
import {
  labelsAt,
  membersOf,
  planesInView,
  readoutAt,
  type SceneReading,
  tilesAt,
} from "./scene-reader.ts";
import { Settlers } from "./settlers.ts";
import {
  type StageDeps,
  type StageOptions,
  stageDefaults,
  type TileUnderPoint,
} from "./stage-deps.ts";
import { createGraphics, type StageGraphics } from "./stage-graphics.ts";
import { stageStatus } from "./stage-status.ts";
import type { PlannedTile } from "./tiles/planned-tile.ts";
import type { Rect } from "./tiles/rect.ts";
import { type Framing, oneToOneView, sceneFraming, zoomLimits } from "./tiles/view-framing.ts";
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
    fail: this.#fail,
  });
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

  /** Shows this scene from the next frame on; undefined shows nothing. */
  setScene(scene: Scene | undefined): void {
    const before = this.#scene && membersOf(this.#scene);
    const members = scene ? membersOf(scene) : [];
    const known = new Set(before);
    const isSame = before?.length === members.length && members.every((each) => known.has(each));
    // As long as one image stays, so does what is on the GPU.
    if (!members.some((each) => known.has(each))) {
      this.#planner.clear();
      this.#graphics?.composer.clear();
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
    const layer = this.#scene?.layers.find((each) => each.id === layerId);
    if (layer?.kind !== "labels") return undefined;
    return findObject(layer, id, (key) => this.#deps.chunks.state(key));
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

  /** The view near `current` at which the scene's smallest pixel is one device pixel. */
  oneToOneView(current: ViewState, framing = this.#framing): ViewState {
    return framing ? oneToOneView(framing, current, this.#size()) : current;
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
    this.#frames.keepPaceWith(undefined);
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
    const context = this.#graphics ? this.canvas.getContext("webgl2") : null;
    this.#graphics?.pool.clear();
    this.#graphics?.renderer.destroy();
    this.#graphics = undefined;
    this.#deckCanvas.destroy();
    // Browsers keep few contexts; this one need not wait for the garbage collector.
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    this.#settlers.answer();
  }

  #makeDeckCanvas(): DeckCanvas {
    return new DeckCanvas(this.#parent, this.#view, {
      onLoad: (gl) => this.#loaded(gl),
      onResize: () => this.#frames.request(),
      onRedrawWanted: () => this.#frames.request(),
      onView: (view) => {
        this.setView(view);
        this.#deps.onView(this.#view);
      },
      onPointer: (at) => this.#deps.onHover(at && this.worldFromCanvas(...at)),
      onContextLost: () => {
        this.#graphics = undefined;
        this.#frames.keepPaceWith(undefined);
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
    this.#frames.keepPaceWith(this.#graphics.pace);
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
    const frame = this.#compose(graphics, size);
    this.#last = frame;
    const { picture, pace } = graphics;
    const isDue = picture.set(frame?.drawList, this.#view, size);
    if (isDue) this.#deckCanvas.redraw();
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

  #compose({ composer, pace }: StageGraphics, size: CanvasSize): ComposedFrame | undefined {
    const rect = shownRect(this.#view, size);
    return this.#scene && rect && composer.compose(this.#scene, rect, pace.frameMs);
  }
}
