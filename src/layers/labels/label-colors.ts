import type { DataType } from "../../zarr/array/data-type.ts";
import type { LabelImage } from "../../zarr/image/label-image.ts";
import { type LabelValue, labelValue, type Rgba } from "../../zarr/ome/image-label.ts";
import { idsOf, type LabelKey, labelKey } from "./label-key.ts";
import { labelPalette, paletteIndex } from "./label-palette.ts";

/**
 * Colours of all ids of one label image. Those that the metadata state come first (N4-54; alpha 0 hides), 0 without one is transparent,
 * every other id has the palette's colour of its number (N4-56). Made once, compared by identity.
 */
export type LabelColors = {
  /** The stated colours, four words each: low and high word of the id, red | green << 8 | blue << 16 | alpha << 24, 0. Ascending by id. */
  readonly texels: Uint32Array<ArrayBuffer>;
  readonly count: number;
  /** Red, green, blue and alpha of 0–255; alpha 0 for what is no id. */
  of(value: LabelValue): Rgba;
};

const transparent: Rgba = [0, 0, 0, 0];

const made = new WeakMap<LabelImage, LabelColors>();

/** Colours of a label image, made once. */
export function colorsOfLabel(label: LabelImage): LabelColors {
  let colors = made.get(label);
  if (!colors) {
    colors = labelColors(label.colors, label.image.dataType);
    made.set(label, colors);
  }
  return colors;
}

/** Colours from those that the metadata state; ids that the data type cannot hold are left out. */
export function labelColors(
  stated: ReadonlyMap<LabelValue, Rgba>,
  dataType: DataType,
): LabelColors {
  const isId = idsOf(dataType);
  const entries: { readonly key: LabelKey; readonly rgba: Rgba }[] = [];
  for (const [value, rgba] of stated) {
    const key = isId(value) ? labelKey(value) : undefined;
    if (key) entries.push({ key, rgba });
  }
  // Most writers list them in order: 10^5 that are sorted already take no time.
  entries.sort(({ key: a }, { key: b }) => a.high - b.high || a.low - b.low);
  const texels = new Uint32Array(entries.length * 4);
  let at = 0;
  for (const { key, rgba } of entries) {
    texels[at] = key.low;
    texels[at + 1] = key.high;
    texels[at + 2] = rgba[0] | (rgba[1] << 8) | (rgba[2] << 16) | (rgba[3] << 24);
    at += 4;
  }
  return {
    texels,
    count: entries.length,
    of(value) {
      const key = labelKey(value);
      if (!key) return transparent;
      const known = isId(value) ? stated.get(labelValue(value)) : undefined;
      if (known) return known;
      if (key.low === 0 && key.high === 0) return transparent;
      const at = paletteIndex(key.low, key.high) * 4;
      const [red = 0, green = 0, blue = 0] = labelPalette.rgba.subarray(at, at + 3);
      return [red, green, blue, 255];
    },
  };
}
