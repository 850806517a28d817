import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { type ProblemLog, shortText } from "./problem-log.ts";

/** Versions that this reader knows by name (checklist G-01); any other is tried all the same (G-05). */
const known = /^0\.[1-6](\.\d+)?(-dev|rc\d+|\.dev\d+)?$|^0\.9(\.dev\d+)?$/;

/** "0.6rc0", "1.0": what can be a version at all. */
const versionLike = /^\d+\.\d+/;

/**
 * The version that a block of metadata states: in the `ome` namespace (0.5) that of the namespace, else the block's own; outside
 * it the block's own, for a plain `version` attribute may be anybody's. A hint for people, never a switch: metadata is read by its
 * shape (G-03). Numbers are accepted (G-02).
 */
export function statedVersion(
  ome: JsonObject,
  block: JsonValue | undefined,
  namespaced: boolean,
): string | undefined {
  const ofNamespace = namespaced ? versionText(ome.version) : undefined;
  return ofNamespace ?? (isJsonObject(block) ? versionText(block.version) : undefined);
}

/** `statedVersion` of `ome[key]`, with notes on what is missing, unheard of or contradictory. */
export function blockVersion(
  ome: JsonObject,
  key: string,
  namespaced: boolean,
  log: ProblemLog,
): string | undefined {
  const version = statedVersion(ome, ome[key], namespaced);
  if (version === undefined && !namespaced)
    log.info("G-03", `/${key}/version`, "a version", undefined);
  checkVersion(ome, ome[key], namespaced, `/${key}`, log);
  return version;
}

/** Notes on the version of a block at `pointer`. Nothing is said of one that is missing where it may be (before 0.5). */
export function checkVersion(
  ome: JsonObject,
  block: JsonValue | undefined,
  namespaced: boolean,
  pointer: string,
  log: ProblemLog,
) {
  const own = isJsonObject(block) ? versionText(block.version) : undefined;
  const ofNamespace = namespaced ? versionText(ome.version) : undefined;
  if (namespaced && ofNamespace === undefined) {
    log.warn("N5-01", "/version", "the version of OME-NGFF", ome.version);
  }
  if (own !== undefined && ofNamespace !== undefined && own !== ofNamespace) {
    log.warn("G-04", `${pointer}/version`, `"${ofNamespace}", as above`, own);
  }
  const version = ofNamespace ?? own;
  if (version === undefined || known.test(version)) return;
  const where = ofNamespace === undefined ? `${pointer}/version` : "/version";
  if (!versionLike.test(version)) {
    log.warn("G-01", where, 'a version such as "0.4" or "0.6rc0"', version);
  } else {
    log.info("G-05", where, "a version up to 0.9; it is read by its shape", version);
  }
}

/** Whether a stated version is one before 0.4, which had neither axes as objects nor indices of wells. */
export function isBefore04(version: string | undefined): boolean {
  return version !== undefined && /^0\.[123](\D|$)/.test(version);
}

/** Whether a stated version is 0.6 or later. */
export function isSince06(version: string | undefined): boolean {
  return version !== undefined && (/^0\.([6-9]|\d\d)/.test(version) || /^[1-9]/.test(version));
}

/** Whether a stated version is 0.6 or later as it was released, or a candidate: the dialects before it are none (N6-29). */
export function isFinal06(version: string | undefined): boolean {
  return isSince06(version) && !/^0\.6\.?dev/.test(version ?? "");
}

/** Whether a stated version is one that knows no bounds for axes (N9-01). */
export function hasFreeAxes(version: string | undefined): boolean {
  return version !== undefined && /^(0\.([7-9]|\d\d)|[1-9])/.test(version);
}

function versionText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "string" && value.trim() !== "") return shortText(value.trim(), 20);
  return undefined;
}
