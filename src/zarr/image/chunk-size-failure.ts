import { type ChunkSizeError, shownGigabytes } from "../array/chunk-size-error.ts";
import type { OpenFailure } from "./open-failure.ts";

/** Words for chunks that no browser can decode, with the lines of Python that write the array again in smaller ones. */
export function failureOfChunkSize(error: ChunkSizeError): OpenFailure {
  const { path, expected, received } = error.problem;
  return {
    code: "ZS-CHUNKSIZE",
    title: `One chunk of this image is ${shownGigabytes(error.chunkBytes)}, too large for a browser.`,
    detail: `${path}: expected ${expected}, found ${received}.`,
    action:
      "Whoever has the data can rechunk them, on a computer that holds one chunk in memory; the Python below does it.",
    fix: { label: "Copy the Python", text: rechunkSnippet(error) },
  };
}

/** JSON's strings are Python's, too: whatever the path holds, it cannot end the literal. */
function rechunkSnippet({ arrayPath, proposedChunk }: ChunkSizeError): string {
  const component = arrayPath === "" ? "" : `, component=${JSON.stringify(arrayPath)}`;
  const tuple = proposedChunk.length === 1 ? `${proposedChunk[0]},` : proposedChunk.join(", ");
  return [
    '# pip install "dask[array]" "zarr>=3"',
    "import dask.array as da",
    "",
    `image = da.from_zarr("image.zarr"${component})`,
    `image.rechunk((${tuple})).to_zarr("rechunked.zarr"${component})`,
  ].join("\n");
}
