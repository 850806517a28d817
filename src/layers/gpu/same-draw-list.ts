import type { DrawList } from "./draw-list.ts";

/**
 * Whether two lists make the same picture. Lists are made anew for each frame of what stays: tiles, pages, lookup tables and the like are the
 * same objects, or are taken for different ones.
 */
export function sameDrawList(a: DrawList | undefined, b: DrawList | undefined): boolean {
  return isSame(a, b) || (isBlack(a) && isBlack(b));
}

/** Nothing but black: an image of which nothing has come lies on black as no image does. */
function isBlack(list: DrawList | undefined): boolean {
  if (!list) return true;
  const isEmpty = list.layers.every((layer) =>
    layer.kind === "intensity"
      ? layer.groups.every(({ batches }) => batches.length === 0)
      : layer.batches.length === 0,
  );
  return isEmpty && list.hatched.length === 0 && list.background === "000000";
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, i) => isSame(value, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

/** Objects of no class: others keep things to themselves. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
