import { lutColor } from "../luts/lut-table.ts";
import type { ChannelRendering, ViewState } from "../scene.ts";
import { type ElementPlace, encodedValue, type SyntheticImage } from "./synthetic-image.ts";

/** What a tile of the reference picture is: image, absent (a hole), or nothing that lets anything through. */
export type TileKind = "data" | "hole" | "blocked";

export type ReferenceInput = {
  readonly synthetic: SyntheticImage;
  readonly view: ViewState;
  readonly width: number;
  readonly height: number;
  readonly channels: readonly ChannelRendering[];
  /** Planes in order of depth: level and z (per finest level). */
  readonly planes: readonly { readonly level: number; readonly z: number }[];
  readonly background?: string;
  readonly encode?: (place: ElementPlace) => number;
  /** Kind of the tile in row and column of the level's chunk grid. */
  readonly tileKind?: (
    level: number,
    z: number,
    channel: number,
    row: number,
    column: number,
  ) => TileKind;
};

/** Position along one axis of one level under each device pixel. */
type Sample = {
  /** Tile index, or undefined outside the level. */
  readonly tile: number | undefined;
  readonly nearest: number;
  readonly a: number;
  readonly b: number;
  readonly mixed: number;
};

/**
 * The picture as the rules say, pixel by pixel and in doubles: device pixel → world → index, by the definition of
 * `worldFromIndex`; three numbers 0 … 255 per pixel, not rounded, rows from the top.
 */
export function referencePicture(input: ReferenceInput): Float64Array {
  const { width, height, channels, planes, background = "000000" } = input;
  const { image } = input.synthetic;
  const picture = new Float64Array(width * height * 3);
  const finest = pixelSamples(input, 0);
  const samples = new Map(planes.map(({ level }) => [level, pixelSamples(input, level)]));
  const outside = rgb(background);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * 3;
      const place = finest(row, column);
      if (place.x.tile === undefined || place.y.tile === undefined) {
        picture.set(outside, at);
        continue;
      }
      for (const channel of channels) {
        if (!channel.visible || !channel.window) continue;
        const value = pixelValue(input, samples, channel.index, row, column);
        if (Number.isNaN(value)) continue;
        const { start, end } = channel.window;
        const ramp = Math.min(Math.max((value - start) / (end - start), 0), 1) ** channel.gamma;
        const shown = channel.inverted ? 1 - ramp : ramp;
        const color = channel.lut
          ? lutColor(channel.lut, shown)
          : rgb(channel.color).map((part) => part * shown);
        for (const [i, part] of color.entries()) picture[at + i]! += part;
      }
      for (let i = 0; i < 3; i++) picture[at + i] = Math.min(picture[at + i]!, 255);
    }
  }
  return picture;

  function pixelValue(
    { encode = encodedValue, tileKind = () => "data" }: ReferenceInput,
    bySamples: typeof samples,
    c: number,
    row: number,
    column: number,
  ): number {
    for (const { level, z } of planes) {
      const { x: sx, y: sy } = bySamples.get(level)!(row, column);
      if (sx.tile === undefined || sy.tile === undefined) continue;
      const kind = tileKind(level, z, c, sy.tile, sx.tile);
      if (kind === "hole") continue;
      if (kind === "blocked") return Number.NaN;
      const depth = image.levels[level]!.worldFromIndex;
      const place = {
        level,
        t: 0,
        c,
        z: Math.round((z - depth.translation[2]!) / depth.scale[2]!),
      };
      if (Number.isNaN(encode({ ...place, y: sy.nearest, x: sx.nearest }))) return Number.NaN;
      let sum = 0;
      let weights = 0;
      for (const [ty, wy] of [
        [sy.a, 1 - sy.mixed],
        [sy.b, sy.mixed],
      ] as const) {
        for (const [tx, wx] of [
          [sx.a, 1 - sx.mixed],
          [sx.b, sx.mixed],
        ] as const) {
          const value = encode({ ...place, y: ty, x: tx });
          if (wx * wy === 0 || Number.isNaN(value)) continue;
          sum += wx * wy * value;
          weights += wx * wy;
        }
      }
      return sum / weights;
    }
    return Number.NaN;
  }
}

type PixelSample = { readonly x: Sample; readonly y: Sample };

/** Device pixel → world → index, by solving the definition of `worldFromIndex` for the indices. */
function pixelSamples(
  { synthetic, view, width, height }: ReferenceInput,
  level: number,
): (row: number, column: number) => PixelSample {
  const [yDim, xDim] = [3, 4];
  const { scale, translation, shear } = synthetic.image.levels[level]!.worldFromIndex;
  const [scaleX, scaleY] = [scale[xDim]!, scale[yDim]!];
  const { xFromY, yFromX } = shear ?? { xFromY: 0, yFromX: 0 };
  const determinant = scaleX * scaleY - xFromY * yFromX;
  const pixelsPerWorld = 2 ** view.zoom;
  const x = alongAxis(synthetic, level, xDim, Math.hypot(scaleX, yFromX) * pixelsPerWorld);
  const y = alongAxis(synthetic, level, yDim, Math.hypot(xFromY, scaleY) * pixelsPerWorld);
  return (row, column) => {
    const worldX = view.target[0] + (column + 0.5 - width / 2) / pixelsPerWorld;
    const worldY = view.target[1] + (row + 0.5 - height / 2) / pixelsPerWorld;
    const fromX = worldX - translation[xDim]!;
    const fromY = worldY - translation[yDim]!;
    return {
      x: x(shear ? (scaleY * fromX - xFromY * fromY) / determinant : fromX / scaleX),
      y: y(shear ? (scaleX * fromY - yFromX * fromX) / determinant : fromY / scaleY),
    };
  };
}

function alongAxis(
  synthetic: SyntheticImage,
  level: number,
  dim: number,
  pixelsPerIndex: number,
): (index: number) => Sample {
  const size = synthetic.image.levels[level]!.shape[dim]!;
  const chunk = synthetic.arrays[level]!.readChunkShape[dim]!;
  return (index) => {
    const nearest = Math.floor(index + 0.5);
    if (nearest < 0 || nearest >= size) {
      return { tile: undefined, nearest, a: nearest, b: nearest, mixed: 0 };
    }
    const tile = Math.floor(nearest / chunk);
    const first = tile * chunk;
    const last = Math.min(first + chunk, size) - 1;
    if (pixelsPerIndex >= 1 - 1e-6) return { tile, nearest, a: nearest, b: nearest, mixed: 0 };
    const low = Math.floor(index);
    const inTile = (i: number) => Math.min(Math.max(i, first), last);
    return { tile, nearest, a: inTile(low), b: inTile(low + 1), mixed: index - low };
  };
}

function rgb(hex: string): number[] {
  return [0, 2, 4].map((from) => Number.parseInt(hex.slice(from, from + 2), 16));
}
