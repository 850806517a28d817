import { withCommonPlane } from "./common-plane.ts";
import type { AxisLayout, ImageModel, Selection } from "./image-model.ts";

/** The image as it lies in one of its `systems`; itself if there is no such system, or it is shown in it already. */
export function imageInSystem(opened: ImageModel, name: string | undefined): ImageModel {
  const system = opened.systems?.find((candidate) => candidate.name === name);
  if (!system || opened.system === name) return opened;
  // Axes were chosen among those of the other system.
  const { chosenAxes, ...image } = opened;
  const levels = image.levels.map((level, k) => {
    return { ...level, worldFromIndex: system.worldFromIndex[k] ?? level.worldFromIndex };
  });
  const placed = withCommonPlane({ axes: system.axes, levels });
  return {
    ...image,
    axes: placed.axes,
    levels: placed.levels,
    system: system.name,
    defaultSelection: selectionAlong(image.defaultSelection, image.axes, system.axes),
  };
}

/**
 * A selection made along the axes of one system, along those of another: indices belong to dimensions, whatever their axes are
 * called. A dimension that was displayed before starts in its middle.
 */
export function selectionAlong(selection: Selection, from: AxisLayout, to: AxisLayout): Selection {
  const sliders = to.axes.filter(({ dim }) => ![to.xDim, to.yDim, to.cDim].includes(dim));
  return Object.fromEntries(
    sliders.map(({ name, dim, size }) => {
      const before = from.axes[dim]?.name ?? "";
      const index = Object.hasOwn(selection, before) ? selection[before] : undefined;
      return [name, index ?? Math.floor(size / 2)];
    }),
  );
}
