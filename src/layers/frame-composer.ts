import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import {
  addCounts,
  type ChunkState,
  emptyCounts,
  isChecksumMismatch,
  type TileCounts,
} from "../zarr/chunks/chunk-state.ts";
import type { FrameReason } from "./frame-loop.ts";
import { type DrawList, drawList } from "./gpu/draw-list.ts";
import type { ComingDrawing } from "./gpu/intensity-pass.ts";
import { labelTexels } from "./gpu/label-texels.ts";
import { texelsOf } from "./gpu/texture-format.ts";
import { GpuMemoryError } from "./gpu/tile-page.ts";
import type { TilePool } from "./gpu/tile-pool.ts";
import { keptDrawList, type ShownFrame } from "./kept-draw-list.ts";
import type { FramePart } from "./member-planner.ts";
import type { ChecksumCounts, Scene, StageStatus } from "./scene.ts";
import { formatOf, type ScenePlanner } from "./scene-planner.ts";
import { samePlans } from "./tiles/plan-tiles.ts";
import type { PlannedTile } from "./tiles/planned-tile.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** How many times the usual a frame may upload where the GPU is slow: far from a long task still. */
const slowUploads = 8;

export type ComposerOptions = {
  readonly uploadBudgetMs: number;
};

export type ComposedFrame = {
  /** One for each image of the scene, in the scene's order. */
  readonly parts: readonly FramePart[];
  readonly drawList: DrawList;
  /** Visible-tier tiles by state. */
  readonly tiles: TileCounts;
  /** Those of label layers among them. */
  readonly labelTiles: StageStatus["labelTiles"];
  /** Of these, how many contradict only their checksum, and how many of that kind are shown all the same. */
  readonly checksums: ChecksumCounts;
  /** All that is wanted is drawn or has failed for good. */
  readonly complete: boolean;
  /** The coarsest level, at least, covers the view. */
  readonly covered: boolean;
  /** Decoded tiles wait for the next frame's upload time. */
  readonly uploadsLeft: boolean;
  /** Provisional images of which something is missing or failed: whether they are what they were taken for has to be found out. */
  readonly doubtful: ReadonlySet<TileCatalogue>;
};

/** From scene and view to a draw list: plans, declares what is wanted, uploads what has come. */
export class FrameComposer {
  readonly #client: ChunkClient;
  readonly #pool: TilePool;
  readonly #planner: ScenePlanner;
  readonly #warm: (drawing: ComingDrawing) => void;
  readonly #options: ComposerOptions;
  /** Tiles that the GPU would not take. */
  readonly #refused = new Map<string, ChunkState>();
  #reserved: FramePart["plan"] | undefined;
  #coming: ComingDrawing | undefined;
  /** Chunks arrived or failed since the last frame. */
  #isStale = true;
  #last: ShownFrame | undefined;
  /** What the last frame had to do without, in order of service. */
  #awaited: readonly string[] = [];

  constructor(
    client: ChunkClient,
    pool: TilePool,
    planner: ScenePlanner,
    warm: (drawing: ComingDrawing) => void,
    options: ComposerOptions,
  ) {
    this.#client = client;
    this.#pool = pool;
    this.#planner = planner;
    this.#warm = warm;
    this.#options = options;
  }

  /** To be called when the state of any chunk changed. What completes the picture is to be drawn at once; what is one of many, when there is time. */
  noteArrival(): FrameReason {
    this.#isStale = true;
    const wasAwaiting = this.#awaited.length > 0;
    // What is awaited arrives in about this order: the first one that did not is mostly found at once.
    const first = this.#awaited.findIndex((key) => this.#client.state(key)?.kind === "pending");
    this.#awaited = first < 0 ? [] : this.#awaited.slice(first);
    if (first >= 0) return "arrival";
    return wasAwaiting ? "completion" : "change";
  }

