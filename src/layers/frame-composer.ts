import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import type { ChunkState, TileCounts } from "../zarr/chunks/chunk-state.ts";
import type { Selection } from "../zarr/image/image-model.ts";
import { type DrawList, drawList } from "./gpu/draw-list.ts";
import { type TextureFormat, texelsOf, textureFormat } from "./gpu/texture-format.ts";
import { GpuMemoryError, pageKind } from "./gpu/tile-page.ts";
import type { TilePool } from "./gpu/tile-pool.ts";
import type { ChannelRendering, Scene } from "./scene.ts";
import { memoisedPlanTiles, type PlanInput, type TilePlan } from "./tiles/plan-tiles.ts";
import type { LevelPlane, PlannedTile } from "./tiles/planned-tile.ts";
import { remember, sameSelection } from "./tiles/selection-history.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";
import { maxTileTexels } from "./tiles/tile-grid.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** Name under which the stage declares what it wants. */
export const clientName = "stage";

export type ComposerOptions = {
  readonly maxTilesPerChannel: number;
  readonly gpuBudgetBytes: number;
  readonly uploadBudgetMs: number;
};

export type ComposedFrame = {
  /** What was planned, so that others can plan the same for other planes. */
  readonly input: PlanInput;
  readonly plan: TilePlan;
  readonly drawList: DrawList;
  /** Visible-tier tiles by state. */
  readonly tiles: TileCounts;
  /** All that is wanted is drawn or has failed for good. */
  readonly complete: boolean;
  /** The coarsest level, at least, covers the view. */
  readonly covered: boolean;
  /** Decoded tiles wait for the next frame's upload time. */
  readonly uploadsLeft: boolean;
};

/** From scene and view to a draw list: plans, declares what is wanted, uploads what has come. */
export class FrameComposer {
  readonly #client: ChunkClient;
  readonly #pool: TilePool;
  readonly #options: ComposerOptions;
  readonly #plan = memoisedPlanTiles();
  /** Tiles that the GPU would not take. */
  readonly #refused = new Map<string, ChunkState>();
  #declared: TilePlan | undefined;
  #catalogue: TileCatalogue | undefined;
  #selection: Selection | undefined;
  #history: readonly Selection[] = [];
  #complete = false;

  constructor(client: ChunkClient, pool: TilePool, options: ComposerOptions) {
    this.#client = client;
    this.#pool = pool;
    this.#options = options;
  }

