import type { TransformationStep } from "../ome/coordinate-transformations.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import type { WorldFromIndex } from "./image-model.ts";

/** One level as stated: the shape of its array (undefined if the array is missing) and its own transformations. */
export type StatedLevel = {
  readonly path: string;
  readonly shape: readonly number[] | undefined;
  readonly transformations: readonly TransformationStep[] | undefined;
};

/** Scale and translation of one level; NaN where the scale is not stated in a usable way. */
type Placement = {
  readonly scale: number[];
  readonly translation: number[];
  readonly hasTranslation: boolean;
};

/**
 * World from index of each level: scale·i + translation at the pixel's centre; the dataset's transformations, then the
 * multiscale's (N4-12, N4-13), repaired where they break a rule (N4-14). If no dataset states a translation, levels are aligned at
 * their corner: each gets (scaleₖ − scale₀)/2 along `spatialDims`.
 *
 * `levels` are sorted from finest to coarsest, missing ones included; the first with a shape gives the extent that others without
 * a usable scale are fitted to (N1-05).
 */
export function worldFromIndexOfLevels(
  levels: readonly StatedLevel[],
  multiscale: readonly TransformationStep[],
  ndim: number,
  spatialDims: readonly number[],
  log: ProblemLog,
): readonly WorldFromIndex[] {
  const placements = levels.map((level) => compose(level.transformations ?? [], ndim, log));
  repairScales(levels, placements, ndim, log);
  const finest = placements[0];
  if (finest && !placements.some((placement) => placement.hasTranslation)) {
    for (const { scale, translation } of placements) {
      for (const d of spatialDims) translation[d] = (at(scale, d, 1) - at(finest.scale, d, 1)) / 2;
    }
  }
  const whole = compose(multiscale, ndim, log);
  return placements.map(({ scale, translation }) => {
    const factors = scale.map((_, d) => usable(at(whole.scale, d, 1), 1));
    return {
      scale: scale.map((s, d) => usable(s * at(factors, d, 1), s)),
      translation: translation.map((t, d) => {
        const moved = t * at(factors, d, 1) + at(whole.translation, d, 0);
        return Number.isFinite(moved) ? moved : 0;
      }),
    };
  });
}

/** Applies the steps in the order stated; a scale that is no number or 0 becomes NaN. */
function compose(steps: readonly TransformationStep[], ndim: number, log: ProblemLog): Placement {
  const scale = new Array<number>(ndim).fill(steps.some(isScale) ? 1 : Number.NaN);
  const translation = new Array<number>(ndim).fill(0);
  for (const step of steps) {
    const { vector } = step;
    if (vector.length !== ndim) {
      log.warn("N4-14", "/multiscales", `a ${step.type} of ${ndim} numbers`, vector.length);
    }
    // Too short or too long: the last entries belong to the last dimensions.
    const shift = vector.length - ndim;
    for (let d = 0; d < ndim; d++) {
      const value = vector[d + shift];
      if (value === undefined) continue;
      if (step.type === "scale") {
        if (value === 0) log.warn("N4-14", "/multiscales", "a scale other than 0", value);
        scale[d] = at(scale, d, 1) * usable(value, Number.NaN);
        translation[d] = at(translation, d, 0) * usable(value, 1);
      } else if (Number.isFinite(value)) {
        translation[d] = at(translation, d, 0) + value;
      }
    }
  }
  return { scale, translation, hasTranslation: steps.some((step) => !isScale(step)) };
}

/**
 * Where a level has no usable scale, the ratio of shapes stands in. So it does where the scale contradicts the level's place in
 * the pyramid: the finest level's own scale on fewer pixels, or another sign. A scale that is negative throughout is a flipped
 * axis, which is legal (N4-15).
 */
function repairScales(
  levels: readonly StatedLevel[],
  placements: readonly Placement[],
  ndim: number,
  log: ProblemLog,
) {
  const baseLevel = levels.findIndex((level) => level.shape !== undefined);
  const base = placements[baseLevel];
  const baseShape = levels[baseLevel]?.shape;
  if (!base || !baseShape) return;
  for (let d = 0; d < ndim; d++) {
    if (!isUsable(at(base.scale, d, 0))) base.scale[d] = 1;
    const baseScale = at(base.scale, d, 1);
    if (baseScale < 0) log.info("N4-15", "/multiscales", "a positive scale", baseScale);
    for (const [k, { scale }] of placements.entries()) {
      const shape = levels[k]?.shape;
      const stated = at(scale, d, Number.NaN);
      if (k === baseLevel) continue;
      if (!shape) {
        if (!isUsable(stated)) scale[d] = baseScale;
        continue;
      }
      const ratio = at(baseShape, d, 1) / at(shape, d, 1);
      const wrongSign = stated * baseScale < 0;
      const sameOnFewer = stated === baseScale && contradicts(at(baseShape, d, 1), at(shape, d, 1));
      if (isUsable(stated) && !wrongSign && !sameOnFewer) continue;
      scale[d] = baseScale * ratio;
      if (levels[k]?.transformations === undefined) continue;
      log.warn(
        wrongSign || !isUsable(stated) ? "N4-14" : "N4-16",
        "/multiscales",
        `a scale of about ${baseScale * ratio} in dimension ${d} of "${levels[k]?.path}"`,
        stated,
      );
    }
  }
}

/** Whether two numbers of pixels are too far apart for one scale; cropping by a pixel or two is not. */
function contradicts(fine: number, coarse: number): boolean {
  return Math.abs(fine - coarse) > 2 && (fine > coarse * 1.4 || coarse > fine * 1.4);
}

const isScale = (step: TransformationStep) => step.type === "scale";
/** Beyond these bounds no scale means anything, and products of several would overflow. */
const isUsable = (scale: number) => Math.abs(scale) > 1e-100 && Math.abs(scale) < 1e100;
const usable = (scale: number, otherwise: number) => (isUsable(scale) ? scale : otherwise);
const at = (vector: readonly number[], d: number, otherwise: number) => vector[d] ?? otherwise;