  /**
   * The frame of a scene; the last one, by identity, if nothing arrived and the same tiles are in view.
   * @param gpuFrameMs how long the GPU takes for a frame: where frames are rare, each may upload more
   */
  compose(scene: Scene, view: ViewRect, gpuFrameMs = 0): ComposedFrame {
    const parts = this.#planner.plan(scene, view);
    const { scene: before, frame: last } = this.#last ?? {};
    // Where a tile is drawn is worked out when it is drawn: a pan over images that are wholly in view changes nothing here.
    const isSame = before === scene && last !== undefined && samePlans(parts, last.parts);
    if (isSame && !this.#isStale && !last.uploadsLeft) return last;
    this.#isStale = false;
    const frame = this.#compose(scene, view, parts, gpuFrameMs);
    this.#last = { scene, view, frame };
    return frame;
  }

  #compose(
    scene: Scene,
    view: ViewRect,
    parts: readonly FramePart[],
    gpuFrameMs: number,
  ): ComposedFrame {
    // Before a new page is made: asking the driver at once whether there was memory for it would block until it is filled.
    this.#pool.beginFrame();
    this.prepare(parts[0], view);
    const uploadsLeft = this.#upload(parts, this.#uploadMs(gpuFrameMs)) || this.#pool.isWaiting;
    const tiles = emptyCounts();
    const doubtful = new Set<TileCatalogue>();
    let mismatched = 0;
    let shown = 0;
    let coarse = 0;
    let coarsePending = 0;
    const awaited: string[] = [];
    const count = (part: FramePart, tile: PlannedTile) => {
      const kind = this.#stateKind(tile);
      if (kind === "pending") awaited.push(tile.ref.key);
      if (!part.isProvisional || kind === "data") return kind;
      if (kind !== "pending") doubtful.add(part.catalogue);
      return "pending";
    };
    const labelTiles = new Map<string, TileCounts>();
    for (const part of parts) {
      const own = emptyCounts();
      for (const tile of part.plan.visible) {
        own[count(part, tile)]++;
        if (this.#pool.use(tile.ref.key)?.unverified) shown++;
        else if (isChecksumMismatch(this.stateOf(tile))) mismatched++;
      }
      addCounts(tiles, own);
      const { kind, id } = part.layer;
      if (kind === "labels")
        labelTiles.set(id, addCounts(labelTiles.get(id) ?? emptyCounts(), own));
      for (const tile of part.plan.fallback) {
        coarse++;
        if (count(part, tile) === "pending") coarsePending++;
      }
    }
    const complete = !uploadsLeft && coarsePending === 0 && tiles.pending === 0;
    this.#planner.wasShown(complete);
    this.#awaited = awaited;
    if (complete) this.#prepareOthers();
    return {
      parts,
      tiles,
      labelTiles: [...labelTiles].map(([layer, counts]) => ({ layer, tiles: counts })),
      checksums: { mismatched, shown },
      uploadsLeft,
      doubtful,
      complete,
      covered: !uploadsLeft && coarsePending === 0 && coarse > 0,
      drawList: this.#drawList(scene, view, parts),
    };
  }

  #drawList(scene: Scene, view: ViewRect, parts: readonly FramePart[]): DrawList {
    const pool = this.#pool;
    const isPending = (tile: PlannedTile) => this.#stateKind(tile) === "pending";
    const kept = keptDrawList(this.#last, scene, parts, view, pool, isPending);
    if (kept) return kept;
    return drawList({
      scene,
      parts,
      view,
      pool,
      stateOf: (tile, { isProvisional }) => (isProvisional ? undefined : this.stateOf(tile)),
      previousPlanes: (part, channel) => this.#planner.previousPlanes(part, channel),
    });
  }

  /** Keeps nothing. */
  clear(): void {
    this.#reserved = undefined;
    this.#coming = undefined;
    this.#last = undefined;
    this.#refused.clear();
    this.#pool.clear();
  }

  /** The state that the stage shows for a tile. */
  stateOf(tile: PlannedTile): ChunkState | undefined {
    return this.#refused.get(tile.ref.key) ?? this.#client.state(tile.ref.key);
  }

  /** What the picture shows of each visible tile of a frame, by the tile's key. */
  kindsIn({ parts }: ComposedFrame): Map<string, ChunkState["kind"]> {
    const kinds = new Map<string, ChunkState["kind"]>();
    for (const { plan, isProvisional } of parts) {
      for (const tile of plan.visible) {
        const kind = this.#stateKind(tile);
        // Of a predicted image nothing is known but data.
        kinds.set(tile.ref.key, isProvisional && kind !== "data" ? "pending" : kind);
      }
    }
    return kinds;
  }

  /** The first pages of an image are made, and its shaders are compiled, while its tiles are on their way. */
  prepare(first: FramePart | undefined, { worldPerDevicePixel }: ViewRect): void {
    if (this.#reserved === first?.plan) return;
    this.#reserved = first?.plan;
    const tile = first?.plan.visible[0];
    if (!first || !tile) return;
    const format = formatOf(first);
    const page = this.#pool.reserve(format, tile.width, tile.height);
    const [coarse] = first.plan.fallback;
    if (coarse) this.#pool.reserve(format, coarse.width, coarse.height);
    const { layer } = first;
    if (!page || layer.kind !== "intensity") return;
    const { texelWidth, texelHeight } = tile.plane.level;
    this.#coming = {
      page,
      channels: layer.channels.filter(({ visible, lut }) => visible && !lut).length,
      isNearest: Math.min(texelWidth, texelHeight) >= worldPerDevicePixel,
    };
    this.#warm(this.#coming);
  }

  /** The picture is there: moving on, in and out is to be as smooth, also while channels have different tiles. */
  #prepareOthers(): void {
    if (!this.#coming) return;
    const other = { ...this.#coming, isNearest: !this.#coming.isNearest };
    const alone = [this.#coming, other].map((drawing) => ({ ...drawing, channels: 1 }));
    for (const drawing of [other, ...alone]) this.#warm(drawing);
    this.#coming = undefined;
  }

  #stateKind(tile: PlannedTile): ChunkState["kind"] {
    const state = this.stateOf(tile);
    if (state && state.kind !== "pending") return state.kind;
    // The chunk cache may have dropped a plane that is still on the GPU; it comes again, but it is drawn all the while.
    const resident = this.#pool.use(tile.ref.key);
    if (!resident) return "pending";
    return resident.content.kind === "constant" ? "fill" : "data";
  }

  #uploadMs(gpuFrameMs: number): number {
    const { uploadBudgetMs } = this.#options;
    return Math.max(uploadBudgetMs, Math.min(slowUploads * uploadBudgetMs, gpuFrameMs / 4));
  }

  /** Uploads in order for as long as the time allows, at least one. Returns whether any is left. */
  #upload(parts: readonly FramePart[], budgetMs: number): boolean {
    const pool = this.#pool;
    const missing: { readonly tile: PlannedTile; readonly part: FramePart }[] = [];
    // Pin first: no upload may evict what this same frame draws.
    for (const tier of ["fallback", "visible"] as const) {
      for (const part of parts) {
        for (const tile of part.plan[tier]) {
          if (!pool.use(tile.ref.key)) missing.push({ tile, part });
        }
      }
    }
    if (missing.some(({ tile }) => this.stateOf(tile)?.kind === "data")) pool.confirm();
    const deadline = performance.now() + budgetMs;
    let uploaded = 0;
    for (const { tile, part } of missing) {
      const state = this.stateOf(tile);
      if (state?.kind === "fill") {
        // Of a predicted image it is not known that there is nothing, nor what that would look like.
        if (!part.isProvisional) pool.addConstant(tile, Number(state.value));
      } else if (state?.kind === "data") {
        if (uploaded > 0 && performance.now() >= deadline) return true;
        uploaded++;
        this.#uploadOne(tile, state, part);
      }
    }
    return false;
  }

  #uploadOne(
    tile: PlannedTile,
    { plane }: Extract<ChunkState, { readonly kind: "data" }>,
    part: FramePart,
  ): void {
    const texels = part.layer.kind === "labels" ? labelTexels(plane) : texelsOf(plane);
    const fits = plane.width === tile.width && plane.height === tile.height;
    try {
      if (!texels || !fits) throw new GpuMemoryError("The decoded plane has another size.");
      this.#pool.upload(tile, formatOf(part), texels, plane.unverified);
    } catch (error) {
      if (!(error instanceof GpuMemoryError)) throw error;
      const reason = `This tile could not be put on the graphics card. ${error.message}`;
      this.#refused.set(tile.ref.key, { kind: "error", code: "ZS-GPU", reason });
    }
  }
}
