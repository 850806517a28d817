import { centredBlock } from "../src/layers/tiles/centred-block.ts";
import type { PlannedTile } from "../src/layers/tiles/planned-tile.ts";
import type { TileCatalogue } from "../src/layers/tiles/tile-catalogue.ts";
import type { ViewerState } from "../src/ui/state/viewer-state.ts";
import type { ChunkClient } from "../src/zarr/chunks/chunk-request.ts";
import type { ChannelWindow, Selection } from "../src/zarr/image/image-model.ts";
import { autoWindow, fullWindow, saturations } from "./auto-window.ts";

/** Tiles of the coarsest level that are looked at per channel, at most. */
const maxTiles = 16;
const client = "contrast";

/** Where display limits of a channel are looked for: a plane of an image, and the channel's index in that image. */
export type ContrastPlane = {
  readonly catalogue: TileCatalogue;
  readonly selection: Selection;
  readonly index: number;
};

export type FindOptions = {
  readonly saturation?: number;
  /** Told instead of the constructor's `onWindow`. */
  readonly onWindow?: (window: ChannelWindow) => void;
};

type Search = {
  readonly tiles: readonly PlannedTile[];
  readonly saturation: number;
  readonly found: (window: ChannelWindow) => void;
};

/**
 * Finds display limits for channels that have none, from the coarsest level. It shares the chunks with the stage, which wants the same
 * ones first.
 */
export class AutoContrast {
  readonly #chunks: ChunkClient;
  readonly #onWindow: (channel: number, window: ChannelWindow) => void;
  readonly #unsubscribe: () => void;
  #pending = new Map<number, Search>();
  #waiting: (() => void)[] = [];

  /** @param onWindow hears of channels for which `find` was not told otherwise */
  constructor(chunks: ChunkClient, onWindow: (channel: number, window: ChannelWindow) => void) {
    this.#chunks = chunks;
    this.#onWindow = onWindow;
    this.#unsubscribe = chunks.subscribe(() => this.#check());
  }

  /** Begins with one channel; nothing happens if it is being looked at already, unless somebody else wants to hear of it. */
  find(
    plane: ContrastPlane | undefined,
    channel: number,
    { saturation = saturations[0], onWindow }: FindOptions = {},
  ): void {
    if (!plane || (this.#pending.has(channel) && onWindow === undefined)) return;
    const tiles = coarsestTiles(plane);
    const found = onWindow ?? ((window: ChannelWindow) => this.#onWindow(channel, window));
    this.#pending.set(channel, { tiles, saturation, found });
    this.#declare();
    this.#check();
  }

  /** Begins with the visible channels that have no limits. */
  findMissing(
    planeOf: (channel: number, selection: Selection) => ContrastPlane | undefined,
    { channels, selection }: Pick<ViewerState, "channels" | "selection">,
  ): void {
    for (const { index, visible, window } of channels) {
      if (visible && !window) this.find(planeOf(index, selection), index);
    }
  }

  /** Gives up on all channels. */
  clear(): void {
    this.#pending.clear();
    this.#declare();
    this.#release();
  }

  /** Resolves when no channel is being looked at. */
  idle(): Promise<void> {
    if (this.#pending.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  destroy(): void {
    this.clear();
    this.#unsubscribe();
  }

  #declare(): void {
    const tiles = [...this.#pending.values()].flatMap((search) => search.tiles);
    this.#chunks.setWanted(
      client,
      tiles.map(({ ref }, rank) => ({ ref, priority: { tier: "fallback", rank } })),
    );
  }

  #check(): void {
    const before = this.#pending.size;
    for (const [channel, { tiles, saturation, found }] of [...this.#pending]) {
      const states = tiles.map(({ ref }) => this.#chunks.state(ref.key));
      if (states.some((state) => state === undefined || state.kind === "pending")) continue;
      const decoded = states.flatMap((state) => (state?.kind === "data" ? [state.plane] : []));
      // What contradicts its checksum decides about the window only where there is nothing else to go by.
      const verified = decoded.filter(({ unverified }) => !unverified);
      const planes = verified.length > 0 ? verified : decoded;
      const dataType = tiles[0]?.ref.array.metadata.dataType ?? "uint8";
      this.#pending.delete(channel);
      found(autoWindow(planes, { saturation, dataType }) ?? fullWindow(dataType));
    }
    if (this.#pending.size === before) return;
    this.#declare();
    if (this.#pending.size === 0) this.#release();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function coarsestTiles({ catalogue, selection, index }: ContrastPlane): readonly PlannedTile[] {
  const level = catalogue.levels.at(-1);
  if (level === undefined) return [];
  const { rows, columns } = level;
  const whole = { rows: { first: 0, end: rows.count }, columns: { first: 0, end: columns.count } };
  const centre = { row: rows.count / 2, column: columns.count / 2 };
  const block = centredBlock(whole, centre, maxTiles);
  const plane = catalogue.plane(level, selection, index);
  const tiles: PlannedTile[] = [];
  for (let row = block.rows.first; row < block.rows.end; row++) {
    for (let column = block.columns.first; column < block.columns.end; column++) {
      tiles.push(catalogue.tile(plane, row, column));
    }
  }
  return tiles;
}
