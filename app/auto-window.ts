import type { DataType } from "../src/zarr/array/data-type.ts";
import type { DecodedPlane, PlaneStatistics } from "../src/zarr/chunks/chunk-state.ts";
import { mergeStatistics, percentile } from "../src/zarr/chunks/plane-statistics.ts";
import type { ChannelWindow } from "../src/zarr/image/image-model.ts";

/** Shares of the values that are saturated, half at either end (as in QuPath and Fiji): at first, and asked again. */
export const saturations = [0.001, 0.0035, 0.01, 0.02] as const;

export type AutoWindowOptions = {
  /** Default: the first of `saturations`. */
  readonly saturation?: number;
  /** Integers get whole limits. */
  readonly dataType?: DataType;
};

/** Display limits from the statistics of planes; undefined if no value is finite. */
export function autoWindow(
  planes: readonly Pick<DecodedPlane, "statistics">[],
  { saturation = saturations[0], dataType = "float32" }: AutoWindowOptions = {},
): ChannelWindow | undefined {
  const statistics = mergeStatistics(planes.map((plane) => plane.statistics));
  if (!statistics) return undefined;
  const window = windowOf(statistics, saturation);
  if (dataType.startsWith("float")) return window;
  const start = Math.round(window.start);
  const end = Math.round(window.end);
  return start < end ? { ...window, start, end } : window;
}

function windowOf(statistics: NonNullable<PlaneStatistics>, saturation: number): ChannelWindow {
  const { min, max } = statistics;
  if (min === max) {
    // A constant plane: something to see against black, and a slider that can move.
    const start = Math.min(0, min);
    // Far from 0, one more is the same number.
    const end = Math.max(max, start + Math.max(1, Math.abs(start) * 2 ** -20));
    return { start, end, min: start, max: end };
  }
  const start = percentile(statistics, saturation / 2);
  const end = percentile(statistics, 1 - saturation / 2);
  return end > start ? { start, end, min, max } : { start: min, end: max, min, max };
}

/** Limits for a channel of which nothing could be read: the whole range of the type. */
export function fullWindow(dataType: DataType): ChannelWindow {
  const [start, end] = rangeOf(dataType);
  return { start, end, min: start, max: end };
}

/** Whether the whole range of the type is too much to be of use. */
export function isWide(dataType: DataType): boolean {
  return !["bool", "uint8", "int8", "uint16", "int16"].includes(dataType);
}

function rangeOf(dataType: DataType): readonly [number, number] {
  switch (dataType) {
    case "bool":
    case "float16":
    case "float32":
    case "float64":
      return [0, 1];
    case "uint8":
      return [0, 255];
    case "uint16":
      return [0, 65_535];
    case "uint32":
    case "uint64":
      return [0, 2 ** 32 - 1];
    case "int8":
      return [-128, 127];
    case "int16":
      return [-32_768, 32_767];
    case "int32":
    case "int64":
      return [-(2 ** 31), 2 ** 31 - 1];
  }
}
