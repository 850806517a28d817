import type { Axis, AxisLayout, ImageModel, PyramidLevel, Selection } from "./image-model.ts";

/** Steps along an axis of a scene: more would be no slider. */
const maxSteps = 100_000;

/** How far an axis reaches, in pixel centres, and its smallest step. */
type Extent = { readonly axis: Axis; first: number; last: number; step: number };

/**
 * The axes of a scene over all its images: along each axis that is not displayed the finest step and the whole reach. The level has
 * one index per step; it is no array, and borrows the metadata of the first image's finest one.
 */
export function sceneAxes(
  images: readonly ImageModel[],
): { readonly axes: AxisLayout; readonly level: PyramidLevel } | undefined {
  const [base] = images;
  const finest = base?.levels[0];
  if (!base || !finest) return undefined;
  const extents = new Map<string, Extent>();
  for (const image of images) {
    for (const axis of image.axes.axes) {
      if (axis.dim !== image.axes.cDim) extend(extents, image, axis);
    }
  }
  const shown = [base.axes.yDim, base.axes.xDim].map((dim) => base.axes.axes[dim]?.name);
  const isShown = (axis: Axis) => shown.includes(axis.name);
  const ordered = [...extents.values()].sort(
    (a, b) => Number(isShown(a.axis)) - Number(isShown(b.axis)),
  );
  const axes = ordered.map((extent, dim): Axis => ({ ...extent.axis, dim, size: sizeOf(extent) }));
  const dimOf = (name: string | undefined) => axes.findIndex((axis) => axis.name === name);
  return {
    axes: { axes, yDim: dimOf(shown[0]), xDim: dimOf(shown[1]), cDim: undefined },
    level: {
      path: "",
      array: finest.array,
      shape: axes.map(({ size }) => size),
      worldFromIndex: {
        scale: ordered.map(({ step }) => step),
        translation: ordered.map(({ first }) => first),
      },
    },
  };
}

function extend(extents: Map<string, Extent>, image: ImageModel, axis: Axis): void {
  const { first, last, step } = reach(image, axis);
  const known = extents.get(axis.name);
  if (!known) {
    extents.set(axis.name, { axis, first, last, step });
    return;
  }
  known.first = Math.min(known.first, first);
  known.last = Math.max(known.last, last);
  known.step = Math.min(known.step, step);
}

/** Along a display axis of a turned image this is its own length, not its shadow: enough for words. */
function reach({ levels: [finest] }: ImageModel, { dim, size }: Axis) {
  const scale = finest?.worldFromIndex.scale[dim] ?? 1;
  const start = finest?.worldFromIndex.translation[dim] ?? 0;
  const end = start + scale * (size - 1);
  return { first: Math.min(start, end), last: Math.max(start, end), step: Math.abs(scale) };
}

function sizeOf({ first, last, step }: Extent): number {
  return Math.min(maxSteps, Math.max(1, Math.round((last - first) / step) + 1));
}

/** An index may lie this far outside of an image's planes, in its own steps, and still be the outermost one. */
const halfStep = 0.5 + 1e-6;

/**
 * The planes of one image at a place in the scene: the nearest ones. undefined where the image does not reach. Axes that the scene does not
 * have stay at their default.
 */
export function partSelection(
  scene: ImageModel,
  part: ImageModel,
  selection: Selection,
): Selection | undefined {
  const { xDim, yDim, cDim } = part.axes;
  const entries: [string, number][] = [];
  for (const { name, dim, size } of part.axes.axes) {
    if (dim === xDim || dim === yDim || dim === cDim) continue;
    const own = part.defaultSelection[name] ?? 0;
    const axis = scene.axes.axes.find((candidate) => candidate.name === name);
    if (!axis) {
      entries.push([name, own]);
      continue;
    }
    const chosen = Object.hasOwn(selection, name) ? (selection[name] ?? 0) : 0;
    const index = indexAt(part, dim, positionOf(scene, axis.dim, chosen));
    if (index < -halfStep || index > size - 1 + halfStep) return undefined;
    entries.push([name, Math.min(size - 1, Math.max(0, Math.round(index)))]);
  }
  return Object.fromEntries(entries);
}

function positionOf({ levels: [level] }: ImageModel, dim: number, index: number): number {
  const { scale, translation } = level?.worldFromIndex ?? { scale: [], translation: [] };
  return (scale[dim] ?? 1) * index + (translation[dim] ?? 0);
}

function indexAt({ levels: [level] }: ImageModel, dim: number, position: number): number {
  const { scale, translation } = level?.worldFromIndex ?? { scale: [], translation: [] };
  return (position - (translation[dim] ?? 0)) / (scale[dim] ?? 1);
}
