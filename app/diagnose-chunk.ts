import type { ChunkCoords } from "../src/zarr/array/array-metadata.ts";
import { chunkKey } from "../src/zarr/array/chunk-grid.ts";
import type { ArrayHandle } from "../src/zarr/chunks/chunk-request.ts";
import { diagnoseNetworkError } from "../src/zarr/store/diagnose.ts";
import { urlBelow } from "../src/zarr/store/http-root.ts";
import { joinPath } from "../src/zarr/store/node-path.ts";

/** Finds out whether the server answers at all for a chunk or shard of which nothing readable came. */
export async function diagnoseChunk(
  { store, metadata }: ArrayHandle,
  object: ChunkCoords,
): Promise<"cors" | "network"> {
  if (store.kind !== "http") return "network";
  const path = joinPath(metadata.path, chunkKey(metadata, object));
  return diagnoseNetworkError(urlBelow(store, path));
}
