import type { Selection } from "../src/zarr/image/image-model.ts";

/** Selections farther apart than this are a jump, which says nothing of what comes next. */
const longestStep = 2;

/** The axis along which one selection is a step on from another, and by how many planes; undefined for jumps. */
export function planeStep(
  before: Selection,
  after: Selection,
): { readonly axis: string; readonly by: number } | undefined {
  const moved = Object.keys(after).flatMap((axis) => {
    const by = indexAlong(after, axis) - indexAlong(before, axis);
    return by === 0 ? [] : [{ axis, by }];
  });
  const [step] = moved;
  if (moved.length !== 1 || !step || Math.abs(step.by) > longestStep) return undefined;
  return step;
}

/** Index of a selection along an axis. Axis names come from metadata: "__proto__" is one like any other. */
export function indexAlong(selection: Selection, axis: string): number {
  return Object.hasOwn(selection, axis) ? (selection[axis] ?? 0) : 0;
}
