import type { Placed } from "./common-plane.ts";
import type { Axis, AxisLayout } from "./image-model.ts";

/** A strip is this many times as wide as it is high, so that it can be seen as a whole. */
const stripRatio = 12;

/**
 * A one-dimensional image as a strip (N9-02): an axis of length 1 is added behind the array's own, along which the one row of pixels is
 * high enough to be seen. It has no index in any chunk.
 */
export function asStrip({ axes, levels }: Placed): Placed {
  const [only] = axes.axes;
  if (!only || axes.axes.length > 1) return { axes, levels };
  const finest = levels[0];
  const step = Math.abs(finest?.worldFromIndex.scale[0] ?? 1);
  const height = Math.max(1, (finest?.shape[0] ?? 1) / stripRatio) * step;
  return {
    axes: stripLayout(only),
    levels: levels.map((level) => ({
      ...level,
      shape: [...level.shape, 1],
      worldFromIndex: {
        scale: [...level.worldFromIndex.scale, height],
        translation: [...level.worldFromIndex.translation, 0],
      },
    })),
  };
}

function stripLayout(only: Axis): AxisLayout {
  const added: Axis = {
    name: only.name === "strip" ? "strip_" : "strip",
    role: "y",
    dim: 1,
    size: 1,
    unit: only.unit,
    isAdded: true,
  };
  return { axes: [{ ...only, role: "x" }, added], xDim: 0, yDim: 1, cDim: undefined };
}
