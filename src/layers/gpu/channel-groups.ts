import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { DrawnChannel } from "./channel-ramp.ts";
import { canShare, type TileBatch, type TileBatches } from "./tile-batches.ts";
import type { TilePage } from "./tile-page.ts";

/** Channels that one shader adds up: so many pages are bound at once. */
export const channelsAtOnce = 4;

/** The tile of one place in every channel of a group; those of a batch are on the same pages. */
export type JointBatch = {
  readonly kind: "joint";
  readonly level: PlaneLevel;
  /** By channel. */
  readonly pages: readonly TilePage[];
  readonly tiles: {
    /** Of the first channel. */
    readonly tile: PlannedTile;
    readonly others: readonly PlannedTile[];
    /** Layer of the page, by channel. */
    readonly layers: readonly number[];
  }[];
};

/** Tiles of one channel. */
export type SingleBatch = {
  readonly kind: "single";
  /** Position in the group. */
  readonly channel: number;
  readonly batch: TileBatch;
};

export type GroupBatch = JointBatch | SingleBatch;

/**
 * Channels whose pixels are worked out together where all of them have the same tile. Batches are in order of depth; a joint one fills what no
 * channel has filled yet, a single one what its own channel has not.
 */
export type ChannelGroup = {
  readonly channels: readonly DrawnChannel[];
  readonly batches: readonly GroupBatch[];
};

/** A channel and its tiles by depth. */
export type ChannelTiles = { readonly channel: DrawnChannel; readonly batches: TileBatches };

/** Groups channels that can be drawn together: those shown by a colour. One shown by a lookup table needs a texture more, and stays alone. */
export function channelGroups(channels: readonly ChannelTiles[]): ChannelGroup[] {
  const byColor = channels.filter(({ channel }) => !channel.lut);
  const byTable = channels.filter(({ channel }) => channel.lut);
  const groups = byTable.map((channel) => [channel]);
  for (let first = 0; first < byColor.length; first += channelsAtOnce) {
    groups.push(byColor.slice(first, first + channelsAtOnce));
  }
  return groups.map((group) => ({
    channels: group.map(({ channel }) => channel),
    batches: groupBatches(group.map(({ batches }) => batches.steps)),
  }));
}

/** Whether everything in a group is drawn jointly: each pixel is then written once. */
export function isJoint({ batches }: ChannelGroup): boolean {
  return batches.every(({ kind }) => kind === "joint");
}

function groupBatches(channels: readonly (readonly TileBatch[][])[]): GroupBatch[] {
  const batches: GroupBatch[] = [];
  const depth = Math.max(0, ...channels.map((steps) => steps.length));
  let areAlike = true;
  for (let step = 0; step < depth; step++) {
    const own = channels.map((steps) => steps[step] ?? []);
    const joint = jointBatches(own);
    batches.push(...joint);
    const drawn = new ByPlace<true>();
    for (const { tile } of joint.flatMap(({ tiles }) => tiles)) drawn.set(tile, true);
    const singles = own.flatMap((ofChannel, channel) =>
      ofChannel.flatMap((batch) => {
        // Where a finer tile is there in some of the channels only, the others are still to be filled.
        const tiles = areAlike ? batch.tiles.filter(({ tile }) => !drawn.get(tile)) : batch.tiles;
        if (tiles.length === 0) return [];
        return [{ kind: "single" as const, channel, batch: { ...batch, tiles } }];
      }),
    );
    batches.push(...singles);
    areAlike &&= singles.length === 0;
  }
  return batches;
}

/** The tiles that all channels have at one step, unless they are scattered over so many pages that more calls were needed than channel by channel. */
function jointBatches(channels: readonly (readonly TileBatch[])[]): JointBatch[] {
  if (channels.length < 2) return [];
  const [first = [], ...others] = channels;
  const places = others.map(texelPlaces);
  const joint: JointBatch[] = [];
  for (const { level, page, tiles } of first) {
    if (!page) continue;
    for (const { tile, value } of tiles) {
      const found = places.map((ofChannel) => ofChannel.get(tile));
      if (!found.every((place) => place?.page.kind.format.kind === page.kind.format.kind)) continue;
      const rest = found.flatMap((place) => place ?? []);
      const all = [{ page, layer: value }, ...rest];
      const pages = all.map((place) => place.page);
      let batch = joint.findLast(
        (other) =>
          canShare(other.level, level, page) && other.pages.every((each, i) => each === pages[i]),
      );
      if (!batch) {
        batch = { kind: "joint", level, pages, tiles: [] };
        joint.push(batch);
      }
      const layers = all.map(({ layer }) => layer);
      batch.tiles.push({ tile, others: rest.map((place) => place.tile), layers });
    }
  }
  const calls = channels.reduce((sum, batches) => sum + batches.length, 0);
  return joint.length > calls ? [] : joint;
}

/** Values by the level and the place of tiles, which channels have in common. */
class ByPlace<Value> {
  readonly #levels = new Map<PlaneLevel, Map<string, Value>>();

  get({ plane, x, y }: PlannedTile): Value | undefined {
    return this.#levels.get(plane.level)?.get(`${x},${y}`);
  }

  set({ plane, x, y }: PlannedTile, value: Value): void {
    let places = this.#levels.get(plane.level);
    if (!places) {
      places = new Map();
      this.#levels.set(plane.level, places);
    }
    places.set(`${x},${y}`, value);
  }
}

/** Where the tiles of a channel that have texels are. */
function texelPlaces(batches: readonly TileBatch[]) {
  type Place = { readonly tile: PlannedTile; readonly page: TilePage; readonly layer: number };
  const places = new ByPlace<Place>();
  for (const { page, tiles } of batches) {
    if (!page) continue;
    for (const { tile, value } of tiles) places.set(tile, { tile, page, layer: value });
  }
  return places;
}
