import type { Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-rules.ts";
import { displayAxesOf, imageWithDisplayAxes } from "./display-axes.ts";
import { imageInSystem } from "./image-in-system.ts";
import type { Axis, ImageModel, Selection, WorldFromIndex } from "./image-model.ts";
import type { LabelImage } from "./label-image.ts";
import { lengthUnit } from "./units.ts";

/** Scale and shift of the two display axes: image world = scale · label world + shift. */
export type LabelPlacement = {
  readonly scaleX: number;
  readonly shiftX: number;
  readonly scaleY: number;
  readonly shiftY: number;
};

/**
 * The label image in the coordinate system and along the axes in which the image is shown; undefined if it has no such system or lacks
 * such an axis: then it cannot lie over the picture.
 */
export function labelAlong(image: ImageModel, label: ImageModel): ImageModel | undefined {
  const isOwnSystem = image.system === undefined || image.system === image.systems?.[0]?.name;
  const inSystem = isOwnSystem ? label : imageInSystem(label, image.system);
  if (!isOwnSystem && inSystem.system !== image.system) return undefined;
  if (image.chosenAxes === undefined) return inSystem;
  const along = imageWithDisplayAxes(inSystem, image.chosenAxes);
  const [down, across] = displayAxesOf(along);
  return down === image.chosenAxes[0] && across === image.chosenAxes[1] ? along : undefined;
}

/**
 * Where a label image lies in the world of its image (N4-52: through coordinates, never by level index). Lengths of other units are
 * converted; one of the two that does not say where it lies covers the other.
 */
export function labelPlacement(image: ImageModel, label: LabelImage): LabelPlacement {
  const x = axisPlacement(image, label, image.axes.xDim, label.image.axes.xDim);
  const y = axisPlacement(image, label, image.axes.yDim, label.image.axes.yDim);
  return { scaleX: x.scale, shiftX: x.shift, scaleY: y.scale, shiftY: y.shift };
}

function axisPlacement(image: ImageModel, label: LabelImage, imageDim: number, labelDim: number) {
  if (!label.isPlaced) {
    const whole = extent(image, imageDim);
    const own = extent(label.image, labelDim);
    const scale = (whole.end - whole.start) / (own.end - own.start);
    if (Number.isFinite(scale) && scale !== 0)
      return { scale, shift: whole.start - scale * own.start };
  }
  return {
    scale: unitFactor(label.image.axes.axes[labelDim], image.axes.axes[imageDim]),
    shift: 0,
  };
}

/** World positions of the outer edges of the first and the last pixel. */
function extent({ levels }: ImageModel, dim: number) {
  const { scale = 1, translation = 0, size = 1 } = stepOf(levels[0], dim);
  return { start: translation - scale / 2, end: translation + (size - 0.5) * scale };
}

function stepOf(level: ImageModel["levels"][number] | undefined, dim: number) {
  const world: WorldFromIndex | undefined = level?.worldFromIndex;
  return {
    scale: world?.scale[dim],
    translation: world?.translation[dim],
    size: level?.shape[dim],
  };
}

/** Units of the second axis in one of the first; 1 where either is no length. */
function unitFactor(from: Axis | undefined, to: Axis | undefined): number {
  const a = lengthUnit(from?.unit);
  const b = lengthUnit(to?.unit);
  return a && b ? a.metres / b.metres : 1;
}

/**
 * The label image's plane that lies in the image's plane `selection`: axes that the labels lack, or have one index of, stand for all
 * of the image's (N4-53); the others go through world coordinates. undefined where the labels have no such plane.
 */
export function pairedSelection(
  image: ImageModel,
  label: ImageModel,
  selection: Selection,
): Selection | undefined {
  const paired: [string, number][] = [];
  const { axes, xDim, yDim, cDim } = label.axes;
  for (const axis of axes) {
    if (axis.dim === xDim || axis.dim === yDim || axis.dim === cDim) continue;
    const partner = partnerOf(axis, image);
    if (!partner) {
      // The image has no such axis: the labels' own first plane, as it would be shown by itself.
      const own = Object.hasOwn(label.defaultSelection, axis.name);
      paired.push([axis.name, own ? (label.defaultSelection[axis.name] ?? 0) : 0]);
      continue;
    }
    const index = pairedIndex(image, partner, label, axis, selectedIndex(selection, partner));
    if (index === undefined) return undefined;
    paired.push([axis.name, index]);
  }
  // Names come from metadata: "__proto__" is one like any other.
  return Object.fromEntries(paired);
}

/** Index along the labels' channel axis for the image's channel: the same where both have as many, else the first. */
export function pairedChannel(image: ImageModel, label: ImageModel, channel: number): number {
  const own = sizeOf(label, label.axes.cDim);
  return own > 1 && own === sizeOf(image, image.axes.cDim) ? channel : 0;
}

/** What of N4-52 and N4-53 a pair does not keep. */
export function pairingProblems(
  image: ImageModel,
  { name, image: label }: LabelImage,
  path: string,
): readonly Problem[] {
  const problems: Problem[] = [];
  const note = (
    severity: Problem["severity"],
    code: ProblemCode,
    expected: string,
    received: string,
  ) => problems.push({ code, severity, path, expected, received });
  if (label.levels.length !== image.levels.length) {
    const expected = `${image.levels.length} levels, as the image has`;
    note("info", "N4-52", expected, `${label.levels.length} in "${name}"; paired by position`);
  }
  for (const axis of label.axes.axes) {
    const partner = partnerOf(axis, image);
    const size = partner?.size ?? 1;
    if (axis.size === 1 || axis.size === size) continue;
    const expected = `1 or ${size} along "${axis.name}", as the image has`;
    note("warning", "N4-53", expected, `${axis.size} in "${name}"; paired by position`);
  }
  return problems;
}

/** The image's axis of the same role; of those without a role the one of the same name. */
function partnerOf(axis: Axis, { axes: { axes } }: ImageModel): Axis | undefined {
  return axes.find(({ role, name }) =>
    axis.role === undefined ? role === undefined && name === axis.name : role === axis.role,
  );
}

function selectedIndex(selection: Selection, { name, size }: Axis): number {
  const index = Object.hasOwn(selection, name) ? (selection[name] ?? 0) : 0;
  return Math.min(Math.max(index, 0), size - 1);
}

function pairedIndex(
  image: ImageModel,
  from: Axis,
  label: ImageModel,
  to: Axis,
  index: number,
): number | undefined {
  if (to.size === 1) return 0;
  const own = stepOf(image.levels[0], from.dim);
  const other = stepOf(label.levels[0], to.dim);
  // As many indices, and positions mean nothing or contradict each other: index k is plane k, as between levels.
  const isContradiction = from.role !== "z" || own.scale !== other.scale;
  if (to.size === from.size && isContradiction) return index;
  const world = ((own.scale ?? 1) * index + (own.translation ?? 0)) * unitFactor(from, to);
  const nearest = (world - (other.translation ?? 0)) / (other.scale ?? 1);
  if (!Number.isFinite(nearest)) return undefined;
  // Never −0, which would be another key.
  const rounded = Math.ceil(nearest - 0.5) + 0;
  return rounded >= 0 && rounded < to.size ? rounded : undefined;
}

function sizeOf({ axes }: ImageModel, dim: number | undefined): number {
  return dim === undefined ? 1 : (axes.axes[dim]?.size ?? 1);
}
