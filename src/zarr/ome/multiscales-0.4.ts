import type { JsonObject } from "../json.ts";
import { parseAxes } from "./axes.ts";
import { parseTransformations } from "./coordinate-transformations.ts";
import { parseDatasets } from "./datasets.ts";
import type { Multiscale } from "./multiscale.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";

/** Reads a multiscale of 0.4 or 0.5: `axes` as objects, `coordinateTransformations` of each dataset and of the whole. */
export function liftMultiscale04(
  multiscale: JsonObject,
  version: string | undefined,
  pointer: string,
  log: ProblemLog,
): Multiscale | undefined {
  const axes = parseAxes(multiscale.axes, `${pointer}/axes`, log, "0.4");
  const datasets = parseDatasets(multiscale.datasets, `${pointer}/datasets`, log);
  if (datasets.length === 0) return undefined;
  const own = `${pointer}/coordinateTransformations`;
  return {
    dialect: "0.4",
    version,
    name: multiscaleName(multiscale),
    axes,
    datasets: datasets.map((dataset) => ({
      path: dataset.path,
      transformations: parseTransformations(
        dataset.coordinateTransformations,
        `${dataset.pointer}/coordinateTransformations`,
        log,
        true,
      ),
      placement: undefined,
    })),
    systems: undefined,
    transformations:
      parseTransformations(multiscale.coordinateTransformations, own, log, false) ?? [],
  };
}

/** `name` of a multiscale, if it has one that can be shown (N4-20: may be missing or empty). */
export function multiscaleName(multiscale: JsonObject): string | undefined {
  const { name } = multiscale;
  return typeof name === "string" && name.trim() !== "" ? shortText(name.trim(), 200) : undefined;
}
