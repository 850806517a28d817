import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";
import { isUsablePath, statedInteger } from "./stated-fields.ts";
import { blockVersion, isSince06 } from "./version.ts";

/** A well of a plate as its metadata state it, of any version (N1-16, N4-64). */
export type Well = {
  /** As stated, for people. */
  readonly version: string | undefined;
  /** Fields of view in stated order, each with a path of its own. May be empty: the well then shows nothing (N4-63). */
  readonly images: readonly WellImage[];
};

/** One field of view. */
export type WellImage = {
  /** Path of the image's group relative to the well, as stated and not yet checked. */
  readonly path: string;
  /** `Acquisition.id`; 0 is legal. `undefined` if not stated, as is right where the plate has one acquisition or none. */
  readonly acquisition: number | undefined;
};

const maxImages = 100_000;

/** Reads `well` of a group's OME-NGFF keys (`omeAttributes`). `undefined` if there is no such object. */
export function parseWell(ome: JsonObject, namespaced: boolean, log: ProblemLog): Well | undefined {
  const { well } = ome;
  if (!isJsonObject(well)) return undefined;
  const version = blockVersion(ome, "well", namespaced, log);
  return { version, images: parseImages(well.images, version, log) };
}

function parseImages(
  value: JsonValue | undefined,
  version: string | undefined,
  log: ProblemLog,
): readonly WellImage[] {
  const pointer = "/well/images";
  if (!Array.isArray(value) || value.length === 0) {
    log.warn("N4-64", pointer, "a list with at least one field", value);
    return [];
  }
  const images = new Map<string, WellImage>();
  for (const [index, item] of value.slice(0, maxImages).entries()) {
    const here = `${pointer}/${index}`;
    const path = isJsonObject(item) ? item.path : undefined;
    if (!isJsonObject(item) || !isUsablePath(path)) {
      log.warn("N4-64", `${here}/path`, "the path of a field", path);
      continue;
    }
    if (images.has(path)) {
      log.warn("N4-64", `${here}/path`, "a path of its own", path);
      continue;
    }
    checkPath(path, version, `${here}/path`, log);
    const id = statedInteger(item.acquisition, 0, "N4-64", `${here}/acquisition`, log);
    images.set(path, { path, acquisition: id });
  }
  return [...images.values()];
}

/** Letters and digits; since 0.6 also "-", "_" and ".", but not only dots and no "__" in front (N6-32). */
function checkPath(path: string, version: string | undefined, pointer: string, log: ProblemLog) {
  if (/^[A-Za-z0-9]+$/.test(path)) return;
  const isLegalSince06 = /^(?!\.+$)(?!__)[A-Za-z0-9_.-]+$/.test(path);
  if (isSince06(version)) {
    if (isLegalSince06) return;
    log.warn("N6-32", pointer, 'letters, digits, "-", "_" and "."', path);
  } else {
    log.warn("N4-64", pointer, "letters and digits", path);
  }
}
