import type { JsonObject } from "../json.ts";
import type { Dialect, Multiscale } from "./multiscale.ts";
import { liftMultiscale03 } from "./multiscales-0.3.ts";
import { liftMultiscale04 } from "./multiscales-0.4.ts";
import { liftMultiscale06 } from "./multiscales-0.6.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";
import { checkVersion, statedVersion } from "./version.ts";

/** Entries of `multiscales` that are looked at. */
const maxEntries = 100;

const liftOf: Readonly<Record<"0.1" | "0.4" | "0.6", typeof liftMultiscale04>> = {
  "0.1": liftMultiscale03,
  "0.4": liftMultiscale04,
  "0.6": liftMultiscale06,
};

/**
 * Reads every usable entry of `multiscales` (N4-20), each in the dialect that its shape shows (checklist 1.11, 5). Stated versions
 * only make notices. Empty if there is no image (N4-21). `log` is that of the block `ome`; `namespaced` says that the block is
 * `attributes.ome` (0.5).
 */
export function parseMultiscales(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
): readonly Multiscale[] {
  const { multiscales } = ome;
  const here = "/multiscales";
  if (!Array.isArray(multiscales) || multiscales.length === 0) {
    log.warn("N4-21", here, "a list with at least one image", multiscales);
    return [];
  }
  if (multiscales.length > 1) {
    log.info("N4-20", here, "one image; the first is shown", `${multiscales.length} images`);
  }
  checkVersion(ome, multiscales[0], namespaced, `${here}/0`, log);
  const read: Multiscale[] = [];
  for (const [index, item] of multiscales.slice(0, maxEntries).entries()) {
    const entry = `${here}/${index}`;
    if (!isJsonObject(item)) {
      log.warn("N4-10", entry, "an object with datasets", item);
      continue;
    }
    const lift = liftOf[dialectOf(item)];
    const multiscale = lift(item, statedVersion(ome, item, namespaced), entry, log);
    if (!multiscale) continue;
    noteShape(multiscale, entry, log);
    read.push(multiscale);
  }
  return read;
}

function dialectOf(item: JsonObject): keyof typeof liftOf {
  if (item.coordinateSystems !== undefined) return "0.6";
  if (hasTransformations(item)) return "0.4";
  const { axes } = item;
  return Array.isArray(axes) && axes.some(isJsonObject) ? "0.4" : "0.1";
}

/** Strings for axes may stand beside the transformations of 0.4 (N3-04). */
function hasTransformations(item: JsonObject): boolean {
  const { datasets } = item;
  if (item.coordinateTransformations !== undefined) return true;
  return (
    Array.isArray(datasets) &&
    datasets.some(
      (dataset) => isJsonObject(dataset) && dataset.coordinateTransformations !== undefined,
    )
  );
}

/** Notes on a shape that the stated version does not have. */
function noteShape(multiscale: Multiscale, pointer: string, log: ProblemLog) {
  const { dialect, version, axes } = multiscale;
  if (dialect === "0.4" && !axes) {
    log.warn("N4-01", `${pointer}/axes`, "a list of axes", undefined);
  }
  if (dialect === "0.1" && /^0\.3(\D|$)/.test(version ?? "")) {
    log.warn("N3-01", `${pointer}/axes`, "a list of names of axes", undefined);
  }
  const shown = shownVersions[dialect];
  if (version === undefined || shown.test(version) || !/^0\.\d/.test(version)) return;
  log.warn(
    "G-03",
    pointer,
    `the shape of ${version}, which the metadata state`,
    `that of ${dialect}`,
  );
}

/** Versions that have each shape. */
const shownVersions: Readonly<Record<Dialect, RegExp>> = {
  "0.1": /^0\.[123](\D|$)/,
  "0.3": /^0\.3(\D|$)/,
  "0.4": /^0\.[45](\D|$)/,
  "0.6": /^0\.([6-9]|\d\d)/,
};
