import type { ViewState } from "../src/layers/scene.ts";
import {
  type CssSize,
  clampView,
  type Framing,
  fitView,
} from "../src/layers/tiles/view-framing.ts";

/** Knows the view that was fitted last: it stays fitted when the canvas changes its size, until it is moved. */
export class FittedView {
  #view: ViewState | undefined;
  #size: CssSize = { widthPx: 0, heightPx: 0 };

  fit(framing: Framing, { widthPx, heightPx }: CssSize): ViewState {
    this.#view = fitView(framing, { widthPx, heightPx });
    this.#size = { widthPx, heightPx };
    return this.#view;
  }

  /** The view that was asked for, within its limits; without one, or if it is not finite, the fitted view. */
  startAt(asked: ViewState | undefined, framing: Framing, size: CssSize): ViewState {
    if (asked !== undefined && asked === this.#view) return this.fit(framing, size);
    return (asked && clampView(asked, framing, size)) ?? this.fit(framing, size);
  }

  /** `view` fitted to a canvas of another size; undefined if it is not the fitted one, or still is. */
  refit(view: ViewState | undefined, framing: Framing, size: CssSize): ViewState | undefined {
    const { widthPx, heightPx } = this.#size;
    if (view === undefined || view !== this.#view) return undefined;
    if (widthPx === size.widthPx && heightPx === size.heightPx) return undefined;
    return this.fit(framing, size);
  }
}
