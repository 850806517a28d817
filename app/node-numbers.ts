import { readSmallArray } from "../src/zarr/chunks/small-array.ts";
import type { Hierarchy } from "../src/zarr/hierarchy/hierarchy.ts";
import type { NodeReader } from "../src/zarr/image/node-reader.ts";
import type { Store } from "../src/zarr/store/store.ts";
import { type ChunkMachinery, nextArrayId } from "./chunk-machinery.ts";

/** A hierarchy that also reads small arrays of numbers, which transformations may keep their parameters in: decoded in a worker, as all else. */
export function nodesWithNumbers(
  hierarchy: Hierarchy,
  store: Store,
  scheduler: ChunkMachinery["scheduler"],
): NodeReader {
  return {
    node: (path, hint) => hierarchy.node(path, hint),
    document: (path) => hierarchy.document(path),
    groupsBelow: (path) => hierarchy.groupsBelow(path),
    get attempts() {
      return hierarchy.attempts;
    },
    numbers: (metadata) => readSmallArray(scheduler, store, metadata, nextArrayId()),
  };
}
