import type { Selection } from "../../zarr/image/image-model.ts";

/** Selections that a scrubbing hand has passed and that may still lend tiles. */
const rememberedSelections = 4;

/** Whether both name the same plane. */
export function sameSelection(a: Selection, b: Selection): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && a[name] === b[name])
  );
}

/**
 * Selections to show in the holes of the next one, latest first. A selection that was complete on screen makes all earlier
 * ones needless; while none is complete, the oldest (the last complete one) is kept and the middle is forgotten.
 */
export function remember(
  history: readonly Selection[],
  outgoing: Selection,
  wasComplete: boolean,
): readonly Selection[] {
  if (wasComplete) return [outgoing];
  const all = [outgoing, ...history.filter((selection) => !sameSelection(selection, outgoing))];
  if (all.length <= rememberedSelections) return all;
  return [...all.slice(0, rememberedSelections - 1), ...all.slice(-1)];
}
