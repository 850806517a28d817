import { MetadataError, type Problem } from "../problem.ts";
import type { NodePath } from "../store/node-path.ts";

/** Side of the chunks that are proposed instead, along the two last dimensions. */
const proposedSide = 1024;

/** What must be decoded at once is more than any browser can hold (ZA-08). */
export class ChunkSizeError extends MetadataError {
  readonly arrayPath: NodePath;
  /** Of one chunk, decoded. */
  readonly chunkBytes: number;
  /** A chunk shape that can be shown: planes of a megabyte or so. */
  readonly proposedChunk: readonly number[];

  constructor(
    problem: Problem,
    array: { path: NodePath; shownName: string; shape: readonly number[]; chunkBytes: number },
  ) {
    const size = shownGigabytes(array.chunkBytes);
    super(
      problem,
      `${array.shownName} has chunks of ${size}, too large for a browser; rechunk it to chunks of a few megabytes to see it.`,
    );
    this.arrayPath = array.path;
    this.chunkBytes = array.chunkBytes;
    const planeFrom = array.shape.length - 2;
    this.proposedChunk = array.shape.map((size, dim) =>
      dim < planeFrom ? 1 : Math.max(1, Math.min(size, proposedSide)),
    );
  }
}

/** "20 GB", two digits. */
export function shownGigabytes(bytes: number): string {
  const gigabytes = bytes / 1e9;
  if (!(gigabytes < 1e6)) return "more than a million GB";
  return `${Number(gigabytes.toPrecision(gigabytes < 100 ? 2 : 3))} GB`;
}
