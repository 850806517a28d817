import type { JsonObject, JsonValue } from "../../../json.ts";
import { array, group } from "../fake-nodes.ts";
import { problems, scale, space } from "./rule-case.ts";

/** Attributes of Zarr v3 groups, as 0.5 and 0.6 have them. */
export const v3 = (attributes: JsonObject, names?: (string | null)[]) => {
  const [a, b] = [array([8, 8], names ? { names } : {}), array([4, 4], names ? { names } : {})].map(
    (node) =>
      node.kind === "array"
        ? { ...node, metadata: { ...node.metadata, zarrFormat: 3 as const } }
        : node,
  );
  return { "": group(attributes, 3), "0": a ?? array([8, 8]), "1": b ?? array([4, 4]) };
};

export const system = (name: string, ...axes: JsonValue[]): JsonObject => ({
  name,
  axes: axes.length > 0 ? axes : [space("y"), space("x")],
});
export const at = (
  path: string,
  transformation: JsonObject,
  ends: JsonObject = {},
): JsonObject => ({
  path,
  coordinateTransformations: [
    { ...transformation, input: { path }, output: { name: "physical" }, ...ends },
  ],
});
export const doc = (overrides: JsonObject = {}, version = "0.6"): JsonObject => ({
  ome: {
    version,
    multiscales: [
      {
        name: "cells",
        coordinateSystems: [system("physical")],
        datasets: [at("0", scale(1, 1)), at("1", scale(2, 2))],
        ...overrides,
      },
    ],
  },
});
export const noted = (overrides: JsonObject, version?: string) => problems(doc(overrides, version));
