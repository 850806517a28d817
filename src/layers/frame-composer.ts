import { checksumCode } from "../zarr/chunks/chunk-failure.ts";
import type { ChunkClient } from "../zarr/chunks/chunk-request.ts";
import { type ChunkState, chunkStateKinds, type TileCounts } from "../zarr/chunks/chunk-state.ts";
import { type DrawList, drawList } from "./gpu/draw-list.ts";
import { labelFormat, labelTexels } from "./gpu/label-texels.ts";
import { type TextureFormat, texelsOf, textureFormat } from "./gpu/texture-format.ts";
import { GpuMemoryError, pageKind } from "./gpu/tile-page.ts";
import type { TilePool } from "./gpu/tile-pool.ts";
import { type FramePart, MemberPlanner } from "./member-planner.ts";
import {
  type ChecksumCounts,
  channelsOf,
  type Scene,
  type SceneLayer,
  type StageStatus,
} from "./scene.ts";
import { mergedRequests } from "./tiles/merge-requests.ts";
import type { TilePlan } from "./tiles/plan-tiles.ts";
import type { PlannedTile } from "./tiles/planned-tile.ts";
import { intersection } from "./tiles/rect.ts";
import type { TileCatalogue } from "./tiles/tile-catalogue.ts";
import { maxTileTexels } from "./tiles/tile-grid.ts";
import type { ViewRect } from "./tiles/view-rect.ts";

/** From so many images of a layer in view on, each is a thumbnail. */
const manyImages = 16;

/** Milliseconds of uploads per frame, at most, where the GPU is slow: far from a long task still. */
const slowUploadMs = 16;

export type ComposerOptions = {
  readonly clientName: string;
  readonly maxTilesPerChannel: number;
  readonly gpuBudgetBytes: number;
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
  readonly #options: ComposerOptions;
  /** Tiles that the GPU would not take. */
  readonly #refused = new Map<string, ChunkState>();
  #planners = new Map<TileCatalogue, MemberPlanner>();
  #declared: readonly TilePlan[] = [];
  #complete = false;

  constructor(client: ChunkClient, pool: TilePool, options: ComposerOptions) {
    this.#client = client;
    this.#pool = pool;
    this.#options = options;
  }

  /** @param gpuFrameMs how long the GPU takes for a frame: where frames are rare, each may upload more */
  compose(scene: Scene, view: ViewRect, gpuFrameMs = 0): ComposedFrame {
    const parts = this.#plan(scene, view);
    this.#declare(parts, view);
    this.#pool.beginFrame();
    const uploadsLeft = this.#upload(parts, this.#uploadMs(gpuFrameMs));
    const tiles = emptyCounts();
    const doubtful = new Set<TileCatalogue>();
    let mismatched = 0;
    let shown = 0;
    let coarse = 0;
    let coarsePending = 0;
    const count = (part: FramePart, tile: PlannedTile) => {
      const kind = this.#stateKind(tile);
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
        else if (isMismatch(this.stateOf(tile))) mismatched++;
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
    this.#complete = !uploadsLeft && coarsePending === 0 && tiles.pending === 0;
    if (this.#complete) for (const planner of this.#planners.values()) planner.forgetHistory();
    return {
      parts,
      tiles,
      labelTiles: [...labelTiles].map(([layer, counts]) => ({ layer, tiles: counts })),
      checksums: { mismatched, shown },
      uploadsLeft,
      doubtful,
      complete: this.#complete,
      covered: !uploadsLeft && coarsePending === 0 && coarse > 0,
      drawList: drawList({
        scene,
        parts,
        view,
        pool: this.#pool,
        stateOf: (tile, { isProvisional }) => (isProvisional ? undefined : this.stateOf(tile)),
        previousPlanes: ({ catalogue, plan }, channel) =>
          this.#planners.get(catalogue)?.previousPlanes(plan, channel) ?? [],
      }),
    };
  }

  /** Wants nothing any more. */
  clear(): void {
    this.#client.setWanted(this.#options.clientName, []);
    this.#declared = [];
    this.#planners.clear();
    this.#complete = false;
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

  /** Plans every image; what the scene no longer has is forgotten. */
  #plan({ layers }: Scene, view: ViewRect): FramePart[] {
    const planners = new Map<TileCatalogue, MemberPlanner>();
    const parts: FramePart[] = [];
    const wasComplete = this.#complete;
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
        const share = { maxTilesPerChannel, isOneOfMany };
        parts.push(planner.plan(layer, view, share, wasComplete));
      }
    }
    this.#planners = planners;
    return parts;
  }

  #declare(parts: readonly FramePart[], view: ViewRect): void {
    const plans = parts.map(({ plan }) => plan);
    const isSame =
      plans.length === this.#declared.length &&
      plans.every((plan, i) => plan === this.#declared[i]);
    if (isSame) return;
    this.#declared = plans;
    this.#client.setWanted(this.#options.clientName, mergedRequests(plans, view));
    const [first] = parts;
    const tile = first?.plan.visible[0];
    if (first && tile) this.#pool.reserve(formatOf(first), tile.width, tile.height);
  }

  #stateKind(tile: PlannedTile): ChunkState["kind"] {
    const state = this.stateOf(tile);
    if (state && state.kind !== "pending") return state.kind;
    // The chunk cache may have dropped a plane that is still on the GPU; it comes again, but it is drawn all the while.
    const resident = this.#pool.use(tile.ref.key);
    if (!resident) return "pending";
    return resident.content.kind === "constant" ? "fill" : "data";
  }

  /** As many tiles per channel as the GPU budget holds at once, shared with the other images in view. */
  #tileCap(catalogue: TileCatalogue, layer: SceneLayer, sharers: number): number {
    const visible = channelsOf(layer).length;
    const bytes = largestTileBytes({ catalogue, layer });
    const held = this.#options.gpuBudgetBytes / bytes / Math.max(1, visible) / sharers;
    return Math.max(1, Math.min(this.#options.maxTilesPerChannel, Math.floor(held)));
  }

  #uploadMs(gpuFrameMs: number): number {
    return Math.max(this.#options.uploadBudgetMs, Math.min(slowUploadMs, gpuFrameMs / 4));
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

function isMismatch(state: ChunkState | undefined): boolean {
  return state?.kind === "corrupt" && state.code === checksumCode;
}

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

function formatOf({ catalogue, layer }: PlacedImage): TextureFormat {
  const { dataType } = catalogue.image;
  return layer.kind === "labels" ? labelFormat(dataType) : textureFormat(dataType);
}

function addCounts(counts: TileCounts, more: TileCounts): TileCounts {
  for (const kind of chunkStateKinds) counts[kind] += more[kind];
  return counts;
}

/** A count of 0 for every state. */
export function emptyCounts(): TileCounts {
  return { data: 0, fill: 0, pending: 0, denied: 0, error: 0, corrupt: 0, unverifiable: 0 };
}
