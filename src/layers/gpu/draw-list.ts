import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { ChannelRendering } from "../scene.ts";
import type { ChannelPlan, TilePlan } from "../tiles/plan-tiles.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { LevelPlane, PlannedTile } from "../tiles/planned-tile.ts";
import { intersection, type Rect, transformRect } from "../tiles/rect.ts";
import type { ViewRect } from "../tiles/view-rect.ts";
import type { DrawnChannel } from "./channel-ramp.ts";
import type { HatchKind } from "./hatch.ts";
import type { TilePage } from "./tile-page.ts";
import type { Resident, TilePool } from "./tile-pool.ts";

/** Tiles of one level that are drawn by one call: all on one page, or (`page` undefined) all of one value each. */
export type TileBatch = {
  readonly level: PlaneLevel;
  readonly page: TilePage | undefined;
  readonly tiles: {
    readonly tile: PlannedTile;
    /** Layer of the page, or the value of the whole tile; NaN draws nothing and keeps coarser tiles out. */
    readonly value: number;
  }[];
};

/** Batches in order of depth: a batch fills only what those before it left. */
export type ChannelDraw = { readonly channel: DrawnChannel; readonly batches: TileBatch[] };

/** A rectangle of the world to hatch. */
export type HatchedRect = { readonly world: Rect; readonly kind: HatchKind };

/** Everything that one frame draws. Independent of the canvas: positions are worked out when it is drawn. */
export type DrawList = {
  readonly channels: readonly ChannelDraw[];
  readonly hatched: readonly HatchedRect[];
  /** World rectangle of the image, black where no channel adds to it; nothing is drawn outside. */
  readonly bounds: Rect | undefined;
  /** Six hex digits. */
  readonly background: string;
};

export type DrawListInput = {
  readonly plan: TilePlan;
  readonly channels: readonly ChannelRendering[];
  readonly background: string;
  readonly view: ViewRect;
  readonly pool: TilePool;
  stateOf(tile: PlannedTile): ChunkState | undefined;
  /** Planes shown before the selection changed, by channel; drawn where the current selection has nothing yet. */
  previousPlanes(channel: number): readonly LevelPlane[];
};

/** Lists what to draw from what is resident right now. */
export function drawList(input: DrawListInput): DrawList {
  const renderings = new Map(input.channels.map((channel) => [channel.index, channel]));
  const hatched = new Map<string, HatchedRect>();
  const channels: ChannelDraw[] = [];
  for (const channelPlan of input.plan.draw) {
    const batches = channelBatches(channelPlan, input, hatched);
    const rendering = renderings.get(channelPlan.channel);
    if (rendering?.window) {
      channels.push({ channel: { ...rendering, window: rendering.window }, batches });
    }
  }
  for (const [i, world] of input.plan.omitted.entries()) {
    hatched.set(`omitted/${i}`, { world, kind: "omitted" });
  }
  return {
    channels,
    hatched: [...hatched.values()],
    bounds: input.plan.bounds,
    background: input.background,
  };
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

function channelBatches(
  { channel, visible, planes }: ChannelPlan,
  input: DrawListInput,
  hatched: Map<string, HatchedRect>,
): TileBatch[] {
  const { pool } = input;
  const batches = new BatchList();
  let holes = false;
  for (const tile of visible) {
    const resident = pool.use(tile.ref.key);
    if (resident) {
      batches.add(resident);
      continue;
    }
    const state = input.stateOf(tile);
    if (isFailure(state)) {
      batches.block(tile);
      hatch(hatched, tile, state.kind);
    } else {
      holes = true;
    }
  }
  if (!holes) return batches.list;
  for (const plane of [...planes.slice(1), ...input.previousPlanes(channel)]) {
    const residents = pool.residentsOf(plane.id);
    if (!residents) continue;
    const shown = transformRect(plane.level.texelFromWorld, input.view);
    batches.startLevel();
    for (const resident of residents.values()) {
      const { x, y, width, height, ref } = resident.tile;
      const extent = { x0: x, y0: y, x1: x + width, y1: y + height };
      if (!intersection(extent, shown)) continue;
      pool.use(ref.key);
      batches.add(resident);
    }
  }
  return batches.list;
}

function hatch(hatched: Map<string, HatchedRect>, tile: PlannedTile, kind: HatchKind): void {
  const { x, y, width, height } = tile;
  const key = `${kind}/${x},${y}`;
  if (hatched.has(key)) return;
  const texels = { x0: x, y0: y, x1: x + width, y1: y + height };
  const world = transformRect(tile.plane.level.worldFromTexel, texels);
  hatched.set(key, { world, kind });
}

/** Collects tiles into batches; within a level the order does not matter, levels keep theirs. */
class BatchList {
  readonly list: TileBatch[] = [];
  #ofPage = new Map<TilePage | undefined, TileBatch>();

  startLevel(): void {
    this.#ofPage = new Map();
  }

  add({ tile, content }: Resident): void {
    if (content.kind === "constant") this.#put(tile, undefined, content.value);
    else this.#put(tile, content.page, content.layer);
  }

  block(tile: PlannedTile): void {
    this.#put(tile, undefined, Number.NaN);
  }

  #put(tile: PlannedTile, page: TilePage | undefined, value: number): void {
    let batch = this.#ofPage.get(page);
    if (!batch) {
      batch = { level: tile.plane.level, page, tiles: [] };
      this.#ofPage.set(page, batch);
      this.list.push(batch);
    }
    batch.tiles.push({ tile, value });
  }
}
