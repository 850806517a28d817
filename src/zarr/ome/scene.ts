import type { JsonObject } from "../json.ts";
import { type CoordinateSystem, parseCoordinateSystems } from "./coordinate-systems.ts";
import type { TransformationEdge } from "./coordinate-transformations/coordinate-transformation.ts";
import { parseEdges } from "./coordinate-transformations/transformation-edges.ts";
import { withoutDialects } from "./multiscales-0.6.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";
import { checkTransformation } from "./system-views.ts";
import { blockVersion, hasFreeAxes, isFinal06 } from "./version.ts";

/** Several images placed by transformations (0.6, N6-09). */
export type Scene = {
  /** As stated, for people. */
  readonly version: string | undefined;
  /** Systems of the scene itself; the first is the one to show it in. May be none: then an image's system is. */
  readonly systems: readonly CoordinateSystem[];
  /** Between systems of the scene and of the images at their ends' paths, relative to the scene's group. */
  readonly edges: readonly TransformationEdge[];
};

/**
 * Reads `scene` of a group's OME-NGFF keys; in dialects before 0.6 its parts stand at the top (N6-29). `undefined` if there are none.
 */
export function parseScene(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
): Scene | undefined {
  const isNested = isJsonObject(ome.scene);
  if (!isNested && ome.coordinateSystems === undefined) return undefined;
  const version = blockVersion(ome, "scene", namespaced, log);
  const strict = isFinal06(version) ? withoutDialects(log) : log;
  if (!isNested) strict.info("N6-29", "/scene", "an object around what the scene has", ome.scene);
  const scene = isJsonObject(ome.scene) ? ome.scene : ome;
  const pointer = isNested ? "/scene" : "";
  const stated = scene.coordinateSystems;
  const systems =
    stated === undefined
      ? []
      : parseCoordinateSystems(
          stated,
          `${pointer}/coordinateSystems`,
          strict,
          hasFreeAxes(version),
        );
  const transformations = `${pointer}/coordinateTransformations`;
  if (scene.coordinateTransformations === undefined) {
    strict.warn("N6-09", transformations, "a list of transformations", undefined);
  }
  const edges = parseEdges(scene.coordinateTransformations, transformations, strict);
  for (const { input, output, transformation, pointer: here } of edges) {
    if (input.path !== undefined || output.path !== undefined) continue;
    checkTransformation(transformation, systems, input, output, here, strict);
  }
  return { version, systems, edges };
}
