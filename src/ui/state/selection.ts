import type { Axis, ImageModel, Selection } from "../../zarr/image/image-model.ts";

/** Axes that are walked by index: longer than one, neither displayed nor the channel axis. */
export function sliderAxes(image: ImageModel): readonly Axis[] {
  const { axes, xDim, yDim, cDim } = image.axes;
  return axes.filter(({ dim, size }) => size > 1 && dim !== xDim && dim !== yDim && dim !== cDim);
}

/** The index selected along an axis, inside the axis; 0 where nothing was selected. */
export function selectedIndex(selection: Selection, axis: Axis): number {
  const index = Object.hasOwn(selection, axis.name) ? selection[axis.name] : undefined;
  return index === undefined ? 0 : clampIndex(index, axis.size);
}

/** The whole index nearest to `index` within 0…size − 1; 0 for what is not a number. */
export function clampIndex(index: number, size: number): number {
  if (Number.isNaN(index)) return 0;
  return Math.max(0, Math.min(size - 1, Math.round(index)));
}

/**
 * Selects an index along the axis called `name`, clamped to the axis. Names that are no slider's change nothing. Axis names come
 * from metadata: entries are defined, never assigned, so that "__proto__" is a name like any other.
 */
export function withSelection(
  selection: Selection,
  image: ImageModel,
  name: string,
  index: number,
): Selection {
  const axis = sliderAxes(image).find((candidate) => candidate.name === name);
  if (axis === undefined) return selection;
  const next = clampIndex(index, axis.size);
  if (Object.hasOwn(selection, name) && selection[name] === next) return selection;
  return Object.fromEntries([...Object.entries(selection), [name, next]]);
}
