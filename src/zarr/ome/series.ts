import type { JsonObject } from "../json.ts";
import type { ProblemLog } from "./problem-log.ts";
import { statedPaths } from "./stated-fields.ts";
import { checkVersion } from "./version.ts";

/**
 * Reads `series` of the group `OME` of a bioformats2raw collection: paths of the images relative to the collection's root, in the
 * order of the images of the OME-XML; they may be nested (N4-72, N4-75, N5-04). `undefined` if there is no list.
 */
export function parseSeries(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
): readonly string[] | undefined {
  const paths = statedPaths(ome.series, "N4-72", "/series", log);
  if (paths) checkVersion(ome, undefined, namespaced, "", log);
  return paths;
}

/** Notes on `bioformats2raw.layout`, which must be 3; others are read alike (N4-70). */
export function checkBioformats2rawLayout(ome: JsonObject, namespaced: boolean, log: ProblemLog) {
  const layout = ome["bioformats2raw.layout"];
  if (layout !== undefined && layout !== 3)
    log.warn("N4-70", "/bioformats2raw.layout", "3", layout);
  checkVersion(ome, undefined, namespaced, "", log);
}
