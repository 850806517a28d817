import type { ArrayMetadata } from "../array/array-metadata.ts";
import { elementCount } from "../array/data-type.ts";
import { readChunkShape } from "../array/read-grid.ts";
import type { StoreSpec } from "../store/store.ts";
import { type ArrayHandle, type ChunkClient, type PlaneRef, planeRef } from "./chunk-request.ts";
import type { ChunkState } from "./chunk-state.ts";

/** Parameters of transformations are a handful of numbers; what is longer is something else. */
const maxElements = 4096;

/** What reading a small array needs of the chunk machinery. */
export interface ArrayClient extends ChunkClient {
  register(array: ArrayHandle, origin: string): void;
  forget(arrayId: number): void;
}

/** All elements of an array in C order. */
export type SmallArray = { readonly shape: readonly number[]; readonly values: readonly number[] };

/**
 * Reads a whole array of two dimensions and at most 4096 elements, the way images are read. `id` is one that no array had before.
 * @throws Error in one sentence
 */
export async function readSmallArray(
  client: ArrayClient,
  store: { readonly spec: StoreSpec; readonly origin: string },
  metadata: ArrayMetadata,
  id: number,
): Promise<SmallArray> {
  const { shape } = metadata;
  const [height = 0, width = 0] = shape;
  if (shape.length !== 2) throw new Error(`It has ${shape.length} dimensions instead of 2.`);
  if (elementCount(shape) > maxElements || elementCount(shape) === 0) {
    throw new Error(`It has ${elementCount(shape)} elements; 1 to ${maxElements} are read.`);
  }
  if (metadata.chunkGrid.kind !== "regular") throw new Error("Its chunks are of unequal size.");
  const array = { id, store: store.spec, metadata, readChunkShape: readChunkShape(metadata) };
  const planes = planesOf(array);
  const name = `small-array/${id}`;
  client.register(array, store.origin);
  try {
    await settled(client, name, planes);
    const values = new Array<number>(height * width).fill(0);
    for (const { ref, row, column } of planes) {
      copy(client.state(ref.key), ref, values, row * width + column, width);
    }
    return { shape, values };
  } finally {
    client.setWanted(name, []);
    client.forget(id);
  }
}

type PlacedPlane = { readonly ref: PlaneRef; readonly row: number; readonly column: number };

function planesOf(array: ArrayHandle): readonly PlacedPlane[] {
  const [height = 0, width = 0] = array.metadata.shape;
  const [chunkHeight = 1, chunkWidth = 1] = array.readChunkShape;
  const rows = Math.ceil(height / chunkHeight);
  const columns = Math.ceil(width / chunkWidth);
  return Array.from({ length: rows * columns }, (_, i) => {
    const chunk = [Math.floor(i / columns), i % columns] as const;
    const row = chunk[0] * chunkHeight;
    const column = chunk[1] * chunkWidth;
    const ref = planeRef(array, chunk, {
      yDim: 0,
      xDim: 1,
      start: [0, 0],
      height: Math.min(chunkHeight, height - row),
      width: Math.min(chunkWidth, width - column),
    });
    return { ref, row, column };
  });
}

function settled(client: ChunkClient, name: string, planes: readonly PlacedPlane[]): Promise<void> {
  return new Promise((resolve) => {
    const isPending = ({ ref }: PlacedPlane) =>
      (client.state(ref.key)?.kind ?? "pending") === "pending";
    const unsubscribe = client.subscribe(() => {
      if (planes.some(isPending)) return;
      unsubscribe();
      resolve();
    });
    const request = ({ ref }: PlacedPlane, rank: number) =>
      ({ ref, priority: { tier: "fallback", rank } }) as const;
    client.setWanted(name, planes.map(request));
  });
}

function copy(
  state: ChunkState | undefined,
  { cut }: PlaneRef,
  values: number[],
  first: number,
  stride: number,
): void {
  if (state?.kind !== "data" && state?.kind !== "fill") {
    throw new Error(state && "reason" in state ? state.reason : "It could not be read.");
  }
  for (let row = 0; row < cut.height; row++) {
    for (let column = 0; column < cut.width; column++) {
      const value =
        state.kind === "fill" ? state.value : state.plane.elements[row * cut.width + column];
      values[first + row * stride + column] = Number(value);
    }
  }
}
