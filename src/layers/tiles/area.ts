import { type Affine, invert, transformPoint } from "./affine.ts";
import { containsPoint, type Rect, transformRect } from "./rect.ts";

/** A rectangle of texels whose sides do not lie along the world's axes: in the world it is a parallelogram. */
export type SlantedRect = { readonly worldFromTexel: Affine; readonly texels: Rect };

/** A part of the world: the rectangle `world`, or the part of it that a slanted rectangle covers. */
export type Area = { readonly world: Rect; readonly slanted?: SlantedRect };

/** Whether texels are turned or sheared against the world's axes. */
export function isSlanted({ xy, yx }: Affine): boolean {
  return xy !== 0 || yx !== 0;
}

/** What a rectangle of texels covers. */
export function areaOf(worldFromTexel: Affine, texels: Rect): Area {
  const world = transformRect(worldFromTexel, texels);
  return isSlanted(worldFromTexel) ? { world, slanted: { worldFromTexel, texels } } : { world };
}

/** Whether a point of the world lies in the area; its far edges do not belong to it. */
export function areaContains({ world, slanted }: Area, x: number, y: number): boolean {
  if (!slanted) return containsPoint(world, x, y);
  const texelFromWorld = invert(slanted.worldFromTexel);
  return (
    texelFromWorld !== undefined &&
    containsPoint(slanted.texels, ...transformPoint(texelFromWorld, x, y))
  );
}
