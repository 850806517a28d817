import type { JsonObject } from "../json.ts";
import type { ProblemLog } from "./problem-log.ts";
import { statedPaths } from "./stated-fields.ts";
import { checkVersion } from "./version.ts";

/**
 * Reads `labels` of a group `labels`: paths of the label images relative to it (N1-08, N4-50, N5-05). They may be nested, or
 * missing; there may be label images that are not listed. `undefined` if there is no list.
 */
export function parseLabelsList(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
): readonly string[] | undefined {
  const paths = statedPaths(ome.labels, "N4-50", "/labels", log);
  if (paths) checkVersion(ome, undefined, namespaced, "", log);
  return paths;
}
