import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import { labelFormat } from "./gpu/label-texels.ts";
import { type TextureFormat, textureFormat } from "./gpu/texture-format.ts";
import { pageKind } from "./gpu/tile-page.ts";
import { type FramePart, MemberPlanner } from "./member-planner.ts";
import { channelsOf, type Scene, type SceneLayer } from "./scene.ts";
import { mergedRequests } from "./tiles/merge-requests.ts";
import type { TilePlan } from "./tiles/plan-tiles.ts";
import type { LevelPlane } from "./tiles/planned-tile.ts";
import { containsRect, intersection, type Rect, sameRect, union } from "./tiles/rect.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";
import { maxTileTexels } from "./tiles/tile-grid.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** From so many images of a layer in view on, each is a thumbnail. */
const manyImages = 16;

export type PlannerOptions = {
  readonly clientName: string;
  readonly maxTilesPerChannel: number;
  readonly gpuBudgetBytes: number;
};

/** From scene and view to what is wanted. Needs no graphics: chunks are asked for while those are still being made. */
export class ScenePlanner {
  readonly #client: ChunkClient;
  readonly #options: PlannerOptions;
  #planners = new Map<TileCatalogue, MemberPlanner>();
  #declared: readonly TilePlan[] = [];
  #wasComplete = false;
  #last: Planned | undefined;

  constructor(client: ChunkClient, options: PlannerOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Plans every image and declares what is wanted; what the scene no longer has is forgotten. */
  plan(scene: Scene, view: ViewRect): readonly FramePart[] {
    if (this.#last?.scene === scene && isSeenAlike(this.#last, view)) return this.#last.parts;
    const { layers } = scene;
    let areThumbnails = true;
    const planners = new Map<TileCatalogue, MemberPlanner>();
    const parts: FramePart[] = [];
    const wasComplete = this.#wasComplete;
    for (const layer of layers) {
      const inView = layer.members.filter(({ levels: [finest] }) =>
        Boolean(finest && intersection(view, finest.imageArea.world)),
      );
      const sharers = Math.max(1, inView.length);
      for (const catalogue of layer.members) {
        const planner = this.#planners.get(catalogue) ?? new MemberPlanner(catalogue);
        planners.set(catalogue, planner);
        const maxTilesPerChannel = this.#tileCap(catalogue, layer, sharers);
        const isOneOfMany = sharers >= manyImages;
        areThumbnails &&= isOneOfMany;
        const share = { maxTilesPerChannel, isOneOfMany };
        parts.push(planner.plan(layer, view, share, wasComplete));
      }
    }
    this.#planners = planners;
    this.#declare(parts, view);
    const bounds = areThumbnails ? union(parts.map(boundsOf)) : undefined;
    this.#last = { scene, view, parts, bounds };
    return parts;
  }

  /** A frame showed what was planned last. @param complete all that was wanted: what lay before it is of no more use */
  wasShown(complete: boolean): void {
    this.#wasComplete = complete;
    if (complete) for (const planner of this.#planners.values()) planner.forgetHistory();
  }

  /** Planes of a part shown before the selection changed: see `MemberPlanner`. */
  previousPlanes({ catalogue, plan }: FramePart, channel: number): LevelPlane[] {
    return this.#planners.get(catalogue)?.previousPlanes(plan, channel) ?? [];
  }

  /** Wants nothing any more. */
  clear(): void {
    this.#client.setWanted(this.#options.clientName, []);
    this.#declared = [];
    this.#last = undefined;
    this.#planners.clear();
    this.#wasComplete = false;
  }

  #declare(parts: readonly FramePart[], view: ViewRect): void {
    const plans = parts.map(({ plan }) => plan);
    const isSame =
      plans.length === this.#declared.length &&
      plans.every((plan, i) => plan === this.#declared[i]);
    if (isSame) return;
    this.#declared = plans;
    this.#client.setWanted(this.#options.clientName, mergedRequests(plans, view));
  }

  /** As many tiles per channel as the GPU budget holds at once, shared with the other images in view. */
  #tileCap(catalogue: TileCatalogue, layer: SceneLayer, sharers: number): number {
    const visible = channelsOf(layer).length;
    const bytes = largestTileBytes({ catalogue, layer });
    const held = this.#options.gpuBudgetBytes / bytes / Math.max(1, visible) / sharers;
    return Math.max(1, Math.min(this.#options.maxTilesPerChannel, Math.floor(held)));
  }
}

/** What was planned last; `bounds` is around all images, where each is one of many. */
type Planned = {
  readonly scene: Scene;
  readonly view: ViewRect;
  readonly parts: readonly FramePart[];
  readonly bounds: Rect | undefined;
};

/** Whether every plan is the same from another view, too (`memoisedPlanTiles`): a pan over a plate that is wholly in view asks nothing of a thousand wells. */
function isSeenAlike({ view: before, bounds }: Planned, view: ViewRect): boolean {
  if (before.worldPerDevicePixel !== view.worldPerDevicePixel) return false;
  if (sameRect(before, view)) return true;
  return bounds !== undefined && containsRect(before, bounds) && containsRect(view, bounds);
}

function boundsOf({ catalogue: { levels } }: FramePart): Rect {
  return levels[0]?.bounds ?? nowhere;
}

const nowhere: Rect = {
  x0: Number.NEGATIVE_INFINITY,
  y0: Number.NEGATIVE_INFINITY,
  x1: Number.POSITIVE_INFINITY,
  y1: Number.POSITIVE_INFINITY,
};

const tileBytesOf = new WeakMap<TileCatalogue, number>();

type PlacedImage = Pick<FramePart, "catalogue" | "layer">;

/** Bytes on the GPU of the image's largest tile. */
function largestTileBytes({ catalogue, layer }: PlacedImage): number {
  const known = tileBytesOf.get(catalogue);
  if (known !== undefined) return known;
  const format = formatOf({ catalogue, layer });
  let bytes = 1;
  for (const { columns, rows } of catalogue.levels) {
    const width = Math.min(columns.chunk, columns.size, maxTileTexels);
    const height = Math.min(rows.chunk, rows.size, maxTileTexels);
    bytes = Math.max(bytes, pageKind(format, width, height).layerBytes);
  }
  tileBytesOf.set(catalogue, bytes);
  return bytes;
}

/** The format of an image's textures. */
export function formatOf({ catalogue, layer }: PlacedImage): TextureFormat {
  const { dataType } = catalogue.image;
  return layer.kind === "labels" ? labelFormat(dataType) : textureFormat(dataType);
}
