import type { PlaneStatistics } from "../../zarr/chunks/chunk-state.ts";
import type { WindowScale } from "./window-scale.ts";

/** Columns of the drawing; the histogram is drawn into a box of this width. */
export const histogramColumns = 160;
/** Height of the box. */
export const histogramHeight = 40;

/**
 * Outline of a histogram as an SVG path: x along a slider's scale, y the logarithm of the count. Values outside the scale are left out; where
 * several bins fall into one column, the highest counts.
 */
export function histogramPath(
  { min, max, histogram }: NonNullable<PlaneStatistics>,
  scale: WindowScale,
  limits: { readonly min: number; readonly max: number },
): string {
  const heights = new Float64Array(histogramColumns);
  const binWidth = (max - min) / histogram.length;
  const columnOf = (value: number) =>
    Math.min(histogramColumns - 1, Math.floor(scale.positionOf(value) * histogramColumns));
  for (const [bin, count] of histogram.entries()) {
    const low = min + bin * binWidth;
    const high = low + binWidth;
    if (count === 0 || high < limits.min || low > limits.max) continue;
    const last = columnOf(high);
    for (let column = columnOf(low); column <= last; column++) {
      heights[column] = Math.max(heights[column]!, Math.log1p(count));
    }
  }
  const highest = Math.max(...heights);
  if (highest === 0) return "";
  const steps = [...heights].map((height, column) => {
    const y = histogramHeight * (1 - height / highest);
    return `V${Number(y.toFixed(1))}H${column + 1}`;
  });
  return `M0 ${histogramHeight}${steps.join("")}V${histogramHeight}Z`;
}

/** The ramp from the window's start to its end as an SVG path, bent by gamma. */
export function rampPath(
  window: { readonly start: number; readonly end: number },
  scale: WindowScale,
  { gamma, inverted }: { readonly gamma: number; readonly inverted: boolean },
): string {
  const points: string[] = [];
  const parts = 16;
  for (let i = 0; i <= parts; i++) {
    const share = i / parts;
    const x = scale.positionOf(window.start + (window.end - window.start) * share);
    const bent = share ** gamma;
    const y = inverted ? bent : 1 - bent;
    points.push(
      `${(x * histogramColumns).toFixed(1)} ${(1 + y * (histogramHeight - 4)).toFixed(1)}`,
    );
  }
  return `M${points.join("L")}`;
}
