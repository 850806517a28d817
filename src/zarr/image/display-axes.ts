import { problemLog } from "../ome/problem-log.ts";
import { inIndexSpace, withCommonPlane } from "./common-plane.ts";
import { channelModels } from "./default-channels.ts";
import type { Axis, AxisLayout, AxisRole, ImageModel } from "./image-model.ts";

/** Names of the two axes that are shown: down the screen, and across it. */
export type DisplayAxes = readonly [down: string, across: string];

/** The display axes of an image as it is. */
export function displayAxesOf({ axes: { axes, xDim, yDim } }: ImageModel): DisplayAxes {
  return [axes[yDim]?.name ?? "", axes[xDim]?.name ?? ""];
}

/** Axes that can be shown: those of the array, whatever their length. Fewer than two are no choice. */
export function choosableAxes({ axes: { axes }, parts }: ImageModel): readonly Axis[] {
  // Each image of a scene lies in it in its own way: there is no common other plane.
  if (parts) return [];
  return axes.filter((axis) => axis.isAdded !== true);
}

/**
 * The image with other display axes (N9-02); itself if it shows them already, or has none of these names. What leaves the display
 * becomes a slider that starts in its middle; a channel axis on display leaves one channel. Axes of unlike units are both shown by
 * index, and so is a turned image: its plane lies askew to any other.
 */
export function imageWithDisplayAxes(
  image: ImageModel,
  chosen: DisplayAxes | undefined,
): ImageModel {
  const { axes, levels } = image;
  const [down, across] = chosen ?? [];
  const [y, x] = [down, across].map((name) => choosableAxes(image).find((a) => a.name === name));
  if (!x || !y || x.dim === y.dim) return image;
  if (x.dim === axes.xDim && y.dim === axes.yDim) return image;
  const layout = layoutWith(axes, x.dim, y.dim);
  const isTurned = levels.some(({ worldFromIndex }) => worldFromIndex.shear !== undefined);
  const placed = isTurned
    ? inIndexSpace({ axes: layout, levels })
    : withCommonPlane({ axes: layout, levels });
  const channels =
    layout.cDim === axes.cDim
      ? image.channels
      : channelModels(undefined, image.dataType, 1, problemLog(""));
  return {
    ...image,
    axes: placed.axes,
    levels: placed.levels,
    channels,
    chosenAxes: [y.name, x.name],
    defaultSelection: selectionOf(image, placed.axes),
  };
}

/** Roles after the change: what enters the display takes y and x; what leaves it is walked in z's place, if z entered. */
function layoutWith({ axes, cDim }: AxisLayout, xDim: number, yDim: number): AxisLayout {
  const isShown = (dim: number) => dim === xDim || dim === yDim;
  const zEntered = axes.some(({ role, dim }) => role === "z" && isShown(dim));
  let spare: AxisRole | undefined = zEntered ? "z" : undefined;
  const roleOf = ({ dim, role }: Axis): AxisRole | undefined => {
    if (dim === xDim) return "x";
    if (dim === yDim) return "y";
    if (role !== "x" && role !== "y") return role;
    const taken = spare;
    spare = undefined;
    return taken;
  };
  return {
    axes: axes.map((axis) => ({ ...axis, role: roleOf(axis) })),
    xDim,
    yDim,
    cDim: cDim !== undefined && isShown(cDim) ? undefined : cDim,
  };
}

function selectionOf({ defaultSelection }: ImageModel, { axes, xDim, yDim, cDim }: AxisLayout) {
  const sliders = axes.filter(({ dim }) => dim !== xDim && dim !== yDim && dim !== cDim);
  return Object.fromEntries(
    sliders.map(({ name, size }) => {
      const before = Object.hasOwn(defaultSelection, name) ? defaultSelection[name] : undefined;
      return [name, before ?? Math.floor(size / 2)];
    }),
  );
}
