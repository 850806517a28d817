import type { JsonObject, JsonValue } from "../json.ts";
import { type CoordinateSystem, parseCoordinateSystems } from "./coordinate-systems.ts";
import type { CoordinateTransformation } from "./coordinate-transformations/coordinate-transformation.ts";
import { parseTransformation } from "./coordinate-transformations/parse-transformation.ts";
import { parseReference } from "./coordinate-transformations/transformation-edges.ts";
import type { TransformationStep } from "./coordinate-transformations.ts";
import { parseDatasets, type RawDataset } from "./datasets.ts";
import type { Dataset, Multiscale } from "./multiscale.ts";
import { multiscaleName } from "./multiscales-0.4.ts";
import { isJsonObject } from "./ome-attributes.ts";
import type { ProblemLog } from "./problem-log.ts";
import { parseViews } from "./system-views.ts";
import { hasFreeAxes, isFinal06 } from "./version.ts";

/**
 * Reads a multiscale of 0.6 (RFC-5), of the dialects that led to it (N6-29) and of 0.9: coordinate systems in place of axes, and for
 * every dataset one transformation to the intrinsic system.
 */
export function liftMultiscale06(
  multiscale: JsonObject,
  version: string | undefined,
  pointer: string,
  log: ProblemLog,
): Multiscale | undefined {
  const strict = isFinal06(version) ? withoutDialects(log) : log;
  const systems = parseCoordinateSystems(
    multiscale.coordinateSystems,
    `${pointer}/coordinateSystems`,
    strict,
    hasFreeAxes(version),
  );
  const raw = parseDatasets(multiscale.datasets, `${pointer}/datasets`, strict);
  if (raw.length === 0) return undefined;
  if (multiscale.axes !== undefined) {
    strict.warn(
      "N6-01",
      `${pointer}/axes`,
      "nothing; coordinateSystems have the axes",
      multiscale.axes,
    );
  }
  const intrinsic = intrinsicSystem(systems, raw, pointer, strict);
  const count = intrinsic?.axes.length ?? 0;
  const views = `${pointer}/coordinateTransformations`;
  return {
    dialect: "0.6",
    version,
    name: multiscaleName(multiscale),
    axes: intrinsic?.axes,
    datasets: raw.map((dataset) => liftDataset(dataset, count, strict)),
    transformations: [],
    systems: intrinsic && {
      all: systems,
      intrinsic: intrinsic.name,
      edges: parseViews(
        multiscale.coordinateTransformations,
        systems,
        intrinsic.name,
        views,
        strict,
      ),
    },
  };
}

/** What earlier dialects wrote otherwise is a broken rule where the metadata state 0.6 itself. */
export function withoutDialects(log: ProblemLog): ProblemLog {
  return {
    problems: log.problems,
    warn: log.warn,
    info: (code, ...rest) => (code === "N6-29" ? log.warn(code, ...rest) : log.info(code, ...rest)),
  };
}

/** Exactly one transformation: a scale, an identity, or a sequence of scale and translation (N6-05). `count`: number of axes. */
function liftDataset(
  { path, coordinateTransformations, pointer }: RawDataset,
  count: number,
  log: ProblemLog,
): Dataset {
  const here = `${pointer}/coordinateTransformations`;
  const list = Array.isArray(coordinateTransformations) ? coordinateTransformations : [];
  const [item] = list;
  if (list.length !== 1) {
    log.warn("N6-05", here, "exactly one transformation", coordinateTransformations);
  }
  if (!isJsonObject(item)) return { path, transformations: undefined, placement: undefined };
  checkInput(item.input, path, `${here}/0/input`, log);
  const transformation = parseTransformation(item, `${here}/0`, log);
  const steps = stepsOf(transformation, count);
  if (!steps || !isLegalForDataset(transformation)) {
    const expected = "a scale, an identity, or a scale and a translation";
    log.warn("N6-05", `${here}/0`, expected, transformation.type);
  }
  return { path, transformations: steps, placement: transformation };
}

/** Its path is that of the dataset; where they differ, the dataset's counts (N6-06). */
function checkInput(input: JsonValue | undefined, path: string, pointer: string, log: ProblemLog) {
  const reference = parseReference(input, pointer, log);
  if (!reference) return;
  // The dialects before 0.6 have the path itself, as "s0" or "/s0".
  const stated = typeof input === "string" ? input : reference.path;
  if (stated === undefined) {
    log.warn("N6-05", pointer, "the path of the dataset", reference.name);
  } else if (trimPath(stated) !== trimPath(path)) {
    log.info("N6-06", pointer, `"${path}", as the dataset`, stated);
  }
}

function trimPath(path: string): string {
  return path.replace(/^(\.?\/)+|\/+$/g, "");
}

/** Scale and translation in order of application; `undefined` if the transformation is anything else. */
function stepsOf(
  transformation: CoordinateTransformation,
  count: number,
): readonly TransformationStep[] | undefined {
  switch (transformation.type) {
    case "identity":
      return [{ type: "scale", vector: new Array<number>(count).fill(1) }];
    case "scale":
    case "translation":
      return [{ type: transformation.type, vector: transformation.vector }];
    case "sequence": {
      const steps = transformation.steps.map((step) => stepsOf(step, count));
      return steps.every((step) => step !== undefined) ? steps.flat() : undefined;
    }
    default:
      return undefined;
  }
}

function isLegalForDataset(transformation: CoordinateTransformation): boolean {
  if (transformation.type === "identity" || transformation.type === "scale") return true;
  if (transformation.type !== "sequence") return false;
  return transformation.steps.map((step) => step.type).join() === "scale,translation";
}

/** The system that all datasets lead to; where they disagree the first one's, where it is not there the first that is. */
function intrinsicSystem(
  systems: readonly CoordinateSystem[],
  datasets: readonly RawDataset[],
  pointer: string,
  log: ProblemLog,
): CoordinateSystem | undefined {
  const outputs = datasets.map((dataset) => outputName(dataset, log));
  const names = [...new Set(outputs.filter((name) => name !== undefined))];
  if (names.length > 1) {
    log.warn("N6-05", `${pointer}/datasets`, "one coordinate system for all datasets", names);
  }
  const found = systems.find(({ name }) => name === names[0]);
  if (found || systems.length === 0) return found;
  const known = systems.map(({ name }) => name).join(", ");
  log.warn("N6-05", `${pointer}/datasets`, `one of the coordinate systems ${known}`, names[0]);
  return systems[0];
}

function outputName(
  { coordinateTransformations, pointer }: RawDataset,
  log: ProblemLog,
): string | undefined {
  const [item] = Array.isArray(coordinateTransformations) ? coordinateTransformations : [];
  if (!isJsonObject(item)) return undefined;
  const here = `${pointer}/coordinateTransformations/0/output`;
  const reference = parseReference(item.output, here, log);
  if (reference && reference.name === undefined) {
    log.warn("N6-05", here, "the name of a coordinate system", reference.path);
  }
  return reference?.name;
}
