import type { ChunkRequest } from "../../zarr/chunks/chunk-request.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import { transformPoint } from "./affine.ts";
import { type Area, areaOf, isSlanted } from "./area.ts";
import { centredBlock, type GridPosition, leftOut } from "./centred-block.ts";
import {
  blockTileCount,
  chooseLevel,
  chooseThriftyLevel,
  type TileBlock,
  tilesInView,
} from "./level-choice.ts";
import type { PlaneLevel } from "./plane-level.ts";
import type { LevelPlane, PlannedTile } from "./planned-tile.ts";
import { containsRect, intersection, sameRect, transformRect } from "./rect.ts";
import type { TileCatalogue } from "./tile-catalogue.ts";
import { type TileSpan, tileSpan } from "./tile-grid.ts";
import type { ViewRect } from "./view-rect.ts";

/** How many levels below the chosen one may lend their resident tiles. */
const finerLevelsDrawn = 2;

export type PlanInput = {
  readonly catalogue: TileCatalogue;
  readonly selection: Selection;
  /** Indices along the channel axis of the channels that are wanted, in the order of drawing. */
  readonly channels: readonly number[];
  readonly view: ViewRect;
  /** A level with more tiles per channel in view is passed over for a coarser one. */
  readonly maxTilesPerChannel: number;
  /** So many images are in view that each is a thumbnail: requests count more than sharpness. */
  readonly isOneOfMany?: boolean;
};

/** What to draw of one channel: planes in order of depth. Each fills only the holes that those before it left. */
export type ChannelPlan = {
  readonly channel: number;
  /** Tiles of the chosen level that are in view, from the centre outward. */
  readonly visible: readonly PlannedTile[];
  /** The chosen level's plane, the next finer ones, then the coarser ones. */
  readonly planes: readonly LevelPlane[];
};

/** The whole set that a view wants, and what it may draw from. Plain data. */
export type TilePlan = {
  /** Index into `image.levels` of the chosen level. */
  readonly level: number;
  /** In order of service. No key occurs twice. */
  readonly wanted: readonly ChunkRequest[];
  readonly fallback: readonly PlannedTile[];
  readonly visible: readonly PlannedTile[];
  readonly draw: readonly ChannelPlan[];
  /** What is in view and not wanted because there are too many tiles and no coarser level. */
  readonly omitted: readonly Area[];
  /** What the image covers. */
  readonly area: Area | undefined;
};

const nothing: TilePlan = {
  level: 0,
  wanted: [],
  fallback: [],
  visible: [],
  draw: [],
  omitted: [],
  area: undefined,
};

/**
 * Decides what a view wants: first the coarsest level, which covers the view with few tiles (`fallback`), then the level whose
 * texels match the device's pixels (`visible`), both from the centre of the view outward and all channels of a place together.
 */
export function planTiles(input: PlanInput): TilePlan {
  const { catalogue, selection, channels, view, maxTilesPerChannel } = input;
  const { levels } = catalogue;
  const choose = input.isOneOfMany ? chooseThriftyLevel : chooseLevel;
  const position = choose(levels, view, maxTilesPerChannel);
  const chosen = levels[position];
  const finest = levels[0];
  const coarsest = levels.at(-1);
  if (!chosen || !finest || !coarsest) return nothing;

  const whole = tilesInView(chosen, finest, view);
  const kept = centredBlock(whole, centreOf(chosen, view), maxTilesPerChannel);
  const places = placesFromCentre(chosen, kept, view);
  const draw = channels.map((channel): ChannelPlan => {
    const plane = catalogue.plane(chosen, selection, channel);
    return {
      channel,
      visible: places.map(({ row, column }) => catalogue.tile(plane, row, column)),
      planes: depthOrder(levels, position).map((level) =>
        catalogue.plane(level, selection, channel),
      ),
    };
  });

  const visible = interleaved(draw.map((channelPlan) => channelPlan.visible));
  const fallback = coarsest === chosen ? [] : fallbackTiles(input, coarsest, finest, places.length);
  return {
    level: chosen.index,
    wanted: [...requests(fallback, "fallback"), ...requests(visible, "visible")],
    fallback,
    visible,
    draw,
    omitted: leftOut(chosen.rows, chosen.columns, whole, kept).map((texels) =>
      areaOf(chosen.worldFromTexel, texels),
    ),
    area: finest.imageArea,
  };
}

/** Chosen level first, then sharper ones (a little too sharp beats too coarse), then coarser ones from sharp to coarse. */
function depthOrder(levels: readonly PlaneLevel[], position: number): PlaneLevel[] {
  return [
    ...levels.slice(position, position + 1),
    ...levels.slice(Math.max(0, position - finerLevelsDrawn), position).reverse(),
    ...levels.slice(position + 1),
  ];
}

function fallbackTiles(
  { catalogue, selection, channels, view, isOneOfMany }: PlanInput,
  level: PlaneLevel,
  finest: PlaneLevel,
  visiblePlaces: number,
): PlannedTile[] {
  const block = tilesInView(level, finest, view);
  // A fallback that is more work than the picture itself would come after it.
  const most = isOneOfMany ? visiblePlaces - 1 : Math.max(4, visiblePlaces);
  if (blockTileCount(block) > most) return [];
  const places = placesFromCentre(level, block, view);
  return interleaved(
    channels.map((channel) => {
      const plane = catalogue.plane(level, selection, channel);
      return places.map(({ row, column }) => catalogue.tile(plane, row, column));
    }),
  );
}

