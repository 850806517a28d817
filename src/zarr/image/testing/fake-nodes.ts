import type { ArrayMetadata } from "../../array/array-metadata.ts";
import type { DataType } from "../../array/data-type.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { nodePath } from "../../store/node-path.ts";
import type { ImageNode, NodeReader } from "../node-reader.ts";

/** A node, or the error that reading it throws. */
export type FakeNode = ImageNode | Error;

/** A v2 array with all that a reader needs. */
export function array(
  shape: readonly number[],
  options: { dataType?: DataType; codec?: string; names?: (string | null)[] } = {},
): ImageNode {
  const metadata: ArrayMetadata = {
    zarrFormat: 2,
    path: nodePath("to be set"),
    shape,
    dataType: options.dataType ?? "uint16",
    chunkGrid: { kind: "regular", chunkShape: shape.map((size) => Math.min(size, 64)) },
    chunkKeyEncoding: { name: "v2", separator: "/" },
    fillValue: 0,
    codecs: {
      arrayToArray: [],
      arrayToBytes: { name: "bytes", configuration: { endian: "little" } },
      bytesToBytes: options.codec ? [{ name: options.codec, configuration: {} }] : [],
    },
    dimensionNames: options.names,
    attributes: {},
  };
  return { kind: "array", metadata, problems: [] };
}

/** A group; it learns its path from the reader. */
export function group(attributes: JsonObject, zarrFormat: 2 | 3 = 2): ImageNode {
  return { kind: "group", zarrFormat, path: nodePath("to be set"), attributes, problems: [] };
}

/** Nodes by path; every one learns its path, and what was asked for is kept, and what of it with its attributes. */
export function readerOf(nodes: Record<string, FakeNode>) {
  const asked: string[] = [];
  const askedInFull: string[] = [];
  const reader: NodeReader = {
    async node(path, { sparing } = {}) {
      asked.push(path);
      if (!sparing) askedInFull.push(path);
      const node = Object.hasOwn(nodes, path) ? nodes[path] : undefined;
      if (node instanceof Error) throw node;
      if (node?.kind === "array") return { ...node, metadata: { ...node.metadata, path } };
      return node && { ...node, path };
    },
  };
  return { reader, asked, askedInFull };
}

/** A dataset with a scale alone. */
export const dataset = (path: JsonValue, ...scale: number[]): JsonValue => ({
  path,
  coordinateTransformations: [{ type: "scale", scale }],
});

/** Attributes of a 0.4 image of y and x. */
export function image(datasets: JsonValue[], more: JsonObject = {}): JsonObject {
  const axes = ["y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" }));
  return { multiscales: [{ version: "0.4", axes, datasets }], ...more };
}

/** An image with the levels "0" and "1". */
export const twoLevels = image([dataset("0", 0.5, 0.5), dataset("1", 1, 1)]);

/** An image whose datasets have the given paths and scales 1, 2, 4, … */
export function imageOf(...paths: string[]): JsonObject {
  return image(paths.map((path, k) => dataset(path, 2 ** k, 2 ** k)));
}

/** The same attributes as 0.5 has them: below `ome`, with one version for all. */
export function inNamespace({ multiscales, ...rest }: JsonObject): JsonObject {
  const items = Array.isArray(multiscales) ? multiscales : [];
  const unversioned = items.map((item) => ({ ...(item as JsonObject), version: null }));
  return { ome: { version: "0.5", ...rest, multiscales: unversioned } };
}
