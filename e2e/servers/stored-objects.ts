import { levelPath, levelShape, levelsOf, type VirtualImage } from "../store/virtual-image.ts";
import { metadataDocuments } from "../store/virtual-metadata.ts";
import { virtualSource } from "../store/virtual-source.ts";

/** Every stored object of a virtual image (v3, default chunk keys): documents, chunks, shards. Chunks that were never written are none. */
export async function storedObjects(image: VirtualImage): Promise<Map<string, Uint8Array>> {
  const source = virtualSource(image);
  const objects = new Map<string, Uint8Array>();
  for (const [key, document] of metadataDocuments(image)) {
    objects.set(key, new TextEncoder().encode(JSON.stringify(document)));
  }
  const stored = image.shards ?? image.chunks;
  for (const level of levelsOf(image).keys()) {
    const grid = levelShape(image, level).map((size, d) => Math.ceil(size / stored[d]!));
    const path = levelPath(image, level);
    for (const coords of gridCoords(grid)) {
      const key = `${path === "" ? "" : `${path}/`}c/${coords.join("/")}`;
      const bytes = await source.read(key);
      if (bytes !== undefined) objects.set(key, bytes);
    }
  }
  return objects;
}

function gridCoords(grid: readonly number[]): number[][] {
  return grid.reduce<number[][]>(
    (all, count) => all.flatMap((head) => Array.from({ length: count }, (_, i) => [...head, i])),
    [[]],
  );
}
