import type { ComposedFrame } from "./frame-composer.ts";
import type { DrawList } from "./gpu/draw-list.ts";
import type { TilePool } from "./gpu/tile-pool.ts";
import type { FramePart } from "./member-planner.ts";
import type { Scene, SceneLayer } from "./scene.ts";
import type { PlannedTile } from "./tiles/planned-tile.ts";
import { sameRect } from "./tiles/rect.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** What was drawn of which scene, and from where. */
export type ShownFrame = {
  readonly scene: Scene;
  readonly view: ViewRect;
  readonly frame: ComposedFrame;
};

/**
 * The draw list of the last frame, where it stays as it is: another plane is wanted and nothing of it has come, so that the old one is what
 * fills its holes. Everything in it is pinned. Undefined where there may be anything else to draw.
 */
export function keptDrawList(
  before: ShownFrame | undefined,
  scene: Scene,
  parts: readonly FramePart[],
  view: ViewRect,
  pool: TilePool,
  isPending: (tile: PlannedTile) => boolean,
): DrawList | undefined {
  if (!before || !sameRect(before.view, view) || !isOtherPlane(before.scene, scene)) {
    return undefined;
  }
  const { drawList, parts: partsBefore } = before.frame;
  if (drawList.hatched.length > 0) return undefined;
  const isAwaited = parts.every(({ plan }, i) => {
    // An image that has no such plane shows nothing in its place.
    if (plan.visible.length === 0) return partsBefore[i]?.plan.visible.length === 0;
    return [...plan.fallback, ...plan.visible].every(isPending);
  });
  return isAwaited && pinned(drawList, pool) ? drawList : undefined;
}

function isOtherPlane(before: Scene, scene: Scene): boolean {
  return (
    before.background === scene.background &&
    before.layers.length === scene.layers.length &&
    before.layers.every((layer, i) => isLayerAtOtherPlane(layer, scene.layers[i]))
  );
}

function isLayerAtOtherPlane(a: SceneLayer, b: SceneLayer | undefined): boolean {
  return (
    a.kind === "intensity" &&
    b?.kind === "intensity" &&
    a.channels === b.channels &&
    a.members === b.members &&
    a.provisional === b.provisional
  );
}

function pinned({ layers }: DrawList, pool: TilePool): boolean {
  type Listed = { readonly tile: PlannedTile; readonly others?: readonly PlannedTile[] };
  const isPinned = ({ tile, others = [] }: Listed) =>
    [tile, ...others].every(({ ref }) => pool.use(ref.key) !== undefined);
  return layers.every(
    (layer) =>
      layer.kind === "intensity" &&
      layer.groups.every(({ batches }) =>
        batches.every((each) =>
          each.kind === "joint" ? each.tiles.every(isPinned) : each.batch.tiles.every(isPinned),
        ),
      ),
  );
}
