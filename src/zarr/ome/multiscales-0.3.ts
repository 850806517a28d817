import type { JsonObject } from "../json.ts";
import { parseAxes } from "./axes.ts";
import { parseDatasets } from "./datasets.ts";
import type { Multiscale } from "./multiscale.ts";
import { multiscaleName } from "./multiscales-0.4.ts";
import type { ProblemLog } from "./problem-log.ts";

/**
 * Reads a multiscale of 0.1 to 0.3: axes as strings (0.3, N3-01) or none (N1-01), no transformations (N1-05): level sizes
 * come from the shapes.
 */
export function liftMultiscale03(
  multiscale: JsonObject,
  version: string | undefined,
  pointer: string,
  log: ProblemLog,
): Multiscale | undefined {
  const axes = parseAxes(multiscale.axes, `${pointer}/axes`, log, "0.3");
  const datasets = parseDatasets(multiscale.datasets, `${pointer}/datasets`, log);
  if (datasets.length === 0) return undefined;
  return {
    dialect: axes ? "0.3" : "0.1",
    version,
    name: multiscaleName(multiscale),
    axes,
    datasets: datasets.map(({ path }) => ({
      path,
      transformations: undefined,
      placement: undefined,
    })),
    transformations: [],
    systems: undefined,
  };
}
