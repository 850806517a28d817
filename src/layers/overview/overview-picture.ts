import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import { brightness, type DrawnChannel, rgbOf } from "../gpu/channel-ramp.ts";
import type { IntensityLayer } from "../scene.ts";
import { isSlanted } from "../tiles/area.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { Rect } from "../tiles/rect.ts";
import type { TileCatalogue } from "../tiles/tile-catalogue.ts";
import { type AxisTiling, tileIndexOf } from "../tiles/tile-grid.ts";

export type OverviewInput = {
  readonly layers: readonly IntensityLayer[];
  /** The world rectangle that the picture shows, edge to edge. */
  readonly bounds: Rect;
  /** Size of the picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** Must not fetch. */
  stateOf(tile: PlannedTile): ChunkState | undefined;
};

/** Where nothing is in memory, or could not be read: a grey that no channel is asked for. */
const holeGrey = 42;

/** What a pixel of the picture shows: nothing of any image, a hole in one, or values. */
const pixelKinds = { hole: 0, known: 1, outside: 2 } as const;

/** A texel's tile and its place in the tile, along one axis; undefined outside the level. */
type Place = { readonly tile: number; readonly texel: number } | undefined;

/** One image on the picture: where each pixel lies in its coarsest level. */
type Sampled = {
  readonly catalogue: TileCatalogue;
  readonly level: PlaneLevel;
  x(row: number, column: number): Place;
  y(row: number, column: number): Place;
};

/**
 * RGBA bytes of the coarsest levels as they are in memory; nearest texel, channels added up, later layers over earlier ones, transparent
 * where no image lies.
 */
export function overviewPicture(input: OverviewInput): Uint8ClampedArray<ArrayBuffer> {
  const { layers, width, height } = input;
  const sums = new Float32Array(width * height * 3);
  const known = new Uint8Array(width * height).fill(pixelKinds.outside);
  for (const layer of layers) {
    for (const catalogue of layer.members) {
      const level = catalogue.levels.at(-1);
      if (level) addMember(layer, sampled(catalogue, level, input), input, sums, known);
    }
  }
  const bytes = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < known.length; i++) {
    if (known[i] === pixelKinds.outside) continue;
    for (let part = 0; part < 3; part++) {
      const isKnown = known[i] === pixelKinds.known;
      bytes[i * 4 + part] = isKnown ? (sums[i * 3 + part] ?? 0) * 255 : holeGrey;
    }
    bytes[i * 4 + 3] = 255;
  }
  return bytes;
}

function sampled(
  catalogue: TileCatalogue,
  level: PlaneLevel,
  { bounds: { x0, y0, x1, y1 }, width, height }: OverviewInput,
): Sampled {
  const { texelFromWorld: map, columns, rows } = level;
  const worldX = (column: number) => x0 + ((column + 0.5) / width) * (x1 - x0);
  const worldY = (row: number) => y0 + ((row + 0.5) / height) * (y1 - y0);
  if (isSlanted(map)) {
    return {
      catalogue,
      level,
      x: (row, column) => placeOf(columns, map.xx * worldX(column) + map.xy * worldY(row) + map.x0),
      y: (row, column) => placeOf(rows, map.yx * worldX(column) + map.yy * worldY(row) + map.y0),
    };
  }
  const across = Array.from({ length: width }, (_, i) =>
    placeOf(columns, map.xx * worldX(i) + map.x0),
  );
  const down = Array.from({ length: height }, (_, i) => placeOf(rows, map.yy * worldY(i) + map.y0));
  return { catalogue, level, x: (_, column) => across[column], y: (row) => down[row] };
}

/** Covers what lies under the image, then adds its channels. */
function addMember(
  { channels, selection }: IntensityLayer,
  member: Sampled,
  input: OverviewInput,
  sums: Float32Array,
  known: Uint8Array,
): void {
  const { width, height } = input;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!member.x(row, column) || !member.y(row, column)) continue;
      const i = row * width + column;
      known[i] = pixelKinds.hole;
      sums.fill(0, i * 3, i * 3 + 3);
    }
  }
  for (const channel of channels) {
    const { window } = channel;
    if (!channel.visible || !window) continue;
    addChannel(member, selection, { ...channel, window }, input, sums, known);
  }
}

function placeOf(axis: AxisTiling, at: number): Place {
  const texel = Math.floor(at);
  return texel >= 0 && texel < axis.size ? { tile: tileIndexOf(axis, texel), texel } : undefined;
}

function addChannel(
  member: Sampled,
  selection: Selection,
  channel: DrawnChannel,
  { width, height, stateOf }: OverviewInput,
  sums: Float32Array,
  known: Uint8Array,
): void {
  const { catalogue, level } = member;
  const plane = catalogue.plane(level, selection, channel.index);
  const colorOf = channelColor(channel);
  let tile: PlannedTile | undefined;
  let state: ChunkState | undefined;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = member.x(row, column);
      const y = member.y(row, column);
      if (!x || !y) continue;
      const next = catalogue.tile(plane, y.tile, x.tile);
      if (next !== tile) {
        tile = next;
        state = stateOf(next);
      }
      const value = valueAt(state, tile, y.texel - next.y, x.texel - next.x);
      if (value === undefined) continue;
      const i = row * width + column;
      const color = colorOf(brightness(value, channel));
      known[i] = pixelKinds.known;
      for (let part = 0; part < 3; part++) {
        sums[i * 3 + part] = (sums[i * 3 + part] ?? 0) + (color[part] ?? 0);
      }
    }
  }
}

function valueAt(
  state: ChunkState | undefined,
  tile: PlannedTile,
  row: number,
  column: number,
): number | undefined {
  if (state?.kind === "fill") return Number(state.value);
  if (state?.kind !== "data" || state.plane.width !== tile.width) return undefined;
  const value = state.plane.elements[row * tile.width + column];
  return value === undefined ? undefined : Number(value);
}

function channelColor({ color, lut }: DrawnChannel): (ramp: number) => readonly number[] {
  if (lut) {
    return (ramp) => {
      const at = Math.round(ramp * 255) * 4;
      return [...lut.rgba.subarray(at, at + 3)].map((byte) => byte / 255);
    };
  }
  const rgb = rgbOf(color);
  return (ramp) => rgb.map((part) => part * ramp);
}
