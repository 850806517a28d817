import type { TransformationEdge } from "../ome/coordinate-transformations/coordinate-transformation.ts";
import {
  type ReadNumbers,
  readStoredParameters,
} from "../ome/coordinate-transformations/stored-parameters.ts";
import type { Multiscale } from "../ome/multiscale.ts";
import type { ProblemLog } from "../ome/problem-log.ts";
import { type NodePath, resolveWithin } from "../store/node-path.ts";
import type { NodeReader } from "./node-reader.ts";

/** Reads arrays of numbers below a group (N6-10); paths may go up, but never out of the store. */
export function parameterReader(reader: NodeReader, group: NodePath): ReadNumbers {
  return async (path) => {
    const node = await reader.node(resolveWithin(group, path), { expect: "array" });
    if (node?.kind !== "array") throw new Error("There is no array.");
    if (!reader.numbers) throw new Error("Arrays of numbers are not read here.");
    return reader.numbers(node.metadata);
  };
}

/** The multiscale with all numbers of its transformations. */
export async function withStoredParameters(
  multiscale: Multiscale,
  read: ReadNumbers,
  log: ProblemLog,
): Promise<Multiscale> {
  const { systems } = multiscale;
  if (!systems) return multiscale;
  const [edges, datasets] = await Promise.all([
    edgesWithParameters(systems.edges, read, log),
    Promise.all(
      multiscale.datasets.map(async (dataset, index) => {
        if (!dataset.placement) return dataset;
        const pointer = `/multiscales/0/datasets/${index}/coordinateTransformations/0`;
        const placement = await readStoredParameters(dataset.placement, pointer, read, log);
        return { ...dataset, placement };
      }),
    ),
  ]);
  return { ...multiscale, datasets, systems: { ...systems, edges } };
}

/** The edges with all numbers of their transformations. */
export function edgesWithParameters(
  edges: readonly TransformationEdge[],
  read: ReadNumbers,
  log: ProblemLog,
): Promise<readonly TransformationEdge[]> {
  return Promise.all(
    edges.map(async (edge) => ({
      ...edge,
      transformation: await readStoredParameters(edge.transformation, edge.pointer, read, log),
    })),
  );
}
