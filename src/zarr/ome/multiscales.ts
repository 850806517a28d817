import type { JsonObject, JsonValue } from "../json.ts";
import type { Multiscale } from "./multiscale.ts";
import { liftMultiscale03 } from "./multiscales-0.3.ts";
import { liftMultiscale04 } from "./multiscales-0.4.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";
import { checkVersion, isBefore04, statedVersion } from "./version.ts";

/** What `multiscales` holds: an image, one in a dialect that is not read yet, or nothing that could be one. */
export type MultiscalesResult =
  | { readonly kind: "multiscale"; readonly multiscale: Multiscale }
  | { readonly kind: "unread"; readonly version: string }
  | { readonly kind: "broken" };

/**
 * Reads the first usable entry of `multiscales` (N4-20), whichever dialect its shape shows (checklist 1.11, 5). Stated versions
 * only make notices. `log` is that of the block `ome`; `namespaced` says that the block is `attributes.ome` (0.5).
 */
export function parseMultiscales(
  ome: JsonObject,
  namespaced: boolean,
  log: ProblemLog,
): MultiscalesResult {
  const { multiscales } = ome;
  const here = "/multiscales";
  if (!Array.isArray(multiscales) || multiscales.length === 0) {
    log.warn("N4-21", here, "a list with at least one image", multiscales);
    return { kind: "broken" };
  }
  if (multiscales.length > 1) {
    log.info("N4-20", here, "one image; the first is shown", `${multiscales.length} images`);
  }
  checkVersion(ome, multiscales[0], namespaced, `${here}/0`, log);
  let unread: string | undefined;
  for (const [index, item] of multiscales.slice(0, 100).entries()) {
    const entry = `${here}/${index}`;
    const version = statedVersion(ome, item, namespaced);
    const dialect = dialectOf(item);
    if (dialect === undefined || !isJsonObject(item)) {
      log.warn("N4-10", entry, "an object with datasets", item);
      continue;
    }
    if (dialect === "0.6") {
      unread ??= version ?? "0.6";
      continue;
    }
    const lift = dialect === "0.4" ? liftMultiscale04 : liftMultiscale03;
    const multiscale = lift(item, version, entry, log);
    if (!multiscale) continue;
    noteShape(multiscale, entry, log);
    return { kind: "multiscale", multiscale };
  }
  return unread === undefined ? { kind: "broken" } : { kind: "unread", version: unread };
}

function dialectOf(item: JsonValue): "0.1" | "0.4" | "0.6" | undefined {
  if (!isJsonObject(item)) return undefined;
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
function noteShape({ dialect, version, axes }: Multiscale, pointer: string, log: ProblemLog) {
  if (dialect === "0.4" && !axes) {
    log.warn("N4-01", `${pointer}/axes`, "a list of axes", undefined);
  }
  if (dialect === "0.4" && isBefore04(version)) {
    const expected = "0.4 or 0.5, as the axes and transformations are";
    log.warn("G-03", `${pointer}/version`, expected, version);
  }
  if (dialect !== "0.4" && version !== undefined && !isBefore04(version)) {
    const expected =
      "axes and transformations, as the version has them; sizes are taken from the shapes";
    log.warn("N4-14", pointer, expected, `the shape of ${dialect}`);
  }
}
