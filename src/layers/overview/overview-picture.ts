import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import { brightness, type DrawnChannel, rgbOf } from "../gpu/channel-ramp.ts";
import type { ChannelRendering } from "../scene.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { TileCatalogue } from "../tiles/tile-catalogue.ts";
import { type AxisTiling, tileIndexOf } from "../tiles/tile-grid.ts";

export type OverviewInput = {
  readonly catalogue: TileCatalogue;
  readonly selection: Selection;
  readonly channels: readonly ChannelRendering[];
  /** Size of the picture in pixels; it shows the whole image, edge to edge. */
  readonly width: number;
  readonly height: number;
  /** Must not fetch. */
  stateOf(tile: PlannedTile): ChunkState | undefined;
};

/** Where nothing is in memory, or could not be read: a grey that no channel is asked for. */
const holeGrey = 42;

/** A texel's tile and its place in the tile, along one axis; undefined outside the level. */
type Place = { readonly tile: number; readonly texel: number } | undefined;

/** RGBA bytes of the coarsest level as it is in memory; nearest texel, channels added up. undefined if there is no level. */
export function overviewPicture(input: OverviewInput): Uint8ClampedArray<ArrayBuffer> | undefined {
  const { catalogue, width, height } = input;
  const level = catalogue.levels.at(-1);
  const finest = catalogue.levels[0];
  if (!level || !finest) return undefined;
  const { x0, y0, x1, y1 } = finest.bounds;
  const { texelFromWorld, columns, rows } = level;
  const across = Array.from({ length: width }, (_, i) =>
    placeOf(
      columns,
      texelFromWorld.xx * (x0 + ((i + 0.5) / width) * (x1 - x0)) + texelFromWorld.x0,
    ),
  );
  const down = Array.from({ length: height }, (_, i) =>
    placeOf(rows, texelFromWorld.yy * (y0 + ((i + 0.5) / height) * (y1 - y0)) + texelFromWorld.y0),
  );
  const sums = new Float32Array(width * height * 3);
  const known = new Uint8Array(width * height);
  for (const channel of input.channels) {
    const { window } = channel;
    if (channel.visible && window)
      addChannel(input, level, { ...channel, window }, across, down, sums, known);
  }
  const bytes = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < known.length; i++) {
    for (let part = 0; part < 3; part++) {
      bytes[i * 4 + part] = known[i] ? (sums[i * 3 + part] ?? 0) * 255 : holeGrey;
    }
    bytes[i * 4 + 3] = 255;
  }
  return bytes;
}

function placeOf(axis: AxisTiling, at: number): Place {
  const texel = Math.floor(at);
  return texel >= 0 && texel < axis.size ? { tile: tileIndexOf(axis, texel), texel } : undefined;
}

function addChannel(
  { catalogue, selection, stateOf }: OverviewInput,
  level: PlaneLevel,
  channel: DrawnChannel,
  across: readonly Place[],
  down: readonly Place[],
  sums: Float32Array,
  known: Uint8Array,
): void {
  const plane = catalogue.plane(level, selection, channel.index);
  const colorOf = channelColor(channel);
  let tile: PlannedTile | undefined;
  let state: ChunkState | undefined;
  for (const [row, y] of down.entries()) {
    for (const [column, x] of across.entries()) {
      if (!x || !y) continue;
      const next = catalogue.tile(plane, y.tile, x.tile);
      if (next !== tile) {
        tile = next;
        state = stateOf(next);
      }
      const value = valueAt(state, tile, y.texel - next.y, x.texel - next.x);
      if (value === undefined) continue;
      const i = row * across.length + column;
      const color = colorOf(brightness(value, channel));
      known[i] = 1;
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
