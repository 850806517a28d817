import { loadedLuts } from "../../layers/luts/load-luts.ts";
import type { TileCounts } from "../../zarr/chunks/chunk-state.ts";
import { imageScaleBar } from "../format/image-scale-bar.ts";
import { openImageName } from "../state/image-list.ts";
import { ownZoom } from "../state/plate.ts";
import { selectedIndex, sliderAxes } from "../state/selection.ts";
import type { ChannelSettings, ViewerState } from "../state/viewer-state.ts";
import type { Decorations, LegendLine } from "./decorations.ts";
import { missingNote } from "./missing-note.ts";

/** What a person wants to have on a picture. */
export type WantedDecorations = {
  readonly title: boolean;
  readonly scaleBar: boolean;
  readonly legend: boolean;
  /** false: the person knows that something is missing, and takes the picture without a note. */
  readonly note: boolean;
};

/** Places along a lookup table that a legend's swatch shows. */
const lutStops = 9;

/** The name, and the planes that are shown: "embryo · z 12 of 40 · t 3 of 9". */
export function pictureTitle(state: ViewerState): string {
  const { source, selection } = state;
  if (source.status !== "open") return "";
  const planes = sliderAxes(source.image).map(
    (axis) => `${axis.name} ${selectedIndex(selection, axis) + 1} of ${axis.size}`,
  );
  return [openImageName(state) ?? "", ...planes].filter(Boolean).join(" · ");
}

/** The decorations of a picture of this state. */
export function decorationsOf(
  state: ViewerState,
  wanted: WantedDecorations,
  tiles: TileCounts,
): Decorations {
  const { source, view } = state;
  const image = source.status === "open" ? source.image : undefined;
  return {
    title: wanted.title ? pictureTitle(state) : undefined,
    scaleBar:
      wanted.scaleBar && image && view
        ? imageScaleBar(image, ownZoom(view, state.plate))
        : undefined,
    legend: wanted.legend ? legendOf(state) : [],
    note: wanted.note ? missingNote(tiles) : undefined,
  };
}

function legendOf({ channels, greyscale }: ViewerState): readonly LegendLine[] {
  const visible = channels.filter((channel) => channel.visible);
  const shown = greyscale ? visible.slice(0, 1) : visible;
  return shown.map((channel) => ({
    label: channel.label,
    colors: greyscale ? ["#FFFFFF"] : colorsOf(channel),
  }));
}

function colorsOf({ color, lut }: ChannelSettings): readonly string[] {
  const table = lut === null ? undefined : loadedLuts()?.get(lut);
  if (!table) return [`#${color}`];
  return Array.from({ length: lutStops }, (_, i) => {
    const at = Math.round((i / (lutStops - 1)) * 255) * 4;
    return `rgb(${table.rgba.slice(at, at + 3).join(" ")})`;
  });
}
