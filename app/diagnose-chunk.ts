import type { PlaneRef } from "../src/zarr/chunks/chunk-request.ts";
import { diagnoseNetworkError } from "../src/zarr/store/diagnose.ts";

/** Asks a server that gave no readable answer for the source's root whether it answers at all. */
export async function diagnoseChunk(ref: PlaneRef): Promise<"cors" | "network"> {
  const { store } = ref.array;
  if (store.kind !== "http") return "network";
  return diagnoseNetworkError(store.root);
}