  compose(scene: Scene, catalogue: TileCatalogue, view: ViewRect): ComposedFrame {
    const visibleChannels = scene.channels.filter(({ visible }) => visible);
    const format = textureFormat(scene.image.dataType);
    const input: PlanInput = {
      catalogue,
      selection: this.#currentSelection(catalogue, scene.selection),
      channels: visibleChannels.map(({ index }) => index),
      view,
      maxTilesPerChannel: this.#tileCap(catalogue, format, visibleChannels),
    };
    const plan = this.#plan(input);
    if (plan !== this.#declared) {
      this.#declared = plan;
      this.#client.setWanted(clientName, plan.wanted);
      const first = plan.visible[0];
      if (first) this.#pool.reserve(format, first.width, first.height);
    }
    this.#pool.beginFrame();
    const uploadsLeft = this.#upload([...plan.fallback, ...plan.visible], format);
    const tiles = emptyCounts();
    for (const tile of plan.visible) tiles[this.#stateKind(tile)]++;
    const fallbackPending = plan.fallback.some((tile) => this.#stateKind(tile) === "pending");
    this.#complete = !uploadsLeft && !fallbackPending && tiles.pending === 0;
    if (this.#complete) this.#history = [];
    return {
      input,
      plan,
      tiles,
      uploadsLeft,
      complete: this.#complete,
      covered: !uploadsLeft && !fallbackPending && plan.fallback.length > 0,
      drawList: drawList({
        plan,
        channels: visibleChannels,
        background: scene.background,
        view,
        pool: this.#pool,
        stateOf: (tile) => this.stateOf(tile),
        previousPlanes: (channel) => this.#previousPlanes(plan, channel),
      }),
    };
  }

  /** Wants nothing any more. */
  clear(): void {
    this.#client.setWanted(clientName, []);
    this.#declared = undefined;
    this.#catalogue = undefined;
    this.#selection = undefined;
    this.#history = [];
    this.#refused.clear();
    this.#pool.clear();
  }

  /** The state that the stage shows for a tile. */
  stateOf(tile: PlannedTile): ChunkState | undefined {
    return this.#refused.get(tile.ref.key) ?? this.#client.state(tile.ref.key);
  }

  #stateKind(tile: PlannedTile): ChunkState["kind"] {
    const state = this.stateOf(tile);
    if (state && state.kind !== "pending") return state.kind;
    // The chunk cache may have dropped a plane that is still on the GPU; it comes again, but it is drawn all the while.
    const resident = this.#pool.use(tile.ref.key);
    if (!resident) return "pending";
    return resident.content.kind === "constant" ? "fill" : "data";
  }

  /** Selections are compared by value, so that callers may make new objects. */
  #currentSelection(catalogue: TileCatalogue, selection: Selection): Selection {
    if (this.#catalogue !== catalogue || !this.#selection) {
      this.#catalogue = catalogue;
      this.#history = [];
    } else if (sameSelection(this.#selection, selection)) {
      return this.#selection;
    } else {
      this.#history = remember(this.#history, this.#selection, this.#complete);
    }
    this.#selection = selection;
    return selection;
  }

  #previousPlanes(plan: TilePlan, channel: number): LevelPlane[] {
    const catalogue = this.#catalogue;
    const current = plan.draw.find((draw) => draw.channel === channel);
    if (!catalogue || !current) return [];
    const known = new Set(current.planes.map(({ id }) => id));
    const planes: LevelPlane[] = [];
    for (const selection of this.#history) {
      for (const { level } of current.planes) {
        const plane = catalogue.plane(level, selection, channel);
        if (known.has(plane.id)) continue;
        known.add(plane.id);
        planes.push(plane);
      }
    }
    return planes;
  }

  /** As many tiles per channel as the GPU budget holds at once. */
  #tileCap(
    { levels }: TileCatalogue,
    format: TextureFormat,
    channels: readonly ChannelRendering[],
  ): number {
    let tileBytes = 1;
    for (const { columns, rows } of levels) {
      const width = Math.min(columns.chunk, columns.size, maxTileTexels);
      const height = Math.min(rows.chunk, rows.size, maxTileTexels);
      tileBytes = Math.max(tileBytes, pageKind(format, width, height).layerBytes);
    }
    const held = this.#options.gpuBudgetBytes / tileBytes / Math.max(1, channels.length);
    return Math.max(1, Math.min(this.#options.maxTilesPerChannel, Math.floor(held)));
  }

  /** Uploads in order for as long as the time allows, at least one. Returns whether any is left. */
  #upload(tiles: readonly PlannedTile[], format: TextureFormat): boolean {
    const pool = this.#pool;
    // Pin first: no upload may evict what this same frame draws.
    const missing = tiles.filter((tile) => !pool.use(tile.ref.key));
    const deadline = performance.now() + this.#options.uploadBudgetMs;
    let uploaded = 0;
    for (const tile of missing) {
      const state = this.stateOf(tile);
      if (state?.kind === "fill") {
        pool.addConstant(tile, Number(state.value));
      } else if (state?.kind === "data") {
        if (uploaded > 0 && performance.now() >= deadline) return true;
        uploaded++;
        this.#uploadOne(tile, state, format);
      }
    }
    return false;
  }

  #uploadOne(
    tile: PlannedTile,
    { plane }: Extract<ChunkState, { readonly kind: "data" }>,
    format: TextureFormat,
  ): void {
    const texels = texelsOf(plane);
    const fits = plane.width === tile.width && plane.height === tile.height;
    try {
      if (!texels || !fits) throw new GpuMemoryError("The decoded plane has another size.");
      this.#pool.upload(tile, format, texels);
    } catch (error) {
      if (!(error instanceof GpuMemoryError)) throw error;
      const reason = `This tile could not be put on the graphics card. ${error.message}`;
      this.#refused.set(tile.ref.key, { kind: "error", code: "ZS-GPU", reason });
    }
  }
}

/** A count of 0 for every state. */
export function emptyCounts(): TileCounts {
  return { data: 0, fill: 0, pending: 0, denied: 0, error: 0, corrupt: 0, unverifiable: 0 };
}
