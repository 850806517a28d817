import type { ViewState } from "../scene.ts";
import type { CanvasSize } from "../tiles/view-rect.ts";
import type { DrawList } from "./draw-list.ts";
import { sameDrawList } from "./same-draw-list.ts";
import type { TilePicture } from "./tile-image-layer.ts";
import type { TileRenderer } from "./tile-renderer.ts";

/** The draw list of the moment; knows whether the canvas shows it. */
export class DrawnPicture implements TilePicture {
  readonly #renderer: TileRenderer;
  #list: DrawList | undefined;
  #painted: { readonly view: ViewState; readonly size: CanvasSize } | undefined;

  constructor(renderer: TileRenderer) {
    this.#renderer = renderer;
  }

  /** Whether the list has been painted since it was set, from whatever view. */
  get isPainted(): boolean {
    return this.#painted !== undefined;
  }

  /** Returns whether it has to be painted: false if the canvas, which is painted anew whenever its size changes, shows just that. */
  set(list: DrawList | undefined, view: ViewState, size: CanvasSize): boolean {
    if (!sameDrawList(list, this.#list)) this.#painted = undefined;
    this.#list = list;
    const painted = this.#painted;
    return !painted || !sameView(painted.view, view) || !sameSize(painted.size, size);
  }

  /** What is listed is no more: should the canvas have to be painted anew before there is another list, its background is all. */
  empty(): void {
    this.#list = this.#list && { ...this.#list, layers: [], hatched: [] };
    this.#painted = undefined;
  }

  paint(view: ViewState, size: CanvasSize): void {
    this.#painted = { view, size };
    if (this.#list) this.#renderer.draw(this.#list, view, size);
  }
}

function sameView(a: ViewState, b: ViewState): boolean {
  return a.zoom === b.zoom && a.target[0] === b.target[0] && a.target[1] === b.target[1];
}

function sameSize(a: CanvasSize, b: CanvasSize): boolean {
  return (
    a.widthPx === b.widthPx &&
    a.heightPx === b.heightPx &&
    a.devicePixelRatio === b.devicePixelRatio
  );
}
