import type { JsonValue } from "../../json.ts";
import { isJsonObject } from "../ome-attributes.ts";
import { type ProblemLog, shortText } from "../problem-log.ts";
import type { SystemReference, TransformationEdge } from "./coordinate-transformation.ts";
import { parseTransformation } from "./parse-transformation.ts";

const maxEdges = 10_000;

/**
 * Reads `coordinateTransformations` of a multiscale (N6-08) or of a scene (N6-09): each item with both ends. `[]` if there are none;
 * an item without an end is reported and left out.
 */
export function parseEdges(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): readonly TransformationEdge[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    log.warn("N6-08", pointer, "a list of transformations", value);
    return [];
  }
  if (value.length > maxEdges) {
    log.warn("N6-08", pointer, `at most ${maxEdges} transformations`, value.length);
  }
  const edges: TransformationEdge[] = [];
  for (const [index, item] of value.slice(0, maxEdges).entries()) {
    const here = `${pointer}/${index}`;
    if (!isJsonObject(item)) {
      log.warn("N6-08", here, "an object", item);
      continue;
    }
    const input = parseReference(item.input, `${here}/input`, log);
    const output = parseReference(item.output, `${here}/output`, log);
    if (!input || !output) continue;
    const transformation = parseTransformation(item, here, log);
    const name = typeof item.name === "string" ? shortText(item.name, 200) : undefined;
    edges.push({ input, output, name, transformation, pointer: here });
  }
  return edges;
}

/** `{ name, path? }`; earlier dialects give the name alone (N6-29). */
export function parseReference(
  value: JsonValue | undefined,
  pointer: string,
  log: ProblemLog,
): SystemReference | undefined {
  if (typeof value === "string" && value !== "") {
    log.info("N6-29", pointer, "an object with a name", value);
    return { path: undefined, name: systemName(value) };
  }
  if (isJsonObject(value)) {
    const { name, path } = value;
    const reference = {
      // A path of null is the group itself (N6-09).
      path: typeof path === "string" && path !== "" ? path : undefined,
      name: typeof name === "string" && name !== "" ? systemName(name) : undefined,
    };
    if (reference.path !== undefined || reference.name !== undefined) return reference;
  }
  log.warn("N6-08", pointer, "the name of a coordinate system", value);
  return undefined;
}

/** The name of a coordinate system as it is compared and shown. */
export function systemName(name: string): string {
  return shortText(name, 200);
}
