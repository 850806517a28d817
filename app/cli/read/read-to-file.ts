import { failureWords } from "../../../src/ui/components/tile-words.ts";
import type { ArrayMetadata } from "../../../src/zarr/array/array-metadata.ts";
import { chunkAxes } from "../../../src/zarr/array/chunk-grid.ts";
import { elementCount } from "../../../src/zarr/array/data-type.ts";
import { readAxes } from "../../../src/zarr/array/read-grid.ts";
import { dataTypeName, itemBytes, numpyTypeOf } from "../../../src/zarr/array/stored-item.ts";
import { RegionReadError, readRegion } from "../../../src/zarr/chunks/read-region.ts";
import { axisPieces } from "../../../src/zarr/chunks/region-pieces.ts";
import type { Store } from "../../../src/zarr/store/store.ts";
import { DataError } from "../exit-code.ts";
import { NpyFile } from "./npy-file.ts";
import { contiguousRuns, planBlocks } from "./plan-blocks.ts";
import type { ProgressLine } from "./progress-line.ts";
import type { ResolvedSelection } from "./selection.ts";

/** Decoded elements that are held at once, beside the chunks under way. */
const blockBytes = 64 * 2 ** 20;

/** Requests that are under way at once. */
const concurrency = 16;

/**
 * Reads a selection of an array, block by block, into a NumPy file. The file appears when all is read; memory does not grow with it.
 * @throws DataError that names the chunk which could not be read, or the type that a NumPy file cannot hold; UsageError for the file
 */
export async function readToFile(
  { store, metadata }: { readonly store: Store; readonly metadata: ArrayMetadata },
  { region, shape }: ResolvedSelection,
  out: string,
  progress: ProgressLine,
  signal: AbortSignal,
): Promise<void> {
  const type = numpyTypeOf(metadata);
  if (type === undefined) {
    throw new DataError(
      `The elements are of type ${dataTypeName(metadata)}, whose length varies; a NumPy file cannot hold them.`,
    );
  }
  const size = itemBytes(metadata);
  const cuts = { shardAxes: chunkAxes(metadata), readAxes: readAxes(metadata) };
  const blocks = planBlocks(region, cuts, Math.floor(blockBytes / size));
  const whole = region.map(({ start, stop, step = 1 }) => Math.ceil((stop - start) / step));
  const total = elementCount(
    region.map(({ start, step = 1 }, dim) => {
      return axisPieces(cuts.readAxes[dim]!, { start, step, count: whole[dim]!, to: 0 }).length;
    }),
  );
  const file = await NpyFile.create(out, type, shape, elementCount(shape) * size);
  try {
    let done = 0;
    let bytesDone = 0;
    for (const block of blocks) {
      const onProgress = (at: { done: number; total: number }) => {
        const share = (elementCount(block.shape) * size * at.done) / at.total;
        progress.update(done + at.done, total, bytesDone + share);
        if (at.done === at.total) done += at.total;
      };
      const options = { concurrency, onProgress, signal };
      const { bytes } = await readRegion({ store, metadata }, block.region, options);
      for (const { inBlock, inWhole, count } of contiguousRuns(block, whole)) {
        await file.write(bytes.subarray(inBlock * size, (inBlock + count) * size), inWhole * size);
      }
      bytesDone += bytes.byteLength;
    }
    progress.clear();
    await file.finish();
  } catch (error) {
    progress.clear();
    await file.discard();
    if (!(error instanceof RegionReadError)) throw error;
    const { kind, code, reason } = error.failure;
    throw new DataError(`Nothing was written (${failureWords[kind]}, ${code}).\n${reason}`);
  }
}
