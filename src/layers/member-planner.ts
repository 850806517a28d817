import type { Selection } from "../zarr/image/image-model.ts";
import { channelsOf, isPredicted, type SceneLayer } from "./scene.ts";
import { memoisedPlanTiles, type PlanInput, type TilePlan } from "./tiles/plan-tiles.ts";
import type { LevelPlane } from "./tiles/planned-tile.ts";
import { remember, sameSelection } from "./tiles/selection-history.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** What one image of the scene contributes to a frame. */
export type FramePart = {
  readonly layer: SceneLayer;
  readonly catalogue: TileCatalogue;
  /** What was planned, so that others can plan the same for other planes. */
  readonly input: PlanInput;
  readonly plan: TilePlan;
  /** The image is predicted: see `IntensityLayer.provisional`. */
  readonly isProvisional: boolean;
};

/** Plans one image, frame by frame, and remembers which planes it showed before. */
export class MemberPlanner {
  readonly #catalogue: TileCatalogue;
  readonly #plan = memoisedPlanTiles();
  #selection: Selection | undefined;
  #history: readonly Selection[] = [];

  constructor(catalogue: TileCatalogue) {
    this.#catalogue = catalogue;
  }

  /** @param wasComplete the last frame showed all that was wanted: what lay before it is of no more use */
  plan(
    layer: SceneLayer,
    view: ViewRect,
    { maxTilesPerChannel, isOneOfMany }: Pick<PlanInput, "maxTilesPerChannel" | "isOneOfMany">,
    wasComplete: boolean,
  ): FramePart {
    const catalogue = this.#catalogue;
    const input: PlanInput = {
      catalogue,
      selection: this.#currentSelection(layer.selection, wasComplete),
      channels: this.#channelsOf(layer),
      view,
      maxTilesPerChannel,
      isOneOfMany: isOneOfMany ?? false,
    };
    const isProvisional = isPredicted(layer, catalogue);
    return { layer, catalogue, input, plan: this.#plan(input), isProvisional };
  }

  /** The selected plane is on screen as a whole. */
  forgetHistory(): void {
    this.#history = [];
  }

  /** Planes shown before the selection changed, latest first; drawn where the current selection has nothing yet. */
  previousPlanes(plan: TilePlan, channel: number): LevelPlane[] {
    const current = plan.draw.find((draw) => draw.channel === channel);
    if (!current || this.#history.length === 0) return [];
    const known = new Set(current.planes.map(({ id }) => id));
    const planes: LevelPlane[] = [];
    for (const selection of this.#history) {
      for (const { level } of current.planes) {
        const plane = this.#catalogue.plane(level, selection, channel);
        if (known.has(plane.id)) continue;
        known.add(plane.id);
        planes.push(plane);
      }
    }
    return planes;
  }

  /** Of images that are shown alike, some may have fewer channels, or end before the plane: that shows nothing, and no other plane. */
  #channelsOf(layer: SceneLayer): readonly number[] {
    const { members, selection } = layer;
    const { axes, cDim } = this.#catalogue.image.axes;
    const isAlone = members.length === 1 && !(layer.kind === "intensity" && layer.isOneOfMany);
    const count = cDim === undefined ? 1 : (axes[cDim]?.size ?? 1);
    const ends = axes.some(
      ({ name, size }) => Object.hasOwn(selection, name) && (selection[name] ?? 0) >= size,
    );
    if (ends && !isAlone) return [];
    return channelsOf(layer).filter((index) => isAlone || index < count);
  }

  /** Selections are compared by value, so that callers may make new objects. */
  #currentSelection(selection: Selection, wasComplete: boolean): Selection {
    if (this.#selection) {
      if (sameSelection(this.#selection, selection)) return this.#selection;
      this.#history = remember(this.#history, this.#selection, wasComplete);
    }
    this.#selection = selection;
    return selection;
  }
}
