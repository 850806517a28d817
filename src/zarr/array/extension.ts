import { unknownMembers } from "../codecs/configuration-members.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { isJsonObject, type MetadataReading } from "./metadata-reading.ts";

/** A v3 extension point that is not a codec: data type, chunk grid, chunk key encoding (Zarr v3.1, "Extensions"). */
export type Extension = { readonly name: string; readonly configuration: JsonObject };

/**
 * Reads an object with name and configuration, or a bare name.
 * @throws MetadataError
 */
export function parseExtension(
  reading: MetadataReading,
  pointer: string,
  value: JsonValue | undefined,
): Extension {
  if (typeof value === "string" && value !== "") return { name: value, configuration: {} };
  if (!isJsonObject(value)) throw reading.error("Z3-03", pointer, "an object or a name", value);
  const { name, configuration = {}, must_understand } = value;
  if (typeof name !== "string" || name === "") {
    throw reading.error("Z3-03", `${pointer}/name`, "a name", name);
  }
  if (!isJsonObject(configuration)) {
    throw reading.error("Z3-03", `${pointer}/configuration`, "an object", configuration);
  }
  if (must_understand === false) {
    reading.warn("Z3-04", `${pointer}/must_understand`, "true: this cannot be passed over", false);
  }
  for (const member of unknownMembers(name, configuration)) {
    const expected = `what ${JSON.stringify(name)} is known to have`;
    reading.warn("Z3-05", `${pointer}/configuration`, expected, member.slice(0, 60));
  }
  return { name, configuration };
}

/**
 * Fields that no specification we know has: passed over where they say that is safe, or a person wants it so.
 * @throws MetadataError for any other one
 */
export function checkUnknownFields(
  reading: MetadataReading,
  document: JsonObject,
  known: ReadonlySet<string>,
): void {
  for (const [key, value] of Object.entries(document)) {
    if (known.has(key)) continue;
    if (isJsonObject(value) && value.must_understand === false) continue;
    const name = JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
    const expected = `no field ${name}, or "must_understand": false in it`;
    if (reading.passOverUnknown) {
      reading.warn("Z3-04", "", expected, value);
      continue;
    }
    const sentence = `${reading.shownName} needs the extension ${name}, which is not known here.`;
    throw reading.error("Z3-04", "", expected, value, sentence);
  }
}
