import type { ViewState } from "../src/layers/scene.ts";
import { type CanvasSize, clampView, fitView, imageExtent } from "../src/ui/state/view.ts";
import type { ImageModel } from "../src/zarr/image/image-model.ts";

/** Knows the view that was fitted last: it stays fitted when the canvas changes its size, until it is moved. */
export class FittedView {
  #view: ViewState | undefined;
  #size: CanvasSize = { widthPx: 0, heightPx: 0 };

  fit(image: ImageModel, { widthPx, heightPx }: CanvasSize): ViewState {
    this.#view = fitView(imageExtent(image), { widthPx, heightPx });
    this.#size = { widthPx, heightPx };
    return this.#view;
  }

  /** The view that was asked for, within its limits; without one, or if it is not finite, the fitted view. */
  startAt(asked: ViewState | undefined, image: ImageModel, size: CanvasSize): ViewState {
    if (asked !== undefined && asked === this.#view) return this.fit(image, size);
    return (asked && clampView(asked, image, size)) ?? this.fit(image, size);
  }

  /** `view` fitted to a canvas of another size; undefined if it is not the fitted one, or still is. */
  refit(view: ViewState | undefined, image: ImageModel, size: CanvasSize): ViewState | undefined {
    const { widthPx, heightPx } = this.#size;
    if (view === undefined || view !== this.#view) return undefined;
    if (widthPx === size.widthPx && heightPx === size.heightPx) return undefined;
    return this.fit(image, size);
  }
}
