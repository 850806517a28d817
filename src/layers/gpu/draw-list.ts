import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { FramePart } from "../member-planner.ts";
import type { IntensityLayer, LabelLayer, Scene } from "../scene.ts";
import { type Area, areaOf } from "../tiles/area.ts";
import type { ChannelPlan } from "../tiles/plan-tiles.ts";
import type { LevelPlane, PlannedTile } from "../tiles/planned-tile.ts";
import { intersection, type Rect, transformRect } from "../tiles/rect.ts";
import type { ViewRect } from "../tiles/view-rect.ts";
import { type ChannelGroup, type ChannelTiles, channelGroups } from "./channel-groups.ts";
import type { HatchKind } from "./hatch.ts";
import { type TileBatch, TileBatches } from "./tile-batches.ts";
import type { TilePool } from "./tile-pool.ts";

/** Channels that add up over black. */
export type IntensityDraw = {
  readonly kind: "intensity";
  /** What the images cover, black where no channel adds to it; nothing is drawn outside. */
  readonly areas: readonly Area[];
  readonly groups: readonly ChannelGroup[];
};

/** Ids over what lies below; batches in order of depth. */
export type LabelDraw = Pick<
  LabelLayer,
  "kind" | "opacity" | "style" | "colors" | "highlighted"
> & {
  readonly areas: readonly Area[];
  readonly batches: readonly TileBatch[];
};

export type LayerDraw = IntensityDraw | LabelDraw;

/** A part of the world to hatch, and what its image covers: nothing is hatched outside. */
export type HatchedArea = {
  readonly area: Area;
  readonly image: Area;
  readonly kind: HatchKind;
};

/** Everything that one frame draws. Independent of the canvas: positions are worked out when it is drawn. */
export type DrawList = {
  /** Each covers those before it. */
  readonly layers: readonly LayerDraw[];
  /** Over all layers. */
  readonly hatched: readonly HatchedArea[];
  /** Six hex digits. */
  readonly background: string;
};

export type DrawListInput = {
  readonly scene: Scene;
  readonly parts: readonly FramePart[];
  readonly view: ViewRect;
  readonly pool: TilePool;
  stateOf(tile: PlannedTile, part: FramePart): ChunkState | undefined;
  /** Planes shown before the selection changed, by channel; drawn where the current selection has nothing yet. */
  previousPlanes(part: FramePart, channel: number): readonly LevelPlane[];
};

/** Lists what to draw from what is resident right now. */
export function drawList(input: DrawListInput): DrawList {
  const hatched = new HatchList();
  const partsOf = new Map<unknown, FramePart[]>();
  for (const part of input.parts) {
    const parts = partsOf.get(part.layer);
    if (parts) parts.push(part);
    else partsOf.set(part.layer, [part]);
  }
  return {
    layers: input.scene.layers.map((layer) =>
      layer.kind === "intensity"
        ? intensityDraw(layer, partsOf.get(layer) ?? [], input, hatched)
        : labelDraw(layer, partsOf.get(layer) ?? [], input, hatched),
    ),
    hatched: hatched.list,
    background: input.scene.background,
  };
}

function intensityDraw(
  layer: IntensityLayer,
  parts: readonly FramePart[],
  input: DrawListInput,
  hatched: HatchList,
): IntensityDraw {
  const areas = areasInView(parts, input, hatched);
  const channels: ChannelTiles[] = [];
  for (const rendering of layer.channels) {
    if (!rendering.visible) continue;
    const batches = new TileBatches();
    for (const part of parts) {
      const channelPlan = part.plan.draw.find(({ channel }) => channel === rendering.index);
      if (channelPlan) addChannel(part, channelPlan, batches, input, hatched);
    }
    if (rendering.window) {
      channels.push({ channel: { ...rendering, window: rendering.window }, batches });
    }
  }
  return { kind: "intensity", areas, groups: channelGroups(channels) };
}

function labelDraw(
  { kind, opacity, style, colors, highlighted }: LabelLayer,
  parts: readonly FramePart[],
  input: DrawListInput,
  hatched: HatchList,
): LabelDraw {
  const areas = areasInView(parts, input, hatched);
  const batches = new TileBatches();
  for (const part of parts) {
    for (const plan of part.plan.draw) addChannel(part, plan, batches, input, hatched);
  }
  return { kind, opacity, style, colors, highlighted, areas, batches: batches.list };
}

/** What a layer's images cover in the view; what is not wanted of them is hatched. */
function areasInView(
  parts: readonly FramePart[],
  { view }: DrawListInput,
  hatched: HatchList,
): Area[] {
  const areas: Area[] = [];
  for (const { plan } of parts) {
    if (!plan.area || !intersection(plan.area.world, view)) continue;
    areas.push(plan.area);
    for (const omitted of plan.omitted) hatched.add(omitted, plan.area, "omitted");
  }
  return areas;
}

/** States that end in a hatched tile. */
export function isFailure(
  state: ChunkState | undefined,
): state is Extract<ChunkState, { readonly reason: string }> {
  switch (state?.kind) {
    case "denied":
    case "error":
    case "corrupt":
    case "unverifiable":
      return true;
    case undefined:
    case "data":
    case "fill":
    case "pending":
      return false;
  }
}

function addChannel(
  part: FramePart,
  { channel, visible, planes }: ChannelPlan,
  batches: TileBatches,
  input: DrawListInput,
  hatched: HatchList,
): void {
  const { pool } = input;
  let holes = false;
  for (const tile of visible) {
    const resident = pool.use(tile.ref.key);
    if (resident) {
      batches.add(0, resident);
      if (resident.unverified) hatched.addTile(tile, "unverified");
      continue;
    }
    const state = input.stateOf(tile, part);
    if (isFailure(state)) {
      batches.block(0, tile);
      hatched.addTile(tile, state.kind);
    } else {
      holes = true;
    }
  }
  if (!holes) return;
  const deeper = [...planes.slice(1), ...input.previousPlanes(part, channel)];
  for (const [i, plane] of deeper.entries()) {
    const residents = pool.residentsOf(plane.id);
    if (!residents) continue;
    const shown = transformRect(plane.level.texelFromWorld, input.view);
    for (const resident of residents.values()) {
      if (!intersection(texelRect(resident.tile), shown)) continue;
      if (!pool.use(resident.tile.ref.key)) continue;
      batches.add(i + 1, resident);
      if (resident.unverified) hatched.addTile(resident.tile, "unverified");
    }
  }
}

function texelRect({ x, y, width, height }: PlannedTile): Rect {
  return { x0: x, y0: y, x1: x + width, y1: y + height };
}

/** Collects hatched areas; channels that failed alike in one place are hatched once. */
class HatchList {
  readonly #areas = new Map<string, HatchedArea>();

  get list(): HatchedArea[] {
    return [...this.#areas.values()];
  }

  add(area: Area, image: Area, kind: HatchKind): void {
    const { x0, y0, x1, y1 } = area.world;
    const key = `${kind}/${x0},${y0},${x1},${y1}`;
    if (!this.#areas.has(key)) this.#areas.set(key, { area, image, kind });
  }

  addTile(tile: PlannedTile, kind: HatchKind): void {
    const { worldFromTexel, imageArea } = tile.plane.level;
    this.add(areaOf(worldFromTexel, texelRect(tile)), imageArea, kind);
  }
}
