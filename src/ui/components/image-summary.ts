import { wellName } from "../../zarr/plate/plate-model.ts";
import { axisPosition } from "../format/axis-position.ts";
import type { PlateState } from "../state/plate.ts";
import { selectedIndex, sliderAxes } from "../state/selection.ts";
import type { ViewerState } from "../state/viewer-state.ts";

const namedChannels = 6;

/** One sentence that stands for the image to those who do not see it: "Image embryo, z 12 of 40, 5.5 µm, channels DAPI, GFP". */
export function imageSummary({
  source,
  selection,
  channels,
  plate,
}: Pick<ViewerState, "source" | "selection" | "channels" | "plate">): string {
  if (source.status !== "open") return "No image";
  const { image } = source;
  const planes = sliderAxes(image).map((axis) => {
    const index = selectedIndex(selection, axis);
    const position = axisPosition(image, axis, index);
    return `${axis.name} ${index + 1} of ${axis.size}${position === undefined ? "" : `, ${position}`}`;
  });
  const visible = channels.filter(({ visible }) => visible).map(({ label }) => label);
  const more = visible.length - namedChannels;
  const names = visible.slice(0, namedChannels).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const shown =
    visible.length === 0 ? "no channel shown" : `channel${visible.length > 1 ? "s" : ""} ${names}`;
  return [plate ? plateInWords(plate) : `Image ${image.name}`, ...planes, shown].join(", ");
}

function plateInWords({ model, opened, field, fieldCount, allFields }: PlateState): string {
  const place = opened ? `well ${wellName(model, opened.well)}` : `${model.wells.length} wells`;
  const fields = allFields ? "all fields" : `field ${field + 1} of ${fieldCount}`;
  return [`Plate ${model.name}`, place, ...(fieldCount > 1 ? [fields] : [])].join(", ");
}
