import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject } from "./ome-attributes.ts";
import { shortText } from "./problem-log.ts";

/** Versions that this reader knows by name (checklist G-01); any other is tried all the same (G-05). */
const known = /^0\.[1-6](\.\d+)?(-dev|rc\d+|\.dev\d+)?$/;

/**
 * The version that a multiscale states: in the `ome` namespace (0.5) that of the block, else its own; outside it its own, for
 * a plain `version` attribute may be anybody's. A hint for people, never a switch: metadata is read by its shape (G-03).
 * Numbers are accepted (G-02).
 */
export function statedVersion(
  ome: JsonObject,
  multiscale: JsonValue | undefined,
  namespaced: boolean,
): string | undefined {
  const block = namespaced ? versionText(ome.version) : undefined;
  return block ?? (isJsonObject(multiscale) ? versionText(multiscale.version) : undefined);
}

/** Whether a stated version is one that was known when this was written. */
export function isKnownVersion(version: string): boolean {
  return known.test(version);
}

function versionText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value === "string" && value.trim() !== "") return shortText(value.trim(), 20);
  return undefined;
}
