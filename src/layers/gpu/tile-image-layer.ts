import { Layer, type LayerProps } from "@deck.gl/core";
import { WebGLDevice } from "@luma.gl/webgl";
import type { ViewState } from "../scene.ts";
import { type CanvasSize, canvasSize } from "../tiles/view-rect.ts";

/** What the layer paints; it may change without the layer being told, since deck takes new props a frame late. */
export interface TilePicture {
  paint(view: ViewState, size: CanvasSize): void;
}

export type TileImageLayerProps = LayerProps & { readonly picture: TilePicture };

/**
 * Puts the tile pool's picture into deck's order of layers. It fills the whole canvas, its background included, so it is the
 * lowest layer; depth is clear when it is done.
 */
export class TileImageLayer extends Layer<TileImageLayerProps> {
  static override readonly layerName = "TileImageLayer";

  override initializeState(): void {}

  override draw(): void {
    const { device, viewport } = this.context;
    if (!(device instanceof WebGLDevice)) return;
    const { canvas } = device.gl;
    if (!(canvas instanceof HTMLCanvasElement)) return;
    const [x = 0, y = 0] = viewport.center;
    device.pushState();
    try {
      // Not the viewport's size: deck learns of a new one a frame later than the canvas has it.
      this.props.picture.paint({ target: [x, y], zoom: viewport.zoom }, canvasSize(canvas));
    } finally {
      device.popState();
    }
  }
}
