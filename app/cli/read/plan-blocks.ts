import type { ChunkAxis } from "../../../src/zarr/array/chunk-axis.ts";
import { elementCount } from "../../../src/zarr/array/data-type.ts";
import type { RegionAxis } from "../../../src/zarr/chunks/read-region.ts";
import { type AxisRun, axisPieces, combinations } from "../../../src/zarr/chunks/region-pieces.ts";

/** A part of a region that is read at once, and where its first element goes in the whole. */
export type RegionBlock = {
  readonly region: readonly RegionAxis[];
  readonly shape: readonly number[];
  readonly at: readonly number[];
};

/** How an array may be cut without reading anything twice: between stored objects, else between what is decoded at once. */
export type Cuts = {
  readonly shardAxes: readonly ChunkAxis[];
  readonly readAxes: readonly ChunkAxis[];
};

/**
 * Cuts a region into blocks of at most `maxElements` elements, or of one chunk where that has more: first along the first axis, so that
 * blocks are long runs of the result. In C order of the blocks' positions.
 */
export function planBlocks(
  region: readonly RegionAxis[],
  { shardAxes, readAxes }: Cuts,
  maxElements: number,
): RegionBlock[] {
  const whole = region.map(({ start, stop, step = 1 }): AxisRun => {
    return { start, step, count: Math.ceil((stop - start) / step), to: 0 };
  });
  return cut(whole, shardAxes, maxElements)
    .flatMap((runs) => cut(runs, readAxes, maxElements))
    .map(blockOf);
}

/** Cuts `runs` at the edges of `axes`, no more often than needed. */
function cut(
  runs: readonly AxisRun[],
  axes: readonly ChunkAxis[],
  maxElements: number,
): (readonly AxisRun[])[] {
  const total = elementCount(runs.map(({ count }) => count));
  if (total <= maxElements) return [runs];
  for (const [dim, run] of runs.entries()) {
    const pieces = axisPieces(axes[dim]!, run);
    if (pieces.length < 2) continue;
    const perIndex = total / run.count;
    const groups: AxisRun[] = [];
    for (const { count, to } of pieces) {
      const last = groups.at(-1);
      if (last !== undefined && (last.count + count) * perIndex <= maxElements) {
        groups[groups.length - 1] = { ...last, count: last.count + count };
      } else {
        groups.push({ ...run, start: run.start + (to - run.to) * run.step, count, to });
      }
    }
    return groups.flatMap((group) => cut(runs.with(dim, group), axes, maxElements));
  }
  return [runs];
}

function blockOf(runs: readonly AxisRun[]): RegionBlock {
  return {
    region: runs.map(({ start, step, count }) => {
      return { start, stop: start + Math.max(0, (count - 1) * step + Math.min(count, 1)), step };
    }),
    shape: runs.map(({ count }) => count),
    at: runs.map(({ to }) => to),
  };
}

/** Elements of a block that are neighbours in the whole, too; positions in elements. */
export type ContiguousRun = {
  readonly inBlock: number;
  readonly inWhole: number;
  readonly count: number;
};

/** The runs of a block in a C-ordered whole of `shape`, as long as they can be. */
export function* contiguousRuns(
  block: Pick<RegionBlock, "shape" | "at">,
  shape: readonly number[],
): Generator<ContiguousRun> {
  // Axes that the block covers whole belong to the run, and one more.
  let first = shape.length;
  while (first > 0 && block.shape[first - 1] === shape[first - 1]) first--;
  const outerDims = Math.max(0, first - 1);
  const count = elementCount(block.shape.slice(outerDims));
  const inner = elementCount(shape.slice(outerDims + 1));
  let inBlock = 0;
  const outer = block.shape
    .slice(0, outerDims)
    .map((size) => Array.from({ length: size }, (_, i) => i));
  if (count === 0) return;
  for (const index of combinations(outer)) {
    let position = 0;
    for (const [dim, i] of index.entries()) position = position * shape[dim]! + block.at[dim]! + i;
    if (outerDims < shape.length) {
      position = (position * shape[outerDims]! + block.at[outerDims]!) * inner;
    }
    yield { inBlock, inWhole: position, count };
    inBlock += count;
  }
}
