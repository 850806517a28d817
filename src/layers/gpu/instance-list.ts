import type { Affine } from "../tiles/affine.ts";
import type { PlannedTile } from "../tiles/planned-tile.ts";
import type { Rect } from "../tiles/rect.ts";
import { instanceFloats } from "./quad-shader.ts";
import type { Slant } from "./slant.ts";

/** What a quad's fragment shader is told: one number, or up to four. */
export type InstanceValue = number | readonly number[];

/** Device pixels from a level's texels, and back. */
export type LevelMaps = { readonly toDevice: Affine; readonly toTexel: Affine };

/**
 * The quads of a frame, written into one array that grows and is kept. All geometry is in doubles up to here; only what is
 * near the canvas is rounded to float32.
 */
export class InstanceList {
  #floats = new Float32Array(instanceFloats * 256);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get floats(): Float32Array<ArrayBuffer> {
    return this.#floats.subarray(0, this.#count * instanceFloats);
  }

  clear(): void {
    this.#count = 0;
  }

  /** The rectangle in device pixels around texels of a slanted level, cut to `clip`. Returns its position in the list. */
  addSlanted(
    device: Rect,
    { x0, y0, x1, y1 }: Rect,
    slant: Slant,
    clip: Rect,
    value: InstanceValue,
  ): number {
    const around = {
      x0: Math.max(device.x0 - 1, clip.x0),
      y0: Math.max(device.y0 - 1, clip.y0),
      x1: Math.min(device.x1 + 1, clip.x1),
      y1: Math.min(device.y1 + 1, clip.y1),
    };
    const { originX, originY } = slant;
    return this.#add(around, x0 - originX, y0 - originY, x1 - x0, y1 - y0, value);
  }

  /** A rectangle in device pixels without texels. Returns its position in the list. */
  addRect(device: Rect, value: InstanceValue): number {
    return this.#add(device, 0, 0, 0, 0, value);
  }

  /**
   * A tile of a level, cut to `clip` (device pixels). Both maps are those of the level and have no shear. Returns its
   * position in the list.
   */
  addTile(
    { toDevice, toTexel }: LevelMaps,
    tile: PlannedTile,
    clip: Rect,
    value: InstanceValue,
  ): number {
    const { x, y, width, height } = tile;
    const xa = toDevice.xx * x + toDevice.x0;
    const xb = toDevice.xx * (x + width) + toDevice.x0;
    const ya = toDevice.yy * y + toDevice.y0;
    const yb = toDevice.yy * (y + height) + toDevice.y0;
    return this.#add(
      {
        x0: Math.min(Math.max(Math.min(xa, xb), clip.x0), clip.x1),
        y0: Math.min(Math.max(Math.min(ya, yb), clip.y0), clip.y1),
        x1: Math.min(Math.max(Math.max(xa, xb), clip.x0), clip.x1),
        y1: Math.min(Math.max(Math.max(ya, yb), clip.y0), clip.y1),
      },
      toTexel.x0 - x,
      toTexel.y0 - y,
      width,
      height,
      value,
    );
  }

  #add(
    device: Rect,
    originX: number,
    originY: number,
    width: number,
    height: number,
    value: InstanceValue,
  ): number {
    const offset = this.#count * instanceFloats;
    if (offset + instanceFloats > this.#floats.length) {
      const grown = new Float32Array(this.#floats.length * 2);
      grown.set(this.#floats);
      this.#floats = grown;
    }
    const floats = this.#floats;
    floats[offset] = pixelEdge(device.x0);
    floats[offset + 1] = pixelEdge(device.y0);
    floats[offset + 2] = pixelEdge(device.x1);
    floats[offset + 3] = pixelEdge(device.y1);
    floats[offset + 4] = originX;
    floats[offset + 5] = originY;
    floats[offset + 6] = width;
    floats[offset + 7] = height;
    if (typeof value === "number") floats[offset + 8] = value;
    else floats.set(value, offset + 8);
    return this.#count++;
  }
}

/**
 * The edge moved to the nearest border between device pixels: a pixel belongs to the side that its centre lies on. Decided here
 * in doubles, since rasterisers place edges to as little as a 16th of a pixel; both neighbours of an edge move it alike.
 */
function pixelEdge(device: number): number {
  return Math.ceil(device - 0.5);
}
