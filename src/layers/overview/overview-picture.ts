import type { ChunkState } from "../../zarr/chunks/chunk-state.ts";
import type { Selection } from "../../zarr/image/image-model.ts";
import { brightnessOf, type DrawnChannel, rgbOf } from "../gpu/channel-ramp.ts";
import type { IntensityLayer } from "../scene.ts";
import { isSlanted } from "../tiles/area.ts";
import type { PlaneLevel } from "../tiles/plane-level.ts";
import type { LevelPlane, PlannedTile } from "../tiles/planned-tile.ts";
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

/** Where the pixels of one row of the picture lie along one axis of a level, by column; tiles are -1 outside. */
type Places = { readonly tiles: Int32Array; readonly texels: Int32Array };

/** One image on the picture: where each pixel lies in its coarsest level. */
type Sampled = {
  readonly catalogue: TileCatalogue;
  readonly level: PlaneLevel;
  readonly x: Places;
  readonly y: Places;
  /** Makes `x` and `y` those of a row. */
  to(row: number): void;
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
  const [x, y] = [placesFor(width), placesFor(width)];
  const worldX = (column: number) => x0 + ((column + 0.5) / width) * (x1 - x0);
  const worldY = (row: number) => y0 + ((row + 0.5) / height) * (y1 - y0);
  if (isSlanted(map)) {
    const to = (row: number) => {
      for (let column = 0; column < width; column++) {
        const [atX, atY] = [worldX(column), worldY(row)];
        place(x, column, columns, map.xx * atX + map.xy * atY + map.x0);
        place(y, column, rows, map.yx * atX + map.yy * atY + map.y0);
      }
    };
    return { catalogue, level, x, y, to };
  }
  for (let column = 0; column < width; column++) {
    place(x, column, columns, map.xx * worldX(column) + map.x0);
  }
  const to = (row: number) => {
    place(y, 0, rows, map.yy * worldY(row) + map.y0);
    y.tiles.fill(y.tiles[0]!);
    y.texels.fill(y.texels[0]!);
  };
  return { catalogue, level, x, y, to };
}

function placesFor(width: number): Places {
  return { tiles: new Int32Array(width), texels: new Int32Array(width) };
}

function place({ tiles, texels }: Places, i: number, axis: AxisTiling, at: number): void {
  const texel = Math.floor(at);
  const isInside = texel >= 0 && texel < axis.size;
  tiles[i] = isInside ? tileIndexOf(axis, texel) : -1;
  texels[i] = texel;
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
  const adders = channels.flatMap((channel) => {
    const { window } = channel;
    if (!channel.visible || !window) return [];
    return [new ChannelAdder(member, selection, { ...channel, window }, input)];
  });
  for (let row = 0; row < height; row++) {
    member.to(row);
    const first = row * width;
    for (let column = 0; column < width; column++) {
      if (member.x.tiles[column]! < 0 || member.y.tiles[column]! < 0) continue;
      known[first + column] = pixelKinds.hole;
      sums.fill(0, (first + column) * 3, (first + column) * 3 + 3);
    }
    for (const adder of adders) adder.addRow(first, sums, known);
  }
}

/** Adds one channel of an image, row by row. The page waits meanwhile: nothing is made per pixel. */
class ChannelAdder {
  readonly #member: Sampled;
  readonly #plane: LevelPlane;
  readonly #stateOf: OverviewInput["stateOf"];
  readonly #brightness: (value: number) => number;
  readonly #table: Float32Array;
  readonly #color: readonly number[] | undefined;

  constructor(
    member: Sampled,
    selection: Selection,
    channel: DrawnChannel,
    { stateOf }: Pick<OverviewInput, "stateOf">,
  ) {
    const { lut, color } = channel;
    this.#member = member;
    this.#plane = member.catalogue.plane(member.level, selection, channel.index);
    this.#stateOf = stateOf;
    this.#brightness = brightnessOf(channel);
    this.#color = lut ? undefined : rgbOf(color);
    this.#table = new Float32Array(lut ? [...lut.rgba].map((byte) => byte / 255) : []);
  }

  addRow(first: number, sums: Float32Array, known: Uint8Array): void {
    const { catalogue, x, y } = this.#member;
    let tile: PlannedTile | undefined;
    let state: ChunkState | undefined;
    let [tileX, tileY] = [-1, -1];
    for (let column = 0; column < x.tiles.length; column++) {
      const [nextX, nextY] = [x.tiles[column]!, y.tiles[column]!];
      if (nextX < 0 || nextY < 0) continue;
      if (!tile || nextX !== tileX || nextY !== tileY) {
        [tileX, tileY] = [nextX, nextY];
        tile = catalogue.tile(this.#plane, tileY, tileX);
        state = this.#stateOf(tile);
      }
      const value = valueAt(state, tile, y.texels[column]! - tile.y, x.texels[column]! - tile.x);
      if (value === undefined) continue;
      known[first + column] = pixelKinds.known;
      this.#add(this.#brightness(value), sums, (first + column) * 3);
    }
  }

  #add(ramp: number, sums: Float32Array, at: number): void {
    const color = this.#color;
    const inTable = Math.round(ramp * 255) * 4;
    for (let part = 0; part < 3; part++) {
      sums[at + part]! += color ? color[part]! * ramp : this.#table[inTable + part]!;
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