function requests(
  tiles: readonly PlannedTile[],
  tier: ChunkRequest["priority"]["tier"],
): ChunkRequest[] {
  return tiles.map(({ ref }, rank) => ({ ref, priority: { tier, rank } }));
}

/** First entries of all lists, then the second ones, … Channels that mean the same plane give it once. */
function interleaved(lists: readonly (readonly PlannedTile[])[]): PlannedTile[] {
  const seen = new Set<string>();
  const mixed: PlannedTile[] = [];
  const length = lists[0]?.length ?? 0;
  for (let place = 0; place < length; place++) {
    for (const list of lists) {
      const tile = list[place];
      if (!tile || seen.has(tile.ref.key)) continue;
      seen.add(tile.ref.key);
      mixed.push(tile);
    }
  }
  return mixed;
}

/** Centre of the view in fractional rows and columns; near enough where chunks are cut unevenly. */
function centreOf(level: PlaneLevel, view: ViewRect): GridPosition {
  const [x, y] = transformPoint(
    level.texelFromWorld,
    (view.x0 + view.x1) / 2,
    (view.y0 + view.y1) / 2,
  );
  return {
    row: (y / level.rows.size) * level.rows.count,
    column: (x / level.columns.size) * level.columns.count,
  };
}

/** The block's tiles from the centre of the view outward; of a slanted level only those that the view touches. */
function placesFromCentre(level: PlaneLevel, block: TileBlock, view: ViewRect): GridPosition[] {
  const centreX = (view.x0 + view.x1) / 2;
  const centreY = (view.y0 + view.y1) / 2;
  const { rows, columns, worldFromTexel } = level;
  const slanted = isSlanted(worldFromTexel);
  const columnSpans: TileSpan[] = [];
  for (let column = block.columns.first; column < block.columns.end; column++) {
    columnSpans.push(tileSpan(columns, column));
  }
  const places: (GridPosition & { readonly distance: number })[] = [];
  for (let row = block.rows.first; row < block.rows.end; row++) {
    const rowSpan = tileSpan(rows, row);
    for (const [offset, columnSpan] of columnSpans.entries()) {
      if (slanted && !isInView(level, rowSpan, columnSpan, view)) continue;
      const [x, y] = transformPoint(worldFromTexel, middle(columnSpan), middle(rowSpan));
      const distance = (x - centreX) ** 2 + (y - centreY) ** 2;
      places.push({ row, column: block.columns.first + offset, distance });
    }
  }
  return places.sort((a, b) => a.distance - b.distance);
}

/**
 * Whether a tile touches the view. That the view's turned rectangle touches it in texels is known from the block; with the turned tile and
 * the view in the world no other axis is left to separate them.
 */
function isInView(
  { worldFromTexel }: PlaneLevel,
  { start: y0, length: height }: TileSpan,
  { start: x0, length: width }: TileSpan,
  view: ViewRect,
): boolean {
  const texels = { x0, y0, x1: x0 + width, y1: y0 + height };
  return intersection(transformRect(worldFromTexel, texels), view) !== undefined;
}

function middle(span: TileSpan): number {
  return span.start + span.length / 2;
}

/**
 * `planTiles` that returns the same plan, by identity, as long as its input stays the same by value. For one of many images that is wholly in
 * view it stays the same while the view is moved: which tiles there are does not depend on it, and their order is of no weight.
 */
export function memoisedPlanTiles(): (input: PlanInput) => TilePlan {
  let last: { readonly input: PlanInput; readonly plan: TilePlan } | undefined;
  return (input) => {
    if (last && sameInput(last.input, input) && samePlace(last.input, input)) return last.plan;
    last = { input, plan: planTiles(input) };
    return last.plan;
  };
}

type Planned = { readonly plan: TilePlan };

/** Whether the same tiles are wanted of the same images. */
export function samePlans(a: readonly Planned[], b: readonly Planned[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every(({ plan }, i) => plan === b[i]?.plan);
}

function sameInput(a: PlanInput, b: PlanInput): boolean {
  return (
    a.catalogue === b.catalogue &&
    a.selection === b.selection &&
    a.maxTilesPerChannel === b.maxTilesPerChannel &&
    a.isOneOfMany === b.isOneOfMany &&
    a.view.worldPerDevicePixel === b.view.worldPerDevicePixel &&
    a.channels.length === b.channels.length &&
    a.channels.every((channel, i) => channel === b.channels[i])
  );
}

function samePlace(a: PlanInput, b: PlanInput): boolean {
  if (sameRect(a.view, b.view)) return true;
  const bounds = a.catalogue.levels[0]?.bounds;
  return (
    a.isOneOfMany === true &&
    bounds !== undefined &&
    containsRect(a.view, bounds) &&
    containsRect(b.view, bounds)
  );
}
