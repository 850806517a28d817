/**
 * A 2-D affine map in doubles: `xOut = xx·x + xy·y + x0`, `yOut = yx·x + yy·y + y0`.
 * Values are named `aFromB`, so that compositions read right to left.
 */
export type Affine = {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
};

export const identity: Affine = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** `aFromC = aFromB ∘ bFromC`. */
export function compose(aFromB: Affine, bFromC: Affine): Affine {
  return {
    xx: aFromB.xx * bFromC.xx + aFromB.xy * bFromC.yx,
    xy: aFromB.xx * bFromC.xy + aFromB.xy * bFromC.yy,
    x0: aFromB.xx * bFromC.x0 + aFromB.xy * bFromC.y0 + aFromB.x0,
    yx: aFromB.yx * bFromC.xx + aFromB.yy * bFromC.yx,
    yy: aFromB.yx * bFromC.xy + aFromB.yy * bFromC.yy,
    y0: aFromB.yx * bFromC.x0 + aFromB.yy * bFromC.y0 + aFromB.y0,
  };
}

/** `bFromA` of `aFromB`; undefined if the map is singular or not finite. */
export function invert(aFromB: Affine): Affine | undefined {
  const { xx, xy, x0, yx, yy, y0 } = aFromB;
  const determinant = xx * yy - xy * yx;
  if (determinant === 0 || !Number.isFinite(1 / determinant) || !Number.isFinite(x0 + y0)) {
    return undefined;
  }
  const inverse = {
    xx: yy / determinant,
    xy: -xy / determinant,
    yx: -yx / determinant,
    yy: xx / determinant,
  };
  return {
    ...inverse,
    x0: -(inverse.xx * x0 + inverse.xy * y0),
    y0: -(inverse.yx * x0 + inverse.yy * y0),
  };
}

/** The image of the point (x, y). */
export function transformPoint(aFromB: Affine, x: number, y: number): [number, number] {
  return [aFromB.xx * x + aFromB.xy * y + aFromB.x0, aFromB.yx * x + aFromB.yy * y + aFromB.y0];
}

/** A scale per axis and a shift. */
export function scaleAndShift(xx: number, x0: number, yy: number, y0: number): Affine {
  return { xx, xy: 0, x0, yx: 0, yy, y0 };
}
