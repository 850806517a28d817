import type { ViewState } from "../src/layers/scene.ts";
import { type CssSize, clampView, fitView } from "../src/layers/tiles/view-framing.ts";
import { framingToFit } from "../src/ui/state/plate.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";

type Viewed = Pick<ViewerState, "source" | "plate" | "view">;

/** Knows the view that was fitted last: it stays fitted when the canvas changes its size, until it is moved. */
export class FittedView {
  #view: ViewState | undefined;
  #size: CssSize = { widthPx: 0, heightPx: 0 };

  /** The view of all there is, or of the well that was opened; undefined if nothing is open, or the canvas has no size yet. */
  fit({ source, plate }: Viewed, size: CssSize | undefined): ViewState | undefined {
    if (source.status !== "open" || !size) return undefined;
    const { widthPx, heightPx } = size;
    this.#view = fitView(framingToFit(plate, source.framing), { widthPx, heightPx });
    this.#size = { widthPx, heightPx };
    return this.#view;
  }

  /** The view that the state asks for, within its limits; if it asks for none, or for one that is not finite, the fitted view. */
  start(state: Viewed, size: CssSize | undefined): ViewState | undefined {
    const { source, view } = state;
    if (source.status !== "open" || !size) return view;
    if (this.isFitted(view)) return this.fit(state, size);
    return (view && clampView(view, source.framing, size)) ?? this.fit(state, size);
  }

  /** The state's view fitted to a canvas of another size; undefined if it is not the fitted one, or still is. */
  refit(state: Viewed, size: CssSize): ViewState | undefined {
    // A canvas that was put up just now may have no size yet.
    if (!this.isFitted(state.view) || size.widthPx * size.heightPx === 0) return undefined;
    const { widthPx, heightPx } = this.#size;
    if (widthPx === size.widthPx && heightPx === size.heightPx) return undefined;
    return this.fit(state, size);
  }

  /** Whether a view is the one that was fitted last. */
  isFitted(view: ViewState | undefined): boolean {
    return view !== undefined && view === this.#view;
  }
}
