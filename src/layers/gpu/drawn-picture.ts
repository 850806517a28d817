import type { ViewState } from "../scene.ts";
import type { CanvasSize } from "../tiles/view-rect.ts";
import type { DrawList } from "./draw-list.ts";
import type { TilePicture } from "./tile-image-layer.ts";
import type { TileRenderer } from "./tile-renderer.ts";

/** The draw list of the moment; knows whether it has been painted since it was set. */
export class DrawnPicture implements TilePicture {
  readonly #renderer: TileRenderer;
  #list: DrawList | undefined;
  #painted = false;

  constructor(renderer: TileRenderer) {
    this.#renderer = renderer;
  }

  get isPainted(): boolean {
    return this.#painted;
  }

  set(list: DrawList | undefined): void {
    this.#list = list;
    this.#painted = false;
  }

  paint(view: ViewState, size: CanvasSize): void {
    this.#painted = true;
    if (this.#list) this.#renderer.draw(this.#list, view, size);
  }
}
