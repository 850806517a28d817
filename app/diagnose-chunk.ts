import type { ChunkCoords } from "../src/zarr/array/array-metadata.ts";
import { chunkKey } from "../src/zarr/array/chunk-grid.ts";
import type { ArrayHandle } from "../src/zarr/chunks/chunk-request.ts";
import type { AbsentAnswer, KnownAnswer } from "../src/zarr/chunks/refusals.ts";
import { diagnoseNetworkError } from "../src/zarr/store/diagnose.ts";
import { urlBelow } from "../src/zarr/store/http-root.ts";
import { HttpStore } from "../src/zarr/store/http-store.ts";
import { joinPath } from "../src/zarr/store/node-path.ts";
import { StoreError } from "../src/zarr/store/store-error.ts";

/** Finds out whether the server answers at all for a chunk or shard of which nothing readable came. */
export async function diagnoseChunk(
  { store, metadata }: ArrayHandle,
  object: ChunkCoords,
): Promise<"cors" | "network"> {
  if (store.kind !== "http") return "network";
  const path = joinPath(metadata.path, chunkKey(metadata, object));
  return (await diagnoseNetworkError(urlBelow(store, path))) === "cors" ? "cors" : "network";
}

/** Asks for a key beside the array's chunks that surely does not exist: how does this server call what is missing? */
export async function askForAbsent({ store, metadata }: ArrayHandle): Promise<AbsentAnswer> {
  if (store.kind !== "http") return "unknown";
  const name = `zarrscope-probe-${Math.random().toString(36).slice(2)}`;
  try {
    const found = await new HttpStore(store).get(joinPath(metadata.path, name), { reload: true });
    return found === undefined ? "missing" : "unknown";
  } catch (error) {
    return error instanceof StoreError && error.status === 403 ? "refused" : "unknown";
  }
}

/** Asks for the first byte of an object that was read before: does access go on? */
export async function askForKnown(
  { store, metadata }: ArrayHandle,
  object: ChunkCoords,
): Promise<KnownAnswer> {
  if (store.kind !== "http") return "unknown";
  const path = joinPath(metadata.path, chunkKey(metadata, object));
  try {
    const range = { offset: 0, length: 1 };
    return (await new HttpStore(store).get(path, { range })) ? "readable" : "unknown";
  } catch (error) {
    return error instanceof StoreError && error.kind === "denied" ? "refused" : "unknown";
  }
}
