import type { ElementArray } from "../array/data-type.ts";
import type { PlaneStatistics } from "./chunk-state.ts";

/** Bins of every plane's histogram. */
export const histogramBins = 256;

/** Minimum, maximum and histogram of the finite elements; undefined if there is none. */
export function planeStatistics(elements: ElementArray): PlaneStatistics {
  const small = smallIntegers(elements);
  return small ? countedStatistics(small.values, small.lowest) : measuredStatistics(elements);
}

/** Elements that are counted one by one: their type has few values, and they are many compared to those. */
function smallIntegers(elements: ElementArray) {
  if (elements instanceof Uint8Array) return { values: elements, lowest: 0 };
  if (elements instanceof Int8Array) return { values: elements, lowest: -(2 ** 7) };
  if (elements.length < counts.length / 4) return undefined;
  if (elements instanceof Uint16Array) return { values: elements, lowest: 0 };
  if (elements instanceof Int16Array) return { values: elements, lowest: -(2 ** 15) };
  return undefined;
}

/** How often each value of 16 bits occurs, counted from the lowest; all 0 between two planes. */
const counts = new Uint32Array(2 ** 16);

/** One short loop over the elements, which is fast in the first call already: what comes after has no more steps than there are values. */
function countedStatistics(
  values: Uint8Array | Int8Array | Uint16Array | Int16Array,
  lowest: number,
): PlaneStatistics {
  const count = values.length;
  if (count === 0) return undefined;
  for (let i = 0; i < count; i++) counts[values[i]! - lowest]!++;
  const valueCount = 2 ** (8 * values.BYTES_PER_ELEMENT);
  let first = 0;
  while (counts[first] === 0) first++;
  let last = valueCount - 1;
  while (counts[last] === 0) last--;
  const histogram = new Uint32Array(histogramBins);
  const binsPerUnit = last > first ? histogramBins / (last - first) : 0;
  for (let at = first; at <= last; at++) {
    const bin = ((at - first) * binsPerUnit) | 0;
    histogram[Math.min(bin, histogramBins - 1)]! += counts[at]!;
  }
  counts.fill(0, first, last + 1);
  return { min: first + lowest, max: last + lowest, count, histogram };
}

/** Two passes over elements of any type. */
export function measuredStatistics(elements: ElementArray): PlaneStatistics {
  const values =
    elements instanceof BigInt64Array || elements instanceof BigUint64Array
      ? Float64Array.from(elements, Number)
      : elements;
  const length = values.length;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    // False for NaN and for both infinities.
    if (value - value !== 0) continue;
    count++;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return undefined;
  const histogram = new Uint32Array(histogramBins);
  const binsPerUnit = max > min ? histogramBins / (max - min) : 0;
  const lastBin = histogramBins - 1;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (value - value !== 0) continue;
    const bin = ((value - min) * binsPerUnit) | 0;
    // The maximum itself falls into the last bin.
    histogram[Math.min(bin, lastBin)]!++;
  }
  return { min, max, count, histogram };
}

/** One histogram over [min, max] of all parts; a part's bin is counted where its centre falls. undefined if nothing is finite. */
export function mergeStatistics(parts: readonly PlaneStatistics[]): PlaneStatistics {
  const present = parts.filter((part) => part !== undefined);
  if (present.length === 0) return undefined;
  if (present.length === 1) return present[0];
  const min = Math.min(...present.map((part) => part.min));
  const max = Math.max(...present.map((part) => part.max));
  const histogram = new Uint32Array(histogramBins);
  let count = 0;
  for (const part of present) {
    count += part.count;
    const binWidth = (part.max - part.min) / histogramBins;
    for (let bin = 0; bin < histogramBins; bin++) {
      const inBin = part.histogram[bin]!;
      if (inBin === 0) continue;
      const centre = part.min + (bin + 0.5) * binWidth;
      const target = max > min ? Math.floor(((centre - min) / (max - min)) * histogramBins) : 0;
      histogram[Math.min(histogramBins - 1, target)]! += inBin;
    }
  }
  return { min, max, count, histogram };
}

/** The value below which the fraction `p` (0…1) of the counted elements lies, linear inside its bin. */
export function percentile(statistics: NonNullable<PlaneStatistics>, p: number): number {
  const { min, max, count, histogram } = statistics;
  const wanted = p * count;
  const binWidth = (max - min) / histogramBins;
  let below = 0;
  for (let bin = 0; bin < histogramBins; bin++) {
    const inBin = histogram[bin]!;
    if (inBin > 0 && below + inBin >= wanted) {
      return min + (bin + (wanted - below) / inBin) * binWidth;
    }
    below += inBin;
  }
  return max;
}
